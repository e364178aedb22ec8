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


def _array(outlines: Outlines) -> npt.NDArray[np.object_]:
    array = np.empty(len(outlines), dtype=object)
    array[:] = outlines
    return array
