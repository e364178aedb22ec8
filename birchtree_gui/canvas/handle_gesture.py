"""HandleGesture: what the mouse does between pressing and releasing its button while corners are edited."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from birchtree_gui.canvas.corner_handles import Handle
from birchtree_gui.canvas.tools.base import Pointer


@dataclass(slots=True)
class HandleGesture:
    """The button is down on a handle, or on nothing.

    Attributes:
        start: where it went down.
        handle: what is held; None for nothing.
        is_drag: whether the mouse has moved enough to mean it.
        by_px: how far, in level-0 pixels.
        box: the box that Shift draws on empty ground, in screen pixels.
    """

    start: Pointer
    handle: Handle | None
    is_drag: bool = False
    by_px: tuple[float, float] = (0.0, 0.0)
    box: QRectF | None = None

    @property
    def dragged(self) -> Handle | None:
        """The handle that is being dragged."""
        return self.handle if self.is_drag else None

    @property
    def is_plain_click(self) -> bool:
        """Whether releasing now means "this crown"."""
        return self.handle is None and not self.is_drag and not self.start.shift

    def follow(self, pointer: Pointer) -> None:
        """The mouse moved."""
        self.is_drag = self.is_drag or pointer.is_far_from(self.start.screen)
        if not self.is_drag:
            return
        self.by_px = (pointer.x_px - self.start.x_px, pointer.y_px - self.start.y_px)
        if self.handle is None and self.start.shift:
            self.box = QRectF(self.start.screen, pointer.screen).normalized()
