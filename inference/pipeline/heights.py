"""Heights, treetops, DBH and biomass of crowns from the canopy height model; reads shared by neighbouring crowns."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.allometry import Allometry
from inference.crowns.crown import Crown, Measures
from inference.crowns.height_choice import HeightRule
from inference.pipeline.crown_cells import CrownCells, cells_inside
from inference.pipeline.measure_rows import RowRules, completed_rows, rounded
from inference.plot.crs import shares_crs
from inference.plot.elevation import Elevation
from inference.plot.grid import Grid

Floats = npt.NDArray[np.float64]

HEIGHT_PERCENTILE = 95.0
# A crown with less than half of its cells measured would get the height of whichever part is known.
MIN_SHARE_WITH_DATA = 0.5
# Finer cells do not find another treetop, they only cost time: of finer DSM pixels each cell takes the highest.
FINEST_CELL_M = 0.1

# A block: crowns whose corner lies in the same square of this many cells are measured with one read.
_BLOCK_CELLS = 1024
# Cells of crowns held at once; larger blocks are cut into several.
_MAX_CELLS = 4_000_000
_WIDEST_CROWN_CELLS = 2048


@dataclass(frozen=True, slots=True)
class HeightGroup:
    """Crowns that are measured with one read; `grid` covers them, None for a plot without a DSM."""

    grid: Grid | None
    crowns: tuple[Crown, ...]


class CanopyHeights(Protocol):
    """What is asked of `Elevation`."""

    def chm_m(self, grid: Grid) -> npt.NDArray[np.float32]:
        """(H, W) height above ground in metres, NaN where unknown."""
        ...


@dataclass(frozen=True, slots=True)
class CrownHeights:
    """Heights of N crowns.

    Attributes:
        max_m, p95_m: (N,) float64 metres; NaN where less than half of a crown has data.
        treetop_crs: (N, 2) centre of the highest cell, the first in reading order; NaN with `max_m`.
    """

    max_m: Floats
    p95_m: Floats
    treetop_crs: Floats


def measure_crowns(
    crowns: Sequence[Crown],
    elevation: Elevation | None,
    *,
    unit_m: float = 1.0,
    allometry: Allometry | None = None,
    rule: HeightRule | None = None,
) -> dict[int, Measures]:
    """Measure crowns.

    Args:
        crowns: any crowns of the plot, in any order.
        elevation: None for a plot without DSM: only crowns with a field height then get DBH and biomass.
        unit_m: metres per unit of the plot CRS.
        allometry: equations for DBH and biomass; None for `Jucker2017/global`.
        rule: which height is reported where a trait model told one, too; None for the default.

    Returns:
        Measures by tree_id. A height measured in the field is kept; treetop and percentile are measured beside it.

    Raises:
        RasterError: the DSM or DTM is damaged.
    """
    found: dict[int, Measures] = {}
    for part in measure_blocks(crowns, elevation, unit_m=unit_m, allometry=allometry, rule=rule):
        found |= part
    return found


def measure_blocks(
    crowns: Sequence[Crown],
    elevation: Elevation | None,
    *,
    unit_m: float = 1.0,
    allometry: Allometry | None = None,
    rule: HeightRule | None = None,
) -> Iterator[dict[int, Measures]]:
    """As `measure_crowns`, one block of neighbouring crowns at a time, so that work can be saved and stopped."""
    source = None if elevation is None else elevation.source
    rules = RowRules(source, unit_m, allometry or Allometry.named(), rule or HeightRule())
    for group in height_groups(crowns, elevation, unit_m):
        yield measure_group(group, elevation, rules)


def height_groups(crowns: Sequence[Crown], elevation: Elevation | None, unit_m: float) -> Iterator[HeightGroup]:
    """Cut crowns into groups of neighbours; what a group's crowns measure depends on nothing but the group."""
    if elevation is None:
        yield HeightGroup(None, tuple(crowns))
        return
    outlines = np.empty(len(crowns), object)
    outlines[:] = [crown.outline for crown in crowns]
    for grid, places in blocks(outlines, chm_grid(elevation, unit_m)):
        yield HeightGroup(grid, tuple(crowns[place] for place in places.tolist()))


