"""The crown of one tree seen from above: a small patch of heights above the stem's foot, and of brightness."""

import math
from dataclasses import dataclass

import numpy as np

from resources.forest.species import DomeForm, Species, WhorlForm
from resources.forest.texture import Float32, PuffTexture, Rng, puff_texture

NOTHING = np.float32(-1e9)
_LOBE_RISE = 0.5  # height of a lobe over its radius
_MARGIN = 1.18  # patches reach this many crown radii from the stem: branches and lobes overshoot


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree of the stand.

    Attributes:
        x_m, y_m: stem, metres east of the plot's left edge and south of its top edge.
        height_m, radius_m: total height and crown radius.
        species: what it is.
        tint: factors on the species' red, green and blue.
        seed: seeds everything random about this tree.
    """

    x_m: float
    y_m: float
    height_m: float
    radius_m: float
    species: Species
    tint: tuple[float, float, float]
    seed: int


@dataclass(frozen=True, slots=True)
class CrownPatch:
    """A square of pixels around a stem.

    Attributes:
        row, col: place of its first pixel in the plot; may be negative.
        height_m: (n, n) float32, height above the stem's foot, `NOTHING` outside the crown.
        tone: (n, n) float32, factor on the leaf colour.
    """

    row: int
    col: int
    height_m: Float32
    tone: Float32


@dataclass(frozen=True, slots=True)
class ClumpBank:
    """Leaf-clump carpets by clump size, made once per plot and shared by all trees."""

    gsd_m: float
    carpets: dict[float, PuffTexture]
    sprays: PuffTexture
    leaves: PuffTexture


def make_clump_bank(species: tuple[Species, ...], gsd_m: float, widest_m: float, rng: Rng) -> ClumpBank:
    """Carpets for every clump size among `species`, wide enough for crowns of `widest_m` metres."""
    window_m = widest_m * _MARGIN + 4 * gsd_m
    sizes = sorted({one.form.clump_m for one in species})
    carpets = {size: puff_texture(size, gsd_m, window_m, rng) for size in sizes}
    sprays = puff_texture(1.05, gsd_m, window_m, rng)
    return ClumpBank(gsd_m, carpets, sprays, puff_texture(0.17, gsd_m, window_m, rng, speckle=0.22))


def crown_patch(tree: Tree, bank: ClumpBank) -> CrownPatch:
    """Draw one crown; the same tree and bank always give the same patch."""
    gsd_m = bank.gsd_m
    rng = np.random.default_rng(tree.seed)
    half = math.ceil(tree.radius_m * _MARGIN / gsd_m) + 1
    row, col = math.floor(tree.y_m / gsd_m) - half, math.floor(tree.x_m / gsd_m) - half
    side = np.arange(2 * half + 1, dtype=np.float32) + np.float32(0.5)
    east = ((side + col) * gsd_m - tree.x_m).astype(np.float32)[None, :]
    south = ((side + row) * gsd_m - tree.y_m).astype(np.float32)[:, None]
    form = tree.species.form
    if isinstance(form, WhorlForm):
        height, tone = _whorled(tree, form, bank, east, south, rng)
    else:
        height, tone = _domed(tree, form, bank, east, south, rng)
    return CrownPatch(row, col, height, tone)


def _clumps(tree: Tree, bank: ClumpBank, shape: tuple[int, int], rng: Rng) -> tuple[Float32, Float32, Float32]:
    """Clump relief 0..1, clump tone -1..1 and fine leaf relief 0..1 over one crown."""
    relief, tone = bank.carpets[tree.species.form.clump_m].window(shape, rng)
    leaves, _ = bank.leaves.window(shape, rng)
    return relief, tone, leaves


def _whorled(
    tree: Tree, form: WhorlForm, bank: ClumpBank, east: Float32, south: Float32, rng: Rng
) -> tuple[Float32, Float32]:
    """Whorls of tapering branches, the upper ones over the lower, around a dense inner crown."""
    out = np.sqrt(east * east + south * south)
    relief, shade, leaves = _clumps(tree, bank, out.shape, rng)
    angle = np.arctan2(south, east) + np.float32(0.25) * (shade * relief)
    length_m = tree.height_m * form.crown_share
    count = int(np.clip(round(length_m / form.spacing_m), 3, 14))
    radius = np.float32(tree.radius_m)
    tufts = (relief - np.float32(0.5)) * np.float32(form.relief_m) + leaves * np.float32(0.12)
    # The inner crown: a blunt cone a little under the branches, so that one does not look through to the ground.
    share = np.minimum(out / (radius * np.float32(form.skirt)), np.float32(1.0))
    inner = np.float32(tree.height_m) - np.float32(length_m) * share ** np.float32(1.0 / form.profile)
    inner = inner + tufts - np.float32(0.35) * np.minimum(out, np.float32(1.0))
    edge = out / (radius * np.float32(form.skirt)) + np.float32(0.34) * (np.float32(0.5) - relief)
    best = np.where(edge < np.float32(0.97), inner, NOTHING)
    tip = np.zeros_like(out)
    for whorl in range(count):
        depth = (whorl + 0.35) / (count - 0.4)
        reach = radius * np.float32(min(depth, 1.0) ** form.profile)
        height = np.float32(tree.height_m - length_m * depth * 0.93)
        near = _around(out.shape, float(reach) * (1.0 + 0.35 * form.uneven) / bank.gsd_m)
        top, along = _whorl(form, reach, radius, out[near], angle[near], rng)
        top += height + tufts[near]
        wins = top > best[near]
        np.copyto(best[near], top, where=wins)
        np.copyto(tip[near], along, where=wins)
    stem = (out < np.float32(0.18)) & (best < np.float32(tree.height_m))
    best = np.where(stem, np.maximum(best, np.float32(tree.height_m) - out * np.float32(2.0)), best)
    tone = np.float32(0.80) + np.float32(0.34) * tip + np.float32(0.22) * (relief - np.float32(0.5))
    return best, tone + np.float32(0.10) * shade * relief + np.float32(0.45) * (leaves - np.float32(0.4))


def _around(shape: tuple[int, int], reach_px: float) -> tuple[slice, slice]:
    """The middle of a patch, out to `reach_px` pixels from the stem."""
    middle = shape[0] // 2
    reach = min(math.ceil(reach_px) + 2, middle)
    return slice(middle - reach, middle + reach + 1), slice(middle - reach, middle + reach + 1)


def _whorl(
    form: WhorlForm, reach: np.float32, radius: np.float32, out: Float32, angle: Float32, rng: Rng
) -> tuple[Float32, Float32]:
    """One whorl: height over its stem's height (`NOTHING` between branches) and 0..1 along the branch."""
    branches = max(3, form.branches + int(rng.integers(-1, 2)))
    step = 2.0 * math.pi / branches
    turned = (angle + np.float32(rng.uniform(0, 2 * math.pi) + 4 * math.pi)) / np.float32(step)
    which = np.floor(turned)
    lengths = (1.0 + form.uneven * rng.uniform(-1.0, 0.35, branches)).astype(np.float32) * reach
    swing = rng.uniform(-0.22, 0.22, branches).astype(np.float32)
    index = which.astype(np.intp) % branches
    own = lengths[index]
    along = np.minimum(out / own, np.float32(1.0))
    inwards = along * along
    inwards = np.float32(1.0) - inwards * inwards
    aside = (turned - which - np.float32(0.5) + swing[index]) * np.float32(step)
    off = out * np.sin(aside)
    # A branch spray widens to two thirds of its length, then narrows to a point.
    size = np.float32(form.branch_width) * (radius * np.float32(0.35) + own * np.float32(0.65))
    width = np.maximum(np.sqrt(along) * inwards * size, np.float32(0.02))
    roof = np.float32(1.0) - (off / width) ** 2
    bend = np.float32(form.droop) * own * along * (np.float32(0.6) + np.float32(0.4) * along)
    top = width * np.float32(0.7) * np.sqrt(np.maximum(roof, 0.0)) - bend
    return np.where((roof > 0) & (along < 1.0), top, NOTHING), along


