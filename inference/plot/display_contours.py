"""Contours of the ground as a layer: lines of equal elevation, drawn by distance from the line so that no tile shows a
seam."""

import math
import threading
from typing import Protocol

import numpy as np
import numpy.typing as npt
from affine import Affine

from inference.plot.frame import AffineFrame, Frame, composed, padded
from inference.plot.pyramid import TILE_PX, TileKey, tile_frame
from inference.plot.raster_info import RasterInfo
from inference.plot.style import enlarged

Uint8Array = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float32]

_MARGIN = 2
# Lines over the whole relief at the coarsest level, about as many as fit on one screen without becoming a grey.
_LINES = 12
_FINEST_M, _COARSEST_M = 0.25, 100.0
_STEPS = (1.0, 2.5, 5.0)
_THIN_PX, _THICK_PX = 1.2, 2.4
_EVERY_THICK = 4
_LINE = (112, 62, 22)
_HALO = (255, 248, 232)
_WHOLE_SIDE = 256


class Ground(Protocol):
    """The ground of a plot, as `ChmLayer` has it."""

    def has_ground(self) -> bool:
        """Whether it is known."""
        ...

    def ground_m(self, frame: Frame) -> FloatArray:
        """(H, W) metres; NaN where unknown."""
        ...

    def ground_pixels_per_cell(self, frame: Frame) -> float:
        """Side of a frame's cell in pixels of the ground."""
        ...


def round_interval_m(wanted_m: float) -> float:
    """The 1, 2.5 or 5 times a power of ten next above `wanted_m`, within sense for contours."""
    bounded = min(max(wanted_m, _FINEST_M), _COARSEST_M)
    decade = 10.0 ** math.floor(math.log10(bounded))
    return next(step * decade for step in (*_STEPS, 10.0) if step * decade >= bounded * (1 - 1e-9))


def contour_lines(ground: FloatArray, interval_m: float) -> Uint8Array:
    """(H, W, 4) RGBA lines of (H, W) elevations in metres at multiples of `interval_m`; every fourth is thicker.

    The distance to a line is the height above or below it over the slope, which holds as far as a line is wide.
    """
    rgba = np.zeros((*ground.shape, 4), np.uint8)
    down, right = np.gradient(ground)
    slope = np.maximum(np.hypot(down, right), np.float32(1e-6))  # NaN beside what is unknown: no line there
    steps = ground * np.float32(1.0 / interval_m)
    level = np.rint(steps)
    away_px = np.abs(steps - level) * (np.float32(interval_m) / slope)
    # A light rim on both sides, or brown lines would drown in dark crowns. Few pixels are near a line.
    rows, cols = np.nonzero(away_px < _THICK_PX / 2 + 1.5)
    away_px = away_px[rows, cols]
    width_px = np.where(level[rows, cols] % _EVERY_THICK == 0, np.float32(_THICK_PX), np.float32(_THIN_PX))
    line = np.clip(width_px / 2 + 0.5 - away_px, 0.0, 1.0)
    alpha = np.maximum(line, np.clip(width_px / 2 + 1.5 - away_px, 0.0, 1.0) * np.float32(0.55))
    share = (line / np.maximum(alpha, 1e-6))[:, None]
    rgba[rows, cols, :3] = share * np.array(_LINE) + (1 - share) * np.array(_HALO)
    rgba[rows, cols, 3] = alpha * 255
    return rgba


class ContourLayer:
    """Contours; their interval is a round one that follows the relief of the plot and the zoom."""

    def __init__(self, ortho: RasterInfo, ground: Ground) -> None:
        self._ortho = ortho
        self._ground = ground
        self._lock = threading.Lock()
        self._relief_m: float | None = None

    def is_preview(self) -> bool:
        """See `display.DisplayLayer`."""
        return not self._ground.has_ground()

    def relief_m(self) -> float:
        """From the lowest to the highest ground of the plot; 0 while it is not known."""
        if not self._ground.has_ground():
            return 0.0
        with self._lock:
            if self._relief_m is None:
                heights = self._ground.ground_m(_whole(self._ortho))
                known = heights[~np.isnan(heights)]
                self._relief_m = float(np.ptp(np.percentile(known, [1, 99]))) if known.size else 0.0
            return self._relief_m

    def interval_m(self, level: int) -> float:
        """Metres between lines at a level of the pyramid."""
        longest_px = max(self._ortho.width_px, self._ortho.height_px)
        top = max(0, math.ceil(math.log2(max(longest_px, 1) / TILE_PX)))
        # A view holds half of the plot's relief or so at each step closer, until its slope alone counts.
        return round_interval_m(self.relief_m() / _LINES * 2.0 ** (0.75 * (min(level, top) - top)))

    def known_interval_m(self, level: int) -> float | None:
        """`interval_m` if no file need be read for it."""
        return None if self._relief_m is None else self.interval_m(level)

    def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> Uint8Array:
        """See `display.DisplayLayer`; empty while the ground is not estimated yet."""
        if not self._ground.has_ground():
            return np.zeros((tile_px, tile_px, 4), np.uint8)
        frame, factor = self._lattice(TileKey(level, col, row), tile_px)
        heights = self._ground.ground_m(frame)
        if factor > 1:
            fine = enlarged(heights, factor, _MARGIN - 1)[factor - 1 : 1 - factor, factor - 1 : 1 - factor]
        else:
            fine = heights[_MARGIN - 1 : 1 - _MARGIN, _MARGIN - 1 : 1 - _MARGIN]
        return np.ascontiguousarray(contour_lines(fine, self.interval_m(level))[1:-1, 1:-1])

    def value_at(self, x_crs: float, y_crs: float) -> float | None:
        """Elevation of the ground in metres."""
        if not self._ground.has_ground():
            return None
        t = self._ortho.transform
        corner = Affine(t.a, t.b, x_crs - (t.a + t.b) / 2, t.d, t.e, y_crs - (t.d + t.e) / 2)
        value = float(self._ground.ground_m(AffineFrame(self._ortho.crs_wkt, corner, 1, 1))[0, 0])
        return None if math.isnan(value) else value

    def _lattice(self, key: TileKey, tile_px: int) -> tuple[AffineFrame, int]:
        """The cells to read, no finer than half a pixel of the ground, and by how much they are enlarged."""
        tile = tile_frame(self._ortho, key, tile_px)
        finest = -math.log2(max(self._ground.ground_pixels_per_cell(tile), 2.0**-6))
        factor = 1 << min(5, max(0, math.floor(finest)))
        factor = factor if tile_px % factor == 0 else 1
        side = tile_px // factor
        coarse = AffineFrame(tile.crs_wkt, composed(tile.transform, Affine.scale(factor)), side, side)
        return padded(coarse, _MARGIN), factor


def _whole(ortho: RasterInfo) -> AffineFrame:
    step = max(ortho.width_px, ortho.height_px) / _WHOLE_SIDE
    height, width = max(2, round(ortho.height_px / step)), max(2, round(ortho.width_px / step))
    return AffineFrame(ortho.crs_wkt, composed(ortho.transform, Affine.scale(step)), height, width)
