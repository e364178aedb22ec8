"""How each layer paints a tile: reading, aligning and colouring, for the threads of the canvas."""

import math
import threading

import numpy as np
import numpy.typing as npt
from affine import Affine

from inference.plot.block import RasterBlock
from inference.plot.collars import without_specks
from inference.plot.display_bands import ShownBands, shown_bands
from inference.plot.display_source import DisplaySource, SurfaceSource, spot_frame
from inference.plot.display_style import BandStyle
from inference.plot.elevation import Elevation, canopy_height
from inference.plot.frame import AffineFrame, Frame, cell_size, composed, padded, place
from inference.plot.pyramid import TILE_PX, TileKey, tile_frame
from inference.plot.raster_info import RasterInfo
from inference.plot.style import RampName, RasterStretch, as_rgb8, colour_ramp, enlarged, hillshade, packed

Uint8Array = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float32]

# A ground is estimated while a tile waits for it only where that takes about a second.
_QUICK_GROUND_PX = 32_000_000
_DEFAULT_TOP_M = 30.0
_SPECK_PX = 64
_ESTIMATED_CELL_M = 1.0
_WRAP = 0.5
_LEVEL_SHADE = 205  # of level ground
_MARGIN = 2


class OrthoLayer:
    """The orthomosaic."""

    def __init__(self, source: DisplaySource, stretch: RasterStretch) -> None:
        """`stretch`: the plot's own, of the raster's colour bands."""
        self._source = source
        self._usual = stretch
        colour = source.info.distinct_bands
        self._shown = ShownBands(colour, tuple(range(len(colour))), stretch)

    @property
    def band_count(self) -> int:
        """How many bands there are to choose from."""
        return self._source.info.band_count

    @property
    def colour_bands(self) -> tuple[int, ...]:
        """1-based numbers of the bands that are shown unless others are chosen."""
        return self._source.info.distinct_bands

    def restyle(self, style: BandStyle) -> None:
        """Show other bands or another stretch; tiles made before are out of date. Reads a sample: not for a GUI thread.

        Raises:
            InputError: the raster has no such band.
            RasterError: the file is damaged.
        """
        self._shown = shown_bands(self._source.reader, style, self._usual)

    def is_preview(self) -> bool:
        """See `DisplayLayer`."""
        return self._source.waits_for_overviews

    def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> Uint8Array:
        """See `DisplayLayer`."""
        across, down = self._source.cells_px(level)
        width, height, shown = tile_px * across, tile_px * down, self._shown
        block = self._source.read_window(
            col * width, row * height, width, height, tile_px, tile_px, bands=self._asked(shown)
        )
        block = without_specks(block, self._source.info.rule, _SPECK_PX)
        return packed(_picture(block, shown), block.valid)

    def value_at(self, x_crs: float, y_crs: float) -> float | None:
        """Mean of red, green and blue, 0..255."""
        col, row = place(~self._source.info.transform, x_crs, y_crs)
        shown = self._shown
        block = self._source.read_window(
            math.floor(col), math.floor(row), 1, 1, 1, 1, bands=self._asked(shown), resampling="nearest"
        )
        return float(_picture(block, shown).mean()) if block.valid[0, 0] else None

    def _asked(self, shown: ShownBands) -> tuple[int, ...] | None:
        return None if shown.bands == self._source.info.distinct_bands else shown.bands


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
        return packed(np.broadcast_to(shade, (3, *shade.shape)), ~np.isnan(dsm))

    def shaded(self, level: int, col: int, row: int, tile_px: int) -> tuple[FloatArray, Uint8Array]:
        """DSM and shade of a tile; read a little larger, so that neighbours fit without a seam.

        Crowns are steep: relief is flattened close up and raised from afar, or all would be black and white.
        """
        frame, factor = _lattice(self._ortho, TileKey(level, col, row), tile_px, self._surface)
        dsm = self._surface.on_frame(frame)
        cell_m = cell_size(frame.transform) * self._unit_m
        relief = min(0.25 + 0.15 * cell_m, 2.0)
        shade = hillshade(dsm * np.float32(relief), cell_m, wrap=_WRAP)
        shade[np.isnan(dsm)] = _LEVEL_SHADE  # or the edge of the data would darken as it is enlarged
        return enlarged(dsm, factor, _MARGIN), enlarged(shade.astype(np.float32), factor, _MARGIN).astype(np.uint8)

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
        return not self.has_ground() or any(s.source.waits_for_overviews for s in sources)

    def range_m(self) -> tuple[float, float]:
        """Heights of the lowest and the highest colour, for the legend."""
        with self._lock:
            if self._top_m is None:
                span = _span(self._heights(_whole(self._ortho)), 1.0, 99.8)
                self._top_m = _DEFAULT_TOP_M if span is None else max(5.0, math.ceil(span[1] / 5.0) * 5.0)
            return 0.0, self._top_m

    def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> Uint8Array:
        """See `DisplayLayer`; empty while the ground of a large DSM is not estimated yet (`prepare`)."""
        if not self.has_ground():
            return np.zeros((tile_px, tile_px, 4), np.uint8)
        frame, factor = _lattice(self._ortho, TileKey(level, col, row), tile_px, self._surface)
        heights = enlarged(self._heights(frame), factor, _MARGIN)
        low, high = self.range_m()
        return _rgba(colour_ramp(heights, low, high, "viridis"), ~np.isnan(heights))

    def value_at(self, x_crs: float, y_crs: float) -> float | None:
        """Height above ground in metres."""
        if not self.has_ground():
            return None
        value = float(self._heights(spot_frame(self._ortho, x_crs, y_crs))[0, 0])
        return None if math.isnan(value) else value

    def has_ground(self) -> bool:
        """Whether the ground is known, or estimated within a second."""
        info = self._surface.source.info
        return (
            self._ground is not None
            or self._elevation.ground_is_ready
            or info.width_px * info.height_px <= _QUICK_GROUND_PX
        )

    def _heights(self, frame: Frame) -> FloatArray:
        return canopy_height(self._surface.on_frame(frame), self.ground_m(frame))

    def ground_m(self, frame: Frame) -> FloatArray:
        """(H, W) elevation of the ground in metres, interpolated; NaN where unknown."""
        return self._elevation.ground_m(frame) if self._ground is None else self._ground.on_frame(frame)

    def ground_pixels_per_cell(self, frame: Frame) -> float:
        """Side of a frame's cell in pixels of the ground; below 1 where reading as finely gains nothing."""
        if self._ground is not None:
            return self._ground.pixels_per_cell(frame)
        return cell_size(frame.transform) * self._elevation.unit_m / _ESTIMATED_CELL_M


