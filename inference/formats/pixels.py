"""Between the plot CRS and the pixels of the orthomosaic's file, as image programs count them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from affine import Affine
from rasterio.transform import GCPTransformer

from inference.plot.crs import transform_xy
from inference.plot.gdal_session import gdal_session, open_raster

Points = npt.NDArray[np.float64]
Geometries = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class PixelFrame:
    """The file's own level-0 pixels: x right, y down, (0, 0) the outer corner of the first pixel.

    For an orthomosaic in degrees or with control points only this is the file as it is, not as the plot sees it:
    other programs open the same file.

    Attributes:
        name: file name.
        width_px, height_px: of the file.
    """

    name: str
    width_px: int
    height_px: int
    _crs_to_px: Callable[[Points], Points]
    _px_to_crs: Callable[[Points], Points]

    @classmethod
    def open(cls, path: Path, plot_crs_wkt: str) -> "PixelFrame":
        """Read the header of an orthomosaic.

        Raises:
            RasterError: the file is missing or damaged.
        """
        with gdal_session(path), open_raster(path) as dataset:
            gcps, gcp_crs = dataset.gcps
            crs = gcp_crs if dataset.transform.is_identity and gcps else dataset.crs
            file_wkt = str(crs.to_wkt()) if crs else plot_crs_wkt
            if dataset.transform.is_identity and gcps:
                to_file, to_pixels = _by_gcps(gcps)
            else:
                to_file, to_pixels = _by_affine(dataset.transform)
            size = (dataset.width, dataset.height)
        return cls(
            path.name,
            *size,
            lambda xy: to_pixels(transform_xy(plot_crs_wkt, file_wkt, xy)),
            lambda xy: transform_xy(file_wkt, plot_crs_wkt, to_file(xy)),
        )

    def to_px(self, geometries: Geometries) -> Geometries:
        """Geometries of the plot CRS in pixels."""
        return np.asarray(shapely.transform(geometries, self._crs_to_px), object)

    def to_crs(self, geometries: Geometries) -> Geometries:
        """Geometries in pixels in the plot CRS."""
        return np.asarray(shapely.transform(geometries, self._px_to_crs), object)


def _by_affine(transform: Affine) -> tuple[Callable[[Points], Points], Callable[[Points], Points]]:
    def applied(affine: Affine, xy: Points) -> Points:
        x, y = xy[:, 0], xy[:, 1]
        return np.column_stack([affine.a * x + affine.b * y + affine.c, affine.d * x + affine.e * y + affine.f])

    inverse = ~transform
    return lambda xy: applied(transform, xy), lambda xy: applied(inverse, xy)


def _by_gcps(gcps: list[Any]) -> tuple[Callable[[Points], Points], Callable[[Points], Points]]:
    """By a polynomial through the control points, one for each direction: good to a fraction of a pixel."""

    def to_file(xy: Points) -> Points:
        with GCPTransformer(gcps) as transformer:
            xs, ys = transformer.xy(xy[:, 1], xy[:, 0], offset="ul")
        return np.column_stack([np.asarray(xs, np.float64), np.asarray(ys, np.float64)])

    def to_pixels(xy: Points) -> Points:
        with GCPTransformer(gcps) as transformer:
            rows, cols = transformer.rowcol(xy[:, 0], xy[:, 1], op=lambda values: values)
        return np.column_stack([np.asarray(cols, np.float64), np.asarray(rows, np.float64)])

    return to_file, to_pixels
