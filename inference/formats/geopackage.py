"""Writes crowns as a GeoPackage with the long names: the twin of each shapefile, and an export of its own."""

import sqlite3
from contextlib import closing
from pathlib import Path

import inference
from inference.errors import VectorError
from inference.formats import ogr
from inference.formats.sheet import Sheet
from inference.project.naming import is_named_as_project

LAYER = "crowns"
# Kept in the file's metadata, so that a later export knows which GeoPackage it may replace unasked.
_MARK = "BIRCHTREE_EXPORT"


def write(sheet: Sheet, path: Path) -> None:
    """Write the layer `crowns` into a new file.

    Raises:
        VectorError: it cannot be written.
    """
    columns = {field.name: sheet.storable(field) for field in sheet.long_fields}
    metadata = {_MARK: inference.__version__}
    ogr.write(
        path,
        sheet.outlines,
        columns,
        crs_wkt=sheet.crs_wkt,
        driver="GPKG",
        layer=LAYER,
        layer_metadata=metadata,
    )


def is_own_export(path: Path) -> bool:
    """Whether a GeoPackage was written by `write`, so that it may be replaced without asking."""
    return _has_row(path, "SELECT 1 FROM gpkg_metadata WHERE metadata LIKE '%' || ? || '%'", _MARK)


def is_project(path: Path) -> bool:
    """Whether a file is a BirchTree project, which no export may replace."""
    return _has_row(path, "SELECT 1 FROM sqlite_master WHERE name = ?", "birch_meta")


def refuse_project(path: Path) -> None:
    """Raise `VectorError` where an export would replace a project."""
    if is_named_as_project(path) or is_project(path):
        raise VectorError(
            "export.is_project",
            "{name} is the name of a BirchTree project, which an export would destroy. Choose another name.",
            name=path.name,
        )


def _has_row(path: Path, query: str, value: str) -> bool:
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return connection.execute(query, (value,)).fetchone() is not None
    except sqlite3.Error:  # not a GeoPackage at all, or one without that table
        return False
