"""A mask that a network drew becomes a crown of the tile: cut at the plot's edge, large enough, with an anchor."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from inference.plot.tile import Tile
from inference.segment.base import Proposal
from inference.segment.detection.crown_masks import Placed, largest_part


def proposal_of(
    placed: Placed,
    tile: Tile,
    score: float,
    *,
    min_area_m2: float,
    anchor_rc: tuple[float, float] | None = None,
    hints: Mapping[str, float] | None = None,
) -> Proposal | None:
    """The crown, or None when too little of it lies inside the plot.

    Args:
        placed: first row, first column and mask.
        tile: where it was seen. What lies beyond the plot's edge is no crown; the pipeline flags those that touch it.
        score: confidence, 0..1.
        min_area_m2: smaller crowns go.
        anchor_rc: see `Proposal`; the mean place of the mask's cells by default, on which two tiles that see the crown
            agree better than on the middle of its box.
        hints: likely classes.
    """
    row0, col0, mask = placed
    inside = tile.inside[row0 : row0 + mask.shape[0], col0 : col0 + mask.shape[1]]
    if not inside.all():
        left = largest_part(mask & inside, row0, col0)
        if left is None:
            return None
        row0, col0, mask = left
    if int(mask.sum()) * tile.gsd_m**2 < min_area_m2:
        return None
    return Proposal(row0, col0, mask, score, anchor_rc or _middle(row0, col0, mask), hints or {})


def _middle(row0: int, col0: int, mask: npt.NDArray[np.bool_]) -> tuple[float, float]:
    rows, cols = mask.sum(axis=1), mask.sum(axis=0)
    total = float(rows.sum())
    return (
        row0 + float(np.dot(rows, np.arange(len(rows)))) / total,
        col0 + float(np.dot(cols, np.arange(len(cols)))) / total,
    )
