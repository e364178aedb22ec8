"""Areas, custom fields and control crowns of an open project file: reading them, and writing their part of an edit."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from inference.crowns.records import (
    FIELD_KINDS,
    Area,
    Control,
    CustomField,
    FieldKind,
    Record,
    RecordChange,
    number_of,
)
from inference.errors import EditConflict
from inference.project import areas, schema_records, stored_json
from inference.project.soundness import sound

Row = tuple[object, ...]
_KINDS: Mapping[object, FieldKind] = {kind: kind for kind in FIELD_KINDS}
_OF_TABLE: Mapping[str, type] = {"areas": Area, "birch_fields": CustomField, "birch_controls": Control}
_COLUMNS = {
    "areas": tuple(schema_records.AREA_COLUMNS),
    "birch_fields": tuple(schema_records.FIELD_COLUMNS),
    "birch_controls": tuple(schema_records.CONTROL_COLUMNS),
}


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that is kept beside the crowns, as of one moment; each in the order of its number."""

    areas: tuple[Area, ...] = ()
    fields: tuple[CustomField, ...] = ()
    controls: tuple[Control, ...] = ()


class RecordFile:
    """Reads and writes the tables; the caller opens and commits the transaction of `write`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        query = "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = 'crowns'"
        with sound("its CRS"):
            self._srs_id = int(connection.execute(query).fetchone()[0])
        self._known: tuple[int, Records] | None = None

    @property
    def revision(self) -> int:
        """Grows with every change, whoever makes it."""
        with sound("a count"):
            return int(self._connection.execute("SELECT revision FROM birch_record_state").fetchone()[0])

    def all(self) -> Records:
        """What is in the file now."""
        revision = self.revision
        if self._known is None or self._known[0] != revision:
            self._known = (
                revision,
                Records(
                    cast("tuple[Area, ...]", self._read("areas")),
                    cast("tuple[CustomField, ...]", self._read("birch_fields")),
                    cast("tuple[Control, ...]", self._read("birch_controls")),
                ),
            )
        return self._known[1]

    def write(self, name: str, changes: Iterable[RecordChange]) -> None:
        """Make the tables follow an edit.

        Raises:
            EditConflict: a record is not as it was when the edit was made.
        """
        for change in changes:
            told = change.before or change.after
            if told is None:
                continue
            table, number = table_of(told), number_of(told)
            found = self._read(table, number)
            if (found[0] if found else None) != change.before:
                raise _conflict(name, told)
            key = _COLUMNS[table][0]
            self._connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (number,))
            if change.after is not None:
                row = values_of(change.after)
                marks = ", ".join("?" * len(row))
                stored = areas.stored(row, self._srs_id) if table == "areas" else row
                self._connection.execute(f"INSERT INTO {table} VALUES ({marks})", stored)

    def take(self, table: str, n: int) -> range:
        """`n` fresh numbers for a table that nobody else will ever get."""
        query = "UPDATE sqlite_sequence SET seq = seq + ? WHERE name = ? RETURNING seq"
        ((last,),) = self._connection.execute(query, (n, table)).fetchall()
        return range(last - n + 1, last + 1)

    def _read(self, table: str, number: int | None = None) -> tuple[Record, ...]:
        names = _COLUMNS[table]
        where, values = ("", ()) if number is None else (f" WHERE {names[0]} = ?", (number,))
        query = f"SELECT {', '.join(names)} FROM {table}{where} ORDER BY {names[0]}"
        rows: Sequence[Row] = self._connection.execute(query, values).fetchall()
        plain = map(areas.plain, rows) if table == "areas" else rows
        with sound(f"a row of {table}"):
            return tuple(record for record in (record_of(table, row) for row in plain) if record is not None)


def table_of(record: Record) -> str:
    """Where a record is kept."""
    return next(table for table, kind in _OF_TABLE.items() if isinstance(record, kind))


def values_of(record: Record) -> Row:
    """A record as values, in the order of its table's columns; an outline as WKB."""
    match record:
        case Area():
            return areas.row_of(record)
        case CustomField(field_id, key, name, kind, choices, deleted, place):
            return (field_id, key, name, kind, json.dumps(choices, ensure_ascii=False), int(deleted), place)
        case Control(tree_id, sample, drawn_at, verdict, note, by, at):
            return (tree_id, sample, drawn_at, verdict, note, by, at)


def record_of(table: str, row: Row) -> Record | None:
    """The record that values describe; None where another program left something that means nothing."""
    if table == "areas":
        return areas.area_of(row)
    values = cast("Sequence[Any]", row)
    if table == "birch_controls":
        tree_id, sample, drawn_at, verdict, note, by, at = values
        return Control(int(tree_id), str(sample), str(drawn_at), verdict, note or "", by, at)
    field_id, key, name, kind, choices, deleted, place = values
    if kind not in _KINDS:
        return None
    listed = tuple(str(choice) for choice in stored_json.parse(choices or "[]"))
    return CustomField(int(field_id), str(key), str(name), _KINDS[kind], listed, bool(deleted), int(place or 0))


def to_json(changes: Iterable[RecordChange]) -> list[list[object]]:
    """Changes for a step of the history: `[table, before, after]`, an outline as hexadecimal WKB."""
    listed: list[list[object]] = []
    for change in changes:
        told = change.before or change.after
        if told is not None:
            listed.append([table_of(told), _json_row(change.before), _json_row(change.after)])
    return listed


def from_json(listed: Iterable[Sequence[Any]]) -> tuple[RecordChange, ...]:
    """The changes that `to_json` wrote."""
    return tuple(RecordChange(_from_row(table, before), _from_row(table, after)) for table, before, after in listed)


def _json_row(record: Record | None) -> list[object] | None:
    if record is None:
        return None
    return [value.hex() if isinstance(value, bytes) else value for value in values_of(record)]


def _from_row(table: str, row: list[Any] | None) -> Record | None:
    if row is None:
        return None
    if table == "areas":
        row = [row[0], bytes.fromhex(row[1]), *row[2:]]
    return record_of(table, tuple(row))


def _conflict(name: str, told: Record) -> EditConflict:
    what = {Area: "area", CustomField: "field", Control: "control crown"}[type(told)]
    return EditConflict(
        "edit.record_changed",
        "“{name}” cannot be done: {what} {number} was changed meanwhile. Look at it again and repeat the step.",
        name=name,
        what=what,
        number=number_of(told),
        tree_id=number_of(told),
    )
