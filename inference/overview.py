"""One picture of a plot: the orthomosaic with its crowns, and the canopy height beside it when there is a DSM."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.features
import shapely
from rasterio.io import MemoryFile

from inference import disk
from inference.crowns.crown import Crown
from inference.errors import RasterError
from inference.plot.grid import Grid
from inference.plot.plot import Plot
from inference.plot.style import colour_ramp, to_rgb8

RgbImage = npt.NDArray[np.uint8]

_SIDE_PX = 1400
_LINE_PX = 2.0
_CASING = 2.0  # widths of the line
_LINE_RGB = (255, 214, 64)
_CASING_RGB = (24, 32, 24)
_MISSING_RGB = (236, 236, 234)


def draw(plot: Plot, crowns: Sequence[Crown], *, side_px: int = _SIDE_PX) -> RgbImage:
    """The picture as (H, W, 3) uint8, north up; the longer side of a panel has `side_px` pixels."""
    left, bottom, right, top = plot.bounds_crs
    grid = Grid.covering(plot.crs_wkt, plot.bounds_crs, max(right - left, top - bottom) / side_px)
    outlines = np.array([crown.outline for crown in crowns], dtype=object)
    panels = [draw_orthomosaic(plot, outlines, grid)]
    if plot.elevation is not None:
        panels.append(_canopy_height(plot.elevation.chm_m(grid)))
        _paint_outlines(panels[-1], outlines, grid)
    gap = np.full((grid.height_px, max(2, side_px // 100), 3), _MISSING_RGB, dtype=np.uint8)
    row: list[RgbImage] = [panels[0]]
    for panel in panels[1:]:
        row += [gap, panel]
    return np.concatenate(row, axis=1)


def draw_orthomosaic(
    plot: Plot, outlines: npt.NDArray[np.object_], grid: Grid, *, line_px: float = _LINE_PX
) -> RgbImage:
    """The orthomosaic on a grid as (H, W, 3) uint8, with (N,) outlines in the plot CRS drawn on it."""
    picture = _orthomosaic(plot, grid)
    _paint_outlines(picture, outlines, grid, line_px)
    return picture


def write_png(picture: RgbImage, out: Path) -> None:
    """Write (H, W, 3) uint8 as PNG; raises `InputError` when the place cannot be written or the disk is full."""
    height_px, width_px, _ = picture.shape
    part = out.with_name(f".{out.name}.new")
    try:
        # In memory first: GDAL keeps silent about a disk that fills up, and an older picture must survive it.
        with MemoryFile() as memory:
            with memory.open(driver="PNG", dtype="uint8", count=3, height=height_px, width=width_px) as image:
                image.write(np.moveaxis(picture, -1, 0))
            part.write_bytes(memory.getbuffer())
        part.replace(out)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        if disk.is_full(error):
            raise disk.full(out) from error
        raise RasterError(
            "overview.unwritable",
            "The picture cannot be written to {path}: {reason}. Choose another folder.",
            path=out,
            reason=error.strerror or error,
        ) from error


def _orthomosaic(plot: Plot, grid: Grid) -> RgbImage:
    block = plot.ortho.read_grid(grid, bands=plot.ortho.info.colour_bands, resampling="average")
    picture = np.moveaxis(to_rgb8(block, plot.stretch), 0, -1).copy()
    picture[~block.valid] = _MISSING_RGB
    return picture


def _canopy_height(chm_m: npt.NDArray[np.float32]) -> RgbImage:
    known = np.isfinite(chm_m)
    highest_m = float(np.percentile(chm_m[known], 99.5)) if known.any() else 1.0
    picture = colour_ramp(chm_m, 0.0, max(highest_m, 1.0), name="viridis")
    picture[~known] = _MISSING_RGB
    return picture


def _paint_outlines(
    picture: RgbImage, outlines: npt.NDArray[np.object_], grid: Grid, line_px: float = _LINE_PX
) -> None:
    """Draw dark casing and bright line into `picture`, in place."""
    borders = shapely.boundary(outlines)
    for width_px, colour in ((_CASING * line_px, _CASING_RGB), (line_px, _LINE_RGB)):
        strips = [strip for strip in shapely.buffer(borders, width_px / 2 * grid.cell_crs, quad_segs=2) if strip]
        if strips:
            mask = rasterio.features.rasterize(strips, out_shape=grid.shape, transform=grid.transform, dtype="uint8")
            picture[mask.astype(bool)] = colour
