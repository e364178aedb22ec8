"""Picture: an image of the part of the map in view that keeps what is still right when the map moves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QRegion

from birchtree_gui.canvas.view_transform import ViewTransform

# How far the image reaches beyond the view, in device pixels: within it the map moves without a copy, which takes
# longer than all else in a frame of a pan.
_MARGIN_DEV = 128
# What the view comes this close to is painted ahead, with all the margin on that side: one strip for many frames.
_NEAR_DEV = 32


class Picture:
    """An image that covers `rect_dev`, a rectangle of whole device pixels counted from level-0 (0, 0) at one scale.

    The image reaches further, from `origin_dev` on, and is painted as far as `done_dev`, so that most moves only change
    the rectangle; what lies outside `done_dev` is left over from before and never shown. It has no memory until
    something is painted, so an empty layer costs nothing. Two buffers take turns: a new one for every copy would cost
    more in page faults than the copy.
    """

    def __init__(self, image_format: QImage.Format) -> None:
        self._format = image_format
        self.image = QImage()
        self._spare = QImage()
        self.rect_dev = QRect()
        self.done_dev = QRect()
        self.origin_dev = QPoint()
        self.scale_dev = 0.0

    def follow(self, view: ViewTransform) -> list[QRect]:
        """Move to a view; returns the rectangles (`_dev`) that show nothing yet, from now on within `done_dev`.

        What was painted before and is still near stays, moved by whole pixels. Where the view moves, more is wanted
        than it shows. A single rectangle that is `rect_dev` means that nothing of before could be kept.
        """
        rect = view.rect_dev
        if rect == self.rect_dev and view.scale_dev == self.scale_dev:
            return []
        moved = rect.topLeft() - self.rect_dev.topLeft()
        is_kin = view.scale_dev == self.scale_dev and rect.intersects(self.done_dev)
        self.rect_dev, self.scale_dev = rect, view.scale_dev
        if not is_kin:
            self._let_go()
            self.done_dev = rect
            return [rect]
        return self._reach_out(rect, moved)

    def _reach_out(self, rect: QRect, moved: QPoint) -> list[QRect]:
        """Have `done_dev` around a view that came by `moved`; returns what that adds to it."""
        before = self.done_dev
        if self.image.isNull():  # nothing keeps what lies outside the view
            self.done_dev = rect
            return rects_of(QRegion(rect).subtracted(QRegion(before)))
        near = _towards(rect, moved, _NEAR_DEV)
        if before.contains(near):
            return []
        if not self._frame_dev.contains(near):
            self._recentre()
            before = self.done_dev
        self.done_dev = before.united(_towards(rect, moved, _MARGIN_DEV).intersected(self._frame_dev))
        exposed = rects_of(QRegion(self.done_dev).subtracted(QRegion(before)))
        self._wipe(exposed)
        return exposed

    def forget_ahead(self) -> None:
        """What was painted outside the view is not right any more."""
        self.done_dev = self.done_dev.intersected(self.rect_dev)

    def restart(self) -> None:
        """Show nothing and belong to no place; the memory is kept for what comes."""
        self._let_go()
        self.rect_dev, self.done_dev, self.scale_dev = QRect(), QRect(), 0.0

    def _let_go(self) -> None:
        if not self.image.isNull():
            self._spare = self.image
        self.image = QImage()

    def _take(self) -> QImage:
        """An image with the rectangle in its middle, whatever is in it."""
        size = self.rect_dev.size() + QSize(2 * _MARGIN_DEV, 2 * _MARGIN_DEV)
        taken, self._spare = self._spare, QImage()
        self.origin_dev = self.rect_dev.topLeft() - QPoint(_MARGIN_DEV, _MARGIN_DEV)
        return taken if taken.size() == size else QImage(size, self._format)

    @property
    def _frame_dev(self) -> QRect:
        return QRect(self.origin_dev, self.image.size())

    def _recentre(self) -> None:
        """Another image with the view in its middle, and all of `done_dev` that it has room for."""
        old, before = self.image, self.origin_dev
        self.image = self._take()
        self.done_dev = self.done_dev.intersected(self._frame_dev)
        painter = QPainter(self.image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(self.done_dev.topLeft() - self.origin_dev, old, self.done_dev.translated(-before))
        painter.end()
        self._spare = old

    def _wipe(self, rects_dev: Iterable[QRect]) -> None:
        painter = QPainter(self.image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        for rect in rects_dev:
            painter.fillRect(rect.translated(-self.origin_dev), Qt.GlobalColor.transparent)
        painter.end()

    def begin(self, clip_dev: QRect) -> QPainter:
        """A painter in `_dev` pixels that touches only `clip_dev`; call `end()` on it."""
        self.require()
        painter = QPainter(self.image)
        painter.translate(-self.origin_dev)
        painter.setClipRect(clip_dev)
        return painter

    def require(self) -> None:
        """Have memory, transparent where nothing was painted."""
        if self.image.isNull():
            self.image = self._take()
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
            inside = self.rect_dev.translated(-self.origin_dev)
            painter.drawImage(self.rect_dev.topLeft() - view.rect_dev.topLeft(), self.image, inside)
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
        margin = self.rect_dev.topLeft() - self.origin_dev
        source = QRectF(
            (visible.x() - target.x()) / ratio + margin.x(),
            (visible.y() - target.y()) / ratio + margin.y(),
            visible.width() / ratio,
            visible.height() / ratio,
        )
        painter.drawImage(visible, self.image, source)


def _towards(rect: QRect, moved: QPoint, by_dev: int) -> QRect:
    """A rectangle that reaches further where it is moving to."""
    left, right = (by_dev if moved.x() < 0 else 0), (by_dev if moved.x() > 0 else 0)
    up, down = (by_dev if moved.y() < 0 else 0), (by_dev if moved.y() > 0 else 0)
    return rect.adjusted(-left, -up, right, down)


def rects_of(region: QRegion) -> list[QRect]:
    """The rectangles of a region; none overlaps another."""
    # The stubs do not know that a region can be walked through.
    return [QRect(rect) for rect in cast(Iterable[QRect], region)]
