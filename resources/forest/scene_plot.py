"""Makes a training scene: picture, canopy height and the truth about every crown on one grid."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resources.forest.light import open_sky, sunlight
from resources.forest.ownership import settle
from resources.forest.scene_camera import delivered, exposed, smear
from resources.forest.scene_crowns import Carpets, carpets, draw_crown
from resources.forest.scene_elevation import surveyed_height
from resources.forest.scene_ground import Ground, make_ground
from resources.forest.scene_light import frayed, ground_light
from resources.forest.scene_stand import SceneTree, make_stand
from resources.forest.scenes import SceneSpec
from resources.forest.terrain import make_terrain
from resources.forest.texture import Float32, Rng, magnify, noise, smoothstep

Int32 = NDArray[np.int32]
_MARGIN_M = 4.0  # painted beyond each side, so that crowns, shadows and smears come in from outside


@dataclass(frozen=True, slots=True)
class SceneCrown:
    """The truth about one crown.

    Attributes:
        tree_id: value in the owner map, 1, 2, ... without gaps.
        species: scientific name, "" for a dead tree.
        height_m: height of the tree over the ground.
        box_px: x0, y0, x1, y1, the outer edges of its cells.
    """

    tree_id: int
    species: str
    height_m: float
    box_px: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class ScenePlot:
    """A made scene; all arrays share one grid, rows run south.

    Attributes:
        rgb: (3, H, W) uint8.
        chm_m: (H, W) float32, canopy height as the survey gives it, NaN where unknown.
        height_m: (H, W) float32, true height of the surface over the ground.
        owner: (H, W) int32, tree_id of the crown seen in each cell, 0 elsewhere; every crown is one 4-connected piece.
        complete: (H, W) bool, False on young trees that are too small for the truth but look like trees.
        crowns: ordered by tree_id.
    """

    spec: SceneSpec
    rgb: NDArray[np.uint8]
    chm_m: Float32
    height_m: Float32
    owner: Int32
    complete: NDArray[np.bool_]
    crowns: tuple[SceneCrown, ...]


@dataclass(slots=True)
class _Canvas:
    """What is seen from above, painted in place.

    Attributes:
        roof_m: (H, W), hull of the highest crown over the plane of the terrain; it decides who owns a cell.
        surface_m: (H, W), what light meets: foliage, or the ground where one sees through.
        base_m: (H, W), foot of the crown on top.
        painter, shown: (H, W) int32, 1 + index of the tree whose hull, or whose foliage, is on top.
        tone: (H, W), factor on the colour.
        area_px: per tree, cells of its hull.
    """

    roof_m: Float32
    surface_m: Float32
    base_m: Float32
    painter: Int32
    shown: Int32
    tone: Float32
    area_px: NDArray[np.int64]


def make_scene(spec: SceneSpec) -> ScenePlot:
    """Make the scene; the same specification gives the same bytes on the same machine."""
    streams = iter([np.random.default_rng(child) for child in np.random.SeedSequence(spec.seed).spawn(8)])
    gsd_m, margin = spec.gsd_m, math.ceil(_MARGIN_M / spec.gsd_m)
    shape = round(spec.height_m / gsd_m) + 2 * margin, round(spec.width_m / gsd_m) + 2 * margin
    bank = carpets(gsd_m)
    ground = make_ground(spec, shape, bank, next(streams))
    trees = make_stand(spec, shape[1] * gsd_m, shape[0] * gsd_m, ground.clear, next(streams))
    canvas = _painted(ground, trees, bank, next(streams))
    owner = _owned(spec, canvas, trees)
    terrain = make_terrain(shape[1] * gsd_m, shape[0] * gsd_m, spec.slope, 100.0, next(streams))
    hill = magnify(terrain.on_grid((-(-shape[0] // 8), -(-shape[1] // 8)), 8 * gsd_m), shape, 8.0)
    rgb, moved = _picture(spec, canvas, ground, trees, hill, next(streams))
    if moved is not None:  # people outline what they see, so the truth follows the smeared picture
        owner = owner.ravel()[moved].reshape(shape)
    height = np.maximum(canvas.surface_m, np.float32(0.0))
    inner = slice(margin, shape[0] - margin), slice(margin, shape[1] - margin)
    chm = surveyed_height(height[inner], gsd_m, spec.survey, next(streams))
    owner, crowns = _truth(spec, owner[inner], trees)
    shown = canvas.shown if moved is None else canvas.shown.ravel()[moved].reshape(shape)
    young = (shown[inner] > 0) & (owner == 0)
    return ScenePlot(
        spec=spec,
        rgb=np.ascontiguousarray(rgb[:, inner[0], inner[1]]),
        chm_m=chm,
        height_m=np.ascontiguousarray(height[inner]),
        owner=owner,
        complete=~young,
        crowns=crowns,
    )


def _painted(ground: Ground, trees: tuple[SceneTree, ...], bank: Carpets, rng: Rng) -> _Canvas:
    """Every tree where its hull is the highest."""
    shape = ground.relief_m.shape
    canvas = _Canvas(
        roof_m=ground.relief_m.copy(),
        surface_m=ground.relief_m.copy(),
        base_m=np.zeros(shape, np.float32),
        painter=np.zeros(shape, np.int32),
        shown=np.zeros(shape, np.int32),
        tone=np.ones(shape, np.float32),
        area_px=np.zeros(len(trees) + 1, np.int64),
    )
    for number, tree in enumerate(trees, start=1):
        _paint(canvas, number, tree, ground, bank, rng)
    return canvas


def _paint(canvas: _Canvas, number: int, tree: SceneTree, ground: Ground, bank: Carpets, rng: Rng) -> None:
    patch = draw_crown(tree, bank, canvas.roof_m.shape, rng)
    if patch is None:
        return
    size = patch.roof_m.shape
    window = slice(patch.row, patch.row + size[0]), slice(patch.col, patch.col + size[1])
    wins = patch.roof_m > canvas.roof_m[window]
    canvas.area_px[number] = np.count_nonzero(patch.roof_m > -np.inf)
    np.copyto(canvas.roof_m[window], patch.roof_m, where=wins)
    np.copyto(canvas.painter[window], np.int32(number), where=wins)
    # Through holes one sees what is there already: taller trees come first, so that is mostly ground.
    wins &= patch.leaf & (patch.roof_m > canvas.surface_m[window])
    np.copyto(canvas.surface_m[window], patch.roof_m, where=wins)
    np.copyto(canvas.shown[window], np.int32(number), where=wins)
    np.copyto(canvas.tone[window], patch.tone, where=wins)
    np.copyto(canvas.base_m[window], np.float32(tree.base_m), where=wins)


def _owned(spec: SceneSpec, canvas: _Canvas, trees: tuple[SceneTree, ...]) -> Int32:
    """Owner map by tree number; pictures of crowns that count for nothing take their owner's colour."""
    grown = np.array([False, *(tree.height_m >= spec.min_tree_m for tree in trees)])
    owner = np.where(grown[canvas.painter], canvas.painter, 0).astype(np.int32)
    cell_m2 = spec.gsd_m**2
    least = np.maximum(spec.min_crown_m2 / cell_m2, spec.min_visible * canvas.area_px)
    nothing_fixed = np.zeros(owner.shape, bool)
    settled = settle(owner, nothing_fixed, np.ceil(least).astype(np.int64), math.floor(spec.max_pocket_m2 / cell_m2))
    changed = (settled != owner) & (canvas.shown > 0) & (settled > 0)
    canvas.shown[changed] = settled[changed]
    return settled


