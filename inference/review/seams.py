"""How far each crown is from the seams between the tiles of the run that proposed it."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import shapely

from inference.pipeline.tiling import TilePlan
from inference.review.evidence import Measured

Floats = npt.NDArray[np.float64]


def seam_lines(plan: Iterable[TilePlan]) -> npt.NDArray[np.object_]:
    """(L,) the sides that two cores share, as lines in the plot CRS; the outer sides of a plot are no seams."""
    sides: dict[tuple[float, float, float, float], int] = {}
    for tile in plan:
        left, bottom, right, top = (round(value, 6) for value in tile.core_crs)
        for side in (
            (left, bottom, left, top),
            (right, bottom, right, top),
            (left, bottom, right, bottom),
            (left, top, right, top),
        ):
            sides[side] = sides.get(side, 0) + 1
    shared = [side for side, count in sides.items() if count > 1]
    lines = np.empty(len(shared), object)
    lines[:] = [shapely.LineString([side[:2], side[2:]]) for side in shared]
    return lines


def distances(
    ids: npt.NDArray[np.int64], outlines: npt.NDArray[np.object_], lines: npt.NDArray[np.object_], unit_m: float = 1.0
) -> Measured:
    """One column: metres from each crown to the nearest seam, 0 where one cuts it; none of a plot in one tile.

    Args:
        ids: (N,) ascending.
        outlines: (N,) polygons in the plot CRS.
        lines: of `seam_lines`.
        unit_m: metres per unit of the plot CRS.
    """
    if not len(lines) or not len(ids):
        return Measured(np.zeros(0, np.int64), np.zeros((0, 1)))
    (crown, _), away = shapely.STRtree(lines).query_nearest(outlines, return_distance=True, all_matches=False)
    metres = np.full(len(ids), np.nan)
    metres[crown] = away * unit_m
    return Measured(np.asarray(ids, np.int64), metres[:, None])
