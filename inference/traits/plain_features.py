"""What can be told of one crown without a trained model: colour, texture, height and size, as 0-d numbers by name.

Every number is taken from the cells of the crown that hold data, so a crop may be larger than its crown and may reach
over the mosaic's edge. Numbers with long tails are given as logarithms; a head standardises them later.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Features = dict[str, float]

MIN_CELLS = 12  # fewer cells of a crown tell no texture; the middle of the crop is taken instead
_EPS = 1e-3
# Light, shares of red, green and blue, green-red and green leaf index (GRVI, GLI), green against blue, saturation.
_PLANES = ("light", "r", "g", "b", "grvi", "gli", "gb", "sat")


def cells_of_crown(crown: Mask, valid: Mask) -> Mask:
    """(H, W) bool: cells to look at; the crown's own, else the middle of the crop, else everything."""
    inside = crown & valid
    if int(inside.sum()) >= MIN_CELLS:
        return inside
    rows, cols = np.ogrid[: crown.shape[0], : crown.shape[1]]
    middle = (rows - (crown.shape[0] - 1) / 2) ** 2 + (cols - (crown.shape[1] - 1) / 2) ** 2
    near: Mask = (middle <= 10.0**2) & valid
    return near if int(near.sum()) >= MIN_CELLS else np.ones_like(crown)


def colour(rgb: Floats, inside: Mask) -> Features:
    """Colour of the crown and of its sunlit half.

    Args:
        rgb: (3, H, W) float32 0..1.
        inside: (H, W) cells to look at.
    """
    cells = rgb[:, inside]
    light = cells.mean(axis=0)
    found: Features = {}
    for part, values in (("all", cells), ("sun", cells[:, light >= np.median(light)])):
        planes = _colour_planes(values)
        found |= _named(part, "mean", planes.mean(axis=1))
        found |= _named(part, "sd", np.log(planes.std(axis=1) + _EPS))
        if part == "all":
            low, high = np.percentile(planes, (10.0, 90.0), axis=1)
            found |= _named(part, "p10", low) | _named(part, "p90", high)
    found["light_skew"] = _skewness(light)
    found["rg_correlation"] = _correlation(cells[0], cells[1])
    found["gb_correlation"] = _correlation(cells[1], cells[2])
    return found


def texture(light: Floats, inside: Mask) -> Features:
    """Texture of the light inside the crown at several scales: energy of bands, steepness, likeness at a distance.

    Local binary patterns were measured and left out: 20 more numbers that tell nothing new (docs/models/species.md).

    Args:
        light: (H, W) float32 0..1.
        inside: (H, W) cells to look at.
    """
    from scipy import ndimage

    mean = float(light[inside].mean()) + _EPS
    # Beyond the crown its mean is put, so that neighbours leak in as little as possible.
    plane = np.where(inside, light / mean, np.float32(1.0)).astype(np.float32)
    found: Features = {}
    blurred = [plane, *(ndimage.gaussian_filter(plane, sigma) for sigma in (1.0, 2.0, 4.0, 8.0))]
    for scale, (fine, coarse) in enumerate(pairwise(blurred)):
        band = (fine - coarse)[inside]
        found[f"band{scale}_energy"] = float(np.log(band.std() + _EPS))
        found[f"band{scale}_skew"] = _skewness(band)
    for scale in (0, 1, 2):
        down, across = np.gradient(blurred[scale])
        steep = np.hypot(down, across)[inside]
        found[f"edge{scale}_mean"] = float(np.log(steep.mean() + _EPS))
        found[f"edge{scale}_spread"] = float(steep.std() / (steep.mean() + _EPS))
    for lag in (1, 2, 4, 8):
        found[f"likeness_{lag}"] = _lag_correlation(plane, inside, lag)
    return found


def height(chm_m: Floats | None, inside: Mask, gsd_m: float) -> Features:
    """Height of the crown and shape of its top; zeros without a canopy height model.

    Args:
        chm_m: (H, W) float32 metres, NaN where unknown.
        inside: (H, W) cells to look at.
        gsd_m: side of a cell.
    """
    names = ("max", "p75", "p50", "p25", "p05", "sd", "skew", "slope", "bumps", "known")
    values = np.zeros(0, np.float32) if chm_m is None else chm_m[inside]
    values = values[np.isfinite(values)]
    if chm_m is None or values.size < MIN_CELLS:
        return {f"height_{name}": 0.0 for name in names}
    top = float(np.percentile(values, 99.0))
    p75, p50, p25, p05 = (float(v) / (top + 1.0) for v in np.percentile(values, (75.0, 50.0, 25.0, 5.0)))
    known = np.where(inside & np.isfinite(chm_m), chm_m, np.float32(values.mean()))
    down, across = np.gradient(known, gsd_m)
    steep = np.hypot(down, across)[inside]
    bend = np.abs(np.gradient(down, axis=0) + np.gradient(across, axis=1))[inside]
    spread = float(np.log(values.std() + 0.05))
    numbers = (np.log1p(top), p75, p50, p25, p05, spread, _skewness(values))
    rest = (np.log(float(np.median(steep)) + 0.05), np.log(float(bend.mean()) + 0.05), 1.0)
    return {f"height_{name}": float(value) for name, value in zip(names, (*numbers, *rest), strict=True)}


