"""One crown once: which of two outlines stays, and what is left of the other."""

import time
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.errors import Cancelled
from inference.jobs import CancelToken
from inference.pipeline.merge import MergeRules, drop_known, merge_seams

UNTRIMMED = MergeRules(trim=False)


def array(*outlines: shapely.Polygon) -> npt.NDArray[np.object_]:
    listed = np.empty(len(outlines), dtype=object)
    listed[:] = outlines
    return listed


def disc(x: float, y: float, radius: float) -> shapely.Polygon:
    return shapely.Point(x, y).buffer(radius, 8)


def kept(outlines: npt.NDArray[np.object_], scores: list[float], rules: MergeRules = UNTRIMMED) -> list[int]:
    return merge_seams(outlines, np.array(scores), rules, CancelToken())[0].tolist()


def test_of_two_views_of_one_crown_the_better_stays() -> None:
    assert kept(array(disc(0, 0, 3), disc(0.3, 0, 3)), [0.4, 0.6]) == [1]


def test_of_equal_scores_the_earlier_stays() -> None:
    assert kept(array(disc(0, 0, 3), disc(0.3, 0, 3)), [0.5, 0.5]) == [0]


def test_a_small_crown_inside_a_large_one_goes_although_their_iou_is_small() -> None:
    assert kept(array(disc(0, 0, 5), disc(1, 0, 1.5)), [0.8, 0.7]) == [0]
    assert kept(array(disc(0, 0, 5), disc(1, 0, 1.5)), [0.8, 0.7], MergeRules(0.5, 1.0, trim=False)) == [0, 1]


def test_neighbours_that_overlap_a_little_both_stay() -> None:
    assert kept(array(disc(0, 0, 3), disc(4.5, 0, 3)), [0.5, 0.6]) == [0, 1]


def test_what_a_dropped_crown_would_have_dropped_stays() -> None:
    # The middle one goes because of the left one, so the right one has no better rival left.
    row = array(shapely.box(0, 0, 10, 10), shapely.box(3, 0, 13, 10), shapely.box(6, 0, 16, 10))
    assert kept(row, [0.9, 0.8, 0.7]) == [0, 2]


def test_trimming_gives_the_overlap_to_the_better_crown() -> None:
    left, right = shapely.box(0, 0, 10, 10), shapely.box(8, 0, 18, 10)
    indexes, outlines = merge_seams(array(left, right), np.array([0.3, 0.9]), MergeRules(), CancelToken())
    assert indexes.tolist() == [0, 1]
    assert outlines[1].equals(right)
    assert outlines[0].equals(shapely.box(0, 0, 8, 10))


def test_what_trimming_leaves_too_small_goes() -> None:
    crowns = array(shapely.box(0, 0, 10, 10), shapely.box(-4, 0, 4, 10), shapely.box(6, 0, 16, 10))
    assert kept(crowns, [0.1, 0.9, 0.8], MergeRules()) == [1, 2]


def test_trimming_keeps_the_largest_part() -> None:
    crowns = array(shapely.box(0, 4, 10, 5), shapely.box(0, 0, 10, 10))
    _, outlines = merge_seams(crowns, np.array([0.9, 0.1]), MergeRules(0.9, 1.0), CancelToken())
    assert outlines[1].equals(shapely.box(0, 5, 10, 10))


def test_nothing_to_merge() -> None:
    indexes, outlines = merge_seams(array(), np.zeros(0), MergeRules(), CancelToken())
    assert len(indexes) == len(outlines) == 0


CROWNS = st.lists(
    st.tuples(st.integers(0, 24), st.integers(0, 24), st.integers(2, 8), st.integers(2, 8)), min_size=1, max_size=14
)


def greedy(outlines: npt.NDArray[np.object_], scores: npt.NDArray[np.float64], rules: MergeRules) -> list[int]:
    """The same choice, the slow and plain way."""
    chosen: list[int] = []
    for index in np.argsort(-scores, kind="stable").tolist():
        one = outlines[index]
        rivals = [outlines[other] for other in chosen]
        if not any(
            one.intersection(other).area > rules.iou_max * one.union(other).area + 1e-9
            or one.intersection(other).area > rules.containment_max * min(one.area, other.area) + 1e-9
            for other in rivals
        ):
            chosen.append(index)
    return sorted(chosen)


