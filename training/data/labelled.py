"""A labelled plot in memory: picture, canopy height and crowns on one grid, at several magnifications."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Float32 = NDArray[np.float32]

OUTSIDE_GREY = 105  # what is outside: near the mean colour, so that it looks like nothing
UNKNOWN_ELEVATION = -1.0  # canopy heights are never negative


@dataclass(frozen=True, slots=True)
class LabelledPlot:
    """One plot on a north-up grid.

    Attributes:
        name, site: which plot it is, and of which survey.
        place: plots of the same place overlap or touch; they are never split between training and validation.
        gsd_m: side of a cell.
        rgb: (3, H, W) uint8.
        chm_m: (H, W) float32 metres above ground, NaN where unknown; None without elevation.
        boxes: (N, 4) float32 x0, y0, x1, y1 in cells.
        owner: (H, W) int32, i + 1 in the cells of crown i and 0 outside; None where only boxes are known.
        complete: (H, W) bool, where every crown is labelled, so that what is not labelled is background.
        visible: (N,) float32, share of each crown that the plot shows; None when all of them are whole.
        species: of each crown, a name or code, "" where nobody noted it; None when nobody noted any.
        height_m: (N,) float32 height of each tree, NaN where unknown; None when none is known.
        dsm_m: (H, W) float32 metres above the datum, NaN where unknown; None where nobody asked for it.
        labels: class of each crown; None when all are just trees.
        drawn: (N,) bool, which of the crowns have their outline in `owner`, where of others only the box is known; None
            when all have it, or none.
    """

    name: str
    site: str
    place: str
    gsd_m: float
    rgb: NDArray[np.uint8]
    chm_m: Float32 | None
    boxes: Float32
    owner: NDArray[np.int32] | None
    complete: NDArray[np.bool_]
    visible: Float32 | None = None
    species: tuple[str, ...] | None = None
    height_m: Float32 | None = None
    dsm_m: Float32 | None = None
    labels: tuple[str, ...] | None = None
    drawn: NDArray[np.bool_] | None = None

    @property
    def outlined(self) -> NDArray[np.bool_]:
        """(N,) of which crowns the outline is known."""
        return np.full(len(self.boxes), self.owner is not None) if self.drawn is None else self.drawn


def magnified(plot: LabelledPlot, gsd_m: float, scale: float) -> LabelledPlot:
    """The plot on cells of `gsd_m`, trees `scale` times their size; means when shrinking, bilinear when growing."""
    rows, columns = plot.rgb.shape[1:]
    factor = plot.gsd_m / gsd_m * scale
    size = (max(8, round(columns * factor)), max(8, round(rows * factor)))
    along = np.array([size[0] / columns, size[1] / rows] * 2, np.float32)
    owner = None
    if plot.owner is not None:
        owner = np.asarray(Image.fromarray(plot.owner).resize(size, Image.Resampling.NEAREST), np.int32)
    complete = Image.fromarray(plot.complete.astype(np.uint8)).resize(size, Image.Resampling.NEAREST)
    return LabelledPlot(
        name=plot.name,
        site=plot.site,
        place=plot.place,
        gsd_m=gsd_m,
        rgb=np.stack([_resized(band, size) for band in plot.rgb]),
        chm_m=None if plot.chm_m is None else _resized_heights(plot.chm_m, size),
        boxes=plot.boxes * along,
        owner=owner,
        complete=np.asarray(complete, bool),
        visible=plot.visible,
        species=plot.species,
        height_m=plot.height_m,
        dsm_m=None if plot.dsm_m is None else _resized_heights(plot.dsm_m, size),
        labels=plot.labels,
        drawn=plot.drawn,
    )


def _resized_heights(height_m: Float32, size: tuple[int, int]) -> Float32:
    """Means of what is known; NaN where less than half is."""
    known = np.isfinite(height_m)
    share = _resized(known.astype(np.float32), size)
    sums = _resized(np.where(known, height_m, 0.0).astype(np.float32), size)
    return np.where(share > 0.5, sums / np.maximum(share, 0.5), np.nan).astype(np.float32)


def _resized(plane: NDArray[Any], size: tuple[int, int]) -> NDArray[Any]:
    how = Image.Resampling.BOX if plane.shape[0] > size[1] else Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(plane).resize(size, how))
