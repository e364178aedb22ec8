"""Which crown of one date is which of another: the assignment with the highest sum of IoU, each crown at most once."""

import numpy as np
import numpy.typing as npt

from inference.evaluation.matching import IOU_TOLERANCE, Matches, Overlaps

Ints = npt.NDArray[np.intp]


def assign(pairs: Overlaps, min_iou: float) -> Matches:
    """One-to-one pairs whose IoU adds up to the most.

    Crowns that overlap only each other are settled at once; larger groups by the Hungarian method, one group at a time,
    so that 100,000 crowns take seconds.

    Args:
        pairs: every overlap of N with M crowns.
        min_iou: a pair below it cannot match.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    usable = np.flatnonzero(pairs.iou >= min_iou - IOU_TOLERANCE)
    first, second, iou = pairs.predicted[usable], pairs.true[usable], pairs.iou[usable]
    total = pairs.predicted_count + pairs.true_count
    links = coo_array((np.ones(len(usable)), (first, second + pairs.predicted_count)), shape=(total, total))
    _, group = connected_components(links, directed=False)
    order = np.argsort(group[first], kind="stable")
    _, starts = np.unique(group[first][order], return_index=True)
    chosen: list[int] = []
    for members in np.split(order, starts[1:]) if len(order) else []:
        chosen += [int(members[0])] if len(members) == 1 else _best(members, first, second, iou)
    kept = np.sort(np.array(chosen, np.intp))
    return Matches(first[kept], second[kept], iou[kept])


def _best(members: Ints, first: Ints, second: Ints, iou: npt.NDArray[np.float64]) -> list[int]:
    """Of the pairs of one group those that are assigned."""
    from scipy.optimize import linear_sum_assignment

    rows, row = np.unique(first[members], return_inverse=True)
    cols, col = np.unique(second[members], return_inverse=True)
    worth = np.zeros((len(rows), len(cols)))
    worth[row, col] = iou[members]
    place = np.full(worth.shape, -1, np.intp)
    place[row, col] = members
    chosen_rows, chosen_cols = linear_sum_assignment(worth, maximize=True)
    found = place[chosen_rows, chosen_cols]
    return [int(member) for member in found if member >= 0]