def _picture(
    spec: SceneSpec, canvas: _Canvas, ground: Ground, trees: tuple[SceneTree, ...], hill: Float32, rng: Rng
) -> tuple[NDArray[np.uint8], NDArray[np.intp] | None]:
    """The picture (3, H, W), and which cell of the scene each of its cells shows where that is not the same."""
    gsd_m, shape = spec.gsd_m, canvas.roof_m.shape
    leaf = np.ones((len(trees) + 1, 3), np.float32)
    for number, tree in enumerate(trees, start=1):
        leaf[number] = np.array(tree.look.leaf) * np.array(tree.tint)
    surface = canvas.surface_m + hill
    direct = sunlight(surface, gsd_m, spec.sun)
    stems = np.array([(tree.x_m, tree.y_m) for tree in trees]).reshape(-1, 2)
    beneath = frayed(ground_light(canvas.surface_m, canvas.base_m, stems, gsd_m, spec.sun), gsd_m, 0.28, rng)
    # Ground and shrubs lie under the crowns' rays, crowns in the shadow of solid neighbours.
    low = np.float32(1.0) - smoothstep(canvas.surface_m.copy(), 0.8, 2.0)
    level = _level_light(surface, gsd_m, spec)
    direct += low * (beneath * level - direct)
    sky = open_sky(canvas.surface_m, gsd_m)
    is_tree = canvas.shown > 0
    warm = noise(shape, 0.9 / gsd_m, rng) * np.float32(0.035)  # colour varies within a crown, too
    glint = np.float32(1.0) + np.float32(0.08) * rng.standard_normal(shape, np.float32)
    colour = ground.colour
    for band, swing in enumerate((1.0, 0.2, -0.6)):
        foliage = leaf[:, band][canvas.shown]
        foliage *= canvas.tone
        foliage *= np.float32(1.0) + np.float32(swing) * warm
        foliage *= glint
        np.copyto(colour[band], foliage, where=is_tree)
    grey = exposed(colour, direct, sky, spec.camera)
    height = np.maximum(canvas.surface_m, np.float32(0.0))
    model = _mosaic_model(spec, np.maximum(canvas.roof_m, np.float32(0.0)), rng)
    moved = smear(height, model, gsd_m, spec.camera.lean, 1.1 * _MARGIN_M)
    if moved is not None:
        grey = np.take(grey.reshape(3, -1), moved, axis=1).reshape(3, *shape)
    return delivered(grey, spec.camera, rng), moved


