"""Where a trait model looks on one crown."""

from pathlib import Path

from leafy_plots import crown_at, install_tiny, patchwork, write_plot

from inference.models.store import ModelStore
from inference.plot.plot import Plot
from inference.traits.attention import AttentionReader, candidates


def test_the_model_tells_where_it_looks(tmp_path: Path) -> None:
    model = install_tiny(tmp_path / "models")
    sources = write_plot(tmp_path, patchwork(30.0, 0.25, [(20, 20, 20), (200, 200, 200)]), 0.25)
    reader = AttentionReader(model)
    with Plot.open(sources) as plot:
        seen = reader.look(plot, crown_at(1, 15, 15))  # half on dark, half on bright
    reader.close()
    side = seen.rgb.shape[-1]
    assert seen.about == "species"
    assert seen.weight.shape == (side, side)
    assert (float(seen.weight.min()), float(seen.weight.max())) == (0.0, 1.0)
    # The toy graph looks at what is bright.
    assert seen.weight[:, -1].mean() > 0.9
    assert seen.weight[:, 0].mean() < 0.1
    assert seen.crown.any()


def test_models_that_can_tell_are_found(tmp_path: Path) -> None:
    assert candidates(ModelStore((tmp_path,))) == ()
    model = install_tiny(tmp_path)
    assert [found.card.id for found in candidates(ModelStore((tmp_path,)))] == [model.card.id]
