"""Int8 is taken where the masks stay, refused where they change, and the figure is in the card."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torch import Tensor, nn

from inference.errors import ModelError
from inference.models.card import ModelCard
from training.convert.export import export_graph
from training.convert.options import ConvertOptions, Precision
from training.convert.parity import session
from training.convert.quantise import Masks, apply_precision, compare, mask_ious, quantise
from training.convert.trial_tiles import SAMPLE_NAME, TrialTile, read_trial_tiles

SIDE = 64
CARD = ModelCard(
    id="tiny", task="prompt", title="Tiny", gsd_m=0.1, core_m=4.8, halo_m=0.8, needs_dsm=False, source="here",
    licence="MIT", family="sam", tile_px=SIDE, settings={"channel_order": "rgb"},
)  # fmt: skip


class Brightness(nn.Module):
    """Two linear layers over patches, and a stack of matrices that must stay in float."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.wide, self.narrow = nn.Linear(192, 64), nn.Linear(64, 16)
        self.register_buffer("stack", torch.randn(8, 16, 16))

    def forward(self, rgb: Tensor) -> Tensor:
        patches = rgb.reshape(1, 3, 8, 8, 8, 8).permute(0, 2, 4, 1, 3, 5).reshape(8, 8, 192) / 255.0
        return torch.bmm(self.narrow(self.wide(patches).relu()), self.stack)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("quantise") / "encoder.onnx"
    export_graph(Brightness().eval(), {"rgb": torch.rand(1, 3, SIDE, SIDE)}, ["embedding"], path)
    return path


def tiles(count: int = 2) -> list[TrialTile]:
    generator = np.random.default_rng(4)
    return [
        TrialTile(f"t{n}", generator.integers(0, 256, (3, SIDE, SIDE)).astype(np.uint8), None, None)
        for n in range(count)
    ]


def by_level(level: float) -> Callable[[Mapping[str, Path]], Callable[[TrialTile], Masks]]:
    """Masks of the places where the embedding is above `level`; near a plateau of values int8 shows."""

    def measure(graphs: Mapping[str, Path]) -> Callable[[TrialTile], Masks]:
        opened = session(graphs["encoder"])

        def masks_of(tile: TrialTile) -> Masks:
            found = opened.run(None, {"rgb": tile.rgb[None].astype(np.float32)})[0]
            return (found > level)[:, None], np.ones((len(found), 1), np.float32)

        return masks_of

    return measure


def test_only_linear_layers_become_int8(encoder: Path, tmp_path: Path) -> None:
    quantise(encoder, tmp_path / "int8.onnx")
    model = onnx.load(str(tmp_path / "int8.onnx"))
    kinds = {entry.name: entry.data_type for entry in model.graph.initializer}
    int8 = [name for name, kind in kinds.items() if kind == onnx.TensorProto.INT8 and "zero_point" not in name]
    assert len(int8) == 2
    assert sum(node.op_type == "MatMul" for node in model.graph.node) == 1
    weights = [onnx.numpy_helper.to_array(entry) for entry in model.graph.initializer if entry.name in int8]
    assert max(int(np.abs(one.astype(int)).max()) for one in weights) <= 64, "7 bits: safe without VNNI"
    rgb = tiles(1)[0].rgb[None].astype(np.float32)
    before = session(encoder).run(None, {"rgb": rgb})[0]
    after = session(tmp_path / "int8.onnx").run(None, {"rgb": rgb})[0]
    assert 0.0 < np.abs(after - before).max() < 0.05 * np.abs(before).max()


def test_the_same_model_has_the_same_masks(encoder: Path) -> None:
    figure = compare({"encoder": encoder}, {"encoder": encoder}, tiles(), by_level(0.0))
    assert (figure.mask_iou, figure.mask_iou_p05, figure.masks, figure.tiles) == (1.0, 1.0, 16, 2)
    assert figure.imagery == "t0, t1"
    assert figure.keeps_masks


def test_nothing_compared_is_no_proof(encoder: Path) -> None:
    figure = compare({"encoder": encoder}, {"encoder": encoder}, tiles(), by_level(1e9))
    assert figure.masks == 0
    assert not figure.keeps_masks


def test_iou_of_masks() -> None:
    before, after = np.zeros((3, 10, 10), bool), np.zeros((3, 10, 10), bool)
    before[0, :4, :8] = after[0, :4, :8] = True
    before[1, :4, :8], after[1, :4, 4:] = True, True
    before[2, 0, 0] = True  # too small to say anything
    np.testing.assert_allclose(mask_ious(before, after), [1.0, 16 / 40])


