"""CatchingUp: the window takes over what a worker wrote in portions, so that thousands of new crowns stop nobody."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from birchtree_gui.document import PlotDocument

# Some 50 ms of reading and of telling everybody who listens.
PORTION = 1500


class CatchingUp(QObject):
    """Portions follow each other with room for events between them; an edit meanwhile takes over the rest at once."""

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._after: list[Callable[[], None]] = []
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._take)
        document.closing.connect(self._forget)

    def start(self, then: Callable[[], None] | None = None) -> None:
        """Take over what is there, then go on with `then`; the first portion is taken before this returns."""
        if then is not None:
            self._after.append(then)
        if not self._next.isActive():
            self._take()

    @Slot()
    def _take(self) -> None:
        if self._document.refresh_some(PORTION):
            self._next.start()
            return
        after, self._after = self._after, []
        for then in after:
            then()

    @Slot()
    def _forget(self) -> None:
        """What was to follow belonged to the plot that goes."""
        self._next.stop()
        self._after.clear()
