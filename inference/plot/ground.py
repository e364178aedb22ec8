"""Estimate the ground under trees from a surface model alone.

Hierarchical robust interpolation after Kraus & Pfeifer (1998, ISPRS J. Photogramm. Remote Sens. 53:193-203), on
rasters: the lowest cells of large blocks give a first surface, along which smaller and smaller blocks are searched
again. At each step a local plane is fitted with weights that fall off for points above it, so it settles on the lower
envelope. Because "lowest" is always measured from the surface found so far, slopes, ridges and valleys are no different
from flat land, which is where windows of constant size (Zhang 2003; Pingel, Clarke & McBride 2013) cut ridges and climb
into canopies.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.plot.ground_fit import Candidates, Planes, fit_planes, lowest_per_block
from inference.plot.ground_pits import isolated_lows, true_pits

FloatArray = npt.NDArray[np.float32]

GROUND_VERSION = 1
"""Part of the cache's key: raise it when results change."""

_LARGEST_BLOCK_M = 24.0
_SMALLEST_BLOCK_M = 3.0
_SMALLEST_FIRST_BLOCK_M = 5.0
# A plot of 40 m has 2.5 x 2.5 first blocks of 16 m: fewer would not show its slope, smaller ones would hold no gap.
_BLOCKS_ACROSS = 2.5
_MAX_PASSES = 12
_LOW_ROUNDS = 3
_CHANGES_GROUND_M = 1.0
# On less than this every gap in the canopy is needed, and a matching error is unlikely.
_PIT_SEARCH_M2 = 2500.0
_SETTLED_M = 0.03
_FINAL_PASSES = 4
_FINAL_SIGMA_M = 2.0
_FINAL_HALF_M = 0.5


@dataclass(frozen=True, slots=True)
class _Level:
    """One step from coarse to fine.

    Attributes:
        block: side of a block in cells.
        half_m: height above the surface at which a point's weight is down to one half.
        reach_m: points higher than this above the surface do not count at all; None on the first level.
        sigma: reach of the fit in blocks.
        ridge_offset, ridge_slope: pull towards no change where points are few.
    """

    block: int
    half_m: float
    reach_m: float | None
    sigma: float
    ridge_offset: float
    ridge_slope: float


def estimate_ground(dsm_min: FloatArray, cell_m: float, *, check: Callable[[], None] | None = None) -> FloatArray:
    """Ground elevation under a surface.

    Args:
        dsm_min: (H, W) float32 metres, the lowest surface in each cell; NaN where unknown.
        cell_m: side of a cell in metres, about 1.
        check: called between steps; may raise to stop the work.

    Returns:
        (H, W) float32 metres without NaN, smooth under crowns and beyond the data; all NaN when `dsm_min` is.
    """
    if np.isnan(dsm_min).all():
        return np.full(dsm_min.shape, np.nan, np.float32)
    step = check or (lambda: None)
    surface = dsm_min.astype(np.float32)
    large = surface.size * cell_m**2 >= _PIT_SEARCH_M2
    lows = isolated_lows(surface) if large else np.zeros(surface.shape, np.bool_)
    ground = _envelope(np.where(lows, np.float32(np.nan), surface), cell_m, step)
    for _ in range(_LOW_ROUNDS):
        # Lone deep cells are ground seen through gaps or matching errors. Those that fit are taken in, which brings the
        # ground down under a closed canopy, and then more of them may fit.
        above = surface - ground
        pits = true_pits(above, lows, cell_m)
        taken = lows & ~pits
        lows = pits
        if not (above[taken] < -_CHANGES_GROUND_M).any():
            break
        ground = _envelope(np.where(lows, np.float32(np.nan), surface), cell_m, step)
    return _settled(np.where(lows, np.float32(np.nan), surface), ground, cell_m, step)


