"""The log of changed crowns (`birch_changes`) written for many rows in one go, and room in memory for such a change.

For the few rows that a person changes at a time, and for other programs, triggers write the log, three statements a
row, and the spatial index, which asks four times for the envelope of each outline.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

# From how many rows on it pays to set the triggers aside.
MANY = 500
_TRIGGERS = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'crowns' AND "
    "(name IN ('birch_crowns_insert', 'birch_crowns_update', 'birch_crowns_delete') OR name LIKE 'rtree_crowns_geom_%')"
)
# SQLite keeps 2 MB of pages, so that the pages of a large change are read and written again and again.
_ROOM_KB, _USUAL_KB = 96_000, 2_000


@contextmanager
def written_at_once(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[bool]:
    """Inside, these rows of crowns may be written; with many of them the log is written at the end, as rows of ours.

    True if the spatial index is kept and its triggers are set aside too: then the caller writes what they would.
    The triggers go and come back inside the caller's transaction, so nobody else ever sees the file without them.
    """
    if len(ids) < MANY:
        yield False
        return
    found = connection.execute(_TRIGGERS).fetchall()
    for name, _ in found:
        quoted = str(name).replace('"', '""')
        connection.execute(f'DROP TRIGGER "{quoted}"')
    with _more_room(connection):
        yield any(name.startswith("rtree_") for name, _ in found)
        connection.execute("UPDATE birch_state SET revision = revision + 1")
        connection.execute(
            "INSERT OR REPLACE INTO birch_changes (tree_id, revision, outside) "
            "SELECT value, (SELECT revision FROM birch_state), 0 FROM json_each(?)",
            (json.dumps(ids),),
        )
    for _, statement in found:
        connection.execute(statement)


@contextmanager
def _more_room(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep more pages in memory; what is beyond the usual goes with the commit."""
    connection.execute(f"PRAGMA cache_size = -{_ROOM_KB}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = -{_USUAL_KB}")
