"""Crowns in the layer of a project file: reading them all, reading some, writing changes."""

import math
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from inference.crowns import columns, in_columns, shape
from inference.crowns.collecting import without_collecting
from inference.crowns.columns import Value
from inference.crowns.crown import Crown
from inference.crowns.edit_parts import EditParts
from inference.crowns.geometry import to_valid_polygon
from inference.crowns.table import CrownTable
from inference.project import change_log, gpkg

_STORED = ", ".join(columns.STORED)
_WRITTEN = ("geom", *columns.STORED, *columns.SHAPE)
_INSERT = f"INSERT INTO crowns (tree_id, {', '.join(_WRITTEN)}) VALUES ({', '.join('?' * (len(_WRITTEN) + 1))})"
_UPDATE = f"UPDATE crowns SET {', '.join(f'{name} = ?' for name in _WRITTEN)} WHERE tree_id = ?"
_POLYGON = 3
# SQLite's limit of variables in one statement is 32,766; asking for some ids at a time stays far below.
_BATCH = 5000


@dataclass(frozen=True, slots=True)
class Found:
    """Crowns read from the layer.

    Attributes:
        crowns: those with a usable outline.
        shapeless: ids of rows without one (made by other programs); BirchTree leaves them alone.
        repaired: crowns whose row in the file no longer says what BirchTree reads from it.
    """

    crowns: tuple[Crown, ...]
    shapeless: frozenset[int]
    repaired: tuple[Crown, ...]


def read_table(connection: sqlite3.Connection, unit_m: float) -> tuple[CrownTable, frozenset[int]]:
    """All crowns as a table, and the ids of rows without a usable outline."""
    with without_collecting():
        rows = _fetch(connection, f"SELECT tree_id, geom, {_STORED} FROM crowns ORDER BY tree_id")
        ids: list[int] = [row[0] for row in rows]
        outlines = gpkg.decode(row[1] for row in rows)
        attributes = [row[2:] for row in rows]
    kinds = shapely.get_type_id(outlines)
    flat = (kinds == _POLYGON) & ~shapely.is_empty(outlines) & ~shapely.has_z(outlines)
    shapeless = set()
    for place in np.flatnonzero(~flat).tolist():
        outlines[place] = None if outlines[place] is None else to_valid_polygon(outlines[place])
        if outlines[place] is None:
            shapeless.add(ids[place])
    if shapeless:
        keep = [place for place, tree_id in enumerate(ids) if tree_id not in shapeless]
        ids, attributes = [ids[place] for place in keep], [attributes[place] for place in keep]
        outlines = outlines[keep]
    return CrownTable.from_rows(ids, outlines, attributes, unit_m=unit_m), frozenset(shapeless)


def read_some(connection: sqlite3.Connection, ids: Iterable[int], unit_m: float, *, check: bool) -> Found:
    """Crowns by id; absent ids are passed over.

    With `check` their outlines are made valid, and measures taken under another outline are dropped: for rows that
    another program wrote.
    """
    rows = [row for batch in _batches(ids) for row in _select(connection, batch)]
    drawn = gpkg.decode(row[1] for row in rows)
    outlines: list[Any] = [None if one is None else to_valid_polygon(one) for one in drawn] if check else drawn.tolist()
    whole = [place for place, outline in enumerate(outlines) if outline is not None]
    shapeless = frozenset(row[0] for row, outline in zip(rows, outlines, strict=True) if outline is None)
    kept = [rows[place] for place in whole]
    crowns = in_columns.crowns_of(
        [row[0] for row in kept], [outlines[place] for place in whole], [row[3:] for row in kept]
    )
    if not check:
        return Found(tuple(crowns), shapeless, ())
    repaired = []
    for number, (place, (_, _, area_m2, *attributes)) in enumerate(zip(whole, kept, strict=True)):
        crown, outline = crowns[number], outlines[place]
        same_area = area_m2 is not None and math.isclose(area_m2, outline.area * unit_m**2, rel_tol=1e-9)
        if not same_area:
            # Somebody else moved the outline, so what was measured under the old one does not hold.
            crown = crowns[number] = crown.with_outline(outline)
        if not same_area or drawn[place] != outline or tuple(attributes) != columns.row_of(crown):
            repaired.append(crown)
    return Found(tuple(crowns), shapeless, tuple(repaired))