def measure_group(group: HeightGroup, elevation: CanopyHeights | None, rules: RowRules) -> dict[int, Measures]:
    """Measures by tree_id of the crowns of one group.

    Raises:
        RasterError: the DSM or DTM is damaged.
    """
    if elevation is None or group.grid is None:
        unknown = np.full(len(group.crowns), np.nan)
        return _measures(group.crowns, CrownHeights(unknown, unknown, np.full((len(unknown), 2), np.nan)), rules)
    outlines = np.empty(len(group.crowns), object)
    outlines[:] = [crown.outline for crown in group.crowns]
    return _measures(group.crowns, heights_of(outlines, elevation, group.grid), rules)


def chm_grid(elevation: Elevation, unit_m: float) -> Grid:
    """A grid of one cell on which heights are taken: the DSM's own cells where they are north-up in the plot CRS.

    Args:
        elevation: of the plot.
        unit_m: metres per unit of the plot CRS.
    """
    wkt = elevation.crs_wkt
    reader = elevation.dsm.reader
    transform = reader.transform
    is_aligned = (
        shares_crs(reader.crs_wkt, wkt)
        and transform.is_rectilinear
        and transform.a > 0
        and math.isclose(transform.a, -transform.e, rel_tol=1e-9)
    )
    own_cell = transform.a if is_aligned else elevation.cell_m / unit_m
    cell = own_cell * max(1, math.ceil(FINEST_CELL_M / unit_m / own_cell - 1e-6))
    if is_aligned:
        return Grid(wkt, transform.c, transform.f, cell, 1, 1)
    return Grid.covering(wkt, (0.0, 0.0, cell, cell), cell)