def _domed(
    tree: Tree, form: DomeForm, bank: ClumpBank, east: Float32, south: Float32, rng: Rng
) -> tuple[Float32, Float32]:
    """Lobes around a darker inner crown, covered with sprays of leaf clumps; between them one sees into the crown."""
    shape = (south.shape[0], east.shape[1])
    relief, shade, leaves = _clumps(tree, bank, shape, rng)
    sprays, spray_shade = bank.sprays.window(shape, rng)
    # Leaf clumps thin out between the sprays: what is left there is low, dark, and at the rim full of holes.
    relief = np.clip(relief - np.float32(0.40) * (np.float32(0.75) - sprays), 0.0, 1.0).astype(np.float32)
    ragged = np.float32(1.15) * (np.float32(0.45) - relief) + np.float32(0.40) * (np.float32(0.5) - leaves)
    radius, depth = np.float32(tree.radius_m), np.float32(tree.height_m * form.crown_share)
    share = np.sqrt(east * east + south * south) / radius
    inner = np.float32(tree.height_m) - np.float32(0.1) * depth - depth * np.float32(0.55) * share * share
    best = np.where(share + np.float32(0.5) * ragged < np.float32(0.72), inner - np.float32(0.9), NOTHING)
    tone = np.full(shape, -0.16, np.float32)
    for x, y, z, size, bright in _lobes(tree, form, rng):
        rows = _span(south[0, 0], y, size * 1.35, bank.gsd_m, shape[0])
        cols = _span(east[0, 0], x, size * 1.35, bank.gsd_m, shape[1])
        away = ((east[:, cols] - x) ** 2 + (south[rows] - y) ** 2) / np.float32(size * size)
        roof = np.float32(1.0) - away - ragged[rows, cols]
        top = np.where(
            roof > 0, np.float32(z) + np.float32(_LOBE_RISE * size) * np.sqrt(np.maximum(roof, 0.0)), NOTHING
        )
        wins = top > best[rows, cols]
        np.copyto(best[rows, cols], top, where=wins)
        np.copyto(tone[rows, cols], np.float32(bright), where=wins)
    hole = np.clip((np.float32(form.gaps) - relief) / np.float32(form.gaps + 0.05), 0.0, 1.0)
    best += (relief - np.float32(0.6)) * np.float32(form.relief_m) + leaves * np.float32(0.30)
    best += (sprays - np.float32(0.7)) * np.float32(0.45) - hole * np.float32(1.0)
    tone += np.float32(0.20) + np.float32(0.70) * relief + np.float32(0.20) * shade + np.float32(0.78) * leaves
    tone += np.float32(0.14) * spray_shade - np.float32(0.15) * hole
    return np.where(best > 0.2, best, NOTHING), np.maximum(tone, np.float32(0.2))