def _picture(block: RasterBlock, shown: ShownBands) -> Uint8Array:
    if shown.order == tuple(range(len(block.data))):
        return as_rgb8(block, shown.stretch)
    return as_rgb8(RasterBlock(block.data[list(shown.order)], block.valid), shown.stretch)


def _rgba(rgb: Uint8Array, valid: npt.NDArray[np.bool_]) -> Uint8Array:
    rgba = np.empty((*valid.shape, 4), np.uint8)
    rgba[..., :3] = rgb
    rgba[..., 3] = valid
    rgba[..., 3] *= 255
    return rgba


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


def _lattice(ortho: RasterInfo, key: TileKey, tile_px: int, surface: SurfaceSource) -> tuple[AffineFrame, int]:
    """The cells on which a tile's elevation is read, and by how much they are enlarged afterwards.

    They are no finer than half a pixel of the elevation raster (enlarged pixels would show their facets in relief), and
    reach `_MARGIN` cells beyond the tile.
    """
    tile = tile_frame(ortho, key, tile_px)
    steps = min(5, max(0, math.floor(-math.log2(surface.pixels_per_cell(tile)))))
    factor = 1 << steps if tile_px % (1 << steps) == 0 else 1
    side = tile_px // factor
    coarse = AffineFrame(tile.crs_wkt, composed(tile.transform, Affine.scale(factor)), side, side)
    return padded(coarse, _MARGIN), factor
