"""Reads crowns from any vector file: shapefile, GeoPackage, GeoJSON, CSV, KML, FlatGeobuf, COCO, another project."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

from inference import json_text
from inference.crowns.collecting import without_collecting
from inference.errors import VectorError
from inference.formats import coco_reader, ogr, sidecar
from inference.formats.formulas import unguarded
from inference.formats.geopackage import LAYER
from inference.formats.ogr import Column, Layer
from inference.formats.rows import VectorRows, polygons_of
from inference.formats.schema import recognise, unknown
from inference.formats.values import converted, reals

MAX_ROWS = 1_000_000
"""Crowns that are read from one file; the largest plots have a tenth."""
_AREAL = ("Polygon", "Unknown", "GeometryCollection", "MultiSurface", "Surface")
# Formats with one layer, which GDAL would parse from end to end to count it.
_ONE_LAYER = (".shp", ".geojson", ".json", ".geojsonl", ".fgb")
_BOX = ("xmin", "ymin", "xmax", "ymax")
_WKT_NAMES = "WKT,_WKT,geometry,geom,wkt_geom,the_geom,geom_wkt"


def read_rows(path: Path, *, layer: str | None = None) -> VectorRows:
    """Read the polygons of a file, and the columns that we know.

    Args:
        path: any vector file.
        layer: of a file with several; None for `crowns`, else the first with polygons.

    Raises:
        VectorError: missing, damaged, of no known format, or without polygons.
    """
    if path.suffix.lower() == ".json":
        document = _json(path)
        if coco_reader.is_coco(document):
            return coco_reader.rows_of(path, document)
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return _csv(path)
    # Dates stay the texts they are; only the GeoJSON driver would make something else of them.
    options = {"DATE_AS_STRING": "YES"} if path.suffix.lower() in (".json", ".geojson") else {}
    return _rows(path, ogr.read(path, layer or _polygon_layer(path), **options))


def _rows(path: Path, layer: Layer) -> VectorRows:
    if len(layer.geometries) > MAX_ROWS:
        raise VectorError(
            "vector.too_many",
            "{name} holds {count} rows, more than the {limit} that are read at once. Cut it to the plot in a GIS.",
            name=path.name,
            count=len(layer.geometries),
            limit=MAX_ROWS,
        )
    places, outlines, tally = polygons_of(layer.geometries)
    if tally.rows and tally.not_polygons == tally.rows:
        raise _no_polygons(path)
    known = recognise(tuple(layer.columns))
    columns = {name: converted(name, layer.columns[column][places]) for name, column in known.items()}
    others = unknown(tuple(layer.columns), known)
    return VectorRows(
        path,
        outlines,
        columns,
        sidecar.crs_wkt_of(path) if not layer.crs_wkt else layer.crs_wkt,
        tally,
        ignored=others,
        others={name: layer.columns[name][places] for name in others},
    )


def _polygon_layer(path: Path) -> str | None:
    if path.suffix.lower() in _ONE_LAYER:
        return None
    layers = ogr.layers(path)
    areal = [name for name, kind in layers if kind is not None and any(word in kind for word in _AREAL)]
    if not areal:
        raise _no_polygons(path)
    return LAYER if LAYER in areal else areal[0]


def _csv(path: Path) -> VectorRows:
    """A table with outlines as WKT, or with DeepForest's boxes in pixels."""
    layer = ogr.read(path, GEOM_POSSIBLE_NAMES=_WKT_NAMES, KEEP_GEOM_COLUMNS="NO", EMPTY_STRING_AS_NULL="YES")
    layer = replace(layer, columns={name: _plain(column) for name, column in layer.columns.items()})
    names = {name.lower(): name for name in layer.columns}
    if not shapely.is_missing(layer.geometries).all() or "wkt" in names:
        rows = _rows(path, layer)
        crs_wkt = rows.crs_wkt or _crs_column(layer, names)
        return rows.chosen(np.arange(len(rows)), crs_wkt=crs_wkt)
    if not all(name in names for name in _BOX):
        if not layer.columns:
            raise _no_polygons(path)
        raise VectorError(
            "vector.table_without_outlines",
            "{name} has neither a column WKT with outlines nor boxes in xmin, ymin, xmax, ymax. Its columns are: "
            "{columns}. Export the crowns with their geometry as WKT.",
            name=path.name,
            columns=", ".join(layer.columns),
        )
    bounds = np.column_stack([reals(layer.columns[names[name]]) for name in _BOX])
    boxes = np.full(len(bounds), None, object)
    complete = np.isfinite(bounds).all(axis=1)
    boxes[complete] = shapely.box(*bounds[complete].T)
    rows = _rows(path, Layer(boxes, layer.columns, ""))
    images = rows.columns.get("image_path", np.full(len(rows), None, object))
    return rows.chosen(np.arange(len(rows)), images=images)


def _plain(column: Column) -> Column:
    """A column without the apostrophes that keep a spreadsheet from running its texts."""
    if column.dtype != object:
        return column
    plain = np.empty(len(column), object)
    plain[:] = [unguarded(value) for value in column.tolist()]
    return plain


def _crs_column(layer: Layer, names: dict[str, str]) -> str:
    """The CRS that our own tables name in each row."""
    if "crs" not in names or not len(layer.columns[names["crs"]]):
        return ""
    return ogr.crs_to_wkt(str(layer.columns[names["crs"]][0]))


def _json(path: Path) -> object:
    try:
        with path.open(encoding="utf-8-sig") as file, without_collecting():
            return json_text.parse(file.read())
    except FileNotFoundError as error:
        raise VectorError("vector.missing", "There is no file {path}. Check its name and folder.", path=path) from error
    except (OSError, ValueError) as error:
        raise VectorError(
            "vector.unreadable",
            "{name} cannot be read as JSON ({reason}). Export it again.",
            name=path.name,
            reason=str(error),
        ) from error


def _no_polygons(path: Path) -> VectorError:
    return VectorError(
        "vector.no_polygons",
        "{name} holds no polygons, so there are no crowns in it. Choose a file with outlines; points and lines "
        "cannot become crowns.",
        name=path.name,
    )
