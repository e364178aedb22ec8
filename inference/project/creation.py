"""Making a new project file, so that a crash never leaves half of one under the wanted name."""

from collections.abc import Mapping
from pathlib import Path

from inference import disk
from inference.errors import ProjectError
from inference.project import database, rasters, schema
from inference.project.rasters import Sources


def create(path: Path, sources: Sources, facts: Mapping[str, str]) -> None:
    """Write a project without crowns.

    Args:
        path: must not exist yet.
        sources: the plot's files.
        facts: what `birch_meta` shall hold beside format and version; "crs_wkt" must be among it.

    Raises:
        ProjectError: the file exists already, or cannot be written there.
        InputError: one of the sources is not there, or the disk is full.
    """
    refuse_existing(path)
    described = rasters.records(sources, path.parent)
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.unlink(missing_ok=True)
        _build(draft, described, facts)
        draft.replace(path)
    except OSError as error:
        raise (disk.full(path) if disk.is_full(error) else _not_writable(path)) from error
    except ProjectError as error:
        if error.code == "project.disk_full":
            raise disk.full(path) from error
        if error.code in ("project.unreadable", "project.read_only"):
            raise _not_writable(path) from error
        raise


def refuse_existing(path: Path) -> None:
    """Raise `ProjectError` when there is something at `path`."""
    if path.exists():
        raise ProjectError("project.exists", "{path} exists already. Open it, or choose another name.", path=path)


def _build(draft: Path, described: tuple[rasters.RasterRecord, ...], facts: Mapping[str, str]) -> None:
    connection = database.create(draft)
    try:
        with database.plain_errors(draft), database.transaction(connection):
            schema.build(connection, facts["crs_wkt"])
            rasters.write(connection, described)
            all_facts = {"format": schema.FORMAT, "schema_version": str(schema.SCHEMA_VERSION), **facts}
            connection.executemany("INSERT INTO birch_meta (key, value) VALUES (?, ?)", all_facts.items())
    except BaseException:
        connection.close()
        draft.unlink(missing_ok=True)
        raise
    connection.close()


def _not_writable(path: Path) -> ProjectError:
    return ProjectError(
        "project.not_creatable",
        "{name} cannot be made in {folder}: the folder is missing or write-protected. Choose another folder.",
        name=path.name,
        folder=path.parent,
    )
