"""Outlines that cross themselves so often that repairing them would take minutes and gigabytes: no tree, no area."""

import numpy as np
import numpy.typing as npt
import shapely

MAX_CORNERS = 2_000_000
"""Corners of one outline or area."""
_FEW_CORNERS = 200
_SAMPLE_COST = 10_000_000  # comparisons: a moment
_SAMPLE = 256
# Each crossing costs some 0.1 ms and 250 bytes; a traced outline has some three pairs of neighbours a corner.
_MAX_PAIRS = 20_000
_PAIRS_A_CORNER = 10


def is_tangled(geometry: shapely.Geometry) -> bool:
    """Whether a geometry is too tangled to be looked through and repaired, by a sample of its sides.

    GEOS needs minutes even to find out that such an outline is invalid, so this is asked first.
    """
    corners = int(shapely.get_num_coordinates(geometry))
    if corners <= _FEW_CORNERS:
        return False
    if corners > MAX_CORNERS:
        return True
    points, owner = shapely.get_coordinates(_rings(geometry), return_index=True)
    sides = np.flatnonzero(owner[:-1] == owner[1:])
    if not len(sides):
        return False
    low, high = np.minimum(points[sides], points[sides + 1]), np.maximum(points[sides], points[sides + 1])
    chosen = np.unique(
        np.linspace(0, len(sides) - 1, min(_SAMPLE, len(sides), max(16, _SAMPLE_COST // len(sides)))).astype(int)
    )
    found = sum(_meeting(low, high, side) for side in chosen.tolist())
    pairs = found / len(chosen) * len(sides) / 2
    return bool(pairs > _MAX_PAIRS + _PAIRS_A_CORNER * corners)


def _rings(geometry: shapely.Geometry) -> list[shapely.Geometry]:
    parts = shapely.get_parts(shapely.get_parts(np.array([geometry], object)))
    is_area = shapely.get_type_id(parts) == 3
    return [*shapely.get_rings(parts[is_area]).tolist(), *parts[~is_area].tolist()]


def _meeting(low: npt.NDArray[np.float64], high: npt.NDArray[np.float64], side: int) -> int:
    """How many sides lie within the box of one."""
    return int(np.count_nonzero((low <= high[side]).all(axis=1) & (high >= low[side]).all(axis=1)))
