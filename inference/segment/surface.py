"""Surfaces for finding crowns: pits filled, noise smoothed, brightness freed of the scene's light.

Windows are given in metres. Every filter looks at a bounded neighbourhood, so two tiles that see the same place
compute the same value there.
"""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]

# A Gaussian is cut off at this many standard deviations; four leave out 6e-5 of its weight.
GAUSSIAN_REACH = 4.0


def fill_pits(height_m: FloatArray, known: BoolArray, cell_m: float, *, window_m: float, depth_m: float) -> FloatArray:
    """Raise cells that lie far below the median around them.

    A laser pulse or a failed match that slips through a crown leaves a hole of a cell or two, which would cut the
    crown in pieces (Ben-Arie et al. 2009, doi 10.1016/j.cageo.2008.11.003).

    Args:
        height_m: (H, W) float32.
        known: (H, W) bool, where `height_m` means anything; unknown cells count as 0 in the median.
        cell_m: side of a cell.
        window_m: side of the window of the median.
        depth_m: how far below the median a cell must lie.

    Returns:
        (H, W) float32; 0 where unknown.
    """
    from scipy import ndimage

    height_m = np.where(known, height_m, np.float32(0.0))
    side = 2 * round(window_m / cell_m / 2.0) + 1
    if side < 3:
        return height_m
    median = ndimage.median_filter(height_m, size=side)
    return np.where(known & (median - height_m > depth_m), median, height_m)


def smooth(values: FloatArray, known: BoolArray, sigma_cells: float) -> FloatArray:
    """Gaussian mean over the known cells.

    Args:
        values: (H, W) float32; unknown cells may hold anything finite.
        known: (H, W) bool.
        sigma_cells: standard deviation in cells; 0 leaves the values as they are.

    Returns:
        (H, W) float32; 0 where unknown.
    """
    values = np.where(known, values, np.float32(0.0))
    if sigma_cells <= 0.0:
        return values
    total = _gaussian(values, sigma_cells)
    if known.all():
        return total
    weight = _gaussian(known.astype(np.float32), sigma_cells)
    return np.where(known, total / np.maximum(weight, np.float32(1e-6)), np.float32(0.0))


def local_brightness(
    rgb: npt.NDArray[np.uint8],
    valid: BoolArray,
    cell_m: float,
    *,
    sigma_m: float,
    radius_m: float,
    noise_grey: float = 5.0,
) -> FloatArray:
    """How much brighter a place is than its surroundings, in local standard deviations.

    Sunlit crowns are bright and the gaps between them dark, also where the elevation is too coarse to show a valley.
    Mean and deviation are taken around each cell, so that neither haze nor the camera's exposure matters.

    Args:
        rgb: (3, H, W) uint8.
        valid: (H, W) bool.
        cell_m: side of a cell.
        sigma_m: smoothing before.
        radius_m: standard deviation of the Gaussian window of the local mean and deviation.
        noise_grey: variation in grey levels (of 255) that is noise: keeps a meadow or a deep shadow from being
            stretched.

    Returns:
        (H, W) float32, mostly within -2..2; 0 where invalid.
    """
    brightness = smooth(rgb.mean(axis=0, dtype=np.float32), valid, sigma_m / cell_m)
    difference = np.where(valid, brightness - smooth(brightness, valid, radius_m / cell_m), np.float32(0.0))
    variance = smooth(difference**2, valid, radius_m / cell_m)
    return np.where(valid, difference / np.sqrt(variance + np.float32(noise_grey**2)), np.float32(0.0))


def excess_green(rgb: npt.NDArray[np.uint8]) -> FloatArray:
    """How much greener than grey each cell is, whatever its brightness (Woebbecke 1995, doi 10.13031/2013.27838).

    Args:
        rgb: (3, H, W) uint8.

    Returns:
        (H, W) float32, (2 g - r - b) / (r + g + b): 0 for grey, about 0.1 for leaves in the sun.
    """
    red, green, blue = rgb.astype(np.float32)
    return np.asarray((2.0 * green - red - blue) / (red + green + blue + 1.0), dtype=np.float32)


def _gaussian(values: FloatArray, sigma_cells: float) -> FloatArray:
    from scipy import ndimage

    smoothed: FloatArray = ndimage.gaussian_filter(values, sigma_cells, truncate=GAUSSIAN_REACH)
    return smoothed
