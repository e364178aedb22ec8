"""SwipeLine: the line across the map that uncovers other layers to its right, and its handle."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.camera import Camera
from birchtree_gui.canvas.colours import CanvasColours
from birchtree_gui.canvas.raster_stack import RasterStack

_RADIUS = 15.0
_REACH = 6.0
_NARROWEST = 0.03
STEP = 0.05
"""How far a key moves it, as a share of the map's width."""


class SwipeLine:
    """Shown while the rasters have a swipe line; `titles` are what lies to its left and right."""

    def __init__(self, camera: Camera, rasters: RasterStack, look: CanvasColours) -> None:
        self._camera = camera
        self._rasters = rasters
        self.look = look
        self.titles: tuple[str, str] = ("", "")

    @property
    def cursor(self) -> Qt.CursorShape:
        """Left and right."""
        return Qt.CursorShape.SplitHCursor

    def holds(self, screen: QPointF) -> bool:
        """Whether a place of the map is on the line or its handle."""
        if self._rasters.swipe is None:
            return False
        x, y = self._middle()
        away = QPointF(screen.x() - x, screen.y() - y)
        return abs(away.x()) <= _REACH or away.x() ** 2 + away.y() ** 2 <= _RADIUS**2

    def drag(self, screen: QPointF) -> None:
        """Take the line there."""
        self.move_to(screen.x() / max(self._camera.view.width, 1))

    def move_by(self, step: float) -> None:
        """To the right by a share of the map's width."""
        if self._rasters.swipe is not None:
            self.move_to(self._rasters.swipe + step)

    def move_to(self, share: float) -> None:
        """To a share of the map's width."""
        self._rasters.set_swipe(min(max(share, _NARROWEST), 1.0 - _NARROWEST))

    def paint(self, painter: QPainter) -> None:
        """The line, its handle, and what lies on either side."""
        if self._rasters.swipe is None:
            return
        x, y = self._middle()
        height = self._camera.view.height
        painter.save()
        for colour, width in ((colours.with_alpha(colours.CASING, 0.6), 4.0), (QColor(colours.SELECTED), 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(x, 0), QPointF(x, height))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.with_alpha(colours.CASING, 0.7), 1.5))
        painter.setBrush(QColor(colours.SELECTED))
        painter.drawEllipse(QPointF(x, y), _RADIUS - 1, _RADIUS - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.CASING))
        for side in (-1, 1):
            tip = [QPointF(x + side * 10, y), QPointF(x + side * 4, y - 5), QPointF(x + side * 4, y + 5)]
            painter.drawPolygon(QPolygonF(tip))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_titles(painter, x)
        painter.restore()

    def _paint_titles(self, painter: QPainter, x: float) -> None:
        metrics = painter.fontMetrics()
        tall = metrics.height() + 8
        for title, is_left in zip(self.titles, (True, False), strict=True):
            if not title:
                continue
            wide = metrics.horizontalAdvance(title) + 16
            left = x - 10 - wide if is_left else x + 10
            # At the bottom: messages lie at the top.
            box = QRectF(left, self._camera.view.height - 12 - tall, wide, tall)
            painter.fillRect(box, colours.with_alpha(self.look.panel, 0.88))
            painter.setPen(QColor(self.look.panel_text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, title)

    def _middle(self) -> tuple[float, float]:
        view = self._camera.view
        return round((self._rasters.swipe or 0.0) * view.width), view.height / 2
