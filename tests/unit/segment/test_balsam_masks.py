"""Masks from coarse logits: computed in a window, equal to the whole; clipped, in one piece."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.segment.detection.crown_masks import (
    Placed,
    largest_part,
    mask_from_box,
    mask_from_logits,
    mask_from_tile,
)

FloatArray = npt.NDArray[np.float32]
TILE_PX = 64


def smooth(seed: int, side: int = 16) -> FloatArray:
    from scipy import ndimage

    noise = np.random.default_rng(seed).normal(0, 8, (side, side))
    return np.asarray(ndimage.gaussian_filter(noise, 1.5) * 3, dtype=np.float32)


def enlarged(values: FloatArray, side: int) -> npt.NDArray[np.float64]:
    """Bilinear, corners not aligned, by the plain formula for each cell."""
    scale = values.shape[0] / side
    place = np.clip((np.arange(side) + 0.5) * scale - 0.5, 0, values.shape[0] - 1)
    low = np.floor(place).astype(int)
    high, share = np.minimum(low + 1, values.shape[0] - 1), place - low
    rows = values[low] * (1 - share)[:, None] + values[high] * share[:, None]
    return np.asarray(rows[:, low] * (1 - share) + rows[:, high] * share)


def biggest(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    from scipy import ndimage

    labels, count = ndimage.label(mask)
    if not count:
        return mask
    return np.asarray(labels == 1 + np.argmax(np.bincount(labels.ravel())[1:]))


def laid_out(placed: Placed | None, shape: tuple[int, int]) -> npt.NDArray[np.bool_]:
    whole = np.zeros(shape, dtype=bool)
    if placed is not None:
        row0, col0, mask = placed
        whole[row0 : row0 + mask.shape[0], col0 : col0 + mask.shape[1]] = mask
    return whole


def in_box(placed: Placed | None) -> bool:
    """No empty row or column around the mask."""
    return placed is None or all(
        side.any() for side in (placed[2][0], placed[2][-1], placed[2][:, 0], placed[2][:, -1])
    )


@given(st.integers(0, 1000))
def test_without_a_box_it_is_what_the_authors_compute(seed: int) -> None:
    logits = smooth(seed)
    everywhere = np.array([0, 0, TILE_PX, TILE_PX], dtype=np.float32)
    placed = mask_from_tile(logits, everywhere, tile_px=TILE_PX, seen_px=(TILE_PX, TILE_PX), margin=10.0, threshold=0.5)
    likely = enlarged(1 / (1 + np.exp(-logits.astype(np.float64))), TILE_PX)
    assert (laid_out(placed, likely.shape) ^ biggest(likely >= 0.5)).sum() <= 1
    assert in_box(placed)


@settings(max_examples=50)
@given(st.integers(0, 1000), st.tuples(*[st.floats(0, 63)] * 2), st.tuples(*[st.floats(1, 40)] * 2))
def test_a_window_gives_the_same_cells_as_the_whole(
    seed: int, corner: tuple[float, float], sides: tuple[float, float]
) -> None:
    logits = smooth(seed)
    x1, y1 = corner
    box = np.array([x1, y1, min(x1 + sides[0], TILE_PX), min(y1 + sides[1], TILE_PX)], dtype=np.float32)
    placed = mask_from_tile(logits, box, tile_px=TILE_PX, seen_px=(60, 50), margin=0.0, threshold=0.5)
    likely = enlarged(1 / (1 + np.exp(-logits.astype(np.float64))), TILE_PX)
    window = np.zeros(likely.shape, dtype=bool)
    left, top, right, bottom = np.floor(box[0]), np.floor(box[1]), np.ceil(box[2]), np.ceil(box[3])
    window[int(top) : min(int(bottom), 60), int(left) : min(int(right), 50)] = True
    assert (laid_out(placed, likely.shape) & ~window).sum() == 0
    assert laid_out(placed, likely.shape).sum() == pytest.approx(biggest((likely >= 0.5) & window).sum(), abs=1)


@given(st.integers(0, 1000))
def test_sams_masks_are_enlarged_before_the_threshold(seed: int) -> None:
    logits = smooth(seed) - 3
    placed = mask_from_logits(logits, cell_px=4.0, seen_px=(TILE_PX, TILE_PX), threshold=0.0)
    assert laid_out(placed, (TILE_PX, TILE_PX)).sum() == biggest(enlarged(logits, TILE_PX) > 0).sum()
    assert in_box(placed)


def test_a_far_off_part_is_left_out() -> None:
    logits = np.full((16, 16), -5.0, dtype=np.float32)
    logits[2:5, 2:5] = 5.0
    logits[10:15, 10:15] = 5.0
    box = np.array([6, 6, 22, 22], dtype=np.float32)
    placed = mask_from_tile(logits, box, tile_px=TILE_PX, seen_px=(TILE_PX, TILE_PX), margin=0.25, threshold=0.5)
    assert placed is not None
    assert placed[0] < 20
    assert placed[2].sum() == pytest.approx(144, rel=0.1)


def test_a_box_outside_what_was_seen_has_no_mask() -> None:
    logits = np.full((16, 16), 5.0, dtype=np.float32)
    box = np.array([50, 50, 60, 60], dtype=np.float32)
    assert mask_from_tile(logits, box, tile_px=TILE_PX, seen_px=(40, 40), margin=0.0, threshold=0.5) is None
    assert mask_from_box(np.full((28, 28), 5.0, np.float32), box, seen_px=(40, 40), threshold=0.5) is None


def test_an_empty_mask_is_none() -> None:
    empty = np.full((16, 16), -5.0, dtype=np.float32)
    box = np.array([0, 0, 64, 64], dtype=np.float32)
    assert mask_from_tile(empty, box, tile_px=64, seen_px=(64, 64), margin=0.0, threshold=0.5) is None
    assert mask_from_logits(empty, cell_px=4.0, seen_px=(64, 64), threshold=0.0) is None
    assert largest_part(np.zeros((4, 4), dtype=bool), 0, 0) is None


def test_a_mask_over_a_box_fills_it() -> None:
    box = np.array([10.0, 20.0, 38.0, 48.0], dtype=np.float32)
    placed = mask_from_box(np.full((28, 28), 8.0, dtype=np.float32), box, seen_px=(100, 100), threshold=0.5)
    assert placed is not None
    row0, col0, mask = placed
    assert (row0, col0) == (20, 10)
    assert mask.shape == (28, 28) or mask.shape == (29, 29)
    half = np.full((28, 28), -8.0, dtype=np.float32)
    half[:, :14] = 8.0
    placed = mask_from_box(half, box, seen_px=(100, 100), threshold=0.5)
    assert placed is not None
    assert placed[2].shape[1] == pytest.approx(14, abs=1)


def test_parts_that_meet_at_a_corner_are_two() -> None:
    mask = np.zeros((6, 6), dtype=bool)
    mask[:2, :2] = mask[2:5, 2:5] = True
    placed = largest_part(mask, 10, 20)
    assert placed is not None
    assert placed[:2] == (12, 22)
    assert placed[2].shape == (3, 3)
