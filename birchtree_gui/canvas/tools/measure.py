"""MeasureTool: distance, area and difference in height of points on the map; nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF

from birchtree_gui import units
from birchtree_gui.canvas import colours
from birchtree_gui.canvas.georeference import Points
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, Tool, tr
from birchtree_gui.canvas.tools.point_line import ENTER, is_at, is_line_key, without_repeats
from inference.plot.lines import line_length_m


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a line of points measures, horizontally.

    Attributes:
        length_m: of the line, and around the area when it is closed.
        area_m2: inside; None for a line, or for one that crosses itself.
    """

    length_m: float
    area_m2: float | None = None


def measured(points_crs: Points, unit_m: float, *, closed: bool) -> Measurement:
    """Length and area of (N, 2) points in the plot CRS; `unit_m` metres per unit."""
    if not closed or len(points_crs) < 3:
        return Measurement(line_length_m(points_crs, unit_m))
    ring = np.concatenate([points_crs, points_crs[:1]])
    shape = shapely.Polygon(points_crs)
    return Measurement(line_length_m(ring, unit_m), float(shape.area) * unit_m**2 if shape.is_valid else None)


def length_text(length_m: float) -> str:
    """A measured length: centimetres close by, kilometres afar."""
    if length_m >= 10_000:
        return units.quantity(length_m / 1000, "km", 2)
    return units.quantity(length_m, "m", 2 if length_m < 10 else 1)


def area_text(area_m2: float) -> str:
    """A measured area, also in hectares where that is how it is spoken of."""
    text = units.quantity(area_m2, "m²", 1 if area_m2 < 10_000 else 0)
    return text if area_m2 < 1000 else f"{text} ({units.quantity(area_m2 / 10_000, 'ha', 2)})"


