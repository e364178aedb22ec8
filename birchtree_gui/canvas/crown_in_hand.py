"""CrownInHand: the one crown or area that a tool is changing, in coordinates and pixels, and where changes lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
import shapely

from birchtree_gui.canvas.corner_handles import CornerHandles, Handle
from birchtree_gui.canvas.georeference import Georeference, Points
from birchtree_gui.canvas.view_transform import ViewTransform
from inference.crowns import geometry
from inference.crowns.geometry import Corner

Shift = tuple[float, float]


class Outlined(Protocol):
    """A crown, or an area."""

    @property
    def outline(self) -> shapely.Polygon:
        """Plot coordinates."""
        ...


Shape = TypeVar("Shape", bound=Outlined)


@dataclass(frozen=True, slots=True)
class CrownInHand(Generic[Shape]):
    """A crown and its corners in level-0 pixels; corners that are not moved keep their coordinates to the last bit."""

    crown: Shape
    georeference: Georeference
    rings_px: tuple[Points, ...]

    @classmethod
    def of(cls, crown: Shape, georeference: Georeference) -> CrownInHand[Shape]:
        """Take a crown in hand."""
        return cls(crown, georeference, tuple(georeference.to_px(ring) for ring in geometry.rings(crown.outline)))

    def handles(self, view: ViewTransform) -> CornerHandles:
        """Its corners on the screen."""
        return CornerHandles(tuple(view.to_screen(ring) for ring in self.rings_px))

    def places(self, corners: Iterable[Corner]) -> frozenset[tuple[float, float]]:
        """Plot coordinates of corners."""
        rings = geometry.rings(self.crown.outline)
        return frozenset(_pair(rings[ring][index]) for ring, index in corners)

    def corners_at(self, places: frozenset[tuple[float, float]]) -> frozenset[Corner]:
        """Corners that lie exactly at plot coordinates; an edit may have renumbered them."""
        rings = geometry.rings(self.crown.outline)
        return frozenset(
            (number, index) for number, ring in enumerate(rings) for index, xy in enumerate(ring) if _pair(xy) in places
        )

    def moved_places(self, corners: Iterable[Corner], by_px: Shift) -> dict[Corner, tuple[float, float]]:
        """Where corners come to lie in the plot when they are dragged."""
        return {
            (ring, index): self.georeference.point_to_crs(*(self.rings_px[ring][index] + by_px).tolist())
            for ring, index in corners
        }

    def with_moved(self, corners: Iterable[Corner], by_px: Shift) -> shapely.Polygon:
        """The outline with dragged corners; `InputError` when that is none."""
        return geometry.move_corners(self.crown.outline, self.moved_places(corners, by_px))

    def with_added(self, after: Corner, by_px: Shift) -> shapely.Polygon:
        """The outline with the middle of a side made a corner and dragged; `InputError` when that is none."""
        place = self.georeference.point_to_crs(*(self._middle_px(after) + by_px).tolist())
        return geometry.insert_corner(self.crown.outline, after, place)

    def added_place(self, after: Corner, by_px: Shift) -> tuple[Shift, Shift]:
        """The middle of a side in the plot, and where it comes to lie when it is dragged."""
        middle = self._middle_px(after)
        return (
            self.georeference.point_to_crs(*middle.tolist()),
            self.georeference.point_to_crs(*(middle + by_px).tolist()),
        )

    def place_of(self, corner: Corner) -> tuple[float, float]:
        """A corner in the plot."""
        ring, index = corner
        return _pair(geometry.rings(self.crown.outline)[ring][index])

    def without(self, corners: Iterable[Corner]) -> shapely.Polygon:
        """The outline less some corners; `InputError` when that is none."""
        return geometry.delete_corners(self.crown.outline, corners)

    def preview(self, handle: Handle, picked: Iterable[Corner], by_px: Shift) -> tuple[Points, ...]:
        """The rings in pixels while a handle is being dragged, and the picked corners with it."""
        rings = [ring.copy() for ring in self.rings_px]
        if handle.is_middle:
            number, index = handle.corner
            rings[number] = np.insert(rings[number], index + 1, self._middle_px(handle.corner) + by_px, axis=0)
        else:
            for number, index in picked:
                rings[number][index] += by_px
        return tuple(rings)

    def _middle_px(self, after: Corner) -> Points:
        number, index = after
        ring = self.rings_px[number]
        middle: Points = (ring[index] + ring[(index + 1) % len(ring)]) / 2
        return middle


def _pair(xy: Points) -> tuple[float, float]:
    return (float(xy[0]), float(xy[1]))
