"""The elevation products of the sample: a surface model as photogrammetry makes it, and the ground."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resources.forest.terrain import Terrain
from resources.forest.texture import Float32, Rng, noise


def make_dtm(terrain: Terrain, cell_m: float) -> Float32:
    """Ground heights (h, w) float32 that cover the plot."""
    shape = round(terrain.height_m / cell_m), round(terrain.width_m / cell_m)
    return terrain.on_grid(shape, cell_m)


def _blocks(values: NDArray[Any], size: int) -> NDArray[Any]:
    """View of (H, W) as (h, size, w, size)."""
    height, width = values.shape[0] // size, values.shape[1] // size
    return values[: height * size, : width * size].reshape(height, size, width, size)


def make_dsm(
    surface_m: Float32, valid: NDArray[np.bool_], ground_m: Float32, gsd_m: float, cell_m: float, rng: Rng
) -> Float32:
    """Surface heights (h, w) float32 as dense matching gives them, NaN where it found nothing.

    Matching cannot look into narrow gaps (closing over half a metre), smooths (Gaussian of 0.16 m, which also lowers
    narrow tops), adds noise that is correlated over half a metre, fails in a few deep shadowed gaps and stops a little
    inside the picture's edge.

    Args:
        surface_m: (H, W) true surface; valid: (H, W) inside the mosaic; ground_m: (h, w) ground on the DSM's grid,
            below which the result never goes.
    """
    from scipy.ndimage import binary_erosion, gaussian_filter, grey_closing, uniform_filter

    step = round(cell_m / gsd_m)
    seen = grey_closing(
        _blocks(surface_m, step).max(axis=(1, 3)), size=(2 * round(0.2 / cell_m) + 1,) * 2, mode="nearest"
    )
    smooth = gaussian_filter(seen, 0.16 / cell_m, mode="nearest")
    rough = noise(smooth.shape, 0.55 / cell_m, rng)
    smooth += np.float32(0.035) * rough + np.float32(0.012) * rng.standard_normal(smooth.shape, np.float32)
    dsm = np.maximum(smooth, ground_m)
    depth = uniform_filter(dsm, 2 * round(1.6 / cell_m) + 1, mode="nearest") - dsm
    lost = (depth > 3.8) & (rough + np.float32(0.25) * depth > 2.7)
    inside = _blocks(valid, step).all(axis=(1, 3))
    inside = binary_erosion(inside, iterations=max(1, round(0.8 / cell_m)), border_value=1)
    dsm[lost | ~inside] = np.nan
    return np.asarray(dsm, np.float32)