class PointsTool(Tool):
    """Click sets points of a line; it stays on the map until the next one is begun or Esc is pressed."""

    closes = False

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._points_px: list[tuple[float, float]] = []
        self._cursor_px: tuple[float, float] | None = None
        self._done = False
        self._closed = False

    @property
    def cursor(self) -> Qt.CursorShape:
        """The cross."""
        return Qt.CursorShape.CrossCursor

    @property
    def uses_right_button(self) -> bool:
        """A right click ends the line."""
        return True

    @property
    def points_crs(self) -> Points:
        """(N, 2) points so far in the plot CRS."""
        georeference = self.surface.georeference
        if georeference is None or not self._points_px:
            return np.zeros((0, 2))
        return georeference.to_crs(np.array(self._points_px))

    def begin(self, pointer: Pointer) -> None:
        """Set a point, or end the line."""
        if pointer.button is Qt.MouseButton.RightButton:
            self._end()
        elif pointer.button is Qt.MouseButton.LeftButton and self.surface.georeference is not None:
            if self._near_first(pointer):
                self._closed = True
                self._end()
                return
            if self._done:
                self.cancel()
            self._points_px.append((pointer.x_px, pointer.y_px))
            self._cursor_px = None
            self._changed()

    def double_click(self, pointer: Pointer) -> None:
        """End the line; the first of the two clicks has set the last point."""
        if pointer.button is Qt.MouseButton.LeftButton and len(self._points_px) > 1:
            self._end()

    def move(self, pointer: Pointer) -> None:
        """The open end follows the mouse."""
        if self._points_px and not self._done:
            self._cursor_px = (pointer.x_px, pointer.y_px)
            self.surface.update()

    def map_moved(self, pointer: Pointer) -> None:
        """The open end stays at the mouse."""
        self.move(pointer)

    def leave(self) -> None:
        """No open end while the mouse is elsewhere."""
        self._cursor_px = None
        self.surface.update()

    def cancel(self) -> bool:
        """Drop the line."""
        had_one = bool(self._points_px)
        self._points_px.clear()
        self._cursor_px, self._done, self._closed = None, False, False
        if had_one:
            self._changed()
        return had_one

    def undo_point(self) -> bool:
        """Take the last point back."""
        if not self._points_px or self._done:
            return False
        self._points_px.pop()
        self._changed()
        return True

    def wants_key(self, event: QKeyEvent) -> bool:
        """Enter, Backspace and undo belong to a line in hand."""
        return bool(self._points_px) and not self._done and is_line_key(event)

    def key(self, event: QKeyEvent) -> bool:
        """End the line, or take a point back."""
        if not self.wants_key(event):
            return False
        if event.key() in ENTER:
            self._end()
        else:
            self.undo_point()
        return True

    def paint(self, painter: QPainter) -> None:
        """The line with its points."""
        if not self._points_px:
            return
        line = self._line_screen()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._closed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.with_alpha(colours.SELECTED, 0.18))
            painter.drawPolygon(QPolygonF(line))
            line = [*line, line[0]]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((colours.with_alpha(colours.CASING, 0.75), 4.0), (QColor(colours.SELECTED), 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawPolyline(QPolygonF(line))
        painter.setPen(QPen(QColor(colours.CASING), 1.5))
        painter.setBrush(QColor(colours.SELECTED))
        for corner in line[: len(self._points_px)]:
            painter.drawEllipse(corner, 3.5, 3.5)
        self.paint_words(painter, line)
        painter.restore()

    def paint_words(self, painter: QPainter, line: list[QPointF]) -> None:
        """What the line says about itself."""

    def ended(self) -> None:
        """The line is complete."""

    def _line_screen(self) -> list[QPointF]:
        places = [*self._points_px, *([self._cursor_px] if self._cursor_px is not None else [])]
        return [QPointF(x, y) for x, y in self.surface.view.to_screen(np.array(places)).tolist()]

    def _near_first(self, pointer: Pointer) -> bool:
        if not self.closes or self._done or len(self._points_px) < 3:
            return False
        return is_at(self._points_px[0], pointer, self.surface.view)

    def _end(self) -> None:
        distinct = without_repeats(self._points_px)
        if len(distinct) < 2 or self._done:
            return
        self._points_px, self._cursor_px, self._done = distinct, None, True
        self._changed()
        self.ended()

    def _changed(self) -> None:
        self.surface.refresh_hint()
        self.surface.update()


class MeasureTool(PointsTool):
    """Distance along the points; area when the first point is clicked again; difference in height of both ends."""

    closes = True

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._heights_m: tuple[float, ...] = ()
        surface.line_heights.pointsKnown.connect(self._take_heights)

    @property
    def result(self) -> Measurement | None:
        """What has been measured; None before there is anything."""
        plot = self.surface.document.plot
        if plot is None or len(self._points_px) < 2:
            return None
        return measured(self.points_crs, plot.unit_m, closed=self._closed)

    @property
    def rise_m(self) -> float | None:
        """Surface at the last point minus surface at the first, metres; None while unknown."""
        if len(self._heights_m) != len(self._points_px) or len(self._heights_m) < 2 or self._closed:
            return None
        rise = self._heights_m[-1] - self._heights_m[0]
        return None if np.isnan(rise) else rise

    def _changed(self) -> None:
        self._heights_m = ()
        points = self.points_crs
        if len(points) > 1:
            self.surface.line_heights.ask_points(points)
        super()._changed()

    @Slot(object)
    def _take_heights(self, sample: object) -> None:
        self._heights_m = tuple(np.asarray(getattr(sample, "dsm_m", ()), np.float64).tolist())
        self.surface.update()

    def hint(self) -> str:
        """What to do next."""
        first, few, enough = self.lines()
        if not self._points_px or self._done:
            return first
        return few if len(self._points_px) < 3 else enough

    def lines(self) -> tuple[str, ...]:
        """Everything that `hint` may say."""
        return (
            tr("Click: first point of a distance or an area    Esc: back to Select"),
            tr("Click: next point    Enter, double-click or right-click: finish    Backspace: take back"),
            tr("Click: next point    first point: close for the area    Enter: finish    Backspace: take back"),
        )

    def paint_words(self, painter: QPainter, line: list[QPointF]) -> None:
        """Length, area and rise beside the last point."""
        words = self._words()
        if words:
            paint_note(painter, line[-1], words, self.surface)

    def _words(self) -> list[str]:
        plot, georeference = self.surface.document.plot, self.surface.georeference
        if plot is None or georeference is None:
            return []
        points = self.points_crs
        if self._cursor_px is not None:
            points = np.concatenate([points, georeference.to_crs(np.array([self._cursor_px]))])
        if len(points) < 2:
            return []
        found = measured(points, plot.unit_m, closed=self._closed)
        if self._closed:
            area = tr("crosses itself") if found.area_m2 is None else area_text(found.area_m2)
            return [area, tr("around {length}").format(length=length_text(found.length_m))]
        words = [length_text(found.length_m)]
        if len(points) > 2:
            last_m = line_length_m(points[-2:], plot.unit_m)
            words.append(tr("last side {length}").format(length=length_text(last_m)))
        if self.rise_m is not None:
            sign = "+" if self.rise_m >= 0 else "\u2212"
            words.append(tr("surface {rise}").format(rise=sign + units.quantity(abs(self.rise_m), "m")))
        return words


def paint_note(painter: QPainter, at: QPointF, words: list[str], surface: MapSurface) -> None:
    """A few short lines on a panel beside a point, inside the map."""
    metrics = painter.fontMetrics()
    wide = max(metrics.horizontalAdvance(line) for line in words) + 16
    tall = metrics.height() * len(words) + 8
    view, look = surface.view, surface.colours
    left = at.x() + 12 if at.x() + 16 + wide < view.width else at.x() - 12 - wide
    top = min(max(at.y() + 10, 4.0), view.height - tall - 4.0)
    box = QRectF(left, top, wide, tall)
    painter.fillRect(box, colours.with_alpha(look.panel, 0.92))
    painter.setPen(QColor(look.panel_text))
    inside = box.adjusted(8, 4, -8, -4)
    painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "\n".join(words))
