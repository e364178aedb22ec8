"""The one door to pyogrio: columns in and out of any vector file, its failures turned into sentences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from inference import disk
from inference.errors import VectorError
from inference.plot import gdal_drivers, local_files
from inference.plot.crs import wkt_of

gdal_drivers.register_vector_drivers()  # before anything else imports pyogrio

import pyogrio  # noqa: E402
from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError  # noqa: E402

Column = npt.NDArray[np.generic]

_DATABASES = (".gpkg", ".sqlite", ".db")
# "sqlite3_exec(INSERT ...) failed: reason", "Failed to prepare SQL INSERT ...: reason"
_SQL = re.compile(r"sqlite3_exec\(.*\) failed|Failed to prepare SQL [^:]*")
# pyogrio on a CRS that GDAL cannot write as text, on a file without layers, and on rows that memory does not hold.
_ODD = (UnboundLocalError, IndexError, MemoryError)
_FAILURES = (CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a vector file as it is: geometries of any type, columns of any name.

    Attributes:
        geometries: (N,) shapely geometries, None for null.
        columns: (N,) values by the file's own column names, a named row id (as in a project file) among them.
        crs_wkt: "" when the file does not say.
    """

    geometries: npt.NDArray[np.object_]
    columns: dict[str, Column]
    crs_wkt: str


def write(
    path: Path,
    outlines: npt.NDArray[np.object_],
    columns: Mapping[str, Column],
    *,
    crs_wkt: str,
    driver: str,
    **options: Any,
) -> None:
    """Write polygons with GDAL.

    Args:
        path: a new file, or with `append=True` one that gets another layer.
        outlines: (N,) polygons.
        columns: (N,) values by name, in file order: int32, int64, float64 with NaN, or object with None.
        crs_wkt: "" writes none.
        driver: GDAL's name of the format.
        **options: of `pyogrio.raw.write`: `layer`, `append`, `encoding`, `layer_metadata`.

    Raises:
        VectorError: GDAL could not write it.
        InputError: the disk is full.
    """
    options |= {"geometry_type": "Polygon", "crs": crs_wkt or None, "driver": driver}
    try:
        pyogrio.raw.write(path, shapely.to_wkb(outlines), list(columns.values()), list(columns), **options)
    except _FAILURES as error:
        if disk.is_full(error) or disk.has_no_room(path.parent):
            raise disk.full(path) from error
        raise VectorError(
            "export.failed",
            "{name} could not be written ({reason}). The older file, if any, is unchanged.",
            name=path.name,
            reason=_reason(error),
        ) from error


def layers(path: Path) -> list[tuple[str, str | None]]:
    """Name and geometry type (None for a table without geometry) of each layer.

    Raises:
        VectorError: not a vector file that GDAL can read.
    """
    full = local_files.check_vector(path)
    try:
        found: list[tuple[str, str | None]] = pyogrio.list_layers(full).tolist()
    except _FAILURES as error:
        raise _unreadable(path, error) from error
    return found


def read(path: Path, layer: str | None = None, **open_options: str) -> Layer:
    """Read a whole layer.

    Args:
        path: any file that GDAL knows.
        layer: name; None for the first.
        **open_options: of the GDAL driver.

    Raises:
        VectorError: the file is missing, damaged or of no known format.
    """
    full = local_files.check_vector(path)
    try:
        meta, fids, wkb, fields = pyogrio.raw.read(
            full, layer=layer, force_2d=True, datetime_as_string=True, return_fids=True, **open_options
        )
        # Only a database names its row ids; text formats would be parsed once more to say that they do not.
        is_database = path.suffix.lower() in _DATABASES
        fid_column = str(pyogrio.read_info(full, layer=layer)["fid_column"]) if is_database else ""
        geometries = _geometries(wkb, len(fields[0]) if len(fields) else 0)
    except (*_FAILURES, *_ODD, shapely.errors.GEOSException) as error:
        raise _unreadable(path, error) from error
    columns = dict(zip((str(name) for name in meta["fields"]), fields, strict=True))
    if fid_column:
        columns[fid_column] = fids
    return Layer(geometries, columns, crs_to_wkt(meta["crs"]))


def crs_to_wkt(crs: str | None) -> str:
    """WKT of "EPSG:32611" or any other text for a CRS; "" for none and for what nobody understands."""
    return wkt_of(crs)


def _geometries(wkb: Column | None, rows: int) -> npt.NDArray[np.object_]:
    if wkb is None:
        return np.full(rows, None, object)
    return np.asarray(shapely.from_wkb(wkb, on_invalid="fix"), object)


def _unreadable(path: Path, error: BaseException) -> VectorError:
    if not path.exists():
        return VectorError("vector.missing", "There is no file {path}. Check its name and folder.", path=path)
    if path.suffix.lower() == ".shp" and not path.with_suffix(".shx").exists():
        return VectorError(
            "vector.incomplete",
            "{name} comes without its .shx file. A shapefile is several files: copy all of them ({stem}.shp, .shx, "
            ".dbf, .prj) into one folder.",
            name=path.name,
            stem=path.stem,
        )
    return VectorError(
        "vector.unreadable",
        "{name} cannot be read as a vector file ({reason}). Open it in a GIS and save it as GeoPackage or shapefile.",
        name=path.name,
        reason=_reason(error),
    )


def _reason(error: BaseException) -> str:
    text = str(error).strip().splitlines()
    # What GDAL asked its database to do is of no use to anybody; what came of it may be.
    plain = _SQL.sub("", text[0]).strip(" .:") if text else ""
    return plain or type(error).__name__
