"""CornerHandles: the corners of the crown being edited, as things on the screen that can be seen, hit and dragged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.georeference import Points
from inference.crowns.geometry import Corner

# Screen pixels.
_HIT_WITHIN = 8.0
_SHORTEST_EDGE = 26.0
_HALF_CORNER, _HALF_PLUS = 3.5, 4.0


@dataclass(frozen=True, slots=True)
class Handle:
    """What the mouse is on: a corner, or the "+" in the middle of the side that follows `corner`."""

    corner: Corner
    is_middle: bool = False


@dataclass(frozen=True, slots=True)
class CornerHandles:
    """Handles of rings given in screen pixels, (V, 2) each without the closing point."""

    rings: tuple[Points, ...]

    def at(self, screen: QPointF) -> Handle | None:
        """What is under the mouse; a corner wins over a middle."""
        for is_middle in (False, True):
            found = self._nearest(screen, is_middle=is_middle)
            if found is not None:
                return Handle(found, is_middle)
        return None

    def within(self, box: QRectF) -> frozenset[Corner]:
        """Corners inside a box."""
        found: set[Corner] = set()
        for number, ring in enumerate(self.rings):
            x, y = ring[:, 0], ring[:, 1]
            inside = (x >= box.left()) & (x <= box.right()) & (y >= box.top()) & (y <= box.bottom())
            found.update((number, index) for index in np.flatnonzero(inside).tolist())
        return frozenset(found)

    def paint(
        self,
        painter: QPainter,
        *,
        picked: Iterable[Corner],
        hovered: Handle | None,
        accent: str,
        corners_only: bool = False,
    ) -> None:
        """Squares on corners, plus signs on sides that are long enough for them."""
        picked = frozenset(picked)
        for number, ring in enumerate(self.rings):
            middles, roomy = _middles(ring)
            half_corner = _half_corner(ring)
            for index in np.flatnonzero(roomy & (not corners_only)).tolist():
                _paint_plus(
                    painter, QPointF(*middles[index]), is_hot=hovered == Handle((number, index), is_middle=True)
                )
            for index, (x, y) in enumerate(ring.tolist()):
                corner = (number, index)
                is_hot = hovered == Handle(corner)
                half = max(half_corner, _HALF_CORNER) + 1.5 if is_hot or corner in picked else half_corner
                painter.setPen(QPen(QColor(colours.CASING), 1.5))
                painter.setBrush(QColor(accent if corner in picked else colours.SELECTED))
                painter.drawRect(QRectF(x - half, y - half, 2 * half, 2 * half))

    def _nearest(self, screen: QPointF, *, is_middle: bool) -> Corner | None:
        best: Corner | None = None
        least = _HIT_WITHIN
        for number, ring in enumerate(self.rings):
            points, roomy = _middles(ring) if is_middle else (ring, np.ones(len(ring), bool))
            away = np.hypot(points[:, 0] - screen.x(), points[:, 1] - screen.y())
            away[~roomy] = np.inf
            index = int(np.argmin(away))
            if away[index] <= least:
                best, least = (number, index), float(away[index])
        return best


def _half_corner(ring: Points) -> float:
    """Half the side of a corner's square: smaller where corners lie so close that squares would hide the outline."""
    apart = np.hypot(*(np.roll(ring, -1, axis=0) - ring).T)
    return float(np.clip(np.median(apart) / 3.0, 1.75, _HALF_CORNER))


def _middles(ring: Points) -> tuple[Points, np.ndarray]:
    following = np.roll(ring, -1, axis=0)
    return (ring + following) / 2, np.hypot(*(following - ring).T) >= _SHORTEST_EDGE


def _paint_plus(painter: QPainter, at: QPointF, *, is_hot: bool) -> None:
    half = _HALF_PLUS + (1.5 if is_hot else 0.0)
    for colour, width in ((colours.CASING, 4.0), (colours.SELECTED, 1.75)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawLine(at - QPointF(half, 0), at + QPointF(half, 0))
        painter.drawLine(at - QPointF(0, half), at + QPointF(0, half))
