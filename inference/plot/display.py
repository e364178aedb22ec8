"""The layers that the canvas paints: orthomosaic, hillshade, DSM colours and canopy height, tile by tile.

Tiles lie on the orthomosaic's own pixel grid (level l = 2**l of its pixels per tile pixel), so a rotated orthomosaic is
shown upright; elevation is brought onto that grid as it is read. Called from worker threads.
"""

import math
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from affine import Affine

from inference import paths
from inference.jobs import CancelToken, Progress
from inference.plot.cost import needs_overviews
from inference.plot.display_source import DisplaySource
from inference.plot.elevation import Elevation, canopy_height
from inference.plot.frame import AffineFrame, Frame, composed, padded, place
from inference.plot.overviews import ensure_overviews
from inference.plot.plot import Plot
from inference.plot.pyramid import TILE_PX, TileKey, tile_frame
from inference.plot.raster_info import RasterInfo
from inference.plot.reframe import read_frame
from inference.plot.style import RampName, RasterStretch, colour_ramp, hillshade, to_rgb8
from inference.plot.surface import HIGHEST_M, LOWEST_M

Uint8Array = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float32]

# A ground is estimated while a tile waits for it only where that takes about a second.
_QUICK_GROUND_PX = 32_000_000
_DEFAULT_TOP_M = 30.0


class DisplayLayer(Protocol):
    """What the canvas needs of a layer."""

    def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> Uint8Array:
        """(tile_px, tile_px, 4) RGBA, not premultiplied; alpha 0 where there is nothing.

        Raises:
            RasterError: the file is damaged.
        """
        ...

    def value_at(self, x_crs: float, y_crs: float) -> float | None:
        """The layer's value at a place of the plot: metres, or brightness 0..255; None where there is none."""
        ...

    def is_preview(self) -> bool:
        """Whether coarse tiles are still rough, or the layer empty, until `prepare` has done its work."""
        ...


def layers(plot: Plot, cache_dir: Path | None = None) -> dict[str, DisplayLayer]:
    """The layers of a plot: "ortho" always, "hillshade", "dsm" and "chm" with a DSM."""
    folder = cache_dir or paths.cache_dir()
    found: dict[str, DisplayLayer] = {"ortho": OrthoLayer(DisplaySource(plot.ortho, folder), plot.stretch)}
    if plot.elevation is None or plot.dsm is None:
        return found
    surface = SurfaceSource(DisplaySource(plot.dsm, folder), plot.elevation.dsm.unit_m)
    ground = None
    if plot.dtm is not None and plot.elevation.dtm is not None:
        ground = SurfaceSource(DisplaySource(plot.dtm, folder), plot.elevation.dtm.unit_m)
    info, unit_m = plot.ortho.info, plot.unit_m
    found["hillshade"] = HillshadeLayer(info, unit_m, surface)
    found["dsm"] = ColourLayer(info, unit_m, surface)
    found["chm"] = ChmLayer(info, surface, ground, plot.elevation)
    return found


def prepare(
    plot: Plot,
    cache_dir: Path | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
) -> bool:
    """Make in the background what smooth display needs: missing overviews, and the ground without a DTM.

    Returns:
        Whether anything was made, so that tiles on screen should be painted anew.
    """
    folder = cache_dir or paths.cache_dir()
    made = False
    for reader in (plot.ortho, plot.dsm, plot.dtm):
        if reader is not None and needs_overviews(reader.info):
            made |= ensure_overviews(reader, folder, on_progress, cancel) is not None
    if plot.elevation is not None and not plot.elevation.ground_is_ready:
        plot.elevation.prepare_ground(on_progress, cancel)
        made = True
    return made


