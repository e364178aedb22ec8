"""A two-stage detector as a segmenter: masks, scores, elevation that is missing, tiles of odd sizes, stopping."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from toy_graphs import BRIGHT, DARK, DETECTOR_PX, GSD_M, detector_store, tile_of

from inference.errors import Cancelled, ModelError
from inference.jobs import CancelToken
from inference.segment.balsam.segmenter import BalsamSegmenter
from inference.segment.base import Proposal
from inference.segment.detection.segmenter import fitted
from inference.segment.detection.two_stage import graph_of

UInt8 = npt.NDArray[np.uint8]


def picture(*corners: tuple[int, int], side: int = DETECTOR_PX) -> UInt8:
    """Bright squares of 16 cells on dark ground."""
    grey = np.full((side, side), DARK, dtype=np.uint8)
    for row, col in corners:
        grey[row : row + 16, col : col + 16] = BRIGHT
    return grey


def full(crown: Proposal, shape: tuple[int, int]) -> npt.NDArray[np.bool_]:
    mask = np.zeros(shape, dtype=bool)
    mask[crown.row0 : crown.row0 + crown.mask.shape[0], crown.col0 : crown.col0 + crown.mask.shape[1]] = crown.mask
    return mask


def segmenter(folder: Path, elevation: str = "", **parameters: float) -> BalsamSegmenter:
    model = detector_store(folder / "store", elevation=elevation).get("squares")
    return BalsamSegmenter(model, replace(BalsamSegmenter.defaults(model.card), **parameters))


def test_bright_squares_come_out_as_crowns_with_their_classes(tmp_path: Path) -> None:
    grey = picture((8, 8), (40, 32))
    crowns = segmenter(tmp_path).segment(tile_of(grey), CancelToken())
    together = np.any([full(crown, grey.shape) for crown in crowns], axis=0)
    # Masks are drawn on cells of 4 px: borders within half of one.
    assert (together ^ (grey == BRIGHT)).sum() < 2 * 4 * 16 * 2
    for crown in crowns:
        assert crown.score in (pytest.approx(0.7), pytest.approx(0.2))
        assert crown.species_hints == pytest.approx({"Acer rubrum": 0.7, "Picea": 0.2})
        assert list(crown.species_hints) == ["Acer rubrum", "Picea"]
        rows, cols = np.nonzero(full(crown, grey.shape))
        assert crown.anchor_rc == pytest.approx((rows.mean(), cols.mean()))
    assert crowns[0].score >= crowns[-1].score


def test_only_what_can_belong_to_the_core_is_outlined(tmp_path: Path) -> None:
    grey = picture((0, 0), (24, 24), (48, 48))
    whole = segmenter(tmp_path / "1", max_per_img=500).segment(tile_of(grey), CancelToken())
    core = segmenter(tmp_path / "2", max_per_img=500).segment(tile_of(grey, halo_px=24), CancelToken())

    def owned(crowns: Sequence[Proposal]) -> list[tuple[int, int, float]]:
        middles = [(crown, crown.anchor_rc) for crown in crowns]
        return [(one.row0, one.col0, one.score) for one, (row, col) in middles if 20 <= row < 44 and 20 <= col < 44]

    assert owned(core) == owned(whole)
    assert len(core) < len(whole)
    # The limit counts what is in and around the core, wherever the tile's best are.
    assert len(segmenter(tmp_path / "3", max_per_img=3).segment(tile_of(grey, halo_px=24), CancelToken())) == 3


def test_a_tile_whose_core_is_black_is_not_looked_at(tmp_path: Path) -> None:
    tile = tile_of(picture((0, 0)), halo_px=24)
    valid = np.zeros(tile.valid.shape, dtype=bool)
    valid[:16, :16] = True
    outliner = segmenter(tmp_path)
    (tmp_path / "store" / "squares" / "encoder.onnx").unlink()
    assert outliner.segment(replace(tile, valid=valid), CancelToken()) == []


def test_masks_stay_in_and_near_their_boxes(tmp_path: Path) -> None:
    grey = picture((8, 8), (40, 32))
    for crown in segmenter(tmp_path).segment(tile_of(grey), CancelToken()):
        assert max(crown.mask.shape) <= 16 * 1.5 + 1


def test_the_same_tile_gives_the_same_crowns(tmp_path: Path) -> None:
    grey = picture((8, 8), (40, 32), (8, 40))
    outliner = segmenter(tmp_path)
    one, other = (outliner.segment(tile_of(grey), CancelToken()) for _ in range(2))
    again = segmenter(tmp_path / "again").segment(tile_of(grey), CancelToken())
    for first, second, third in zip(one, other, again, strict=True):
        assert (first.row0, first.col0, first.score) == (second.row0, second.col0, second.score)
        assert (first.row0, first.col0, first.score) == (third.row0, third.col0, third.score)
        np.testing.assert_array_equal(first.mask, second.mask)
        np.testing.assert_array_equal(first.mask, third.mask)


def test_parameters_change_what_is_kept(tmp_path: Path) -> None:
    tile = tile_of(picture((8, 8)))
    both = segmenter(tmp_path / "1").segment(tile, CancelToken())
    likely = segmenter(tmp_path / "2", score_thr=0.5).segment(tile, CancelToken())
    assert {round(crown.score, 3) for crown in likely} == {0.7}
    assert len(likely) < len(both)
    assert len(segmenter(tmp_path / "3", max_per_img=1).segment(tile, CancelToken())) == 1
    doubted = segmenter(tmp_path / "4", score_with_iou=True).segment(tile, CancelToken())
    assert {round(crown.score, 3) for crown in doubted} == {0.35, 0.1}
    assert segmenter(tmp_path / "5", min_area_m2=100.0).segment(tile, CancelToken()) == []


def test_smaller_tiles_are_padded_and_larger_ones_refused(tmp_path: Path) -> None:
    outliner = segmenter(tmp_path, score_thr=0.5)
    grey = picture((8, 8))[:40, :30]
    crowns = outliner.segment(tile_of(grey), CancelToken())
    assert crowns
    assert all(full(crown, grey.shape).any() for crown in crowns)
    with pytest.raises(ModelError, match="64 cells") as raised:
        outliner.segment(tile_of(np.zeros((65, 20))), CancelToken())
    assert raised.value.code == "model.tile_size"


def test_nothing_in_a_dark_tile(tmp_path: Path) -> None:
    outliner = segmenter(tmp_path)
    everywhere = outliner.segment(tile_of(np.full((64, 64), DARK)), CancelToken())
    assert everywhere == []


def test_crowns_end_where_the_plot_ends(tmp_path: Path) -> None:
    tile = tile_of(picture((8, 8)))
    inside = tile.inside.copy()
    inside[:, :14] = False
    for crown in segmenter(tmp_path).segment(replace(tile, inside=inside), CancelToken()):
        assert crown.col0 >= 14


def test_elevation_weighs_in_and_holes_in_it_are_black(tmp_path: Path) -> None:
    dsm_m = np.full((64, 64), 300.0, dtype=np.float32)
    dsm_m[:, 36:] = np.nan
    crowns = segmenter(tmp_path, "needed").segment(tile_of(picture((8, 8), (40, 40)), dsm_m), CancelToken())
    assert crowns
    assert all(crown.col0 + crown.mask.shape[1] <= 36 for crown in crowns)


@pytest.mark.logs_warnings("a tile without elevation is left out, and the log says so")
@pytest.mark.parametrize("dsm_m", [None, np.full((64, 64), np.nan, np.float32), np.full((64, 64), -2.0, np.float32)])
def test_a_tile_without_elevation_is_left_out_with_a_line_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, dsm_m: npt.NDArray[np.float32] | None
) -> None:
    assert segmenter(tmp_path, "needed").segment(tile_of(picture((8, 8)), dsm_m), CancelToken()) == []
    assert "tile 0 is left out: the model squares works with elevation" in caplog.text


def test_a_model_with_optional_elevation_goes_on_without(tmp_path: Path) -> None:
    outliner = segmenter(tmp_path, "optional")
    nowhere = np.full((64, 64), np.nan, dtype=np.float32)
    plain = outliner.segment(tile_of(picture((8, 8))), CancelToken())
    unknown = outliner.segment(tile_of(picture((8, 8)), nowhere), CancelToken())
    assert plain
    assert [crown.score for crown in plain] == [crown.score for crown in unknown]


def test_a_cancelled_run_stops(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        segmenter(tmp_path).segment(tile_of(picture((8, 8))), token)


def test_the_card_follows_the_cell_size_and_fits_the_input(tmp_path: Path) -> None:
    card = segmenter(tmp_path, gsd_m=0.5).card
    assert (card.gsd_m, card.core_m) == (0.5, 16.0)
    assert round(card.core_m / 0.5) + 2 * np.ceil(card.halo_m / 0.5) == DETECTOR_PX
    greedy = fitted(replace(card, gsd_m=GSD_M, core_m=64 * GSD_M, halo_m=10 * GSD_M), GSD_M)
    assert round(greedy.core_m / GSD_M) + 2 * np.ceil(greedy.halo_m / GSD_M) == DETECTOR_PX
    with pytest.raises(ModelError, match="size of a cell"):
        fitted(replace(card, gsd_m=0.0), GSD_M)


def test_the_parameters_name_the_weights(tmp_path: Path) -> None:
    one = segmenter(tmp_path / "1").parameters
    other = BalsamSegmenter(detector_store(tmp_path / "2", elevation="needed").get("squares")).parameters
    assert one["weights"] != other["weights"]
    assert one["gsd_m"] == GSD_M


def test_a_card_with_other_classes_than_the_graphs_is_refused(tmp_path: Path) -> None:
    model = detector_store(tmp_path).get("squares")
    wrong = replace(model, card=replace(model.card, classes=model.card.classes[:1]))
    with pytest.raises(ModelError, match="names 1 classes, but its graphs tell 2"):
        BalsamSegmenter(wrong).segment(tile_of(picture((8, 8))), CancelToken())


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"dsm_norm": "magic"}, "scaled by magic"),
        ({"rcnn": {"score_thr": "high"}}, "score_thr is not a number"),
        ({"rcnn": [1]}, "rcnn is not a list of names"),
        ({"rpn": {"strides": "8"}}, "strides is not a list of numbers"),
        ({"score_with_iou": 1}, "score_with_iou is neither true nor false"),
    ],
)
def test_a_card_with_odd_settings_is_refused_in_words(tmp_path: Path, settings: dict[str, object], words: str) -> None:
    model = detector_store(tmp_path, settings=settings).get("squares")
    with pytest.raises(ModelError, match=words):
        BalsamSegmenter(model)


def test_smaller_graphs_are_taken_when_asked_for_and_there(tmp_path: Path) -> None:
    model = detector_store(tmp_path, settings={"int8": {"mask_iou": 0.99}}).get("squares")
    assert BalsamSegmenter.defaults(model.card).int8 is False
    assert graph_of(model, "encoder", int8=True).name == "encoder.onnx"
    both = {**model.card.graphs, "encoder_int8": model.card.graphs["masks"]}
    smaller = replace(model, card=replace(model.card, graphs=both))
    assert graph_of(smaller, "encoder", int8=True).name == "masks.onnx"
    assert graph_of(smaller, "encoder", int8=False).name == "encoder.onnx"
