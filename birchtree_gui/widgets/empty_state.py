"""What the map says while a plot has no crowns: one sentence and two buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyState(QFrame):
    """ "No crowns yet. [Segment this plot] [Draw a crown]"."""

    def __init__(self, segment: QAction, draw: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        title = QLabel(self.tr("No crowns yet"), self, textFormat=Qt.TextFormat.PlainText)
        title.setProperty("role", "heading")
        text = QLabel(
            self.tr("Let BirchTree outline the crowns, or draw the first one yourself."),
            self,
            textFormat=Qt.TextFormat.PlainText,
        )
        text.setProperty("role", "muted")
        self._segment = QPushButton(self.tr("Segment this plot"), self)
        self._segment.setProperty("primary", True)
        self._segment.clicked.connect(segment.trigger)
        self._draw = QPushButton(self.tr("Draw a crown"), self)
        self._draw.clicked.connect(draw.trigger)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._segment)
        buttons.addWidget(self._draw)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(6)
        layout.addWidget(title)
        layout.addWidget(text)
        layout.addSpacing(8)
        layout.addLayout(buttons)
        self.hide()

    def set_editable(self, editable: bool) -> None:
        """A file that cannot be written offers nothing to do."""
        self._segment.setEnabled(editable)
        self._draw.setEnabled(editable)