class OrthoLayer:
    """The orthomosaic."""

    def __init__(self, source: DisplaySource, stretch: RasterStretch) -> None:
        self._source = source
        self._stretch = stretch

    def is_preview(self) -> bool:
        """See `DisplayLayer`."""
        return self._source.waits_for_overviews

    def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> Uint8Array:
        """See `DisplayLayer`."""
        span = tile_px << level
        block = self._source.read_window(col * span, row * span, span, span, tile_px, tile_px)
        rgba = np.empty((tile_px, tile_px, 4), np.uint8)
        rgba[..., :3] = np.moveaxis(to_rgb8(block, self._stretch), 0, -1)
        rgba[..., 3] = block.valid
        rgba[..., 3] *= 255
        return rgba

    def value_at(self, x_crs: float, y_crs: float) -> float | None:
        """Mean of red, green and blue, 0..255."""
        col, row = place(~self._source.info.transform, x_crs, y_crs)
        block = self._source.read_window(math.floor(col), math.floor(row), 1, 1, 1, 1, resampling="nearest")
        return float(to_rgb8(block, self._stretch).mean()) if block.valid[0, 0] else None


class SurfaceSource:
    """Elevation in metres on any frame, for the eye: interpolated, from overviews."""

    def __init__(self, source: DisplaySource, unit_m: float) -> None:
        self._source = source
        self._unit_m = unit_m

    @property
    def source(self) -> DisplaySource:
        """The raster."""
        return self._source

    def on_frame(self, frame: Frame) -> FloatArray:
        """(H, W) metres; NaN where unknown."""
        block = read_frame(self._source, frame, bands=(1,), resampling="bilinear")
        metres: FloatArray = np.where(block.valid, block.data[0], np.nan).astype(np.float32)
        metres *= np.float32(self._unit_m)
        metres[(metres < LOWEST_M) | (metres > HIGHEST_M)] = np.nan
        return metres

    def at(self, ortho: RasterInfo, x_crs: float, y_crs: float) -> float | None:
        """Metres at one place of the plot; None where unknown."""
        value = float(self.on_frame(_spot(ortho, x_crs, y_crs))[0, 0])
        return None if math.isnan(value) else value


def _spot(ortho: RasterInfo, x_crs: float, y_crs: float) -> AffineFrame:
    """A frame of one orthomosaic pixel centred on a place."""
    t = ortho.transform
    corner = Affine(t.a, t.b, x_crs - (t.a + t.b) / 2, t.d, t.e, y_crs - (t.d + t.e) / 2)
    return AffineFrame(ortho.crs_wkt, corner, 1, 1)


def _span(values: FloatArray, low: float, high: float) -> tuple[float, float] | None:
    known = values[~np.isnan(values)]
    if known.size == 0:
        return None
    lo, hi = (float(v) for v in np.percentile(known, [low, high]))
    return lo, hi


def _whole(ortho: RasterInfo, side_px: int = 256) -> AffineFrame:
    """A coarse frame over the whole orthomosaic."""
    step = max(ortho.width_px, ortho.height_px) / side_px
    height, width = max(2, round(ortho.height_px / step)), max(2, round(ortho.width_px / step))
    return AffineFrame(ortho.crs_wkt, composed(ortho.transform, Affine.scale(step)), height, width)


class HillshadeLayer:
    """The DSM in relief."""

    def __init__(self, ortho: RasterInfo, unit_m: float, surface: SurfaceSource) -> None:
        self._ortho = ortho
        self._unit_m = unit_m
        self._surface = surface

    def is_preview(self) -> bool:
        """See `DisplayLayer`."""
        return self._surface.source.waits_for_overviews

    def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> Uint8Array:
        """See `DisplayLayer`."""
        dsm, shade = self.shaded(level, col, row, tile_px)
        return _rgba(np.repeat(shade[..., None], 3, axis=2), ~np.isnan(dsm))

    def shaded(self, level: int, col: int, row: int, tile_px: int) -> tuple[FloatArray, Uint8Array]:
        """DSM and shade of a tile; read one pixel larger, so that neighbours fit without a seam."""
        frame = padded(tile_frame(self._ortho, TileKey(level, col, row), tile_px), 1)
        dsm = self._surface.on_frame(frame)
        cell_m = abs(frame.transform.determinant) ** 0.5 * self._unit_m
        return dsm[1:-1, 1:-1], hillshade(dsm, cell_m)[1:-1, 1:-1]

    def value_at(self, x_crs: float, y_crs: float) -> float | None:
        """Surface elevation in metres."""
        return self._surface.at(self._ortho, x_crs, y_crs)


