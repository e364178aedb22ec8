"""A raster as the canvas reads it: through overviews where there are some, else as a rough preview."""

import math
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from affine import Affine

from inference.plot.block import RasterBlock, Resampling
from inference.plot.cost import DIRECT_READ_PX, needs_overviews, read_cost_px
from inference.plot.frame import AffineFrame, Frame
from inference.plot.overviews import OverviewStack, open_overviews
from inference.plot.raster import RasterReader
from inference.plot.raster_info import RasterInfo
from inference.plot.reframe import pixels_per_cell, read_frame
from inference.plot.sampling import mean_lattice, sample_raster
from inference.plot.surface import to_metres
from inference.plot.validity import BoolArray

FloatArray = npt.NDArray[np.float64]

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
        self._lattices: dict[tuple[int, ...], RasterBlock] = {}
        self._closed = False

    @property
    def reader(self) -> RasterReader:
        """The raster itself; it belongs to the plot."""
        return self._reader

    @property
    def info(self) -> RasterInfo:
        """The raster."""
        return self._reader.info

    @property
    def waits_for_overviews(self) -> bool:
        """Whether coarse windows are rough previews, until `ensure_overviews` has done its work."""
        return self._needs_overviews and self._overviews() is None

    def close(self) -> None:
        """Close the overviews for good; the raster itself belongs to the plot."""
        with self._lock:
            self._closed = True
            if self._stack is not None:
                self._stack.close()
                self._stack = None

    def cells_px(self, level: int) -> tuple[float, float]:
        """Columns and rows of the raster in a cell of a tile of this level: 2**level, or those of its overview.

        The overview of 30,001 columns by 32 has 938 cells, of 31.98 columns each. A tile of 32 would begin and end
        within its blocks, and four of them would be decoded where one does; no place moves by more than a cell.
        """
        factor, info = 1 << level, self.info
        if level == 0 or self._needs_overviews or factor not in info.overview_factors:
            return (float(factor), float(factor))
        return (info.width_px / math.ceil(info.width_px / factor), info.height_px / math.ceil(info.height_px / factor))

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
        """As `RasterReader.read_window`, bounded in time; overviews of ours hold the colour bands alone."""
        scale = min(w_px / out_w, h_px / out_h)
        colour = self.info.distinct_bands
        in_stack = None if bands is None else [colour.index(band) + 1 for band in bands if band in colour]
        has_them = bands is None or in_stack is None or len(in_stack) == len(bands)
        stack = self._overviews() if self._needs_overviews and has_them else None
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
                bands=in_stack,
                resampling=resampling,
            )
        if read_cost_px(self.info, w_px, h_px, scale) <= DIRECT_READ_PX:
            return self._reader.read_window(col0, row0, w_px, h_px, out_w, out_h, bands=bands, resampling=resampling)
        return self._preview(col0, row0, w_px / out_w, h_px / out_h, out_w, out_h, tuple(bands or ()))

    def _overviews(self) -> OverviewStack | None:
        with self._lock:
            if self._stack is None and not self._closed and time.monotonic() - self._looked_s >= _LOOK_AGAIN_S:
                self._looked_s = time.monotonic()
                self._stack = open_overviews(self._reader, self._cache_dir)
            return self._stack

    def _preview(
        self, col0: float, row0: float, col_step: float, row_step: float, out_w: int, out_h: int, bands: tuple[int, ...]
    ) -> RasterBlock:
        """The window out of a lattice of block means over the whole raster, smoothed."""
        with self._lock:
            if bands not in self._lattices:
                usual = not bands or bands == self.info.distinct_bands
                self._lattices[bands] = (
                    mean_lattice(self._reader) if usual else sample_raster(self._reader, bands).block
                )
            lattice = self._lattices[bands]
        xs = (col0 + (np.arange(out_w) + 0.5) * col_step) / self.info.width_px
        ys = (row0 + (np.arange(out_h) + 0.5) * row_step) / self.info.height_px
        inside = ((ys >= 0) & (ys < 1))[:, None] & ((xs >= 0) & (xs < 1))[None, :]
        return _smoothed(lattice, ys, xs, inside)


def _smoothed(lattice: RasterBlock, ys: FloatArray, xs: FloatArray, inside: BoolArray) -> RasterBlock:
    """Linear interpolation of a lattice at `ys` and `xs` (0..1 over the lattice), its missing nodes left out."""
    known = lattice.valid.astype(np.float32)
    weights = _along(_along(known[None], ys).swapaxes(1, 2), xs).swapaxes(1, 2)
    values = np.where(lattice.valid, lattice.data, 0).astype(np.float32)
    sums = _along(_along(values, ys).swapaxes(1, 2), xs).swapaxes(1, 2)
    valid = inside & (weights[0] > 0.5)
    data = sums / np.maximum(weights, np.float32(1e-6))
    if np.issubdtype(lattice.data.dtype, np.integer):
        data = np.rint(data)
    return RasterBlock(np.where(valid, data, 0).astype(lattice.data.dtype), valid)


def _along(values: npt.NDArray[np.float32], at: FloatArray) -> npt.NDArray[np.float32]:
    """(C, K, N) interpolated along its second axis at positions 0..1."""
    count = values.shape[1]
    position = np.clip(at * count - 0.5, 0, count - 1)
    lower = np.minimum(position.astype(np.intp), max(count - 2, 0))
    share = (position - lower).astype(np.float32)[None, :, None]
    upper = np.minimum(lower + 1, count - 1)
    result: npt.NDArray[np.float32] = values[:, lower] * (1 - share) + values[:, upper] * share
    return result


class SurfaceSource:
    """Elevation in metres on any frame, for the eye: interpolated, from overviews."""

    def __init__(self, source: DisplaySource, unit_m: float) -> None:
        self._source = source
        self._unit_m = unit_m

    @property
    def source(self) -> DisplaySource:
        """The raster."""
        return self._source

    def on_frame(self, frame: Frame) -> npt.NDArray[np.float32]:
        """(H, W) metres; NaN where unknown."""
        block = read_frame(self._source, frame, bands=(1,), resampling="bilinear")
        return to_metres(block.data[0], block.valid, self._source.info, self._unit_m)

    def pixels_per_cell(self, frame: Frame) -> float:
        """Side of a frame's cell in pixels of the raster."""
        info = self._source.info
        return pixels_per_cell(info.transform, info.crs_wkt, frame)

    def at(self, ortho: RasterInfo, x_crs: float, y_crs: float) -> float | None:
        """Metres at one place of the plot; None where unknown."""
        value = float(self.on_frame(spot_frame(ortho, x_crs, y_crs))[0, 0])
        return None if math.isnan(value) else value


def spot_frame(ortho: RasterInfo, x_crs: float, y_crs: float) -> AffineFrame:
    """A frame of one orthomosaic pixel centred on a place of the plot."""
    t = ortho.transform
    corner = Affine(t.a, t.b, x_crs - (t.a + t.b) / 2, t.d, t.e, y_crs - (t.d + t.e) / 2)
    return AffineFrame(ortho.crs_wkt, corner, 1, 1)
