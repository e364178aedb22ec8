"""Turning moves picture, elevation, owners and boxes alike; light and heights change within bounds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.data.augment import Piece, other_heights, other_light, smoothed, turned


def piece_of(seed: int, rows: int, columns: int) -> Piece:
    """Every plane tells the cell's place, and each crown is exactly its box."""
    rng = np.random.default_rng(seed)
    owner = np.zeros((rows, columns), np.int32)
    boxes = []
    for number in range(1, 4):
        x0, y0 = int(rng.integers(columns - 1)), int(rng.integers(rows - 1))
        x1, y1 = int(rng.integers(x0 + 1, columns + 1)), int(rng.integers(y0 + 1, rows + 1))
        boxes.append([x0, y0, x1, y1])
        owner[y0:y1, x0:x1] = number
    marks = rng.integers(0, 256, (rows, columns)).astype(np.uint8)
    return Piece(
        rgb=np.stack([marks, 255 - marks, marks // 2]),
        chm_m=marks.astype(np.float32),
        owner=owner,
        complete=marks > 100,
        boxes=np.array(boxes, np.float32),
        visible=np.ones(3, np.float32),
        has_masks=np.ones(3, bool),
        has_elevation=True,
    )


flags = st.booleans()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1000), st.integers(2, 20), st.integers(2, 20), flags, flags, flags)
def test_everything_turns_alike(seed: int, rows: int, columns: int, transpose: bool, mirror: bool, flip: bool) -> None:
    piece = piece_of(seed, rows, columns)
    other = turned(piece, transpose=transpose, mirror=mirror, flip=flip)
    assert other.rgb.shape == ((3, columns, rows) if transpose else (3, rows, columns))
    # The planes tell of each other, cell by cell.
    assert np.array_equal(other.rgb[0], other.chm_m.astype(np.uint8))
    assert np.array_equal(other.rgb[1], 255 - other.rgb[0])
    assert np.array_equal(other.complete, other.rgb[0] > 100)
    # Crowns painted from the turned boxes are the turned owners.
    painted = np.zeros_like(other.owner)
    for number, (x0, y0, x1, y1) in enumerate(other.boxes.astype(int), 1):
        painted[y0:y1, x0:x1] = number
    assert np.array_equal(painted, other.owner)


def test_there_are_eight_of_them() -> None:
    piece = piece_of(0, 9, 9)
    views = {
        turned(piece, transpose=t, mirror=m, flip=f).chm_m.tobytes()
        for t in (False, True)
        for m in (False, True)
        for f in (False, True)
    }
    assert len(views) == 8


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_light_changes_within_bounds(seed: int) -> None:
    rgb = np.random.default_rng(seed).integers(0, 256, (3, 12, 9)).astype(np.uint8)
    light = other_light(rgb, np.random.default_rng(seed))
    assert light.dtype == np.float32
    assert light.shape == rgb.shape
    assert light.min() >= -0.2 * 255 - 1e-3
    assert light.max() <= 1.3 * 255 + 1e-3


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_heights_stay_heights_and_nan_stays_nan(seed: int) -> None:
    rng = np.random.default_rng(seed)
    chm_m = rng.uniform(0, 30, (10, 11)).astype(np.float32)
    chm_m[rng.random(chm_m.shape) < 0.3] = np.nan
    other = other_heights(chm_m, rng)
    assert other.dtype == np.float32
    assert np.array_equal(np.isnan(other), np.isnan(chm_m))
    assert np.nanmin(other) >= 0.0


def test_smoothing_keeps_the_mean_of_a_plane_and_its_border() -> None:
    x = np.arange(30, dtype=np.float32).reshape(5, 6)
    assert smoothed(x) == pytest.approx(x)
    peak = np.zeros((5, 5), np.float32)
    peak[2, 2] = 5.0
    assert smoothed(peak).sum() == pytest.approx(5.0)
    assert smoothed(np.ones((2, 2), np.float32)) == pytest.approx(1.0)
