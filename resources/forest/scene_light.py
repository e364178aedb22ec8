"""Shadows of crowns on the ground beneath: light passes under crowns and, thinned, through them."""

import math

import numpy as np
from numpy.typing import NDArray

from resources.forest.light import Sun
from resources.forest.texture import Float32, Rng, magnify, noise

_CELL_M = 0.2  # foliage casts soft shadows: finer cells would only cost time
_THICKNESS_M = 0.45  # foliage along the ray that lets 1/e of the light through


def ground_light(top_m: Float32, base_m: Float32, stems_m: NDArray[np.float64], gsd_m: float, sun: Sun) -> Float32:
    """Share of direct sunlight (H, W) 0..1 that reaches level ground under crowns.

    Crowns fill the air from `base_m` to `top_m` above the ground (base >= top: nothing). The air is cut into layers,
    each shifted along the sun's rays onto the ground; the foliage that a ray meets adds up.

    Args:
        stems_m: (n, 2) east and south of the stems, which stand on the ground.
    """
    step = max(1, round(_CELL_M / gsd_m))
    # Samples, not means or maxima: gaps between leaves let the sun through in flecks.
    top, base = top_m[::step, ::step].copy(), base_m[::step, ::step].copy()
    cell_m = gsd_m * step
    cols, rows = np.floor(stems_m.T / cell_m).astype(np.intp)
    inside = (rows >= 0) & (rows < top.shape[0]) & (cols >= 0) & (cols < top.shape[1])
    base[rows[inside], cols[inside]] = 0.0
    along_col, along_row, up = sun.towards
    highest = float(top.max(initial=0.0))
    # One layer moves its shadow by about a cell, so that stems cast lines and not dots.
    count = max(1, math.ceil(highest / up * math.hypot(along_col, along_row) / (0.95 * cell_m)))
    thickness = np.zeros(top.shape, np.float32)
    # A ray rises by `up` for every metre, so a layer holds this much of it.
    within = np.float32(highest / count / up / _THICKNESS_M)
    for layer in range(count):
        middle = (layer + 0.5) * highest / count
        away = middle / up / cell_m
        down, right = round(along_row * away), round(along_col * away)
        if abs(down) >= top.shape[0] or abs(right) >= top.shape[1]:
            break
        source, target = _shifted(top.shape, down, right)
        filled = (base[source] < middle) & (top[source] > middle)
        part = thickness[target]
        np.add(part, within, out=part, where=filled)
    np.negative(thickness, out=thickness)
    return magnify(np.exp(thickness, out=thickness), (top_m.shape[0], top_m.shape[1]), step)


def frayed(light: Float32, gsd_m: float, reach_m: float, rng: Rng) -> Float32:
    """The same shadows with edges that wander by about `reach_m`, as single branches draw them."""
    shape = light.shape[0], light.shape[1]
    away = np.float32(reach_m / gsd_m)
    rows = np.arange(shape[0])[:, None] + np.rint(away * noise(shape, 0.4 / gsd_m, rng)).astype(np.int32)
    cols = np.arange(shape[1])[None] + np.rint(away * noise(shape, 0.4 / gsd_m, rng)).astype(np.int32)
    np.clip(rows, 0, shape[0] - 1, out=rows)
    np.clip(cols, 0, shape[1] - 1, out=cols)
    return np.asarray(light[rows, cols])


def _shifted(shape: tuple[int, ...], rows: int, cols: int) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Windows such that target cell (r, c) reads source cell (r + rows, c + cols)."""

    def axis(length: int, offset: int) -> tuple[slice, slice]:
        return slice(max(offset, 0), length + min(offset, 0)), slice(max(-offset, 0), length + min(-offset, 0))

    source_rows, target_rows = axis(shape[0], rows)
    source_cols, target_cols = axis(shape[1], cols)
    return (source_rows, source_cols), (target_rows, target_cols)
