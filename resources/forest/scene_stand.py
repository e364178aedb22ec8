"""Which tree stands where in a training scene: spacing by crown size, planted rows, openings."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resources.forest import tree_looks as looks
from resources.forest.scenes import SceneSpec
from resources.forest.texture import Float32, Rng, noise
from resources.forest.tree_looks import TreeLook

_NEEDLES = ("cone", "star")


@dataclass(frozen=True, slots=True)
class SceneTree:
    """One tree.

    Attributes:
        x_m, y_m: stem, metres east and south of the corner of what is painted.
        height_m, radius_m: total height and crown radius.
        base_m: height of the crown's foot, below which light passes.
        look: what it looks like.
        tint: factors on the look's red, green and blue.
        clump: factor on the size of lobes and clumps.
        bulge: depth of a broad crown over its radius.
    """

    x_m: float
    y_m: float
    height_m: float
    radius_m: float
    base_m: float
    look: TreeLook
    tint: tuple[float, float, float]
    clump: float
    bulge: float


def make_stand(spec: SceneSpec, width_m: float, height_m: float, clear: Float32, rng: Rng) -> tuple[SceneTree, ...]:
    """All trees on `width_m` x `height_m`, tallest first; none where `clear` (h, w) on cells of 1 m is above 0.5."""
    gap = noise(clear.shape, float(rng.uniform(6.0, 16.0)), rng)
    shut = (gap < np.quantile(gap, spec.gaps)) | (clear > 0.5)
    taller = noise(clear.shape, float(rng.uniform(12.0, 30.0)), rng) * np.float32(rng.uniform(0.03, 0.16))
    if spec.row_m > 0.0:
        x, y = _rows(spec, width_m, height_m, rng)
    else:
        count = int(rng.poisson(spec.stems_ha * width_m * height_m / 1e4))
        x, y = rng.uniform(0.0, width_m, count), rng.uniform(0.0, height_m, count)
    row = np.minimum(y.astype(np.intp), clear.shape[0] - 1)
    col = np.minimum(x.astype(np.intp), clear.shape[1] - 1)
    slender = float(np.exp(rng.normal(0.0, 0.12)))  # the site's quality
    light = np.exp(rng.normal(0.0, (0.10, 0.05, 0.14)))  # its season and soil
    trees = []
    for east, south, lift, closed in zip(x, y, taller[row, col], shut[row, col], strict=True):
        tree = _tree(spec, float(east), float(south), slender * math.exp(lift), light, rng)
        # An opening holds saplings and small trees, a few of them.
        if closed and (tree.radius_m > 0.3 * spec.crown_m or rng.random() < 0.6):
            continue
        trees.append(tree)
    return _settle(trees, spec.closeness if spec.row_m == 0.0 else 0.3)


def _rows(spec: SceneSpec, width_m: float, height_m: float, rng: Rng) -> tuple[NDArray[np.float64], ...]:
    """Stems along turned rows, some missing."""
    turn, within = rng.uniform(0.0, math.pi), spec.row_m * rng.uniform(0.7, 1.05)
    reach = math.hypot(width_m, height_m) / 2
    u, v = np.meshgrid(np.arange(-reach, reach, spec.row_m), np.arange(-reach, reach, within))
    u, v = (part.ravel() + rng.normal(0.0, 0.06 * spec.row_m, part.size) for part in (u, v))
    x = width_m / 2 + u * math.cos(turn) - v * math.sin(turn)
    y = height_m / 2 + u * math.sin(turn) + v * math.cos(turn)
    stays = (x > 0) & (x < width_m) & (y > 0) & (y < height_m) & (rng.random(x.size) > rng.uniform(0.02, 0.3))
    return x[stays], y[stays]


def _tree(spec: SceneSpec, x: float, y: float, slender: float, light: NDArray[np.float64], rng: Rng) -> SceneTree:
    look, size = _draw(spec, rng)
    crown_m = spec.crown_m * size * math.exp(spec.kind.spread * float(np.clip(rng.normal(), -2.0, 1.9)))
    crown_m = min(max(crown_m, 0.8), 20.0)
    # Large crowns stand on relatively shorter trees, in every stand.
    height = (
        look.slender
        * slender
        * crown_m
        * (crown_m / spec.crown_m) ** -0.35
        * math.exp(rng.normal(0.0, 0.09 * min(spec.bulge, 1.0)))
    )
    height = min(max(height, 0.7), 62.0)
    share = look.crown_share if spec.stems_ha > 200 or spec.row_m > 0 else min(0.9, 1.2 * look.crown_share)
    warm, bright = rng.normal(0.0, 0.06), math.exp(rng.normal(0.0, 0.10))
    if not look.species:  # dead wood has no season
        light = np.sqrt(light)
    tint = light * bright * np.exp((warm + rng.normal(0.0, 0.03), 0.0, rng.normal(0.0, 0.07) - 0.5 * warm))
    return SceneTree(
        x_m=x,
        y_m=y,
        height_m=height,
        radius_m=crown_m / 2,
        base_m=height * (1.0 - share) * rng.uniform(0.85, 1.1),
        look=look,
        tint=(float(tint[0]), float(tint[1]), float(tint[2])),
        clump=float(np.clip(crown_m / 5.0, 0.55, 1.25) ** 0.5 * rng.uniform(0.8, 1.25)),
        bulge=spec.bulge * float(rng.uniform(0.75, 1.25)),
    )


def _draw(spec: SceneSpec, rng: Rng) -> tuple[TreeLook, float]:
    """A kind of tree of the mixture, or a dead one in its place."""
    left = rng.random() * sum(share for _, share, _ in spec.kind.mixture)
    look, size = spec.kind.mixture[-1][0], spec.kind.mixture[-1][2]
    for candidate, share, relative in spec.kind.mixture:
        left -= share
        if left < 0.0:
            look, size = candidate, relative
            break
    if rng.random() < spec.dead:
        if look.form not in _NEEDLES:
            return looks.BROAD_SNAG, 0.9 * size
        return (looks.RED_DEAD if rng.random() < 0.4 else looks.SNAG), 0.9 * size
    return look, size


def _settle(candidates: list[SceneTree], closeness: float) -> tuple[SceneTree, ...]:
    """Keep the tallest first; a tree stays when its stem is far enough from all taller ones for its crown to show."""
    order = sorted(candidates, key=lambda tree: -tree.height_m)
    x = np.array([tree.x_m for tree in order])
    y = np.array([tree.y_m for tree in order])
    room = closeness * np.array([tree.radius_m for tree in order])
    stays = np.ones(len(order), bool)
    for number in range(len(order)):
        if stays[number]:
            near = np.hypot(x[number + 1 :] - x[number], y[number + 1 :] - y[number])
            stays[number + 1 :] &= near >= room[number] + room[number + 1 :]
    return tuple(tree for tree, kept in zip(order, stays, strict=True) if kept)
