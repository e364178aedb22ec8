"""The line under the map that says what mouse and keys do in the current tool."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from birchtree_gui.keys.gestures import in_a_line
from birchtree_gui.plain import plain_tip

_MARGIN = 12


class HintBar(QWidget):
    """One quiet line of text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hintBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self._text = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        layout.addWidget(self._text, 1)
        self._text.setMinimumWidth(1)  # a narrow map shortens the hint; it is never pushed wider by it
        self._hint = ""
        self.setFixedHeight(26)

    def show_hint(self, text: str) -> None:
        """Show what the tool says."""
        self._hint = in_a_line(text)
        self._text.setToolTip(plain_tip(self._hint))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the hint as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * _MARGIN
        self._text.setText(self._text.fontMetrics().elidedText(self._hint, Qt.TextElideMode.ElideRight, room))
