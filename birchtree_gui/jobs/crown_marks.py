"""CrownMarks: which crowns hold two peaks or lie on a seam, looked up in a thread when the filter asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from inference.errors import BirchtreeError
from inference.jobs import CancelToken

if TYPE_CHECKING:
    from inference.crowns.table import CrownTable
    from inference.plot.plot import Plot
    from inference.project.runs import RunRecord

Ids = npt.NDArray[np.int64]
_PAUSE_MS = 400


class CrownMarks(QObject):
    """Answers for the whole plot; after an edit the marks are made again, and the old ones serve until then.

    Signals:
        changed(str): the crowns of a mark are others now.
    """

    changed = Signal(str)

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("marks", self)
        self._cancel = CancelToken()
        self._found: dict[str, Ids] = {}
        self._wanted: frozenset[str] = frozenset()
        self._running: set[str] = set()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look_again)
        document.closing.connect(self._forget)
        document.crownsChanged.connect(self._note)

    @property
    def is_busy(self) -> bool:
        """Whether a mark is being looked up."""
        return bool(self._running) or self._pause.isActive()

    def want(self, names: frozenset[str]) -> None:
        """From now on these marks are asked for."""
        fresh = names - self._wanted
        self._wanted = names
        for name in sorted(fresh - self._found.keys()):
            self._look(name)

    def masks(self, ids: Ids) -> dict[str, npt.NDArray[np.bool_]]:
        """(N,) for crowns of these ids, by the marks that are known."""
        return {name: np.isin(ids, found) for name, found in self._found.items()}

    def shut_down(self) -> None:
        """End the thread."""
        self._pause.stop()
        self._cancel.cancel()
        self._background.shut_down()

    def _look(self, name: str) -> None:
        plot, table = self._document.plot, self._document.table
        if plot is None or table is None or name in self._running:
            return
        self._running.add(name)
        frozen, runs, cancel = table.frozen(), self._document.project.runs(), self._cancel
        self._background.run(
            lambda: _look_up(name, frozen, plot, runs, cancel),
            lambda found: self._take(name, found),
            lambda error: self._fail(name, error),
        )

    def _look_again(self) -> None:
        for name in sorted(self._wanted):
            self._look(name)

    def _take(self, name: str, found: Ids) -> None:
        self._running.discard(name)
        before = self._found.get(name)
        self._found[name] = found
        if before is None or not np.array_equal(before, found):
            self.changed.emit(name)

    def _fail(self, name: str, error: BirchtreeError) -> None:
        self._running.discard(name)
        self._found[name] = np.zeros(0, np.int64)
        self._document.message.emit("warning", str(error))

    def _note(self) -> None:
        for name in self._found.keys() - self._wanted:
            del self._found[name]
        if self._wanted:
            self._pause.start()

    def _forget(self) -> None:
        self._pause.stop()
        self._cancel.cancel()
        self._cancel = CancelToken()
        self._background.forget()
        self._running.clear()
        self._found.clear()
        self._wanted = frozenset()


def _look_up(name: str, table: CrownTable, plot: Plot, runs: tuple[RunRecord, ...], cancel: CancelToken) -> Ids:
    from inference.review.marks import on_seams, with_two_peaks

    return with_two_peaks(table, plot, cancel) if name == "two_peaks" else on_seams(table, plot, runs)
