"""The model-free segmenter on made and real canopies."""

import threading
import time
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from inference.errors import Cancelled, ModelError
from inference.jobs import CancelToken
from inference.plot.grid import Grid
from inference.plot.tile import Tile
from inference.segment.regions import Size
from inference.segment.watershed import WatershedParameters, WatershedSegmenter, crown_score

CELL_M = 0.25


def tile_of(chm_m: npt.NDArray[np.float32] | None, shape: tuple[int, int], unit_m: float = 1.0) -> Tile:
    grid = Grid("", 0.0, shape[0] * CELL_M / unit_m, CELL_M / unit_m, *shape)
    everywhere = np.ones(shape, dtype=bool)
    rgb = np.full((3, *shape), 90, dtype=np.uint8)
    return Tile(0, grid, grid.bounds_crs, rgb, everywhere, everywhere, None, chm_m, "DSM-DTM", unit_m)


def cones(shape: tuple[int, int], trees: list[tuple[float, float, float, float]]) -> npt.NDArray[np.float32]:
    """Canopy of (row, column, radius m, height m) cones that fall to 60 % of their height at the rim."""
    rows, cols = np.mgrid[: shape[0], : shape[1]]
    chm = np.zeros(shape, dtype=np.float32)
    for row, col, radius_m, height_m in trees:
        away = np.hypot(rows - row, cols - col) * CELL_M / radius_m
        chm = np.maximum(chm, np.where(away < 1.0, height_m * (1.0 - 0.3 * away), 0.0)).astype(np.float32)
    return chm


