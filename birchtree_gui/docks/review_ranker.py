"""Ranks crowns for the review in a thread: first by what the table tells, then again with seams and second tops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from inference.errors import BirchtreeError
from inference.jobs import CancelToken
from inference.review.state import ReviewState

if TYPE_CHECKING:
    from inference.crowns.table import CrownTable
    from inference.plot.plot import Plot
    from inference.project.runs import RunRecord
    from inference.review.evidence import Measured
    from inference.review.queue import ReviewQueue


class ReviewRanker(QObject):
    """Makes queues.

    Signals:
        ready(ReviewQueue): the answer to the latest `rank`.
    """

    ready = Signal(object)

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("review", self)
        self._cancel = CancelToken()
        self._extra: tuple[Measured | None, Measured | None] = (None, None)
        self._asked: ReviewState | None = None

    def start(self, state: ReviewState) -> None:
        """Rank at once, and again when seams and second tops have been looked up."""
        self.stop()
        self._cancel = CancelToken()
        self.rank(state)
        plot, table = self._document.plot, self._document.table
        if plot is None or table is None:
            return
        frozen, runs, cancel = table.frozen(), self._document.project.runs(), self._cancel
        self._background.run(lambda: _look_up(frozen, plot, runs, cancel), self._take_extra, lambda error: None)

    def rank(self, state: ReviewState) -> None:
        """Rank the crowns as they are now."""
        table = self._document.table
        if table is None:
            return
        self._asked = state
        frozen, controls, (seams, peaks) = table.frozen(), self._document.project.controls(), self._extra

        def make() -> ReviewQueue:
            from inference.review.queue import make_queue

            return make_queue(frozen, state, controls, seams=seams, peaks=peaks)

        self._background.run(make, lambda queue: self._take(state, queue), self._fail)

    def stop(self) -> None:
        """Forget what is under way."""
        self._cancel.cancel()
        self._background.forget()
        self._extra, self._asked = (None, None), None

    def shut_down(self) -> None:
        """End the thread."""
        self._cancel.cancel()
        self._background.shut_down()

    def _take(self, state: ReviewState, queue: ReviewQueue) -> None:
        if state is self._asked:
            self.ready.emit(queue)

    def _take_extra(self, extra: tuple[Measured | None, Measured | None]) -> None:
        self._extra = extra
        if self._asked is not None and extra != (None, None):
            self.rank(self._asked)

    def _fail(self, error: BirchtreeError) -> None:
        self._document.message.emit("warning", str(error))


def _look_up(
    table: CrownTable, plot: Plot, runs: tuple[RunRecord, ...], cancel: CancelToken
) -> tuple[Measured | None, Measured | None]:
    from inference.review.queue import peaks_of, seams_of

    return seams_of(table, plot, runs), peaks_of(table, plot, cancel)
