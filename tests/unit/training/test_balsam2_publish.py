"""A published model computes what torch computes, and the host's segmenter finds what the training's detector finds."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from made_plots import TINY, made_plot

from inference.jobs import CancelToken
from inference.models.card import ModelCard
from inference.models.sessions import GraphSession
from inference.models.store import InstalledModel, ModelStore
from inference.plot.grid import Grid
from inference.plot.tile import Tile
from inference.segment.balsam2 import Balsam2Segmenter
from inference.segment.balsam2_views import seen, unseen, unseen_reach
from training.balsam2.detect import detect, reach_unview, unview, view
from training.balsam2.model import Balsam2
from training.balsam2.publish import publish
from training.balsam2.weights import read_weights
from training.data.labelled import OUTSIDE_GREY

SIDE, MARGIN = 96, 16  # of the tile; what the detector lays around a picture
FACTS = {
    "id": "tiny",
    "title": "Tiny",
    "source": "tests",
    "licence": "Apache-2.0",
    "licence_text": "Free.",
    "site": "made",
    "accuracy": "",
    "limits": "",
}


def model_of() -> Balsam2:
    """Many middling centres: what is compared must not be empty."""
    torch.manual_seed(4)
    model = Balsam2(replace(TINY, tile_px=SIDE, size_weight=0.6, reach_scale=1.05)).eval()
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.weight.uniform_(0.5, 1.5)
        model.heat[-1].bias.fill_(0.0)  # type: ignore[operator]
        model.heat[-1].weight.mul_(6.0)  # type: ignore[operator]
    return model


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Balsam2, Path, list[str]]:
    torch.set_num_threads(1)
    model, told = model_of(), list[str]()
    folder = tmp_path_factory.mktemp("models") / "tiny"
    folder.mkdir()
    publish(model, FACTS, {"score_thr": 0.4, "views": 1}, folder, told.append)
    return model, folder, told


def installed(folder: Path) -> InstalledModel:
    return ModelStore([folder.parent]).get("tiny")


def padded_tile() -> tuple[Tile, np.ndarray, np.ndarray]:
    """A picture with as much grey around it as the detector lays there, as a tile of the host."""
    plot = made_plot(2, side=SIDE - 2 * MARGIN)
    assert plot.chm_m is not None
    rgb = np.full((3, SIDE, SIDE), OUTSIDE_GREY, np.uint8)
    chm_m = np.full((SIDE, SIDE), np.nan, np.float32)
    inner = slice(MARGIN, SIDE - MARGIN)
    rgb[:, inner, inner], chm_m[inner, inner] = plot.rgb, plot.chm_m
    grid = Grid("", 0.0, SIDE * 0.2, 0.2, SIDE, SIDE)
    everywhere = np.ones((SIDE, SIDE), bool)
    tile = Tile(0, grid, grid.bounds_crs, rgb, everywhere, everywhere, chm_m, chm_m, "DSM-DTM", 1.0)
    return tile, plot.rgb, plot.chm_m


def test_graphs_agree_with_torch_and_the_card_is_whole(published: tuple[Balsam2, Path, list[str]]) -> None:
    model, folder, told = published
    assert {text.split()[0] for text in told} == {"encoder", "boxes", "prompt"}
    card = ModelCard.from_json((folder / "card.json").read_text(), where="card.json")
    assert set(card.graphs) == {"encoder", "boxes", "prompt", "training"}
    assert card.family == "balsam2"
    assert card.uses_dsm
    assert not card.needs_dsm
    assert 0 < card.core_m < SIDE * 0.2
    assert np.ceil(card.halo_m / card.gsd_m) * 2 + round(card.core_m / card.gsd_m) == SIDE
    assert (folder / "licence.txt").read_text() == "Free.\n"
    again = read_weights(folder / card.graphs["training"].file)
    assert again.config == model.config


def test_the_store_accepts_it(published: tuple[Balsam2, Path, list[str]], tmp_path: Path) -> None:
    store = ModelStore([tmp_path / "store"])
    model = store.add(published[1])
    assert not store.verify("tiny")
    assert model.graph("training").is_file()


def test_a_training_file_with_nan_is_refused(published: tuple[Balsam2, Path, list[str]], tmp_path: Path) -> None:
    import hashlib
    import shutil

    from inference.errors import ModelError

    folder = tmp_path / "tiny"
    shutil.copytree(published[1], folder)
    np.savez(folder / "training.npz", broken=np.array([np.nan]))
    card = json.loads((folder / "card.json").read_text())
    content = (folder / "training.npz").read_bytes()
    card["graphs"]["training"] |= {"sha256": hashlib.sha256(content).hexdigest(), "size_bytes": len(content)}
    (folder / "card.json").write_text(json.dumps(card))
    with pytest.raises(ModelError):
        ModelStore([tmp_path / "store"]).add(folder)


@pytest.mark.parametrize("views", [1, 4, 8])
def test_the_host_finds_what_the_training_finds(published: tuple[Balsam2, Path, list[str]], views: int) -> None:
    model, folder, _ = published
    tile, rgb, chm_m = padded_tile()
    wanted = detect(model, rgb, chm_m, symmetries=views, least_score=0.4, nms_iou=0.45)
    assert len(wanted.boxes) >= 5
    outliner = Balsam2Segmenter(installed(folder))
    outliner = Balsam2Segmenter(installed(folder), replace(outliner.settings, views=views))
    from inference.segment.balsam2 import Graphs

    found = outliner._find(Graphs.open(installed(folder)), *outliner._padded(tile), tile, CancelToken())[1]
    side = SIDE - 2 * MARGIN
    boxes = np.clip(found.boxes - MARGIN, 0, side)
    large = (boxes[:, 2:] - boxes[:, :2]).min(1) >= 2
    boxes, scores = boxes[large], found.scores[large]
    # Boxes that reach out of the picture are cut there before one suppresses another: leave those out.
    whole, known = (_away_from_border(one, side) for one in (boxes, wanted.boxes))
    assert len(wanted.boxes[known]) >= 3
    matched = [np.abs(boxes[whole] - box).max(1).min() for box in wanted.boxes[known]]
    assert np.mean(np.array(matched) < 0.05) >= 0.8
    assert scores.max() == pytest.approx(wanted.scores.max(), abs=1e-3)


def _away_from_border(boxes: np.ndarray, side: int) -> np.ndarray:
    return np.asarray((boxes[:, :2].min(1) > 0) & (boxes[:, 2:].max(1) < side))


@pytest.mark.parametrize("number", range(8))
def test_the_views_of_host_and_training_are_the_same(number: int) -> None:
    x = np.random.default_rng(number).random((1, 4, 6, 6)).astype(np.float32)
    assert np.array_equal(seen(x, number), view(torch.from_numpy(x), number).numpy())
    assert np.array_equal(unseen(x, number), unview(torch.from_numpy(x), number).numpy())
    assert np.array_equal(unseen_reach(x, number), reach_unview(torch.from_numpy(x), number).numpy())
    assert np.array_equal(unseen(seen(x, number), number), x)


def test_elevation_may_be_missing_and_is_used(published: tuple[Balsam2, Path, list[str]]) -> None:
    encoder = GraphSession.open(installed(published[1]).graph("encoder"))
    tile, _, _ = padded_tile()
    rgb = tile.rgb[None].astype(np.float32)
    none = np.full((1, 1, SIDE, SIDE), -1.0, np.float32)
    some = np.where(np.isfinite(tile.chm_m), tile.chm_m, -1.0)[None, None].astype(np.float32)  # type: ignore[arg-type]
    first, second = (encoder.run({"rgb": rgb, "elevation": planes})["detail"] for planes in (none, some))
    assert np.isfinite(first).all()
    assert not np.allclose(first, second)


def test_crowns_come_out_as_masks(published: tuple[Balsam2, Path, list[str]]) -> None:
    tile, _, _ = padded_tile()
    outliner = Balsam2Segmenter(installed(published[1]))
    outliner = Balsam2Segmenter(installed(published[1]), replace(outliner.settings, mask_thr=0.05, min_area_m2=0.0))
    first, second = (outliner.segment(tile, CancelToken()) for _ in range(2))
    assert first
    for one, other in zip(first, second, strict=True):
        assert np.array_equal(one.mask, other.mask)
        assert one.score == other.score
