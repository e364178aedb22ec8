"""A tile: one window of the plot on the working grid, with everything that a segmenter may look at."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import shapely

from inference.plot.grid import Grid

HeightSource = Literal["DSM-DTM", "DSM-est"]


@dataclass(frozen=True, slots=True)
class Tile:
    """Imagery and elevation of one window, halo included.

    Attributes:
        index: number of the tile in its run's plan; results are merged in this order.
        grid: the window's grid, (H, W) cells, halo included.
        core_crs: the part that this tile answers for, as (left, bottom, right, top) in the plot CRS.
        rgb: (3, H, W) uint8, stretched once per raster (never per tile); 0 where `valid` is False.
        valid: (H, W) bool, True where the orthomosaic has data (nodata, alpha and area of interest applied).
        inside: (H, W) bool, True where the plot is at all: False beyond the mosaic's edge or in a nodata collar.
            Crowns that touch a False cell are cut by the mosaic's edge.
        dsm_m: (H, W) float32 surface elevation in metres, NaN where unknown; None without a DSM.
        chm_m: (H, W) float32 height above ground in metres, >= 0, NaN where unknown; None without a DSM.
        height_source: how `chm_m` was made; None without a DSM.
        unit_m: metres per CRS unit.
    """

    index: int
    grid: Grid
    core_crs: tuple[float, float, float, float]
    rgb: npt.NDArray[np.uint8]
    valid: npt.NDArray[np.bool_]
    inside: npt.NDArray[np.bool_]
    dsm_m: npt.NDArray[np.float32] | None
    chm_m: npt.NDArray[np.float32] | None
    height_source: HeightSource | None
    unit_m: float

    @property
    def gsd_m(self) -> float:
        """Side of a cell in metres."""
        return self.grid.cell_crs * self.unit_m

    @property
    def core(self) -> shapely.Polygon:
        """The core as a polygon in the plot CRS."""
        return shapely.box(*self.core_crs)
