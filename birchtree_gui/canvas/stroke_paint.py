"""How strokes of the editing tools look: lines in hand, what the brush sweeps, and outlines as they will be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.colours import CanvasColours
from birchtree_gui.canvas.georeference import Points
from birchtree_gui.canvas.qt_shapes import path_of

_NO_BRUSH = Qt.BrushStyle.NoBrush


def paint_stroke(
    painter: QPainter,
    way: Sequence[QPointF],
    look: CanvasColours,
    *,
    dots: Iterable[QPointF] = (),
    is_closed: bool = False,
) -> None:
    """A line in hand; one that encloses ground is filled lightly and closed with dashes."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if is_closed:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.with_alpha(look.accent, 0.18))
        painter.drawPolygon(QPolygonF(way))
    painter.setBrush(_NO_BRUSH)
    for colour, width in ((QColor(colours.CASING), 4.0), (QColor(colours.SELECTED), 2.0)):
        painter.setPen(_pen(colour, width))
        painter.drawPolyline(QPolygonF(way))
    if is_closed and len(way) > 2:
        painter.setPen(QPen(QColor(colours.SELECTED), 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(way[-1], way[0])
    painter.setPen(QPen(QColor(colours.CASING), 1.5))
    painter.setBrush(QColor(colours.SELECTED))
    for dot in dots:
        painter.drawEllipse(dot, 3.0, 3.0)


def paint_swath(painter: QPainter, way: Sequence[QPointF], radius: float, colour: str) -> None:
    """What the brush has swept so far, as one see-through shape; radius in screen pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if len(way) == 1:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.with_alpha(colour, 0.4))
        painter.drawEllipse(way[0], radius, radius)
        return
    painter.setBrush(_NO_BRUSH)
    painter.setPen(_pen(colours.with_alpha(colour, 0.4), 2 * radius))
    painter.drawPolyline(QPolygonF(way))


def paint_brush(painter: QPainter, middle: QPointF, radius: float, colour: str, *, erases: bool) -> None:
    """The brush under the mouse: its circle, with a plus or a minus in it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(_NO_BRUSH)
    for ink, width in ((QColor(colours.CASING), 3.5), (QColor(colour), 1.75)):
        painter.setPen(QPen(ink, width))
        painter.drawEllipse(middle, radius, radius)
        painter.drawLine(middle - QPointF(4, 0), middle + QPointF(4, 0))
        if not erases:
            painter.drawLine(middle - QPointF(0, 4), middle + QPointF(0, 4))


def paint_future(painter: QPainter, rings: Iterable[Points], look: CanvasColours, *, is_loss: bool = False) -> None:
    """An outline as it will be, (V, 2) screen pixels a ring: a firm line over what is drawn, lightly filled."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = path_of([np.concatenate([ring, ring[:1]]) for ring in rings])
    ink = look.warning if is_loss else colours.SELECTED
    _outline(painter, path, QColor(colours.CASING), 4.0, fill=colours.with_alpha(ink, 0.22 if is_loss else 0.12))
    _outline(painter, path, QColor(ink), 2.0)


def paint_former(painter: QPainter, rings: Iterable[Points]) -> None:
    """An outline as it was, dashed."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = path_of([np.concatenate([ring, ring[:1]]) for ring in rings])
    _outline(painter, path, colours.with_alpha(colours.CASING, 0.6), 2.5)
    pen = QPen(colours.with_alpha(colours.SELECTED, 0.9), 1.0, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawPath(path)


def paint_peaks(painter: QPainter, middle: QPointF) -> None:
    """The mark of a crown that holds two peaks: two summits on a small plate."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.CASING), 1.0))
    painter.setBrush(QColor(colours.SPECIES_COLOURS[0]))
    painter.drawRoundedRect(QRectF(middle.x() - 10, middle.y() - 8, 20, 16), 4, 4)
    painter.setBrush(_NO_BRUSH)
    painter.setPen(_pen(QColor(colours.CASING), 1.75))
    steps = ((-7, 4), (-3.5, -4), (-0.5, 1), (3, -4), (7, 4))
    painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in steps]))


def _outline(
    painter: QPainter, path: QPainterPath, colour: QColor, width: float, *, fill: QColor | None = None
) -> None:
    painter.setPen(_pen(colour, width))
    if fill is None:
        painter.setBrush(_NO_BRUSH)
    else:
        painter.setBrush(fill)
    painter.drawPath(path)


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
