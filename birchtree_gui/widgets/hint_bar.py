"""The line under the map that says what mouse and keys do in the current tool."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget


class HintBar(QWidget):
    """One quiet line of text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hintBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self._text = QLabel(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.addWidget(self._text)
        self.setFixedHeight(26)

    def show_hint(self, text: str) -> None:
        """Show what the tool says."""
        self._text.setText(text)
        self._text.setToolTip(text)
