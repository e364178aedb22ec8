"""The estimated ground of a plot: made once from the DSM on a coarse grid, kept in memory and in the cache."""

import contextlib
import logging
import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inference.array_files import read_arrays
from inference.jobs import CancelToken, Progress
from inference.plot.block import RasterBlock
from inference.plot.frame import Frame
from inference.plot.grid import Bounds, Grid
from inference.plot.ground import GROUND_VERSION, estimate_ground
from inference.plot.identity import file_key
from inference.plot.reframe import coordinates_in, mix_bilinear
from inference.plot.surface import Surface

FloatArray = npt.NDArray[np.float32]

_CELL_M = 1.0
_MAX_CELLS = 4_000_000
_MAX_VALUES = 400_000_000
_STAGE = "ground"
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GroundModel:
    """Ground elevation on a coarse grid.

    Attributes:
        grid: cells of about a metre in the plot CRS.
        ground_m: (H, W) float32 metres; NaN only where the DSM has no data far around.
    """

    grid: Grid
    ground_m: FloatArray

    def on_frame(self, frame: Frame) -> FloatArray:
        """(H, W) metres on a frame, bilinear; NaN outside the grid."""
        cols, rows = coordinates_in(self.grid.transform, self.grid.crs_wkt, frame)
        inside = (cols >= 0) & (cols < self.grid.width_px) & (rows >= 0) & (rows < self.grid.height_px)
        known = ~np.isnan(self.ground_m)
        block = mix_bilinear(RasterBlock(self.ground_m[None], known), cols, rows, inside)
        return np.where(block.valid, block.data[0], np.float32(np.nan))


def load_or_estimate(
    dsm: Surface,
    crs_wkt: str,
    unit_m: float,
    bounds_crs: Bounds,
    cache_dir: Path | None,
    on_progress: Callable[[Progress], None],
    cancel: CancelToken,
) -> GroundModel:
    """The ground under a DSM inside `bounds_crs` (plot CRS), from the cache where it is there."""
    left, bottom, right, top = bounds_crs
    area_m2 = (right - left) * (top - bottom) * unit_m**2
    cell_m = max(_CELL_M, math.sqrt(area_m2 / _MAX_CELLS))
    grid = Grid.covering(crs_wkt, bounds_crs, cell_m / unit_m)
    kept = None if cache_dir is None else cache_dir / f"{_cache_name(dsm, grid)}.npz"
    if kept is not None and (ground := _load(kept, grid)) is not None:
        return GroundModel(grid, ground)
    lowest = _lowest(dsm, grid, on_progress, cancel)
    ground = estimate_ground(lowest, cell_m, check=cancel.check)
    on_progress(Progress(_STAGE, 100, 100))
    if kept is not None:
        _save(kept, ground)
    return GroundModel(grid, ground)


def _lowest(dsm: Surface, grid: Grid, on_progress: Callable[[Progress], None], cancel: CancelToken) -> FloatArray:
    """Lowest DSM value per cell, read in strips."""
    subdivision = max(2, min(16, math.isqrt(_MAX_VALUES // (grid.height_px * grid.width_px))))
    rows_at_once = max(1, 4_000_000 // (subdivision**2 * grid.width_px))
    parts = []
    for row0 in range(0, grid.height_px, rows_at_once):
        cancel.check()
        rows = min(rows_at_once, grid.height_px - row0)
        parts.append(dsm.lowest(grid.window(row0, 0, rows, grid.width_px), subdivision))
        on_progress(Progress(_STAGE, int(80 * (row0 + rows) / grid.height_px), 100))
    return np.concatenate(parts)


def _cache_name(dsm: Surface, grid: Grid) -> str:
    place = f"{grid.left_crs:.3f}_{grid.top_crs:.3f}_{grid.cell_crs:.4f}_{grid.height_px}x{grid.width_px}"
    return f"{file_key(dsm.reader.info.path)}_{place}_u{dsm.unit_m:.4f}_v{GROUND_VERSION}"


def _load(path: Path, grid: Grid) -> npt.NDArray[np.float32] | None:
    """A kept ground; None where there is none or it is damaged (it is then made again)."""
    try:
        ground = np.asarray(read_arrays(path)["ground_m"], np.float32)
    except (OSError, KeyError, ValueError, TypeError):
        return None
    return ground if ground.shape == grid.shape else None


def _save(path: Path, ground_m: FloatArray) -> None:
    """Keep it for the next time; a full or write-protected disk only means that it is estimated again then."""
    part = path.with_name(f"{path.stem}.{os.getpid()}.part.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(part, ground_m=ground_m)
        part.replace(path)
    except OSError as error:
        _logger.info("the estimated ground is not kept: %s", error)
        with contextlib.suppress(OSError):
            part.unlink()
