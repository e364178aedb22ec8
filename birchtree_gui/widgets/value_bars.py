"""A few named values as bars below each other: likely species with their probabilities, heights side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from birchtree_gui.theme import tabular

_GAP = 3
_BAR_ALPHA = 0.30


@dataclass(frozen=True, slots=True)
class ValueBar:
    """A line: its name, how long its bar is (0..1), and the value as text."""

    name: str
    share: float
    value: str


class ValueBars(QWidget):
    """Painted; `text` says the same in words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[ValueBar, ...] = ()
        self._note = ""
        self.setFont(tabular(self.font()))
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[ValueBar], note: str = "") -> None:
        """Show other values, with a line of words under them."""
        self._bars, self._note = tuple(bars), note
        self.setAccessibleDescription(self.text())
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """All lines in words; "" for none."""
        lines = [f"{bar.name}  {bar.value}" for bar in self._bars]
        return "\n".join([*lines, *([self._note] if self._note else [])])

    def _line(self) -> int:
        return self.fontMetrics().height() + _GAP

    def sizeHint(self) -> QSize:
        """One line for each value."""
        return QSize(160, max(1, len(self._bars) + bool(self._note)) * self._line())

    def minimumSizeHint(self) -> QSize:
        """Names are shortened when there is little room."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each bar behind its name, its value at the right."""
        del event
        painter = QPainter(self)
        palette, metrics = self.palette(), self.fontMetrics()
        fill = QColor(palette.color(QPalette.ColorRole.Accent))
        fill.setAlphaF(_BAR_ALPHA)
        ink, line = palette.color(QPalette.ColorRole.WindowText), self._line()
        side = Qt.AlignmentFlag.AlignVCenter
        for row, bar in enumerate(self._bars):
            box = QRectF(0, row * line, self.width(), line - 1)
            painter.fillRect(QRectF(0, box.top(), box.width() * min(max(bar.share, 0.0), 1.0), box.height()), fill)
            room = box.width() - metrics.horizontalAdvance(bar.value) - 14
            painter.setPen(ink)
            text = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, max(int(room), 10))
            painter.drawText(box.adjusted(4, 0, 0, 0), side | Qt.AlignmentFlag.AlignLeft, text)
            painter.drawText(box.adjusted(0, 0, -4, 0), side | Qt.AlignmentFlag.AlignRight, bar.value)
        if self._note:
            box = QRectF(4, len(self._bars) * line, self.width() - 4, line)
            painter.setPen(ink)
            painter.drawText(box, side | Qt.AlignmentFlag.AlignLeft, self._note)
        painter.end()