def _level_light(surface_m: Float32, gsd_m: float, spec: SceneSpec) -> Float32:
    """Direct light on the ground by its slope alone, 1 on the level."""
    along_col, along_row, up = spec.sun.towards
    light = np.ones(surface_m.shape, np.float32)
    step = np.float32(0.8 / (2.0 * gsd_m * up))
    light[:, 1:-1] -= (surface_m[:, 2:] - surface_m[:, :-2]) * (step * np.float32(along_col))
    light[1:-1] -= (surface_m[2:] - surface_m[:-2]) * (step * np.float32(along_row))
    return np.clip(light, 0.15, 1.6, out=light)


def _mosaic_model(spec: SceneSpec, roof_m: Float32, rng: Rng) -> Float32:
    """The surface model that the mosaic was made with: half-metre cells, noisy, never quite that of the picture."""
    from scipy.ndimage import uniform_filter

    step = max(1, round(0.5 / spec.gsd_m))
    rows, cols = roof_m.shape[0] // step * step, roof_m.shape[1] // step * step
    blocks = roof_m[:rows, :cols].reshape(rows // step, step, cols // step, step)
    cells = np.asarray(blocks.max(axis=(1, 3)) * np.float32(rng.uniform(0.85, 1.0)), np.float32)
    if rng.random() < 0.5:
        cells = uniform_filter(cells, 3, mode="nearest")
    cells += np.float32(rng.uniform(0.1, 0.5)) * rng.standard_normal(cells.shape, np.float32) * (cells > 1.0)
    return np.maximum(magnify(cells, roof_m.shape, step), np.float32(0.0))


def _truth(spec: SceneSpec, owner: Int32, trees: tuple[SceneTree, ...]) -> tuple[Int32, tuple[SceneCrown, ...]]:
    """Cut to the plot, number the crowns 1, 2, ... and state the truth about each."""
    from scipy.ndimage import find_objects

    least = math.ceil(0.5 * spec.min_crown_m2 / spec.gsd_m**2)
    pocket = math.floor(spec.max_pocket_m2 / spec.gsd_m**2)
    owner = settle(np.ascontiguousarray(owner), np.zeros(owner.shape, bool), least, pocket)
    found = [(n, window) for n, window in enumerate(find_objects(owner), start=1) if window is not None]
    renumber = np.zeros(len(trees) + 1, np.int32)
    renumber[[number for number, _ in found]] = np.arange(1, len(found) + 1)
    crowns = tuple(
        SceneCrown(
            tree_id,
            trees[number - 1].look.species,
            trees[number - 1].height_m,
            (window[1].start, window[0].start, window[1].stop, window[0].stop),
        )
        for tree_id, (number, window) in enumerate(found, start=1)
    )
    return renumber[owner], crowns