def size(crown: Mask, gsd_m: float) -> Features:
    """Size and roundness of the outline as far as the crop shows it."""
    area_m2 = float(crown.sum()) * gsd_m**2
    rows, cols = np.nonzero(crown)
    if rows.size < 3:
        return {"size_area": float(np.log(area_m2 + 0.1)), "size_longness": 0.0}
    spread = np.linalg.eigvalsh(np.cov(np.stack([rows, cols]).astype(np.float64)) + np.eye(2) / 12.0)
    return {"size_area": float(np.log(area_m2 + 0.1)), "size_longness": float(0.5 * np.log(spread[1] / spread[0]))}


def around(rgb: Floats, chm_m: Floats | None, crown: Mask, valid: Mask) -> Features:
    """The surroundings: light and greenness of the rest of the crop, and how far the crown stands above it."""
    outside = valid & ~crown
    inside = crown & valid
    if int(outside.sum()) < MIN_CELLS or int(inside.sum()) < MIN_CELLS:
        return dict.fromkeys(("around_light", "around_grvi", "around_sd", "around_step", "around_height"), 0.0)
    red, green, _ = rgb[:, outside]
    light = rgb[:, outside].mean(axis=0)
    found = {
        "around_light": float(light.mean()),
        "around_grvi": float(((green - red) / (green + red + _EPS)).mean()),
        "around_sd": float(np.log(light.std() + _EPS)),
        "around_step": 0.0,
        "around_height": 0.0,
    }
    if chm_m is not None and np.isfinite(chm_m[outside]).any() and np.isfinite(chm_m[inside]).any():
        found["around_height"] = float(np.log1p(np.nanmean(chm_m[outside])))
        found["around_step"] = float(np.nanmean(chm_m[inside]) - np.nanmean(chm_m[outside])) / 10.0
    return found


def _colour_planes(cells: Floats) -> Floats:
    """(8, N) numbers of N cells, (3, N) 0..1, in the order of `_PLANES`."""
    red, green, blue = cells
    total = cells.sum(axis=0) + _EPS
    highest = cells.max(axis=0)
    return np.stack(
        [
            cells.mean(axis=0),
            red / total,
            green / total,
            blue / total,
            (green - red) / (green + red + _EPS),
            (2 * green - red - blue) / (2 * green + red + blue + _EPS),
            (green - blue) / (green + blue + _EPS),
            (highest - cells.min(axis=0)) / (highest + _EPS),
        ]
    )


def _named(part: str, what: str, values: npt.NDArray[np.floating]) -> Features:
    return {f"{part}_{plane}_{what}": float(value) for plane, value in zip(_PLANES, values, strict=True)}


def _skewness(values: npt.NDArray[np.floating]) -> float:
    centred = values - values.mean()
    square = centred * centred
    return float((square * centred).mean() / (float(square.mean()) ** 1.5 + _EPS**3))


def _correlation(one: Floats, other: Floats) -> float:
    one, other = one - one.mean(), other - other.mean()
    return float((one * other).mean() / (one.std() * other.std() + _EPS**2))


def _lag_correlation(plane: Floats, inside: Mask, lag: int) -> float:
    """How alike cells are that lie `lag` apart, mean of across and down; 1 for a flat plane."""
    if lag >= min(plane.shape):
        return 0.0
    centred = plane - 1.0
    variance = float((centred[inside] ** 2).mean()) + _EPS**2
    moved: list[Callable[[npt.NDArray[np.generic]], tuple[npt.NDArray[np.generic], npt.NDArray[np.generic]]]] = [
        lambda a: (a[lag:], a[:-lag]),
        lambda a: (a[:, lag:], a[:, :-lag]),
    ]
    found = []
    for pair in moved:
        both = np.logical_and(*pair(inside))
        one, other = pair(centred)
        found.append(float((one[both] * other[both]).mean()) / variance if both.any() else 0.0)
    return sum(found) / 2
