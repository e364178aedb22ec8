"""What the charts have in common: a title, room for axes, colours of the theme, and what brushing tells."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from birchtree_gui import units
from birchtree_gui.theme import tabular
from inference.report.charts import ticks

Places = npt.NDArray[np.int64]
Mode = Literal["replace", "add", "toggle"]

_LEFT, _RIGHT, _MARGIN = 34, 8, 4
_SOFT = 0.72
_GRID = 0.14
_UNSELECTED = 0.5
_BAND = 0.16
_SMALL = 0.88


class Chart(QWidget):
    """A chart of N trees; what the person brushes comes as places of trees in the arrays that were shown.

    Signals:
        brushed(places, mode): (M,) int64 places; "replace", "add" (Shift) or "toggle" (Ctrl).
    """

    brushed = Signal(object, str)

    def __init__(self, title: str, axis: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.axis = axis
        font = tabular(self.font())
        font.setPointSizeF(font.pointSizeF() * _SMALL)
        self.setFont(font)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Four of them fit beside each other at the bottom of the window."""
        return QSize(230, 150)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(114, 96)

    # ---- for the kinds of chart

    @property
    def area(self) -> QRectF:
        """Where the values are drawn."""
        line = self.fontMetrics().height()
        top, bottom = line + _MARGIN + 2, line * (2 if self.axis else 1) + _MARGIN + 3
        return QRectF(_LEFT, top, max(1, self.width() - _LEFT - _RIGHT), max(1, self.height() - top - bottom))

    def ink(self, strength: float = 1.0) -> QColor:
        """The colour of text, more or less of it."""
        colour = QColor(self.palette().color(QPalette.ColorRole.WindowText))
        colour.setAlphaF(strength)
        return colour

    def fill(self, *, selected: bool) -> QColor:
        """The colour of marks: the accent for what is selected (or for all, while nothing is), else grey."""
        return QColor(self.palette().color(QPalette.ColorRole.Accent)) if selected else self.ink(_UNSELECTED)

    def band(self) -> QColor:
        """The colour of what is being brushed."""
        colour = QColor(self.palette().color(QPalette.ColorRole.Accent))
        colour.setAlphaF(_BAND)
        return colour

    def paint_title(self, painter: QPainter, note: str = "") -> None:
        """The title, and a note in the other corner; a frame while the keys go here."""
        metrics = self.fontMetrics()
        line = QRect(_MARGIN, 1, self.width() - 2 * _MARGIN, metrics.height())
        room = line.width() - (metrics.horizontalAdvance(note) + 2 * _MARGIN if note else 0)
        title = metrics.elidedText(self.title, Qt.TextElideMode.ElideRight, room)
        painter.setPen(self.ink())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, title)
        painter.setPen(self.ink(_SOFT))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, note)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def paint_axes(
        self, painter: QPainter, x: tuple[float, float], y: tuple[float, float], *, whole_y: bool = False
    ) -> None:
        """Lines at round values of y (at whole ones only, if y counts), ticks at round values of x, and what x is."""
        area, metrics = self.area, self.fontMetrics()
        height = metrics.height()
        for value in ticks(*y, most=max(1, int(area.height() // (2.2 * height)))):
            if whole_y and value != round(value):
                continue
            at = area.bottom() - (value - y[0]) / (y[1] - y[0]) * area.height()
            painter.setPen(self.ink(_GRID))
            painter.drawLine(int(area.left()), int(at), int(area.right()), int(at))
            painter.setPen(self.ink(_SOFT))
            place = QRectF(0, at - height / 2, _LEFT - 5, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, units.trimmed(value))
        for value in ticks(*x, most=max(1, int(area.width() // (3 * metrics.averageCharWidth() + 8)))):
            at = area.left() + (value - x[0]) / (x[1] - x[0]) * area.width()
            painter.setPen(self.ink(_SOFT))
            painter.drawLine(int(at), int(area.bottom()), int(at), int(area.bottom()) + 3)
            place = QRectF(at - 40, area.bottom() + 3, 80, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, self.locale().toString(value, "g", 6))
        painter.drawLine(area.bottomLeft().toPoint(), area.bottomRight().toPoint())
        below = QRectF(area.left(), self.height() - height - 1, area.width(), height)
        if metrics.horizontalAdvance(self.axis) > below.width():  # then it takes the room at the left, too
            below = QRectF(0, below.top(), self.width(), below.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self.axis)

    def paint_empty(self, painter: QPainter, text: str) -> None:
        """What is said instead of a chart."""
        painter.setPen(self.ink(_SOFT))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.area.toRect(), int(flags), text)

    def told_at(self, at: QPoint) -> str:
        """What the tooltip says at a place; each kind of chart has its own."""
        del at
        return ""

    # ---- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tooltips follow the marks; a filter for the reason that `MapInput` has."""
        if watched is self and isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.told_at(event.pos()), self)
            return True
        return super().eventFilter(watched, event)


def mode_of(modifiers: Qt.KeyboardModifier) -> Mode:
    """What Shift and Ctrl mean while brushing, as on the map."""
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return "toggle"
    return "add" if modifiers & Qt.KeyboardModifier.ShiftModifier else "replace"
