"""What is still to be decided: control crowns are told apart, and each crown is counted once."""

from dataclasses import replace

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from inference.crowns.crown import Crown, Review
from inference.crowns.table import CrownTable
from inference.review.state import Filters, ReviewState
from inference.review.waiting import Waiting, waiting


def table_of(statuses: list[Review]) -> CrownTable:
    outline = shapely.box(0, 0, 1, 1)
    return CrownTable(
        [Crown(tree_id, outline, score=0.5, review=status) for tree_id, status in enumerate(statuses, start=1)]
    )


def arrays(ids: list[int], controls: list[int]) -> tuple[np.ndarray, np.ndarray]:
    return np.array(ids, np.int64), np.isin(ids, np.array(controls, np.int64))


def test_controls_are_counted_apart_until_they_have_a_verdict() -> None:
    table = table_of(["auto", "auto", "accepted", "deleted"])
    ids, is_control = arrays([1, 2, 3, 4], [2, 3, 4])
    state = ReviewState()
    assert waiting(table, ids, is_control, (), state) == Waiting(ranked=1, controls=2)
    judged = table_of(["auto", "accepted", "accepted", "deleted"])
    assert waiting(judged, ids, is_control, (2,), state) == Waiting(ranked=1, controls=1)
    assert waiting(judged, ids, is_control, (2, 3), state) == Waiting(ranked=1, controls=0)


def test_of_all_crowns_those_count_that_nobody_looked_at() -> None:
    table = table_of(["accepted", "accepted"])
    ids, is_control = arrays([1, 2], [])
    state = replace(ReviewState(), filters=Filters(only_proposed=False), looked=frozenset({2}))
    assert waiting(table, ids, is_control, (), state) == Waiting(ranked=1)
    assert waiting(table, ids, is_control, (), ReviewState()) == Waiting()


def test_no_crowns_and_no_queue() -> None:
    empty = np.zeros(0, np.int64)
    assert waiting(CrownTable([]), np.array([1]), np.array([True]), (), ReviewState()) == Waiting()
    assert waiting(table_of(["auto"]), empty, np.zeros(0, bool), (), ReviewState()) == Waiting()


@given(st.lists(st.tuples(st.sampled_from(["auto", "accepted", "deleted"]), st.booleans()), max_size=20))
def test_each_crown_is_counted_at_most_once(crowns: list[tuple[Review, bool]]) -> None:
    table = table_of([status for status, _ in crowns])
    ids, is_control = arrays(list(range(1, len(crowns) + 1)), [n for n, (_, one) in enumerate(crowns, 1) if one])
    found = waiting(table, ids, is_control, (), ReviewState())
    assert found.controls == sum(one and status != "deleted" for status, one in crowns)
    assert found.ranked == sum(not one and status == "auto" for status, one in crowns)
    assert found.all <= len(crowns)
