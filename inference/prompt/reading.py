"""Reads what a clicking model looks at: a window of the plot as a tile, and the canopy height under its masks."""

from typing import Any

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.plot.collars import without_specks
from inference.plot.grid import Grid
from inference.plot.plot import Plot
from inference.plot.style import to_rgb8
from inference.plot.tile import Tile

# As in whole runs: a hole in the data no larger than this is a black shadow or a white roof.
_SPECK_M2 = 4.0


def read_window(plot: Plot, grid: Grid, cancel: CancelToken, *, elevation: bool) -> Tile:
    """The picture of a window, with elevation if wanted.

    Unlike a tile of a run it is not cut by the area of interest: that bounds what is segmented, not what a person may
    click.

    Raises:
        Cancelled: `cancel` was set.
        RasterError: a file is damaged.
    """
    shrinks = grid.cell_crs * plot.unit_m > plot.gsd_m
    block = plot.ortho.read_grid(grid, resampling="average" if shrinks else "bilinear")
    block = without_specks(block, plot.ortho.info.rule, _SPECK_M2 / (grid.cell_crs * plot.unit_m) ** 2)
    cancel.check()
    rgb = to_rgb8(block, plot.stretch)
    dsm_m = chm_m = None
    source = None
    if elevation and plot.elevation is not None:
        if not plot.elevation.ground_is_ready:
            plot.elevation.prepare_ground(cancel=cancel)
        dsm_m, chm_m = plot.elevation.dsm_and_chm_m(grid)
        source = plot.elevation.source
    return Tile(
        index=0,
        grid=grid,
        core_crs=grid.bounds_crs,
        rgb=rgb,
        valid=block.valid,
        inside=block.valid,
        dsm_m=dsm_m,
        chm_m=chm_m,
        height_source=source,
        unit_m=plot.unit_m,
    )


def read_canopy_height(plot: Plot, grid: Grid, cancel: CancelToken) -> npt.NDArray[np.float32] | None:
    """(H, W) height above ground in metres, NaN where unknown; None without elevation.

    Without a DTM the first call estimates the ground of the whole plot, or takes it from the cache.

    Raises:
        Cancelled: `cancel` was set.
        RasterError: a file is damaged.
    """
    elevation = plot.elevation
    if elevation is None:
        return None
    if not elevation.ground_is_ready:
        elevation.prepare_ground(cancel=cancel)
    cancel.check()
    return elevation.chm_m(grid)


def read_valid(plot: Plot, grid: Grid) -> npt.NDArray[np.bool_]:
    """(H, W) where the orthomosaic has data."""
    valid: npt.NDArray[Any] = plot.ortho.read_grid(grid, resampling="nearest").valid
    return valid
