"""Copies of a project file that are whole or not there at all, and whether the open file is still in its place."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from inference.errors import ProjectError
from inference.project import gpkg
from inference.project.database import Opened


def private_copy(opened: Opened, change: Callable[[sqlite3.Connection], object]) -> Opened:
    """What a connection sees, in a nameless database of our own that is gone when it is closed.

    `change` is done to the copy; then the first connection is closed. SQLite keeps the copy in memory while it is small
    and in its own temporary file else, which a crash takes along.
    """
    copy = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    try:
        gpkg.register_functions(copy)
        opened.connection.backup(copy)
        change(copy)
    except BaseException:
        copy.close()
        raise
    opened.connection.close()
    return Opened(copy, opened.read_only_reason)


def write_copy(connection: sqlite3.Connection, path: Path) -> None:
    """Write what a connection sees to a new file, which is there whole or not at all.

    Raises:
        OSError: it cannot take its name.
    """
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.unlink(missing_ok=True)
        connection.execute("VACUUM INTO ?", (str(draft),))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def identity(path: Path) -> tuple[int, int] | None:
    """What tells the file at a path from any other file; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def demand_in_place(connection: sqlite3.Connection, path: Path, known: tuple[int, int] | None) -> None:
    """Raise `ProjectError` when the file that was opened is no longer at its path: SQLite would go on writing to it.

    A synchronising program, or a person, has moved, replaced or deleted it. What waits in the log goes into it first.
    """
    if known is None or identity(path) == known:
        return
    with suppress(sqlite3.DatabaseError):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raise ProjectError(
        "project.moved",
        "{name} was moved, replaced or deleted by another program while it was open, so this change was not made. What "
        "was done before is in the file that was opened: open it where it is now. If it was deleted, save a copy "
        "before you close the plot.",
        name=path.name,
    )
