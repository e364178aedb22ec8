"""Makes a whole forest plot from a specification: picture, surface, ground and the truth about every crown."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from resources.forest import species as sp
from resources.forest.collar import mosaic_mask
from resources.forest.cover import make_cover
from resources.forest.crown_shape import Tree, make_clump_bank
from resources.forest.elevation import make_dsm, make_dtm
from resources.forest.light import Sun, open_sky, sunlight
from resources.forest.outlines import CrownOutline, trace
from resources.forest.ownership import settle
from resources.forest.picture import expose
from resources.forest.render import Int32, Scene, paint_trees
from resources.forest.stand import make_layout, make_stand
from resources.forest.terrain import make_terrain
from resources.forest.texture import Float32, Rng, magnify

_AFTERNOON = Sun(208.0, 51.0)  # early September, an hour after noon, 46 degrees north
VERSION = 1  # grows whenever the same specification gives other arrays


@dataclass(frozen=True, slots=True)
class ForestSpec:
    """What to make. Lengths in metres; all cells divide the extent, and `gsd_m` divides `dsm_cell_m`.

    Attributes:
        seed: everything random follows from it.
        width_m, height_m: extent east and south.
        gsd_m, dsm_cell_m, dtm_cell_m: cells of picture, surface model and ground model.
        sun: where the sun stands.
        slope: rise of the ground in metres per metre.
        base_m: height of the ground above the sea.
        collar: whether the mosaic has a ragged edge with nothing outside.
        min_tree_m: smaller trees, and those with crowns under `min_crown_m2`, are regrowth, not in the truth.
        min_crown_m2: crowns of which less is visible are not in the truth.
        max_pocket_m2: specks of ground up to this size inside the canopy belong to the crowns around them.
    """

    seed: int
    width_m: float = 120.0
    height_m: float = 120.0
    gsd_m: float = 0.05
    dsm_cell_m: float = 0.10
    dtm_cell_m: float = 0.50
    sun: Sun = field(default=_AFTERNOON)
    slope: float = 0.11
    base_m: float = 372.0
    collar: bool = True
    min_tree_m: float = 2.0
    min_crown_m2: float = 0.8
    max_pocket_m2: float = 0.4

    def __post_init__(self) -> None:
        """Refuse cells that do not fit."""
        for extent_m in (self.width_m, self.height_m):
            for cell_m in (self.gsd_m, self.dsm_cell_m, self.dtm_cell_m):
                if abs(extent_m / cell_m - round(extent_m / cell_m)) > 1e-6:
                    raise ValueError(f"cells of {cell_m} m do not divide an extent of {extent_m} m")
        if abs(self.dsm_cell_m / self.gsd_m - round(self.dsm_cell_m / self.gsd_m)) > 1e-6:
            raise ValueError(f"{self.gsd_m} m does not divide the surface model's cell of {self.dsm_cell_m} m")


@dataclass(frozen=True, slots=True)
class TrueCrown:
    """The truth about one visible crown.

    Attributes:
        tree_id: value in the owner map, 1, 2, ... without gaps.
        species: what it is.
        outline: its visible cells.
        height_m: highest surface over the ground below it, within the outline.
        treetop_px: (column, row) of that cell's centre.
        dbh_cm: stem diameter.
        edge: whether the mosaic's edge cuts the crown.
    """

    tree_id: int
    species: sp.Species
    outline: CrownOutline
    height_m: float
    treetop_px: tuple[float, float]
    dbh_cm: float
    edge: bool


@dataclass(frozen=True, slots=True)
class ForestPlot:
    """A made plot; all rasters share the top-left corner, rows run south.

    Attributes:
        rgb: (3, H, W) uint8, zero outside the mosaic.
        valid: (H, W) bool, inside the mosaic.
        surface_m, ground_m: (H, W) float32, true surface and ground on the picture's grid.
        owner: (H, W) int32, tree_id of the crown seen in each cell, 0 elsewhere.
        dsm_m: (h, w) float32, NaN where unknown.
        dtm_m: (h, w) float32.
        crowns: ordered by tree_id.
    """

    spec: ForestSpec
    rgb: NDArray[np.uint8]
    valid: NDArray[np.bool_]
    surface_m: Float32
    ground_m: Float32
    owner: Int32
    dsm_m: Float32
    dtm_m: Float32
    crowns: tuple[TrueCrown, ...]


def make_plot(spec: ForestSpec) -> ForestPlot:
    """Make the plot; the same specification gives the same bytes on the same machine.

    Each stage draws from its own stream, so a change to one leaves the random numbers of the others alone.
    """
    streams = iter([np.random.default_rng(child) for child in np.random.SeedSequence(spec.seed).spawn(8)])
    shape = round(spec.height_m / spec.gsd_m), round(spec.width_m / spec.gsd_m)
    terrain = make_terrain(spec.width_m, spec.height_m, spec.slope, spec.base_m, next(streams))
    ground = terrain.on_grid(shape, spec.gsd_m)
    layout = make_layout(spec.width_m, spec.height_m, next(streams))
    trees = make_stand(layout, next(streams))
    cover = make_cover(layout, shape, spec.gsd_m, next(streams))
    bare = ground + cover.relief_m
    scene = Scene(bare.copy(), np.zeros(shape, np.int32), np.ones(shape, np.float32))
    bank = make_clump_bank(sp.ALL, spec.gsd_m, 2 * max(tree.radius_m for tree in trees), next(streams))
    paint_trees(scene, trees, ground, bank)
    valid = mosaic_mask(shape, spec.gsd_m, next(streams)) if spec.collar else np.ones(shape, bool)
    owner = _own(spec, scene, trees, bare, valid)
    # Light falls on the whole surface, also from beyond the mosaic's edge.
    rgb = expose(
        scene,
        trees,
        cover.colour,
        sunlight(scene.surface_m, spec.gsd_m, spec.sun),
        open_sky(scene.surface_m, spec.gsd_m),
        next(streams),
    )
    rgb[:, ~valid] = 0
    owner, crowns = _truth(spec, owner, trees, scene.surface_m, ground, valid)
    dtm = make_dtm(terrain, spec.dtm_cell_m)
    dsm = _surface_model(spec, scene.surface_m, valid, dtm, next(streams))
    return ForestPlot(spec, rgb, valid, scene.surface_m, ground, owner, dsm, dtm, crowns)


def _surface_model(spec: ForestSpec, surface_m: Float32, valid: NDArray[np.bool_], dtm_m: Float32, rng: Rng) -> Float32:
    shape = round(spec.height_m / spec.dsm_cell_m), round(spec.width_m / spec.dsm_cell_m)
    floor = magnify(dtm_m, shape, spec.dtm_cell_m / spec.dsm_cell_m)
    return make_dsm(surface_m, valid, floor, spec.gsd_m, spec.dsm_cell_m, rng)


def _own(spec: ForestSpec, scene: Scene, trees: tuple[Tree, ...], bare: Float32, valid: NDArray[np.bool_]) -> Int32:
    """Owner map by tree number; the scene is painted over where cells changed hands, so that it shows the same."""
    # Young trees stay in the picture as regrowth; a grown tree of which too little shows goes to its neighbours.
    grown = [tree.height_m >= spec.min_tree_m and math.pi * tree.radius_m**2 >= spec.min_crown_m2 for tree in trees]
    counts = np.array([False, *grown])
    owner = np.where(valid & counts[scene.painter], scene.painter, 0).astype(np.int32)
    cell_m2 = spec.gsd_m**2
    settled = settle(owner, ~valid, math.ceil(spec.min_crown_m2 / cell_m2), math.floor(spec.max_pocket_m2 / cell_m2))
    changed = settled != owner
    scene.painter[changed] = settled[changed]
    fallen = changed & (settled == 0)
    scene.surface_m[fallen] = bare[fallen]
    return settled


def _truth(
    spec: ForestSpec,
    owner: Int32,
    trees: tuple[Tree, ...],
    surface_m: Float32,
    ground_m: Float32,
    valid: NDArray[np.bool_],
) -> tuple[Int32, tuple[TrueCrown, ...]]:
    """Number the visible crowns 1, 2, ... and state the truth about each."""
    from scipy.ndimage import find_objects

    windows = find_objects(owner)
    numbers = [number for number, window in enumerate(windows, start=1) if window is not None]
    renumber = np.zeros(len(trees) + 1, np.int32)
    renumber[numbers] = np.arange(1, len(numbers) + 1)
    owner = renumber[owner]
    outlines = trace(owner)
    rim = _rim(valid)
    crowns = []
    for tree_id, number in enumerate(numbers, start=1):
        window, tree = windows[number - 1], trees[number - 1]
        mine = owner[window] == tree_id
        height = np.where(mine, surface_m[window] - ground_m[window], -np.inf)
        row, col = np.unravel_index(int(height.argmax()), height.shape)
        scatter = math.exp(np.random.default_rng((spec.seed, tree.seed)).normal(0.0, 0.08))
        crowns.append(
            TrueCrown(
                tree_id,
                tree.species,
                outlines[tree_id],
                float(height[row, col]),
                (float(col + window[1].start) + 0.5, float(row + window[0].start) + 0.5),
                tree.species.dbh_cm(tree.height_m, 2 * tree.radius_m) * scatter,
                bool((rim[window] & mine).any()),
            )
        )
    return owner, tuple(crowns)


def _rim(valid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cells of the mosaic that adjoin its outside."""
    padded = np.pad(valid, 1)
    inner = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    return valid & ~inner
