"""The tables of a project file: a standard GeoPackage layer `crowns`, and the `birch_` tables beside it.

`birch_changes` is filled by triggers, so that a crown changed by QGIS or GDAL is noticed like one changed by us.
"""

import sqlite3
from collections.abc import Mapping

from inference.project import schema_records, srs, style

FORMAT = "birchtree-project"
SCHEMA_VERSION = 3

_APPLICATION_ID = 0x47504B47  # "GPKG"
_GPKG_VERSION = 10300

# Column order of the layer as every GIS shows it. QGIS fills in the defaults when a person draws a crown there.
LAYER_COLUMNS: dict[str, str] = {
    "tree_id": "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL",
    "geom": "POLYGON",
    "label": "TEXT DEFAULT 'Tree'",
    "species": "TEXT",
    "species_code": "TEXT",
    "species_score": "REAL",
    "species_topk": "TEXT",
    "species_ood": "REAL",
    "score": "REAL",
    "review": "TEXT DEFAULT 'added'",
    "height_m": "REAL",
    "height_p95_m": "REAL",
    "height_chm_m": "REAL",
    "height_model_m": "REAL",
    "height_source": "TEXT",
    "area_m2": "REAL",
    "diameter_m": "REAL",
    "perimeter_m": "REAL",
    "treetop_x": "REAL",
    "treetop_y": "REAL",
    "dbh_cm": "REAL",
    "agb_kg": "REAL",
    "allometry": "TEXT",
    "edge": "BOOLEAN DEFAULT 0",
    "note": "TEXT",
    "edited_by": "TEXT",
    "edited_at": "TEXT",
    "run_id": "TEXT",
    "measured": "BOOLEAN DEFAULT 0",
    "custom": "TEXT",
}

_GPKG_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE VIRTUAL TABLE rtree_crowns_geom USING rtree(id, minx, maxx, miny, maxy);
"""

_BIRCH_TABLES = """
CREATE TABLE birch_meta (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT);
CREATE TABLE birch_rasters (
  id INTEGER PRIMARY KEY, role TEXT NOT NULL UNIQUE, relative TEXT, absolute TEXT NOT NULL,
  size_bytes INTEGER NOT NULL, mtime_s REAL NOT NULL);
CREATE TABLE birch_runs (
  id INTEGER PRIMARY KEY, run_id TEXT NOT NULL UNIQUE, task TEXT NOT NULL, model_id TEXT NOT NULL,
  parameters TEXT NOT NULL, plan TEXT NOT NULL, sources_key TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT,
  state TEXT NOT NULL, app_version TEXT NOT NULL, summary TEXT);
CREATE TABLE birch_staged (
  run_id TEXT NOT NULL, tile_index INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (run_id, tile_index))
  WITHOUT ROWID;
CREATE TABLE birch_journal (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, edited_at TEXT NOT NULL, edited_by TEXT,
  undone INTEGER NOT NULL DEFAULT 0, payload BLOB NOT NULL);
CREATE INDEX birch_journal_steps ON birch_journal (undone, seq, name, edited_at, edited_by);
CREATE TABLE birch_state (id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER NOT NULL);
CREATE TABLE birch_changes (
  tree_id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, outside INTEGER NOT NULL DEFAULT 1);
CREATE INDEX birch_changes_revision ON birch_changes (revision);
CREATE INDEX birch_changes_outside ON birch_changes (tree_id) WHERE outside = 1;
INSERT INTO birch_state VALUES (1, 0);
"""

# Since version 2: what trait models read from the pictures of crowns. Embeddings lie apart, so that looking through
# readings does not drag kilobytes per crown along.
TRAIT_TABLES = """
CREATE TABLE birch_trait_models (
  id INTEGER PRIMARY KEY, model_id TEXT NOT NULL UNIQUE, model_key TEXT NOT NULL, title TEXT NOT NULL,
  card TEXT NOT NULL, used_at TEXT NOT NULL);