def _span(origin: np.float32, centre: float, reach: float, gsd_m: float, count: int) -> slice:
    """Indices within `reach` of `centre` on an axis that starts at `origin`, all in metres."""
    first = math.floor((centre - reach - float(origin)) / gsd_m)
    last = math.ceil((centre + reach - float(origin)) / gsd_m) + 1
    return slice(min(max(first, 0), count), min(max(last, 0), count))


def _lobes(tree: Tree, form: DomeForm, rng: Rng) -> list[tuple[float, float, float, float, float]]:
    """(east, south, height of centre, radius, brightness) of each lobe, metres from the stem, on a sunflower spiral."""
    count = max(4, round(form.lobes * min(1.0, 0.35 + tree.radius_m / 4.5)))
    depth_m = tree.height_m * form.crown_share
    bulge = 1.0 + 0.16 * math.sin(rng.uniform(0, 6.3)), rng.uniform(0, 2 * math.pi)
    lobes = []
    for number in range(count):
        share = math.sqrt((number + 0.3) / count)
        turn = number * 2.39996 + rng.uniform(-0.35, 0.35) + bulge[1]
        size = tree.radius_m * form.lobe_size * rng.uniform(0.80, 1.2) * (1.18 - 0.34 * share)
        stretch = 1.0 + (bulge[0] - 1.0) * math.cos(turn - bulge[1]) + rng.uniform(-0.10, 0.10)
        away = max(0.0, share * (tree.radius_m - 0.72 * size) * stretch)
        fall = form.flatness * (1.0 - math.sqrt(max(0.0, 1.0 - min(1.0, away / tree.radius_m) ** 2)))
        z = tree.height_m - _LOBE_RISE * size - depth_m * 0.6 * fall - rng.uniform(0.0, 0.06) * depth_m * (number > 0)
        lobes.append((away * math.cos(turn), away * math.sin(turn), z, size, rng.uniform(-0.09, 0.09)))
    return lobes
