"""How much of each crown other crowns cover, counted in cells for all crowns at once.

Intersecting every pair of neighbours takes seconds for 25,000 crowns; counting cells that lie in more than one crown
takes a tenth of that, and a share to a few per cent is all that a ranking needs.
"""

import numpy as np
import numpy.typing as npt
import shapely

from inference.pipeline.crown_cells import cells_inside
from inference.plot.grid import Grid

# Cells across a middling crown; giants are counted in coarser cells of their own.
_CELLS_ACROSS = 8.0
_GIANT = 12.0


def covered_shares(outlines: npt.NDArray[np.object_]) -> npt.NDArray[np.float64]:
    """(N,) share of each crown's area that other crowns cover, 0..1, to about 0.03.

    Args:
        outlines: (N,) polygons in one plane CRS.
    """
    shares = np.zeros(len(outlines))
    if len(outlines) < 2:
        return shares
    sides = np.sqrt(np.maximum(shapely.area(outlines), 1e-12))
    middle = float(np.median(sides))
    normal = np.flatnonzero(sides <= _GIANT * middle)
    shares[normal] = _counted(outlines[normal], middle / _CELLS_ACROSS)
    for place in np.flatnonzero(sides > _GIANT * middle).tolist():
        shares[place] = _by_union(place, outlines)
    return shares


def _counted(outlines: npt.NDArray[np.object_], cell_crs: float) -> npt.NDArray[np.float64]:
    left, _, _, top = shapely.total_bounds(outlines).tolist()
    cells = cells_inside(outlines, Grid("", left, top, cell_crs, 1, 1))
    row, col = cells.row - cells.row.min(), cells.col - cells.col.min()
    key = row * (int(col.max()) + 1) + col
    order = np.argsort(key, kind="stable")
    same = np.zeros(len(key) + 1, bool)
    same[1:-1] = key[order][1:] == key[order][:-1]
    shared = np.zeros(len(key), bool)
    shared[order] = same[1:] | same[:-1]
    total = np.bincount(cells.crown, minlength=len(outlines))
    return np.asarray(np.bincount(cells.crown[shared], minlength=len(outlines)) / np.maximum(total, 1))


def _by_union(place: int, outlines: npt.NDArray[np.object_]) -> float:
    """The share of one giant, by geometry: its cells would be too many."""
    giant = outlines[place]
    near = np.flatnonzero(shapely.intersects(outlines, giant))
    others = shapely.union_all(outlines[near[near != place]])
    return float(shapely.intersection(giant, others).area / max(giant.area, 1e-12))
