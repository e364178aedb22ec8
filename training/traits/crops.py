"""Pictures of crowns to learn from: cut out, turned, lit and scaled differently each time, the same ones for a seed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from training.data.augment import other_light
from training.data.labelled import LabelledPlot
from training.traits.crowns import CrownPool

Float32 = NDArray[np.float32]

_FINE = 4  # samples along a side of a patch, to tell how much of it is crown


@dataclass(frozen=True, slots=True)
class CropRules:
    """How crops are cut, and how much they may differ from the plot.

    Attributes:
        side_px, gsd_m: of a crop.
        patch_px: side of a cell of `Crop.extent`.
        scale: largest factor, and its inverse the smallest, by which a tree is magnified; its height goes with it.
        shift: largest way off the middle, as a share of the crown's box: outlines are never exact.
        light: how often the picture gets another sun, camera and sharpness.
        turns: whether the eight symmetries of the square are drawn.
    """

    side_px: int = 128
    gsd_m: float = 0.1
    patch_px: int = 16
    scale: float = 1.15
    shift: float = 0.1
    light: float = 0.8
    turns: bool = True


@dataclass(frozen=True, slots=True)
class Crop:
    """One example.

    Attributes:
        rgb: (3, S, S) float32, 0..255 or a little beyond.
        allowed: (K,) bool.
        height_m: NaN where unknown.
        extent: (S / patch, S / patch) float32, share of each patch that is the crown.
    """

    rgb: Float32
    allowed: NDArray[np.bool_]
    height_m: float
    extent: Float32


@dataclass(frozen=True)
class CropMaker:
    """Draws crops from pools.

    Attributes:
        pools: crowns of the same classes.
        shares: how often each pool is drawn from.
        rules: how.
        evenness: 0 draws crowns alike, 1 draws classes alike; in between, rare ones more often than they occur.
    """

    pools: Sequence[CrownPool]
    shares: Sequence[float]
    rules: CropRules = CropRules()
    evenness: float = 0.5
    _weights: tuple[NDArray[np.float64], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Weigh the crowns of each pool."""
        object.__setattr__(self, "_weights", tuple(_weights(pool, self.evenness) for pool in self.pools))

    @property
    def crowns(self) -> int:
        """In all pools."""
        return sum(len(pool) for pool in self.pools)

    def draw(self, rng: np.random.Generator) -> Crop:
        """The next crop; the same generator state gives the same crop."""
        shares = np.asarray(self.shares, float)
        number = int(rng.choice(len(self.pools), p=shares / shares.sum()))
        pool, rules = self.pools[number], self.rules
        crown = int(rng.choice(len(pool), p=self._weights[number]))
        scale = float(np.exp(rng.uniform(-1.0, 1.0) * np.log(rules.scale)))
        away = rng.uniform(-rules.shift, rules.shift, 2) * pool.size[crown]
        crop = cut(pool, crown, rules, scale, away)
        if rules.turns:
            crop = _turned(crop, int(rng.integers(8)))
        if rng.random() < rules.light:
            lit = other_light(np.clip(crop.rgb, 0, 255).astype(np.uint8), rng)
            crop = Crop(lit, crop.allowed, crop.height_m, crop.extent)
        return crop


def cut(
    pool: CrownPool, crown: int, rules: CropRules, scale: float = 1.0, away: NDArray[np.float64] | None = None
) -> Crop:
    """The crop of one crown; beyond the plot's rim it shows the reflection of what is inside, as `read_crops` does.

    Args:
        pool: has the crown.
        crown: its position in the pool.
        rules: side and cell size.
        scale: how much larger the tree is shown.
        away: rows and columns of the plot by which the crop's middle lies beside the crown's.
    """
    plot = pool.plots[pool.plot[crown]]
    side = max(4, round(rules.side_px * rules.gsd_m / plot.gsd_m / scale))
    middle = pool.centre[crown] + (0.0 if away is None else away)
    top, left = np.rint(middle - side / 2).astype(int).tolist()
    rows = _reflected(top, side, plot.rgb.shape[1])
    columns = _reflected(left, side, plot.rgb.shape[2])
    window = plot.rgb[:, rows[:, None], columns]
    if side != rules.side_px:
        how = Image.Resampling.BOX if side > rules.side_px else Image.Resampling.BILINEAR
        picture = Image.fromarray(np.ascontiguousarray(window.transpose(1, 2, 0)))
        window = np.asarray(picture.resize((rules.side_px, rules.side_px), how)).transpose(2, 0, 1)
    extent = _extent(plot, pool, crown, rules, (top, left, side))
    return Crop(window.astype(np.float32), pool.allowed[crown], float(pool.height_m[crown]) * scale, extent)


def _extent(plot: LabelledPlot, pool: CrownPool, crown: int, rules: CropRules, window: tuple[int, int, int]) -> Float32:
    """Share of each patch inside the outline, or inside the ellipse of its box where only that is known."""
    top, left, side = window
    cells = rules.side_px // rules.patch_px
    steps = (np.arange(cells * _FINE) + 0.5) * side / (cells * _FINE)
    y, x = top + steps, left + steps
    if plot.owner is None or not plot.outlined[pool.crown[crown]]:
        (row, column), (tall, wide) = pool.centre[crown], pool.size[crown]
        inside = (((y - row) / max(tall, 1)) ** 2)[:, None] + ((x - column) / max(wide, 1)) ** 2 <= 0.25
    else:
        rows, columns = np.floor(y).astype(int), np.floor(x).astype(int)
        there = ((rows >= 0) & (rows < plot.owner.shape[0]))[:, None] & (columns >= 0) & (columns < plot.owner.shape[1])
        seen = plot.owner[rows.clip(0, plot.owner.shape[0] - 1)[:, None], columns.clip(0, plot.owner.shape[1] - 1)]
        inside = there & (seen == pool.crown[crown] + 1)
    return inside.reshape(cells, _FINE, cells, _FINE).mean(axis=(1, 3)).astype(np.float32)


def _reflected(start: int, count: int, length: int) -> NDArray[np.intp]:
    """Indices start, start + 1, ... with those outside mirrored at the rim."""
    if length == 1:
        return np.zeros(count, np.intp)
    period = 2 * length - 2
    at = np.abs(np.arange(start, start + count)) % period
    return np.where(at < length, at, period - at).astype(np.intp)


def _turned(crop: Crop, element: int) -> Crop:
    """One of the eight symmetries: `element` % 4 quarter turns, mirrored from 4 on."""
    rgb, extent = crop.rgb, crop.extent
    if element >= 4:
        rgb, extent = rgb[:, :, ::-1], extent[:, ::-1]
    rgb, extent = np.rot90(rgb, element % 4, axes=(1, 2)), np.rot90(extent, element % 4)
    return Crop(np.ascontiguousarray(rgb), crop.allowed, crop.height_m, np.ascontiguousarray(extent))


def _weights(pool: CrownPool, evenness: float) -> NDArray[np.float64]:
    """Chance of each crown; those that may be the same classes count as one class."""
    _, kind, counts = np.unique(pool.allowed, axis=0, return_inverse=True, return_counts=True)
    weights = counts[kind.ravel()].astype(float) ** -evenness
    return np.asarray(weights / weights.sum())