class ColourLayer:
    """The DSM in colours from low to high, with a touch of relief."""

    def __init__(self, ortho: RasterInfo, unit_m: float, surface: SurfaceSource, ramp: RampName = "terrain") -> None:
        self._relief = HillshadeLayer(ortho, unit_m, surface)
        self._ortho = ortho
        self._surface = surface
        self._ramp: RampName = ramp
        self._lock = threading.Lock()
        self._range_m: tuple[float, float] | None = None

    def is_preview(self) -> bool:
        """See `DisplayLayer`."""
        return self._relief.is_preview()

    def range_m(self) -> tuple[float, float]:
        """Elevations of the lowest and the highest colour, for the legend."""
        with self._lock:
            if self._range_m is None:
                self._range_m = _span(self._surface.on_frame(_whole(self._ortho)), 1.0, 99.0) or (0.0, 1.0)
            return self._range_m

    def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> Uint8Array:
        """See `DisplayLayer`."""
        dsm, shade = self._relief.shaded(level, col, row, tile_px)
        low, high = self.range_m()
        light = np.float32(0.5) + shade.astype(np.float32) * np.float32(0.65 / 255.0)
        rgb = np.minimum(colour_ramp(dsm, low, high, self._ramp) * light[..., None], 255.0).astype(np.uint8)
        return _rgba(rgb, ~np.isnan(dsm))

    def value_at(self, x_crs: float, y_crs: float) -> float | None:
        """Surface elevation in metres."""
        return self._surface.at(self._ortho, x_crs, y_crs)


class ChmLayer:
    """Height above ground in colours."""

    def __init__(
        self, ortho: RasterInfo, surface: SurfaceSource, ground: SurfaceSource | None, elevation: Elevation
    ) -> None:
        """`ground` None: `elevation`'s estimated ground."""
        self._ortho = ortho
        self._surface = surface
        self._ground = ground
        self._elevation = elevation
        self._lock = threading.Lock()
        self._top_m: float | None = None

    def is_preview(self) -> bool:
        """See `DisplayLayer`."""
        sources = [self._surface] if self._ground is None else [self._surface, self._ground]
        return not self._has_ground() or any(s.source.waits_for_overviews for s in sources)

    def range_m(self) -> tuple[float, float]:
        """Heights of the lowest and the highest colour, for the legend."""
        with self._lock:
            if self._top_m is None:
                span = _span(self._heights(_whole(self._ortho)), 1.0, 99.8)
                self._top_m = _DEFAULT_TOP_M if span is None else max(5.0, math.ceil(span[1] / 5.0) * 5.0)
            return 0.0, self._top_m

    def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> Uint8Array:
        """See `DisplayLayer`; empty while the ground of a large DSM is not estimated yet (`prepare`)."""
        if not self._has_ground():
            return np.zeros((tile_px, tile_px, 4), np.uint8)
        heights = self._heights(tile_frame(self._ortho, TileKey(level, col, row), tile_px))
        low, high = self.range_m()
        return _rgba(colour_ramp(heights, low, high, "viridis"), ~np.isnan(heights))

    def value_at(self, x_crs: float, y_crs: float) -> float | None:
        """Height above ground in metres."""
        if not self._has_ground():
            return None
        value = float(self._heights(_spot(self._ortho, x_crs, y_crs))[0, 0])
        return None if math.isnan(value) else value

    def _has_ground(self) -> bool:
        info = self._surface.source.info
        return (
            self._ground is not None
            or self._elevation.ground_is_ready
            or info.width_px * info.height_px <= _QUICK_GROUND_PX
        )

    def _heights(self, frame: Frame) -> FloatArray:
        ground = self._elevation.ground_m(frame) if self._ground is None else self._ground.on_frame(frame)
        return canopy_height(self._surface.on_frame(frame), ground)


def _rgba(rgb: Uint8Array, valid: npt.NDArray[np.bool_]) -> Uint8Array:
    rgba = np.empty((*valid.shape, 4), np.uint8)
    rgba[..., :3] = rgb
    rgba[..., 3] = valid
    rgba[..., 3] *= 255
    return rgba
