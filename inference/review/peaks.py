"""Crowns with two tops: how deep the valley between the highest top and another one is, for all crowns of a plot."""

import math
from collections.abc import Iterator
from functools import partial
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
_TRUNCATE = 4.0  # widths of the kernel that evens heights out
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
    """For each crown the valley to its most separate second top; the same whichever other crowns are asked for.

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
        cell_m = block.cell_crs * unit_m
        wide = _widened(block, cell_m)
        chm_m = elevation.chm_m(wide)
        cells = _cells(outlines[places], wide, grid)
        for place, depth_m, height_m in _block(chm_m, cells, len(places), cell_m):
            found[int(ids[places[place]])] = (depth_m, height_m)
    known = np.array(sorted(found), np.int64)
    return Measured(known, np.array([found[tree_id] for tree_id in known.tolist()]).reshape(-1, 2))


def _widened(block: Grid, cell_m: float) -> Grid:
    """With a margin of what evening out and the search for tops look at: no crown's answer may hang on its block."""
    margin_px = math.ceil(_TRUNCATE * _width_px(cell_m)) + _reach_px(cell_m)
    return block.window(-margin_px, -margin_px, block.height_px + 2 * margin_px, block.width_px + 2 * margin_px)


def _width_px(cell_m: float) -> float:
    return max(0.5, _SMOOTH_M / cell_m / 2)


def _reach_px(cell_m: float) -> int:
    return max(1, round(_APART_M / cell_m / 2))


def _cells(outlines: npt.NDArray[np.object_], block: Grid, grid: Grid) -> CrownCells:
    """The cells of a block that lie in each crown.

    Found from the corner of the plot's own cells: a border that runs through middles of cells, as outlines of masks do,
    would else take in those of one block and leave out those of another, by the last digit of the block's corner.
    """
    row0 = col0 = 0
    if block.cell_crs == grid.cell_crs:
        row0 = round((grid.top_crs - block.top_crs) / grid.cell_crs)
        col0 = round((block.left_crs - grid.left_crs) / grid.cell_crs)
        cells = cells_inside(outlines, grid)
    else:  # a crown so large that it has coarser cells of its own
        cells = cells_inside(outlines, block)
    row, col = cells.row - row0, cells.col - col0
    inside = (row >= 0) & (row < block.height_px) & (col >= 0) & (col < block.width_px)
    return CrownCells(cells.crown[inside], row[inside], col[inside])


def _block(chm_m: Picture, cells: CrownCells, count: int, cell_m: float) -> Iterator[tuple[int, float, float]]:
    """(place, depth, height) of each of the block's crowns that has heights."""
    smooth, is_top = _tops(chm_m, cell_m)
    heights = smooth[cells.row, cells.col]
    known = ~np.isnan(heights)
    crown, row, col, height = cells.crown[known], cells.row[known], cells.col[known], heights[known]
    if not len(crown):
        return
    order = np.lexsort((-height, crown))
    present, first = np.unique(crown[order], return_index=True)
    highest = np.full(count, -1, np.int64)
    highest[present] = order[first]
    others = np.flatnonzero(is_top[row, col])
    main = highest[crown[others]]
    apart_m = np.hypot(row[others] - row[main], col[others] - col[main]) * cell_m
    others, main = others[apart_m >= _APART_M], main[apart_m >= _APART_M]
    lowest = _lowest_between(smooth, row, col, main, others)
    depth = np.maximum(height[others] - lowest, 0.0)
    best = np.zeros(count)
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
    even = partial(ndimage.gaussian_filter, sigma=_width_px(cell_m), truncate=_TRUNCATE)
    smooth = even(np.where(known, chm_m, 0.0).astype(np.float64)) / np.maximum(even(known.astype(np.float64)), 1e-9)
    smooth[~known] = np.nan
    filled = np.where(known, smooth, -np.inf)
    return smooth, known & (filled >= ndimage.maximum_filter(filled, size=2 * _reach_px(cell_m) + 1))


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
    # Steps are rounded apart from where they start, so that the line does not hang on the block's corner.
    rows = row[start][:, None] + np.floor(share * (row[end] - row[start])[:, None] + 0.5).astype(np.int64)
    cols = col[start][:, None] + np.floor(share * (col[end] - col[start])[:, None] + 0.5).astype(np.int64)
    return np.asarray(np.nanmin(smooth[rows, cols], axis=1))
