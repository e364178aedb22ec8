"""Reads and writes where a review stands: in the project file, a moment after each change."""

from __future__ import annotations

import random

from PySide6.QtCore import QObject, QTimer

from birchtree_gui.document import PlotDocument, now
from inference.review.state import META_KEY, ReviewState

_SOON_MS = 400


class ReviewMemory(QObject):
    """Keeps the state of the open plot's review; decisions themselves are edits and on disk at once."""

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._state = ReviewState()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.write)

    @property
    def state(self) -> ReviewState:
        """As it is now."""
        return self._state

    def read(self) -> None:
        """Take up the review of the open plot where it was left, or begin one."""
        found = ReviewState.from_text(self._document.project.meta(META_KEY))
        self._state = found or ReviewState(seed=random.SystemRandom().randrange(2**31), started_at=now())

    def change(self, state: ReviewState) -> None:
        """Remember this, on disk soon."""
        if state != self._state:
            self._state = state
            self._soon.start()

    def write(self) -> None:
        """Write it now; nothing happens on a plot that is open for reading only."""
        self._soon.stop()
        if self._document.is_editable:
            self._document.note_down(META_KEY, self._state.to_text())
