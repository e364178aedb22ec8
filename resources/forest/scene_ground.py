"""The ground of training scenes: soils, grass, litter, shrubs, stones, slabs, logs, roads and roofs."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resources.forest.scene_crowns import SIZES_M, Carpets
from resources.forest.scenes import SceneSpec
from resources.forest.texture import Float32, Rng, fractal_noise, noise, smoothstep
from resources.forest.tree_looks import Colour


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a ground is made of, as linear reflectances.

    Attributes:
        soil, second, green: the ordinary ground, patches in it, and what grows on it.
        rough: strength of the fine grain.
        shrub: colour of shrubs.
        stone: colour of rock.
        grass: share of the area under herbs and grass, 0..1.
        lines: spacing of plough or crop rows in metres, 0 without.
        slabs: whether bare rock comes to the surface.
    """

    soil: Colour
    second: Colour
    green: Colour
    rough: float
    shrub: Colour
    stone: Colour
    grass: float
    lines: float = 0.0
    slabs: bool = False


RECIPES: dict[str, Recipe] = {
    "litter": Recipe(
        (0.130, 0.100, 0.072), (0.085, 0.070, 0.052), (0.070, 0.092, 0.040), 0.16,
        (0.072, 0.105, 0.045), (0.20, 0.195, 0.185), 0.4,
    ),
    "sierra": Recipe(
        (0.210, 0.128, 0.095), (0.270, 0.180, 0.140), (0.125, 0.080, 0.058), 0.14,
        (0.088, 0.085, 0.048), (0.265, 0.225, 0.195), 0.25, slabs=True,
    ),
    "sand": Recipe(
        (0.180, 0.140, 0.118), (0.330, 0.295, 0.255), (0.125, 0.120, 0.062), 0.17,
        (0.092, 0.120, 0.050), (0.30, 0.28, 0.25), 0.45,
    ),
    "dry grass": Recipe(
        (0.128, 0.104, 0.075), (0.155, 0.126, 0.098), (0.108, 0.100, 0.057), 0.16,
        (0.072, 0.074, 0.045), (0.25, 0.205, 0.175), 0.5,
    ),
    "meadow": Recipe(
        (0.105, 0.112, 0.050), (0.150, 0.135, 0.085), (0.072, 0.115, 0.032), 0.13,
        (0.062, 0.095, 0.038), (0.24, 0.235, 0.22), 0.8,
    ),
    "lichen": Recipe(
        (0.165, 0.160, 0.115), (0.115, 0.098, 0.068), (0.085, 0.098, 0.045), 0.14,
        (0.075, 0.090, 0.045), (0.24, 0.23, 0.22), 0.4,
    ),
    "bare soil": Recipe(
        (0.170, 0.128, 0.095), (0.125, 0.092, 0.068), (0.090, 0.100, 0.045), 0.10,
        (0.07, 0.09, 0.04), (0.24, 0.22, 0.2), 0.05, 0.75,
    ),
    "crop": Recipe(
        (0.150, 0.115, 0.082), (0.130, 0.100, 0.070), (0.072, 0.130, 0.030), 0.12,
        (0.07, 0.10, 0.04), (0.24, 0.22, 0.2), 0.9, 0.6,
    ),
}  # fmt: skip
_ASPHALT, _GRAVEL, _WOOD = (0.105, 0.105, 0.108), (0.25, 0.22, 0.185), (0.27, 0.225, 0.195)
_ROOFS = ((0.19, 0.085, 0.06), (0.11, 0.11, 0.115), (0.30, 0.30, 0.31), (0.15, 0.12, 0.10))


@dataclass(frozen=True, slots=True)
class Ground:
    """The bare scene, painted in place while it is made.

    Attributes:
        relief_m: (H, W) float32 above the terrain.
        colour: (3, H, W) float32 reflectance.
        clear: (h, w) float32 on cells of 1 m, 1 where no tree may stand.
    """

    relief_m: Float32
    colour: Float32
    clear: Float32

    def lay(self, weight: Float32, colour: Colour, window: tuple[slice, slice] = (slice(None), slice(None))) -> None:
        """Blend a material in by `weight` 0..1."""
        for band, value in enumerate(colour):
            part = self.colour[band][window]
            part += weight * (np.float32(value) - part)


