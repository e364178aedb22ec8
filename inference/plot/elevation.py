"""Heights above ground anywhere on a plot: DSM minus DTM, or minus a ground estimated from the DSM."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from affine import Affine

from inference.jobs import CancelToken, Progress
from inference.plot.frame import AffineFrame, Frame
from inference.plot.grid import Bounds
from inference.plot.ground_model import GroundModel, load_or_estimate
from inference.plot.surface import Surface
from inference.plot.tile import HeightSource

FloatArray = npt.NDArray[np.float32]

# The tallest tree known measures 116 m; what stands higher is a mast, a bird or a matching error.
MAX_HEIGHT_M = 130.0


@dataclass(frozen=True, slots=True)
class ElevationSample:
    """Elevations at (N,) places in metres, float32; NaN where unknown."""

    dsm_m: FloatArray
    ground_m: FloatArray
    chm_m: FloatArray


class Elevation:
    """Surface, ground and canopy height of a plot. Thread-safe."""

    def __init__(
        self,
        dsm: Surface,
        dtm: Surface | None,
        *,
        crs_wkt: str,
        unit_m: float,
        bounds_crs: Bounds,
        cache_dir: Path | None = None,
    ) -> None:
        """`crs_wkt`, `unit_m`, `bounds_crs`: of the plot. `cache_dir`: keeps an estimated ground between runs."""
        self._dsm = dsm
        self._dtm = dtm
        self._crs_wkt = crs_wkt
        self._unit_m = unit_m
        self._bounds_crs = bounds_crs
        self._cache_dir = cache_dir
        self._ground: GroundModel | None = None
        self._ground_lock = threading.Lock()

    @property
    def source(self) -> HeightSource:
        """How heights are made: "DSM-DTM", or "DSM-est" when the ground is estimated."""
        return "DSM-DTM" if self._dtm is not None else "DSM-est"

    @property
    def crs_wkt(self) -> str:
        """The plot CRS, in which grids are asked for."""
        return self._crs_wkt

    @property
    def unit_m(self) -> float:
        """Metres per unit of the plot CRS."""
        return self._unit_m

    @property
    def dsm(self) -> Surface:
        """The surface raster."""
        return self._dsm

    @property
    def dtm(self) -> Surface | None:
        """The terrain raster."""
        return self._dtm

    @property
    def ground_is_ready(self) -> bool:
        """Whether `ground_m` answers at once: there is a DTM, or the estimate is made."""
        return self._dtm is not None or self._ground is not None

    @property
    def cell_m(self) -> float:
        """Side of a DSM cell in metres, measured in the plot CRS."""
        left, bottom, right, top = self._bounds_crs
        frame = AffineFrame(self._crs_wkt, Affine(1.0, 0.0, (left + right) / 2, 0.0, -1.0, (bottom + top) / 2), 1, 1)
        return self._unit_m / self._dsm.pixels_per_cell(frame)

    def dsm_m(self, grid: Frame) -> FloatArray:
        """(H, W) surface elevation in metres; NaN where unknown. Never interpolated: that would lower treetops."""
        return self._dsm.highest(grid)

    def ground_m(self, grid: Frame) -> FloatArray:
        """(H, W) ground elevation in metres, bilinear; NaN where unknown.

        Without a DTM the first call estimates the ground of the whole plot (`prepare_ground`).
        """
        if self._dtm is not None:
            return self._dtm.interpolated(grid)
        return self.prepare_ground().on_frame(grid)

    def chm_m(self, grid: Frame) -> FloatArray:
        """(H, W) height above ground in metres, >= 0; NaN where unknown or above `MAX_HEIGHT_M`."""
        return self.dsm_and_chm_m(grid)[1]

    def dsm_and_chm_m(self, grid: Frame) -> tuple[FloatArray, FloatArray]:
        """`dsm_m` and `chm_m` with one read of the DSM."""
        dsm = self.dsm_m(grid)
        return dsm, canopy_height(dsm, self.ground_m(grid))

    def sample(self, xy: npt.NDArray[np.float64]) -> ElevationSample:
        """Elevations at (N, 2) places in the plot CRS; the nearest DSM pixel, no search for maxima."""
        size = 1e-3 * self.cell_m / self._unit_m
        dsm = np.empty(len(xy), np.float32)
        ground = np.empty(len(xy), np.float32)
        for number, (x, y) in enumerate(xy):
            frame = AffineFrame(self._crs_wkt, Affine(size, 0, x - size / 2, 0, -size, y + size / 2), 1, 1)
            dsm[number] = self.dsm_m(frame)[0, 0]
            ground[number] = self.ground_m(frame)[0, 0]
        return ElevationSample(dsm, ground, canopy_height(dsm, ground))

    def prepare_ground(
        self, on_progress: Callable[[Progress], None] | None = None, cancel: CancelToken | None = None
    ) -> GroundModel:
        """Estimate the ground now (or take it from the cache), with progress; needed only without a DTM.

        Raises:
            Cancelled: the user stopped it.
            RasterError: the DSM is damaged.
        """
        with self._ground_lock:
            if self._ground is None:
                self._ground = load_or_estimate(
                    self._dsm,
                    self._crs_wkt,
                    self._unit_m,
                    self._bounds_crs,
                    self._cache_dir,
                    on_progress or (lambda _: None),
                    cancel or CancelToken(),
                )
            return self._ground


def canopy_height(dsm_m: FloatArray, ground_m: FloatArray) -> FloatArray:
    """Height above ground of elevations in metres: below ground counts as 0, above `MAX_HEIGHT_M` as unknown."""
    height: FloatArray = np.maximum(dsm_m - ground_m, np.float32(0.0))
    height[height > MAX_HEIGHT_M] = np.nan
    return height
