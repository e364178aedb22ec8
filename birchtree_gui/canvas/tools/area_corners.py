"""AreaCornersTool: corrects the outline of an area that is drawn already, corner by corner, as crowns are corrected."""

from __future__ import annotations

from collections.abc import Callable

import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter

from birchtree_gui.canvas.corner_handles import Handle
from birchtree_gui.canvas.crown_in_hand import CrownInHand
from birchtree_gui.canvas.gesture_paint import HandlesShown, paint_box, paint_crown_in_hand
from birchtree_gui.canvas.handle_gesture import HandleGesture
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, Tool, tr
from birchtree_gui.document import now
from inference.crowns import area_edits
from inference.crowns.geometry import Corner, to_valid_polygon
from inference.crowns.records import Area
from inference.errors import InputError


class AreaCornersTool(Tool):
    """A click takes the area under the mouse in hand, the smallest of several; its name in the list does, too."""

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._area_id: int | None = None
        self._hand: CrownInHand[Area] | None = None
        self._picked: frozenset[Corner] = frozenset()
        self._hovered: Handle | None = None
        self._gesture: HandleGesture | None = None

    def take(self, area_id: int | None) -> None:
        """Take an area in hand, or none."""
        if area_id != self._area_id:
            self._picked, self._hovered, self._gesture = frozenset(), None, None
        self._area_id = area_id
        self.crowns_changed()

    @property
    def area_id(self) -> int | None:
        """The area in hand."""
        return None if self._hand is None else self._area_id

    @property
    def cursor(self) -> Qt.CursorShape:
        """The pointing hand over a handle."""
        return Qt.CursorShape.PointingHandCursor if self._hovered else Qt.CursorShape.ArrowCursor

    @property
    def holds_button(self) -> bool:
        """While dragging."""
        return self._gesture is not None

    def start(self) -> None:
        """The plot may be another."""
        self.take(None)

    def stop(self) -> None:
        """Put it down."""
        self.take(None)

    def crowns_changed(self) -> None:
        """Follow undo and what others do to the area."""
        georeference, area = self.surface.georeference, self._areas().get(self._area_id or -1)
        before = self._hand
        self._hand = None if area is None or georeference is None else CrownInHand.of(area, georeference)
        if before is None or self._hand is None:
            self._picked, self._gesture = frozenset(), None
        elif before.crown.outline != self._hand.crown.outline:
            self._picked, self._gesture = self._hand.corners_at(before.places(self._picked)), None
        self._changed()

    def begin(self, pointer: Pointer) -> None:
        """Take a corner, or start a click or a box."""
        if pointer.button is not Qt.MouseButton.LeftButton:
            return
        if self.surface.document.is_open and not self.surface.document.is_editable:
            self.surface.refuse(tr("This plot is open for reading only, so areas cannot be changed."))
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
        """Make the drag an edit, pick the corners in the box, or take the area that was clicked."""
        gesture, hand = self._gesture, self._hand
        if gesture is None or pointer.button is not Qt.MouseButton.LeftButton:
            return
        self._gesture = None
        if gesture.box is not None and hand is not None:
            self._picked |= hand.handles(self.surface.view).within(gesture.box)
        elif gesture.dragged is not None and hand is not None:
            self._drag(hand, gesture.dragged, gesture.by_px)
        elif gesture.is_plain_click:
            self.take(self._area_at(gesture.start))
        self._changed()

    def cancel(self) -> bool:
        """Drop the drag; without one let picked corners go, then the area."""
        if self._gesture is not None:
            self._gesture = None
        elif self._picked:
            self._picked = frozenset()
        elif self._hand is not None:
            self.take(None)
        else:
            return False
        self._changed()
        return True

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
        """What can be done with the area in hand."""
        first, in_hand, picked = self.lines()
        if self._hand is None:
            return first
        return picked if self._picked else in_hand

    def lines(self) -> tuple[str, ...]:
        """Everything that `hint` may say."""
        return (
            tr("Click the area whose outline you want to correct"),
            tr("Drag a corner, or a + to add one    Alt+click: remove a corner    Shift+drag: pick several"),
            tr("Drag: move the picked corners    Del: remove them    Shift+drag: pick more    Esc: let go"),
        )

    def paint(self, painter: QPainter) -> None:
        """The area with its handles; while dragging, also as it was."""
        gesture, hand, look = self._gesture, self._hand, self.surface.colours
        if hand is None:
            return
        preview = None
        if gesture is not None and gesture.dragged is not None:
            preview = hand.preview(gesture.dragged, self._picked, gesture.by_px)
        paint_crown_in_hand(painter, hand, self.surface.view, look, HandlesShown(preview, self._picked, self._hovered))
        if gesture is not None and gesture.box is not None:
            paint_box(painter, gesture.box, look)

    # ---- inside

    def _areas(self) -> dict[int, Area]:
        document = self.surface.document
        return {area.area_id: area for area in document.project.areas()} if document.is_open else {}

    def _area_at(self, pointer: Pointer) -> int | None:
        georeference = self.surface.georeference
        if georeference is None:
            return None
        place = shapely.Point(georeference.point_to_crs(pointer.x_px, pointer.y_px))
        under = [area for area in self._areas().values() if area.outline.covers(place)]
        return min(under, key=lambda area: area.outline.area).area_id if under else None

    def _handle_at(self, pointer: Pointer) -> Handle | None:
        return None if self._hand is None else self._hand.handles(self.surface.view).at(pointer.screen)

    def _drag(self, hand: CrownInHand[Area], handle: Handle, by_px: tuple[float, float]) -> None:
        picked = self._picked
        if handle.is_middle:
            self._reshape(hand, lambda: hand.with_added(handle.corner, by_px))
            return
        goals = frozenset(hand.moved_places(picked, by_px).values())
        self._reshape(hand, lambda: hand.with_moved(picked, by_px))
        if self._hand is not None:
            self._picked = self._hand.corners_at(goals)

    def _remove(self, corners: frozenset[Corner]) -> None:
        if (hand := self._hand) is not None:
            self._reshape(hand, lambda: hand.without(corners))

    def _reshape(self, hand: CrownInHand[Area], outline: Callable[[], shapely.Polygon]) -> None:
        """Give the area another outline by one edit; what would not be one, or leaves the plot, is refused."""
        document = self.surface.document
        plot = document.plot
        try:
            drawn = outline()
            inside = None if plot is None else to_valid_polygon(drawn.intersection(plot.extent))
            if inside is None:
                self.surface.refuse(tr("There is no orthomosaic inside this outline. Keep the area where the plot is."))
                return
            edit = area_edits.change([hand.crown], outline=inside, by=document.by, at=now())
        except InputError as error:
            self.surface.refuse(str(error))
            return
        if edit is not None:
            document.do(edit)

    def _changed(self) -> None:
        self.surface.refresh_hint()
        self.surface.update()
