"""OverviewMap: the whole plot in a corner of the map, with a frame where the map is; click or drag to go there."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.camera import Camera
from birchtree_gui.canvas.colours import CanvasColours
from birchtree_gui.canvas.device_frame import paint_frame
from birchtree_gui.canvas.raster_stack import RasterStack
from birchtree_gui.canvas.tiles import TILE_PX

LARGEST = 132.0
"""Longest side in screen pixels."""
# Shown only where the map holds less than this share of the plot's longer side: before, the map is its own overview.
_SHARE = 0.7
_SMALLEST_FRAME = 7.0


class OverviewMap:
    """Takes its picture from the coarsest tile, which the map keeps anyway."""

    def __init__(self, camera: Camera, rasters: RasterStack, look: CanvasColours) -> None:
        self._camera = camera
        self._rasters = rasters
        self.look = look
        self.wanted = True
        self.size_px: tuple[int, int] | None = None
        self.bottom_left = QPointF()
        self._made: tuple[tuple[int, float, QSize, CanvasColours], QImage] | None = None
        self._framed: tuple[tuple[int, QRect], QImage] | None = None

    @property
    def cursor(self) -> Qt.CursorShape:
        """A hand."""
        return Qt.CursorShape.PointingHandCursor

    @property
    def is_shown(self) -> bool:
        """Whether it is on the map now."""
        view = self._camera.view
        if not self.wanted or self.size_px is None or min(view.width, view.height) < 3 * LARGEST:
            return False
        width_px, height_px = self.size_px
        return min(view.width / view.scale / width_px, view.height / view.scale / height_px) < _SHARE

    @property
    def rect(self) -> QRectF:
        """Where it is, in screen pixels of the map."""
        if self.size_px is None:
            return QRectF()
        width_px, height_px = self.size_px
        scale = LARGEST / max(width_px, height_px)
        width, height = max(width_px * scale, 24.0), max(height_px * scale, 24.0)
        return QRectF(self.bottom_left.x(), self.bottom_left.y() - height, width, height)

    def holds(self, screen: QPointF) -> bool:
        """Whether a place of the map lies in it."""
        return self.is_shown and self.rect.contains(screen)

    def drag(self, screen: QPointF) -> None:
        """Go there."""
        if self.size_px is None:
            return
        rect, view = self.rect, self._camera.view
        x_px = min(max((screen.x() - rect.x()) / rect.width(), 0.0), 1.0) * self.size_px[0]
        y_px = min(max((screen.y() - rect.y()) / rect.height(), 0.0), 1.0) * self.size_px[1]
        left_px, top_px = x_px - view.width / 2 / view.scale, y_px - view.height / 2 / view.scale
        self._camera.set_view(replace(view, left_px=left_px, top_px=top_px))

    def _picture(self, size_px: tuple[int, int], rect: QRect, dpr: float) -> QImage:
        """The coarsest tile at the size of the inset, on its background; made once, not with every frame."""
        tile = self._rasters.overview()
        kind = (0 if tile is None else tile.cacheKey(), dpr, rect.size(), self.look)
        if self._made is None or self._made[0] != kind:
            made = QImage((rect.size().toSizeF() * dpr).toSize(), QImage.Format.Format_RGB32)
            made.fill(QColor(self.look.background))
            painter = QPainter(made)
            if tile is not None:
                per_px = tile.width() / 2**self._rasters.top_level / TILE_PX  # pixels of the tile per level-0 pixel
                part = tile.copy(0, 0, max(1, round(size_px[0] * per_px)), max(1, round(size_px[1] * per_px)))
                smooth = Qt.TransformationMode.SmoothTransformation
                painter.drawImage(0, 0, part.scaled(made.size(), Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
            painter.end()
            made.setDevicePixelRatio(dpr)
            self._made = (kind, made)
        return self._made[1]

    def paint(self, painter: QPainter) -> None:
        """The plot, and a frame around what the map shows of it."""
        if not self.is_shown or self.size_px is None:
            return
        rect = self.rect.toRect()
        background, frame = self._picture(self.size_px, rect, self._camera.view.dpr), self._frame(self.size_px, rect)
        kind = (background.cacheKey(), frame)
        if self._framed is None or self._framed[0] != kind:
            # A map that moves by pixels moves by hundredths of them here: most frames show the same.
            self._framed = (kind, self._with_frame(background, frame, QRect(QPoint(0, 0), rect.size())))
        painter.drawImage(rect.topLeft(), self._framed[1])

    def _frame(self, size_px: tuple[int, int], rect: QRect) -> QRect:
        """What the map shows, in screen pixels of the inset."""
        across, down = rect.width() / size_px[0], rect.height() / size_px[1]
        left, upper, right, lower = self._camera.view.bounds_px
        frame = QRectF(left * across, upper * down, (right - left) * across, (lower - upper) * down)
        spare = max(_SMALLEST_FRAME - min(frame.width(), frame.height()), 0.0) / 2
        return frame.adjusted(-spare, -spare, spare, spare).toRect()

    def _with_frame(self, background: QImage, frame: QRect, whole: QRect) -> QImage:
        made = background.copy()
        painter = QPainter(made)
        paint_frame(painter, QRectF(whole), QColor(self.look.panel_border))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.fillRect(frame, colours.with_alpha(colours.SELECTED, 0.18))
        for colour, width in ((colours.CASING, 3.5), (colours.SELECTED, 1.5)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRect(frame)
        painter.end()
        return made
