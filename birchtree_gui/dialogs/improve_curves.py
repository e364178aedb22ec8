"""CurvePlot: the course of a training, painted as it comes: the loss, and F1 on validation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from birchtree_gui import units
from birchtree_gui.jobs.training import CurvePoint
from birchtree_gui.theme import tabular

_GAP, _LEFT, _DOT = 28, 44, 2.5
_LINES, _TALLEST = 4, 320
_GRID_ALPHA, _INK_ALPHA = 0.15, 0.75
Values = Sequence[tuple[int, float]]


class CurvePlot(QWidget):
    """Two small diagrams over the steps: the loss of the part in work, and F1 on validation from 0 to 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: list[CurvePoint] = []
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(_TALLEST)
        self._describe()

    @property
    def points(self) -> tuple[CurvePoint, ...]:
        """What is shown."""
        return tuple(self._points)

    def show_points(self, points: Sequence[CurvePoint]) -> None:
        """Show these instead."""
        self._points = list(points)
        self._describe()
        self.update()

    def add_point(self, point: CurvePoint) -> None:
        """Show one more; a checkpoint that is made again takes the place of the earlier one."""
        self._points = [old for old in self._points if (old.stage, old.step) != (point.stage, point.step)]
        self.show_points([*self._points, point])

    def sizeHint(self) -> QSize:
        """Two flat pictures."""
        return QSize(640, 190)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(360, 130)

    def _describe(self) -> None:
        """The same in words, for those who do not see it."""
        scores = [point.valid_f1 for point in self._points if point.valid_f1 is not None]
        text = self.tr("Course of the training, nothing yet")
        if self._points:
            text = self.tr("Course of the training: loss {loss} at step {step}").format(
                loss=units.number(self._points[-1].loss, 2), step=self._points[-1].step
            )
        if scores:
            text += self.tr(", F1 on validation {f1}, at best {best}").format(
                f1=units.number(scores[-1], 2), best=units.number(max(scores), 2)
            )
        self.setAccessibleName(text)
        self.setToolTip(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Both diagrams."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = (self.width() - _GAP) / 2.0
        stage = self._points[-1].stage if self._points else ""
        losses = [(point.step, point.loss) for point in self._points if point.stage == stage]
        scores = [(point.step, point.valid_f1) for point in self._points if point.valid_f1 is not None]
        title = {"masks": self.tr("Loss, drawing outlines")}.get(stage, self.tr("Loss, finding crowns"))
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        accent = self.palette().color(QPalette.ColorRole.Accent)
        highest = max((value for _, value in losses), default=1.0) * 1.1
        self._diagram(painter, QRectF(0.0, 0.0, width, self.height()), title, losses, highest, ink)
        place = QRectF(width + _GAP, 0.0, width, self.height())
        self._diagram(painter, place, self.tr("F1 on validation"), scores, 1.0, accent)
        painter.end()

    def _diagram(
        self, painter: QPainter, place: QRectF, title: str, values: Values, highest: float, colour: QColor
    ) -> None:
        line = self.fontMetrics().height()
        area = place.adjusted(_LEFT, line + 8, -6, -line - 6)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        faint = QColor(ink)
        faint.setAlphaF(_GRID_ALPHA)
        ink.setAlphaF(_INK_ALPHA)
        flags = Qt.AlignmentFlag
        painter.setPen(ink)
        painter.drawText(QRectF(place.left(), place.top(), place.width(), line), flags.AlignLeft, title)
        for number in range(_LINES + 1):
            y = area.bottom() - area.height() * number / _LINES
            painter.setPen(faint)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(ink)
            label = QRectF(place.left(), y - line / 2.0, _LEFT - 6.0, line)
            painter.drawText(label, flags.AlignRight | flags.AlignVCenter, units.number(highest * number / _LINES, 2))
        last = max((step for step, _ in values), default=0)
        if not last:
            return
        below = QRectF(area.left(), area.bottom() + 4.0, area.width(), line)
        painter.drawText(below, flags.AlignRight, self.tr("step {step}").format(step=units.count(last)))
        self._line(painter, area, values, last, highest, colour)

    @staticmethod
    def _line(painter: QPainter, area: QRectF, values: Values, last: int, highest: float, colour: QColor) -> None:
        places = [
            QPointF(
                area.left() + area.width() * step / last,
                area.bottom() - area.height() * min(max(value / highest, 0.0), 1.0),
            )
            for step, value in values
        ]
        painter.setPen(QPen(colour, 2.0))
        painter.drawPolyline(QPolygonF(places))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for place in places:
            painter.drawEllipse(place, _DOT, _DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
