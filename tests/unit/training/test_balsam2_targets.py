"""The maps of centres and boxes that a canvas asks for."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.balsam2.targets import Targets, targets_of
from training.data.canvas import Canvas

SIDE, STRIDE = 64, 2


def canvas_of(boxes: list[list[float]], **changes: Any) -> Canvas:
    count = len(boxes)
    values: dict[str, Any] = {
        "rgb": np.zeros((3, SIDE, SIDE), np.float32),
        "elevation_m": np.zeros((SIDE, SIDE), np.float32),
        "boxes": np.array(boxes, np.float32).reshape(-1, 4),
        "visible": np.ones(count, np.float32),
        "labelled": np.ones((SIDE, SIDE), bool),
        "owner": np.zeros((SIDE, SIDE), np.int32),
        "has_mask": np.zeros(count, bool),
    }
    return Canvas(**(values | changes))


def targets(boxes: list[list[float]], **changes: Any) -> Targets:
    return targets_of(canvas_of(boxes, **changes), STRIDE)


def test_one_crown() -> None:
    found = targets([[10, 20, 34, 36]])
    assert found.heat.shape == (32, 32)
    assert found.heat[14, 11] == 1.0
    assert (found.heat == 1.0).sum() == 1
    # Wider than high: it falls off more slowly along the row.
    assert found.heat[14, 13] > found.heat[16, 11] > 0.0
    assert found.counts.all()
    assert found.box_weight.sum() == pytest.approx(math.log(12 * 8) + 1.0, rel=1e-5)
    learns = found.box_weight > 0
    assert (found.boxes[:, learns] == np.array([[10], [20], [34], [36]])).all()


def test_the_small_crown_wins_over_the_large_one_below_it() -> None:
    found = targets([[4, 4, 60, 60], [28, 28, 36, 36]])
    assert found.boxes[:, 16, 16].tolist() == [28, 28, 36, 36]
    assert found.boxes[:, 16, 12].tolist() == [4, 4, 60, 60]


def test_nothing_is_learned_where_nothing_is_labelled() -> None:
    labelled = np.ones((SIDE, SIDE), bool)
    labelled[:, 32:] = False
    found = targets([[4, 4, 16, 16], [40, 40, 56, 56]], labelled=labelled)
    assert found.counts[:, :16].all()
    # A labelled crown's centre counts, wherever it lies.
    assert np.argwhere(found.counts[:, 16:]).tolist() == [[24, 8]]


def test_a_crown_that_is_cut_is_neither_crown_nor_background() -> None:
    found = targets([[0, 20, 12, 36]], visible=np.array([0.3], np.float32))
    assert not found.heat.any()
    assert not found.counts[10:18, 0:6].any()
    assert found.counts.sum() == 32 * 32 - 8 * 6


def test_no_crown() -> None:
    found = targets([])
    assert found.counts.all()
    assert not found.heat.any()
    assert not found.box_weight.any()


corner, length = st.floats(0.0, 60.0, width=32), st.floats(0.125, 64.0, width=32)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(corner, corner, length, length), max_size=8))
def test_maps_are_sound_for_any_boxes(found: list[tuple[float, float, float, float]]) -> None:
    boxes = [[x, y, min(x + w, 64.0), min(y + h, 64.0)] for x, y, w, h in found]
    maps = targets(boxes)
    assert np.isfinite(maps.heat).all()
    assert ((maps.heat >= 0.0) & (maps.heat <= 1.0)).all()
    assert np.isfinite(maps.box_weight).all()
    assert (maps.box_weight >= 0.0).all()
    learns = maps.box_weight > 0
    sizes = maps.boxes[2:, learns] - maps.boxes[:2, learns]
    assert (sizes > 0.0).all()
    # Every crown large enough has a centre of its own, unless one like it lies there already.
    large = [box for box in boxes if min(box[2] - box[0], box[3] - box[1]) >= STRIDE]
    centres = {(min(int((b[1] + b[3]) / 4), 31), min(int((b[0] + b[2]) / 4), 31)) for b in large}
    assert all(maps.heat[place] == 1.0 for place in centres)
