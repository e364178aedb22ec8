"""What lies under the masks of one window: the trees that the elevation shows, and where the mosaic has no data."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.plot.grid import Grid
from inference.plot.plot import Plot
from inference.prompt.canopy import Assists, Canopy
from inference.prompt.reading import read_canopy_height, read_valid


@dataclass(frozen=True, slots=True)
class Scene:
    """Made once per window and kept, so that a click costs no reading.

    Attributes:
        canopy: trees; None without elevation.
        empty: (H, W) bool, True where the orthomosaic has no data; None when it has data everywhere.
    """

    canopy: Canopy | None
    empty: npt.NDArray[np.bool_] | None


def read_scene(plot: Plot, grid: Grid, assists: Assists, cancel: CancelToken) -> Scene:
    """The scene on the cells of a window's masks.

    Raises:
        Cancelled: `cancel` was set.
        RasterError: a file is damaged.
    """
    canopy = None
    if assists.treetops or assists.valleys or assists.ground:
        height_m = read_canopy_height(plot, grid, cancel)
        if height_m is not None and np.isfinite(height_m).any():
            cancel.check()
            canopy = Canopy.of(height_m, grid, plot.unit_m, assists)
    empty = ~read_valid(plot, grid)
    return Scene(canopy, empty if empty.any() else None)
