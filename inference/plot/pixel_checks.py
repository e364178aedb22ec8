"""Checks that read pixels of two rasters at once: a shifted DSM, heights that are too great to be metres."""

import math
from collections.abc import Iterator

import numpy as np
from affine import Affine

from inference.plot.compass import compass_name
from inference.plot.cost import DIRECT_READ_PX, is_striped, read_cost_px
from inference.plot.finding import Finding, finding
from inference.plot.frame import AffineFrame
from inference.plot.grid import Grid
from inference.plot.parts import PlotParts
from inference.plot.raster import RasterReader
from inference.plot.reframe import pixels_per_cell
from inference.plot.shift import estimate_shift
from inference.plot.style import to_rgb8

_CELL_M = 0.5
_SIDE_M = 128.0
_MIN_SIDE_M = 30.0
_MIN_SHIFT_M = 2.0
_MIN_SHIFT_CELLS = 3.0
_GRID_SIDE = 256
# No forest is this tall at the 99th percentile of its canopy; feet read as metres are.
_TOO_TALL_M = 90.0
# Few forests are, and feet read as metres make one of 14 m so: worth a word where nothing says which unit it is.
_TALL_M = 45.0
_SHIFTED_DATUM_M = 5.0
# Surface models of forest dip below a good ground model by decimetres (noise, moss, a stream bed), not by so much.
_BURIED_M = 2.0
_BURIED_SHARE = 0.05


def canopy_findings(parts: PlotParts) -> Iterator[Finding]:
    """Heights that cannot be: the DSM and DTM are in different units or height systems, or in feet."""
    if parts.dsm_raster is None or parts.dtm_raster is None or parts.elevation is None:
        return
    sources = (parts.dsm_raster.reader, parts.dtm_raster.reader)
    left, bottom, right, top = parts.extent.bounds
    side = max(right - left, top - bottom)
    fine = _GRID_SIDE * parts.elevation.cell_m / parts.unit_m
    if side > fine and any(_is_slow(reader, math.inf, math.inf) for reader in sources):
        middle = ((left + right) / 2, (bottom + top) / 2)
        left, bottom, right, top = (
            middle[0] - fine / 2,
            middle[1] - fine / 2,
            middle[0] + fine / 2,
            middle[1] + fine / 2,
        )
        side = fine
    grid = Grid.covering(parts.crs_wkt, (left, bottom, right, top), side / _GRID_SIDE)
    above = parts.dsm_raster.surface.interpolated(grid) - parts.dtm_raster.surface.interpolated(grid)
    known = above[~np.isnan(above)]
    if known.size < 100:
        return
    low, high = (float(v) for v in np.percentile(known, [10, 99]))
    if low < -_SHIFTED_DATUM_M or low > _TOO_TALL_M:
        yield finding(
            "dtm.offset",
            "warning",
            "The DSM lies {offset:.0f} m {side} the DTM even in the lowest tenth of the plot: they use different height"
            " systems or units. Heights will be wrong until both are exported alike.",
            offset=abs(low),
            side="below" if low < 0 else "above",
        )
    elif (share := float((known < -_BURIED_M).mean())) > _BURIED_SHARE:
        yield finding(
            "dtm.above_surface",
            "warning",
            "The DTM lies more than {limit:.0f} m above the DSM on {percent:.0f} % of the plot, where no ground can be:"
            " the two are off in height or place. Heights will be too small; export both from one project.",
            limit=_BURIED_M,
            percent=100.0 * share,
        )
    elif high > _TOO_TALL_M:
        yield finding(
            "dsm.too_tall",
            "warning",
            "Heights reach {high:.0f} m above ground: the elevation models may be in feet. If so, export them in"
            " metres.",
            high=high,
        )
    elif high > _TALL_M and all(part.unit.known_from == "assumed" for part in (parts.dsm_raster, parts.dtm_raster)):
        yield finding(
            "dsm.unit_assumed",
            "info",
            "Neither DSM nor DTM says which unit its heights are in. They are taken as metres, so the canopy reaches"
            " {high:.0f} m above ground. If your trees are a third of that, the files are in feet: export them in"
            " metres.",
            high=high,
        )


def shift_findings(parts: PlotParts) -> Iterator[Finding]:
    """Whether the DSM shows the trees beside their place in the orthomosaic."""
    if parts.elevation is None or parts.dsm_raster is None:
        return
    cell_m = max(_CELL_M, parts.elevation.cell_m)
    grid = _window(parts, cell_m)
    if grid is None:
        return
    block = parts.ortho.read_grid(grid)
    dsm_m = parts.dsm_raster.surface.interpolated(grid)
    brightness = to_rgb8(block, parts.stretch).mean(axis=0, dtype=np.float32)
    valid = block.valid & ~np.isnan(dsm_m)
    side_m = min(grid.shape) * cell_m
    if not valid.any():
        return
    shift = estimate_shift(brightness, dsm_m, valid, cell_m, reach_m=min(side_m / 5, 40.0))
    if shift is None or not shift.is_convincing or shift.distance_m < max(_MIN_SHIFT_M, _MIN_SHIFT_CELLS * cell_m):
        return
    yield finding(
        "dsm.shifted",
        "warning",
        "The DSM seems to lie {distance_m:.1f} m {direction} of the trees in the orthomosaic ({east_m:+.1f} m east,"
        " {north_m:+.1f} m north). Heights and crowns will not match; export both from one project, or move the DSM.",
        distance_m=shift.distance_m,
        direction=compass_name(shift.east_m, shift.north_m),
        east_m=shift.east_m,
        north_m=shift.north_m,
    )


def _window(parts: PlotParts, cell_m: float) -> Grid | None:
    """A square in the middle of the plot, no larger than can be read in a moment; None where that is too small."""
    left, bottom, right, top = parts.extent.bounds
    side_m = min(_SIDE_M * cell_m / _CELL_M, (right - left) * parts.unit_m, (top - bottom) * parts.unit_m)
    assert parts.dsm_raster is not None
    for reader in (parts.ortho, parts.dsm_raster.reader):
        side_m = min(side_m, _readable_m(reader, cell_m, parts))
    if side_m < _MIN_SIDE_M * cell_m / _CELL_M:
        return None
    middle = (
        parts.extent.representative_point() if not parts.extent.centroid.within(parts.extent) else parts.extent.centroid
    )
    half = side_m / parts.unit_m / 2
    bounds = (middle.x - half, middle.y - half, middle.x + half, middle.y + half)
    return Grid.covering(parts.crs_wkt, bounds, cell_m / parts.unit_m)


def _readable_m(reader: RasterReader, cell_m: float, parts: PlotParts) -> float:
    """Side of the largest square that a raster gives in about 0.2 s, in metres."""
    info = reader.info
    x, y = parts.extent.centroid.x, parts.extent.centroid.y
    one_unit = AffineFrame(parts.crs_wkt, Affine(1.0, 0.0, x, 0.0, -1.0, y), 1, 1)
    pixel_m = parts.unit_m / pixels_per_cell(info.transform, info.crs_wkt, one_unit)
    scale = cell_m / pixel_m
    per_px = read_cost_px(info, 1024, 1024, scale) / (1024 * 1024)
    if is_striped(info):
        return DIRECT_READ_PX / (info.width_px * per_px) * pixel_m
    return math.sqrt(DIRECT_READ_PX / per_px) * pixel_m


def _is_slow(reader: RasterReader, w_px: float, h_px: float) -> bool:
    info = reader.info
    return read_cost_px(info, w_px, h_px, max(info.width_px, info.height_px) / _GRID_SIDE) > DIRECT_READ_PX
