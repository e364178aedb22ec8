"""The area that figures per hectare are about: the area of interest, the complete areas, or wherever there is data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import rasterio.features
import shapely

from inference.errors import InputError
from inference.plot.collars import without_specks
from inference.plot.grid import Grid
from inference.plot.plot import Plot

Basis = Literal["aoi", "complete", "valid"]
Choice = Literal["auto", "aoi", "complete", "valid"]
CHOICES: tuple[Choice, ...] = get_args(Choice)

# The picture in which data and no data are told apart has this many cells along its longer side.
_SIDE_CELLS = 1000
_FINEST_M = 0.1
# A hole in the data no larger than this is a shadow or a roof, not the mosaic's border.
_SPECK_M2 = 4.0
_SQUARE_M2 = 1e-6


@dataclass(frozen=True, slots=True)
class ReportArea:
    """Where trees are counted.

    Attributes:
        basis: "aoi" (area of interest), "complete" (complete areas) or "valid" (the orthomosaic's data); the first two
            only where the orthomosaic has data.
        outline: in the plot CRS.
        area_m2: its size.
        parts: number of polygons that were asked for (1 for "valid").
        cell_m: cells in which data and no data were told apart, metres.
        lost_m2: how much of what was asked for has no data.
    """

    basis: Basis
    outline: shapely.Geometry
    area_m2: float
    parts: int
    cell_m: float
    lost_m2: float = 0.0


def report_area(
    plot: Plot,
    complete: Sequence[shapely.Polygon],
    *,
    over: Choice = "auto",
    aoi: shapely.MultiPolygon | None = None,
) -> ReportArea:
    """The area of a plot that figures are about.

    Args:
        plot: the survey.
        complete: outlines of the complete areas, in the plot CRS.
        over: which area; "auto" is the area of interest where the plot has one, else all data.
        aoi: an area of interest instead of the plot's own.

    Raises:
        InputError: the plot has no such area, or there is no data in it.
    """
    basis: Basis = over if over != "auto" else "valid" if plot.aoi is None else "aoi"
    asked, parts = _asked(plot.aoi if aoi is None else aoi, complete, basis)
    grid = _grid(plot, asked)
    data = valid_area(plot, grid)
    outline = data if asked is None else shapely.intersection(asked, data)
    area_m2 = float(shapely.area(outline)) * plot.unit_m**2
    if area_m2 < _SQUARE_M2:
        raise InputError(
            "report.no_data",
            "The orthomosaic has no data in this area, so that nothing can be counted per hectare. Choose another area"
            " (--over valid).",
        )
    asked_m2 = area_m2 if asked is None else float(shapely.area(asked)) * plot.unit_m**2
    lost_m2 = max(0.0, asked_m2 - area_m2)
    return ReportArea(basis, outline, area_m2, parts, grid.cell_crs * plot.unit_m, lost_m2)


def valid_area(plot: Plot, grid: Grid) -> shapely.Geometry:
    """Where the orthomosaic has data, as polygons along the cells of `grid`; small holes count as data."""
    block = plot.ortho.read_grid(grid, resampling="average")
    cells = _SPECK_M2 / (grid.cell_crs * plot.unit_m) ** 2
    valid = without_specks(block, plot.ortho.info.rule, cells).valid
    if valid.all():
        return shapely.intersection(shapely.box(*grid.bounds_crs), shapely.box(*plot.bounds_crs))
    # Without its `mask`, which rasterio reads as a raster without a place, and warns of.
    shapes = rasterio.features.shapes(valid.astype(np.uint8), transform=grid.transform)
    polygons = [shapely.make_valid(shapely.geometry.shape(shape)) for shape, value in shapes if value == 1]
    return shapely.intersection(shapely.union_all(polygons), shapely.box(*plot.bounds_crs))


def _asked(
    aoi: shapely.MultiPolygon | None, complete: Sequence[shapely.Polygon], basis: Basis
) -> tuple[shapely.Geometry | None, int]:
    if basis == "valid":
        return None, 1
    if basis == "aoi":
        if aoi is None:
            raise InputError(
                "report.no_aoi",
                "This plot has no area of interest. Name one with --aoi FILE, or count over all data (--over valid).",
            )
        return aoi, len(aoi.geoms)
    if not complete:
        raise InputError(
            "report.no_complete",
            "This plot has no complete area yet. Draw one in the window, or count over all data (--over valid).",
        )
    return shapely.union_all(list(complete)), len(complete)


def _grid(plot: Plot, asked: shapely.Geometry | None) -> Grid:
    left, bottom, right, top = plot.bounds_crs
    if asked is not None:
        box = shapely.intersection(asked, shapely.box(left, bottom, right, top))
        if not box.is_empty:
            left, bottom, right, top = box.bounds
    finest = max(plot.gsd_m, _FINEST_M) / plot.unit_m
    return Grid.covering(
        plot.crs_wkt, (left, bottom, right, top), max(max(right - left, top - bottom) / _SIDE_CELLS, finest)
    )
