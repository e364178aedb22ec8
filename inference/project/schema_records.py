"""The tables of a project file since version 3: the layer `areas`, custom fields, control crowns."""

from typing import Final

TABLES: Final = ("areas", "birch_fields", "birch_controls")

AREA_COLUMNS: Final[dict[str, str]] = {
    "area_id": "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL",
    "geom": "POLYGON",
    "kind": "TEXT DEFAULT 'complete'",
    "name": "TEXT",
    "note": "TEXT",
    "done": "BOOLEAN DEFAULT 0",
    "edited_by": "TEXT",
    "edited_at": "TEXT",
}
FIELD_COLUMNS: Final[dict[str, str]] = {
    "field_id": "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL",
    "key": "TEXT NOT NULL UNIQUE",
    "name": "TEXT NOT NULL",
    "kind": "TEXT NOT NULL",
    "choices": "TEXT",
    "deleted": "BOOLEAN DEFAULT 0",
    "place": "INTEGER DEFAULT 0",
}
CONTROL_COLUMNS: Final[dict[str, str]] = {
    "tree_id": "INTEGER PRIMARY KEY NOT NULL",
    "sample": "TEXT NOT NULL",
    "drawn_at": "TEXT NOT NULL",
    "verdict": "TEXT",
    "note": "TEXT",
    "decided_by": "TEXT",
    "decided_at": "TEXT",
}
ATTRIBUTE_TABLES: Final = {
    "birch_fields": "BirchTree: columns that people added to the crown table",
    "birch_controls": "BirchTree: crowns drawn at random to tell how good the crowns are",
}


def script() -> str:
    """Statements that make the tables and what counts their changes, whoever makes them."""
    columns = zip(TABLES, (AREA_COLUMNS, FIELD_COLUMNS, CONTROL_COLUMNS), strict=True)
    tables = "".join(
        f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in described.items())});"
        for table, described in columns
    )
    count = (
        "CREATE TABLE birch_record_state (id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER NOT NULL);"
        "INSERT INTO birch_record_state VALUES (1, 0);"
    )
    triggers = "".join(
        f"CREATE TRIGGER birch_{table}_{verb.lower()} AFTER {verb} ON {table} "
        "BEGIN UPDATE birch_record_state SET revision = revision + 1; END;"
        for table in TABLES
        for verb in ("INSERT", "UPDATE", "DELETE")
    )
    sequences = "".join(
        f"INSERT INTO sqlite_sequence (name, seq) VALUES ('{table}', 0);" for table in ("areas", "birch_fields")
    )
    return tables + count + triggers + sequences
