"""The one door to GDAL: its cache limit for this thread, its failures turned into sentences, its noise kept quiet."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rasterio

# GDAL's own failures have no public base class; they must not leak, so the private one is named here and only here.
from rasterio._err import CPLE_BaseError
from rasterio.errors import RasterioError

from inference.errors import RasterError
from inference.plot import gdal_drivers, local_files

GDAL_FAILURES = (RasterioError, CPLE_BaseError, OSError, ValueError)
"""Everything that rasterio is known to raise on odd files; `RasterError` is an OSError too, so re-raise it first."""

gdal_drivers.register_raster_drivers()

# In bytes: rasterio hands the number to GDAL as it is, and "256" would be 256 bytes (reads 500 times slower).
CACHE_BYTES = 192 * 2**20


@contextmanager
def gdal_session(path: Path) -> Iterator[None]:
    """Run a block that reads `path` with GDAL; any failure of GDAL leaves it as `RasterError`."""
    try:
        with rasterio.Env(GDAL_CACHEMAX=CACHE_BYTES, **gdal_drivers.OFFLINE):
            yield
    except RasterError:
        raise
    except GDAL_FAILURES as failure:
        raise RasterError(
            "raster.unreadable",
            "{name} cannot be read: the file is damaged or cut off ({reason}). Copy or export it again.",
            name=path.name,
            reason=root_reason(failure),
        ) from failure


def root_reason(failure: BaseException) -> str:
    """The innermost message of a chain: rasterio's outer one says only "See previous exception"."""
    while failure.__cause__ is not None:
        failure = failure.__cause__
    text = str(failure).strip().splitlines()
    return text[0].rstrip(".") if text else type(failure).__name__


def open_raster(path: Path | str) -> rasterio.DatasetReader:
    """`rasterio.open` for reading: only files of the formats in which surveys come, and a VRT only over such files.

    Args:
        path: the user's file; a text is a VRT that the program made itself.

    Raises:
        RasterError: the file leads out of this computer.
    """
    if isinstance(path, Path):
        local_files.check_raster(path)
    dataset = rasterio.open(path)
    if dataset.driver not in gdal_drivers.RASTER_DRIVERS:
        name = str(dataset.driver)
        dataset.close()
        raise RasterError("raster.unreadable", "files of the format {format} are not opened here", format=name)
    return dataset
