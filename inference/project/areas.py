"""Areas in the layer `areas` of a project file: complete areas, control plots, cells of the plot grid."""

from collections.abc import Mapping

import numpy as np
import shapely

from inference.crowns.geometry import to_valid_polygon
from inference.crowns.records import AREA_KINDS, Area, AreaKind
from inference.project import gpkg

_KINDS: Mapping[object, AreaKind] = {kind: kind for kind in AREA_KINDS}


def row_of(area: Area) -> tuple[object, ...]:
    """The values of an area in the order of the layer's columns, its outline as WKB."""
    return (
        area.area_id,
        shapely.to_wkb(area.outline, output_dimension=2, byte_order=1),
        area.kind,
        area.name,
        area.note,
        int(area.done),
        area.edited_by,
        area.edited_at,
    )


def area_of(row: tuple[object, ...]) -> Area | None:
    """The area of a row with WKB; None without a usable outline. Other programs may have written the row."""
    area_id, wkb, kind, name, note, done, by, at = row
    if not isinstance(area_id, int) or not isinstance(wkb, bytes):
        return None
    with np.errstate(invalid="ignore"):
        drawn = shapely.from_wkb(wkb, on_invalid="ignore")
    is_plain = isinstance(drawn, shapely.Polygon) and drawn.is_valid and not drawn.is_empty and not drawn.has_z
    outline = drawn if is_plain else to_valid_polygon(drawn) if drawn is not None else None
    if outline is None:
        return None
    kind_here = _KINDS.get(kind, "complete")
    return Area(area_id, kind_here, outline, _text(name) or "", _text(note) or "", bool(done), _text(by), _text(at))


def stored(row: tuple[object, ...], srs_id: int) -> tuple[object, ...]:
    """A row as the layer keeps it: its WKB behind the header of a GeoPackage."""
    outlines = np.array([shapely.from_wkb(row[1])], object)
    return (row[0], gpkg.encode(outlines, srs_id)[0], *row[2:])


def plain(row: tuple[object, ...]) -> tuple[object, ...]:
    """A row of the layer with its outline as WKB, None where there is none."""
    blob = row[1]
    return (row[0], gpkg.wkb_of(blob) if isinstance(blob, bytes) else None, *row[2:])


def _text(value: object) -> str | None:
    return None if value is None else str(value)
