"""What all tools that set a line point by point have in common: its keys, its first point, points set twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from birchtree_gui.canvas.tools.base import Pointer
from birchtree_gui.canvas.view_transform import ViewTransform

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# How near to the first point a click closes the line, in screen pixels.
_CLOSES_WITHIN = 9.0


def is_line_key(event: QKeyEvent) -> bool:
    """Whether a key ends the line in hand (`ENTER`) or takes its last point back (the others)."""
    return event.key() in (*ENTER, Qt.Key.Key_Backspace) or event.matches(QKeySequence.StandardKey.Undo)


def is_at(point_px: tuple[float, float], pointer: Pointer, view: ViewTransform) -> bool:
    """Whether the mouse is at a point, given in level-0 pixels."""
    x, y = view.to_screen(np.array([point_px]))[0].tolist()
    return (pointer.screen - QPointF(x, y)).manhattanLength() <= _CLOSES_WITHIN


def without_repeats(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points less those that lie on the one before (a double-click sets two)."""
    return [point for place, point in enumerate(points) if place == 0 or point != points[place - 1]]
