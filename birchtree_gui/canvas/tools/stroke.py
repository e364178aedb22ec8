"""StrokeTool: a line drawn in one drag, or set point by point; what it does to crowns is its heirs' business."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from birchtree_gui.canvas.stroke_paint import paint_stroke
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, tr
from birchtree_gui.canvas.tools.point_line import ENTER, is_line_key
from birchtree_gui.canvas.tools.shaping import ShapingTool

# Places of a dragged line are kept when they lie so far apart, in screen pixels.
_STEP = 2.0
# One step back of undo takes so many places of a dragged line.
_BACK = 12


class StrokeTool(ShapingTool):
    """Drag draws freely and ends with the button; clicks set points that Enter, double-click or right-click ends."""

    is_closed = False
    """Whether the line encloses ground."""
    takes_clicks = True
    """Whether the line can be set point by point."""

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self.points_px: list[tuple[float, float]] = []
        self._pressed: Pointer | None = None
        self._is_drag = False
        self._began_with_drag = False
        self._mouse_px: tuple[float, float] | None = None

    @abstractmethod
    def complete(self) -> bool:
        """Do with `points_px` what the tool is for; False keeps the line in hand."""

    # ---- the gesture

    @property
    def cursor(self) -> Qt.CursorShape:
        """The cross."""
        return Qt.CursorShape.CrossCursor

    @property
    def uses_right_button(self) -> bool:
        """A right click ends the line."""
        return bool(self.points_px)

    @property
    def holds_button(self) -> bool:
        """While a line is dragged."""
        return self._pressed is not None and self._is_drag

    def begin(self, pointer: Pointer) -> None:
        """Set a point, which may become a drag, or end the line."""
        if pointer.button is Qt.MouseButton.RightButton:
            self._end()
        elif pointer.button is Qt.MouseButton.LeftButton and (self.points_px or self.may_edit()):
            self._began_with_drag = not self.points_px
            self._pressed, self._is_drag = pointer, False
            self.points_px.append((pointer.x_px, pointer.y_px))
            self.changed()

    def move(self, pointer: Pointer) -> None:
        """Draw on, or let the open end follow the mouse."""
        self._mouse_px = (pointer.x_px, pointer.y_px)
        pressed = self._pressed
        if pressed is not None and pointer.left_held:
            if not self._is_drag and pointer.is_far_from(pressed.screen):
                self._is_drag = True
                self.surface.refresh_hint()
            if self._is_drag and self._is_new(pointer):
                self.points_px.append((pointer.x_px, pointer.y_px))
        if self.points_px:
            self.surface.update()

    def map_moved(self, pointer: Pointer) -> None:
        """The open end stays at the mouse."""
        self._mouse_px = (pointer.x_px, pointer.y_px)

    def finish(self, pointer: Pointer) -> None:
        """The end of a drag ends the line that began with it; a click leaves a point."""
        if self._pressed is None or pointer.button is not Qt.MouseButton.LeftButton:
            return
        was_drag, self._pressed, self._is_drag = self._is_drag, None, False
        if was_drag and self._began_with_drag:
            self._end()
            self.cancel()  # a dragged line that was refused is not kept: nobody goes on with it
        elif not was_drag and not self.takes_clicks:
            self.cancel()

    def double_click(self, pointer: Pointer) -> None:
        """End the line; the first of the two clicks has set the last point."""
        if pointer.button is Qt.MouseButton.LeftButton and self.points_px:
            self._end()

    def cancel(self) -> bool:
        """Drop the line."""
        had, self._pressed, self._is_drag = bool(self.points_px), None, False
        self.points_px = []
        if had:
            self.changed()
        return had

    def undo_point(self) -> bool:
        """Take the last point back, or the last bit of a drag."""
        if not self.points_px:
            return False
        del self.points_px[-_BACK if self._is_drag else -1 :]
        if not self.points_px:
            self._pressed, self._is_drag = None, False
        self.changed()
        return True

    def leave(self) -> None:
        """No open end while the mouse is elsewhere."""
        self._mouse_px = None
        self.surface.update()

    def wants_key(self, event: QKeyEvent) -> bool:
        """Enter, Backspace and undo are the line's while there is one."""
        return bool(self.points_px) and is_line_key(event)

    def key(self, event: QKeyEvent) -> bool:
        """End the line, or take a point back."""
        if not self.wants_key(event):
            return False
        if event.key() in ENTER:
            self._end()
        else:
            self.undo_point()
        return True

    # ---- what is seen

    def hint(self) -> str:
        """What to do next."""
        first, points, drag = self.lines()
        if self._is_drag:
            return drag
        return points if self.points_px else first

    def lines(self) -> tuple[str, ...]:
        """Everything that `hint` may say."""
        return (
            self.first_hint(),
            tr("Enter, double-click or right-click: finish    Backspace: take back    Esc: drop the line"),
            tr("Let go: finish    Esc: drop the line    Ctrl+Z: take the last bit back"),
        )

    def first_hint(self) -> str:
        """What to do when nothing is drawn."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        """The line so far, with its open end at the mouse."""
        if not self.points_px:
            return
        way = self.points_px if self._is_drag or self._mouse_px is None else [*self.points_px, self._mouse_px]
        on_screen = [QPointF(x, y) for x, y in self.surface.view.to_screen(np.array(way)).tolist()]
        dots = () if self._is_drag else on_screen[: len(self.points_px)]
        paint_stroke(painter, on_screen, self.surface.colours, dots=dots, is_closed=self.is_closed)

    # ---- inside

    def _end(self) -> None:
        if not self.points_px:
            return
        self._pressed, self._is_drag = None, False
        if self.complete():
            self.cancel()

    def _is_new(self, pointer: Pointer) -> bool:
        """Whether the mouse is far enough from the last place."""
        scale = self.surface.view.scale
        x, y = self.points_px[-1]
        return abs(pointer.x_px - x) + abs(pointer.y_px - y) >= _STEP / scale
