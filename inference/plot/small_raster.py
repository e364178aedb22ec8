"""Reads whole rasters that must be small, as the tiles of a training set, and refuses those that only say so."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from affine import Affine

from inference.errors import RasterError
from inference.plot.gdal_session import gdal_session, open_raster

MAX_BYTES = 1 << 30
"""What a tile may hold in memory; one of 4,096 cells a side with four bands of float32 takes a quarter of it."""


@dataclass(frozen=True, slots=True)
class SmallRaster:
    """A whole raster: (C, H, W) values as stored, the declared nodata of its first band, and where its pixels lie."""

    planes: npt.NDArray[Any]
    nodata: float | None
    transform: Affine


def read_small(path: Path) -> SmallRaster:
    """All of a raster.

    Raises:
        RasterError: missing, no raster, damaged, or far larger than a tile.
    """
    with gdal_session(path), open_raster(path) as raster:
        value_bytes = max(np.dtype(kind).itemsize for kind in raster.dtypes)
        size_bytes = raster.count * raster.height * raster.width * value_bytes
        if size_bytes > MAX_BYTES:
            raise RasterError(
                "raster.no_tile",
                "{name} claims {width} x {height} pixels in {bands} bands, far more than a tile of a training set.",
                name=path.name,
                width=raster.width,
                height=raster.height,
                bands=raster.count,
            )
        return SmallRaster(raster.read(), raster.nodata, raster.transform)
