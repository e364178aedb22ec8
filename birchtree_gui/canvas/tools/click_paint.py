"""Paints what the clicking tools show: preview, outline, marks and box, in screen pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.tools.base import MapSurface

if TYPE_CHECKING:
    from inference.prompt.base import Prompt

_MARK = 6.0
_INCLUDE, _EXCLUDE = "#1A7F5A", "#B3261E"


def paint_ghost(painter: QPainter, surface: MapSurface, outline: shapely.Polygon) -> None:
    """What a click here would give: a dashed line, no fill."""
    path = _path(surface, outline)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.CASING), 3.0))
    painter.drawPath(path)
    painter.setPen(QPen(QColor(colours.SELECTED), 1.5, Qt.PenStyle.DashLine))
    painter.drawPath(path)


def paint_outline(painter: QPainter, surface: MapSurface, outline: shapely.Polygon) -> None:
    """The crown as it would be accepted."""
    path = _path(surface, outline)
    painter.setBrush(colours.with_alpha(colours.REVIEW_COLOURS["added"], 0.22))
    painter.setPen(QPen(QColor(colours.CASING), 3.5))
    painter.drawPath(path)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.REVIEW_COLOURS["added"]), 2.0))
    painter.drawPath(path)


def paint_marks(painter: QPainter, surface: MapSurface, prompt: Prompt) -> None:
    """A plus where the crown is, a minus where it is not, the box that was drawn."""
    box = prompt.box_crs
    if box is not None:
        corners = surface.to_screen(np.array([[box[0], box[3]], [box[2], box[1]]]))
        first, last = (QPointF(x, y) for x, y in corners.tolist())
        paint_box(painter, QRectF(first, last).normalized())
    for include, colour in ((True, _INCLUDE), (False, _EXCLUDE)):
        places = prompt.places(include=include)
        if not len(places):
            continue
        for x, y in surface.to_screen(places).tolist():
            _paint_mark(painter, QPointF(x, y), QColor(colour), plus=include)


def paint_box(painter: QPainter, box: QRectF) -> None:
    """A box around a crown."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.CASING), 3.0))
    painter.drawRect(box)
    painter.setPen(QPen(QColor(colours.SELECTED), 1.5, Qt.PenStyle.DashLine))
    painter.drawRect(box)


def _paint_mark(painter: QPainter, at: QPointF, colour: QColor, *, plus: bool) -> None:
    """Told by its sign as well as its colour."""
    painter.setPen(QPen(QColor(colours.SELECTED), 1.5))
    painter.setBrush(colour)
    painter.drawEllipse(at, _MARK, _MARK)
    painter.setPen(QPen(QColor(colours.SELECTED), 2.0))
    painter.drawLine(at + QPointF(-3.0, 0.0), at + QPointF(3.0, 0.0))
    if plus:
        painter.drawLine(at + QPointF(0.0, -3.0), at + QPointF(0.0, 3.0))


def _path(surface: MapSurface, outline: shapely.Polygon) -> QPainterPath:
    path = QPainterPath()
    for ring in (outline.exterior, *outline.interiors):
        points = surface.to_screen(shapely.get_coordinates(ring))
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points.tolist()]))
    return path
