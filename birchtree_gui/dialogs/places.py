"""Where new files go by default, and what file dialogs offer."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths

PROJECT_SUFFIX = ".birch.gpkg"
RASTER_SUFFIXES = (".tif", ".tiff", ".vrt", ".jp2", ".img", ".ecw")
VECTOR_SUFFIXES = (".shp", ".gpkg", ".geojson", ".json", ".kml", ".fgb", ".gml")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Places", text)


def is_project(path: Path) -> bool:
    """Whether a name is that of a BirchTree plot."""
    return path.name.lower().endswith(PROJECT_SUFFIX)


def is_raster(path: Path) -> bool:
    """Whether a name looks like a raster."""
    return path.suffix.lower() in RASTER_SUFFIXES


def is_vector(path: Path) -> bool:
    """Whether a name looks like a vector file."""
    return path.suffix.lower() in VECTOR_SUFFIXES and not is_project(path)


def raster_filter() -> str:
    """For file dialogs."""
    patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in RASTER_SUFFIXES)
    return f"{_tr('Rasters')} ({patterns});;{_tr('All files')} (*)"


def plot_filter() -> str:
    """Orthomosaics and BirchTree plots."""
    rasters = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in RASTER_SUFFIXES)
    return (
        f"{_tr('Orthomosaics and plots')} (*{PROJECT_SUFFIX} {rasters});;"
        f"{_tr('BirchTree plots')} (*{PROJECT_SUFFIX});;{_tr('All files')} (*)"
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
    return folder / f"{ortho.stem}{PROJECT_SUFFIX}"
