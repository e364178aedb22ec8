"""The small BalSAM on the host: tiles of odd sizes, without data or elevation, and stopping."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from toy_graphs import BRIGHT, DARK, GSD_M, centres_store, tile_of

from inference.errors import Cancelled, ModelError
from inference.jobs import CancelToken
from inference.plot.tile import Tile
from inference.segment import registry
from inference.segment.balsam2 import Balsam2Segmenter
from inference.segment.base import Proposal

SQUARE = 16


def picture(*corners: tuple[int, int], shape: tuple[int, int] = (64, 64)) -> npt.NDArray[np.uint8]:
    grey = np.full(shape, DARK, dtype=np.uint8)
    for row, column in corners:
        grey[row : row + SQUARE, column : column + SQUARE] = BRIGHT
    return grey


def segmenter(folder: Path, **parameters: Any) -> Balsam2Segmenter:
    model = centres_store(folder / "store").get("centres")
    return Balsam2Segmenter(model, replace(Balsam2Segmenter.defaults(model.card), **parameters))


def places(crowns: Sequence[Proposal]) -> list[tuple[int, int]]:
    return sorted((crown.row0, crown.col0) for crown in crowns)


def run(outliner: Balsam2Segmenter, tile: Tile) -> Sequence[Proposal]:
    return outliner.segment(tile, CancelToken())


@pytest.mark.parametrize("views", [1, 3, 8])
def test_bright_squares_come_out_as_crowns(views: int, tmp_path: Path) -> None:
    crowns = run(segmenter(tmp_path, views=views), tile_of(picture((8, 8), (36, 40))))
    assert places(crowns) == [(8, 8), (36, 40)]
    for crown in crowns:
        assert crown.mask.shape == (SQUARE, SQUARE)
        assert crown.mask.mean() > 0.85
        assert crown.anchor_rc == pytest.approx((crown.row0 + 8, crown.col0 + 8), abs=2.0)
        assert crown.score > 0.9


def test_the_registry_makes_it_with_parameters(tmp_path: Path) -> None:
    made = registry.make_segmenter("centres", {"score_thr": "0.9"}, store=centres_store(tmp_path))
    assert isinstance(made, Balsam2Segmenter)
    assert made.parameters["score_thr"] == 0.9
    assert made.parameters["weights"]


def test_an_empty_tile_has_no_crown_and_needs_no_graph(tmp_path: Path) -> None:
    outliner = segmenter(tmp_path)
    assert run(outliner, tile_of(picture())) == []
    other = segmenter(tmp_path / "other")
    for path in (tmp_path / "other" / "store" / "centres").glob("*.onnx"):
        path.unlink()
    blank = tile_of(picture((8, 8)))
    assert run(other, replace(blank, valid=np.zeros((64, 64), bool))) == []
    with pytest.raises(ModelError):
        run(other, blank)


def test_one_doubtful_crown_alone_is_no_tree_and_several_are_some(tmp_path: Path) -> None:
    """No square is as likely as `sure_thr`; two together make it likelier than either that there is any."""
    lone, pair = tile_of(picture((8, 8))), tile_of(picture((8, 8), (36, 40)))
    score = run(segmenter(tmp_path / "plain"), lone)[0].score
    strict = segmenter(tmp_path, sure_thr=1.0, together_thr=(score + 1.0) / 2.0)
    assert run(strict, lone) == []
    assert places(run(strict, pair)) == [(8, 8), (36, 40)]
    sure = segmenter(tmp_path / "sure", sure_thr=score - 0.01, together_thr=1.0)
    assert places(run(sure, lone)) == [(8, 8)]


@pytest.mark.parametrize("shape", [(64, 40), (30, 64), (26, 26)])
def test_tiles_at_the_edge_are_smaller(shape: tuple[int, int], tmp_path: Path) -> None:
    crowns = run(segmenter(tmp_path), tile_of(picture((8, 8), shape=shape)))
    assert places(crowns) == [(8, 8)]


def test_a_crown_that_the_edge_cuts_stays_inside(tmp_path: Path) -> None:
    (crown,) = run(segmenter(tmp_path), tile_of(picture((8, 24), shape=(64, 34))))
    assert crown.col0 + crown.mask.shape[1] <= 34


def test_where_there_is_no_data_there_is_no_crown(tmp_path: Path) -> None:
    grey = picture((8, 8), (36, 40))
    valid = np.ones((64, 64), bool)
    valid[:, 32:] = False
    tile = tile_of(grey, valid=valid, inside=valid)
    assert places(run(segmenter(tmp_path), tile)) == [(8, 8)]


def test_only_what_is_centred_in_the_core_is_outlined(tmp_path: Path) -> None:
    grey = picture((4, 4), (24, 24), (44, 44))
    assert places(run(segmenter(tmp_path), tile_of(grey))) == [(4, 4), (24, 24), (44, 44)]
    assert places(run(segmenter(tmp_path / "2"), tile_of(grey, halo_px=24))) == [(24, 24)]


def test_elevation_is_seen_unless_the_user_says_no(tmp_path: Path) -> None:
    """Trees as dark as the ground, told by their height alone."""
    high = np.zeros((64, 64), np.float32)
    high[8:24, 8:24] = 80.0
    high[40:, 40:] = np.nan
    tile = tile_of(picture(), high)
    (crown,) = run(segmenter(tmp_path), tile)
    assert (crown.row0, crown.col0) == (8, 8)
    assert run(segmenter(tmp_path / "2", use_elevation=False), tile) == []
    assert run(segmenter(tmp_path / "3"), tile_of(picture())) == []


def test_what_is_nowhere_as_high_as_a_tree_is_none(tmp_path: Path) -> None:
    grey = picture((8, 8))
    low, unknown = np.full((64, 64), 0.4, np.float32), np.full((64, 64), np.nan, np.float32)
    assert run(segmenter(tmp_path), tile_of(grey, low)) == []
    assert len(run(segmenter(tmp_path / "2"), tile_of(grey, unknown))) == 1
    assert len(run(segmenter(tmp_path / "3", min_height_m=0.3), tile_of(grey, low))) == 1


def test_small_unlikely_and_too_many_crowns_go(tmp_path: Path) -> None:
    tile = tile_of(picture((8, 8), (36, 40)))
    assert run(segmenter(tmp_path, min_area_m2=(SQUARE * GSD_M) ** 2 + 1.0), tile) == []
    assert run(segmenter(tmp_path / "2", score_thr=0.9999), tile) == []
    assert len(run(segmenter(tmp_path / "3", max_per_tile=1), tile)) == 1
    chunks = run(segmenter(tmp_path / "4", mask_chunk=1), tile)
    assert places(chunks) == [(8, 8), (36, 40)]


def test_the_same_tile_gives_the_same_crowns(tmp_path: Path) -> None:
    outliner, tile = segmenter(tmp_path), tile_of(picture((8, 8), (36, 40)))
    first, second = run(outliner, tile), run(outliner, tile)
    assert [(one.score, one.mask.tobytes()) for one in first] == [(one.score, one.mask.tobytes()) for one in second]


def test_stopping(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        segmenter(tmp_path).segment(tile_of(picture((8, 8))), token)
