"""VertexTool: corrects the outline of one crown, corner by corner."""

from __future__ import annotations

from collections.abc import Callable

import shapely

from birchtree_gui.canvas.corner_handles import Handle
from birchtree_gui.canvas.crown_in_hand import CrownInHand
from birchtree_gui.canvas.tools.base import Pointer, tr
from birchtree_gui.canvas.tools.corners import CornersTool
from birchtree_gui.canvas.tools.shaping import ShapingTool
from inference.crowns.crown import Crown
from inference.crowns.editing import authored, topology
from inference.crowns.edits import CrownEdit
from inference.crowns.geometry import Corner

Along = Callable[[shapely.Polygon], shapely.Polygon | None]
"""What becomes of a neighbour that shares the border; None when it shares none of it."""


class VertexTool(CornersTool[Crown], ShapingTool):
    """Works on the selected crown when exactly one is selected; a click chooses another."""

    @property
    def paints_selection(self) -> bool:
        """The crown in hand is drawn with its handles."""
        return self._hand is not None

    @property
    def is_on_map(self) -> bool:
        """Crowns can be left off the map."""
        return self.surface.shows_crowns

    def start(self) -> None:
        """Take the selected crown in hand."""
        self._hand = None
        self.crowns_changed()

    def stop(self) -> None:
        """Put it down."""
        self._hand = None
        self.let_go()

    def crowns_changed(self) -> None:
        """Follow the selection, undo, and what others do; a drag goes on when the outline in hand is still the same."""
        georeference, before = self.surface.georeference, self._hand
        chosen = self.only_selected()
        hand = None if chosen is None or georeference is None else CrownInHand.of(chosen, georeference)
        self.hold(hand, is_same=before is not None and hand is not None and before.crown.tree_id == hand.crown.tree_id)

    def choose(self, pointer: Pointer) -> None:
        """Choose the crown there; on empty ground only let the picked corners go."""
        self._picked = frozenset()
        if (found := self.surface.crown_at(pointer)) is not None:
            self.surface.document.set_selection((found,))

    def invitation(self) -> str:
        """What to click."""
        return tr("Click the crown whose outline you want to correct")

    def drag(self, hand: CrownInHand[Crown], handle: Handle, by_px: tuple[float, float]) -> None:
        """Add a corner, or move the picked ones; in neighbours that share them, too."""
        picked = self._picked
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

    def remove(self, corners: frozenset[Corner]) -> None:
        """Take corners out of the crown's outline, and out of neighbours that share them."""
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
