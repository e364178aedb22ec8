"""Picture: an image of the part of the map in view that keeps what is still right when the map moves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QRegion

from birchtree_gui.canvas.view_transform import ViewTransform


class Picture:
    """An image that covers `rect_dev`, a rectangle of whole device pixels counted from level-0 (0, 0) at one scale.

    It has no memory until something is painted, so an empty layer costs nothing. Two buffers take turns: a new one for
    every frame of a pan would cost more in page faults than the copy.
    """

    def __init__(self, image_format: QImage.Format) -> None:
        self._format = image_format
        self.image = QImage()
        self._spare = QImage()
        self.rect_dev = QRect()
        self.scale_dev = 0.0

    def follow(self, view: ViewTransform) -> list[QRect]:
        """Move to a view; returns the rectangles (`_dev`) that show nothing yet.

        What was in view before and still is stays, moved by whole pixels.
        """
        rect = view.rect_dev
        if rect == self.rect_dev and view.scale_dev == self.scale_dev:
            return []
        old, old_rect = self.image, self.rect_dev
        kept = rect.intersected(old_rect) if view.scale_dev == self.scale_dev else QRect()
        self.rect_dev, self.scale_dev = rect, view.scale_dev
        if kept.isEmpty():
            self._let_go()
            return [rect]
        exposed = _rects(QRegion(rect).subtracted(QRegion(kept)))
        if not old.isNull():
            self._move(old, old_rect, exposed)
        return exposed

    def restart(self) -> None:
        """Show nothing and belong to no place; the memory is kept for what comes."""
        self._let_go()
        self.rect_dev, self.scale_dev = QRect(), 0.0

    def _let_go(self) -> None:
        if not self.image.isNull():
            self._spare = self.image
        self.image = QImage()

    def _move(self, old: QImage, old_rect: QRect, exposed: list[QRect]) -> None:
        fits = self._spare.size() == self.rect_dev.size()
        self.image = self._spare if fits else QImage(self.rect_dev.size(), self._format)
        self._spare = old
        painter = QPainter(self.image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(old_rect.topLeft() - self.rect_dev.topLeft(), old)
        for rect in exposed:
            painter.fillRect(rect.translated(-self.rect_dev.topLeft()), Qt.GlobalColor.transparent)
        painter.end()

    def begin(self, clip_dev: QRect) -> QPainter:
        """A painter in `_dev` pixels that touches only `clip_dev`; call `end()` on it."""
        self.require()
        painter = QPainter(self.image)
        painter.translate(-QPoint(self.rect_dev.topLeft()))
        painter.setClipRect(clip_dev)
        return painter

    def require(self) -> None:
        """Have memory, transparent where nothing was painted."""
        if self.image.isNull():
            fits = self._spare.size() == self.rect_dev.size()
            self.image = self._spare if fits else QImage(self.rect_dev.size(), self._format)
            self._spare = QImage()
            self.image.fill(Qt.GlobalColor.transparent)

    def clear(self, rect_dev: QRect) -> None:
        """Make a part transparent."""
        if self.image.isNull():
            return
        painter = self.begin(rect_dev)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.fillRect(rect_dev, Qt.GlobalColor.transparent)
        painter.end()

    def draw(self, painter: QPainter, view: ViewTransform) -> None:
        """Paint on a device in its own pixels; stretched while the picture is of another scale."""
        if self.image.isNull():
            return
        if view.scale_dev == self.scale_dev:
            painter.drawImage(self.rect_dev.topLeft() - view.rect_dev.topLeft(), self.image)
            return
        ratio = view.scale_dev / self.scale_dev
        target = QRectF(
            self.rect_dev.x() * ratio - view.left_dev,
            self.rect_dev.y() * ratio - view.top_dev,
            self.rect_dev.width() * ratio,
            self.rect_dev.height() * ratio,
        )
        # Only what is visible is stretched: at 8 times the old scale the whole would be a hundred million pixels.
        visible = target.intersected(QRectF(0, 0, view.rect_dev.width(), view.rect_dev.height()))
        if visible.isEmpty():
            return
        source = QRectF(
            (visible.x() - target.x()) / ratio,
            (visible.y() - target.y()) / ratio,
            visible.width() / ratio,
            visible.height() / ratio,
        )
        painter.drawImage(visible, self.image, source)


def _rects(region: QRegion) -> list[QRect]:
    # The stubs do not know that a region can be walked through.
    return [QRect(rect) for rect in cast(Iterable[QRect], region)]
