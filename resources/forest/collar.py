"""The ragged edge of a mosaic: where the overlapping photographs end."""

import numpy as np
from numpy.typing import NDArray

from resources.forest.texture import Rng


def _side(length_px: int, gsd_m: float, depth_m: float, rng: Rng) -> NDArray[np.float64]:
    """How many pixels are missing along one side: straight pieces of photo edges, with small steps."""
    knots = max(3, round(length_px * gsd_m / 11.0))
    place = np.sort(np.concatenate([[0.0, 1.0], rng.uniform(0.0, 1.0, knots)]))
    depth = rng.uniform(0.15, 1.0, place.size) * depth_m
    along = (np.arange(length_px) + 0.5) / length_px
    steps = rng.uniform(-0.08, 0.08, length_px // 9 + 1).repeat(9)[:length_px]
    return np.asarray((np.interp(along, place, depth) + steps) / gsd_m, np.float64)


def mosaic_mask(shape: tuple[int, int], gsd_m: float, rng: Rng) -> NDArray[np.bool_]:
    """(H, W) bool, True where the mosaic has a picture; a few per cent along the sides are missing."""
    height, width = shape
    depth_m = 0.045 * min(shape) * gsd_m
    row, col = np.arange(height)[:, None], np.arange(width)[None, :]
    valid = row >= _side(width, gsd_m, depth_m, rng)[None, :]
    valid &= height - 1 - row >= _side(width, gsd_m, depth_m, rng)[None, :]
    valid &= col >= _side(height, gsd_m, depth_m, rng)[:, None]
    valid &= width - 1 - col >= _side(height, gsd_m, depth_m, rng)[:, None]
    return valid