def write(connection: sqlite3.Connection, parts: EditParts, *, srs_id: int, unit_m: float) -> None:
    """Make the layer follow an edit; the caller opens and commits the transaction."""
    touched = [*parts.gone, *(crown.tree_id for crown in parts.edit.added)]
    with change_log.written_at_once(connection, touched) as at_once:
        connection.executemany("DELETE FROM crowns WHERE tree_id = ?", ((tree_id,) for tree_id in parts.gone))
        connection.executemany(_INSERT, ((c.tree_id, *values) for c, values in _values(parts.new, srs_id, unit_m)))
        update(connection, parts.moved, srs_id=srs_id, unit_m=unit_m)
        _update_fields(connection, parts.after, parts.fields)
        if at_once:
            _index(connection, parts.gone, [*parts.new, *parts.moved])


def _index(connection: sqlite3.Connection, gone: Iterable[int], placed: Sequence[Crown]) -> None:
    """Do what the triggers of the spatial index do."""
    connection.executemany("DELETE FROM rtree_crowns_geom WHERE id = ?", ((tree_id,) for tree_id in gone))
    boxes = shapely.bounds(columns.objects(crown.outline for crown in placed)).reshape(-1, 4)[:, [0, 2, 1, 3]].tolist()
    rows = ((crown.tree_id, *box) for crown, box in zip(placed, boxes, strict=True))
    connection.executemany("INSERT OR REPLACE INTO rtree_crowns_geom VALUES (?, ?, ?, ?, ?)", rows)


def update(connection: sqlite3.Connection, crowns: Sequence[Crown], *, srs_id: int, unit_m: float) -> None:
    """Write whole rows, outline included."""
    connection.executemany(_UPDATE, ((*values, c.tree_id) for c, values in _values(crowns, srs_id, unit_m)))


def update_attributes(connection: sqlite3.Connection, crowns: Sequence[Crown], fields: Iterable[str]) -> None:
    """Write some fields of crowns whose outline stays."""
    with change_log.written_at_once(connection, [crown.tree_id for crown in crowns]):
        _update_fields(connection, crowns, fields)


def _update_fields(connection: sqlite3.Connection, crowns: Sequence[Crown], fields: Iterable[str]) -> None:
    stored: dict[str, list[Value]] = {}
    for field in fields:
        stored.update(in_columns.stored(crowns, field))
    if not crowns or not stored:
        return
    ids = (crown.tree_id for crown in crowns)
    query = f"UPDATE crowns SET {', '.join(f'{name} = ?' for name in stored)} WHERE tree_id = ?"
    connection.executemany(query, zip(*stored.values(), ids, strict=True))


def _values(crowns: Sequence[Crown], srs_id: int, unit_m: float) -> Iterator[tuple[Crown, tuple[Value | bytes, ...]]]:
    outlines = np.empty(len(crowns), object)
    outlines[:] = [crown.outline for crown in crowns]
    blobs = gpkg.encode(outlines, srs_id)
    shapes = zip(
        shape.area_m2(outlines, unit_m).tolist(),
        shape.perimeter_m(outlines, unit_m).tolist(),
        shape.diameter_m(outlines, unit_m).tolist(),
        strict=True,
    )
    for crown, blob, form in zip(crowns, blobs, shapes, strict=True):
        yield crown, (blob, *columns.row_of(crown), *form)


def _select(connection: sqlite3.Connection, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    marks = ", ".join("?" * len(ids))
    names = f"tree_id, geom, area_m2, {_STORED}"
    return _fetch(connection, f"SELECT {names} FROM crowns WHERE tree_id IN ({marks}) ORDER BY tree_id", ids)


def _fetch(connection: sqlite3.Connection, query: str, values: Sequence[int] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query, also when another program wrote texts that are no UTF-8."""
    with closing(connection.cursor()) as cursor:
        try:
            return cursor.execute(query, values).fetchall()
        except sqlite3.OperationalError as error:
            # Python, not SQLite, decodes texts: its error has no number.
            if hasattr(error, "sqlite_errorcode"):
                raise
        connection.text_factory = _readable
        return cursor.execute(query, values).fetchall()


def _readable(text: bytes) -> str:
    return text.decode(errors="replace")


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]
