"""Synthetic plots as training data: the same from the same seed, one at a time, and from the cache as from scratch."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from training.data.canvas import CanvasMaker, make_pool
from training.data.labelled import LabelledPlot
from training.data.synthetic import scene_seed, synthetic_plot, synthetic_plots

ARRAYS = ("rgb", "chm_m", "boxes", "owner", "complete")


def same(one: LabelledPlot, two: LabelledPlot) -> bool:
    return one.name == two.name and all(getattr(one, key).tobytes() == getattr(two, key).tobytes() for key in ARRAYS)


def test_plots_are_labelled_plots() -> None:
    for plot in synthetic_plots(3, 1, 0.2, 24.0):
        assert plot.rgb.shape == (3, 120, 120)
        assert plot.rgb.dtype == np.uint8
        assert plot.chm_m is not None
        assert plot.owner is not None
        assert plot.chm_m.shape == plot.owner.shape == plot.complete.shape == (120, 120)
        assert plot.chm_m.dtype == np.dtype(np.float32)
        assert plot.owner.dtype == np.dtype(np.int32)
        assert plot.boxes.shape == (int(plot.owner.max()), 4)
        assert plot.boxes.dtype == np.float32


def test_series_are_deterministic_and_differ() -> None:
    two = list(synthetic_plots(2, 5, 0.25, 16.0))
    three = list(synthetic_plots(3, 5, 0.25, 16.0))
    other = next(synthetic_plots(1, 6, 0.25, 16.0))
    assert all(same(one, again) for one, again in zip(two, three, strict=False))
    assert not np.array_equal(two[0].rgb, two[1].rgb)
    assert not np.array_equal(two[0].rgb, other.rgb)
    assert len({plot.place for plot in three}) == 3


def test_nothing_is_made_before_it_is_asked_for() -> None:
    first = list(itertools.islice(synthetic_plots(10**9, 2, 0.25, 12.0), 2))
    assert len(first) == 2


def test_kinds_in_turn() -> None:
    names = [plot.name for plot in synthetic_plots(3, 2, 0.25, 12.0, kinds=("open pine", "boreal"))]
    assert [name.rsplit("_", 1)[1] for name in names] == ["open-pine", "boreal", "open-pine"]


def test_the_cache_gives_the_same_plot(tmp_path: Path) -> None:
    made = synthetic_plot(4, 0, 0.25, 16.0)
    kept = synthetic_plot(4, 0, 0.25, 16.0, folder=tmp_path)
    (file,) = tmp_path.iterdir()
    before = file.stat().st_mtime_ns
    again = synthetic_plot(4, 0, 0.25, 16.0, folder=tmp_path)
    assert same(made, kept)
    assert same(made, again)
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize("damage", [b"", b"not a zip file", b"PK\x03\x04 cut"])
def test_a_damaged_file_of_the_cache_is_made_again(tmp_path: Path, damage: bytes) -> None:
    made = synthetic_plot(4, 1, 0.25, 12.0, folder=tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)
    assert same(made, synthetic_plot(4, 1, 0.25, 12.0, folder=tmp_path))
    assert file.stat().st_size > 1000


def test_cached_plots_lie_in_the_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIRCHTREE_HOME", str(tmp_path))
    plots = list(synthetic_plots(2, 9, 0.25, 12.0, cached=True))
    assert sorted(file.stem for file in (tmp_path / "cache" / "synthetic").iterdir()) == sorted(p.name for p in plots)


def test_seeds_of_series_do_not_meet() -> None:
    seeds = {scene_seed(series, number) for series in range(30) for number in range(30)}
    assert len(seeds) == 900
    assert min(seeds) >= 0


def test_canvases_can_be_drawn_from_them() -> None:
    pool = make_pool(list(synthetic_plots(2, 3, 0.25, 20.0, kinds=("mixed wood",))), 1.0, 0.25, (1.0,))
    canvas = CanvasMaker((pool,), side_px=64, without_elevation=0.0).draw(np.random.default_rng(0))
    assert canvas.rgb.shape == (3, 64, 64)
    assert canvas.has_mask.all()
    assert len(canvas.boxes) > 0
