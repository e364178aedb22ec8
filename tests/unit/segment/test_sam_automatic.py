"""SAM with a grid of points, on a toy model whose masks can be told beforehand."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from toy_graphs import BRIGHT, DARK, GSD_M, SAM_PX, sam_store, tile_of

from inference.errors import Cancelled
from inference.jobs import CancelToken
from inference.segment.sam.automatic import SamAutomaticParameters, SamAutomaticSegmenter
from inference.segment.sam.candidates import stability

DISCS = ((40, 44, 9), (76, 84, 8), (52, 90, 7))
EVERYWHERE = SamAutomaticParameters(GSD_M, points_per_side=32, min_area_m2=0.0)


def picture(side: int = SAM_PX) -> np.ndarray:
    rows, cols = np.mgrid[:side, :side]
    grey = np.full((side, side), DARK, dtype=np.uint8)
    for row, col, radius in DISCS:
        grey[np.hypot(rows - row, cols - col) < radius] = BRIGHT
    return grey


def segmenter(folder: Path, parameters: SamAutomaticParameters | None = EVERYWHERE) -> SamAutomaticSegmenter:
    return SamAutomaticSegmenter(sam_store(folder / "store").get("discs"), parameters)


def test_what_is_bright_is_outlined_and_nothing_else(tmp_path: Path) -> None:
    crowns = segmenter(tmp_path).segment(tile_of(picture()), CancelToken())
    outlined = np.zeros((SAM_PX, SAM_PX), dtype=bool)
    for crown in crowns:
        rows, cols = crown.mask.shape
        outlined[crown.row0 : crown.row0 + rows, crown.col0 : crown.col0 + cols] |= crown.mask
        assert crown.species_hints == {}
    bright = picture() == BRIGHT
    assert (outlined & bright).sum() > 0.7 * bright.sum()
    # Masks are drawn on cells of 4 px: borders within half of one.
    assert (outlined & ~bright).sum() < 0.25 * bright.sum()


def test_masks_that_the_model_does_not_trust_go(tmp_path: Path) -> None:
    crowns = segmenter(tmp_path).segment(tile_of(picture()), CancelToken())
    # Of its opinions 0.9 belongs to the mask that is not asked for here, and 0.3 is below 0.6.
    assert {round(crown.score, 3) for crown in crowns} <= {0.8, 0.7}
    strict = replace(EVERYWHERE, pred_iou_thresh=0.75)
    crowns = segmenter(tmp_path / "strict", strict).segment(tile_of(picture()), CancelToken())
    assert {round(crown.score, 3) for crown in crowns} == {0.8}


def test_masks_that_hang_on_the_threshold_go(tmp_path: Path) -> None:
    logits = np.array([[-5.0, -0.5, 0.5, 5.0]], dtype=np.float32)
    assert stability(logits, 0.0, 1.0) == pytest.approx(1 / 3)
    assert stability(logits - 10, 0.0, 1.0) == 0.0
    picky = replace(EVERYWHERE, stability_score_thresh=1.01)
    assert segmenter(tmp_path, picky).segment(tile_of(picture()), CancelToken()) == []


def test_the_grid_is_the_papers_and_only_the_core_is_asked(tmp_path: Path) -> None:
    outliner = segmenter(tmp_path, None)
    points = outliner.points_rc(tile_of(picture()), CancelToken())
    assert len(points) == 100
    np.testing.assert_allclose(points[:2], [[6.4, 6.4], [6.4, 19.2]])
    for crown in segmenter(tmp_path / "core").segment(tile_of(picture(), halo_px=32), CancelToken()):
        assert all(32 - 4 <= place < 96 + 4 for place in crown.anchor_rc)


def test_black_cells_are_not_asked_and_small_tiles_work(tmp_path: Path) -> None:
    tile = tile_of(picture()[:70, :60])
    crowns = segmenter(tmp_path).segment(tile, CancelToken())
    assert crowns
    assert all(one.row0 + one.mask.shape[0] <= 70 and one.col0 + one.mask.shape[1] <= 60 for one in crowns)
    nowhere = np.zeros(tile.valid.shape, dtype=bool)
    assert segmenter(tmp_path / "black").segment(replace(tile, valid=nowhere), CancelToken()) == []


def test_it_is_deterministic_and_stops(tmp_path: Path) -> None:
    one, other = (
        [
            (crown.row0, crown.col0, crown.score, crown.mask.tobytes())
            for crown in segmenter(tmp_path / name).segment(tile_of(picture()), CancelToken())
        ]
        for name in ("a", "b")
    )
    assert one == other
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        segmenter(tmp_path / "c").segment(tile_of(picture()), token)


def test_the_card_names_method_and_model(tmp_path: Path) -> None:
    outliner = segmenter(tmp_path, None)
    assert outliner.card.id == "sam-automatic:discs"
    assert outliner.card.task == "crowns"
    assert not outliner.card.needs_dsm
    assert outliner.parameters["pred_iou_thresh"] == 0.6
    assert outliner.parameters["box_nms_thresh"] == 0.5
    assert outliner.parameters["points_per_side"] == 10
    assert "weights" in outliner.parameters