def make_ground(spec: SceneSpec, shape: tuple[int, int], bank: Carpets, rng: Rng) -> Ground:
    """Ground of a scene of `shape` cells."""
    gsd_m, recipe = bank.gsd_m, RECIPES[spec.ground]
    metres = math.ceil(shape[0] * gsd_m) + 1, math.ceil(shape[1] * gsd_m) + 1
    ground = Ground(np.zeros(shape, np.float32), np.empty((3, *shape), np.float32), np.zeros(metres, np.float32))
    patches = fractal_noise(shape, rng.uniform(3.0, 9.0) / gsd_m, 4, rng, 0.65)
    tufts, tuft_tone = tiled(bank, 0.32, shape, rng)
    specks, speck_tone = tiled(bank, 0.2, shape, rng)
    grain = np.float32(1.0 - recipe.rough) + np.float32(2.0 * recipe.rough) * specks * (tuft_tone * np.float32(0.4) + 1)
    grain += np.float32(0.4 * recipe.rough) * rng.standard_normal(shape, np.float32)
    warm, dark = rng.normal(0.0, (0.06, 0.10))
    tint = np.exp((dark + warm, dark, dark - warm))
    for band in range(3):
        ground.colour[band] = np.float32(recipe.soil[band] * tint[band])
    speckled = patches + np.float32(0.7) * (specks - np.float32(0.5)) + np.float32(0.5) * tuft_tone
    ground.lay(smoothstep(speckled, *_threshold(rng.uniform(0.15, 0.6))) * np.float32(0.8), recipe.second)
    if recipe.lines:
        _furrows(ground, recipe, gsd_m, rng)
    lush = noise(shape, rng.uniform(2.0, 6.0) / gsd_m, rng) + np.float32(0.5) * patches
    clods, clod_tone = tiled(bank, 0.8, shape, rng)
    grain += np.float32(0.7 * recipe.rough) * (clods - np.float32(0.6)) + np.float32(0.5 * recipe.rough) * clod_tone
    herbs = smoothstep(
        lush + np.float32(0.7) * clod_tone + tuft_tone * np.float32(0.6),
        *_threshold(recipe.grass * rng.uniform(0.5, 1.5)),
    )
    herbs *= np.clip(tufts * 2 - 0.3, 0.0, 1.0)
    ground.lay(herbs.astype(np.float32) * np.float32(0.7), recipe.green)
    ground.relief_m[:] += herbs * np.float32(0.15) + specks * np.float32(0.05)
    ground.colour[:] *= grain
    _shrubs(ground, recipe, spec.shrubs, bank, lush, speck_tone, rng)
    _stones(ground, recipe, spec.rocks, bank, patches, rng)
    for _ in range(round(spec.logs * shape[0] * shape[1] * gsd_m**2 / 130.0)):
        _log(ground, gsd_m, rng)
    if spec.road:
        _road(ground, gsd_m, rng)
    if spec.roof:
        for _ in range(int(rng.integers(1, 4))):
            _roof(ground, gsd_m, rng)
    return ground


def tiled(bank: Carpets, size_m: float, shape: tuple[int, int], rng: Rng) -> tuple[Float32, Float32]:
    """Relief and tone of a carpet of clumps repeated over a scene, from a random place."""
    texture = bank.textures[SIZES_M.index(size_m)]
    period = texture.period_px
    rows = (np.arange(shape[0]) + int(rng.integers(period))) % period
    cols = (np.arange(shape[1]) + int(rng.integers(period))) % period
    return texture.relief[rows[:, None], cols], texture.tone[rows[:, None], cols]


def _threshold(share: float, ramp: float = 0.35) -> tuple[float, float]:
    """Ends of a ramp over unit noise that covers about `share` of the area."""
    middle = 1.9 * (0.5 - min(max(share, 0.0), 1.0)) * 1.4
    return middle - ramp, middle + ramp


def _furrows(ground: Ground, recipe: Recipe, gsd_m: float, rng: Rng) -> None:
    """Rows of a crop or of the plough."""
    across, _, _ = _line(ground.relief_m.shape, gsd_m, rng)
    wave = np.sin(across * np.float32(2.0 * math.pi / recipe.lines))
    colour = recipe.green if recipe.grass > 0.5 else recipe.second
    ground.lay(np.clip(wave * np.float32(0.9), 0.0, 0.85), colour)
    ground.relief_m[:] += np.float32(0.08) * wave + np.float32(0.08)


