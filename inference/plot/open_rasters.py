"""Open the rasters of a plot and settle what every reader of them must agree on: CRS, nodata, stretch, units."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import shapely

from inference import paths
from inference.errors import RasterError
from inference.plot.aoi import read_aoi
from inference.plot.block import RasterBlock
from inference.plot.collars import elevation_nodata, imagery_collar, is_alpha, matching
from inference.plot.crs import ground_scale, is_geographic, lon_lat, unit_m, utm_wkt
from inference.plot.elevation import Elevation
from inference.plot.extent import data_extent
from inference.plot.grid import Bounds
from inference.plot.parts import ElevationRaster, PlotParts
from inference.plot.raster import RasterReader
from inference.plot.sampling import RasterSample, sample_raster, thumbnail_cost_px
from inference.plot.sources import PlotSources
from inference.plot.style import RasterStretch
from inference.plot.surface import Surface
from inference.plot.validity import UndeclaredNodata
from inference.plot.vertical import elevation_unit

# UTM stretches lengths by up to 0.1 %; what stretches more (Web Mercator) is corrected in `unit_m`.
_NEGLIGIBLE_STRETCH = 0.01
_CHEAP_WARP_PX = 4_000_000
_LARGE_PLOT_M2 = 4_000_000.0
_AOI_MARGIN_M = 60.0


@dataclass(frozen=True, slots=True)
class Imagery:
    """An orthomosaic opened for a plot."""

    reader: RasterReader
    sample: RasterSample
    collar: UndeclaredNodata | None
    stretch: RasterStretch
    has_gcps: bool


def open_parts(sources: PlotSources) -> PlotParts:
    """Open a plot's rasters and its area of interest.

    Raises:
        RasterError, VectorError: a file cannot be used.
    """
    with ExitStack() as opened:
        imagery = open_imagery(sources.ortho)
        ortho = imagery.reader
        opened.callback(ortho.close)
        crs_wkt = ortho.crs_wkt
        stretch_factor, metres = _metres_per_unit(ortho)
        aoi = None if sources.aoi is None else read_aoi(sources.aoi, crs_wkt)
        rasters: list[ElevationRaster | None] = []
        for path in (sources.dsm, sources.dtm):
            raster = None if path is None else open_elevation(path, crs_wkt)
            if raster is not None:
                opened.callback(raster.reader.close)
            rasters.append(raster)
        dsm, dtm = rasters
        extent = data_extent(ortho, imagery.sample)
        parts = PlotParts(
            ortho=ortho,
            ortho_crs_wkt=ortho.info.source_crs_wkt,
            ortho_has_gcps=imagery.has_gcps,
            ortho_collar=imagery.collar,
            ortho_is_empty=imagery.sample.is_complete and not imagery.sample.block.valid.any(),
            crs_wkt=crs_wkt,
            unit_m=metres,
            ground_scale=stretch_factor,
            extent=extent,
            aoi=aoi,
            stretch=imagery.stretch,
            dsm_raster=dsm,
            dtm_raster=dtm,
            elevation=_elevation(dsm, dtm, crs_wkt, metres, _ground_bounds(extent, aoi, metres)),
        )
        opened.pop_all()
        return parts


def _metres_per_unit(ortho: RasterReader) -> tuple[float, float]:
    """(stretch of the projection, metres on the ground per unit of the plot CRS) at the middle of the plot."""
    left, bottom, right, top = ortho.bounds_crs
    stretch_factor = ground_scale(ortho.crs_wkt, (left + right) / 2, (bottom + top) / 2)
    metres = unit_m(ortho.crs_wkt)
    return stretch_factor, metres / stretch_factor if abs(stretch_factor - 1.0) > _NEGLIGIBLE_STRETCH else metres


def _elevation(
    dsm: ElevationRaster | None, dtm: ElevationRaster | None, crs_wkt: str, unit_m: float, bounds_crs: Bounds
) -> Elevation | None:
    if dsm is None:
        return None
    return Elevation(
        dsm.surface,
        None if dtm is None else dtm.surface,
        crs_wkt=crs_wkt,
        unit_m=unit_m,
        bounds_crs=bounds_crs,
        cache_dir=paths.cache_dir() / "ground",
    )


def _ground_bounds(extent: shapely.Polygon, aoi: shapely.MultiPolygon | None, unit_m: float) -> Bounds:
    """Where a ground is estimated: on the whole plot, on a very large one only around the area of interest."""
    left, bottom, right, top = extent.bounds
    if aoi is None or (right - left) * (top - bottom) * unit_m**2 <= _LARGE_PLOT_M2:
        return (left, bottom, right, top)
    margin = _AOI_MARGIN_M / unit_m
    west, south, east, north = aoi.bounds
    near = (max(left, west - margin), max(bottom, south - margin), min(right, east + margin), min(top, north + margin))
    return near if near[0] < near[2] and near[1] < near[3] else (left, bottom, right, top)


def open_imagery(path: Path) -> Imagery:
    """Open an orthomosaic in its own projected CRS, or in UTM where it is in degrees or has only control points.

    Raises:
        RasterError: the file cannot be used.
    """
    with ExitStack() as opened:
        stored = RasterReader.open(path, as_stored=True)
        opened.callback(stored.close)
        alpha_band = _undeclared_alpha(stored)
        if alpha_band is not None:
            stored = RasterReader.open(path, as_stored=True, alpha_band=alpha_band)
            opened.callback(stored.close)
        sample = sample_raster(stored)
        collar = imagery_collar(sample.block)
        extra = () if collar is None else (collar,)
        block = _without(sample.block, extra)
        stretch = RasterStretch.from_sample(block)
        view = _metric_view(stored)
        if collar is None and view is None and not stored.info.needs_placing:
            opened.pop_all()
            return Imagery(stored, sample, collar, stretch, has_gcps=False)
        reader = RasterReader.open(path, view_crs_wkt=view, extra_nodata=extra, alpha_band=alpha_band)
        if not reader.info.is_warped:
            sample = RasterSample(block, sample.is_complete)
        elif thumbnail_cost_px(reader) <= _CHEAP_WARP_PX:
            sample = sample_raster(reader)
        else:
            sample = RasterSample(block, is_complete=False)
        return Imagery(reader, sample, collar, stretch, has_gcps=stored.info.needs_placing)


def _undeclared_alpha(stored: RasterReader) -> int | None:
    """The band behind the colours when it is an alpha band in all but name."""
    info = stored.info
    last = info.band_count
    if info.alpha_band is not None or info.dtype != "uint8" or last not in (2, 4) or last in info.colour_bands:
        return None
    return last if is_alpha(sample_raster(stored, bands=(last,)).block.data) else None


def _metric_view(stored: RasterReader) -> str | None:
    """UTM for a raster in degrees; None where its own CRS will do."""
    info = stored.info
    if info.needs_placing or not is_geographic(info.crs_wkt):
        return None
    left, bottom, right, top = stored.bounds_crs
    return utm_wkt(*lon_lat(info.crs_wkt, (left + right) / 2, (bottom + top) / 2))


def open_elevation(path: Path, plot_crs_wkt: str) -> ElevationRaster:
    """Open a DSM or DTM in its own CRS, with undeclared nodata left out.

    Raises:
        RasterError: the file cannot be used.
    """
    with ExitStack() as opened:
        reader = RasterReader.open(path)
        opened.callback(reader.close)
        if reader.info.dtype == "uint8" and reader.info.band_count >= 3:
            raise RasterError(
                "elevation.picture",
                "{name} is a picture ({bands} bands of 8 bit), not an elevation model. Choose the DSM or DTM of the"
                " survey: one band of heights.",
                name=path.name,
                bands=reader.info.band_count,
            )
        sample = sample_raster(reader)
        unit = elevation_unit(reader.info, plot_crs_wkt)
        block = RasterBlock(sample.block.data[:1], sample.block.valid)
        undeclared = elevation_nodata(block, unit.unit_m * abs(reader.info.scale))
        if undeclared:
            reader.close()
            reader = RasterReader.open(path, extra_nodata=undeclared)
            opened.callback(reader.close)
        sample = RasterSample(_without(block, undeclared), sample.is_complete)
        opened.pop_all()
        return ElevationRaster(reader, Surface(reader, unit.unit_m), sample, unit, undeclared)


def _without(block: RasterBlock, undeclared: tuple[UndeclaredNodata, ...]) -> RasterBlock:
    valid = block.valid
    for value in undeclared:
        valid = valid & ~matching(block, value)
    return RasterBlock(block.data, valid)
