"""The brush: a stroke with a width that is added to a crown or taken from it, as a vector; no mask is ever made."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.editing.limits import Limits, nothing_left, one_of, parts_of, without_small_holes
from inference.errors import InputError

Points = npt.NDArray[np.float64]

# A quarter of the brush's circle has so many sides: 24 in all, 1 % of the radius off a true circle.
_SIDES_PER_QUARTER = 6
# The hand's trembling is left out up to this share of the brush's radius.
_STEADY = 0.05


def swath(points: Points | Sequence[tuple[float, float]], radius: float) -> shapely.Polygon:
    """The ground that a round brush has swept.

    Args:
        points: (N, 2) plot coordinates of its middle, N >= 1.
        radius: of the brush, in CRS units.
    """
    way = np.asarray(points, np.float64).reshape(-1, 2)
    middle = shapely.Point(way[0]) if len(np.unique(way, axis=0)) == 1 else shapely.LineString(way)
    steady = shapely.simplify(middle, radius * _STEADY, preserve_topology=False)
    return shapely.orient_polygons(shapely.buffer(steady, radius, quad_segs=_SIDES_PER_QUARTER), exterior_cw=False)


def paint(outline: shapely.Polygon, ground: shapely.Polygon, limits: Limits) -> shapely.Polygon:
    """The crown and what the brush has swept; the border elsewhere stays to the last bit.

    Raises:
        InputError: the stroke does not touch the crown.
    """
    if not outline.intersects(ground):
        raise InputError("geometry.stroke_apart", "The stroke does not touch the crown. Begin it on the crown.")
    return without_small_holes(one_of(shapely.union(outline, ground), limits), limits, outline)


def erase(outline: shapely.Polygon, ground: shapely.Polygon, limits: Limits) -> tuple[shapely.Polygon, ...]:
    """What is left of a crown without what the brush has swept, largest part first.

    Raises:
        InputError: the stroke does not touch the crown, or nothing is left.
    """
    if not shapely.relate_pattern(outline, ground, "T********"):
        raise InputError("geometry.erase_apart", "The stroke does not touch the crown, so nothing is erased.")
    parts = parts_of(shapely.difference(outline, ground), limits)
    if not parts:
        raise nothing_left()
    return parts