def lattice(cells: int, spacing: int = 24) -> npt.NDArray[np.float32]:
    shape = (cells, cells)
    places = range(spacing // 2, cells, spacing)
    rows, cols = np.mgrid[:cells, :cells]
    chm = np.zeros(shape, dtype=np.float32)
    for row in places:
        for col in places:
            part = (slice(max(row - 12, 0), row + 13), slice(max(col - 12, 0), col + 13))
            away = np.hypot(rows[part] - row, cols[part] - col) * CELL_M / 2.5
            chm[part] = np.maximum(chm[part], np.where(away < 1.0, 12.0 * (1.0 - 0.3 * away), 0.0))
    return chm


def test_cones_come_out_one_by_one_at_their_size() -> None:
    trees = [(40, 40, 3.0, 14.0), (40, 80, 2.0, 9.0), (90, 60, 4.0, 20.0)]
    found = WatershedSegmenter().segment(tile_of(cones((130, 120), trees), (130, 120)), CancelToken())
    assert [tuple(np.round(crown.anchor_rc)) for crown in found] == [(row, col) for row, col, *_ in trees]
    # Smoothing rounds off the rim.
    for crown, (_, _, radius_m, _) in zip(found, trees, strict=True):
        assert crown.mask.sum() * CELL_M**2 == pytest.approx(
            np.pi * radius_m**2, rel=0.25
        )  # smoothing rounds off the rim


def test_masks_are_trimmed_connected_and_disjoint() -> None:
    tile = tile_of(lattice(200), (200, 200))
    taken = np.zeros((200, 200), dtype=int)
    for crown in WatershedSegmenter().segment(tile, CancelToken()):
        height, width = crown.mask.shape
        taken[crown.row0 : crown.row0 + height, crown.col0 : crown.col0 + width] += crown.mask
        assert crown.mask.any(axis=0)[[0, -1]].all()
        assert crown.mask.any(axis=1)[[0, -1]].all()
        assert 0.0 <= crown.score <= 1.0
    assert taken.max() == 1


def test_same_tile_same_proposals() -> None:
    tile = tile_of(lattice(150), (150, 150))
    first, second = (WatershedSegmenter().segment(tile, CancelToken()) for _ in range(2))
    assert len(first) == len(second)
    for one, two in zip(first, second, strict=True):
        assert (one.row0, one.col0, one.score, one.anchor_rc) == (two.row0, two.col0, two.score, two.anchor_rc)
        np.testing.assert_array_equal(one.mask, two.mask)


def test_a_plot_in_feet_gives_the_same_crowns() -> None:
    chm = lattice(150)
    metres = WatershedSegmenter().segment(tile_of(chm, (150, 150)), CancelToken())
    feet = WatershedSegmenter().segment(tile_of(chm, (150, 150), unit_m=0.3048), CancelToken())
    assert [crown.anchor_rc for crown in metres] == [crown.anchor_rc for crown in feet]


def test_low_things_and_bare_ground_give_nothing() -> None:
    shape = (80, 80)
    assert not WatershedSegmenter().segment(tile_of(np.zeros(shape, dtype=np.float32), shape), CancelToken())
    shrub = cones(shape, [(40, 40, 3.0, 1.8)])
    assert not WatershedSegmenter().segment(tile_of(shrub, shape), CancelToken())


def test_unknown_heights_give_nothing_and_do_no_harm() -> None:
    shape = (120, 120)
    chm = cones(shape, [(40, 40, 3.0, 14.0), (85, 85, 3.0, 14.0)])
    chm[70:] = np.nan
    (crown,) = WatershedSegmenter().segment(tile_of(chm, shape), CancelToken())
    assert crown.anchor_rc == (40.0, 40.0)


def test_outside_the_mosaic_there_are_no_crowns() -> None:
    shape = (120, 120)
    tile = tile_of(cones(shape, [(40, 40, 3.0, 14.0), (40, 100, 3.0, 14.0)]), shape)
    inside = tile.inside.copy()
    inside[:, 70:] = False
    (crown,) = WatershedSegmenter().segment(replace(tile, inside=inside, valid=inside), CancelToken())
    assert crown.anchor_rc == (40.0, 40.0)


def test_without_elevation_it_says_what_it_needs() -> None:
    with pytest.raises(ModelError, match="DSM") as raised:
        WatershedSegmenter().segment(tile_of(None, (20, 20)), CancelToken())
    assert raised.value.code == "model.needs_dsm"


def test_two_tops_of_one_crown_are_joined_unless_told_not_to() -> None:
    shape = (120, 120)
    chm = np.maximum(cones(shape, [(60, 55, 4.0, 15.0)]), cones(shape, [(60, 63, 3.5, 14.9)]))
    assert len(WatershedSegmenter().segment(tile_of(chm, shape), CancelToken())) == 1
    apart = WatershedSegmenter(WatershedParameters(join_depth=0.0, brightness_m=0.0))
    assert len(apart.segment(tile_of(chm, shape), CancelToken())) == 2


def test_shade_parts_crowns_where_the_canopy_shows_no_valley() -> None:
    shape = (80, 120)
    chm = np.full(shape, 15.0, dtype=np.float32)
    rows, cols = np.mgrid[: shape[0], : shape[1]]
    bright = np.maximum(
        1.0 - np.hypot(rows - 40, cols - 42) / 18.0, np.maximum(1.0 - np.hypot(rows - 40, cols - 78) / 18.0, 0.0)
    )
    rgb = np.broadcast_to((40 + 140 * np.sqrt(bright)).astype(np.uint8), (3, *shape)).copy()
    tile = replace(tile_of(chm, shape), rgb=rgb)
    found = WatershedSegmenter().segment(tile, CancelToken())
    middles = [crown.anchor_rc for crown in found if crown.score > 0.2]
    assert any(np.hypot(row - 40, col - 42) < 6 for row, col in middles)
    assert any(np.hypot(row - 40, col - 78) < 6 for row, col in middles)


def test_the_score_grows_with_size_roundness_and_greenness() -> None:
    round_one = Size(area_m2=12.0, length_m=4.0, fullness=0.78, roundness=1.0)
    assert crown_score(round_one, 0.2, 0.08) > crown_score(replace(round_one, area_m2=3.0), 0.2, 0.08)
    assert crown_score(round_one, 0.2, 0.08) > crown_score(replace(round_one, roundness=0.5), 0.2, 0.08)
    assert crown_score(round_one, 0.2, 0.08) > crown_score(round_one, 0.2, -0.05)
    assert crown_score(round_one, 0.2, 0.08) > crown_score(round_one, 0.0, 0.08)


def test_a_cancel_is_noticed_within_a_second_on_a_large_tile() -> None:
    # 800 x 800 cells: 200 m a side, larger than any tile of the default plan.
    tile = tile_of(lattice(800), (800, 800))
    segmenter = WatershedSegmenter()
    started = time.monotonic()
    segmenter.segment(tile, CancelToken())
    whole_s = time.monotonic() - started
    waited_s = [_time_to_cancel(segmenter, tile, whole_s * share) for share in (0.1, 0.3, 0.5, 0.7, 0.9)]
    assert max(waited_s) < 1.0


def _time_to_cancel(segmenter: WatershedSegmenter, tile: Tile, after_s: float) -> float:
    """Seconds of work between the cancel and the end of it."""
    token = CancelToken()
    cancelled_at: list[float] = []

    def cancel() -> None:
        cancelled_at.append(time.process_time())  # work, not waiting for others on a busy machine
        token.cancel()

    timer = threading.Timer(after_s, cancel)
    timer.start()
    try:
        segmenter.segment(tile, token)
    except Cancelled:
        return time.process_time() - cancelled_at[0]
    finally:
        timer.join()
    return 0.0
