"""A plot: orthomosaic, elevation and area of interest of one survey, open for reading in one CRS."""

import hashlib
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from affine import Affine
from rasterio.features import geometry_mask

from inference.errors import InputError
from inference.plot.checks import check_plot
from inference.plot.collars import without_specks
from inference.plot.crs import epsg_code
from inference.plot.elevation import Elevation
from inference.plot.finding import Finding
from inference.plot.frame import apply_affine, cell_size
from inference.plot.grid import Bounds, Grid
from inference.plot.identity import file_key
from inference.plot.open_rasters import open_parts
from inference.plot.parts import PlotParts
from inference.plot.raster import RasterReader
from inference.plot.sources import PlotSources, guess_elevation
from inference.plot.style import RasterStretch, to_rgb8
from inference.plot.tile import Tile

# A hole in the data no larger than this is a black shadow or a white roof, not the mosaic's edge.
_SPECK_M2 = 4.0


class Plot:
    """One survey, open for reading from any thread.

    The plot CRS is the orthomosaic's own, or UTM where that is in degrees.
    """

    def __init__(self, sources: PlotSources, parts: PlotParts, findings: tuple[Finding, ...]) -> None:
        self._sources = sources
        self._parts = parts
        self._findings = findings

    @classmethod
    def open(cls, sources: PlotSources, *, check: bool = True) -> "Plot":
        """Open and look over the files of a plot, in well under a second whatever their size.

        Args:
            sources: the files.
            check: also look for trouble that needs pixels of two rasters (a shifted DSM, feet); what a run needs to be
                right (undeclared nodata, the CRS, overlap) is always looked at.

        Raises:
            RasterError, VectorError: a file cannot be used.
            InputError: a finding of severity "error", such as rasters that do not overlap.
        """
        parts = open_parts(sources)
        try:
            findings = check_plot(parts, pixels=check)
            for found in findings:
                if found.severity == "error":
                    raise InputError(found.code, "{sentence}", sentence=found.sentence)
        except InputError:
            parts.close()
            raise
        return cls(sources, parts, findings)

    def close(self) -> None:
        """Close all files."""
        self._parts.close()

    def __enter__(self) -> "Plot":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def sources(self) -> PlotSources:
        """The files."""
        return self._sources

    @property
    def crs_wkt(self) -> str:
        """The plot CRS; "" where the orthomosaic has none."""
        return self._parts.crs_wkt

    @property
    def epsg(self) -> int | None:
        """EPSG code of the plot CRS; None where it has none."""
        return epsg_code(self._parts.crs_wkt)

    @property
    def unit_m(self) -> float:
        """Metres per unit of the plot CRS."""
        return self._parts.unit_m

    @property
    def gsd_m(self) -> float:
        """Side of an orthomosaic pixel in metres."""
        return cell_size(self._parts.ortho.transform) * self.unit_m

    @property
    def bounds_crs(self) -> Bounds:
        """(left, bottom, right, top) of the orthomosaic."""
        return self._parts.ortho.bounds_crs

    @property
    def extent(self) -> shapely.Polygon:
        """Rough outline of where the orthomosaic has data, never too small; cut by the area of interest."""
        extent = self._parts.extent
        if self._parts.aoi is not None:
            extent = shapely.intersection(extent, self._parts.aoi).convex_hull
        return extent

    @property
    def aoi(self) -> shapely.MultiPolygon | None:
        """The area of interest in the plot CRS."""
        return self._parts.aoi

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks found."""
        return self._findings

    @property
    def ortho(self) -> RasterReader:
        """The orthomosaic, seen in the plot CRS."""
        return self._parts.ortho

    @property
    def dsm(self) -> RasterReader | None:
        """The surface model, in its own CRS."""
        return None if self._parts.dsm_raster is None else self._parts.dsm_raster.reader

    @property
    def dtm(self) -> RasterReader | None:
        """The terrain model, in its own CRS."""
        return None if self._parts.dtm_raster is None else self._parts.dtm_raster.reader

    @property
    def elevation(self) -> Elevation | None:
        """Heights; None without a DSM."""
        return self._parts.elevation

    @property
    def stretch(self) -> RasterStretch:
        """How orthomosaic values become 8-bit, the same for every tile."""
        return self._parts.stretch

    def crs_to_px(self, xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """(N, 2) plot coordinates to level-0 pixels of the orthomosaic; (0, 0) is its first pixel's outer corner."""
        return apply_affine(~self._parts.ortho.transform, np.asarray(xy, np.float64))

    def px_to_crs(self, px: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """(N, 2) level-0 pixels of the orthomosaic to plot coordinates."""
        return apply_affine(self._parts.ortho.transform, np.asarray(px, np.float64))

    def work_grid(self, gsd_m: float) -> Grid:
        """The grid with cells of `gsd_m` metres over the extent (and the area of interest, where there is one)."""
        return Grid.covering(self.crs_wkt, self.extent.bounds, gsd_m / self.unit_m)

    def read_tile(self, index: int, grid: Grid, core_crs: Bounds) -> Tile:
        """Read everything of one window (halo included) for a segmenter.

        Raises:
            RasterError: a file is damaged.
        """
        shrinks = grid.cell_crs * self.unit_m > self.gsd_m
        block = self.ortho.read_grid(grid, resampling="average" if shrinks else "bilinear")
        block = without_specks(block, self.ortho.info.rule, _SPECK_M2 / (grid.cell_crs * self.unit_m) ** 2)
        rgb = to_rgb8(block, self.stretch)
        valid = block.valid & self._within_aoi(grid)
        rgb[:, ~valid] = 0
        elevation = self.elevation
        dsm_m = chm_m = None
        if elevation is not None:
            dsm_m, chm_m = elevation.dsm_and_chm_m(grid)
        return Tile(
            index=index,
            grid=grid,
            core_crs=core_crs,
            rgb=rgb,
            valid=valid,
            inside=block.valid,
            dsm_m=dsm_m,
            chm_m=chm_m,
            height_source=None if elevation is None else elevation.source,
            unit_m=self.unit_m,
        )

    def content_key(self) -> str:
        """Short hash of the files' content (size, time, both ends): the same key means the same input."""
        digest = hashlib.sha256()
        sources = self._sources
        for role, path in (("ortho", sources.ortho), ("dsm", sources.dsm), ("dtm", sources.dtm), ("aoi", sources.aoi)):
            digest.update(f"{role}:{'' if path is None else file_key(path)};".encode())
        return digest.hexdigest()[:32]

    def _within_aoi(self, grid: Grid) -> npt.NDArray[np.bool_]:
        if self._parts.aoi is None:
            return np.ones(grid.shape, np.bool_)
        box = shapely.box(*grid.bounds_crs)
        near = [part for part in self._parts.aoi.geoms if part.intersects(box)]
        if not near:
            return np.zeros(grid.shape, np.bool_)
        transform: Affine = grid.transform
        inside: npt.NDArray[Any] = geometry_mask(near, grid.shape, transform, invert=True)
        return inside.astype(np.bool_)


__all__ = ["Plot", "PlotSources", "guess_elevation"]
