"""The ground: a slope with rolling hills and small hummocks, the same surface at whatever cell size it is asked for."""

from dataclasses import dataclass

import numpy as np

from resources.forest.texture import Float32, Rng, lattice_nodes, smooth_lattice

_SCALES = ((38.0, 1.7), (15.0, 0.45), (5.0, 0.09))  # metres between nodes, height in metres


@dataclass(frozen=True, slots=True)
class Terrain:
    """Ground height over a plot.

    Attributes:
        base_m: height at the plot's centre before the hills are added.
        slope_east, slope_south: rise per metre.
        width_m, height_m: extent east and south of the top-left corner.
        hills: B-spline nodes for each entry of the scale table.
    """

    base_m: float
    slope_east: float
    slope_south: float
    width_m: float
    height_m: float
    hills: tuple[Float32, ...]

    def on_grid(self, shape: tuple[int, int], cell_m: float) -> Float32:
        """Heights (H, W) float32 in metres at the centres of cells that start in the plot's top-left corner."""
        south = (np.arange(shape[0]) + 0.5) * cell_m - self.height_m / 2
        east = (np.arange(shape[1]) + 0.5) * cell_m - self.width_m / 2
        ground = (self.base_m + self.slope_south * south)[:, None] + (self.slope_east * east)[None, :]
        ground = ground.astype(np.float32)
        for (spacing_m, _), nodes in zip(_SCALES, self.hills, strict=True):
            ground += smooth_lattice(nodes, shape, spacing_m / cell_m)
        return ground


def make_terrain(width_m: float, height_m: float, slope: float, base_m: float, rng: Rng) -> Terrain:
    """Random ground that rises `slope` metres per metre towards a random side."""
    turn = rng.uniform(0.0, 2.0 * np.pi)
    reach = 2.0  # metres beyond the plot, so that grids whose last cell overhangs are covered
    hills = tuple(
        rng.standard_normal(
            (lattice_nodes(height_m + reach, spacing), lattice_nodes(width_m + reach, spacing)), np.float32
        )
        * np.float32(2.1 * relief)
        for spacing, relief in _SCALES
    )
    return Terrain(base_m, float(slope * np.cos(turn)), float(slope * np.sin(turn)), width_m, height_m, hills)
