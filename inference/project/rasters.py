"""Where the rasters of a plot lie: remembered relative to the project first, so that a moved folder still opens."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol

from inference.errors import InputError

if TYPE_CHECKING:
    from inference.plot.plot import PlotSources

_LONGEST_PATH = 32_767  # of any system
ROLES = ("ortho", "dsm", "dtm", "aoi")


class Sources(Protocol):
    """The files of a plot (`inference.plot.plot.PlotSources`)."""

    @property
    def ortho(self) -> Path: ...
    @property
    def dsm(self) -> Path | None: ...
    @property
    def dtm(self) -> Path | None: ...
    @property
    def aoi(self) -> Path | None: ...


@dataclass(frozen=True, slots=True)
class RasterRecord:
    """One file of the plot as it was when the project was made.

    Attributes:
        role: "ortho", "dsm", "dtm" or "aoi".
        relative: path from the project's folder with forward slashes; None when on another drive.
        absolute: the full path.
        size_bytes, mtime_s: to notice another file under the same name.
    """

    role: str
    relative: str | None
    absolute: str
    size_bytes: int
    mtime_s: float

    def locate(self, folder: Path) -> Path | None:
        """Where the file is now: relative to the project's folder, else at its old place, else None."""
        beside = None if self.relative is None else Path(os.path.normpath(folder / self.relative))
        for candidate in (beside, Path(self.absolute)):
            if candidate is not None and _is_there(candidate):
                return candidate
        return None


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # longer than any path, or no right to look
        return False


def record(role: str, path: Path, folder: Path) -> RasterRecord:
    """Describe a file for a project in `folder`.

    Raises:
        InputError: the file is not there.
    """
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as the user named them
    try:
        stat = absolute.stat()
    except OSError as error:
        raise missing(role, absolute) from error
    try:
        relative: str | None = PurePath(os.path.relpath(absolute, os.path.abspath(folder))).as_posix()  # noqa: PTH100
    except ValueError:  # Windows: no relative path from one drive to another
        relative = None
    return RasterRecord(role, relative, str(absolute), stat.st_size, stat.st_mtime)


def records(sources: Sources, folder: Path) -> tuple[RasterRecord, ...]:
    """Describe every file of a plot; `sources` is a `PlotSources` or the like."""
    paths = ((role, getattr(sources, role)) for role in ROLES)
    return tuple(record(role, Path(path), folder) for role, path in paths if path is not None)


def missing(role: str, path: Path) -> InputError:
    """The error for a file of the plot that is not where it was."""
    return InputError(
        "project.raster_missing",
        "The {what} of this plot is not at {path} any more. Put it back there or beside the project, or choose "
        "where it is now.",
        what={"ortho": "orthomosaic", "dsm": "DSM", "dtm": "DTM", "aoi": "area of interest"}[role],
        path=path,
    )


def write(connection: sqlite3.Connection, rasters: tuple[RasterRecord, ...]) -> None:
    """Replace what the project knows of its rasters; the caller commits."""
    connection.execute("DELETE FROM birch_rasters")
    connection.executemany(
        "INSERT INTO birch_rasters (role, relative, absolute, size_bytes, mtime_s) VALUES (?, ?, ?, ?, ?)",
        [(r.role, r.relative, r.absolute, r.size_bytes, r.mtime_s) for r in rasters],
    )


def read(connection: sqlite3.Connection) -> tuple[RasterRecord, ...]:
    """What the project knows of its rasters, in the order of `ROLES`."""
    rows = connection.execute("SELECT role, relative, absolute, size_bytes, mtime_s FROM birch_rasters")
    known = [
        RasterRecord(role, relative if isinstance(relative, str) else None, absolute, _whole(size), _real(time))
        for role, relative, absolute, size, time in rows
        if role in ROLES and isinstance(absolute, str) and len(absolute) <= _LONGEST_PATH
    ]
    return tuple(sorted(known, key=lambda raster: ROLES.index(raster.role)))


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _real(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def locate(recorded: tuple[RasterRecord, ...], project: Path) -> "PlotSources":
    """Where the files of the plot of a project are now.

    Raises:
        InputError: one of them is neither beside the project nor at its old place.
    """
    # Rasters load GDAL, which a window that only lists projects does not need.
    from inference.plot.plot import PlotSources

    found: dict[str, Path] = {}
    for raster in recorded:
        path = raster.locate(project.parent)
        if path is None:
            raise missing(raster.role, Path(raster.absolute))
        found[raster.role] = path
    if "ortho" not in found:
        raise missing("ortho", project.with_name("?"))
    return PlotSources(found["ortho"], dsm=found.get("dsm"), dtm=found.get("dtm"), aoi=found.get("aoi"))
