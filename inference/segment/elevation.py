"""Elevation as a network sees it: scaled to about 0..1, holes filled, never NaN, never a wild number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from inference.plot.tile import Tile

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]

# Beyond these no ground on Earth lies; a raster that holds such numbers holds undeclared nodata.
_LOWEST_M, _HIGHEST_M = -500.0, 9000.0
_LEAST_SPAN_M = 0.01


@dataclass(frozen=True, slots=True)
class ElevationScaling:
    """How heights become numbers for a network; the card's `dsm_norm` and what belongs to it.

    Attributes:
        mode: "max" divides by the tile's maximum, as BalSAM's authors do (the vertical datum changes the result);
            "minmax" and "percentile" (2nd to 98th) stretch the tile's range to 0..1; "canopy" is the height above
            ground over `canopy_scale_m`, at most 2; "relief" is the height above the mean of the surroundings over
            twice `relief_scale_m`, 0.5 where level, cut at 0 and 1. The last two depend on no datum.
        canopy_scale_m, relief_scale_m: see above.
        relief_radius_m: half side of the surroundings.
    """

    mode: str = "max"
    canopy_scale_m: float = 30.0
    relief_scale_m: float = 10.0
    relief_radius_m: float = 10.0


def network_elevation(tile: Tile, scaling: ElevationScaling) -> FloatArray | None:
    """The tile's elevation for a network.

    Cells without elevation, and those that are black in the orthomosaic (nodata, outside the area of interest), are
    0: the authors' tiles are 0 there in both.

    Args:
        tile: `dsm_m` is read, or `chm_m` for "canopy".
        scaling: how.

    Returns:
        (H, W) float32, finite; None when the tile has no elevation that could be used.
    """
    height_m = tile.chm_m if scaling.mode == "canopy" else tile.dsm_m
    if height_m is None:
        return None
    return scaled(height_m, tile.valid, tile.gsd_m, scaling)


def scaled(height_m: FloatArray, seen: BoolArray, cell_m: float, scaling: ElevationScaling) -> FloatArray | None:
    """As `network_elevation`, for plain arrays (training reads its tiles through this too).

    Args:
        height_m: (H, W) float32, NaN where unknown.
        seen: (H, W) bool, where the picture has data.
        cell_m: side of a cell.
        scaling: how.
    """
    with np.errstate(invalid="ignore"):
        known = (height_m > _LOWEST_M) & (height_m < _HIGHEST_M) & seen
    if not known.any():
        return None
    filled = np.where(known, height_m, np.float32(0.0))
    result = SCALINGS[scaling.mode](filled, known, cell_m, scaling)
    return None if result is None else np.where(known, result, np.float32(0.0)).astype(np.float32)


def _by_max(height_m: FloatArray, known: BoolArray, cell_m: float, scaling: ElevationScaling) -> FloatArray | None:
    highest = height_m[known].max()
    # Where the datum lies above some of the plot, division gives numbers that no network has seen.
    return np.clip(height_m / max(highest, _LEAST_SPAN_M), -1.0, 1.0) if highest > 0.0 else None


def _by_range(height_m: FloatArray, known: BoolArray, cell_m: float, scaling: ElevationScaling) -> FloatArray:
    low, high = height_m[known].min(), height_m[known].max()
    return np.asarray((height_m - low) / max(high - low, np.float32(_LEAST_SPAN_M)))


def _by_percentiles(height_m: FloatArray, known: BoolArray, cell_m: float, scaling: ElevationScaling) -> FloatArray:
    low, high = np.percentile(height_m[known], (2.0, 98.0)).astype(np.float32)
    return np.asarray(np.clip((height_m - low) / max(high - low, np.float32(_LEAST_SPAN_M)), 0.0, 1.0))


def _by_canopy(height_m: FloatArray, known: BoolArray, cell_m: float, scaling: ElevationScaling) -> FloatArray:
    return np.asarray(np.clip(height_m / np.float32(scaling.canopy_scale_m), 0.0, 2.0))


def _by_relief(height_m: FloatArray, known: BoolArray, cell_m: float, scaling: ElevationScaling) -> FloatArray:
    from scipy import ndimage

    side = 2 * max(1, round(scaling.relief_radius_m / cell_m)) + 1
    # Around the tile's own level: means of numbers near 0 keep their centimetres in float32.
    level = np.median(height_m[known])
    above = np.where(known, height_m - level, np.float32(0.0))
    share = ndimage.uniform_filter(known.astype(np.float32), side, mode="constant")
    mean = ndimage.uniform_filter(above, side, mode="constant") / np.maximum(share, 1e-6)
    return np.asarray(np.clip(0.5 + (above - mean) / np.float32(2.0 * scaling.relief_scale_m), 0.0, 1.0))


_Scaling = Callable[[FloatArray, BoolArray, float, ElevationScaling], FloatArray | None]
SCALINGS: Mapping[str, _Scaling] = MappingProxyType(
    {"max": _by_max, "minmax": _by_range, "percentile": _by_percentiles, "canopy": _by_canopy, "relief": _by_relief}
)
