"""The crowns that hold two peaks, and those that lie on a seam of the run: yes or no, for filters."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from inference.crowns.table import CrownTable
from inference.jobs import CancelToken
from inference.review.queue import peaks_in, seams_of

if TYPE_CHECKING:
    from inference.plot.plot import Plot
    from inference.project.runs import RunRecord

Ids = npt.NDArray[np.int64]
Place = tuple[float, float]
# A second top that is worth a closer look: behind a valley of so much of its height.
_ANY_SHARE = 0.02
_LEAST_TOP_M = 2.0
_SEAM_M = 0.5


def peaks_by_crown(
    ids: Ids, outlines: npt.NDArray[np.object_], plot: "Plot", cancel: CancelToken
) -> dict[int, tuple[Place, ...]]:
    """Places of the tops in the plot CRS, highest first, of crowns that hold two or more; empty without elevation.

    Filter, mark on the map and warning in the inspector all ask this, of the whole plot or of one crown, and so tell
    the same. Of lidar over conifers any second top is no sign of another tree: 36 % of single crowns of `teak` have one
    behind a valley of a fifth of its height, 0.4 % by the rule that cuts crowns (`Relief.peaks`). That rule is asked
    where the quick look at all crowns finds a second top at all, which passed over none of its crowns there.

    Args:
        ids: (N,) ascending.
        outlines: (N,) polygons in the plot CRS.
        plot: with its heights.
        cancel: stops in the middle.

    Raises:
        RasterError: the DSM is damaged.
        Cancelled: by the token.
    """
    from inference.prompt.relief import read_relief

    seconds = peaks_in(ids, outlines, plot, cancel)
    if seconds is None or not len(seconds.ids):
        return {}
    depth_m, top_m = seconds.values.T
    likely = np.isin(ids, seconds.ids[depth_m / np.maximum(top_m, _LEAST_TOP_M) >= _ANY_SHARE])
    found: dict[int, tuple[Place, ...]] = {}
    for tree_id, outline in zip(ids[likely].tolist(), outlines[likely].tolist(), strict=True):
        cancel.check()
        relief = read_relief(plot, outline, cancel)
        tops = () if relief is None else relief.peaks(outline)
        if len(tops) > 1:
            found[tree_id] = tops
    return found


def with_two_peaks(table: CrownTable, plot: "Plot", cancel: CancelToken) -> Ids:
    """Ids of the crowns of which `peaks_by_crown` tells, ascending."""
    return np.array(sorted(peaks_by_crown(table.ids, table.outlines, plot, cancel)), np.int64)


def on_seams(table: CrownTable, plot: "Plot", runs: Sequence["RunRecord"]) -> Ids:
    """Ids of crowns that a line between two tiles of their run cuts or touches."""
    found = seams_of(table, plot, runs)
    if found is None:
        return np.zeros(0, np.int64)
    near: Ids = found.ids[found.values[:, 0] <= _SEAM_M]
    return near
