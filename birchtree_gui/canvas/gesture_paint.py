"""How gestures look: boxes, the crown under the mouse, and the crown in hand with its ghost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.colours import CanvasColours
from birchtree_gui.canvas.corner_handles import CornerHandles, Handle
from birchtree_gui.canvas.crown_in_hand import CrownInHand
from birchtree_gui.canvas.georeference import Points
from birchtree_gui.canvas.qt_shapes import path_of
from birchtree_gui.canvas.view_transform import ViewTransform
from inference.crowns.geometry import Corner

_NO_BRUSH = Qt.BrushStyle.NoBrush


def paint_box(painter: QPainter, box: QRectF, look: CanvasColours) -> None:
    """A box that is being dragged."""
    painter.setBrush(colours.with_alpha(look.accent, 0.15))
    painter.setPen(QPen(colours.with_alpha(colours.CASING, 0.6), 3.0))
    painter.drawRect(box)
    painter.setBrush(_NO_BRUSH)
    painter.setPen(QPen(QColor(colours.SELECTED), 1.0, Qt.PenStyle.DashLine))
    painter.drawRect(box)


def paint_hovered(painter: QPainter, rings: Iterable[Points]) -> None:
    """The crown under the mouse, (V, 2) screen pixels a ring: a light over what is drawn already."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = _closed(rings)
    _stroke(
        painter, path, colours.with_alpha(colours.CASING, 0.7), 4.0, fill=colours.with_alpha(colours.SELECTED, 0.14)
    )
    _stroke(painter, path, QColor(colours.SELECTED), 2.0)


@dataclass(frozen=True, slots=True)
class HandlesShown:
    """What is special about the handles: the rings while one is dragged (level-0 pixels), picked, hovered."""

    preview: Sequence[Points] | None
    picked: frozenset[Corner]
    hovered: Handle | None


def paint_crown_in_hand(
    painter: QPainter, hand: CrownInHand[Any], view: ViewTransform, look: CanvasColours, handles: HandlesShown
) -> None:
    """A crown with its handles; while one is dragged the crown as it will be, over its ghost."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    now = [view.to_screen(ring) for ring in hand.rings_px]
    if handles.preview is None:
        _paint_body(painter, now, colours.SELECTED, look.accent)
        shown = CornerHandles(tuple(now))
        shown.paint(painter, picked=handles.picked, hovered=handles.hovered, accent=look.accent)
        return
    ghost = _closed(now)
    _stroke(painter, ghost, colours.with_alpha(colours.CASING, 0.6), 2.5)
    _stroke(painter, ghost, colours.with_alpha(colours.SELECTED, 0.9), 1.0, style=Qt.PenStyle.DashLine)
    rings = [view.to_screen(ring) for ring in handles.preview]
    sound = bool(shapely.Polygon(rings[0], rings[1:]).is_valid)
    _paint_body(painter, rings, colours.SELECTED if sound else look.warning, look.accent if sound else colours.CASING)
    CornerHandles(tuple(rings)).paint(painter, picked=(), hovered=None, accent=look.accent, corners_only=True)


def _paint_body(painter: QPainter, rings: Iterable[Points], line: str, casing: str) -> None:
    path = _closed(rings)
    _stroke(painter, path, QColor(casing), 4.5, fill=colours.with_alpha(line, 0.1))
    _stroke(painter, path, QColor(line), 2.0)


def _stroke(
    painter: QPainter,
    path: QPainterPath,
    colour: QColor,
    width: float,
    *,
    fill: QColor | None = None,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    pen = QPen(colour, width, style)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if fill is None:
        painter.setBrush(_NO_BRUSH)
    else:
        painter.setBrush(fill)
    painter.drawPath(path)


def _closed(rings: Iterable[Points]) -> QPainterPath:
    return path_of([np.concatenate([ring, ring[:1]]) for ring in rings])
