"""The area of interest: polygons from a vector file, in the plot CRS."""

import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from inference.errors import RasterError, VectorError
from inference.plot import gdal_drivers, local_files
from inference.plot.crs import shares_crs, transform_xy, wkt_of
from inference.plot.gdal_session import root_reason
from inference.plot.tangles import is_tangled

# pyogrio on a CRS that GDAL cannot write as text, on a file without layers, and on rows that memory does not hold.
_ODD = (UnboundLocalError, IndexError, MemoryError)


def read_aoi(path: Path, crs_wkt: str) -> shapely.MultiPolygon:
    """All polygons of a vector file as one area in `crs_wkt`.

    Raises:
        VectorError: the file cannot be read, or holds no polygon.
    """
    # pyogrio imports pandas where it is installed, which a plot without area of interest need not wait for.
    gdal_drivers.register_vector_drivers()
    from pyogrio import list_layers
    from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError
    from pyogrio.raw import read

    failures = (CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError, OSError)
    try:
        full = local_files.check_vector(path)
        layer = next((name for name, kind in list_layers(full) if kind and "Polygon" in kind), None)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of several layers, odd rings: what matters is said below
            meta, _, wkb, _ = read(full, layer=layer, columns=[], force_2d=True)
            known = [geometry for geometry in wkb if geometry is not None] if wkb is not None else []
            shapes = [shape for shape in shapely.from_wkb(known, on_invalid="fix") if shape is not None]
    except (*failures, shapely.errors.GEOSException, ValueError, *_ODD) as failure:
        raise VectorError(
            "aoi.unreadable",
            "The area of interest {name} cannot be read ({reason}). Choose a polygon layer (shapefile, GeoPackage or"
            " GeoJSON).",
            name=path.name,
            reason=root_reason(failure),
        ) from failure
    shapes = [shape for shape in shapes if np.isfinite(shapely.get_coordinates(shape)).all()]
    shapes = [shape for shape in shapes if not is_tangled(shape)]
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
    source_wkt = wkt_of(meta["crs"])
    area = shapely.union_all(polygons)
    if not shares_crs(source_wkt, crs_wkt):
        area = shapely.make_valid(_carried(area, source_wkt, crs_wkt, path))
    parts = [part for part in shapely.get_parts(area) if isinstance(part, shapely.Polygon)]
    return shapely.MultiPolygon(parts)


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
