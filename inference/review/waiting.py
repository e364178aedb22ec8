"""Counts what of a review queue is still to be decided: ranked crowns and control crowns, each by themselves."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.crowns.table import CrownTable
from inference.review.state import ReviewState

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Crowns still to be decided: `ranked` because of what may be wrong with them, `controls` drawn at random."""

    ranked: int = 0
    controls: int = 0

    @property
    def all(self) -> int:
        """How many crowns will still come up."""
        return self.ranked + self.controls


def waiting(
    table: CrownTable, ids: Ids, is_control: npt.NDArray[np.bool_], judged: Iterable[int], state: ReviewState
) -> Waiting:
    """Count them.

    Args:
        table: the crowns as they are now.
        ids, is_control: (N,) the crowns of the queue, and which of them were drawn for control.
        judged: control crowns that have a verdict.
        state: what was looked at, and whether only proposed crowns are reviewed.
    """
    if not len(table.ids) or not len(ids):
        return Waiting()
    places = np.minimum(np.searchsorted(table.ids, ids), len(table.ids) - 1)
    there = (table.ids[places] == ids) & table.visible[places]
    is_open = np.asarray(table.column("review")[places] == "auto", bool)
    if not state.filters.only_proposed:
        is_open |= ~np.isin(ids, np.fromiter(state.looked, np.int64))
    is_open |= is_control & ~np.isin(ids, np.fromiter(judged, np.int64))
    is_open &= there
    return Waiting(int((is_open & ~is_control).sum()), int((is_open & is_control).sum()))
