"""Which tree stands where: forest types, a track, gaps, a plantation, and spacing by crown size."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resources.forest import species as sp
from resources.forest.crown_shape import Tree
from resources.forest.texture import Float32, Rng, noise

_COARSE_M = 1.0  # cell of the habitat maps
_REACH_M = 5.0  # trees are also placed this far outside, so that crowns hang into the plot


@dataclass(frozen=True, slots=True)
class ForestType:
    """A mixture of species of one stage: (species, share, mean height of the canopy in metres)."""

    name: str
    mixture: tuple[tuple[sp.Species, float, float], ...]

    def draw(self, rng: Rng) -> tuple[sp.Species, float]:
        """A random species of the mixture and the mean height of its canopy."""
        left = rng.uniform()
        for species, share, mean_m in self.mixture:
            left -= share
            if left < 0.0:
                return species, mean_m
        return self.mixture[-1][0], self.mixture[-1][2]


FIR_STAND = ForestType("fir and spruce", (
    (sp.BALSAM_FIR, 0.46, 15.0), (sp.BLACK_SPRUCE, 0.22, 13.5), (sp.WHITE_SPRUCE, 0.12, 16.0),
    (sp.PAPER_BIRCH, 0.14, 15.5), (sp.SNAG, 0.06, 11.5),
))  # fmt: skip
MIXED_STAND = ForestType("mixed wood", (
    (sp.PAPER_BIRCH, 0.31, 18.0), (sp.BALSAM_FIR, 0.26, 15.5), (sp.RED_MAPLE, 0.22, 17.5),
    (sp.WHITE_SPRUCE, 0.10, 17.5), (sp.SUGAR_MAPLE, 0.06, 18.5), (sp.SNAG, 0.05, 13.0),
))  # fmt: skip
MAPLE_STAND = ForestType("maple", (
    (sp.SUGAR_MAPLE, 0.48, 21.0), (sp.RED_MAPLE, 0.24, 19.5), (sp.PAPER_BIRCH, 0.18, 19.0),
    (sp.BALSAM_FIR, 0.07, 11.0), (sp.SNAG, 0.03, 15.0),
))  # fmt: skip
ASPEN_CLUMP = ForestType("aspen clump", (
    (sp.TREMBLING_ASPEN, 0.90, 20.0), (sp.PAPER_BIRCH, 0.05, 17.0), (sp.SNAG, 0.05, 16.0),
))  # fmt: skip
PLANTATION = ForestType("white spruce plantation", ((sp.WHITE_SPRUCE, 1.0, 9.5),))
REGROWTH = ForestType("regrowth", (
    (sp.BALSAM_FIR, 0.42, 2.6), (sp.PAPER_BIRCH, 0.22, 3.4), (sp.RED_MAPLE, 0.20, 3.2), (sp.WHITE_SPRUCE, 0.16, 2.8),
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are, in metres east (x) and south (y) of the plot's top-left corner.

    Attributes:
        width_m, height_m: extent.
        moisture: (h, w) float32 on a 1 m grid that starts `_REACH_M` outside; high is wet.
        track: (n, 2) float64 points along the middle of the track, `track_half_m` wide to each side.
        gaps: (x, y, radius) of openings.
        aspen: (x, y, radius) of a clone.
        plantation: (left, top, right, bottom, turn in radians) or None.
    """

    width_m: float
    height_m: float
    moisture: Float32
    track: NDArray[np.float64]
    track_half_m: float
    gaps: NDArray[np.float64]
    aspen: tuple[float, float, float]
    plantation: tuple[float, float, float, float, float] | None


