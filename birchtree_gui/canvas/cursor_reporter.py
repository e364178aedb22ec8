"""CursorReporter: tells where the cursor is, at most thirty times a second, whatever the mouse sends."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QTimer, Signal, Slot

_INTERVAL_MS = 33


class CursorReporter(QObject):
    """Signals: moved(QPointF), at once for the first move and then with the latest place of each interval; left()."""

    moved = Signal(QPointF)
    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest: QPointF | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self._tell)

    def move(self, screen: QPointF) -> None:
        """The cursor is here now."""
        self._latest = screen
        if not self._timer.isActive():
            self._tell()
            self._timer.start()

    def stop(self) -> None:
        """The cursor has left."""
        self._latest = None
        self._timer.stop()
        self.left.emit()

    @Slot()
    def _tell(self) -> None:
        if self._latest is None:
            self._timer.stop()
            return
        latest, self._latest = self._latest, None
        self.moved.emit(latest)
