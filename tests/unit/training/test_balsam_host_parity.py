"""The golden checkpoint, converted and run by the plot's segmenter, finds what the authors' code found."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from scipy import ndimage

from inference.jobs import CancelToken
from inference.models.store import InstalledModel, load
from inference.plot.grid import Grid
from inference.plot.tile import Tile
from inference.segment.balsam.segmenter import BalsamSegmenter
from inference.segment.base import Proposal
from training.checkpoints import read_checkpoint
from training.convert.balsam import convert
from training.convert.options import ConvertOptions, read_config

pytestmark = [pytest.mark.shared, pytest.mark.slow]

SIDE = 256
GOLDEN = Path(__file__).resolve().parents[4] / "shared" / "fixtures" / "balsam"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> InstalledModel:
    if not GOLDEN.is_dir():
        pytest.skip("golden values (../shared/fixtures) are not beside this checkout")
    folder = tmp_path_factory.mktemp("models") / "golden"
    folder.mkdir()
    options = ConvertOptions(model_id="golden", gsd_m=0.1, config=read_config(GOLDEN / "config.json"))
    convert(read_checkpoint(GOLDEN / "model.safetensors"), options, folder, lambda _line: None)
    return load(folder, shipped=False)


@pytest.fixture(scope="module")
def golden() -> dict[str, npt.NDArray[np.float32]]:
    with np.load(GOLDEN / "outputs.npz") as arrays:
        wanted = ("det_scores_0", "det_labels_0", "det_boxes_0", "det_masks_packed_0", "iou_predictions")
        return {name: arrays[name] for name in wanted}


def golden_tile() -> Tile:
    with np.load(GOLDEN / "inputs.npz") as arrays:
        rgb, dsm_m = arrays["rgb"][0].transpose(2, 0, 1).copy(), arrays["dsm"][0]
    grid = Grid("", 0.0, SIDE * 0.1, 0.1, SIDE, SIDE)
    everywhere = np.ones((SIDE, SIDE), dtype=bool)
    return Tile(0, grid, grid.bounds_crs, rgb, everywhere, everywhere, dsm_m, dsm_m, "DSM-DTM", 1.0)


def laid_out(crown: Proposal) -> npt.NDArray[np.bool_]:
    whole = np.zeros((SIDE, SIDE), dtype=bool)
    rows, cols = crown.mask.shape
    whole[crown.row0 : crown.row0 + rows, crown.col0 : crown.col0 + cols] = crown.mask
    return whole


def largest(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    labels, _count = ndimage.label(mask)
    return np.asarray(labels == 1 + np.argmax(np.bincount(labels.ravel())[1:]))


def test_scores_classes_and_masks_are_the_authors(
    model: InstalledModel, golden: dict[str, npt.NDArray[np.float32]]
) -> None:
    unclipped = replace(BalsamSegmenter.defaults(model.card), box_margin=1e4, min_area_m2=0.0)
    crowns = BalsamSegmenter(model, unclipped).segment(golden_tile(), CancelToken())
    np.testing.assert_allclose([crown.score for crown in crowns], golden["det_scores_0"], atol=1e-4)
    names = [one.name for one in model.card.classes]
    told = [max(crown.species_hints, key=lambda name: crown.species_hints[name]) for crown in crowns]
    assert told == [names[int(label)] for label in golden["det_labels_0"]]
    masks = np.unpackbits(golden["det_masks_packed_0"].view(np.uint8), axis=1)[:, : SIDE * SIDE].astype(bool)
    differences = [
        int((laid_out(crown) ^ largest(mask.reshape(SIDE, SIDE))).sum())
        for crown, mask in zip(crowns, masks, strict=True)
    ]
    assert max(differences) <= 33  # threshold ties; 2 when this was written


def test_the_predicted_iou_can_enter_the_score(
    model: InstalledModel, golden: dict[str, npt.NDArray[np.float32]]
) -> None:
    with_iou = replace(BalsamSegmenter.defaults(model.card), box_margin=1e4, min_area_m2=0.0, score_with_iou=True)
    crowns = BalsamSegmenter(model, with_iou).segment(golden_tile(), CancelToken())
    iou = np.clip(golden["iou_predictions"].ravel(), 0.0, 1.0)
    np.testing.assert_allclose([crown.score for crown in crowns], golden["det_scores_0"] * iou, atol=2e-4)


def test_by_default_crowns_stay_near_their_boxes(
    model: InstalledModel, golden: dict[str, npt.NDArray[np.float32]]
) -> None:
    defaults = replace(BalsamSegmenter.defaults(model.card), min_area_m2=0.0)
    for crown in BalsamSegmenter(model, defaults).segment(golden_tile(), CancelToken()):
        height, width = crown.mask.shape
        boxes = golden["det_boxes_0"]
        reach = 0.25 * (boxes[:, 2:] - boxes[:, :2]) + 1.0
        fits = (
            (crown.col0 >= boxes[:, 0] - reach[:, 0])
            & (crown.row0 >= boxes[:, 1] - reach[:, 1])
            & (crown.col0 + width <= boxes[:, 2] + reach[:, 0])
            & (crown.row0 + height <= boxes[:, 3] + reach[:, 1])
        )
        assert fits.any()
