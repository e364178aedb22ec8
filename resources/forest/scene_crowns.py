"""Crowns of training scenes from above: few array operations a tree, fine structure from carpets that all share."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from resources.forest.scene_stand import SceneTree
from resources.forest.texture import Float32, PuffTexture, Rng, puff_texture

SIZES_M = (0.20, 0.32, 0.50, 0.80, 1.25, 2.0)
_WINDOW_M = 27.0  # the widest crown with its margin
_ROUGHNESS = 0.06  # of the relief of clumps
_MARGIN = 1.3  # patches reach this many crown radii from the stem


@dataclass(frozen=True, slots=True)
class CrownPatch:
    """A rectangle of cells around a stem.

    Attributes:
        row, col: its first cell in the scene; may be negative.
        roof_m: (h, w) float32, height of the crown's upper hull over the stem's foot, -inf outside the crown.
        leaf: (h, w) bool, where foliage or wood is; elsewhere one sees through.
        tone: (h, w) float32, factor on the colour.
    """

    row: int
    col: int
    roof_m: Float32
    leaf: NDArray[np.bool_]
    tone: Float32


@dataclass(frozen=True, slots=True)
class Carpets:
    """Carpets of clumps by size, for one cell size."""

    gsd_m: float
    textures: tuple[PuffTexture, ...]

    def window(self, size_m: float, shape: tuple[int, int], rng: Rng) -> tuple[Float32, Float32]:
        """Relief 0..1 and tone -1..1 (h, w) of clumps of about `size_m`, at a random place."""
        nearest = min(range(len(SIZES_M)), key=lambda k: abs(math.log(SIZES_M[k] / size_m)))
        return self.textures[nearest].window(shape, rng)


@lru_cache(maxsize=3)
def carpets(gsd_m: float) -> Carpets:
    """The carpets for a cell size; the same for all scenes, which cut windows from them at random."""
    rng = np.random.default_rng(20260501)
    made = (puff_texture(size, gsd_m, _WINDOW_M, rng) for size in SIZES_M)
    return Carpets(gsd_m, tuple(_roughened(texture, gsd_m, rng) for texture in made))


def _roughened(texture: PuffTexture, gsd_m: float, rng: Rng) -> PuffTexture:
    """The carpet with leaves of about a decimetre on its clumps, which coarse cells average away."""
    from scipy.ndimage import gaussian_filter

    period = texture.period_px
    grain = gaussian_filter(rng.standard_normal((period, period)), 0.05 / gsd_m, mode="wrap")
    grain *= _ROUGHNESS * min(1.0, 0.1 / gsd_m) / grain.std()
    wrap = np.arange(texture.relief.shape[0]) % period
    relief = np.clip(texture.relief + grain[np.ix_(wrap, wrap)], 0.0, 1.0).astype(np.float32)
    return PuffTexture(relief, texture.tone, period)


def draw_crown(tree: SceneTree, bank: Carpets, shape: tuple[int, int], rng: Rng) -> CrownPatch | None:
    """One crown, clipped to a scene of `shape`; None where it lies outside."""
    gsd_m, reach = bank.gsd_m, tree.radius_m * _MARGIN + bank.gsd_m
    row0, row1 = max(math.floor((tree.y_m - reach) / gsd_m), 0), min(math.ceil((tree.y_m + reach) / gsd_m), shape[0])
    col0, col1 = max(math.floor((tree.x_m - reach) / gsd_m), 0), min(math.ceil((tree.x_m + reach) / gsd_m), shape[1])
    if row0 >= row1 or col0 >= col1:
        return None
    east = ((np.arange(col0, col1, dtype=np.float32) + np.float32(0.5)) * np.float32(gsd_m) - np.float32(tree.x_m))[
        None
    ]
    south = (np.arange(row0, row1, dtype=np.float32) + np.float32(0.5)) * np.float32(gsd_m) - np.float32(tree.y_m)
    draw = {"dome": _dome, "cone": _cone, "star": _star, "snag": _snag}[tree.look.form]
    roof, leaf, tone = draw(tree, bank, east, south[:, None], rng)
    return CrownPatch(row0, col0, roof, leaf, tone)


_Drawn = tuple[Float32, NDArray[np.bool_], Float32]


def _fine(tree: SceneTree, bank: Carpets, shape: tuple[int, int], rng: Rng) -> tuple[Float32, Float32, Float32]:
    """Clump relief 0..1 and tone -1..1, and fine leaf relief 0..1."""
    clumps, shade = bank.window(tree.look.clump_m * tree.clump, shape, rng)
    leaves, _ = bank.window(0.2, shape, rng)
    return _deepened(clumps), shade, leaves


def _deepened(relief: Float32) -> Float32:
    """Wider and deeper gaps between the clumps of a carpet."""
    return np.asarray(np.clip(relief * np.float32(1.55) - np.float32(0.55), 0.0, 1.0), np.float32)


def _dome(tree: SceneTree, bank: Carpets, east: Float32, south: Float32, rng: Rng) -> _Drawn:
    """Lobes on a rounded hull, covered with clumps; the rim follows lobes and clumps."""
    look, radius = tree.look, tree.radius_m
    shape = (south.shape[0], east.shape[1])
    lobe_m = min(look.lobe_m * tree.clump, 0.8 * radius)
    lobes, lobe_tone = bank.window(lobe_m, shape, rng)
    lobes = _deepened(lobes)
    clumps, shade, leaves = _fine(tree, bank, shape, rng)
    long, turn = rng.uniform(0.0, 0.28), rng.uniform(0.0, math.pi)
    lop = rng.uniform(-0.15, 0.15, 2)
    a, b = np.float32(1 + long * math.cos(2 * turn)), np.float32(1 - long * math.cos(2 * turn))
    out = east * east * a + south * south * b + east * south * np.float32(2 * long * math.sin(2 * turn))
    share = np.sqrt(out) / np.float32(radius)
    share *= np.float32(1.0) + (east * np.float32(lop[0] / radius) + south * np.float32(lop[1] / radius))
    share *= np.float32(1.0) + np.float32(0.09 * look.ragged) * _around(np.arctan2(south, east), rng)
    edge = lobes * np.float32(-0.55 * look.ragged * lobe_m / radius)
    edge += clumps * np.float32(-0.50 * look.ragged * look.clump_m / radius)
    edge += leaves * np.float32(-0.16 / radius)
    edge += share + np.float32((0.30 * lobe_m + 0.25 * look.clump_m) * look.ragged / radius)
    inside = edge < np.float32(1.0)
    depth = min(tree.height_m - tree.base_m, radius * tree.bulge)
    roof = np.float32(tree.height_m) - np.float32(depth) * share ** np.float32(1.0 / look.profile)
    roof += lobes * np.float32(0.6 * lobe_m) + clumps * np.float32(1.3 * look.clump_m) + leaves * np.float32(0.2)
    roof -= np.float32(0.5 * lobe_m + 1.0 * look.clump_m)
    tone = clumps * np.float32(0.75 * look.contrast) + leaves * np.float32(0.4) + lobes * np.float32(0.28)
    tone += shade * np.float32(0.15) + lobe_tone * np.float32(0.12)
    tone += np.float32(0.47 - 0.36 * look.contrast)
    roof = np.maximum(roof, np.float32(0.35))
    seen = clumps * np.float32(0.35) + leaves * np.float32(0.55) + lobes * np.float32(0.35)
    leaf = inside & (seen > np.float32(_quantile(look.sparse)))
    return np.where(inside, roof, -np.inf).astype(np.float32), leaf, np.maximum(tone, np.float32(0.12))


def _quantile(sparse: float) -> float:
    """Level of the mixed relief under which about a share `sparse` of the cells lies."""
    return 0.10 + 0.95 * sparse if sparse > 0 else -1.0


def _around(angle: Float32, rng: Rng) -> Float32:
    """Smooth random values of about unit variance, by direction from the stem."""
    knots = rng.standard_normal(28).astype(np.float32)
    knots = knots + np.float32(0.6) * (np.roll(knots, 1) + np.roll(knots, -1))
    place = (angle + np.float32(math.pi)) * np.float32(28.0 / (2.0 * math.pi))
    low = np.floor(place).astype(np.intp)
    part = place - low
    return np.asarray((knots[low % 28] * (np.float32(1.0) - part) + knots[(low + 1) % 28] * part) * np.float32(0.8))


def _cone(tree: SceneTree, bank: Carpets, east: Float32, south: Float32, rng: Rng) -> _Drawn:
    """Close whorls: steps of a cone whose rims are cut into branches, each whorl turned on its own."""
    look, radius = tree.look, tree.radius_m
    shape = (south.shape[0], east.shape[1])
    clumps, shade, leaves = _fine(tree, bank, shape, rng)
    share = np.sqrt(east * east + south * south) / np.float32(radius)
    angle = np.arctan2(south, east)
    length = tree.height_m - tree.base_m
    whorls = int(np.clip(round(radius / 0.32), 3, 9))
    branches = int(np.clip(round(radius * 2.2 + rng.uniform(4.0, 7.0)), 5, 12))
    step = share * np.float32(whorls) + (clumps - np.float32(0.5)) * np.float32(0.7)
    which = np.clip(step, 0.0, whorls - 1.0).astype(np.intp)
    phase = rng.uniform(0.0, 2 * math.pi, whorls).astype(np.float32)
    spread = np.sin(angle * np.float32(branches) + phase[which])
    spread += np.float32(0.6) * np.sin(angle * np.float32(2) + phase[which] * np.float32(3))
    uneven = _around(angle, rng)
    inward = step - which
    gap = np.clip(inward - np.float32(0.55) - np.float32(0.3) * spread, 0.0, 1.0).astype(np.float32)
    long, turn = rng.uniform(0.0, 0.12), rng.uniform(0.0, 6.3)
    edge = share + np.float32(long) * np.cos(angle - np.float32(turn))
    edge += np.float32(0.03 * look.ragged) * (np.float32(0.6) - spread) + np.float32(0.13 * look.ragged) * uneven
    edge += (np.float32(0.55) - clumps) * np.float32(min(0.40 * look.ragged * (0.3 + look.clump_m) / radius, 0.5))
    edge += (np.float32(0.5) - leaves) * np.float32(min(0.35 / radius, 0.3))
    inside = edge < np.float32(1.0)
    fall = np.minimum(share, np.float32(1.15)) ** np.float32(1.0 / max(look.profile, 0.45) * 0.75)
    roof = np.float32(tree.height_m) - np.float32(length * 0.9) * fall
    roof += (clumps - np.float32(0.5)) * np.float32(0.8) + leaves * np.float32(0.3) - gap * np.float32(1.2)
    tone = np.float32(0.60) + np.float32(0.40) * clumps + np.float32(0.60) * (leaves - np.float32(0.42))
    tone += shade * np.float32(0.10) - gap * np.float32(0.45) + np.float32(0.22) * inward
    roof = np.maximum(roof, np.float32(0.3))
    leaf = inside & (clumps + np.float32(0.5) * leaves > np.float32(look.sparse))
    return np.where(inside, roof, -np.inf).astype(np.float32), leaf, np.maximum(tone, np.float32(0.12))


def _boughs(
    angle: Float32, out: Float32, radius: float, count: int, uneven: float, rng: Rng
) -> tuple[Float32, Float32]:
    """One storey of branches: metres beside the middle of the nearest one, and place along it, 1 at its end."""
    lengths = (radius * (1.0 - uneven * rng.random(count))).astype(np.float32)
    turned = (angle + np.float32(rng.uniform(7.0, 13.0))) * np.float32(count / (2.0 * math.pi))
    which = np.floor(turned)
    along = out / lengths[which.astype(np.intp) % count]
    beside = np.abs(turned - which - np.float32(0.5)) * np.float32(2.0 * math.pi / count) * out
    return beside, along


def _star(tree: SceneTree, bank: Carpets, east: Float32, south: Float32, rng: Rng) -> _Drawn:
    """Three storeys of long feathery branches around a dense middle, as pines and hemlocks show them."""
    look, radius = tree.look, tree.radius_m
    shape = (south.shape[0], east.shape[1])
    clumps, shade, leaves = _fine(tree, bank, shape, rng)
    out = np.sqrt(east * east + south * south)
    angle = np.arctan2(south, east) + (clumps - np.float32(0.5)) * np.float32(0.35) * shade
    frayed = out + (np.float32(0.5) - clumps) * np.float32(0.5) + (np.float32(0.4) - leaves) * np.float32(0.2)
    length = tree.height_m - tree.base_m
    rim = frayed / np.float32(radius * 0.62)
    roof = np.where(rim < 1.0, np.float32(tree.height_m - 0.25 * length) - rim * np.float32(0.3 * length), -np.inf)
    roof = roof.astype(np.float32)
    tone = np.full(shape, 0.52, np.float32)
    for storey, (reach, drop) in enumerate(((1.12, 0.55), (0.82, 0.32), (0.5, 0.10))):
        count = int(rng.integers(8, 13)) - 2 * storey
        beside, along = _boughs(angle, frayed, radius * reach, count, 0.42, rng)
        # A spray is widest past its middle and pointed at its end.
        width = np.float32(1.35 * radius / count * 2.5) * along * (np.float32(1.12) - along) + np.float32(0.03)
        spray = np.float32(1.0) - beside / np.maximum(width, np.float32(0.02))
        spray += (clumps - np.float32(0.5)) * np.float32(0.8) + (leaves - np.float32(0.4)) * np.float32(0.5)
        top = np.float32(tree.height_m - drop * length) - along * np.float32(0.22 * length * look.profile)
        top += np.maximum(spray, np.float32(0.0)) * np.float32(0.3)
        wins = (spray > 0.0) & (along < 1.0) & (top > roof)
        np.copyto(roof, top, where=wins)
        np.copyto(tone, np.float32(0.66) + np.float32(0.36) * along * np.minimum(spray, 1.0), where=wins)
    inside = np.isfinite(roof)
    roof += (clumps - np.float32(0.5)) * np.float32(0.5)
    tone += np.float32(0.30) * (clumps - np.float32(0.4)) + np.float32(0.8) * (leaves - np.float32(0.42))
    tone += shade * np.float32(0.07)
    leaf = inside & (clumps + np.float32(0.5) * leaves > np.float32(look.sparse))
    return np.maximum(roof, np.where(inside, np.float32(0.3), -np.inf)), leaf, np.maximum(tone, np.float32(0.12))


def _snag(tree: SceneTree, bank: Carpets, east: Float32, south: Float32, rng: Rng) -> _Drawn:
    """Bare grey branches and a haze of twigs; the hull counts as crown, the ground shows through."""
    look, radius = tree.look, tree.radius_m
    shape = (south.shape[0], east.shape[1])
    clumps, shade, leaves = _fine(tree, bank, shape, rng)
    out = np.sqrt(east * east + south * south)
    angle = np.arctan2(south, east) + (shade * clumps) * np.float32(0.3)
    share = out / np.float32(radius)
    lobes = _deepened(bank.window(look.lobe_m * tree.clump, shape, rng)[0])
    rim = (
        share + np.float32(0.14) * _around(angle, rng) + (np.float32(0.5) - clumps) * np.float32(min(0.7 / radius, 0.4))
    )
    rim += (np.float32(0.6) - lobes) * np.float32(min(0.9 * look.lobe_m / radius, 0.6))
    hull = rim < np.float32(0.92)
    wood = np.zeros(shape, np.float32)
    for count, reach in ((int(rng.integers(7, 12)), 1.05), (int(rng.integers(5, 9)), 0.75)):
        beside, along = _boughs(angle, out, radius * reach, count, 0.5, rng)
        thick = np.float32(0.06 + 0.004 * tree.height_m) * (np.float32(1.1) - along)
        wood = np.maximum(
            wood, np.where(along < 1.0, np.float32(1.2) - beside / np.maximum(thick, np.float32(0.01)), 0)
        )
    twigs = leaves * np.float32(0.6) + clumps * np.float32(0.35) + lobes * np.float32(0.45)
    twigs = twigs > np.float32(0.5 + 0.6 * look.sparse) * (np.float32(0.85) + np.float32(0.3) * share)
    stem = out < np.float32(0.10 + 0.006 * tree.height_m)
    leaf = hull & ((wood > 0.0) | twigs | stem)
    length = tree.height_m - tree.base_m
    roof = np.float32(tree.height_m) - np.float32(0.8 * length) * share ** np.float32(1.0 / look.profile)
    tone = np.where(wood > 0.0, np.float32(1.15), np.float32(0.5)) + (leaves - np.float32(0.4)) * np.float32(0.5)
    tone += (lobes - np.float32(0.6)) * np.float32(0.3)
    inside = hull | (leaf & (share < 1.0))
    return np.where(inside, np.maximum(roof, np.float32(0.5)), -np.inf).astype(np.float32), leaf & inside, tone
