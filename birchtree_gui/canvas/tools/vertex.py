"""VertexTool: corrects the outline of one crown, corner by corner."""

from __future__ import annotations

from collections.abc import Callable

import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter

from birchtree_gui.canvas.corner_handles import Handle
from birchtree_gui.canvas.crown_in_hand import CrownInHand
from birchtree_gui.canvas.gesture_paint import HandlesShown, paint_box, paint_crown_in_hand
from birchtree_gui.canvas.handle_gesture import HandleGesture
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, tr
from birchtree_gui.canvas.tools.shaping import ShapingTool
from inference.crowns.crown import Crown
from inference.crowns.editing import authored, topology
from inference.crowns.edits import CrownEdit
from inference.crowns.geometry import Corner

Along = Callable[[shapely.Polygon], shapely.Polygon | None]
"""What becomes of a neighbour that shares the border; None when it shares none of it."""


class VertexTool(ShapingTool):
    """Works on the selected crown when exactly one is selected; a click chooses another."""

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._hand: CrownInHand[Crown] | None = None
        self._picked: frozenset[Corner] = frozenset()
        self._hovered: Handle | None = None
        self._gesture: HandleGesture | None = None

    @property
    def cursor(self) -> Qt.CursorShape:
        """The pointing hand over a handle."""
        return Qt.CursorShape.PointingHandCursor if self._hovered else Qt.CursorShape.ArrowCursor

    @property
    def paints_selection(self) -> bool:
        """The crown in hand is drawn with its handles."""
        return self._hand is not None

    def start(self) -> None:
        """Take the selected crown in hand."""
        self._hand = None
        self.crowns_changed()

    def stop(self) -> None:
        """Put it down."""
        self._hand, self._picked, self._hovered, self._gesture = None, frozenset(), None, None

    def crowns_changed(self) -> None:
        """Follow the selection, undo, and what others do; a drag goes on when the outline in hand is still the same."""
        georeference, before = self.surface.georeference, self._hand
        chosen = self.only_selected()
        hand = None if chosen is None or georeference is None else CrownInHand.of(chosen, georeference)
        same_crown = before is not None and hand is not None and before.crown.tree_id == hand.crown.tree_id
        if before is None or hand is None or not same_crown:
            self._picked, self._gesture, self._hovered = frozenset(), None, None
        elif before.crown.outline != hand.crown.outline:
            self._picked, self._gesture, self._hovered = hand.corners_at(before.places(self._picked)), None, None
        self._hand = hand
        self._changed()

    def begin(self, pointer: Pointer) -> None:
        """Take a corner, or start a click or a box."""
        if pointer.button is not Qt.MouseButton.LeftButton or not self.surface.shows_crowns:
            return
        handle = self._handle_at(pointer)
        if handle is not None and not handle.is_middle:
            if pointer.alt:
                self._remove(frozenset((handle.corner,)))
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
        """Make the drag an edit, pick the corners in the box, or choose the crown that was clicked."""
        gesture = self._gesture
        if gesture is None or pointer.button is not Qt.MouseButton.LeftButton:
            return
        self._gesture = None
        if gesture.box is not None and self._hand is not None:
            self._picked |= self._hand.handles(self.surface.view).within(gesture.box)
        elif gesture.dragged is not None:
            self._apply_drag(gesture.dragged, gesture.by_px)
        elif gesture.is_plain_click:
            self._picked = frozenset()
            if (found := self.surface.crown_at(gesture.start)) is not None:
                self.surface.document.set_selection((found,))
        self._changed()

    @property
    def holds_button(self) -> bool:
        """While dragging."""
        return self._gesture is not None

    def cancel(self) -> bool:
        """Drop the drag; without one, let the picked corners go."""
        had = self._gesture is not None or bool(self._picked)
        self._picked, self._gesture = frozenset() if self._gesture is None else self._picked, None
        self._changed()
        return had

    def leave(self) -> None:
        """Nothing is under the mouse."""
        self._hovered = None
        self.surface.update()

    def wants_key(self, event: QKeyEvent) -> bool:
        """Del belongs to picked corners while there are some."""
        return bool(self._picked) and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)

    def key(self, event: QKeyEvent) -> bool:
        """Remove the picked corners."""
        if wanted := self.wants_key(event):
            self._remove(self._picked)
        return wanted

    def hint(self) -> str:
        """What can be done with the crown in hand."""
        first, in_hand, picked = self.lines()
        if self._hand is None:
            return first
        return picked if self._picked else in_hand

    def lines(self) -> tuple[str, ...]:
        """Everything that `hint` may say."""
        return (
            tr("Click the crown whose outline you want to correct"),
            tr("Drag a corner, or a + to add one    Alt+click: remove a corner    Shift+drag: pick several"),
            tr("Drag: move the picked corners    Del: remove them    Shift+drag: pick more    Esc: let go"),
        )

    def paint(self, painter: QPainter) -> None:
        """The crown with its handles; while dragging, also as it was. Nothing while crowns are left off."""
        if self._hand is None or not self.surface.shows_crowns:
            return
        gesture, view, look = self._gesture, self.surface.view, self.surface.colours
        preview = None
        if gesture is not None and gesture.dragged is not None:
            preview = self._hand.preview(gesture.dragged, self._picked, gesture.by_px)
        handles = HandlesShown(preview, self._picked, self._hovered)
        paint_crown_in_hand(painter, self._hand, view, look, handles)
        if gesture is not None and gesture.box is not None:
            paint_box(painter, gesture.box, look)

    def _handle_at(self, pointer: Pointer) -> Handle | None:
        """The handle under the mouse; what is not on the map cannot be taken."""
        if self._hand is None or not self.surface.shows_crowns:
            return None
        return self._hand.handles(self.surface.view).at(pointer.screen)

    def _apply_drag(self, handle: Handle, by_px: tuple[float, float]) -> None:
        hand, picked = self._hand, self._picked
        if hand is None:
            return
        if handle.is_middle:
            moves = dict((hand.added_place(handle.corner, by_px),))
            name = tr("Add a corner")
            self._reshape(name, lambda: hand.with_added(handle.corner, by_px), lambda o: topology.drag_along(o, moves))
            return
        name = tr("Move a corner") if len(picked) == 1 else tr("Move {} corners").format(len(picked))
        goals = hand.moved_places(picked, by_px)
        moves = {hand.place_of(corner): goal for corner, goal in goals.items()}
        if (
            self._reshape(name, lambda: hand.with_moved(picked, by_px), lambda o: topology.drag_along(o, moves))
            and self._hand is not None
        ):
            self._picked = self._hand.corners_at(frozenset(goals.values()))

    def _remove(self, corners: frozenset[Corner]) -> None:
        if (hand := self._hand) is not None:
            name = tr("Remove a corner") if len(corners) == 1 else tr("Remove {} corners").format(len(corners))
            places = hand.places(corners)
            self._reshape(name, lambda: hand.without(corners), lambda o: topology.drop_along(o, places))

    def _reshape(self, name: str, outline: Callable[[], shapely.Polygon], along: Along) -> bool:
        """Change the crown in hand by one edit, and neighbours that share the border where crowns are kept apart.

        What would not be an outline is refused, and the crowns stay.
        """
        hand = self._hand
        if hand is None:
            return False
        return self.perform(lambda: self._edit(name, hand.crown, outline(), along)) is not None

    def _edit(self, name: str, crown: Crown, outline: shapely.Polygon, along: Along) -> CrownEdit:
        others = self.near(outline.union(crown.outline), but=(crown.tree_id,))
        outcome: dict[int, tuple[shapely.Polygon, ...]] = {}
        if self.surface.edit_options.keeps_apart:
            for other in others:
                if (moved := along(other.outline)) is not None:
                    outcome[other.tree_id] = (moved,)
            outline = self.kept_apart(outline, before=crown.outline, but=(crown.tree_id, *outcome))
        if outcome:
            name = tr("{edit} of {count} crowns").format(edit=name, count=1 + len(outcome))
        outcome[crown.tree_id] = (outline,)
        return authored.reshaped(name, [crown, *others], outcome, self.author())

    def _changed(self) -> None:
        self.surface.refresh_hint()
        self.surface.update()
