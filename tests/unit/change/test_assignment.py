"""The assignment of crowns: one to one, never below the threshold, and no other assignment shares more."""

from itertools import permutations

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.change.matching import assign
from inference.evaluation.matching import overlaps

BOXES = st.lists(
    st.tuples(st.floats(0, 12), st.floats(0, 12), st.floats(1, 6), st.floats(1, 6)), min_size=0, max_size=5
)


def boxes_of(values: list[tuple[float, float, float, float]]) -> np.ndarray:
    array = np.empty(len(values), object)
    array[:] = [shapely.box(x, y, x + w, y + h) for x, y, w, h in values]
    return array


@settings(max_examples=80, deadline=None)
@given(BOXES, BOXES, st.floats(0.05, 0.8))
def test_one_to_one_and_the_best_there_is(one: list, two: list, min_iou: float) -> None:
    first, second = boxes_of(one), boxes_of(two)
    pairs = overlaps(first, second)
    found = assign(pairs, min_iou)
    assert len(set(found.predicted.tolist())) == len(found.predicted)
    assert len(set(found.true.tolist())) == len(found.true)
    assert (found.iou >= min_iou - 1e-6).all()
    worth = np.zeros((len(one), len(two)))
    worth[pairs.predicted, pairs.true] = np.where(pairs.iou >= min_iou, pairs.iou, 0)
    small = worth if len(one) <= len(two) else worth.T
    orders = permutations(range(small.shape[1]), small.shape[0])
    best = max((sum(small[i, j] for i, j in enumerate(order)) for order in orders), default=0.0)
    assert found.iou.sum() >= best - 1e-6


@settings(max_examples=30, deadline=None)
@given(BOXES, st.permutations(range(5)))
def test_the_order_of_crowns_does_not_matter(one: list, order: list[int]) -> None:
    first = boxes_of(one)
    second = shapely.transform(first, lambda xy: xy + 0.3)
    shuffled = np.array([place for place in order if place < len(one)], np.intp)
    plain = assign(overlaps(first, second), 0.2)
    mixed = assign(overlaps(first, second[shuffled]), 0.2)
    assert abs(plain.iou.sum() - mixed.iou.sum()) < 1e-9