CREATE TABLE birch_readings (
  id INTEGER PRIMARY KEY, tree_id INTEGER NOT NULL, model INTEGER NOT NULL, outline_key INTEGER NOT NULL,
  run_id TEXT NOT NULL, measured_at TEXT NOT NULL, height_m REAL, species TEXT, species_code TEXT, species_rank TEXT,
  species_p REAL, entropy REAL, ood REAL, top TEXT, logits BLOB, pending INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX birch_readings_crown ON birch_readings (model, tree_id);
CREATE TABLE birch_embeddings (reading INTEGER PRIMARY KEY, embedding BLOB NOT NULL);
CREATE TRIGGER birch_readings_delete AFTER DELETE ON birch_readings
BEGIN DELETE FROM birch_embeddings WHERE reading = OLD.id; END;
CREATE TABLE birch_species_heads (
  id INTEGER PRIMARY KEY, head_id TEXT NOT NULL UNIQUE, model_id TEXT NOT NULL, model_version TEXT NOT NULL,
  created_at TEXT NOT NULL, summary TEXT NOT NULL, payload BLOB NOT NULL);
"""
TRAIT_ATTRIBUTE_TABLES = {
    "birch_trait_models": "BirchTree: the models that measured crowns",
    "birch_readings": "BirchTree: what they read from each crown",
    "birch_species_heads": "BirchTree: species taught on this plot",
}

# One log row per crown ever touched, newest revision only: DELETE + INSERT instead of INSERT OR REPLACE, because the
# conflict rule of the statement that fires a trigger overrides the one inside it.
_LOG = """
  UPDATE birch_state SET revision = revision + 1;
  DELETE FROM birch_changes WHERE tree_id = {row}.tree_id;
  INSERT INTO birch_changes (tree_id, revision) VALUES ({row}.tree_id, (SELECT revision FROM birch_state));
"""
UPDATE_TRIGGER = f"""
CREATE TRIGGER birch_crowns_update AFTER UPDATE ON crowns BEGIN {_LOG.format(row="NEW")} END;
"""
_CHANGE_TRIGGERS = f"""
CREATE TRIGGER birch_crowns_insert AFTER INSERT ON crowns BEGIN {_LOG.format(row="NEW")} END;
CREATE TRIGGER birch_crowns_delete AFTER DELETE ON crowns BEGIN {_LOG.format(row="OLD")} END;
{UPDATE_TRIGGER}
CREATE TRIGGER birch_crowns_renumber AFTER UPDATE OF tree_id ON crowns WHEN OLD.tree_id <> NEW.tree_id
BEGIN {_LOG.format(row="OLD")} END;
"""

# The spatial index extension's triggers, GeoPackage 1.4 edition (it survives UPSERT statements of other programs).
_BOX = "ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)"
_SET = "minx = ST_MinX(NEW.geom), maxx = ST_MaxX(NEW.geom), miny = ST_MinY(NEW.geom), maxy = ST_MaxY(NEW.geom)"
_NEW_HAS = "(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))"
_NEW_LACKS = "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))"
_OLD_HAS = "(OLD.geom NOTNULL AND NOT ST_IsEmpty(OLD.geom))"
_OLD_LACKS = "(OLD.geom ISNULL OR ST_IsEmpty(OLD.geom))"
_INDEX_TRIGGERS = f"""
CREATE TRIGGER rtree_crowns_geom_insert AFTER INSERT ON crowns WHEN {_NEW_HAS}
BEGIN INSERT OR REPLACE INTO rtree_crowns_geom VALUES (NEW.tree_id, {_BOX}); END;
CREATE TRIGGER rtree_crowns_geom_update2 AFTER UPDATE OF geom ON crowns
WHEN OLD.tree_id = NEW.tree_id AND {_NEW_LACKS}
BEGIN DELETE FROM rtree_crowns_geom WHERE id = OLD.tree_id; END;
CREATE TRIGGER rtree_crowns_geom_update4 AFTER UPDATE ON crowns
WHEN OLD.tree_id <> NEW.tree_id AND {_NEW_LACKS}
BEGIN DELETE FROM rtree_crowns_geom WHERE id IN (OLD.tree_id, NEW.tree_id); END;
CREATE TRIGGER rtree_crowns_geom_update5 AFTER UPDATE ON crowns
WHEN OLD.tree_id <> NEW.tree_id AND {_NEW_HAS}
BEGIN DELETE FROM rtree_crowns_geom WHERE id = OLD.tree_id;
INSERT OR REPLACE INTO rtree_crowns_geom VALUES (NEW.tree_id, {_BOX}); END;
CREATE TRIGGER rtree_crowns_geom_update6 AFTER UPDATE OF geom ON crowns
WHEN OLD.tree_id = NEW.tree_id AND {_NEW_HAS} AND {_OLD_HAS}
BEGIN UPDATE rtree_crowns_geom SET {_SET} WHERE id = NEW.tree_id; END;
CREATE TRIGGER rtree_crowns_geom_update7 AFTER UPDATE OF geom ON crowns
WHEN OLD.tree_id = NEW.tree_id AND {_NEW_HAS} AND {_OLD_LACKS}
BEGIN INSERT INTO rtree_crowns_geom VALUES (NEW.tree_id, {_BOX}); END;
CREATE TRIGGER rtree_crowns_geom_delete AFTER DELETE ON crowns WHEN OLD.geom NOT NULL
BEGIN DELETE FROM rtree_crowns_geom WHERE id = OLD.tree_id; END;
"""

_ATTRIBUTE_TABLES = {
    "birch_meta": "BirchTree: facts about this project",
    "birch_rasters": "BirchTree: the rasters of the plot",
    "birch_runs": "BirchTree: runs of models",
    "birch_journal": "BirchTree: history of edits, for undo",
}

_REGISTER = "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?, ?, ?, ?, ?)"


def build(connection: sqlite3.Connection, crs_wkt: str) -> None:
    """Make every table, trigger and registration of an empty project; the caller commits."""
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {_GPKG_VERSION}")
    columns = ", ".join(f"{name} {kind}" for name, kind in LAYER_COLUMNS.items())
    run_script(connection, f"{_GPKG_TABLES} CREATE TABLE crowns ({columns}); {_BIRCH_TABLES} {TRAIT_TABLES}")
    run_script(connection, _CHANGE_TRIGGERS + _INDEX_TRIGGERS + style.TABLE)
    srs_id = srs.write(connection, crs_wkt)
    add_records(connection, srs_id)
    # No extent is stored: readers then ask the index, which is always right.
    connection.execute(_REGISTER, ("crowns", "features", "crowns", "Tree crowns", srs_id))
    register_tables(connection, {**_ATTRIBUTE_TABLES, **TRAIT_ATTRIBUTE_TABLES})
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES ('crowns', 'geom', 'POLYGON', ?, 0, 0)", (srs_id,))
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES ('crowns', 'geom', 'gpkg_rtree_index', "
        "'http://www.geopackage.org/spec131/#extension_rtree', 'write-only')"
    )
    connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('crowns', 0)")
    style.write(connection)


def add_records(connection: sqlite3.Connection, srs_id: int) -> None:
    """Make what version 3 brought: the layer `areas`, custom fields, control crowns."""
    run_script(connection, schema_records.script())
    connection.execute(_REGISTER, ("areas", "features", "areas", "BirchTree: areas in which people work", srs_id))
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES ('areas', 'geom', 'POLYGON', ?, 0, 0)", (srs_id,))
    register_tables(connection, schema_records.ATTRIBUTE_TABLES)


def register_tables(connection: sqlite3.Connection, described: Mapping[str, str]) -> None:
    """List tables without geometry in the GeoPackage's contents, by name with a description."""
    for table, description in described.items():
        connection.execute(_REGISTER, (table, "attributes", table, description, 0))


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run several statements inside the caller's transaction (`executescript` would commit it)."""
    statement = ""
    for part in script.split(";")[:-1]:
        statement += part + ";"
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
