"""Canopy heights of a scene as a survey delivers them: sharp and pitted from lidar, smooth and cut from matching."""

import numpy as np

from resources.forest.scenes import Survey
from resources.forest.texture import Float32, Rng, magnify, noise


def surveyed_height(height_m: Float32, gsd_m: float, survey: Survey, rng: Rng) -> Float32:
    """Height above ground (H, W) float32 on the picture's cells, NaN where the survey knows nothing.

    Args:
        height_m: (H, W) true height of the surface over the terrain.
    """
    step = max(1, round(survey.cell_m / gsd_m))
    cells = _lidar(height_m, step, survey, rng) if survey.lidar else _matched(height_m, step, gsd_m * step, survey, rng)
    cells += np.float32(survey.ground_error_m) * noise(cells.shape, 12.0 / (gsd_m * step), rng)
    np.maximum(cells, np.float32(0.0), out=cells)
    if survey.lidar or step == 1:
        return _repeated(cells, height_m.shape, step)
    return magnify(cells, height_m.shape, step)


def _repeated(cells: Float32, shape: tuple[int, int], step: int) -> Float32:
    if step == 1:
        return cells
    rows = np.minimum(np.arange(shape[0]) // step, cells.shape[0] - 1)
    cols = np.minimum(np.arange(shape[1]) // step, cells.shape[1] - 1)
    return np.asarray(cells[rows[:, None], cols], np.float32)


def _padded(height_m: Float32, step: int) -> Float32:
    """Extended by its edge to a multiple of `step`."""
    rows, cols = -height_m.shape[0] % step, -height_m.shape[1] % step
    return np.pad(height_m, ((0, rows), (0, cols)), mode="edge") if rows or cols else height_m


def _lidar(height_m: Float32, step: int, survey: Survey, rng: Rng) -> Float32:
    """Highest of a few random points in each cell; now and then a pulse goes through the crown."""
    tall = _padded(height_m, step)
    rows, cols = tall.shape[0] // step, tall.shape[1] // step
    row0, col0 = (np.arange(rows) * step)[:, None], (np.arange(cols) * step)[None]
    best = np.zeros((rows, cols), np.float32)
    for _ in range(max(1, round(survey.points_m2 * survey.cell_m**2))):
        row, col = rng.integers(0, step, (2, rows, cols))
        point = tall[row0 + row, col0 + col]
        np.maximum(best, np.where(rng.random((rows, cols), np.float32) < np.float32(0.93), point, 0.0), out=best)
    best += np.float32(survey.noise_m * 0.5) * rng.standard_normal(best.shape, np.float32)
    return best


def _matched(height_m: Float32, step: int, cell_m: float, survey: Survey, rng: Rng) -> Float32:
    """No narrow gaps and no narrow tops, correlated noise, and nothing found in some deep gaps."""
    from scipy.ndimage import gaussian_filter, maximum_filter, minimum_filter, uniform_filter

    tall = _padded(height_m, step)
    seen = tall.reshape(tall.shape[0] // step, step, tall.shape[1] // step, step).max(axis=(1, 3))
    size = 2 * max(1, round(0.25 / cell_m)) + 1
    # Closing fills gaps that no two photographs see into; opening cuts tops that are too narrow to match.
    seen = minimum_filter(maximum_filter(seen, size), size)
    seen = maximum_filter(minimum_filter(seen, size), size)
    smooth = gaussian_filter(seen, survey.smooth_m / cell_m, mode="nearest")
    rough = noise(smooth.shape, max(0.6 / cell_m, 1.5), rng)
    smooth += np.float32(survey.noise_m) * rough
    if survey.holes > 0.3:
        around = 2 * round(1.6 / cell_m) + 1
        depth = uniform_filter(smooth, around, mode="nearest") - smooth
        smooth[(depth > 3.0) & (rough + np.float32(0.25) * depth > np.float32(3.2 - survey.holes))] = np.nan
    return np.asarray(smooth, np.float32)