def blocks(outlines: npt.NDArray[np.object_], grid: Grid) -> Iterator[tuple[Grid, npt.NDArray[np.intp]]]:
    """Cut N crowns into groups of neighbours: the grid that covers a group, and its crowns' positions.

    Args:
        outlines: (N,) polygons in the plot CRS.
        grid: gives the cells; its extent does not matter.
    """
    if not len(outlines):
        return
    bounds = shapely.bounds(outlines)
    col0 = np.floor((bounds[:, 0] - grid.left_crs) / grid.cell_crs).astype(np.int64)
    row0 = np.floor((grid.top_crs - bounds[:, 3]) / grid.cell_crs).astype(np.int64)
    width = np.floor((bounds[:, 2] - grid.left_crs) / grid.cell_crs).astype(np.int64) + 1 - col0
    height = np.floor((grid.top_crs - bounds[:, 1]) / grid.cell_crs).astype(np.int64) + 1 - row0
    giant = np.maximum(width, height) > _WIDEST_CROWN_CELLS
    for place in np.flatnonzero(giant).tolist():
        yield _coarse_grid(grid, bounds[place], max(width[place], height[place])), np.array([place])
    normal = np.flatnonzero(~giant)
    order = normal[np.lexsort((col0[normal] // _BLOCK_CELLS, row0[normal] // _BLOCK_CELLS))]
    block = np.stack([row0[order] // _BLOCK_CELLS, col0[order] // _BLOCK_CELLS], axis=1)
    changes = np.any(np.diff(block, axis=0) != 0, axis=1)
    # Cells of bounding boxes, counted on: a new group also where they would become too many at once.
    load = np.cumsum(width[order] * height[order]) // _MAX_CELLS
    cuts = np.flatnonzero(changes | (np.diff(load) != 0)) + 1
    for places in np.split(order, cuts):
        if len(places):
            top, left = int(row0[places].min()), int(col0[places].min())
            rows = int((row0 + height)[places].max()) - top
            cols = int((col0 + width)[places].max()) - left
            yield grid.window(top, left, rows, cols), places


def _coarse_grid(grid: Grid, bounds: Floats, cells: int) -> Grid:
    """Cells for a crown so large that only a mistake explains it: its height must not cost gigabytes."""
    factor = math.ceil(cells / _WIDEST_CROWN_CELLS)
    left, bottom, right, top = bounds.tolist()
    return Grid.covering(grid.crs_wkt, (left, bottom, right, top), grid.cell_crs * factor)


def heights_of(outlines: npt.NDArray[np.object_], elevation: CanopyHeights, grid: Grid) -> CrownHeights:
    """Heights of crowns from the cells whose centre is inside.

    Args:
        outlines: (N,) polygons.
        elevation: the canopy height model.
        grid: covers all of them.
    """
    chm_m = elevation.chm_m(grid)
    cells = cells_inside(outlines, grid)
    values = chm_m[cells.row, cells.col]
    known = ~np.isnan(values)
    total = np.bincount(cells.crown, minlength=len(outlines))
    count = np.bincount(cells.crown[known], minlength=len(outlines))
    measured = (count > 0) & (count >= MIN_SHARE_WITH_DATA * total)
    crown, ordered = _sorted_within(cells.crown[known], values[known])
    starts = np.searchsorted(crown, np.arange(len(outlines)))
    highest, p95 = np.full(len(outlines), np.nan), np.full(len(outlines), np.nan)
    highest[measured] = ordered[(starts + count - 1)[measured]]
    p95[measured] = _percentile(ordered, starts[measured], count[measured])
    return CrownHeights(highest, p95, _treetops(cells, values, highest, grid))


def _sorted_within(
    crown: npt.NDArray[np.int64], values: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Values sorted by crown, then size. Heights are not negative, so their bits sort as they do."""
    keys = (crown.astype(np.uint64) << np.uint64(32)) | (values + np.float32(0.0)).view(np.uint32)
    keys.sort()
    heights = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32).view(np.float32)
    return (keys >> np.uint64(32)).astype(np.int64), heights.astype(np.float64)


def _percentile(ordered: Floats, starts: npt.NDArray[np.intp], counts: npt.NDArray[np.intp]) -> Floats:
    """Percentile of each group by linear interpolation, as `np.percentile`."""
    position = HEIGHT_PERCENTILE / 100 * (counts - 1)
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, counts - 1)
    low, high = ordered[starts + below], ordered[starts + above]
    return np.asarray(low + (high - low) * (position - below))


def _treetops(cells: CrownCells, values: npt.NDArray[np.float32], highest: Floats, grid: Grid) -> Floats:
    tops = np.full((len(highest), 2), np.nan)
    at_top = np.flatnonzero(values == highest[cells.crown])
    crown, first = np.unique(cells.crown[at_top], return_index=True)
    place = at_top[first]
    tops[crown, 0] = grid.left_crs + (cells.col[place] + 0.5) * grid.cell_crs
    tops[crown, 1] = grid.top_crs - (cells.row[place] + 0.5) * grid.cell_crs
    return tops


def _measures(crowns: Sequence[Crown], heights: CrownHeights, rules: RowRules) -> dict[int, Measures]:
    measured = []
    for place, crown in enumerate(crowns):
        # What a model read stays: the outline is still the one that it saw, or the crown would have no measures.
        read = crown.measures or Measures()
        measured.append(
            Measures(
                height_p95_m=rounded(heights.p95_m[place], 3),
                treetop_crs=_point(heights.treetop_crs[place]),
                height_chm_m=rounded(heights.max_m[place], 3),
                height_model_m=read.height_model_m,
                species_topk=read.species_topk,
                species_ood=read.species_ood,
            )
        )
    return completed_rows(crowns, measured, rules)


def _point(xy: Floats) -> tuple[float, float] | None:
    return None if math.isnan(xy[0]) else (float(xy[0]), float(xy[1]))
