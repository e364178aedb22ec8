"""Writes crowns as GeoJSON in the plot CRS, named by a `crs` member.

RFC 7946 wants longitude and latitude, but allows another CRS among programs that agree on it. Here it is agreed: QGIS,
GDAL, geopandas and detectree2 (which writes its crowns so) all read the `crs` member, the crowns stay in metres, and
no number changes on the way out and in again. A local CRS without an EPSG code cannot be named in that member; its WKT
stands in the sidecar and in the member `birchtree`.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely

import inference
from inference.formats.sheet import Column, Sheet
from inference.plot.crs import epsg_code


def write(sheet: Sheet, path: Path) -> None:
    """Write one feature per line; null where nothing is known.

    Raises:
        OSError: it cannot be written.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{\n"type": "FeatureCollection",\n"name": "crowns",\n')
        code = epsg_code(sheet.crs_wkt)
        if code is not None:
            crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"}}
            file.write(f'"crs": {json.dumps(crs)},\n')
        own = {"version": inference.__version__, "crs_wkt": sheet.crs_wkt}
        file.write(f'"birchtree": {json.dumps(own, ensure_ascii=False)},\n"features": [\n')
        file.write(",\n".join(_features(sheet)))
        file.write("\n]\n}\n")


def _features(sheet: Sheet) -> Iterator[str]:
    names = [field.name for field in sheet.long_fields]
    columns = [json_values(column) for column in sheet.values(sheet.long_fields)]
    geometries = shapely.to_geojson(sheet.outlines).tolist() if len(sheet) else []
    for geometry, *values in zip(geometries, *columns, strict=True):
        properties = json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False)
        yield f'{{"type": "Feature", "properties": {properties}, "geometry": {geometry}}}'


def json_values(column: Column) -> list[object]:
    """Values as JSON has them: None for NaN, 0 and 1 for flags."""
    if column.dtype == np.bool_:
        return [int(value) for value in column]
    values: list[object] = column.tolist()
    if np.issubdtype(column.dtype, np.floating):
        return [None if value != value else value for value in values]
    return values
