"""Turn raster values into pictures: stretch, hillshade and colour ramps, in plain numpy."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from inference.plot.block import RasterBlock

Uint8Array = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float32]
RampName = Literal["terrain", "viridis"]

_OPAQUE = 0xFF00  # alpha in the upper byte of a pair
_LOW_PERCENT, _HIGH_PERCENT = 2.0, 98.0

# Colours at equal steps. "terrain": valley green over ochre to snow, made for this program. "viridis": the well-known
# map by S. van der Walt and N. Smith (CC0), sampled at nine points.
_RAMPS: dict[str, tuple[tuple[int, int, int], ...]] = {
    "terrain": (
        (38, 84, 66),
        (68, 122, 75),
        (122, 156, 86),
        (186, 184, 112),
        (205, 170, 110),
        (178, 132, 96),
        (164, 124, 112),
        (206, 192, 188),
        (250, 250, 250),
    ),
    "viridis": (
        (68, 1, 84),
        (71, 45, 123),
        (59, 82, 139),
        (44, 114, 142),
        (33, 145, 140),
        (40, 174, 128),
        (94, 201, 98),
        (173, 220, 48),
        (253, 231, 37),
    ),
}


@dataclass(frozen=True, slots=True)
class RasterStretch:
    """Which value becomes black and which white, per shown band; fixed once per raster, never per tile.

    Attributes:
        low, high: one value per band read (1 or 3). (0, 255) everywhere leaves 8-bit data as they are.
    """

    low: tuple[float, ...]
    high: tuple[float, ...]

    @property
    def is_identity(self) -> bool:
        """Whether 8-bit values pass unchanged."""
        return all(v == 0.0 for v in self.low) and all(v == 255.0 for v in self.high)

    @classmethod
    def identity(cls, band_count: int) -> "RasterStretch":
        """0..255 as it is."""
        return cls((0.0,) * band_count, (255.0,) * band_count)

    @classmethod
    def from_sample(cls, sample: RasterBlock, *, always: bool = False) -> "RasterStretch":
        """Choose a stretch from a sample of the raster.

        8-bit data stay as they are unless `always`; float data that plainly lie in 0..255 too. Everything else is
        stretched from its 2 % to its 98 % value, with one pair for all bands so that colours keep their balance.
        """
        bands = len(sample.data)
        values = sample.data[:, sample.valid]
        if values.size == 0 or (sample.data.dtype == np.uint8 and not always):
            return cls.identity(bands)
        if not always and np.issubdtype(values.dtype, np.floating) and _looks_like_8_bit(values):
            return cls.identity(bands)
        low, high = (float(v) for v in np.percentile(values.astype(np.float64), [_LOW_PERCENT, _HIGH_PERCENT]))
        if high <= low:
            high = low + 1.0
        return cls((low,) * bands, (high,) * bands)


def _looks_like_8_bit(values: npt.NDArray[np.generic]) -> bool:
    low, high = np.percentile(np.asarray(values, np.float64), [0.1, 99.9])
    return bool(low >= 0.0 and 16.0 < high <= 255.5)


def to_rgb8(block: RasterBlock, stretch: RasterStretch) -> Uint8Array:
    """(3, H, W) uint8 picture of a (1 or 3, H, W) block; 0 where it is not valid."""
    return np.array(as_rgb8(block, stretch))


def as_rgb8(block: RasterBlock, stretch: RasterStretch) -> Uint8Array:
    """As `to_rgb8`, but not to be written to: for tiles of the map, nothing is copied that is right as it is."""
    data, shape = block.data, (3, *block.data.shape[1:])
    whole = bool(block.valid.all())
    if data.dtype == np.uint8 and stretch.is_identity:
        rgb: Uint8Array = np.broadcast_to(data, shape)
    else:
        low = np.asarray(stretch.low, np.float32)[:, None, None]
        high = np.asarray(stretch.high, np.float32)[:, None, None]
        # What is not valid may be NaN or -3.4e38: cleared first, so that no arithmetic complains.
        scaled = (np.where(block.valid, data, 0).astype(np.float32) - low) * (255.0 / (high - low))
        rgb = np.broadcast_to(np.clip(np.rint(scaled), 0, 255).astype(np.uint8), shape)
    return rgb if whole else rgb * block.valid.view(np.uint8)


def packed(rgb: Uint8Array, valid: npt.NDArray[np.bool_]) -> Uint8Array:
    """(H, W, 4) RGBA of (3, H, W) colours, alpha 0 where not valid.

    Put together in pairs of bytes: half of the time of band by band, which is a tenth of what a tile of the map takes.
    """
    pairs = np.empty((*valid.shape, 2), "<u2")
    low = rgb[1].astype("<u2")
    low <<= 8
    low |= rgb[0]
    high = rgb[2].astype("<u2")
    high |= np.uint16(_OPAQUE) if valid.all() else valid * np.uint16(_OPAQUE)
    pairs[..., 0], pairs[..., 1] = low, high
    return pairs.view(np.uint8)


def hillshade(
    dsm: FloatArray, cell_m: float, azimuth_deg: float = 315.0, altitude_deg: float = 45.0, *, wrap: float = 0.0
) -> Uint8Array:
    """Lambertian shade of a surface, rows running down the picture.

    Args:
        dsm: (H, W) metres; NaN gives 0.
        cell_m: side of a cell in metres.
        wrap: light that reaches round the edge, 0..1: 0 leaves slopes away from the light black (Lambert), above it
            they keep their forms.
        azimuth_deg, altitude_deg: where the light comes from; azimuth clockwise from the top of the picture.

    Returns:
        (H, W) uint8. Slopes by central differences, one-sided at the border; next to NaN the ground counts as level.
    """
    azimuth, altitude = np.radians(azimuth_deg), np.radians(altitude_deg)
    if min(dsm.shape) < 2:
        return np.where(np.isnan(dsm), 0, 255 * np.sin(altitude)).astype(np.uint8)
    down, right = (np.nan_to_num(slope, nan=0.0) for slope in np.gradient(dsm, cell_m))
    light_right, light_up = np.sin(azimuth) * np.cos(altitude), np.cos(azimuth) * np.cos(altitude)
    # The surface normal is (-dz/dx, -dz/dy, 1) with y up the picture, so dz/dy = -down.
    shade = (-right * light_right + down * light_up + np.sin(altitude)) / np.sqrt(right**2 + down**2 + 1.0)
    shade = (shade + wrap) / (1.0 + wrap)
    return np.where(np.isnan(dsm), 0, np.clip(shade, 0.0, 1.0) * 255.0).astype(np.uint8)


def enlarged(values: FloatArray, factor: int, margin: int) -> FloatArray:
    """(H, W) enlarged `factor` times by linear interpolation, less `margin` >= 1 cells on each side; NaN stays NaN.

    Where some of the four neighbours are NaN, the nearest one decides.
    """
    if factor == 1:
        return values[margin:-margin, margin:-margin]
    height, width = values.shape[0] - 2 * margin, values.shape[1] - 2 * margin
    rows = (np.arange(height * factor) + 0.5) / factor + margin - 0.5
    cols = (np.arange(width * factor) + 0.5) / factor + margin - 0.5
    top, left = np.floor(rows).astype(np.intp), np.floor(cols).astype(np.intp)
    down, right = (rows - top).astype(np.float32)[:, None], (cols - left).astype(np.float32)[None, :]
    along = values[:, left] * (1 - right) + values[:, left + 1] * right
    result = np.asarray(along[top] * (1 - down) + along[top + 1] * down, np.float32)
    if np.isnan(result).any():
        nearest = values[np.rint(rows).astype(np.intp)][:, np.rint(cols).astype(np.intp)]
        result = np.where(np.isnan(result) | np.isnan(nearest), nearest, result)
    return result


def colour_ramp(values: FloatArray, lo: float, hi: float, name: RampName = "terrain") -> Uint8Array:
    """(H, W, 3) uint8 colours of (H, W) values between `lo` and `hi`; NaN takes the lowest colour."""
    table = _ramp_table(name)
    span = hi - lo if hi > lo else 1.0
    position = np.nan_to_num((values - lo) * (255.0 / span), nan=0.0, posinf=255.0, neginf=0.0)
    return np.asarray(table[np.clip(position, 0, 255).astype(np.uint8)])


def _ramp_table(name: RampName) -> Uint8Array:
    stops = np.asarray(_RAMPS[name], np.float64)
    at = np.linspace(0, 255, len(stops))
    return np.column_stack([np.interp(np.arange(256), at, stops[:, band]) for band in range(3)]).astype(np.uint8)
