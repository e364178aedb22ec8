"""Bringing project files of earlier versions up to date: one function per version, a snapshot first, all or nothing."""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from inference.errors import ProjectError
from inference.project import copies, database, schema
from inference.project.database import Opened

Step = Callable[[sqlite3.Connection], None]


def _to_2(connection: sqlite3.Connection) -> None:
    """Heights side by side, and what trait models read. The one height of version 1 is the CHM's where it says so."""
    schema.run_script(
        connection,
        "ALTER TABLE crowns ADD COLUMN height_chm_m REAL; ALTER TABLE crowns ADD COLUMN height_model_m REAL;"
        "ALTER TABLE crowns ADD COLUMN species_topk TEXT; ALTER TABLE crowns ADD COLUMN species_ood REAL;"
        # Without the trigger, or every crown would count as changed by another program and be looked through.
        "DROP TRIGGER IF EXISTS birch_crowns_update;"
        "UPDATE crowns SET height_chm_m = height_m WHERE height_source IN ('DSM-DTM', 'DSM-est');"
        + schema.UPDATE_TRIGGER
        + schema.TRAIT_TABLES,
    )
    schema.register_tables(connection, schema.TRAIT_ATTRIBUTE_TABLES)


def _to_3(connection: sqlite3.Connection) -> None:
    """Areas, custom fields with the values that crowns have of them, control crowns."""
    schema.run_script(connection, "ALTER TABLE crowns ADD COLUMN custom TEXT;")
    row = connection.execute("SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = 'crowns'").fetchone()
    if row is None or not isinstance(row[0], int):
        raise sqlite3.DatabaseError("its layer of crowns names no CRS")
    schema.add_records(connection, row[0])


# Version that a file has -> what makes it the next version. Runs inside one transaction with its neighbours.
STEPS: Mapping[int, Step] = {1: _to_2, 2: _to_3}


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The schema version of a project file.

    Raises:
        ProjectError: a GeoPackage or SQLite file of another program.
    """
    try:
        rows = dict(connection.execute("SELECT key, value FROM birch_meta WHERE key IN ('format', 'schema_version')"))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:  # anything but "no such table"
            raise
        rows = {}
    version = str(rows.get("schema_version", ""))
    if rows.get("format") != schema.FORMAT or not version.isdecimal():
        raise ProjectError(
            "project.foreign",
            "{name} is not a BirchTree project, though another program may open it. Open the orthomosaic of its plot, "
            "then import {name} as crowns.",
            name=path.name,
        )
    return int(version)


def check(connection: sqlite3.Connection, path: Path) -> int:
    """The version of a file that this program can read, perhaps after an upgrade; changes nothing.

    Raises:
        ProjectError: of another program, newer than this program, or older than any step.
    """
    version = version_of(connection, path)
    if version > schema.SCHEMA_VERSION:
        raise ProjectError(
            "project.newer",
            "{name} was made by a newer BirchTree (file version {version}; this program reads up to {known}). "
            "Update BirchTree to open it; the file was not changed.",
            name=path.name,
            version=version,
            known=schema.SCHEMA_VERSION,
        )
    if any(step not in STEPS for step in range(version, schema.SCHEMA_VERSION)):
        raise ProjectError(
            "project.too_old",
            "{name} was made by a trial version of BirchTree (file version {version}) that can no longer be read. "
            "QGIS still opens its crowns; export them there and import them into a new project.",
            name=path.name,
            version=version,
        )
    return version


def up_to_date(opened: Opened, path: Path) -> tuple[Opened, tuple[str, ...]]:
    """A file that passed `check`, as this program writes it, and what to tell about that.

    A file that can be written is changed, after a snapshot beside it. One that is only read stays as it is: a private
    copy is brought up to date instead.
    """
    version = check(opened.connection, path)
    if version == schema.SCHEMA_VERSION:
        return opened, ()
    if opened.read_only_reason:
        copy = copies.private_copy(opened, lambda connection: _step_up(connection, path))
        return copy, ("Made by an earlier BirchTree: a copy in memory is read, the file itself stays as it is.",)
    snapshot = _snapshot(opened.connection, path, version)
    _step_up(opened.connection, path)
    return opened, (f"Brought up to date; the file as it was is in {snapshot.name}.",)


def _step_up(connection: sqlite3.Connection, path: Path) -> None:
    with database.transaction(connection):
        # Another process may have done it while the snapshot was made.
        for step in range(version_of(connection, path), schema.SCHEMA_VERSION):
            STEPS[step](connection)
        connection.execute(
            "UPDATE birch_meta SET value = ? WHERE key = 'schema_version'", (str(schema.SCHEMA_VERSION),)
        )


def _snapshot(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """A copy of the file as it is, under a name that is free."""
    stem = path.name.removesuffix(".gpkg")
    number = 0
    while True:
        snapshot = path.with_name(f"{stem}.version{version}{f'-{number}' if number else ''}.gpkg")
        if not snapshot.exists():
            copies.write_copy(connection, snapshot)
            return snapshot
        number += 1
