"""The installed PySide6 keeps its references to None.

PySide6 6.12.0 on CPython 3.11 loses one per void call, and the window dies after some thousand draw calls
with "Fatal Python error: none_dealloc". From 3.12 on None is immortal, so there the count cannot move.
"""

import sys

from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

CALLS = 1000


def test_void_calls_leave_the_count_of_none_alone() -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    pen, path = QPen(), QPainterPath()

    def draw() -> None:
        for _ in range(CALLS):
            painter.setPen(pen)
            path.moveTo(1.0, 1.0)

    draw()  # the first calls build the types, which hold None themselves
    before = sys.getrefcount(None)
    draw()
    lost = before - sys.getrefcount(None)
    painter.end()
    assert lost < CALLS // 10
