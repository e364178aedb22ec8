"""Cut a plot into tiles: cores that cover every cell of the working grid once, and halos around them."""

import math
from dataclasses import dataclass
from itertools import pairwise

import shapely

from inference.models.card import ModelCard
from inference.plot.grid import Bounds, Grid
from inference.plot.plot import Plot


@dataclass(frozen=True, slots=True)
class TilePlan:
    """One tile to be read.

    Attributes:
        index: its number, row by row from the north-west; tiles that were skipped leave no gap.
        core_crs: the part that it answers for, (left, bottom, right, top) in the plot CRS, on the lines of the
            working grid. Cores of one plan do not overlap.
        grid: the cells to read, halo included, cut at the orthomosaic's border. The halo may reach out of the working
            grid where an area of interest ends inside the orthomosaic, so that crowns on its border are seen whole.
        open_sides: whether the orthomosaic goes on beyond the grid's (left, bottom, right, top) side.
    """

    index: int
    core_crs: Bounds
    grid: Grid
    open_sides: tuple[bool, bool, bool, bool]

    def owns(self, x_crs: float, y_crs: float, band_crs: float) -> bool:
        """Whether a point lies in the core or within `band_crs` of it."""
        left, bottom, right, top = self.core_crs
        return left - band_crs <= x_crs < right + band_crs and bottom - band_crs < y_crs <= top + band_crs


def plan_tiles(plot: Plot, card: ModelCard) -> tuple[TilePlan, ...]:
    """The tiles that a model needs for a plot, those without any data left out; none when there is no data at all.

    Args:
        plot: gives the working grid, and the rough outline (`extent`) outside which cores are skipped.
        card: `gsd_m`, `core_m` and `halo_m` in metres.
    """
    if plot.extent.is_empty:
        return ()
    grid = plot.work_grid(card.gsd_m)
    cell_m = grid.cell_crs * plot.unit_m
    core_cells = max(1, round(card.core_m / cell_m))
    halo_cells = math.ceil(card.halo_m / cell_m)
    readable = Grid.covering(grid.crs_wkt, plot.bounds_crs, grid.cell_crs)
    return tuple(cut(grid, core_cells, halo_cells, readable, plot.extent))


def cut(
    grid: Grid, core_cells: int, halo_cells: int, readable: Grid, extent: shapely.Geometry | None = None
) -> list[TilePlan]:
    """Cut a grid into cores of at most `core_cells` a side with `halo_cells` around each.

    Rows and columns of cores are made as equal as the cells allow, so that no sliver is left at the far side.

    Args:
        grid: the working grid.
        core_cells, halo_cells: sizes in cells.
        readable: a grid of the same cells over all that can be read; halos end there.
        extent: cores that do not touch it are skipped; None keeps all.
    """
    if extent is not None:
        shapely.prepare(extent)
    tiles: list[TilePlan] = []
    for row0, row1 in pairwise(_breaks(grid.height_px, core_cells)):
        for col0, col1 in pairwise(_breaks(grid.width_px, core_cells)):
            core = grid.window(row0, col0, row1 - row0, col1 - col0)
            if extent is None or shapely.intersects(extent, shapely.box(*core.bounds_crs)):
                tiles.append(_with_halo(len(tiles), core, halo_cells, readable))
    return tiles


def _breaks(length: int, most: int) -> list[int]:
    """Where to cut `length` cells into the fewest parts of at most `most` cells."""
    count = math.ceil(length / most)
    return [part * length // count for part in range(count + 1)]


def _with_halo(index: int, core: Grid, halo_cells: int, readable: Grid) -> TilePlan:
    left = round((core.left_crs - readable.left_crs) / core.cell_crs)
    above = round((readable.top_crs - core.top_crs) / core.cell_crs)
    right = readable.width_px - left - core.width_px
    below = readable.height_px - above - core.height_px
    west, north, east, south = (max(0, min(halo_cells, room)) for room in (left, above, right, below))
    height_px, width_px = core.height_px + north + south, core.width_px + west + east
    grid = core.window(-north, -west, height_px, width_px)
    return TilePlan(index, core.bounds_crs, grid, (left > west, below > south, right > east, above > north))
