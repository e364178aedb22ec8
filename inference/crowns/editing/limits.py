"""What is too small to be a crown, and geometries of any kind taken apart into the crowns that are in them."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from inference.crowns import geometry
from inference.errors import InputError

# A seedling's crown of 20 cm across has 0.03 m2; what is smaller, or a strip of 2 cm, is left over from an edit.
SLIVER_M2 = 0.02
SLIVER_WIDTH_M = 0.02


@dataclass(frozen=True, slots=True)
class Limits:
    """Below what a part is a sliver, in units of the plot CRS; 0 keeps everything that has an area.

    Attributes:
        min_area: least area.
        min_width: least mean width, which is twice the area over the length of the border.
    """

    min_area: float = 0.0
    min_width: float = 0.0

    @classmethod
    def of(cls, unit_m: float) -> Limits:
        """The limits of a plot whose CRS unit is `unit_m` metres."""
        return cls(SLIVER_M2 / unit_m**2, SLIVER_WIDTH_M / unit_m)

    def keeps(self, part: shapely.Polygon) -> bool:
        """Whether a part is large and wide enough to be a crown."""
        return bool(part.area > 0 and part.area >= self.min_area and 2 * part.area / part.length >= self.min_width)


def parts_of(shape: shapely.Geometry, limits: Limits) -> tuple[shapely.Polygon, ...]:
    """The valid polygons in a geometry, slivers left out, largest first."""
    sound = shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)
    pieces = shapely.get_parts(shapely.get_parts(sound)).tolist()
    polygons = (geometry.to_valid_polygon(piece) for piece in pieces if piece.geom_type == "Polygon")
    kept = [part for part in polygons if part is not None and limits.keeps(part)]
    return tuple(sorted(kept, key=lambda part: -part.area))


def one_of(shape: shapely.Geometry, limits: Limits) -> shapely.Polygon:
    """The one polygon in a geometry.

    Raises:
        InputError: there is none, or there are several.
    """
    parts = parts_of(shape, limits)
    if not parts:
        raise nothing_left()
    if len(parts) > 1:
        raise InputError(
            "geometry.apart_now",
            "The crown would fall into {count} parts. Cut it (X) if these are several trees.",
            count=len(parts),
        )
    return parts[0]


def nothing_left() -> InputError:
    """Why a crown cannot be taken away altogether by an edit of its outline."""
    return InputError("geometry.nothing_left", "Nothing of the crown would be left. Delete it instead.")


def without_small_holes(outline: shapely.Polygon, limits: Limits, kept: shapely.Polygon) -> shapely.Polygon:
    """The outline without the tiny holes that an edit has left; holes that `kept` has already stay as they are."""
    old = {ring.normalize().wkb for ring in kept.interiors}
    holes = [ring for ring in outline.interiors if ring.normalize().wkb in old or limits.keeps(shapely.Polygon(ring))]
    return outline if len(holes) == len(outline.interiors) else shapely.Polygon(outline.exterior, holes)
