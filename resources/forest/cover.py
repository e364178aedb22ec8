"""What grows and lies under the trees: litter, herbs, grass, shrubs, a track, logs and stones."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resources.forest.stand import Layout, gap_depth_m, track_distance_m
from resources.forest.texture import (
    Float32,
    PuffTexture,
    Rng,
    fractal_noise,
    lattice_nodes,
    noise,
    puff_texture,
    smooth_lattice,
    smoothstep,
)

_LITTER = (0.160, 0.125, 0.092)
_MOSS = (0.084, 0.104, 0.050)
_GRASS = (0.150, 0.165, 0.070)
_SHRUB = (0.084, 0.118, 0.050)
_SAND = (0.330, 0.285, 0.225)
_WOOD = (0.265, 0.240, 0.210)
_STONE = (0.270, 0.265, 0.255)
_COARSE_M = 0.5


@dataclass(slots=True)
class Cover:
    """Ground cover, cell by cell; the arrays are filled in place while it is made.

    Attributes:
        relief_m: (H, W) float32, height above the bare ground.
        colour: (3, H, W) float32 reflectance.
    """

    relief_m: Float32
    colour: Float32

    def lay(self, weight: Float32, colour: tuple[float, float, float], rows: slice, cols: slice) -> None:
        """Blend a material in by `weight` 0..1."""
        for band, value in enumerate(colour):
            part = self.colour[band, rows, cols]
            part += weight * (np.float32(value) - part)


def _coarse(layout: Layout, shape: tuple[int, int], gsd_m: float) -> tuple[Float32, Float32]:
    """Distance to the track and depth inside openings (H, W), evaluated every half metre and smoothed."""
    ratio = _COARSE_M / gsd_m
    size = lattice_nodes(shape[0], ratio), lattice_nodes(shape[1], ratio)
    y, x = np.meshgrid(*((np.arange(n) - 1.0) * _COARSE_M for n in size), indexing="ij")
    away = track_distance_m(layout, x, y).astype(np.float32)
    gap = np.maximum(gap_depth_m(layout, x, y), -10.0).astype(np.float32)
    return smooth_lattice(away, shape, ratio), smooth_lattice(gap, shape, ratio)


def _carpet(texture: PuffTexture, shape: tuple[int, int]) -> tuple[Float32, Float32]:
    """Relief and tone of a clump carpet repeated over a whole plot."""
    period = texture.period_px
    repeats = -(-shape[0] // period), -(-shape[1] // period)
    window = slice(0, shape[0]), slice(0, shape[1])
    relief = np.tile(texture.relief[:period, :period], repeats)[window]
    return relief, np.tile(texture.tone[:period, :period], repeats)[window]


def make_cover(layout: Layout, shape: tuple[int, int], gsd_m: float, rng: Rng) -> Cover:
    """Ground cover of a plot of `shape` cells."""
    everywhere = slice(None), slice(None)
    cover = Cover(np.zeros(shape, np.float32), np.empty((3, *shape), np.float32))
    away, gap = _coarse(layout, shape, gsd_m)
    patchy = fractal_noise(shape, 2.6 / gsd_m, 3, rng, 0.6)
    grain = rng.standard_normal(shape, np.float32)
    grain[1:] += grain[:-1]
    grain[:, 1:] += grain[:, :-1]
    shade = np.float32(1.0) + np.float32(0.12) * grain + np.float32(0.14) * patchy
    for band in range(3):
        np.multiply(shade, np.float32(_LITTER[band]), out=cover.colour[band])
    herbs, herb_tone = _carpet(puff_texture(0.34, gsd_m, 15.0, rng), shape)
    moss = smoothstep(patchy + gap * np.float32(0.06), -0.7, 1.0)
    lush = (np.float32(0.55) + np.float32(0.45) * herbs) * moss
    cover.lay(lush, _MOSS, *everywhere)
    cover.relief_m += np.float32(0.30) * herbs * moss
    _shrubs(cover, gap, away, gsd_m, rng)
    _track(cover, layout, away, herbs, gsd_m, rng)
    cover.colour *= np.float32(1.0) + np.float32(0.22) * herb_tone
    _logs(cover, layout, gsd_m, rng)
    _stones(cover, layout, gsd_m, rng)
    return cover


def _shrubs(cover: Cover, gap: Float32, away: Float32, gsd_m: float, rng: Rng) -> None:
    """Raspberry and hazel in openings and along the track, half a metre to a metre and a half high."""
    shape = cover.relief_m.shape
    density = noise(shape, 3.2 / gsd_m, rng) * np.float32(0.75) + np.float32(0.6)
    beside = np.exp(-(((away - np.float32(4.2)) / np.float32(1.3)) ** 2))
    density += smoothstep(gap, -1.5, 2.0) * np.float32(0.95) + beside * np.float32(1.2)
    bushes, bush_tone = _carpet(puff_texture(1.15, gsd_m, 28.0, rng), shape)
    leaves, _ = _carpet(puff_texture(0.21, gsd_m, 11.0, rng), shape)
    thick = smoothstep(density, 0.75, 1.55) * smoothstep(bushes + np.float32(0.25) * leaves, 0.28, 0.42)
    thick *= smoothstep(away, 1.9, 2.7)
    tone = (np.float32(0.80) + np.float32(0.25) * leaves + np.float32(0.22) * bush_tone).astype(np.float32)
    for band, value in enumerate(_SHRUB):
        part = cover.colour[band]
        part += thick * (np.float32(value) * tone - part)
    cover.relief_m += thick * (np.float32(1.2) * bushes + np.float32(0.22) * leaves)


def _track(cover: Cover, layout: Layout, away: Float32, herbs: Float32, gsd_m: float, rng: Rng) -> None:
    """Two sandy ruts with grass between and beside them."""
    everywhere = slice(None), slice(None)
    wander = noise(cover.relief_m.shape, 1.3 / gsd_m, rng)
    off = away + np.float32(0.13) * wander
    verge = np.float32(1.0) - smoothstep(off, layout.track_half_m - 0.5, layout.track_half_m + 0.6)
    cover.lay(verge * np.float32(0.9), _GRASS, *everywhere)
    cover.relief_m *= np.float32(1.0) - np.float32(0.8) * verge
    cover.relief_m += verge * herbs * np.float32(0.10)
    rut = np.exp(-(((off - np.float32(0.85)) / np.float32(0.36)) ** 2)) * (np.float32(0.85) + np.float32(0.12) * wander)
    rut = np.clip(rut, 0.0, 1.0).astype(np.float32)
    cover.lay(rut, _SAND, *everywhere)
    cover.relief_m *= np.float32(1.0) - rut


def _strip(shape: tuple[int, int], gsd_m: float, ends: NDArray[np.float64], reach_m: float) -> tuple[slice, slice]:
    """Rows and columns around a line from `ends`[0] to `ends`[1] (x, y in metres)."""
    low = np.floor((ends.min(axis=0) - reach_m) / gsd_m).astype(int)
    high = np.ceil((ends.max(axis=0) + reach_m) / gsd_m).astype(int)
    rows = slice(max(low[1], 0), max(min(high[1], shape[0]), 0))
    return rows, slice(max(low[0], 0), max(min(high[0], shape[1]), 0))


def _logs(cover: Cover, layout: Layout, gsd_m: float, rng: Rng) -> None:
    """Fallen stems, more of them in openings."""
    count = round(layout.width_m * layout.height_m / 260.0)
    for number in range(count):
        middle = rng.uniform(0, 1, 2) * (layout.width_m, layout.height_m)
        if number % 2:
            gap = layout.gaps[int(rng.integers(0, len(layout.gaps)))]
            middle = gap[:2] + rng.normal(0.0, 0.5, 2) * gap[2]
        turn, length, half = rng.uniform(0, math.pi), rng.uniform(3.0, 11.0), rng.uniform(0.07, 0.17)
        along = np.array([math.cos(turn), math.sin(turn)])
        if track_distance_m(layout, middle[:1], middle[1:])[0] < 2.5 + length / 2:
            continue
        rows, cols = _strip(
            cover.relief_m.shape, gsd_m, np.stack([middle - along * length / 2, middle + along * length / 2]), 0.3
        )
        x = ((np.arange(cols.start, cols.stop) + 0.5) * gsd_m - middle[0]).astype(np.float32)[None, :]
        y = ((np.arange(rows.start, rows.stop) + 0.5) * gsd_m - middle[1]).astype(np.float32)[:, None]
        u = x * np.float32(along[0]) + y * np.float32(along[1])
        v = y * np.float32(along[0]) - x * np.float32(along[1])
        width = np.float32(half) * (np.float32(1.0) - np.float32(0.55) * (u / np.float32(length) + np.float32(0.5)))
        roof = np.where(
            np.abs(u) < length / 2, np.float32(1.0) - (v / np.maximum(width, np.float32(0.02))) ** 2, np.float32(-1.0)
        )
        on = smoothstep(roof, 0.0, 0.3)
        cover.lay(on, tuple(c * rng.uniform(0.7, 1.15) for c in _WOOD), rows, cols)  # type: ignore[arg-type]
        part = cover.relief_m[rows, cols]
        np.maximum(part, on * width * 2, out=part)


def _stones(cover: Cover, layout: Layout, gsd_m: float, rng: Rng) -> None:
    """Erratic boulders and stones."""
    for _ in range(round(layout.width_m * layout.height_m / 420.0)):
        middle = rng.uniform(0, 1, 2) * (layout.width_m, layout.height_m)
        size = float(rng.lognormal(-1.1, 0.55))
        if track_distance_m(layout, middle[:1], middle[1:])[0] < 2.4 + size:
            continue
        rows, cols = _strip(cover.relief_m.shape, gsd_m, np.stack([middle, middle]), size * 1.4)
        x = ((np.arange(cols.start, cols.stop) + 0.5) * gsd_m - middle[0]).astype(np.float32)[None, :] / np.float32(
            size
        )
        y = ((np.arange(rows.start, rows.stop) + 0.5) * gsd_m - middle[1]).astype(np.float32)[:, None] / np.float32(
            size
        )
        skew, facets = rng.uniform(-0.4, 0.4), rng.uniform(0, 6.3)
        round_ = x * x + y * y + np.float32(skew) * x * y
        bumpy = round_ * (
            np.float32(1.0) + np.float32(0.2) * np.sin(np.float32(5.0) * np.arctan2(y, x) + np.float32(facets))
        )
        on = np.float32(1.0) - smoothstep(bumpy.astype(np.float32), 0.82, 1.0)
        cover.lay(on, _STONE, rows, cols)
        part = cover.relief_m[rows, cols]
        np.maximum(
            part, on * np.float32(0.7 * size) * np.sqrt(np.maximum(1.0 - bumpy, 0.05)).astype(np.float32), out=part
        )
