"""Treetops: cells that nothing overtops within a window that grows with the height of the tree."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TopWindow:
    """Radius of the window around a treetop: base + slope · height, at most `max_m`.

    Tall trees have wide crowns, so a wider window keeps their branches from counting as trees (Popescu & Wynne 2004,
    doi 10.14358/PERS.70.5.589; the linear form is that of ForestTools, whose example is 0.06 · height + 0.5).
    """

    base_m: float
    slope: float
    max_m: float

    def radius_m(self, height_m: FloatArray) -> npt.NDArray[np.float64]:
        """(N,) radii for (N,) heights."""
        return np.minimum(self.base_m + self.slope * height_m.astype(np.float64), self.max_m)


def find_treetops(
    surface: FloatArray, height_m: FloatArray, cell_m: float, *, min_height_m: float, window: TopWindow
) -> IntArray:
    """Cells of `surface` that are the highest within their window.

    A flat top counts once, at the cell nearest to its middle; of two equally high tops within each other's window
    the one further north-west stays.

    Args:
        surface: (H, W) float32, where to look for maxima; equal to `height_m` or close to it.
        height_m: (H, W) float32 height above ground, which decides on the window and the minimum.
        cell_m: side of a cell.
        min_height_m: lower tops are no trees.
        window: the window.

    Returns:
        (N, 2) int64 rows and columns, in row-major order.
    """
    flats, rows, cols = _flat_tops(surface, height_m >= min_height_m)
    if len(rows) == 0:
        return np.zeros((0, 2), dtype=np.int64)
    values, radius = surface[rows, cols], window.radius_m(height_m[rows, cols]) / cell_m
    reach = int(np.ceil(radius.max()))
    around = np.pad(surface, reach, constant_values=-np.inf)
    flats_around = np.pad(flats, reach)
    own = flats[rows, cols]
    highest = np.ones(len(rows), dtype=bool)
    for d_row, d_col, distance in _disc(reach):
        seen = np.flatnonzero(highest & (distance <= radius))
        at = (rows[seen] + reach + d_row, cols[seen] + reach + d_col)
        other = flats_around[at]
        twin = (around[at] == values[seen]) & (other > 0) & (other < own[seen])
        highest[seen[(around[at] > values[seen]) | twin]] = False
    found = np.stack([rows[highest], cols[highest]], axis=1)
    return found[np.lexsort((found[:, 1], found[:, 0]))]


def _flat_tops(surface: FloatArray, high: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.int32], IntArray, IntArray]:
    """Labels of the maxima (flat tops are one), and of each the row and column nearest to its middle."""
    from scipy import ndimage
    from skimage.morphology import local_maxima

    maxima = local_maxima(surface)  # type: ignore[no-untyped-call]
    labels, count = ndimage.label(maxima & high, structure=np.ones((3, 3)))
    rows, cols = np.nonzero(labels)
    flat = labels[rows, cols] - 1
    size = np.bincount(flat, minlength=count)
    middle_row = np.bincount(flat, rows, minlength=count) / np.maximum(size, 1)
    middle_col = np.bincount(flat, cols, minlength=count) / np.maximum(size, 1)
    distance = (rows - middle_row[flat]) ** 2 + (cols - middle_col[flat]) ** 2
    order = np.lexsort((cols, rows, distance, flat))
    first = order[np.unique(flat[order], return_index=True)[1]]
    return labels.astype(np.int32), rows[first].astype(np.int64), cols[first].astype(np.int64)


def _disc(reach: int) -> list[tuple[int, int, float]]:
    """Offsets within `reach` cells, nearest first: most cells that are no tops are found out by their neighbours."""
    span = np.arange(-reach, reach + 1)
    d_row, d_col = (axis.ravel() for axis in np.meshgrid(span, span, indexing="ij"))
    distance = np.hypot(d_row, d_col)
    inside = (distance > 0.0) & (distance <= reach)
    d_row, d_col, distance = d_row[inside], d_col[inside], distance[inside]
    order = np.argsort(distance, kind="stable")
    return list(zip(d_row[order].tolist(), d_col[order].tolist(), distance[order].tolist(), strict=True))
