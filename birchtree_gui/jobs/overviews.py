"""Prepares smooth display in a thread: missing overviews go into the cache, the ground is estimated without a DTM."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from inference import paths
from inference.errors import BirchtreeError, Cancelled
from inference.jobs import CancelToken, Progress

if TYPE_CHECKING:
    from inference.plot.plot import Plot


class OverviewBuilder(QObject):
    """Works on one plot at a time; stops when the plot is closed.

    Signals:
        progressed(done, total): while it works; equal at its end.
        built(): there is something better to show now; tiles are worth painting again.
    """

    progressed = Signal(int, int)
    built = Signal()

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("overviews", self)
        self._cancel = CancelToken()
        document.opened.connect(self._start)
        document.closing.connect(self._stop)

    def shut_down(self) -> None:
        """Stop and end the thread."""
        self._stop()
        self._background.shut_down()

    def _start(self) -> None:
        plot = self._document.plot
        if plot is not None:
            self._cancel = CancelToken()
            self._background.run(partial(self._build, plot, self._cancel), self._finish, self._fail)

    def _stop(self) -> None:
        self._cancel.cancel()
        self._background.forget()

    def _build(self, plot: Plot, cancel: CancelToken) -> bool:
        """Runs in the thread; whether anything was built."""
        from inference.plot.display import prepare

        return prepare(plot, paths.cache_dir(), self._report, cancel)

    def _report(self, progress: Progress) -> None:
        self.progressed.emit(progress.done, progress.total)

    def _finish(self, any_built: bool) -> None:
        if any_built:
            self.progressed.emit(1, 1)
            self.built.emit()

    def _fail(self, error: BirchtreeError) -> None:
        self.progressed.emit(1, 1)
        if not isinstance(error, Cancelled):
            self._document.message.emit("warning", str(error))
