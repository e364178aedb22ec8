"""Whether a project file is whole: every table there with its columns, and every value of the kind it should be."""

import functools
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

from inference.project import schema

# What comes of values that are not of the kind that they were written as.
_CLASHES = (LookupError, TypeError, ValueError, AttributeError, OverflowError, MemoryError)


def check(connection: sqlite3.Connection) -> None:
    """Look at a file of this version before anything else does; reads no rows.

    Raises:
        sqlite3.DatabaseError: a table or a column is missing, or a view has taken a table's place.
    """
    kinds = {str(name).lower(): kind for name, kind in connection.execute("SELECT name, type FROM sqlite_master")}
    for table, wanted in _tables().items():
        if kinds.get(table) != "table":
            raise sqlite3.DatabaseError(f"its table {table} is missing")
        found = {str(row[1]).lower() for row in connection.execute(f"PRAGMA table_info({table})")}
        if missing := sorted(wanted - found):
            raise sqlite3.DatabaseError(f"its table {table} lacks the column {missing[0]}")


@contextmanager
def sound(what: str) -> Iterator[None]:
    """What goes wrong while values of a file are put together means that the file is damaged, `what` of it."""
    try:
        yield
    except _CLASHES as error:
        raise sqlite3.DatabaseError(f"{what}: {type(error).__name__}: {error!s:.200}") from error


@functools.cache
def _tables() -> Mapping[str, frozenset[str]]:
    """Columns by table of a new file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.build(connection, "")
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        own = [name for name in names if not name.startswith(("sqlite_", "rtree_"))]
        return {
            name.lower(): frozenset(str(row[1]).lower() for row in connection.execute(f"PRAGMA table_info({name})"))
            for name in own
            if name != "layer_styles"
        }
