"""Anchors of a feature pyramid, and boxes moved and stretched by what a network predicts."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]

# Largest stretch of a side in one step: a box of 16 px becomes 1000 px.
_MAX_LOG_STRETCH = abs(math.log(16 / 1000))


def anchor_shapes(base_px: float, scales: Sequence[float], ratios: Sequence[float]) -> FloatArray:
    """(R·S, 4) float32 boxes around the origin, ratio by ratio and within it scale by scale.

    The ratio is height over width: height = base · scale · √ratio, width = base · scale / √ratio.
    """
    root = np.sqrt(np.asarray(ratios, dtype=np.float32))[:, None]
    sizes = np.asarray(scales, dtype=np.float32)[None, :] * np.float32(base_px)
    half_h, half_w = (root * sizes).ravel() / 2, (sizes * (np.float32(1.0) / root)).ravel() / 2
    return np.stack([-half_w, -half_h, half_w, half_h], axis=1).astype(np.float32)


def anchors_at(shapes: FloatArray, cells: npt.NDArray[np.int64], width: int, stride_px: float) -> FloatArray:
    """Anchors of chosen places of one pyramid level.

    Args:
        shapes: (A, 4) boxes around the origin.
        cells: (N,) place of each wanted anchor in (row, column, shape) order.
        width: columns of the level.
        stride_px: pixels of the tile per column or row; anchors are centred on its multiples.

    Returns:
        (N, 4) float32.
    """
    place, shape = np.divmod(cells, len(shapes))
    row, col = np.divmod(place, width)
    shift = np.stack([col, row, col, row], axis=1).astype(np.float32) * np.float32(stride_px)
    return np.asarray(shapes[shape] + shift, dtype=np.float32)


def moved(
    boxes: FloatArray,
    deltas: FloatArray,
    stds: Sequence[float],
    size_px: tuple[int, int],
    *,
    bound_shrinking: bool = True,
) -> FloatArray:
    """Boxes moved by (dx, dy, dw, dh), cut at the borders of the tile (Girshick et al. 2014, doi 10.1109/CVPR.2014.81).

    Args:
        boxes: (N, 4) float32.
        deltas: (N, 4) float32.
        stds: four numbers that the deltas are multiplied by.
        size_px: height and width of the tile.
        bound_shrinking: bound the logarithm of the stretch on both sides, not only above.

    Returns:
        (N, 4) float32.
    """
    change = deltas * np.asarray(stds, dtype=np.float32)
    centre = (boxes[:, :2] + boxes[:, 2:]) * np.float32(0.5)
    size = boxes[:, 2:] - boxes[:, :2]
    least = np.float32(-_MAX_LOG_STRETCH if bound_shrinking else -np.inf)
    # In double, rounded at the end: numpy's exponential of float32 is off by one unit in 4 of 10 cases.
    log_stretch = np.clip(change[:, 2:], least, np.float32(_MAX_LOG_STRETCH)).astype(np.float64)
    stretch = np.exp(log_stretch).astype(np.float32)
    centre = centre + size * change[:, :2]
    half = size * stretch * np.float32(0.5)
    corners = np.concatenate([centre - half, centre + half], axis=1)
    height, width = size_px
    limit = np.array([width, height, width, height], dtype=np.float32)
    return np.asarray(np.clip(corners, np.float32(0.0), limit), dtype=np.float32)
