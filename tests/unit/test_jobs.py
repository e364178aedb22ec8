"""Long work reports each step, tells an ETA it can stand by, and stops between steps."""

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.errors import Cancelled
from inference.jobs import CancelToken, JobContext, Progress


def test_a_token_is_set_once_and_seen_by_all_threads() -> None:
    token = CancelToken()
    token.check()
    assert not token.is_cancelled
    worker = threading.Thread(target=token.cancel)
    worker.start()
    worker.join()
    assert token.is_cancelled
    with pytest.raises(Cancelled):
        token.check()


@given(total=st.integers(0, 30), already_done=st.integers(0, 30))
def test_track_yields_everything_and_counts_to_the_total(total: int, already_done: int) -> None:
    already_done = min(already_done, total)
    reports: list[Progress] = []
    items = list(range(already_done, total))
    seen = list(JobContext(reports.append).track(items, stage="segment", total=total, already_done=already_done))
    assert seen == items
    assert [report.done for report in reports] == list(range(already_done, total + 1))
    assert {report.total for report in reports} == {total}
    assert {report.stage for report in reports} == {"segment"}


def test_the_eta_is_unknown_at_first_and_nothing_at_the_end() -> None:
    reports: list[Progress] = []
    list(JobContext(reports.append).track(range(3), stage="measure", total=3))
    assert reports[0].eta_s is None
    assert all(report.eta_s is not None and report.eta_s >= 0 for report in reports[1:])
    assert reports[-1].eta_s == 0


def test_the_eta_counts_only_steps_of_this_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """A resumed run must not believe that the tiles of yesterday took no time."""
    clock = iter([100.0, 110.0, 120.0])
    monkeypatch.setattr("inference.jobs.time.monotonic", lambda: next(clock))
    reports: list[Progress] = []
    list(JobContext(reports.append).track(range(2), stage="segment", total=100, already_done=90))
    assert [report.eta_s for report in reports] == [None, 90.0, 80.0]


def test_more_items_than_promised_never_give_a_negative_eta() -> None:
    reports: list[Progress] = []
    list(JobContext(reports.append).track(range(5), stage="export", total=2))
    assert all(report.eta_s is None or report.eta_s >= 0 for report in reports)


def test_cancelling_stops_before_the_next_step_and_keeps_what_is_done() -> None:
    context = JobContext()
    done: list[int] = []

    def work() -> Iterator[int]:
        for step in context.track(range(10), stage="segment", total=10):
            done.append(step)
            if step == 3:
                context.cancel.cancel()
            yield step

    with pytest.raises(Cancelled) as caught:
        list(work())
    assert done == [0, 1, 2, 3]
    assert caught.value.code == "job.cancelled"


def test_a_context_without_receiver_works() -> None:
    assert list(JobContext().track("ab", stage="x", total=2)) == ["a", "b"]


def test_contexts_do_not_share_a_token() -> None:
    JobContext().cancel.cancel()
    assert not JobContext().cancel.is_cancelled


def test_what_cannot_look_at_the_token_is_stopped_by_it() -> None:
    token = CancelToken()
    stops: list[str] = []
    with token.stopping(lambda: stops.append("first")):
        assert stops == []
        token.cancel()
    assert stops == ["first"]
    token.cancel()
    assert stops == ["first"]
    with token.stopping(lambda: stops.append("late")):
        assert stops == ["first", "late"]
