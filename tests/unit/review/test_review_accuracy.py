"""How good the crowns are by control crowns: intervals, strata, draws, missed crowns; and the pace of a person."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.crowns.crown import Crown
from inference.crowns.records import Control
from inference.crowns.table import CrownTable
from inference.review.accuracy import Stratum, overall, precision, rate, strata_of, wilson
from inference.review.ground import SeenGround
from inference.review.order import arrange, draw
from inference.review.pace import crowns_a_minute, seconds_each, seconds_left
from inference.review.standing import SAMPLE, standing
from inference.review.state import Filters, ReviewState, from_ranges, to_ranges
from inference.review.threshold import below, histogram, proposed_scores, reject_below


@settings(deadline=None)  # scipy loads with the first case
@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_wilsons(pair: tuple[int, int]) -> None:
    right, count = pair
    low, high = wilson(right / count, count)
    from scipy import stats

    reference = stats.binomtest(right, count).proportion_ci(method="wilson")
    assert (low, high) == pytest.approx((reference.low, reference.high), abs=1e-9)


def test_wilson_keeps_its_level() -> None:
    """How often the interval holds the truth, in samples of 40 with 92 % right."""
    generator = np.random.default_rng(3)
    rights = generator.binomial(40, 0.92, 4000)
    held = [low <= 0.92 <= high for low, high in (wilson(right / 40, 40) for right in rights)]
    assert 0.93 < np.mean(held) < 0.98


STRATA = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 40), st.floats(0, 1)).map(
        lambda three: Stratum(three[0], three[1], round(three[1] * three[2]))
    ),
    max_size=6,
)


@given(STRATA)
def test_the_estimate_lies_within_its_interval(strata: list[Stratum]) -> None:
    found = precision(strata)
    if not sum(one.judged for one in strata) or not sum(one.size for one in strata):
        assert found is None
        return
    assert found is not None
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0
    assert found.count == sum(one.judged for one in strata)


def test_strata_count_by_their_size() -> None:
    found = precision([Stratum(900, 10, 10), Stratum(100, 10, 0)])
    assert found is not None
    assert found.value == pytest.approx(0.9)
    alone = precision([Stratum(1000, 20, 18)])
    assert alone is not None
    assert found.high - found.low > alone.high - alone.low  # ten verdicts for most of the crowns are worth fewer


def test_poststratification_follows_what_is_left() -> None:
    """Half of the weak crowns are wrong; when the weak ones have been taken out, the estimate knows."""
    before = precision([Stratum(500, 20, 10), Stratum(500, 20, 20)])
    after = precision([Stratum(50, 20, 10), Stratum(500, 20, 20)])
    assert before is not None
    assert after is not None
    assert before.value == pytest.approx(0.75)
    assert after.value == pytest.approx(1 - 0.5 * 50 / 550)


def test_all_crowns_are_those_seen_and_the_others() -> None:
    unseen = precision([Stratum(100, 20, 18)])
    both = overall(unseen, 100, 100)
    assert both is not None
    assert both.value == pytest.approx(0.95)
    assert overall(None, 0, 10) is not None
    assert overall(None, 5, 10) is None


def test_rates_are_garwoods() -> None:
    found = rate(6, 1.2)
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((5.0, 2.2019 / 1.2, 13.0595 / 1.2), rel=1e-4)
    none = rate(0, 2.0)
    assert none is not None
    assert (none.low, none.high) == pytest.approx((0.0, 3.6889 / 2), rel=1e-4)
    assert rate(3, 0.0) is None


@given(st.integers(1, 300), st.integers(0, 2**20))
def test_every_beginning_of_a_draw_is_spread_over_the_scores(count: int, seed: int) -> None:
    scores = np.linspace(0, 1, 400)
    ids = np.arange(1, 401)
    drawn = draw(ids, scores, count, seed)
    assert len(set(drawn)) == count
    strata = strata_of(scores)[np.array(drawn) - 1]
    counts = np.bincount(strata, minlength=4)
    assert counts.max() - counts.min() <= 2


def test_crowns_without_score_are_a_stratum_of_their_own() -> None:
    labels = strata_of(np.array([0.1, 0.5, np.nan, 0.9, np.nan]))
    assert set(labels[[2, 4]].tolist()) == {4}
    assert labels.max() == 4


@given(st.lists(st.integers(1, 200), unique=True, max_size=80), st.lists(st.integers(1, 300), unique=True, max_size=20))
def test_the_queue_holds_every_ranked_crown_once(ranked: list[int], controls: list[int]) -> None:
    entries = arrange(np.array(ranked, np.int64), controls, every=10)
    ids = [entry.tree_id for entry in entries]
    assert len(ids) == len(set(ids))
    assert set(ranked) <= set(ids) <= {*ranked, *controls}
    shown = [place for place, entry in enumerate(entries) if entry.is_control]
    assert shown == list(range(9, len(entries), 10))[: len(shown)]


def test_pauses_do_not_count() -> None:
    steady = [2.0] * 30
    assert crowns_a_minute(steady) == pytest.approx(30)
    assert crowns_a_minute([*steady, 600.0]) == pytest.approx(30)
    assert seconds_left(steady, 90) == pytest.approx(180)
    assert seconds_each([2.0, 2.0]) is None


@given(st.lists(st.floats(0.2, 80), min_size=3, max_size=60))
def test_the_pace_lies_among_the_latest_decisions(intervals: list[float]) -> None:
    each = seconds_each(intervals)
    assert each is not None
    assert min(intervals[-40:]) - 1e-9 <= each <= max(intervals[-40:]) + 1e-9


@given(st.sets(st.integers(1, 10_000)))
def test_ranges_read_back(ids: set[int]) -> None:
    assert from_ranges(to_ranges(ids)) == ids


@given(st.sets(st.integers(1, 99)), st.sets(st.integers(1, 99)), st.lists(st.floats(0, 1e4), max_size=5))
def test_the_state_reads_back(looked: set[int], skipped: set[int], intervals: list[float]) -> None:
    state = ReviewState(
        7,
        "2026-05-01T10:00:00+00:00",
        3,
        Filters(False, True, "view", tuple(sorted(skipped))),
        frozenset(looked),
        frozenset(skipped),
        tuple(intervals),
    )
    assert ReviewState.from_text(state.to_text()) == state


@pytest.mark.parametrize("text", [None, "", "{}", "[1]", '{"version":9}', '{"version":1,"seed":"x"}'])
def test_what_is_no_state_is_none(text: str | None) -> None:
    assert ReviewState.from_text(text) is None


def crowns(*reviews: str) -> list[Crown]:
    return [
        Crown(number, shapely.box(10 * number, 0, 10 * number + 4, 4), score=0.1 * number, review=review, run_id="r")  # type: ignore[arg-type]
        for number, review in enumerate(reviews, start=1)
    ]


def control(tree_id: int, verdict: str, sample: str = SAMPLE) -> Control:
    return Control(tree_id, sample, "2026-05-01T10:00:00+00:00", verdict)


def test_what_nobody_looked_at_is_told_by_controls() -> None:
    table = CrownTable(crowns("accepted", "auto", "auto", "edited", "deleted", "accepted", "added"))
    found = standing(table, frozenset({1, 5}), [control(1, "right"), control(5, "wrong"), control(2, "right", "other")])
    assert (found.unseen, found.seen) == (3, 3)  # 2, 3 and 6 (accepted with many); 1, 4 and 7
    assert found.right is not None
    assert found.right.count == 2
    assert found.all_right is not None
    assert found.all_right.value > found.right.value
    assert standing(table, frozenset(), []).right is None


def test_missed_crowns_are_counted_on_the_ground_that_was_seen() -> None:
    (looked,) = crowns("accepted")
    drawn = [
        Crown(2, shapely.box(15, 0, 18, 3), review="added", edited_at="2026-05-02T10:00:00+00:00"),
        Crown(3, shapely.box(80, 0, 84, 4), review="added", edited_at="2026-05-02T10:00:00+00:00"),
        Crown(4, shapely.box(6, 0, 9, 3), review="added", edited_at="2026-04-01T10:00:00+00:00"),
    ]
    table = CrownTable([looked, *drawn])
    ground = SeenGround()
    assert ground.missed(table, "2026-05-01T10:00:00+00:00") is None
    ground.look_at_crowns(table, [1, 99])
    before_m2 = ground.area_m2
    assert before_m2 == pytest.approx(13 * 13)
    ground.look_at_crowns(table, [1])
    assert ground.area_m2 == before_m2
    found = ground.missed(table, "2026-05-01T10:00:00+00:00")
    assert found is not None
    assert found.count == 1


def test_the_threshold_takes_what_is_proposed_and_below() -> None:
    table = CrownTable(crowns("auto", "accepted", "auto", "auto", "deleted"))
    assert below(table, 0.35).tolist() == [1, 3]
    _, scores = proposed_scores(table)
    assert histogram(scores, 10).tolist() == [0, 1, 0, 1, 1, 0, 0, 0, 0, 0]
    edit = reject_below(table, 0.35, by="me", at="2026-05-01T10:00:00+00:00")
    assert edit is not None
    assert edit.name == "Reject 2 crowns below 0.35"
    assert {(crown.tree_id, crown.review, crown.edited_by) for crown in edit.added} == {
        (1, "deleted", "me"),
        (3, "deleted", "me"),
    }
    assert reject_below(table, 0.05, by="me", at="") is None
    table.apply(edit)
    table.apply(edit.inverse())
    assert [crown.review for crown in table.crowns()] == ["auto", "accepted", "auto", "auto", "deleted"]
