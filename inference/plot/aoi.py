"""The area of interest: polygons from a vector file, in the plot CRS."""

import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from rasterio.crs import CRS

from inference.errors import RasterError, VectorError
from inference.plot.crs import shares_crs, transform_xy
from inference.plot.gdal_session import root_reason


def read_aoi(path: Path, crs_wkt: str) -> shapely.MultiPolygon:
    """All polygons of a vector file as one area in `crs_wkt`.

    Raises:
        VectorError: the file cannot be read, or holds no polygon.
    """
    # pyogrio imports pandas where it is installed, which a plot without area of interest need not wait for.
    from pyogrio import list_layers
    from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError
    from pyogrio.raw import read

    failures = (CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError, OSError)
    try:
        layer = next((name for name, kind in list_layers(path) if kind and "Polygon" in kind), None)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of several layers, odd rings: what matters is said below
            meta, _, wkb, _ = read(path, layer=layer, columns=[], force_2d=True)
            shapes = shapely.from_wkb([geometry for geometry in wkb if geometry is not None])
    except failures as failure:
        raise VectorError(
            "aoi.unreadable",
            "The area of interest {name} cannot be read ({reason}). Choose a polygon layer (shapefile, GeoPackage or"
            " GeoJSON).",
            name=path.name,
            reason=root_reason(failure),
        ) from failure
    shapes = [shape for shape in shapes if np.isfinite(shapely.get_coordinates(shape)).all()]
    polygons = [
        part
        for shape in shapely.make_valid(shapes)
        for part in shapely.get_parts(shape)
        if isinstance(part, shapely.Polygon) and not part.is_empty
    ]
    if not polygons:
        raise VectorError(
            "aoi.no_polygon",
            "The area of interest {name} holds no polygon. Choose a polygon layer.",
            name=path.name,
        )
    source_wkt = _wkt(meta["crs"])
    area = shapely.union_all(polygons)
    if not shares_crs(source_wkt, crs_wkt):
        area = shapely.make_valid(_carried(area, source_wkt, crs_wkt, path))
    parts = [part for part in shapely.get_parts(area) if isinstance(part, shapely.Polygon)]
    return shapely.MultiPolygon(parts)


def _wkt(crs: str | None) -> str:
    return str(CRS.from_user_input(crs).to_wkt()) if crs else ""


def _carried(area: shapely.Geometry, source_wkt: str, target_wkt: str, path: Path) -> shapely.Geometry:
    def carry(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return transform_xy(source_wkt, target_wkt, xy)

    try:
        return shapely.transform(area, carry)
    except RasterError as failure:
        raise VectorError(
            "aoi.no_transformation",
            "The area of interest {name} cannot be brought into the CRS of the orthomosaic. Export it in that CRS.",
            name=path.name,
        ) from failure
