"""Crowns with two tops: how deep the valley between the highest top and another one is, for all crowns of a plot."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.pipeline.crown_cells import CrownCells, cells_inside
from inference.pipeline.heights import blocks
from inference.plot.grid import Grid
from inference.review.evidence import Measured

Floats = npt.NDArray[np.float64]
Picture = npt.NDArray[np.float32]

# Tops of twigs are no tops of trees: heights are evened out over about this width, and tops nearer than that are one.
_SMOOTH_M = 0.6
_APART_M = 1.2
_STEPS = 24  # places looked at between two tops
# Finer cells only show more twigs.
CELL_M = 0.25


class CanopyHeights(Protocol):
    """What is asked of `Elevation`."""

    def chm_m(self, grid: Grid) -> Picture:
        """(H, W) height above ground in metres, NaN where unknown."""
        ...


def second_peaks(
    ids: npt.NDArray[np.int64],
    outlines: npt.NDArray[np.object_],
    elevation: CanopyHeights,
    grid: Grid,
    unit_m: float = 1.0,
    cancel: CancelToken | None = None,
) -> Measured:
    """For each crown the valley to its most separate second top.

    The depth is the lower top's height less the lowest place on the straight line between the two: never less than by
    the best way around, so it errs towards a look too many.

    Args:
        ids: (N,) ascending.
        outlines: (N,) polygons in the plot CRS.
        elevation: the canopy height model.
        grid: gives the cells; its extent does not matter.
        unit_m: metres per unit of the plot CRS.
        cancel: stops between two blocks.

    Returns:
        Two columns: depth of the valley and height of the lower top, metres; 0 and the crown's own top for a crown
        with one top. Crowns without heights are left out.

    Raises:
        Cancelled: by the token.
    """
    found: dict[int, tuple[float, float]] = {}
    for block, places in blocks(outlines, grid):
        if cancel is not None:
            cancel.check()
        chm_m = elevation.chm_m(block)
        for place, depth_m, height_m in _block(chm_m, outlines[places], block, block.cell_crs * unit_m):
            found[int(ids[places[place]])] = (depth_m, height_m)
    known = np.array(sorted(found), np.int64)
    return Measured(known, np.array([found[tree_id] for tree_id in known.tolist()]).reshape(-1, 2))


def _block(
    chm_m: Picture, outlines: npt.NDArray[np.object_], grid: Grid, cell_m: float
) -> Iterator[tuple[int, float, float]]:
    """(place, depth, height) of each crown of a block that has heights."""
    smooth, is_top = _tops(chm_m, cell_m)
    cells = cells_inside(outlines, grid)
    inside = (cells.row >= 0) & (cells.row < chm_m.shape[0]) & (cells.col >= 0) & (cells.col < chm_m.shape[1])
    cells = CrownCells(cells.crown[inside], cells.row[inside], cells.col[inside])
    heights = smooth[cells.row, cells.col]
    known = ~np.isnan(heights)
    crown, row, col, height = cells.crown[known], cells.row[known], cells.col[known], heights[known]
    if not len(crown):
        return
    order = np.lexsort((-height, crown))
    present, first = np.unique(crown[order], return_index=True)
    highest = np.full(len(outlines), -1, np.int64)
    highest[present] = order[first]
    others = np.flatnonzero(is_top[row, col])
    main = highest[crown[others]]
    apart_m = np.hypot(row[others] - row[main], col[others] - col[main]) * cell_m
    others, main = others[apart_m >= _APART_M], main[apart_m >= _APART_M]
    lowest = _lowest_between(smooth, row, col, main, others)
    depth = np.maximum(height[others] - lowest, 0.0)
    best = np.zeros(len(outlines))
    lower = np.where(highest >= 0, height[np.maximum(highest, 0)], np.nan)
    for place in np.argsort(depth, kind="stable").tolist():  # the deepest last, so that it stays
        if depth[place] > 0:
            best[crown[others[place]]], lower[crown[others[place]]] = depth[place], height[others[place]]
    for place in present.tolist():
        yield place, float(best[place]), float(lower[place])


def _tops(chm_m: Picture, cell_m: float) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Evened heights (NaN where unknown), and which cells are higher than all around them."""
    from scipy import ndimage

    known = ~np.isnan(chm_m)
    width = max(0.5, _SMOOTH_M / cell_m / 2)
    weight = ndimage.gaussian_filter(known.astype(np.float64), width)
    smooth = ndimage.gaussian_filter(np.where(known, chm_m, 0.0).astype(np.float64), width) / np.maximum(weight, 1e-9)
    smooth[~known] = np.nan
    filled = np.where(known, smooth, -np.inf)
    side = 2 * max(1, round(_APART_M / cell_m / 2)) + 1
    return smooth, known & (filled >= ndimage.maximum_filter(filled, size=side))


def _lowest_between(
    smooth: Floats,
    row: npt.NDArray[np.int64],
    col: npt.NDArray[np.int64],
    start: npt.NDArray[np.int64],
    end: npt.NDArray[np.int64],
) -> Floats:
    """(K,) the lowest height on the straight line between two cells each; cells without height are passed over."""
    if not len(start):
        return np.zeros(0)
    share = np.linspace(0.0, 1.0, _STEPS)
    rows = np.rint(row[start][:, None] + share * (row[end] - row[start])[:, None]).astype(np.intp)
    cols = np.rint(col[start][:, None] + share * (col[end] - col[start])[:, None]).astype(np.intp)
    return np.asarray(np.nanmin(smooth[rows, cols], axis=1))
