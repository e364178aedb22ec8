"""Two measures of each tree against each other, as dots; a box is brushed. Quick for a hundred thousand trees."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from birchtree_gui import units
from birchtree_gui.widgets.charts.chart import Chart, Places, mode_of
from inference.report.charts import ticks

Floats = npt.NDArray[np.float64]
_NONE = np.zeros(0, np.int64)
# Physical pixels of a dot's side; dots that fall on one another get darker.
_DOT = 3
_FAINTEST = 0.35
_NEAR = 8.0
_CLICK = 4.0


class ScatterChart(Chart):
    """A dot for each tree."""

    def __init__(self, title: str, axis: str, parent: QWidget | None = None) -> None:
        super().__init__(title, axis, parent)
        self._x: Floats = np.zeros(0)
        self._y: Floats = np.zeros(0)
        self._known: Places = _NONE
        self._order: Places = _NONE
        self._chosen: Places = _NONE
        self._high = (1.0, 1.0)
        self._dots: QImage | None = None
        self._start: QPointF | None = None
        self._end = QPointF()
        self._cursor = -1

    def show_values(self, x: Floats, y: Floats) -> None:
        """Show (N,) trees; those with a NaN are left out."""
        self._x, self._y = x, y
        self._known = np.flatnonzero(np.isfinite(x) & np.isfinite(y)).astype(np.int64)
        self._order = self._known[np.argsort(x[self._known], kind="stable")]
        self._high = (_round_up(x[self._known]), _round_up(y[self._known]))
        self._chosen, self._dots, self._start, self._cursor = _NONE, None, None, -1
        self.setAccessibleDescription(units.crowns(len(self._known)))
        self.update()

    def show_selected(self, places: Places) -> None:
        """Mark the trees at these places."""
        self._chosen = places[np.isfinite(self._x[places]) & np.isfinite(self._y[places])]
        self._dots = None
        self.update()

    @property
    def selected(self) -> Places:
        """Places of the selected trees that have a dot."""
        return self._chosen

    def at(self, place: int) -> QPointF:
        """Where the dot of a tree is."""
        area = self.area
        return QPointF(
            area.left() + float(self._x[place]) / self._high[0] * area.width(),
            area.bottom() - float(self._y[place]) / self._high[1] * area.height(),
        )

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axes, dots, and the box that is being brushed."""
        del event
        painter = QPainter(self)
        self.paint_title(painter)
        if not len(self._known):
            self.paint_empty(painter, self.tr("no heights"))
            painter.end()
            return
        self.paint_axes(painter, (0.0, self._high[0]), (0.0, self._high[1]))
        if self._dots is None:
            self._dots = self._painted()
        painter.drawImage(self.area, self._dots)
        if self._start is not None:
            box = QRectF(self._start, self._end).normalized()
            painter.fillRect(box, self.band())
            painter.setPen(QPen(self.ink(), 1, Qt.PenStyle.DotLine))
            painter.drawRect(box)
        if self._cursor >= 0:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.ink(), 1.5))
            painter.drawEllipse(self.at(int(self._order[self._cursor])), 5, 5)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The dots are painted anew at the new size."""
        self._dots = None
        super().resizeEvent(event)

    def changeEvent(self, event: object) -> None:
        """And in new colours."""
        self._dots = None
        super().changeEvent(event)  # type: ignore[arg-type]

    def _painted(self) -> QImage:
        """Every dot as a picture of the area, in physical pixels."""
        area, ratio = self.area, self.devicePixelRatioF()
        width, height = max(1, round(area.width() * ratio)), max(1, round(area.height() * ratio))
        argb = np.zeros((height, width), np.uint32)
        self._stamp(argb, self._known, self.fill(selected=not len(self._chosen)))
        if len(self._chosen):
            self._stamp(argb, self._chosen, self.fill(selected=True))
        image = QImage(argb.data, width, height, 4 * width, QImage.Format.Format_ARGB32)
        return image.copy()  # its own memory: the array goes with this function

    def _stamp(self, argb: npt.NDArray[np.uint32], places: Places, colour: QColor) -> None:
        """Put dots into (H, W) ARGB pixels, the denser the more opaque; in place."""
        height, width = argb.shape
        column = (self._x[places] / self._high[0] * (width - _DOT)).astype(np.int64)
        row = ((1 - self._y[places] / self._high[1]) * (height - _DOT)).astype(np.int64)
        inside = (column >= 0) & (row >= 0) & (column < width) & (row < height)
        counts = np.bincount(row[inside] * width + column[inside], minlength=height * width).reshape(height, width)
        dots = np.zeros_like(counts)
        for down in range(_DOT):
            for right in range(_DOT):
                dots[down:, right:] += counts[: height - down, : width - right]
        crowded = np.log1p(dots) / np.log1p(max(1, int(dots.max(initial=1))))
        alpha = (colour.alphaF() * (_FAINTEST + (1 - _FAINTEST) * crowded) * 255).astype(np.uint32)
        ink = np.uint32(colour.rgb() & 0xFFFFFF)
        argb[dots > 0] = (alpha[dots > 0] << np.uint32(24)) | ink

    # ---- mouse and keys

    def told_at(self, at: QPoint) -> str:
        """The measures of the nearest tree."""
        place = self._nearest(QPointF(at))
        return "" if place is None else self._words(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a box."""
        if event.button() == Qt.MouseButton.LeftButton and len(self._known):
            self._start = self._end = event.position()
            self._cursor = -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the box."""
        if self._start is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._end = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The trees in the box become the selection; a click takes the nearest tree."""
        if event.button() != Qt.MouseButton.LeftButton or self._start is None:
            return
        box = QRectF(self._start, event.position()).normalized()
        self._start = None
        self.update()
        if max(box.width(), box.height()) < _CLICK:
            place = self._nearest(event.position())
            found = _NONE if place is None else np.array([place], np.int64)
        else:
            found = self._inside(box)
        self.brushed.emit(found, mode_of(event.modifiers()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from tree to tree along the horizontal measure; Enter selects, Esc selects nothing."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
        key = Qt.Key(event.key())
        if key in steps and len(self._order):
            self._cursor = min(max(self._cursor + steps[key], 0), len(self._order) - 1)
            self.setAccessibleDescription(self._words(int(self._order[self._cursor])))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._cursor >= 0:
            self.brushed.emit(self._order[self._cursor : self._cursor + 1], mode_of(event.modifiers()))
        elif key == Qt.Key.Key_Escape:
            self._cursor = -1
            self.brushed.emit(_NONE, "replace")
        else:
            super().keyPressEvent(event)
        self.update()

    def _inside(self, box: QRectF) -> Places:
        area, (high_x, high_y) = self.area, self._high
        left, right = ((edge - area.left()) / area.width() * high_x for edge in (box.left(), box.right()))
        low, high = ((area.bottom() - edge) / area.height() * high_y for edge in (box.bottom(), box.top()))
        x, y = self._x[self._known], self._y[self._known]
        return self._known[(x >= left) & (x <= right) & (y >= low) & (y <= high)]

    def _nearest(self, at: QPointF) -> int | None:
        if not len(self._known):
            return None
        area = self.area
        across = self._x[self._known] / self._high[0] * area.width() + area.left() - at.x()
        down = area.bottom() - self._y[self._known] / self._high[1] * area.height() - at.y()
        distance = across**2 + down**2
        nearest = int(np.argmin(distance))
        return int(self._known[nearest]) if distance[nearest] <= _NEAR**2 else None

    def _words(self, place: int) -> str:
        height = units.quantity(float(self._y[place]), "m")
        diameter = units.quantity(float(self._x[place]), "m")
        return self.tr("height {height}, crown diameter {diameter}").format(height=height, diameter=diameter)


def _round_up(values: Floats) -> float:
    """The next round value above all of them."""
    high = float(values.max(initial=1.0))
    steps = ticks(0.0, high, 5)
    step = steps[1] - steps[0] if len(steps) > 1 else high
    return float(np.ceil(high / step - 1e-9) * step)
