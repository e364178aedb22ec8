"""Noise fields and leaf-clump textures, in float32 and made from a seeded generator."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Float32 = NDArray[np.float32]
Rng = np.random.Generator


def _spline_taps(count: int, cell_px: float, phase: float) -> tuple[NDArray[np.intp], Float32]:
    """Lattice indices (4, count) and cubic B-spline weights (4, count) of `count` evenly spaced samples."""
    place = (np.arange(count) + 0.5) / cell_px + phase
    base = np.floor(place).astype(np.intp)
    t = (place - base).astype(np.float32)
    s = 1.0 - t
    weights = np.stack([s**3, 3 * t**3 - 6 * t**2 + 4, 3 * s**3 - 6 * s**2 + 4, t**3]) / np.float32(6.0)
    return base + np.arange(4)[:, None], weights.astype(np.float32)


def smooth_lattice(lattice: Float32, shape: tuple[int, int], cell_px: float) -> Float32:
    """Cubic B-spline over the nodes of `lattice`, `cell_px` pixels apart, at the centres of `shape` pixels.

    The spline has continuous slope and curvature, so hillshades of it show no lattice.
    The lattice needs at least ceil(n / cell_px) + 4 nodes each way.
    """
    rows, row_weights = _spline_taps(shape[0], cell_px, 0.0)
    cols, col_weights = _spline_taps(shape[1], cell_px, 0.0)
    tall = sum(row_weights[k][:, None] * lattice[rows[k]] for k in range(4))
    wide = np.zeros(shape, np.float32)
    part = np.empty(shape, np.float32)
    for k in range(4):
        np.take(tall, cols[k], axis=1, out=part, mode="clip")
        part *= col_weights[k]
        wide += part
    return wide


def lattice_nodes(extent_px: float, cell_px: float) -> int:
    """How many nodes `smooth_lattice` needs to cover `extent_px` pixels."""
    return int(np.ceil(extent_px / cell_px)) + 4


def noise(shape: tuple[int, int], cell_px: float, rng: Rng) -> Float32:
    """Smooth noise (H, W) of about unit variance whose blobs are `cell_px` pixels apart."""
    size = (lattice_nodes(shape[0], cell_px), lattice_nodes(shape[1], cell_px))
    # A cubic B-spline over white noise keeps 0.23 of its variance; the factor brings it back to one.
    return smooth_lattice(rng.standard_normal(size, np.float32), shape, cell_px) * np.float32(2.1)


def fractal_noise(shape: tuple[int, int], cell_px: float, octaves: int, rng: Rng, gain: float = 0.5) -> Float32:
    """Sum of `octaves` noises, each twice finer and `gain` times weaker, brought back to about unit variance."""
    total = np.zeros(shape, np.float32)
    weight, power = 1.0, 0.0
    for octave in range(octaves):
        cell = cell_px / 2**octave
        if cell < 1.5 and octave:
            break
        total += np.float32(weight) * noise(shape, cell, rng)
        power += weight**2
        weight *= gain
    return total / np.float32(np.sqrt(power))


def magnify(coarse: Float32, shape: tuple[int, int], ratio: float) -> Float32:
    """Linear interpolation of `coarse` at the centres of `shape` cells `ratio` times finer, same top-left corner."""

    def taps(count: int, limit: int) -> tuple[NDArray[np.intp], NDArray[np.intp], Float32]:
        place = np.clip((np.arange(count) + 0.5) / ratio - 0.5, 0.0, limit - 1.0)
        low = np.minimum(place.astype(np.intp), max(limit - 2, 0))
        return low, np.minimum(low + 1, limit - 1), (place - low).astype(np.float32)

    low, high, part = taps(shape[1], coarse.shape[1])
    left = np.take(coarse, low, axis=1)
    wide = left + (np.take(coarse, high, axis=1) - left) * part
    low, high, part = taps(shape[0], coarse.shape[0])
    return wide[low] + (wide[high] - wide[low]) * part[:, None]


def smoothstep(values: Float32, low: float, high: float) -> Float32:
    """0 below `low`, 1 above `high`, a smooth ramp between."""
    t = values - np.float32(low)
    t *= np.float32(1.0 / (high - low))
    np.clip(t, 0.0, 1.0, out=t)
    slope = t * np.float32(-2.0)
    slope += np.float32(3.0)
    t *= t
    t *= slope
    return t


@dataclass(frozen=True, slots=True)
class PuffTexture:
    """A periodic carpet of leaf clumps, with a margin repeated so that any window of `margin_px` is one slice.

    Attributes:
        relief: (N, N) float32, 0 in the gaps between clumps, up to 1 on their tops.
        tone: (N, N) float32, one random value per clump, mean 0, about -1..1.
        period_px: the carpet repeats after this many pixels.
    """

    relief: Float32
    tone: Float32
    period_px: int

    def window(self, shape: tuple[int, int], rng: Rng) -> tuple[Float32, Float32]:
        """Relief and tone (H, W) of a random place, randomly turned."""
        height, width = shape
        row, col = rng.integers(0, self.period_px, 2)
        turn = int(rng.integers(0, 4))
        rows, cols = slice(row, row + height), slice(col, col + width)
        relief, tone = self.relief[rows, cols], self.tone[rows, cols]
        if turn & 1:
            relief, tone = relief[::-1], tone[::-1]
        if turn & 2:
            relief, tone = relief[:, ::-1], tone[:, ::-1]
        return relief, tone


def puff_texture(clump_m: float, gsd_m: float, window_m: float, rng: Rng, speckle: float = 0.0) -> PuffTexture:
    """Round clumps of `clump_m` metres on a jittered grid, the highest one winning, wide enough for `window_m`.

    The look of cellular noise (Worley 1996), with spheres of uneven size and height instead of distances; `speckle`
    roughens every pixel on its own by that standard deviation.
    """
    cell_px = max(clump_m / gsd_m, 2.0)
    cells = max(int(np.ceil(window_m / gsd_m / cell_px)), 8)
    period = round(cells * cell_px)
    cell_px = period / cells
    centre = rng.uniform(0.1, 0.9, (2, cells, cells)).astype(np.float32)
    lift = rng.uniform(-0.35, 0.35, (cells, cells)).astype(np.float32)
    radius2 = (rng.uniform(0.65, 1.0, (cells, cells)) ** 2).astype(np.float32)
    shade = rng.uniform(-1.0, 1.0, (cells, cells)).astype(np.float32)
    place = (np.arange(period, dtype=np.float32) + np.float32(0.5)) / np.float32(cell_px)
    index = np.floor(place).astype(np.intp)
    part = place - index
    best = np.full((period, period), -1.0, np.float32)
    tone = np.zeros((period, period), np.float32)
    for drow in (-1, 0, 1):
        for dcol in (-1, 0, 1):
            at = np.ix_((index + drow) % cells, (index + dcol) % cells)
            off_row = part[:, None] - drow - centre[0][at]
            off_col = part[None, :] - dcol - centre[1][at]
            inside = radius2[at] - off_row * off_row - off_col * off_col
            top = np.sqrt(np.maximum(inside, 0.0)) + lift[at] - np.where(inside > 0, 0.0, 1.0).astype(np.float32)
            wins = top > best
            np.copyto(best, top, where=wins)
            np.copyto(tone, shade[at], where=wins)
    best += np.float32(1.4 * speckle) * rng.standard_normal(best.shape, np.float32)
    relief = np.clip((best + 0.2) / 1.4, 0.0, 1.0).astype(np.float32)
    margin = int(np.ceil(window_m / gsd_m)) + 2
    wrap = np.arange(period + margin) % period
    return PuffTexture(relief[np.ix_(wrap, wrap)], tone[np.ix_(wrap, wrap)], period)