def make_layout(width_m: float, height_m: float, rng: Rng) -> Layout:
    """Random places for the features, fewer and smaller on small plots."""
    size = min(width_m, height_m)
    shape = (math.ceil(height_m + 2 * _REACH_M), math.ceil(width_m + 2 * _REACH_M))
    moisture = noise(shape, max(16.0, 0.24 * size), rng)
    t = np.linspace(-0.1, 1.1, 160)
    bend = rng.uniform(0.06, 0.12, 2), rng.uniform(0.0, 6.3, 2)
    sway = bend[0][0] * np.sin(4.0 * t + bend[1][0]) + 0.5 * bend[0][1] * np.sin(9.0 * t + bend[1][1])
    track = np.stack([t * width_m, (0.80 - 0.30 * t + sway) * height_m], axis=1)
    count = max(1, round(width_m * height_m / 2600.0))
    gaps = np.stack(
        [
            rng.uniform(0.12, 0.88, count) * width_m,
            rng.uniform(0.10, 0.90, count) * height_m,
            rng.uniform(2.6, 6.2, count) * min(1.0, size / 70.0 + 0.25),
        ],
        axis=1,
    )
    clearing = track[int(rng.integers(90, 120))]
    gaps = np.vstack([gaps, [clearing[0], clearing[1] - 3.0, 0.075 * size + 2.0]])
    aspen = (rng.uniform(0.18, 0.42) * width_m, rng.uniform(0.15, 0.40) * height_m, 0.13 * size + 3.0)
    corner = None
    if size >= 80.0:
        corner = (width_m - 0.30 * size, -_REACH_M, width_m + _REACH_M, 0.27 * size, rng.uniform(-0.15, 0.15))
    return Layout(width_m, height_m, moisture, track, 2.1, gaps, aspen, corner)


