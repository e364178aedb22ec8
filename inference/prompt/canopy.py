"""The trees that the canopy height shows around a click: their tops, where each ends, and where the ground begins."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from inference.plot.grid import Grid
from inference.prompt.base import Float64Array, FloatArray, Place, Prompt
from inference.segment import surface
from inference.segment.flooding import flood, join
from inference.segment.treetops import TopWindow, find_treetops

BoolArray = npt.NDArray[np.bool_]
LabelArray = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Assists:
    """What elevation does for a click; each part can be switched off.

    Attributes:
        treetops: a single click well away from the top of its tree gets the treetop as a second point.
        valleys: a mask that holds the tops of two trees ends at the valley between the clicked one and the other.
        ground: the mask ends where the canopy height falls below `ground_below_m`.
        ground_below_m: as high as grass and shrubs that are no tree.
        valley_depth_m, valley_share: trees count as two when the pass between their tops lies at least this deep below
            the lower one, in metres and as a share of that one's height; shallower ones may be two limbs of one tree
            (docs/models/clicking.md has the figures).
        top_away_m: a click closer to the treetop than this says as much as the treetop itself.
    """

    treetops: bool = True
    valleys: bool = True
    ground: bool = True
    ground_below_m: float = 1.0
    valley_depth_m: float = 0.3
    valley_share: float = 0.02
    top_away_m: float = 1.0


# As in the model-free watershed (`WatershedParameters` says why).
_MIN_HEIGHT_M = 2.0
_SIGMA_M = 0.5
_PIT_WINDOW_M, _PIT_DEPTH_M = 1.0, 2.0
_TOP_WINDOW = TopWindow(0.8, 0.025, 4.5)


@dataclass(frozen=True, slots=True)
class Canopy:
    """Trees on the cells of a window's masks.

    Attributes:
        grid: (H, W) cells.
        height_m: (H, W) float32 height above ground; NaN where unknown.
        trees: (H, W) int32, number of the tree, 0 for none.
        tops_rc: (N, 2) float64 rows and columns of the treetops; tree k has `tops_rc[k - 1]`.
    """

    grid: Grid
    height_m: FloatArray
    trees: LabelArray
    tops_rc: Float64Array

    @classmethod
    def of(cls, height_m: FloatArray, grid: Grid, unit_m: float, assists: Assists) -> "Canopy":
        """Find the trees: watershed from the treetops, joined across shallow passes."""
        cell_m = grid.cell_crs * unit_m
        known = np.isfinite(height_m)
        filled = surface.fill_pits(height_m, known, cell_m, window_m=_PIT_WINDOW_M, depth_m=_PIT_DEPTH_M)
        smooth = surface.smooth(filled, known, _SIGMA_M / cell_m)
        tops = find_treetops(smooth, smooth, cell_m, min_height_m=_MIN_HEIGHT_M, window=_TOP_WINDOW)
        trees = flood(smooth, tops, smooth >= _MIN_HEIGHT_M)
        level = smooth[tops[:, 0], tops[:, 1]]

        def may_join(winner: int, loser: int, depth: float) -> bool:
            return depth < max(assists.valley_depth_m, assists.valley_share * float(level[loser - 1]))

        if len(tops):
            trees, tops = join(trees, tops, smooth, may_join)
        return cls(grid, height_m, trees, tops.astype(np.float64))

    def tree_at(self, xy_crs: Place) -> int:
        """Number of the tree at a place; 0 for none."""
        row, col = self._cell(xy_crs)
        height_px, width_px = self.trees.shape
        return int(self.trees[row, col]) if 0 <= row < height_px and 0 <= col < width_px else 0

    def height_at(self, xy_crs: Place) -> float:
        """Height above ground at a place; NaN where unknown."""
        row, col = self._cell(xy_crs)
        height_px, width_px = self.trees.shape
        return float(self.height_m[row, col]) if 0 <= row < height_px and 0 <= col < width_px else float("nan")

    def top_of(self, tree: int) -> Place:
        """Place of a treetop in the plot CRS."""
        row, col = self.tops_rc[tree - 1] + 0.5
        return (self.grid.left_crs + col * self.grid.cell_crs, self.grid.top_crs - row * self.grid.cell_crs)

    def trees_of(self, prompt: Prompt) -> list[int]:
        """Trees that a prompt means.

        Those clicked on; with a crown to refine also those whose top stands in it; with nothing but a box those whose
        top stands in the box. Not those with a click that says they are something else.
        """
        clicked, denied = ({self.tree_at(place) for place in places_of(prompt, include=kind)} for kind in (True, False))
        enclosed: set[int] = set()
        if prompt.outline is not None:
            enclosed = self._topped_in(prompt.outline)
        elif not clicked and prompt.box_crs is not None:
            enclosed = self._topped_in(shapely.box(*prompt.box_crs))
        return sorted((clicked | (enclosed - denied)) - {0})

    def tops_in(self, logits: FloatArray) -> npt.NDArray[np.int64]:
        """(K,) trees whose top stands in a mask on these cells."""
        rows, cols = self.tops_rc.astype(np.int64).reshape(-1, 2).T
        return np.flatnonzero(logits[rows, cols] > 0) + 1

    def _topped_in(self, area: shapely.Polygon) -> set[int]:
        if len(self.tops_rc) == 0:
            return set()
        x, y = np.array([self.top_of(tree) for tree in range(1, len(self.tops_rc) + 1)]).T
        return {int(place) + 1 for place in np.flatnonzero(shapely.contains_xy(area, x, y))}

    def _cell(self, xy_crs: Place) -> tuple[int, int]:
        grid = self.grid
        return (
            int(np.floor((grid.top_crs - xy_crs[1]) / grid.cell_crs)),
            int(np.floor((xy_crs[0] - grid.left_crs) / grid.cell_crs)),
        )


def with_treetop(prompt: Prompt, canopy: Canopy, unit_m: float, assists: Assists) -> Prompt:
    """A prompt with the top of the clicked tree as a second point, where that says more than the click.

    That is so for one single click, which leaves open whether the branch or the tree is meant, when it lies at least
    `top_away_m` from the treetop. Everything else passes unchanged: with a second point or a box a person has said
    what is meant.
    """
    clicks = places_of(prompt, include=True)
    if not assists.treetops or len(prompt.marks) != 1 or len(clicks) != 1 or prompt.outline is not None:
        return prompt
    tree = canopy.tree_at(clicks[0])
    if not tree:
        return prompt
    top = canopy.top_of(tree)
    away_m = float(np.hypot(top[0] - clicks[0][0], top[1] - clicks[0][1])) * unit_m
    return prompt.including(top) if away_m >= assists.top_away_m else prompt


def places_of(prompt: Prompt, *, include: bool) -> list[Place]:
    """Clicks of one kind, in their order."""
    return [(x, y) for x, y in prompt.places(include=include).tolist()]
