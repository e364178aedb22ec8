"""The history of edits inside a project file: what undo and redo work on, without limit and across restarts."""

import sqlite3
from dataclasses import dataclass

from inference.crowns.edit_parts import EditParts
from inference.crowns.edits import CrownEdit
from inference.project import codec
from inference.project.attribute_steps import LookUp

# Payload of a step that takes about a tenth of a second: 2,000 to 6,000 crowns under outlines that stay.
_LONG_BYTES = 60_000


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step of the history; `undone` steps can be done again until the next new edit."""

    seq: int
    name: str
    at: str
    by: str | None
    undone: bool


class Journal:
    """Reads and writes `birch_journal`; the caller opens and commits the transaction.

    Args:
        look_up: gives crowns by their ids as they are now, None for one that is not there; steps that changed only
            attributes do not carry outlines.
    """

    def __init__(self, connection: sqlite3.Connection, look_up: LookUp) -> None:
        self._connection = connection
        self._look_up = look_up

    def append(self, parts: EditParts, *, at: str, by: str | None) -> None:
        """Record an edit as the newest step; steps that were undone can no longer be done again."""
        self._connection.execute("DELETE FROM birch_journal WHERE undone = 1")
        self._connection.execute(
            "INSERT INTO birch_journal (name, edited_at, edited_by, payload) VALUES (?, ?, ?, ?)",
            (parts.edit.name, at, by, codec.pack_parts(parts)),
        )

    def last_done(self) -> tuple[int, CrownEdit] | None:
        """The step that undo takes back."""
        return self._load("WHERE undone = 0 ORDER BY seq DESC")

    def first_undone(self) -> tuple[int, CrownEdit] | None:
        """The step that redo does again."""
        return self._load("WHERE undone = 1 ORDER BY seq")

    def last_done_name(self) -> str | None:
        """What undo would take back."""
        return self._name("WHERE undone = 0 ORDER BY seq DESC")

    def first_undone_name(self) -> str | None:
        """What redo would do."""
        return self._name("WHERE undone = 1 ORDER BY seq")

    def is_long(self, *, undone: bool) -> bool:
        """Whether the step that undo, or redo (`undone`), would work on is about thousands of crowns."""
        order = "seq" if undone else "seq DESC"
        query = f"SELECT length(payload) FROM birch_journal WHERE undone = ? ORDER BY {order} LIMIT 1"
        row = self._connection.execute(query, (int(undone),)).fetchone()
        return row is not None and int(row[0] or 0) > _LONG_BYTES

    def mark(self, seq: int, *, undone: bool) -> None:
        """Note that a step was taken back or done again."""
        self._connection.execute("UPDATE birch_journal SET undone = ? WHERE seq = ?", (undone, seq))

    def entries(self) -> tuple[HistoryEntry, ...]:
        """Every step, oldest first."""
        rows = self._connection.execute(
            # Undone steps are always the latest, so this is the order of `seq`, and the index holds all that is asked.
            "SELECT seq, name, edited_at, edited_by, undone FROM birch_journal ORDER BY undone, seq"
        )
        return tuple(HistoryEntry(seq, name, at, by, bool(undone)) for seq, name, at, by, undone in rows)

    def _load(self, which: str) -> tuple[int, CrownEdit] | None:
        row = self._connection.execute(f"SELECT seq, name, payload FROM birch_journal {which} LIMIT 1").fetchone()
        return None if row is None else (row[0], codec.unpack_edit(row[1], row[2], self._look_up))

    def _name(self, which: str) -> str | None:
        row = self._connection.execute(f"SELECT name FROM birch_journal {which} LIMIT 1").fetchone()
        return None if row is None else str(row[0])
