"""The crowns that hold two peaks, and those that lie on a seam of the run: yes or no, for filters."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from inference.crowns.table import CrownTable
from inference.jobs import CancelToken
from inference.review.queue import peaks_of, seams_of

if TYPE_CHECKING:
    from inference.plot.plot import Plot
    from inference.project.runs import RunRecord

Ids = npt.NDArray[np.int64]
# Between the two ends at which the review's signal of two tops begins and is certain.
_DEPTH_SHARE = 0.2
_LEAST_TOP_M = 2.0
_SEAM_M = 0.5


def with_two_peaks(table: CrownTable, plot: "Plot", cancel: CancelToken) -> Ids:
    """Ids of crowns whose second top stands behind a valley of a fifth of its height; none without elevation.

    Raises:
        RasterError: the DSM is damaged.
        Cancelled: by the token.
    """
    found = peaks_of(table, plot, cancel)
    if found is None:
        return np.zeros(0, np.int64)
    depth_m, top_m = found.values.T
    twins: Ids = found.ids[depth_m / np.maximum(top_m, _LEAST_TOP_M) >= _DEPTH_SHARE]
    return twins


def on_seams(table: CrownTable, plot: "Plot", runs: Sequence["RunRecord"]) -> Ids:
    """Ids of crowns that a line between two tiles of their run cuts or touches."""
    found = seams_of(table, plot, runs)
    if found is None:
        return np.zeros(0, np.int64)
    near: Ids = found.ids[found.values[:, 0] <= _SEAM_M]
    return near
