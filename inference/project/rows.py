"""Crowns in the layer of a project file: reading them all, reading some, writing changes."""

import math
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from inference.crowns import columns, shape
from inference.crowns.collecting import without_collecting
from inference.crowns.columns import Value
from inference.crowns.crown import Crown, same_outline
from inference.crowns.edits import CrownEdit
from inference.crowns.geometry import to_valid_polygon
from inference.crowns.table import CrownTable
from inference.project import gpkg

_STORED = ", ".join(columns.STORED)
_WRITTEN = ("geom", *columns.STORED, *columns.SHAPE)
_INSERT = f"INSERT INTO crowns (tree_id, {', '.join(_WRITTEN)}) VALUES ({', '.join('?' * (len(_WRITTEN) + 1))})"
_UPDATE = f"UPDATE crowns SET {', '.join(f'{name} = ?' for name in _WRITTEN)} WHERE tree_id = ?"
_UPDATE_PLAIN = f"UPDATE crowns SET {', '.join(f'{name} = ?' for name in columns.STORED)} WHERE tree_id = ?"
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
    outlines = gpkg.decode(row[1] for row in rows)
    crowns: list[Crown] = []
    repaired: list[Crown] = []
    shapeless: set[int] = set()
    for (tree_id, _, area_m2, *attributes), drawn in zip(rows, outlines, strict=True):
        outline = to_valid_polygon(drawn) if check and drawn is not None else drawn
        if outline is None:
            shapeless.add(tree_id)
            continue
        crown = columns.crown_of(tree_id, outline, attributes)
        crowns.append(crown)
        if not check:
            continue
        same_area = area_m2 is not None and math.isclose(area_m2, outline.area * unit_m**2, rel_tol=1e-9)
        if not same_area:
            # Somebody else moved the outline, so what was measured under the old one does not hold.
            crown = crowns[-1] = crown.with_outline(outline)
        if not same_area or drawn != outline or tuple(attributes) != columns.row_of(crown):
            repaired.append(crown)
    return Found(tuple(crowns), frozenset(shapeless), tuple(repaired))


def write(connection: sqlite3.Connection, edit: CrownEdit, *, srs_id: int, unit_m: float) -> None:
    """Make the layer follow an edit; the caller opens and commits the transaction."""
    before = {crown.tree_id: crown for crown in edit.removed}
    after = {crown.tree_id for crown in edit.added}
    gone = [(tree_id,) for tree_id in before if tree_id not in after]
    new = [crown for crown in edit.added if crown.tree_id not in before]
    kept = [crown for crown in edit.added if crown.tree_id in before]
    is_still = [same_outline(crown, before[crown.tree_id]) for crown in kept]
    moved = [crown for crown, still in zip(kept, is_still, strict=True) if not still]
    still = [crown for crown, still in zip(kept, is_still, strict=True) if still]
    connection.executemany("DELETE FROM crowns WHERE tree_id = ?", gone)
    connection.executemany(_INSERT, ((c.tree_id, *values) for c, values in _values(new, srs_id, unit_m)))
    update(connection, moved, srs_id=srs_id, unit_m=unit_m)
    update_attributes(connection, still)


def update(connection: sqlite3.Connection, crowns: Sequence[Crown], *, srs_id: int, unit_m: float) -> None:
    """Write whole rows, outline included."""
    connection.executemany(_UPDATE, ((*values, c.tree_id) for c, values in _values(crowns, srs_id, unit_m)))


def update_attributes(connection: sqlite3.Connection, crowns: Iterable[Crown]) -> None:
    """Write rows whose outline stays."""
    connection.executemany(_UPDATE_PLAIN, ((*columns.row_of(crown), crown.tree_id) for crown in crowns))


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
