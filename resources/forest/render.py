"""Puts ground cover and crowns into one surface: at every cell the highest thing wins and owns the cell."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resources.forest.crown_shape import NOTHING, ClumpBank, Tree, crown_patch
from resources.forest.texture import Float32

Int32 = NDArray[np.int32]


@dataclass(slots=True)
class Scene:
    """What is seen from above, cell by cell; the arrays are painted in place while a plot is made.

    Attributes:
        surface_m: (H, W) float32, height of the top surface.
        painter: (H, W) int32, 1 + index of the tree on top; 0 for ground cover.
        tone: (H, W) float32, factor on the colour.
    """

    surface_m: Float32
    painter: Int32
    tone: Float32


def paint_tree(scene: Scene, number: int, tree: Tree, foot_m: float, bank: ClumpBank) -> None:
    """Paint one crown where it is higher than what is there already."""
    height, width = scene.surface_m.shape
    if _is_hidden(scene, tree, foot_m, bank.gsd_m):
        return
    patch = crown_patch(tree, bank)
    size = patch.height_m.shape[0]
    row0, col0 = max(patch.row, 0), max(patch.col, 0)
    row1, col1 = min(patch.row + size, height), min(patch.col + size, width)
    if row0 >= row1 or col0 >= col1:
        return
    rows, cols = slice(row0, row1), slice(col0, col1)
    inner = slice(row0 - patch.row, row1 - patch.row), slice(col0 - patch.col, col1 - patch.col)
    above = patch.height_m[inner]
    top = above + np.float32(foot_m)
    wins = (above > NOTHING) & (top > scene.surface_m[rows, cols])
    np.copyto(scene.surface_m[rows, cols], top, where=wins)
    np.copyto(scene.painter[rows, cols], np.int32(number), where=wins)
    np.copyto(scene.tone[rows, cols], patch.tone[inner], where=wins)


def _is_hidden(scene: Scene, tree: Tree, foot_m: float, gsd_m: float) -> bool:
    """Whether, on a sample of cells, everything around the stem is already higher than the tree can be."""
    rows = slice(max(int((tree.y_m - tree.radius_m) / gsd_m), 0), max(int((tree.y_m + tree.radius_m) / gsd_m), 0) + 1)
    cols = slice(max(int((tree.x_m - tree.radius_m) / gsd_m), 0), max(int((tree.x_m + tree.radius_m) / gsd_m), 0) + 1)
    sample = scene.surface_m[rows, cols][::5, ::5]
    return bool(sample.size == 0 or sample.min() > foot_m + tree.height_m)


def paint_trees(scene: Scene, trees: tuple[Tree, ...], ground_m: Float32, bank: ClumpBank) -> None:
    """Paint all trees, best the tallest first, so that hidden ones are found early; tree k gets the number k + 1."""
    height, width = ground_m.shape
    for number, tree in enumerate(trees, start=1):
        row = min(max(int(tree.y_m / bank.gsd_m), 0), height - 1)
        col = min(max(int(tree.x_m / bank.gsd_m), 0), width - 1)
        paint_tree(scene, number, tree, float(ground_m[row, col]), bank)