def _shrubs(
    ground: Ground, recipe: Recipe, amount: float, bank: Carpets, lush: Float32, tone: Float32, rng: Rng
) -> None:
    """Bushes up to a metre and a half in thickets."""
    if amount <= 0.02:
        return
    shape = ground.relief_m.shape
    bushes, bush_tone = tiled(bank, float(rng.choice([0.8, 1.25])), shape, rng)
    leaves, _ = tiled(bank, 0.2, shape, rng)
    where = smoothstep((lush + noise(shape, 1.6 / bank.gsd_m, rng)) * np.float32(0.62), *_threshold(0.42 * amount))
    # Single bushes where it is thin, thickets where it is dense.
    bushy = bushes + np.float32(0.55) * leaves + np.float32(0.75) * (where - np.float32(1.0))
    thick = smoothstep(bushy, 0.80, 0.98)
    shade = np.float32(0.55) + np.float32(0.55) * leaves + np.float32(0.2) * bush_tone + np.float32(0.05) * tone
    for band, value in enumerate(recipe.shrub):
        part = ground.colour[band]
        part += thick * (np.float32(value) * shade - part)
    ground.relief_m[:] += thick * (np.float32(0.9) * bushes + np.float32(0.2) * leaves)


def _stones(ground: Ground, recipe: Recipe, amount: float, bank: Carpets, patches: Float32, rng: Rng) -> None:
    """Fields of stones, boulders, and bare slabs with cracks."""
    if amount <= 0.05:
        return
    shape = ground.relief_m.shape
    field = noise(shape, 5.0 / bank.gsd_m, rng) + np.float32(0.6) * noise(shape, 1.5 / bank.gsd_m, rng)
    for size_m in (0.5, 0.8, 2.0):
        lumps, tone = tiled(bank, size_m, shape, rng)
        level = (1.0 if size_m < 1.0 else 0.88) + 0.55 * (1.0 - amount)
        on = smoothstep(lumps + np.float32(0.14) * field + np.float32(0.12) * tone, level - 0.06, level + 0.03)
        pale = rng.uniform(0.85, 1.15)
        colour = tuple(value * pale for value in recipe.stone)
        ground.lay(on * (np.float32(0.86) + np.float32(0.14) * tone), (colour[0], colour[1], colour[2]))
        ground.relief_m[:] += on * np.float32(0.35 * size_m)
    if recipe.slabs and rng.random() < amount:
        cracks, facets = tiled(bank, 2.0, shape, rng)
        slab = smoothstep(patches + np.float32(0.4) * field + np.float32(0.4) * facets, *_threshold(0.35 * amount, 0.1))
        slab *= np.float32(0.75) + np.float32(0.25) * smoothstep(cracks, 0.1, 0.25)
        ground.lay(slab * np.float32(0.9), recipe.stone)


def _line(shape: tuple[int, ...], gsd_m: float, rng: Rng) -> tuple[Float32, Float32, float]:
    """Metres across and along a straight line through a random place near the middle, and its direction."""
    turn = float(rng.uniform(0.0, math.pi))
    x0, y0 = (rng.uniform(0.15, 0.85) * side * gsd_m for side in (shape[1], shape[0]))
    x = ((np.arange(shape[1]) + 0.5) * gsd_m - x0).astype(np.float32)[None]
    y = ((np.arange(shape[0]) + 0.5) * gsd_m - y0).astype(np.float32)[:, None]
    cos, sin = np.float32(math.cos(turn)), np.float32(math.sin(turn))
    return y * cos - x * sin, x * cos + y * sin, turn


def _coarse_mask(ground: Ground, mask: NDArray[np.bool_], gsd_m: float) -> None:
    """Note where no tree may stand."""
    rows = np.minimum((np.arange(ground.clear.shape[0]) + 0.5) / gsd_m, mask.shape[0] - 1).astype(np.intp)
    cols = np.minimum((np.arange(ground.clear.shape[1]) + 0.5) / gsd_m, mask.shape[1] - 1).astype(np.intp)
    np.maximum(ground.clear, mask[rows[:, None], cols].astype(np.float32), out=ground.clear)


