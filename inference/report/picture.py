"""The map of a report: the orthomosaic with the crowns that are counted, as a JPEG."""

import numpy as np
import rasterio
import rasterio.features
import shapely
from rasterio.io import MemoryFile

from inference import overview
from inference.plot.grid import Grid
from inference.plot.plot import Plot
from inference.report.blocks import Picture
from inference.report.collect import PlotReport
from inference.report.wording import Wording

SIDE_PX = 1400
_QUALITY = 85
_MARGIN = 0.03
_LINES_PER_CROWN = 14.0
_THINNEST_PX, _THICKEST_PX = 1.0, 2.5
_BORDER_PX = 3.0
_BORDER_RGB = (255, 255, 255)


def map_picture(plot: Plot, report: PlotReport, words: Wording, *, side_px: int = SIDE_PX) -> Picture:
    """Draw the map.

    Raises:
        RasterError: the orthomosaic is damaged.
    """
    grid = _grid(plot, report, side_px)
    rgb = overview.draw_orthomosaic(plot, report.crowns.outlines, grid, line_px=_line_px(report, plot, grid))
    if report.area.basis != "valid":
        _paint_border(rgb, report.area.outline, grid)
    height_px, width_px, _ = rgb.shape
    key = "map_caption" if report.area.basis == "valid" else "map_caption_area"
    width = words.quantity(grid.cell_crs * plot.unit_m * width_px, "m", 0)
    return Picture(jpeg_of(rgb), width_px, height_px, words.say("map_alt"), words.say(key, width=width))


def _grid(plot: Plot, report: PlotReport, side_px: int) -> Grid:
    """The area with a margin, as far as the orthomosaic goes."""
    left, bottom, right, top = report.area.outline.bounds
    margin = _MARGIN * max(right - left, top - bottom)
    asked = shapely.box(left - margin, bottom - margin, right + margin, top + margin)
    left, bottom, right, top = shapely.intersection(asked, shapely.box(*plot.bounds_crs)).bounds
    return Grid.covering(plot.crs_wkt, (left, bottom, right, top), max(right - left, top - bottom) / side_px)


def _line_px(report: PlotReport, plot: Plot, grid: Grid) -> float:
    """Thinner lines where crowns are small on the picture, so that the forest stays visible."""
    median_m = report.stand.diameter_m.median or 0.0
    return float(np.clip(median_m / (grid.cell_crs * plot.unit_m) / _LINES_PER_CROWN, _THINNEST_PX, _THICKEST_PX))


def jpeg_of(rgb: overview.RgbImage) -> bytes:
    """(H, W, 3) uint8 as the bytes of a JPEG."""
    height_px, width_px, _ = rgb.shape
    profile = {"driver": "JPEG", "dtype": "uint8", "count": 3, "height": height_px, "width": width_px}
    with MemoryFile() as memory:
        with memory.open(**profile, quality=_QUALITY) as image:
            image.write(np.moveaxis(rgb, -1, 0))
        return bytes(memory.read())


def _paint_border(rgb: overview.RgbImage, area: shapely.Geometry, grid: Grid) -> None:
    strip = shapely.buffer(shapely.boundary(area), _BORDER_PX / 2 * grid.cell_crs, quad_segs=2)
    if not strip.is_empty:
        shape, transform = grid.shape, grid.transform
        mask = rasterio.features.rasterize([strip], out_shape=shape, transform=transform, dtype="uint8")
        rgb[mask.astype(bool)] = _BORDER_RGB
