"""Leads a border along the valley of a surface: the cheapest closed way through a ribbon around the old border."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns import geometry

Points = npt.NDArray[np.float64]
HeightAt = Callable[[Points], npt.NDArray[np.float64]]

_FEWEST, _MOST = 24, 1200
# Costs in shares of the crown's height. A border only moves for a valley deeper than this over the whole reach ...
_STAY = 0.04
# ... and on the ground it comes back to the foot of the crown.
_COME_BACK = 0.25
# A crown ends where the height falls below this share of what it is inside, as smoothing and matching blur its foot.
_FOOT = 0.3
# Each step sideways between neighbouring places costs this: the border does not follow every leaf.
_BEND = 0.01


def along_valley(
    outline: shapely.Polygon, height_at: HeightAt, *, step: float, reach: float, ground_m: float
) -> shapely.Polygon:
    """The crown with its outer border moved to the height valley near it; holes stay where they are.

    The border is unrolled into a ribbon, and the cheapest closed way through it is found by dynamic programming, where
    height costs and leaving the old border costs a little.

    Args:
        outline: a valid polygon.
        height_at: (N, 2) plot coordinates to (N,) heights above ground in metres, smooth; NaN where unknown.
        step: distance of places along the border, about a cell of the surface, in CRS units.
        reach: how far the border may move to either side, in CRS units.
        ground_m: lower places are ground, whatever the crown's height.

    Returns:
        A valid polygon; the very same where no height is known or the new border would not be one.
    """
    ring = _even(geometry.rings(shapely.orient_polygons(outline, exterior_cw=False))[0], step)
    outward = _outward(ring, reach)
    offsets = np.arange(-round(2 * reach / step), round(2 * reach / step) + 1) * (step / 2)
    places = ring[:, None] + outward[:, None] * offsets[None, :, None]
    heights = height_at(places.reshape(-1, 2)).reshape(len(ring), len(offsets))
    if not np.isfinite(heights).any():
        return outline
    way = _cheapest(_cost(heights, np.asarray(offsets / reach, np.float64), ground_m))
    moved = places[np.arange(len(ring)), way]
    shell = geometry.to_valid_polygon(shapely.Polygon(moved))
    if shell is None:
        return outline
    shell = geometry.simplify(shell, step / 3)
    holes = [shapely.Polygon(hole) for hole in outline.interiors]
    whole = geometry.to_valid_polygon(shapely.difference(shell, shapely.union_all(holes))) if holes else shell
    return outline if whole is None else whole


def _even(ring: Points, step: float) -> Points:
    closed = np.concatenate([ring, ring[:1]])
    at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    count = int(np.clip(np.ceil(at[-1] / step), _FEWEST, _MOST))
    steps = np.arange(count) * (at[-1] / count)
    return np.stack([np.interp(steps, at, closed[:, axis]) for axis in (0, 1)], axis=1)


def _outward(ring: Points, reach: float) -> Points:
    """(N, 2) unit normals of the smoothed ring, which do not cross within the reach as those of a ragged one would."""
    middle = ring.mean(axis=0)
    length = np.hypot(*(np.roll(ring, -1, axis=0) - ring).T).sum()
    kept = np.exp(-0.5 * (2 * np.pi * reach * np.fft.rfftfreq(len(ring), length / len(ring))) ** 2)
    kept[:2] = 1.0  # the position and the circle: a crown smaller than the reach has outward directions, too
    calm = np.fft.irfft(np.fft.rfft(ring - middle, axis=0) * kept[:, None], len(ring), axis=0)
    along = np.roll(calm, -1, axis=0) - np.roll(calm, 1, axis=0)
    normal = np.stack([along[:, 1], -along[:, 0]], axis=1)
    return np.asarray(normal / np.maximum(np.hypot(*normal.T), 1e-12)[:, None], np.float64)


def _cost(heights: npt.NDArray[np.float64], offset: npt.NDArray[np.float64], ground_m: float) -> Points:
    """(N, K) cost of each place of the ribbon; `offset` in shares of the reach, outwards positive."""
    top = max(float(np.nanmax(heights)), 2 * ground_m)
    known = np.where(np.isfinite(heights), heights, top)
    foot = np.maximum(ground_m, _FOOT * known[:, : max(len(offset) // 4, 1)].mean(axis=1))[:, None]
    at_valley = known / top + _STAY * np.abs(offset)
    return np.asarray(np.where(known <= foot, foot / top + _COME_BACK * (offset + 1) / 2, at_valley), np.float64)


def _cheapest(cost: Points) -> npt.NDArray[np.intp]:
    """(N,) the column of each row on the cheapest way that ends where it began and steps aside by one at most."""
    twice = _open_way(np.concatenate([cost, cost]), None)
    return _open_way(np.concatenate([cost, cost[:1]]), int(twice[len(cost)]))[:-1]


def _open_way(cost: Points, ends_at: int | None) -> npt.NDArray[np.intp]:
    """(N,) the cheapest way from the first to the last row; both in the column `ends_at` where that is given."""
    rows, columns = cost.shape
    total = cost[0].copy()
    if ends_at is not None:
        total[np.arange(columns) != ends_at] = np.inf
    came = np.zeros((rows, columns), np.int8)
    aside = np.array([_BEND, 0.0, _BEND])[:, None]
    for row in range(1, rows):
        padded = np.concatenate([[np.inf], total, [np.inf]])
        before = np.stack([padded[:-2], padded[1:-1], padded[2:]]) + aside
        best = np.argmin(before, axis=0)
        total = cost[row] + before[best, np.arange(columns)]
        came[row] = best - 1
    way = np.zeros(rows, np.intp)
    way[-1] = int(np.argmin(total)) if ends_at is None else ends_at
    for row in range(rows - 1, 0, -1):
        way[row - 1] = way[row] + came[row, way[row]]
    return way
