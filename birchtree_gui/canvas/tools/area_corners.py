"""AreaCornersTool: corrects the outline of an area that is drawn already, corner by corner, as crowns are corrected."""

from __future__ import annotations

from collections.abc import Callable

import shapely

from birchtree_gui.canvas.corner_handles import Handle
from birchtree_gui.canvas.crown_in_hand import CrownInHand
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, tr
from birchtree_gui.canvas.tools.corners import CornersTool
from birchtree_gui.document import now
from inference.crowns import area_edits
from inference.crowns.geometry import Corner, to_valid_polygon
from inference.crowns.records import Area
from inference.errors import InputError


class AreaCornersTool(CornersTool[Area]):
    """A click takes the area under the mouse in hand, the smallest of several; its name in the list does, too."""

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._area_id: int | None = None

    def take(self, area_id: int | None) -> None:
        """Take an area in hand, or none."""
        if area_id != self._area_id:
            self.let_go()
        self._area_id = area_id
        self.crowns_changed()

    @property
    def area_id(self) -> int | None:
        """The area in hand."""
        return None if self._hand is None else self._area_id

    def start(self) -> None:
        """The plot may be another."""
        self.take(None)

    def stop(self) -> None:
        """Put it down."""
        self.take(None)

    def crowns_changed(self) -> None:
        """Follow undo and what others do to the area."""
        georeference, area = self.surface.georeference, self._areas().get(self._area_id or -1)
        hand = None if area is None or georeference is None else CrownInHand.of(area, georeference)
        self.hold(hand, is_same=True)  # `take` has let another one go

    def may_begin(self) -> bool:
        """Not in a plot that is open for reading only."""
        document = self.surface.document
        is_refused = document.is_open and not document.is_editable
        if is_refused:
            self.surface.refuse(tr("This plot is open for reading only, so areas cannot be changed."))
        return not is_refused

    def choose(self, pointer: Pointer) -> None:
        """Take the area there."""
        self.take(self._area_at(pointer))

    def put_down(self) -> bool:
        """Put the area down."""
        had = self._hand is not None
        if had:
            self.take(None)
        return had

    def invitation(self) -> str:
        """What to click."""
        return tr("Click the area whose outline you want to correct")

    def drag(self, hand: CrownInHand[Area], handle: Handle, by_px: tuple[float, float]) -> None:
        """Add a corner, or move the picked ones."""
        picked = self._picked
        if handle.is_middle:
            self._reshape(hand, lambda: hand.with_added(handle.corner, by_px))
            return
        goals = frozenset(hand.moved_places(picked, by_px).values())
        self._reshape(hand, lambda: hand.with_moved(picked, by_px))
        if self._hand is not None:
            self._picked = self._hand.corners_at(goals)

    def remove(self, corners: frozenset[Corner]) -> None:
        """Take corners out of the area's outline."""
        if (hand := self._hand) is not None:
            self._reshape(hand, lambda: hand.without(corners))

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