def track_distance_m(layout: Layout, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distance of each point to the middle of the track."""
    from scipy.spatial import cKDTree

    return np.asarray(cKDTree(layout.track).query(np.stack([x, y], axis=-1))[0], np.float64)


def gap_depth_m(layout: Layout, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each point lies inside an opening (metres from its rim); <= 0 outside."""
    depth = np.full(np.shape(x), -np.inf)
    for gap_x, gap_y, radius in layout.gaps:
        depth = np.maximum(depth, radius - np.hypot(x - gap_x, y - gap_y))
    return depth


def _types_at(layout: Layout, x: NDArray[np.float64], y: NDArray[np.float64]) -> list[ForestType]:
    """The forest type at each point."""
    row = np.clip((y + _REACH_M) / _COARSE_M, 0, layout.moisture.shape[0] - 1).astype(np.intp)
    col = np.clip((x + _REACH_M) / _COARSE_M, 0, layout.moisture.shape[1] - 1).astype(np.intp)
    wet = layout.moisture[row, col]
    gap = gap_depth_m(layout, x, y)
    clone = np.hypot(x - layout.aspen[0], y - layout.aspen[1]) < layout.aspen[2]
    types = []
    for moisture, inside, aspen in zip(wet, gap, clone, strict=True):
        if inside > 0.3:
            types.append(REGROWTH)
        elif aspen:
            types.append(ASPEN_CLUMP)
        else:
            types.append(FIR_STAND if moisture > 0.55 else MIXED_STAND if moisture > -0.45 else MAPLE_STAND)
    return types


def _stature(rng: Rng, regrowth: bool) -> float:
    """Height of a tree over the mean of its canopy: mostly canopy trees, some overtopped, few emergent."""
    draw = rng.uniform()
    if regrowth:
        return float(rng.uniform(0.35, 1.5))
    if draw < 0.68:
        return float(rng.normal(1.0, 0.085))
    if draw < 0.88:
        return float(rng.normal(0.76, 0.08))
    return float(rng.uniform(0.22, 0.58))


def _tree(x: float, y: float, species: sp.Species, height_m: float, rng: Rng, in_the_open: bool = False) -> Tree:
    width = species.crown_diameter_m(height_m) * math.exp(rng.normal(0.0, 0.11))
    if in_the_open:  # the allometry is that of stands; without neighbours crowns are wider
        width = max(1.3 * width, 0.36 * height_m)
    light = math.exp(rng.normal(0.0, species.leaf_spread))
    tint = light * math.exp(rng.normal(0.0, 0.05)), light, light * math.exp(rng.normal(0.0, 0.06))
    if species is sp.RED_MAPLE and rng.uniform() < 0.07:  # first autumn colour
        flame = rng.uniform(0.10, 0.65)
        tint = tint[0] * (1.0 + 1.2 * flame), tint[1] * (1.0 - 0.35 * flame), tint[2] * (1.0 - 0.1 * flame)
    if species is sp.BALSAM_FIR and rng.uniform() < 0.05:  # browned by budworm
        tint = tint[0] * 2.3, tint[1] * 1.1, tint[2] * 1.2
    return Tree(x, y, height_m, width / 2, species, tint, int(rng.integers(0, 2**62)))


def _wild_trees(layout: Layout, rng: Rng) -> list[Tree]:
    """Candidates everywhere, far more than fit."""
    width, height = layout.width_m + 2 * _REACH_M, layout.height_m + 2 * _REACH_M
    count = round(width * height * 0.36)
    x = rng.uniform(-_REACH_M, layout.width_m + _REACH_M, count)
    y = rng.uniform(-_REACH_M, layout.height_m + _REACH_M, count)
    trees = []
    for east, south, kind in zip(x, y, _types_at(layout, x, y), strict=True):
        species, mean_m = kind.draw(rng)
        height_m = max(0.7, mean_m * _stature(rng, kind is REGROWTH))
        trees.append(_tree(float(east), float(south), species, height_m, rng, kind is REGROWTH))
    for _ in range(max(1, round(layout.width_m * layout.height_m / 1000.0))):  # old pines above the rest
        x0, y0 = rng.uniform(0.05, 0.95) * layout.width_m, rng.uniform(0.05, 0.95) * layout.height_m
        trees.append(_tree(x0, y0, sp.WHITE_PINE, float(rng.uniform(19.0, 26.5)), rng))
    return trees


def _planted_trees(layout: Layout, rng: Rng) -> list[Tree]:
    """Rows of white spruce, some missing."""
    if layout.plantation is None:
        return []
    left, top, right, bottom, turn = layout.plantation
    species, _, mean_m = PLANTATION.mixture[0]
    centre_x, centre_y = (left + right) / 2, (top + bottom) / 2
    reach = math.hypot(right - left, bottom - top) / 2
    trees = []
    for u in np.arange(-reach, reach, 2.9):
        for v in np.arange(-reach, reach, 2.2):
            x = centre_x + u * math.cos(turn) - v * math.sin(turn) + rng.normal(0.0, 0.12)
            y = centre_y + u * math.sin(turn) + v * math.cos(turn) + rng.normal(0.0, 0.12)
            height_m = max(3.0, mean_m * float(rng.normal(1.0, 0.11)))
            tree = _tree(x, y, species, height_m, rng)
            if left < x < right and top < y < bottom and rng.uniform() > 0.09:
                trees.append(tree)
    return trees


def _in_plantation(layout: Layout, x: float, y: float) -> bool:
    if layout.plantation is None:
        return False
    left, top, right, bottom, _ = layout.plantation
    return left - 1.5 < x < right and top < y < bottom + 1.5


def _settle(candidates: list[Tree], taken: list[Tree], closeness: float) -> list[Tree]:
    """Keep the tallest first; a tree stays when its stem is far enough from all taller ones for its crown to show."""
    order = sorted(candidates, key=lambda tree: -tree.height_m)
    placed = np.empty((len(order) + len(taken), 3))
    count = 0
    kept: list[Tree] = []
    for tree in [*taken, *order]:
        here = placed[:count]
        away = np.hypot(here[:, 0] - tree.x_m, here[:, 1] - tree.y_m)
        # Pointed crowns fit closer together than round ones.
        room = closeness * tree.radius_m * (0.80 if isinstance(tree.species.form, sp.WhorlForm) else 1.0)
        if count >= len(taken) and bool((away < here[:, 2] + room).any()):
            continue
        placed[count] = tree.x_m, tree.y_m, room
        count += 1
        kept.append(tree)
    return kept


def make_stand(layout: Layout, rng: Rng) -> tuple[Tree, ...]:
    """All trees, saplings included, tallest first."""
    wild = [tree for tree in _wild_trees(layout, rng) if not _in_plantation(layout, tree.x_m, tree.y_m)]
    planted = _planted_trees(layout, rng)
    trees = _settle(wild, planted, 0.53)
    x, y = np.array([tree.x_m for tree in trees]), np.array([tree.y_m for tree in trees])
    radius = np.array([tree.radius_m for tree in trees])
    clear = track_distance_m(layout, x, y) > layout.track_half_m + 0.45 * radius
    # An opening holds regrowth only: no tall tree may stand in it.
    tall = np.array([tree.height_m for tree in trees]) > 6.0
    clear &= ~(tall & (gap_depth_m(layout, x, y) > -0.35 * radius))
    kept = [tree for tree, stays in zip(trees, clear, strict=True) if stays]
    return tuple(sorted(kept, key=lambda tree: -tree.height_m))
