"""Elevation of one raster on any frame, in metres: highest, lowest or interpolated value per cell."""

import math
from typing import Literal

import numpy as np
import numpy.typing as npt

from inference.plot.frame import Frame, subdivided
from inference.plot.raster import RasterReader
from inference.plot.raster_info import RasterInfo
from inference.plot.reframe import pixels_per_cell

FloatArray = npt.NDArray[np.float32]

LOWEST_M, HIGHEST_M = -500.0, 9000.0
"""Elevations on land: the Dead Sea's shore lies at -430 m, Mount Everest at 8849 m."""

# At most this many values are held at once while a cell's highest or lowest is looked for.
_CHUNK_VALUES = 4_000_000
_MAX_SUBDIVISION = 32


class Surface:
    """An elevation raster (its first band) in metres; NaN where it has no data."""

    def __init__(self, reader: RasterReader, unit_m: float = 1.0) -> None:
        """`unit_m`: metres per unit of the raster's values."""
        self._reader = reader
        self._unit_m = unit_m

    @property
    def reader(self) -> RasterReader:
        """The raster."""
        return self._reader

    @property
    def unit_m(self) -> float:
        """Metres per unit of the raster's values."""
        return self._unit_m

    def interpolated(self, frame: Frame) -> FloatArray:
        """(H, W) metres, bilinear between pixels, mean of pixels when shrinking: right for smooth ground."""
        block = self._reader.read_grid(
            frame, bands=(1,), resampling="average" if self.pixels_per_cell(frame) > 2.0 else "bilinear"
        )
        return self._metres(block.data[0], block.valid)

    def highest(self, frame: Frame) -> FloatArray:
        """(H, W) metres: nearest pixel, or the highest of the pixels of a larger cell: keeps treetops."""
        return self._extreme(frame, "highest", _MAX_SUBDIVISION)

    def lowest(self, frame: Frame, max_subdivision: int = _MAX_SUBDIVISION) -> FloatArray:
        """(H, W) metres: nearest pixel, or the lowest of the pixels of a larger cell: finds ground in gaps.

        Of cells over more than `max_subdivision` pixels a side only that many, evenly spread, are looked at.
        """
        return self._extreme(frame, "lowest", max_subdivision)

    def pixels_per_cell(self, frame: Frame) -> float:
        """Side of a frame's cell in pixels of this raster."""
        return pixels_per_cell(self._reader.transform, self._reader.crs_wkt, frame)

    def _extreme(self, frame: Frame, which: Literal["highest", "lowest"], max_subdivision: int) -> FloatArray:
        factor = min(max_subdivision, math.ceil(self.pixels_per_cell(frame) - 0.5))
        if factor <= 1:
            block = self._reader.read_grid(frame, bands=(1,), resampling="nearest")
            return self._metres(block.data[0], block.valid)
        rows_at_once = max(1, _CHUNK_VALUES // (factor * factor * frame.width_px))
        parts = []
        for row0 in range(0, frame.height_px, rows_at_once):
            rows = min(rows_at_once, frame.height_px - row0)
            block = self._reader.read_grid(subdivided(frame, factor, row0, rows), bands=(1,), resampling="nearest")
            fine = self._metres(block.data[0], block.valid).reshape(rows, factor, frame.width_px, factor)
            # fmax and fmin pass NaN over; a cell without any data stays NaN.
            reduce = np.fmax.reduce if which == "highest" else np.fmin.reduce
            parts.append(reduce(reduce(fine, axis=3), axis=1))
        return np.concatenate(parts)

    def _metres(self, values: npt.NDArray[np.generic], valid: npt.NDArray[np.bool_]) -> FloatArray:
        return to_metres(values, valid, self._reader.info, self._unit_m)


def to_metres(
    values: npt.NDArray[np.generic], valid: npt.NDArray[np.bool_], info: RasterInfo, unit_m: float
) -> FloatArray:
    """(H, W) stored values of an elevation raster as float32 metres; NaN where they are not valid or absurd."""
    metres = np.full(values.shape, np.nan, np.float32)
    metres[valid] = values[valid]
    if (unit_m, info.scale, info.offset) != (1.0, 1.0, 0.0):
        metres = metres * np.float32(unit_m * info.scale) + np.float32(unit_m * info.offset)
    # -9999 or -32767 that the file does not declare, even a single pixel that no check came across.
    metres[(metres < LOWEST_M) | (metres > HIGHEST_M)] = np.nan
    return metres
