"""CornersTool: what the tools have in common that correct an outline corner by corner, of a crown or of an area."""

from __future__ import annotations

from typing import Generic

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter

from birchtree_gui.canvas.corner_handles import Handle
from birchtree_gui.canvas.crown_in_hand import CrownInHand, Shape
from birchtree_gui.canvas.gesture_paint import HandlesShown, paint_box, paint_crown_in_hand
from birchtree_gui.canvas.handle_gesture import HandleGesture
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, Tool, tr
from inference.crowns.geometry import Corner


class CornersTool(Tool, Generic[Shape]):
    """Holds one outline with its handles, picked corners and the drag; what becomes of them is each tool's own."""

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._hand: CrownInHand[Shape] | None = None
        self._picked: frozenset[Corner] = frozenset()
        self._hovered: Handle | None = None
        self._gesture: HandleGesture | None = None

    # ---- each tool's own

    @property
    def is_on_map(self) -> bool:
        """Whether what is in hand can be seen; what is not on the map cannot be taken."""
        return True

    def may_begin(self) -> bool:
        """Whether anything can be changed now; if not, the tool has said why."""
        return self.is_on_map

    def choose(self, pointer: Pointer) -> None:
        """A plain click: take what lies there in hand."""
        raise NotImplementedError

    def drag(self, hand: CrownInHand[Shape], handle: Handle, by_px: tuple[float, float]) -> None:
        """A handle was dragged this far, in level-0 pixels: move the picked corners, or add one."""
        raise NotImplementedError

    def remove(self, corners: frozenset[Corner]) -> None:
        """Take corners out of the outline."""
        raise NotImplementedError

    def put_down(self) -> bool:
        """Esc with nothing to drop any more; False when there is nothing in hand that Esc puts down."""
        return False

    # ---- in hand

    def hold(self, hand: CrownInHand[Shape] | None, *, is_same: bool) -> None:
        """From now on this is in hand; a drag goes on while the outline of the same thing is as it was."""
        before = self._hand
        if before is None or hand is None or not is_same:
            self.let_go()
        elif before.crown.outline != hand.crown.outline:
            self._picked, self._gesture, self._hovered = hand.corners_at(before.places(self._picked)), None, None
        self._hand = hand
        self._changed()

    def let_go(self) -> None:
        """Drop the drag, and let the picked corners go."""
        self._picked, self._gesture, self._hovered = frozenset(), None, None

    # ---- the mouse

    @property
    def cursor(self) -> Qt.CursorShape:
        """The pointing hand over a handle."""
        return Qt.CursorShape.PointingHandCursor if self._hovered else Qt.CursorShape.ArrowCursor

    @property
    def holds_button(self) -> bool:
        """While dragging."""
        return self._gesture is not None

    def begin(self, pointer: Pointer) -> None:
        """Take a corner, or start a click or a box."""
        if pointer.button is not Qt.MouseButton.LeftButton or not self.may_begin():
            return
        handle = self._handle_at(pointer)
        if handle is not None and not handle.is_middle:
            if pointer.ctrl or pointer.alt:  # many desktops move the window with Alt and the mouse
                self.remove(frozenset((handle.corner,)))
                return
            if pointer.shift:
                self._picked ^= {handle.corner}
            elif handle.corner not in self._picked:
                self._picked = frozenset((handle.corner,))
        self._gesture = HandleGesture(pointer, handle)
        self._changed()

    def move(self, pointer: Pointer) -> None:
        """Drag corners or a box, or look what is under the mouse."""
        before = self._hovered
        if self._gesture is not None:
            self._gesture.follow(pointer)
        else:
            self._hovered = self._handle_at(pointer)
        if self._gesture is not None or self._hovered != before:
            self.surface.update()

    def map_moved(self, pointer: Pointer) -> None:
        """Another handle may be under the mouse; what is dragged stays at it."""
        self.move(pointer)

    def finish(self, pointer: Pointer) -> None:
        """Make the drag an edit, pick the corners in the box, or take what was clicked."""
        gesture, hand = self._gesture, self._hand
        if gesture is None or pointer.button is not Qt.MouseButton.LeftButton:
            return
        self._gesture = None
        if gesture.is_plain_click:
            self.choose(gesture.start)
        elif hand is not None and gesture.box is not None:
            self._picked |= hand.handles(self.surface.view).within(gesture.box)
        elif hand is not None and gesture.dragged is not None:
            self.drag(hand, gesture.dragged, gesture.by_px)
        self._changed()

    def cancel(self) -> bool:
        """Drop the drag; without one let the picked corners go, then what is in hand."""
        if self._gesture is not None:
            self._gesture = None
        elif self._picked:
            self._picked = frozenset()
        elif not self.put_down():
            return False
        self._changed()
        return True

    def leave(self) -> None:
        """Nothing is under the mouse."""
        self._hovered = None
        self.surface.update()

    # ---- keys and words

    def wants_key(self, event: QKeyEvent) -> bool:
        """Del belongs to picked corners while there are some."""
        return bool(self._picked) and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)

    def key(self, event: QKeyEvent) -> bool:
        """Remove the picked corners."""
        if wanted := self.wants_key(event):
            self.remove(self._picked)
        return wanted

    def invitation(self) -> str:
        """What to click while nothing is in hand."""
        raise NotImplementedError

    def hint(self) -> str:
        """What can be done with what is in hand."""
        first, in_hand, picked = self.lines()
        if self._hand is None:
            return first
        return picked if self._picked else in_hand

    def lines(self) -> tuple[str, ...]:
        """Everything that `hint` may say."""
        return (
            self.invitation(),
            tr("Drag a corner, or a + to add one    Ctrl+click: remove a corner    Shift+drag: pick several"),
            tr("Drag: move the picked corners    Del: remove them    Shift+drag: pick more    Esc: let go"),
        )

    # ---- on the map

    def paint(self, painter: QPainter) -> None:
        """What is in hand with its handles; while dragging, also as it was. Nothing while it is left off the map."""
        gesture, hand, view, look = self._gesture, self._hand, self.surface.view, self.surface.colours
        if hand is None or not self.is_on_map:
            return
        preview = None
        if gesture is not None and gesture.dragged is not None:
            preview = hand.preview(gesture.dragged, self._picked, gesture.by_px)
        paint_crown_in_hand(painter, hand, view, look, HandlesShown(preview, self._picked, self._hovered))
        if gesture is not None and gesture.box is not None:
            paint_box(painter, gesture.box, look)

    def _handle_at(self, pointer: Pointer) -> Handle | None:
        if self._hand is None or not self.is_on_map:
            return None
        return self._hand.handles(self.surface.view).at(pointer.screen)

    def _changed(self) -> None:
        self.surface.refresh_hint()
        self.surface.update()