def _levels(shape: tuple[int, ...], cell_m: float) -> list[_Level]:
    size_m = min(shape) * cell_m / _BLOCKS_ACROSS
    size_m = min(max(size_m, _SMALLEST_FIRST_BLOCK_M), _LARGEST_BLOCK_M)
    levels = [_Level(max(1, round(size_m / cell_m)), 3.0, None, 1.5, 1e-4, 0.02)]
    while size_m / 2 >= _SMALLEST_BLOCK_M:
        size_m /= 2
        block = max(1, round(size_m / cell_m))
        levels.append(_Level(block, max(0.4, size_m / 8), max(2.0, size_m / 2), 1.0, 0.02, 0.05))
    return levels


def _envelope(surface: FloatArray, cell_m: float, step: Callable[[], None]) -> FloatArray:
    """The lower envelope of a surface, from coarse to fine."""
    ground = np.full(surface.shape, np.nanmedian(surface), np.float32)
    for level in _levels(surface.shape, cell_m):
        for number in range(_MAX_PASSES):
            step()
            points = lowest_per_block(surface - ground, level.block)
            first = level.reach_m is None and number == 0
            planes = fit_planes(
                points,
                points.known.astype(np.float64) if first else _weights(points, level),
                level.sigma,
                level.ridge_offset,
                level.ridge_slope,
            )
            change = _evaluated(planes, level.block, surface.shape)
            ground += change
            if float(np.abs(change).max()) < _SETTLED_M:
                break
    return ground


def _weights(points: Candidates, level: _Level) -> npt.NDArray[np.float64]:
    """Full weight on and a little below the surface, falling off fast above it and slowly far below."""
    above = np.maximum(points.height, 0.0) / level.half_m
    below = np.minimum(points.height, 0.0) / (4.0 * level.half_m + 2.0)
    weights = points.known / ((1.0 + above**4) * (1.0 + below**4))
    if level.reach_m is not None:
        weights[points.height > level.reach_m] = 0.0
    return np.asarray(weights, np.float64)


def _evaluated(planes: Planes, block: int, shape: tuple[int, ...]) -> FloatArray:
    """Blend the planes of neighbouring blocks at every cell."""
    height, width = shape
    lattice_h, lattice_w = planes.offset.shape
    rows = ((np.arange(height) + 0.5) / block - lattice_h / 2)[:, None]
    cols = ((np.arange(width) + 0.5) / block - lattice_w / 2)[None, :]

    def spread(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return _stretched(_stretched(values, block, height).T, block, width).T

    blended = spread(planes.offset) + spread(planes.per_col) * cols + spread(planes.per_row) * rows
    return np.asarray(blended, np.float32)


def _stretched(values: npt.NDArray[np.float64], block: int, count: int) -> npt.NDArray[np.float64]:
    """Interpolate block values along the first axis to `count` cells."""
    position = (np.arange(count) + 0.5) / block - 0.5
    lower = np.clip(np.floor(position).astype(np.intp), 0, max(len(values) - 2, 0))
    share = np.clip(position - lower, 0.0, 1.0)[:, None]
    result: npt.NDArray[np.float64] = (
        values[lower] * (1.0 - share) + values[np.minimum(lower + 1, len(values) - 1)] * share
    )
    return result


def _settled(surface: FloatArray, ground: FloatArray, cell_m: float, step: Callable[[], None]) -> FloatArray:
    """Let the ground follow the cells that lie on it: an envelope of noise is lower than its middle."""
    from scipy.ndimage import gaussian_filter

    sigma = max(0.7, _FINAL_SIGMA_M / cell_m)
    known = ~np.isnan(surface)
    for _ in range(_FINAL_PASSES):
        step()
        above = np.where(known, surface - ground, np.float32(0.0))
        weights = (known / (1.0 + (above / _FINAL_HALF_M) ** 4)).astype(np.float32)
        pull = gaussian_filter(weights * above, sigma, mode="constant", truncate=3.0)
        total = gaussian_filter(weights, sigma, mode="constant", truncate=3.0)
        ground = ground + pull / (total + np.float32(0.02))
    return np.asarray(ground, np.float32)
