"""Clean the process environment before GDAL or PROJ are loaded.

A QGIS, PostGIS or OSGeo4W installation exports paths to its own PROJ and GDAL data. The libraries inside our wheels
cannot read those files and then fail to find any CRS (rasterio#2103), so the variables must go before the first import.
"""

import os
import sys

FOREIGN_VARIABLES = ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH")
# PROJ would fetch grids from the network; what GDAL may do is told to it where files are opened (plot/gdal_drivers.py).
_OFFLINE = {"PROJ_NETWORK": "OFF"}


def scrub() -> tuple[str, ...]:
    """Remove other programs' PROJ and GDAL paths; returns the names of the variables that were set.

    PROJ is told to stay off the network, whatever the environment said.
    """
    os.environ.update(_OFFLINE)
    if getattr(sys, "frozen", False):
        _restore_library_path()
    return tuple(name for name in FOREIGN_VARIABLES if os.environ.pop(name, None) is not None)


def _restore_library_path() -> None:
    """Give LD_LIBRARY_PATH its value from before the packaged program started.

    The loader has read it already; but a web browser that we open, or the interpreter of a training pack, must
    not find our libraries in the place of its own.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = before