def _road(ground: Ground, gsd_m: float, rng: Rng) -> None:
    """An asphalt or gravel road, or two ruts, gently bent."""
    across, along, _ = _line(ground.relief_m.shape, gsd_m, rng)
    bend, phase = rng.uniform(0.0, 3.0), rng.uniform(0.0, 6.3)
    off = np.abs(across + np.float32(bend) * np.sin(along * np.float32(0.06) + np.float32(phase)))
    kind, half = int(rng.integers(3)), float(rng.uniform(1.3, 3.2))
    on = np.float32(1.0) - smoothstep(off, half - 0.15, half + 0.15)
    if kind == 2:
        on = np.exp(-(((off - np.float32(0.8)) / np.float32(0.35)) ** 2)).astype(np.float32)
        half = 1.4
    ground.lay(on * np.float32(0.92), _ASPHALT if kind == 0 else _GRAVEL)
    if kind == 0:
        ground.lay((off < np.float32(0.07)).astype(np.float32) * np.float32(0.8), (0.28, 0.28, 0.27))
    ground.relief_m[:] *= np.float32(1.0) - on
    _coarse_mask(ground, np.asarray(off < half + 0.8), gsd_m)


def _roof(ground: Ground, gsd_m: float, rng: Rng) -> None:
    """A house with a pitched or flat roof."""
    across, along, _ = _line(ground.relief_m.shape, gsd_m, rng)
    half, length = rng.uniform(2.5, 5.5), rng.uniform(3.5, 9.0)
    on = (np.abs(across) < half) & (np.abs(along) < length)
    pitch = float(rng.choice([0.0, 0.35, 0.6]))
    top = np.float32(rng.uniform(2.6, 6.0)) + np.float32(pitch) * (np.float32(half) - np.abs(across))
    colour = _ROOFS[int(rng.integers(len(_ROOFS)))]
    for band in range(3):
        tiles = np.float32(colour[band]) * (np.float32(0.95) + np.float32(0.05) * np.sin(across * np.float32(18.0)))
        np.copyto(ground.colour[band], tiles, where=on)
    np.copyto(ground.relief_m, top, where=on)
    _coarse_mask(ground, (np.abs(across) < half + 1.5) & (np.abs(along) < length + 1.5), gsd_m)


def _log(ground: Ground, gsd_m: float, rng: Rng) -> None:
    """A fallen stem."""
    shape = ground.relief_m.shape
    x0, y0 = rng.uniform(0.0, shape[1] * gsd_m), rng.uniform(0.0, shape[0] * gsd_m)
    turn, length, half = rng.uniform(0.0, math.pi), rng.lognormal(1.9, 0.5), rng.uniform(0.06, 0.26)
    cos, sin = math.cos(turn), math.sin(turn)
    reach_x, reach_y = abs(cos) * length / 2 + 0.4, abs(sin) * length / 2 + 0.4
    rows = slice(max(int((y0 - reach_y) / gsd_m), 0), max(min(int((y0 + reach_y) / gsd_m) + 1, shape[0]), 0))
    cols = slice(max(int((x0 - reach_x) / gsd_m), 0), max(min(int((x0 + reach_x) / gsd_m) + 1, shape[1]), 0))
    x = ((np.arange(cols.start, cols.stop) + 0.5) * gsd_m - x0).astype(np.float32)[None]
    y = ((np.arange(rows.start, rows.stop) + 0.5) * gsd_m - y0).astype(np.float32)[:, None]
    along, beside = x * np.float32(cos) + y * np.float32(sin), y * np.float32(cos) - x * np.float32(sin)
    width = np.float32(half) * (np.float32(0.75) - np.float32(0.5 / length) * along)
    on = smoothstep(np.float32(1.0) - (beside / np.maximum(width, np.float32(0.02))) ** 2, 0.0, 0.4)
    on *= np.abs(along) < length / 2
    grey = rng.uniform(0.55, 1.25)
    ground.lay(on, (_WOOD[0] * grey, _WOOD[1] * grey, _WOOD[2] * grey), (rows, cols))
    part = ground.relief_m[rows, cols]
    np.maximum(part, on * width * np.float32(2.0), out=part)
