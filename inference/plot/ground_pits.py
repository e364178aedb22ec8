"""Tell matching errors below the ground from ground seen through gaps in the canopy."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]

# How far a lone cell, or two by two, lies at least below all cells around.
_ISOLATION_M = 3.0
_BELOW_M = 6.0
# Ground in gaps: at least one such cell per 30 x 30 m, and they agree with one another.
_AREA_PER_GAP_M2 = 900.0
_AGREEMENT_M = 2.5


def isolated_lows(surface: FloatArray) -> BoolArray:
    """(H, W) cells deep below their surroundings, in groups into which no 3 x 3 cells fit; none on a mere slope."""
    from scipy.ndimage import grey_closing

    top = np.float32(np.nanmax(surface))
    closed = grey_closing(np.where(np.isnan(surface), top, surface), size=3, mode="nearest")
    return np.asarray(closed - surface > _ISOLATION_M)


def true_pits(above_ground: FloatArray, lows: BoolArray, cell_m: float) -> BoolArray:
    """Which isolated low cells are errors.

    Args:
        above_ground: (H, W) the surface above a ground that was found without the isolated cells.
        lows: (H, W) the isolated cells.
        cell_m: side of a cell in metres.

    Returns:
        (H, W) bool. Isolated cells near that ground are gaps. Those far below it are errors, unless they are many and
        at one depth: then the ground that was found is the canopy, and they are the ground.
    """
    deep = lows & (above_ground < -_BELOW_M)
    depths = above_ground[deep]
    if depths.size == 0:
        return deep
    spread = float(np.median(np.abs(depths - np.median(depths))))
    many = depths.size * _AREA_PER_GAP_M2 >= above_ground.size * cell_m**2
    if many and spread <= _AGREEMENT_M:
        return np.zeros_like(deep)
    return deep
