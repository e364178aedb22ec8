"""A raster as the canvas reads it: through overviews where there are some, else as a rough preview."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from inference.plot.block import RasterBlock, Resampling
from inference.plot.cost import DIRECT_READ_PX, needs_overviews, read_cost_px
from inference.plot.overviews import OverviewStack, open_overviews
from inference.plot.raster import RasterReader
from inference.plot.raster_info import RasterInfo
from inference.plot.reframe import mix_bilinear
from inference.plot.sampling import mean_lattice

_LOOK_AGAIN_S = 1.0


class DisplaySource:
    """Windows of a raster within a fraction of a second, whatever its size and layout. Thread-safe."""

    def __init__(self, reader: RasterReader, cache_dir: Path) -> None:
        self._reader = reader
        self._cache_dir = cache_dir
        self._lock = threading.Lock()
        self._stack: OverviewStack | None = None
        self._needs_overviews = needs_overviews(reader.info)
        self._looked_s = -_LOOK_AGAIN_S
        self._lattice: RasterBlock | None = None

    @property
    def info(self) -> RasterInfo:
        """The raster."""
        return self._reader.info

    @property
    def waits_for_overviews(self) -> bool:
        """Whether coarse windows are rough previews, until `ensure_overviews` has done its work."""
        return self._needs_overviews and self._overviews() is None

    def close(self) -> None:
        """Close the overviews; the raster itself belongs to the plot."""
        with self._lock:
            if self._stack is not None:
                self._stack.close()
                self._stack = None

    def read_window(
        self,
        col0: float,
        row0: float,
        w_px: float,
        h_px: float,
        out_w: int,
        out_h: int,
        *,
        bands: Sequence[int] | None = None,
        resampling: Resampling = "average",
    ) -> RasterBlock:
        """As `RasterReader.read_window`, bounded in time; `bands` None or the first ones that it would give."""
        scale = min(w_px / out_w, h_px / out_h)
        stack = self._overviews() if self._needs_overviews else None
        number = None if stack is None else stack.level_for(scale)
        if stack is not None and number is not None:
            factor = stack.factors[number]
            return stack.readers[number].read_window(
                col0 / factor,
                row0 / factor,
                w_px / factor,
                h_px / factor,
                out_w,
                out_h,
                bands=bands,
                resampling=resampling,
            )
        if read_cost_px(self.info, w_px, h_px, scale) <= DIRECT_READ_PX:
            return self._reader.read_window(col0, row0, w_px, h_px, out_w, out_h, bands=bands, resampling=resampling)
        return self._preview(col0, row0, w_px / out_w, h_px / out_h, out_w, out_h)

    def _overviews(self) -> OverviewStack | None:
        with self._lock:
            if self._stack is None and time.monotonic() - self._looked_s >= _LOOK_AGAIN_S:
                self._looked_s = time.monotonic()
                self._stack = open_overviews(self._reader, self._cache_dir)
            return self._stack

    def _preview(
        self, col0: float, row0: float, col_step: float, row_step: float, out_w: int, out_h: int
    ) -> RasterBlock:
        """The window out of a lattice of block means over the whole raster, smoothed."""
        with self._lock:
            if self._lattice is None:
                self._lattice = mean_lattice(self._reader)
            lattice = self._lattice
        rows, cols = lattice.valid.shape
        xs = (col0 + (np.arange(out_w) + 0.5) * col_step) / self.info.width_px
        ys = (row0 + (np.arange(out_h) + 0.5) * row_step) / self.info.height_px
        inside = ((ys >= 0) & (ys < 1))[:, None] & ((xs >= 0) & (xs < 1))[None, :]
        x, y = np.broadcast_arrays(xs[None, :] * cols, ys[:, None] * rows)
        return mix_bilinear(lattice, x, y, inside)
