"""Opening a plot: what is read in the opening thread before the document takes it over. No Qt, no GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inference.errors import BirchtreeError
from inference.plot.sources import PlotSources

if TYPE_CHECKING:  # rasterio loads when the first plot opens, not with the window
    from inference.plot.plot import Plot
    from inference.project.store import Project, RasterRecord

# Columns that the window shows at once: made here, so that the GUI thread finds them ready.
_SHOWN_AT_ONCE = ("review", "species", "height_m", "area_m2")


@dataclass(frozen=True)
class Opened:
    """A plot, open for reading and writing."""

    project: Project
    plot: Plot


def open_project(path: Path) -> Opened:
    """A `.birch.gpkg` with the rasters that it knows.

    Raises:
        InputError: a raster is missing ("project.raster_missing") or cannot be used.
        ProjectError: the file cannot be opened.
    """
    from inference.project.store import Project

    project = Project.open(path)
    try:
        return _with_plot(project, project.locate_rasters())
    except BirchtreeError:
        project.close()
        raise


def open_moved(path: Path, moved: Mapping[Path, Path]) -> Opened:
    """A `.birch.gpkg` some of whose rasters lie elsewhere now; the new places are recorded.

    Args:
        path: the project.
        moved: where recorded rasters that are missing lie now; the others are looked for beside them.

    Raises:
        InputError, ProjectError: as for `open_project`.
    """
    from inference.project.store import Project

    project = Project.open(path)
    try:
        found = {raster.role: _look_for(raster, path.parent, moved) for raster in project.rasters}
        opened = _with_plot(project, PlotSources(**found))
        if not project.read_only:
            project.set_sources(opened.plot.sources)
    except BirchtreeError:
        project.close()
        raise
    return opened


def open_with_rasters(path: Path, sources: PlotSources) -> Opened:
    """A `.birch.gpkg` with other rasters than it knows, which are recorded.

    Raises:
        InputError, ProjectError: as for `open_project`.
    """
    from inference.project.store import Project

    project = Project.open(path)
    try:
        opened = _with_plot(project, sources)
        if not project.read_only:
            project.set_sources(sources)
    except BirchtreeError:
        project.close()
        raise
    return opened


def create_project(path: Path, sources: PlotSources) -> Opened:
    """A new project at `path` for an orthomosaic and its elevation.

    Raises:
        InputError: a raster cannot be used.
        ProjectError: the file exists or cannot be made.
    """
    from inference.plot.plot import Plot
    from inference.project.store import Project

    plot = Plot.open(sources)
    try:
        project = Project.create(path, plot.sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m)
    except BirchtreeError:
        plot.close()
        raise
    return Opened(project, plot)


def _with_plot(project: Project, sources: PlotSources) -> Opened:
    from inference.plot.plot import Plot

    plot = Plot.open(sources)
    for name in _SHOWN_AT_ONCE:
        project.table.column(name)
    return Opened(project, plot)


def _look_for(raster: RasterRecord, folder: Path, moved: Mapping[Path, Path]) -> Path:
    """Where a recorded raster is: at its place, where the user found it, or beside another one that was found."""
    from inference.project import rasters

    recorded = Path(raster.absolute)
    beside = (found.with_name(recorded.name) for found in moved.values())
    for place in (raster.locate(folder), moved.get(recorded), *beside):
        if place is not None and place.exists():
            return place
    raise rasters.missing(raster.role, recorded)
