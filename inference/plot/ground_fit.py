"""Local planes through scattered points on a raster, by Gaussian-weighted moments: the workhorse of `ground.py`."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
Float64Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The lowest cell of every block; all arrays (h, w), one entry per block.

    Attributes:
        col, row: its centre in units of blocks, from the raster's corner.
        height: its value; 0 where `known` is False.
        known: whether the block has any data.
    """

    col: Float64Array
    row: Float64Array
    height: Float64Array
    known: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Planes:
    """One plane per block, (h, w) each: offset + per_col * col + per_row * row, from the lattice's middle in blocks."""

    offset: Float64Array
    per_col: Float64Array
    per_row: Float64Array


def lowest_per_block(values: FloatArray, block: int) -> Candidates:
    """Find the lowest cell of every `block` x `block` cells of an (H, W) raster; NaN never is."""
    height, width = values.shape
    rows, cols = -(-height // block), -(-width // block)
    full = np.full((rows * block, cols * block), np.inf, np.float32)
    full[:height, :width] = np.where(np.isnan(values), np.inf, values)
    blocks = full.reshape(rows, block, cols, block).transpose(0, 2, 1, 3).reshape(rows, cols, block * block)
    at = blocks.argmin(axis=2)
    lowest = np.take_along_axis(blocks, at[..., None], axis=2)[..., 0]
    known = np.isfinite(lowest)
    return Candidates(
        col=np.arange(cols)[None, :] + (at % block + 0.5) / block,
        row=np.arange(rows)[:, None] + (at // block + 0.5) / block,
        height=np.where(known, lowest, 0.0).astype(np.float64),
        known=known,
    )


def fit_planes(
    points: Candidates, weights: Float64Array, sigma: float, ridge_offset: float, ridge_slope: float
) -> Planes:
    """Least-squares plane around every block, neighbours weighted by a Gaussian of `sigma` blocks.

    `ridge_offset` and `ridge_slope` pull offset and slopes to 0 where the weights nearby do not add up to much.
    """
    from scipy.ndimage import gaussian_filter

    def around(values: Float64Array) -> Float64Array:
        return np.asarray(gaussian_filter(values, sigma, mode="constant", truncate=3.0), np.float64)

    rows, cols = weights.shape
    node_row, node_col = (np.mgrid[0:rows, 0:cols] + 0.5) - np.array([rows / 2, cols / 2])[:, None, None]
    row, col = points.row - rows / 2, points.col - cols / 2
    w, wx, wy = around(weights), around(weights * col), around(weights * row)
    wz = around(weights * points.height)
    # Moments about each node out of moments about the lattice's middle.
    mx, my = wx - node_col * w, wy - node_row * w
    mxx = around(weights * col**2) - 2 * node_col * wx + node_col**2 * w
    myy = around(weights * row**2) - 2 * node_row * wy + node_row**2 * w
    mxy = around(weights * col * row) - node_col * wy - node_row * wx + node_col * node_row * w
    mxz = around(weights * col * points.height) - node_col * wz
    myz = around(weights * row * points.height) - node_row * wz
    slope_pull = ridge_slope * sigma**2
    normal = np.stack(
        [
            np.stack([w + ridge_offset, mx, my], axis=-1),
            np.stack([mx, mxx + slope_pull, mxy], axis=-1),
            np.stack([my, mxy, myy + slope_pull], axis=-1),
        ],
        axis=-2,
    )
    solved = np.linalg.solve(normal, np.stack([wz, mxz, myz], axis=-1)[..., None])[..., 0]
    at_node, per_col, per_row = solved[..., 0], solved[..., 1], solved[..., 2]
    return Planes(at_node - per_col * node_col - per_row * node_row, per_col, per_row)
