"""Where new files go by default, and what file dialogs offer."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths

from inference.project.naming import SUFFIX, is_named_as_project

RASTER_SUFFIXES = (".tif", ".tiff", ".vrt", ".jp2", ".img", ".ecw")
VECTOR_SUFFIXES = (".shp", ".gpkg", ".geojson", ".json", ".kml", ".fgb", ".gml")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Places", text)


def is_raster(path: Path) -> bool:
    """Whether a name looks like a raster."""
    return path.suffix.lower() in RASTER_SUFFIXES


def is_vector(path: Path) -> bool:
    """Whether a name looks like a vector file."""
    return path.suffix.lower() in VECTOR_SUFFIXES and not is_named_as_project(path)


def raster_filter() -> str:
    """For file dialogs."""
    patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in RASTER_SUFFIXES)
    return f"{_tr('Rasters')} ({patterns});;{_tr('All files')} (*)"


def plot_filter() -> str:
    """Orthomosaics and BirchTree plots."""
    rasters = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in RASTER_SUFFIXES)
    return (
        f"{_tr('Orthomosaics and plots')} (*{SUFFIX} {rasters});;"
        f"{_tr('BirchTree plots')} (*{SUFFIX});;{_tr('All files')} (*)"
    )


def vector_filter() -> str:
    """Anything with polygons."""
    patterns = " ".join(f"*{suffix}" for suffix in VECTOR_SUFFIXES)
    return f"{_tr('Vector files')} ({patterns});;{_tr('All files')} (*)"


def documents_folder() -> Path:
    """The user's documents."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def project_path_for(ortho: Path) -> Path:
    """Where the plot of an orthomosaic goes: beside it, or among the documents when that folder is write-protected."""
    folder = ortho.parent if os.access(ortho.parent, os.W_OK) else documents_folder()
    return folder / f"{ortho.stem}{SUFFIX}"


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; what cannot even be looked up, as a name of a thousand letters, is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_taken(path: Path) -> bool:
    """Whether something of this name is there."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_free_folder(path: Path) -> bool:
    """Whether a folder of this name can be made, or is there and empty."""
    try:
        return not is_taken(path) or (is_folder(path) and not any(path.iterdir()))
    except OSError:
        return False
