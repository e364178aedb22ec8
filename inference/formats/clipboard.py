"""Crowns as text for the clipboard: the table of WKT that QGIS writes and reads, and GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from inference import json_text
from inference.crowns.crown import Crown
from inference.crowns.geometry import to_valid_polygon
from inference.errors import InputError
from inference.formats.formulas import guarded, unguarded

_GEOMETRY = "wkt_geom"
_COLUMNS = ("tree_id", "species", "species_code", "label", "note")
_WORDS = ("POLYGON", "MULTIPOLYGON")


@dataclass(frozen=True, slots=True)
class Pasted:
    """One crown as the clipboard has it.

    Attributes:
        outline: valid polygon in the plot CRS.
        species, species_code, label, note: as in `Crown`; empty where the text has none.
    """

    outline: shapely.Polygon
    species: str = ""
    species_code: str = ""
    label: str = ""
    note: str = ""


def text_of(crowns: Sequence[Crown]) -> str:
    """A table with tabs, outlines as WKT in the plot CRS; QGIS and spreadsheets paste it."""
    rows = ["\t".join((_GEOMETRY, *_COLUMNS))]
    for crown in crowns:
        values = ("" if value is None else str(value) for value in (getattr(crown, name) for name in _COLUMNS))
        flat = (str(guarded(" ".join(value.split()))) for value in values)
        rows.append("\t".join((shapely.to_wkt(crown.outline, rounding_precision=-1), *flat)))
    return "\n".join(rows)


def geojson_of(crowns: Sequence[Crown], crs_wkt: str) -> str:
    """A GeoJSON collection in degrees (RFC 7946); in the plot's own coordinates where its CRS is unknown."""
    from inference.plot.crs import WGS84_WKT, is_geographic, is_local, transform_xy

    outlines = [crown.outline for crown in crowns]
    if crs_wkt and not is_local(crs_wkt) and not is_geographic(crs_wkt):
        outlines = [
            shapely.transform(outline, lambda xy: transform_xy(crs_wkt, WGS84_WKT, np.asarray(xy, np.float64)))
            for outline in outlines
        ]
    features = [
        {
            "type": "Feature",
            "properties": {name: getattr(crown, name) for name in _COLUMNS},
            "geometry": json.loads(shapely.to_geojson(outline)),
        }
        for crown, outline in zip(crowns, outlines, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def crowns_in(text: str, crs_wkt: str) -> tuple[Pasted, ...]:
    """The crowns in a text: GeoJSON, or WKT with one polygon a line, alone or as the first column of a table.

    Args:
        text: from the clipboard.
        crs_wkt: plot CRS. WKT is taken to be in it; GeoJSON is in degrees unless it says otherwise or cannot be.

    Raises:
        InputError: there is no polygon in it.
    """
    stripped = text.strip()
    found = _of_geojson(stripped, crs_wkt) if stripped.startswith("{") else _of_table(stripped)
    pasted = tuple(found)
    if not pasted:
        raise InputError(
            "clipboard.no_crowns",
            "There are no crowns on the clipboard. Copy crowns here or in QGIS first, as WKT or GeoJSON.",
        )
    return pasted


def _of_table(text: str) -> Iterable[Pasted]:
    names: list[str] = []
    for line in text.splitlines():
        cells = line.split("\t")
        if cells[0].strip().casefold() == _GEOMETRY:
            names = [name.strip().casefold() for name in cells[1:]]
        elif cells[0].strip().upper().startswith(_WORDS):
            shape = shapely.from_wkt(cells[0].strip(), on_invalid="ignore")
            yield from _pasted(shape, dict(zip(names, map(unguarded, cells[1:]), strict=False)))


def _of_geojson(text: str, crs_wkt: str) -> Iterable[Pasted]:
    try:
        document = json_text.parse(text)
    except ValueError:
        return
    features = document.get("features", [document])
    for feature in features if isinstance(features, list) else ():
        if not isinstance(feature, dict):
            continue
        shape = feature.get("geometry") if feature.get("type") == "Feature" else feature
        with np.errstate(invalid="ignore"):
            read = shapely.from_geojson(json.dumps(shape), on_invalid="ignore")
        properties = feature.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        if read is not None and not read.is_empty:
            yield from _pasted(_in_plot(read, document, crs_wkt), properties)


def _in_plot(shape: shapely.Geometry, document: dict[str, object], crs_wkt: str) -> shapely.Geometry:
    """From degrees to the plot CRS, unless the coordinates cannot be degrees or the text names another CRS."""
    from inference.plot.crs import WGS84_WKT, is_geographic, is_local, transform_xy

    left, bottom, right, top = shape.bounds
    in_degrees = left >= -180 and right <= 180 and bottom >= -90 and top <= 90
    if "crs" in document or not in_degrees or not crs_wkt or is_local(crs_wkt) or is_geographic(crs_wkt):
        return shape
    return shapely.transform(shape, lambda xy: transform_xy(WGS84_WKT, crs_wkt, np.asarray(xy, np.float64)))


def _pasted(shape: shapely.Geometry | None, values: dict[str, object]) -> Iterable[Pasted]:
    """One crown for each polygon of a geometry."""
    if shape is None:
        return
    texts = {name: str(values.get(name) or "").strip() for name in ("species", "species_code", "label", "note")}
    for part in shapely.get_parts(shape).tolist():
        outline = to_valid_polygon(part) if part.geom_type == "Polygon" else None
        if outline is not None:
            yield Pasted(outline, **texts)