@settings(max_examples=60, deadline=None)
@given(CROWNS, st.integers(0, 1000))
def test_the_choice_is_the_greedy_one(boxes: list[tuple[int, int, int, int]], seed: int) -> None:
    # Limits that no ratio of small whole numbers meets exactly.
    rules = MergeRules(0.5017, 0.8011, trim=False)
    outlines = array(*(shapely.box(x, y, x + w, y + h) for x, y, w, h in boxes))
    scores = np.random.default_rng(seed).permutation(len(boxes)) / len(boxes)
    assert kept(outlines, scores.tolist(), rules) == greedy(outlines, scores, rules)


@settings(max_examples=60, deadline=None)
@given(CROWNS, st.integers(0, 1000))
def test_trimmed_crowns_do_not_overlap_and_are_valid(boxes: list[tuple[int, int, int, int]], seed: int) -> None:
    outlines = array(*(shapely.box(x, y, x + w, y + h) for x, y, w, h in boxes))
    scores = np.random.default_rng(seed).random(len(boxes))
    _, trimmed = merge_seams(outlines, scores, MergeRules(), CancelToken())
    assert all(outline.is_valid and outline.geom_type == "Polygon" for outline in trimmed)
    assert all(one.intersection(two).area < 1e-9 for one, two in combinations(trimmed, 2))


def test_a_reviewed_crown_wins_whatever_the_score_and_is_not_changed() -> None:
    reviewed = array(disc(0, 0, 3), shapely.box(20, 0, 30, 10))
    proposed = array(disc(0.2, 0, 3), disc(10, 0, 3), shapely.box(28, 0, 38, 10))
    indexes, outlines = drop_known(proposed, reviewed, MergeRules(), CancelToken())
    assert indexes.tolist() == [1, 2]
    assert outlines[0].equals(disc(10, 0, 3))
    assert outlines[1].equals(shapely.box(30, 0, 38, 10))


def test_with_no_reviewed_crowns_all_proposals_are_new() -> None:
    proposed = array(disc(0, 0, 3), disc(0.2, 0, 3))
    indexes, _ = drop_known(proposed, array(), MergeRules(), CancelToken())
    assert indexes.tolist() == [0, 1]


def canopy(count: int, seed: int = 0) -> npt.NDArray[np.object_]:
    """Touching crowns of 8 corners on a lattice."""
    side = int(np.sqrt(count))
    rng = np.random.default_rng(seed)
    corner = rng.uniform(-0.3, 0.3, (side + 1, side + 1, 2)) + np.stack(np.mgrid[: side + 1, : side + 1], axis=2)
    rings = np.stack([corner[:-1, :-1], corner[1:, :-1], corner[1:, 1:], corner[:-1, 1:], corner[:-1, :-1]], axis=2)
    return np.asarray(shapely.polygons(rings.reshape(-1, 5, 2) * 5.0), dtype=object)


def test_a_cancel_is_noticed_within_a_second() -> None:
    crowns = canopy(40_000)
    twice = np.concatenate([crowns, shapely.transform(crowns, lambda xy: xy + 0.4)])
    token = CancelToken()
    token.cancel()
    started = time.process_time()
    with pytest.raises(Cancelled):
        merge_seams(twice, np.random.default_rng(0).random(len(twice)), MergeRules(), token)
    assert time.process_time() - started < 1.0


@pytest.mark.slow
def test_a_hundred_and_thirty_thousand_candidates_take_seconds() -> None:
    crowns = canopy(100_000)
    again = shapely.transform(crowns[::3], lambda xy: xy + 0.01)
    both = np.concatenate([crowns, again])
    started = time.process_time()
    indexes, _ = merge_seams(both, np.random.default_rng(0).random(len(both)), UNTRIMMED, CancelToken())
    assert len(indexes) == len(crowns)
    assert time.process_time() - started < 30.0
