"""Clean the process environment before GDAL or PROJ are loaded.

A QGIS, PostGIS or OSGeo4W installation exports paths to its own PROJ and GDAL data. The libraries inside our wheels
cannot read those files and then fail to find any CRS (rasterio#2103), so the variables must go before the first import.
"""

import os

FOREIGN_VARIABLES = ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH")


def scrub() -> tuple[str, ...]:
    """Remove other programs' PROJ and GDAL paths; returns the names of the variables that were set."""
    return tuple(name for name in FOREIGN_VARIABLES if os.environ.pop(name, None) is not None)
