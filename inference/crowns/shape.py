"""Area, perimeter and diameter of crowns, in metres whatever the unit of the plot's CRS."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

Outlines = npt.NDArray[np.object_] | Sequence[shapely.Polygon]
Float64Array = npt.NDArray[np.float64]


def area_m2(outlines: Outlines, unit_m: float = 1.0) -> Float64Array:
    """Planar area of each crown.

    Args:
        outlines: (N,) polygons in the plot CRS.
        unit_m: metres per CRS unit.

    Returns:
        (N,) float64 square metres.
    """
    return np.asarray(shapely.area(_array(outlines)), dtype=np.float64) * unit_m**2


def perimeter_m(outlines: Outlines, unit_m: float = 1.0) -> Float64Array:
    """Length of each crown's border, holes included; arguments as for `area_m2`, (N,) float64 metres."""
    return np.asarray(shapely.length(_array(outlines)), dtype=np.float64) * unit_m


def diameter_m(outlines: Outlines, unit_m: float = 1.0) -> Float64Array:
    """Diameter of the circle of the same area, 2·√(A/π); arguments as for `area_m2`, (N,) float64 metres."""
    return 2.0 * np.sqrt(area_m2(outlines, unit_m) / np.pi)


def long_axis(outline: shapely.Polygon) -> Float64Array:
    """(2, 2) float64 ends of the line along which a crown is longest: the middle line of the narrowest box."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(outline))
    if len(corners) < 4:
        min_x, min_y, max_x, max_y = outline.bounds
        return np.array([[min_x, min_y], [max_x, max_y]])
    first, second = corners[1] - corners[0], corners[2] - corners[1]
    start = 1 if np.hypot(*first) >= np.hypot(*second) else 0
    one = (corners[start] + corners[start + 1]) / 2
    two = (corners[(start + 2) % 4] + corners[(start + 3) % 4]) / 2
    # From west to east, so that the profile reads as the map does.
    return np.array([one, two] if one[0] <= two[0] else [two, one])


def _array(outlines: Outlines) -> npt.NDArray[np.object_]:
    array = np.empty(len(outlines), dtype=object)
    array[:] = outlines
    return array
