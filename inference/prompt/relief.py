"""What canopy height says about a crown that is there: how many peaks it holds, and where its border should run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from rasterio.features import shapes

from inference.crowns.editing.dividing import with_slivers_returned
from inference.crowns.editing.limits import Limits, parts_of
from inference.crowns.editing.ribbon import along_valley
from inference.errors import InputError
from inference.jobs import CancelToken
from inference.plot.grid import Grid
from inference.plot.plot import Plot
from inference.prompt.canopy import Assists, Canopy
from inference.prompt.reading import read_canopy_height
from inference.segment import surface
from inference.segment.flooding import flood
from inference.segment.treetops import TopWindow, find_treetops

FloatArray = npt.NDArray[np.float32]
Place = tuple[float, float]

# Finer cells show branches, coarser ones hide valleys between trees; the DSM's own where that is coarser.
_CELL_M = 0.25
_MARGIN_M = 4.0
_SIGMA_M = 0.5
# Borders blur less: every smoothing moves the foot of a crown outwards.
_BORDER_SIGMA_M = 0.25
# A tree whose basin covers less of the crown than this leans in from beside it.
_LEAST_SHARE = 0.08
# Tops for whoever sees two trees: as near to each other as they can be told apart.
_ANY_TOP = TopWindow(0.8, 0.0, 0.8)
_MIN_HEIGHT_M = 2.0
REACH_M = 1.5
"""How far a border is moved to the valley."""


@dataclass(frozen=True, slots=True)
class Relief:
    """Canopy height around one crown.

    Attributes:
        canopy: the trees that the height shows.
        smooth_m: (H, W) float32 height without the noise of leaves, 0 where unknown.
        border_m: the same, smoothed half as far, to look for borders in.
        known: (H, W) bool.
        unit_m: metres per CRS unit.
    """

    canopy: Canopy
    smooth_m: FloatArray
    border_m: FloatArray
    known: npt.NDArray[np.bool_]
    unit_m: float

    def peaks(self, outline: shapely.Polygon) -> tuple[Place, ...]:
        """Tops of the trees that stand in a crown with a fair share of it each, the highest first."""
        found = self.trees_in(outline)
        rows, cols = self.canopy.tops_rc.astype(np.int64).reshape(-1, 2).T
        ordered = sorted(found, key=lambda tree: -float(self.smooth_m[rows[tree - 1], cols[tree - 1]]))
        return tuple(self.canopy.top_of(tree) for tree in ordered)

    def height_at(self, xy_crs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """(N,) height above ground in metres at (N, 2) places, bilinear; NaN outside and where unknown."""
        grid = self.canopy.grid
        col = (xy_crs[:, 0] - grid.left_crs) / grid.cell_crs - 0.5
        row = (grid.top_crs - xy_crs[:, 1]) / grid.cell_crs - 0.5
        height_px, width_px = grid.shape
        inside = (row >= 0) & (col >= 0) & (row <= height_px - 1) & (col <= width_px - 1)
        row0 = np.clip(np.floor(row), 0, max(height_px - 2, 0)).astype(np.int64)
        col0 = np.clip(np.floor(col), 0, max(width_px - 2, 0)).astype(np.int64)
        d_row, d_col = row - row0, col - col0
        values = np.where(self.known, self.border_m, np.float32(np.nan)).astype(np.float64)
        row1, col1 = np.minimum(row0 + 1, height_px - 1), np.minimum(col0 + 1, width_px - 1)
        upper = values[row0, col0] * (1 - d_col) + values[row0, col1] * d_col
        lower = values[row1, col0] * (1 - d_col) + values[row1, col1] * d_col
        return np.where(inside, upper * (1 - d_row) + lower * d_row, np.nan)

    def trees_in(self, outline: shapely.Polygon) -> list[int]:
        """Numbers of the trees whose tops stand in a crown and that have a fair share of it."""
        canopy = self.canopy
        inside = self.cells_in(outline)
        covered = np.bincount(canopy.trees[inside], minlength=len(canopy.tops_rc) + 1)
        least = _LEAST_SHARE * max(int(inside.sum()), 1)
        return [
            tree
            for tree in range(1, len(canopy.tops_rc) + 1)
            if covered[tree] >= least and shapely.contains_xy(outline, *canopy.top_of(tree))
        ]

    def cells_in(self, outline: shapely.Polygon) -> npt.NDArray[np.bool_]:
        """(H, W) whether the middle of a cell lies in an outline."""
        grid = self.canopy.grid
        rows, cols = np.indices(grid.shape)
        x, y = grid.left_crs + (cols + 0.5) * grid.cell_crs, grid.top_crs - (rows + 0.5) * grid.cell_crs
        inside: npt.NDArray[np.bool_] = shapely.contains_xy(outline, x.ravel(), y.ravel()).reshape(grid.shape)
        return inside


def read_relief(plot: Plot, outline: shapely.Polygon, cancel: CancelToken | None = None) -> Relief | None:
    """Canopy height around a crown; None where the plot has none.

    Raises:
        Cancelled: `cancel` was set.
        RasterError: a file is damaged.
    """
    if plot.elevation is None:
        return None
    cell = max(_CELL_M, plot.elevation.cell_m) / plot.unit_m
    around = shapely.box(*outline.bounds).buffer(_MARGIN_M / plot.unit_m, join_style="mitre").bounds
    grid = Grid.covering(plot.crs_wkt, around, cell)
    height_m = read_canopy_height(plot, grid, cancel or CancelToken())
    if height_m is None or not np.isfinite(height_m).any():
        return None
    return relief_of(height_m, grid, plot.unit_m)


def relief_of(height_m: FloatArray, grid: Grid, unit_m: float) -> Relief:
    """The relief of (H, W) heights above ground in metres, NaN where unknown, on a grid."""
    known = np.isfinite(height_m)
    filled = np.where(known, height_m, np.float32(0.0))
    cell_m = grid.cell_crs * unit_m
    smooth_m, border_m = (surface.smooth(filled, known, sigma_m / cell_m) for sigma_m in (_SIGMA_M, _BORDER_SIGMA_M))
    return Relief(Canopy.of(height_m, grid, unit_m, Assists()), smooth_m, border_m, known, unit_m)


def snapped_to_valley(outline: shapely.Polygon, relief: Relief, *, reach_m: float = REACH_M) -> shapely.Polygon:
    """The crown with its border moved to the height valley around it, or to where the ground begins."""
    return along_valley(
        outline,
        relief.height_at,
        step=relief.canopy.grid.cell_crs,
        reach=reach_m / relief.unit_m,
        ground_m=Assists().ground_below_m,
    )


def split_at_peaks(outline: shapely.Polygon, relief: Relief, limits: Limits) -> tuple[shapely.Polygon, ...]:
    """The crown cut along the valleys between the peaks that it holds, largest part first.

    Who asks for this sees two trees. So where no valley is deep enough to say so by itself, the two tops with the most
    of the crown around them count, however shallow the pass between them is.

    Raises:
        InputError: it holds one peak only.
    """
    trees = relief.trees_in(outline)
    tops = relief.canopy.tops_rc[np.array(trees) - 1].astype(np.int64) if len(trees) > 1 else _any_two(relief, outline)
    parts: tuple[shapely.Polygon, ...] = ()
    if len(tops) > 1:
        parts = _faces(outline, _regions(relief, tops), limits)
    if len(parts) < 2:
        raise InputError(
            "relief.one_peak", "The heights show one peak in this crown. Cut it by hand (X) if you see two trees."
        )
    return parts


def _any_two(relief: Relief, outline: shapely.Polygon) -> npt.NDArray[np.int64]:
    """(N, 2) cells of the two tops that have most of a crown around them; fewer where it has no two."""
    grid = relief.canopy.grid
    tops = find_treetops(
        relief.smooth_m, relief.smooth_m, grid.cell_crs * relief.unit_m, min_height_m=_MIN_HEIGHT_M, window=_ANY_TOP
    )
    x, y = grid.left_crs + (tops[:, 1] + 0.5) * grid.cell_crs, grid.top_crs - (tops[:, 0] + 0.5) * grid.cell_crs
    tops = tops[shapely.contains_xy(outline, x, y)]
    basins = flood(relief.smooth_m, tops, relief.cells_in(outline))
    covered = np.bincount(basins.ravel(), minlength=len(tops) + 1)[1:]
    largest = np.argsort(-covered, kind="stable")[:2]
    return np.asarray(tops[largest[covered[largest] >= _LEAST_SHARE * covered.sum()]], np.int64)


def _regions(relief: Relief, tops: npt.NDArray[np.int64]) -> list[shapely.Polygon]:
    """The ground that belongs to each of (N, 2) tops, over the whole grid: a coverage with straightened borders."""
    labels = flood(relief.smooth_m, tops, np.ones(relief.smooth_m.shape, bool))
    grid = relief.canopy.grid
    regions = [shapely.geometry.shape(found) for found, _ in shapes(labels, connectivity=4, transform=grid.transform)]
    return list(shapely.coverage_simplify(regions, 2 * grid.cell_crs, simplify_boundary=False))


def _faces(outline: shapely.Polygon, regions: list[shapely.Polygon], limits: Limits) -> tuple[shapely.Polygon, ...]:
    """The outline cut along the borders of regions."""
    lines = shapely.union_all([outline.boundary, *(region.boundary for region in regions)])
    faces = [
        face
        for found in shapely.get_parts(shapely.polygonize([lines])).tolist()
        if outline.contains(shapely.point_on_surface(found))
        for face in parts_of(found, Limits())
    ]
    # A face that lies between two valleys or is cut off by a bend of one is no tree of its own.
    least = Limits(max(limits.min_area, _LEAST_SHARE / 2 * outline.area), limits.min_width)
    return with_slivers_returned(faces, least)
