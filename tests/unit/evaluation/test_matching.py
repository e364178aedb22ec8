"""Matching: hand-worked pairs, and a slow independent reading of the protocol."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from inference.evaluation.matching import greedy, mutual_best, overlaps


def boxes(*bounds: tuple[float, float, float, float]) -> np.ndarray:  # type: ignore[type-arg]
    array = np.empty(len(bounds), object)
    array[:] = [shapely.box(*each) for each in bounds]
    return array


def pairs_of(matches) -> list[tuple[int, int]]:  # type: ignore[no-untyped-def]
    return list(zip(matches.predicted.tolist(), matches.true.tolist(), strict=True))


def test_overlaps_by_hand() -> None:
    # A 2 x 2 square against one moved by 1: 2 shared of 6.
    found = overlaps(boxes((0, 0, 2, 2), (50, 50, 51, 51)), boxes((1, 0, 3, 2), (2, 0, 4, 2), (0, 0, 2, 2)))
    assert list(zip(found.predicted.tolist(), found.true.tolist(), strict=True)) == [(0, 0), (0, 2)]
    assert found.iou == pytest.approx([1 / 3, 1.0])
    assert (found.predicted_count, found.true_count) == (2, 3)


def test_the_better_scored_prediction_chooses_first() -> None:
    truth = boxes((0, 0, 10, 10))
    predicted = boxes((0, 0, 10, 10), (0, 0, 10, 8))
    found = overlaps(predicted, truth)
    assert pairs_of(greedy(found, np.array([0.5, 0.9]), 0.5)) == [(1, 0)]
    assert pairs_of(greedy(found, np.array([0.9, 0.5]), 0.5)) == [(0, 0)]
    # Equal scores: file order.
    assert pairs_of(greedy(found, np.array([0.7, 0.7]), 0.5)) == [(0, 0)]
    # Mutual best is blind to scores.
    assert pairs_of(mutual_best(found, 0.5)) == [(0, 0)]


def test_a_taken_truth_leaves_the_second_best() -> None:
    truth = boxes((0, 0, 10, 10), (0, 4, 10, 14))
    predicted = boxes((0, 0, 10, 10), (0, 1, 10, 11))
    # Prediction 1 overlaps truth 0 by 9/11 and truth 1 by 7/13; truth 0 is taken.
    assert pairs_of(greedy(overlaps(predicted, truth), np.array([0.9, 0.8]), 0.5)) == [(0, 0), (1, 1)]
    assert pairs_of(greedy(overlaps(predicted, truth), np.array([0.9, 0.8]), 0.55)) == [(0, 0)]
    assert pairs_of(mutual_best(overlaps(predicted, truth), 0.5)) == [(0, 0)]


def test_exactly_the_threshold_counts() -> None:
    found = overlaps(boxes((500_000.1, 4e6, 500_004.1, 4_000_004)), boxes((500_000.1, 4e6, 500_004.1, 4_000_002)))
    assert found.iou == pytest.approx([0.5])
    assert len(greedy(found, np.ones(1), 0.5).predicted) == 1
    assert len(mutual_best(found, 0.5).predicted) == 1


@pytest.mark.parametrize(("predicted", "true"), [(0, 0), (3, 0), (0, 3)])
def test_nothing_to_match(predicted: int, true: int) -> None:
    found = overlaps(
        boxes(*[(i, 0, i + 1, 1) for i in range(predicted)]), boxes(*[(i, 0, i + 1, 1) for i in range(true)])
    )
    assert pairs_of(greedy(found, np.ones(predicted), 0.5)) == []
    assert pairs_of(mutual_best(found, 0.5)) == []


some_boxes = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 6), st.integers(1, 6)).map(
        lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
    ),
    max_size=12,
)


def box_iou(one: tuple[int, ...], two: tuple[int, ...]) -> float:
    width = min(one[2], two[2]) - max(one[0], two[0])
    height = min(one[3], two[3]) - max(one[1], two[1])
    shared = max(width, 0) * max(height, 0)
    areas = (one[2] - one[0]) * (one[3] - one[1]) + (two[2] - two[0]) * (two[3] - two[1])
    return shared / (areas - shared)


@given(some_boxes, some_boxes, st.data(), st.sampled_from([0.1, 0.4, 0.5, 0.75]))
def test_greedy_as_a_slow_reading_of_the_protocol(predicted, true, data, threshold) -> None:  # type: ignore[no-untyped-def]
    scores = data.draw(st.lists(st.sampled_from([0.1, 0.5, 0.9]), min_size=len(predicted), max_size=len(predicted)))
    free = set(range(len(true)))
    expected = []
    for i in sorted(range(len(predicted)), key=lambda i: (-scores[i], i)):
        best = max(free, key=lambda j: (box_iou(predicted[i], true[j]), -j), default=None)
        if best is not None and box_iou(predicted[i], true[best]) >= threshold - 1e-9:
            free.discard(best)
            expected.append((i, best))
    found = greedy(overlaps(boxes(*predicted), boxes(*true)), np.array(scores, float), threshold)
    assert pairs_of(found) == sorted(expected)


@given(some_boxes, some_boxes, st.sampled_from([0.1, 0.4, 0.5, 0.75]))
def test_mutual_best_as_a_slow_reading(predicted, true, threshold) -> None:  # type: ignore[no-untyped-def]
    table = [[box_iou(p, t) for t in true] for p in predicted]
    expected = [
        (i, j)
        for i in range(len(predicted))
        for j in range(len(true))
        if table[i][j] > 0
        and table[i][j] >= threshold - 1e-9
        and j == max(range(len(true)), key=lambda k: (round(table[i][k], 12), -k))
        and i == max(range(len(predicted)), key=lambda k: (round(table[k][j], 12), -k))
    ]
    found = overlaps(boxes(*predicted), boxes(*true))
    assert pairs_of(mutual_best(found, threshold)) == expected


@given(some_boxes, some_boxes)
def test_a_higher_threshold_never_matches_more_mutual_pairs(predicted, true) -> None:  # type: ignore[no-untyped-def]
    found = overlaps(boxes(*predicted), boxes(*true))
    counts = [len(mutual_best(found, threshold).predicted) for threshold in (0.1, 0.5, 0.9)]
    assert counts == sorted(counts, reverse=True)
