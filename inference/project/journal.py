"""The history of edits inside a project file: what undo and redo work on, without limit and across restarts."""

import sqlite3
from dataclasses import dataclass

from inference.crowns.edits import CrownEdit
from inference.project import codec


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
        outline_of: the outline that a crown has now, None for no such crown; steps that changed only attributes do not
            carry outlines.
    """

    def __init__(self, connection: sqlite3.Connection, outline_of: codec.OutlineOf) -> None:
        self._connection = connection
        self._outline_of = outline_of

    def append(self, edit: CrownEdit, *, at: str, by: str | None) -> None:
        """Record an edit as the newest step; steps that were undone can no longer be done again."""
        self._connection.execute("DELETE FROM birch_journal WHERE undone = 1")
        self._connection.execute(
            "INSERT INTO birch_journal (name, edited_at, edited_by, payload) VALUES (?, ?, ?, ?)",
            (edit.name, at, by, codec.pack_edit(edit, lean=True)),
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
        return None if row is None else (row[0], codec.unpack_edit(row[1], row[2], self._outline_of))

    def _name(self, which: str) -> str | None:
        row = self._connection.execute(f"SELECT name FROM birch_journal {which} LIMIT 1").fetchone()
        return None if row is None else str(row[0])
