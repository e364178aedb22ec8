"""AreaLayer: lies over the map and shows complete areas, control plots and the plot grid, with names and ticks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.view import MapView
from inference.crowns.records import Area, AreaKind

COLOURS: dict[AreaKind, str] = {"complete": "#00d4ff", "control": "#ff9ee5", "cell": "#ffffff"}
"""On imagery: bright, and unlike those of crowns; kinds are told apart by hatching and names, too."""
# Hatching is for areas of at least so many screen pixels, names for those into which they fit.
_HATCH_FROM = 40.0
_BAND = 22.0
_MOST_HATCHED = 400
_LABEL_MARGIN = 5.0


class AreaLayer(QObject):
    """Painted over the crowns, under tools, scale bar and legend; nothing while there is no area."""

    def __init__(self, map_view: MapView) -> None:
        super().__init__(map_view)
        self._map = map_view
        self._areas: tuple[Area, ...] = ()
        self._bounds: npt.NDArray[np.float64] = np.zeros((0, 4))
        self._kinds: frozenset[AreaKind] = frozenset(COLOURS)
        self._chosen: frozenset[int] = frozenset()
        self._shown = True
        map_view.marks.append(self.paint)
        document = map_view.document
        for signal in (document.opened, document.recordsChanged, document.closed):
            signal.connect(self.read_again)
        self.read_again()

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas of the plot."""
        return self._areas

    def read_again(self) -> None:
        """Show the areas as they are in the project now."""
        document = self._map.document
        self._areas = document.project.areas() if document.is_open else ()
        self._bounds = np.array([area.outline.bounds for area in self._areas], np.float64).reshape(-1, 4)
        self._map.update()

    def set_shown(self, shown: bool, /) -> None:
        """Show areas, or leave all of them off."""
        self._shown = shown
        self._map.update()

    def show_kinds(self, kinds: frozenset[AreaKind]) -> None:
        """Show areas of these kinds only."""
        self._kinds = kinds
        self._map.update()

    def choose(self, ids: frozenset[int]) -> None:
        """Draw these areas bolder than the others."""
        self._chosen = ids
        self._map.update()

    def paint(self, painter: QPainter) -> None:
        """Paint what is in view: large ones hatched, all with a border, named where there is room."""
        if self._map.georeference is None or not self._areas or not self._shown:
            return
        low, high = self._map.to_screen(self._bounds[:, :2]), self._map.to_screen(self._bounds[:, 2:])
        near, far = np.minimum(low, high), np.maximum(low, high)
        width, height = self._map.width(), self._map.height()
        seen = np.flatnonzero((far > 0).all(axis=1) & (near[:, 0] < width) & (near[:, 1] < height))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rank = {"cell": 0, "complete": 1, "control": 2}
        shown = [place for place in seen.tolist() if self._areas[place].kind in self._kinds]
        shown.sort(key=lambda place: (self._areas[place].area_id in self._chosen, rank[self._areas[place].kind]))
        for place in shown:
            area = self._areas[place]
            size = far[place] - near[place]
            path = self._path(area.outline)
            hatched = len(shown) <= _MOST_HATCHED and float(size.min()) >= _HATCH_FROM
            self._paint(painter, area, path, hatched=hatched)
        for place in shown:
            box = QRectF(QPointF(*near[place].tolist()), QPointF(*far[place].tolist()))
            self._paint_name(painter, self._areas[place], box)
        painter.restore()

    def _path(self, outline: shapely.Polygon) -> QPainterPath:
        path = QPainterPath()
        for ring in (outline.exterior, *outline.interiors):
            points = self._map.to_screen(shapely.get_coordinates(ring)).tolist()
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        return path

    def _paint(self, painter: QPainter, area: Area, path: QPainterPath, *, hatched: bool) -> None:
        colour = QColor(COLOURS[area.kind])
        chosen = area.area_id in self._chosen
        if area.done and area.kind == "cell":
            painter.fillPath(path, colours.with_alpha("#35b779", 0.28))
        if hatched and area.kind != "cell":
            painter.save()
            painter.setClipPath(path)
            pattern = Qt.BrushStyle.BDiagPattern if area.kind == "complete" else Qt.BrushStyle.DiagCrossPattern
            painter.setPen(QPen(QBrush(colour, pattern), _BAND))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
            painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        line = 1.2 if area.kind == "cell" and not chosen else 2.0
        width = line + (1.6 if chosen else 0.0)
        painter.setPen(QPen(colours.with_alpha(colours.CASING, 0.7), width + 2.0))
        painter.drawPath(path)
        pen = QPen(colour, width)
        if area.kind == "control":
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPath(path)

    def _paint_name(self, painter: QPainter, area: Area, box: QRectF) -> None:
        text = f"{area.name} ✓" if area.done else area.name
        if not text:
            return
        metrics = painter.fontMetrics()
        label = QRectF(0, 0, metrics.horizontalAdvance(text) + 10, metrics.height() + 4)
        if label.width() + 2 * _LABEL_MARGIN > box.width() or label.height() + 2 * _LABEL_MARGIN > box.height():
            return
        inside = box.intersected(QRectF(self._map.rect()))
        label.moveTopLeft(inside.topLeft() + QPointF(_LABEL_MARGIN, _LABEL_MARGIN))
        if not box.contains(label):
            return
        painter.fillRect(label, colours.with_alpha(self._map.colours.panel, 0.85))
        painter.setPen(QColor(self._map.colours.panel_text))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)