def applied(
    encoder: Path, tmp_path: Path, precision: Precision, monkeypatch: pytest.MonkeyPatch, level: float
) -> tuple[dict[str, Path], ModelCard, list[str]]:
    monkeypatch.setattr("training.convert.quantise.read_trial_tiles", lambda *_: tuple(tiles()))
    own = tmp_path / "encoder.onnx"
    own.write_bytes(encoder.read_bytes())
    told: list[str] = []
    options = ConvertOptions(precision=precision)
    graphs, card = apply_precision(CARD, {"encoder": own}, options, by_level(level), told.append)
    return graphs, card, told


def test_int8_that_keeps_the_masks_takes_the_place(
    encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graphs, card, told = applied(encoder, tmp_path, "int8", monkeypatch, 0.0)
    assert [path.name for path in tmp_path.iterdir()] == ["encoder_int8.onnx"]
    assert graphs == {"encoder": tmp_path / "encoder_int8.onnx"}
    assert card.settings["precision"] == "int8"
    noted = card.settings["int8"]
    assert isinstance(noted, dict)
    assert isinstance(noted["mask_iou"], float)
    assert noted["mask_iou"] >= 0.98
    assert noted["masks"] == 16
    assert any(f"{noted['mask_iou']:.4f}" in line for line in told)
    assert card.settings["channel_order"] == "rgb"


def test_both_are_kept_under_roles_of_their_own(encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graphs, card, _ = applied(encoder, tmp_path, "both", monkeypatch, 0.0)
    assert {role: path.name for role, path in graphs.items()} == {
        "encoder": "encoder.onnx",
        "encoder_int8": "encoder_int8.onnx",
    }
    assert card.settings["precision"] == "both"


@pytest.mark.parametrize("precision", ["int8", "both"])
def test_int8_that_changes_the_masks_is_left_out(
    encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, precision: Precision
) -> None:
    found = session(encoder).run(None, {"rgb": tiles(1)[0].rgb[None].astype(np.float32)})[0]
    rare = float(np.quantile(found, 0.7))  # small masks: a few cells that flip are a large share
    monkeypatch.setattr("training.convert.quantise.MIN_MASK_IOU", 0.9999)
    if precision == "int8":
        with pytest.raises(ModelError) as caught:
            applied(encoder, tmp_path, precision, monkeypatch, rare)
        assert caught.value.code == "convert.int8_masks"
    else:
        graphs, card, told = applied(encoder, tmp_path, precision, monkeypatch, rare)
        assert list(graphs) == ["encoder"]
        assert card.settings["precision"] == "fp32"
        assert isinstance(card.settings["int8"], dict), "the figure is told although int8 is not there"
        assert told[-1].startswith("int8 left out")
    assert [path.name for path in tmp_path.iterdir()] == ["encoder.onnx"]


def test_fp32_needs_no_imagery(encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graphs, card, told = applied(encoder, tmp_path, "fp32", monkeypatch, 0.0)
    assert list(graphs) == ["encoder"]
    assert card.settings["precision"] == "fp32"
    assert "int8" not in card.settings
    assert told == []


@pytest.mark.shared
def test_tiles_of_a_real_plot(shared_data: Path) -> None:
    """A plot of 40 m and one of 20 m, at 0.1 m in tiles of 16 m, with the elevation that lies beside them."""
    paths = sorted((shared_data / "teak").glob("*_rgb.tif"))[:1] + sorted((shared_data / "osbs").glob("*_rgb.tif"))[:1]
    found = read_trial_tiles(paths, 160, 0.1)
    assert {tile.name for tile in found} == {path.name for path in paths}
    for tile in found:
        assert tile.rgb.shape == (3, 160, 160)
        assert tile.rgb.std() > 5
    assert any(tile.chm_m is not None and np.nanmax(tile.chm_m) > 2 for tile in found)


def test_without_imagery_the_sample_plot_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    from training.convert import trial_tiles

    tiny = trial_tiles.ensure_sample_plot
    monkeypatch.setattr(trial_tiles, "ensure_sample_plot", lambda folder: tiny(folder, "tiny"))
    found = read_trial_tiles((), 512, 0.05)
    assert len(found) == 1, "40 m hold one whole tile of 25.6 m"
    assert found[0].name == SAMPLE_NAME
    assert found[0].chm_m is not None


def test_a_plot_smaller_than_a_tile_is_filled_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from training.convert import trial_tiles

    tiny = trial_tiles.ensure_sample_plot
    monkeypatch.setattr(trial_tiles, "ensure_sample_plot", lambda folder: tiny(folder, "tiny"))
    (tile,) = read_trial_tiles((), 512, 0.1)
    assert tile.rgb.shape == (3, 512, 512)
    assert tile.rgb[:, 450:].max() == 0
    assert tile.chm_m is not None
    assert np.isnan(tile.chm_m[450:]).all()
