"""Frames along pixels of the screen: all four sides equally thick at any display scale, and nothing beyond them."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

# A side that misses a pixel by less than this comes from arithmetic, not from the display scale.
_NOISE_PX = 1e-6


def paint_frame(
    painter: QPainter, box: QRectF, line: QColor, *, width: float = 1.0, fill: QColor | None = None
) -> None:
    """Paint a frame just inside a box, over `fill`.

    A pen of 1 covers one or two pixels of a display at 150 %, depending on where it falls, and leaves a strip of the
    background outside: sides are therefore put onto whole pixels of the screen first, inwards.

    Args:
        painter: of a widget or a picture, neither turned nor sheared.
        box, width: in its coordinates; the frame is at least one pixel of the screen thick.
        line, fill: colours.
    """
    to_device = painter.deviceTransform()
    device = to_device.mapRect(box)
    left, top = math.ceil(device.left() - _NOISE_PX), math.ceil(device.top() - _NOISE_PX)
    right, bottom = math.floor(device.right() + _NOISE_PX), math.floor(device.bottom() + _NOISE_PX)
    thick = max(1, math.floor(width * to_device.m11() + _NOISE_PX))
    back = to_device.inverted()[0]
    sides = (
        (left, top, right, top + thick),
        (left, bottom - thick, right, bottom),
        (left, top + thick, left + thick, bottom - thick),
        (right - thick, top + thick, right, bottom - thick),
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    if fill is not None:
        inner = QRectF(left + thick, top + thick, right - left - 2 * thick, bottom - top - 2 * thick)
        painter.fillRect(back.mapRect(inner), fill)
    for x0, y0, x1, y1 in sides:
        painter.fillRect(back.mapRect(QRectF(x0, y0, x1 - x0, y1 - y0)), line)
    painter.restore()
