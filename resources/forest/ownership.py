"""Makes every crown one connected piece, so that a tree's visible crown is one polygon and picture and truth agree."""

import numpy as np
from numpy.typing import NDArray

from resources.forest.render import Int32

_OPEN = np.int32(-1)


def settle(owner: Int32, fixed: NDArray[np.bool_], min_crown_px: int | NDArray[np.int64], max_pocket_px: int) -> Int32:
    """Owner of each cell after crumbs are given to their surroundings.

    Args:
        owner: (H, W) int32, tree number or 0.
        fixed: (H, W) bool, cells that must stay as they are (outside the mosaic).
        min_crown_px: trees whose largest connected piece (4-neighbourhood) is smaller are dropped; one number for
            all, or an array with one for each tree number.
        max_pocket_px: pieces of ground up to this size, walled in by crowns, belong to the crowns around them:
            a person outlining the crown draws over them.

    Every piece of a tree except its largest goes to whatever adjoins it. The result has one piece per tree.
    """
    settled = owner.copy()
    pieces = _open_crumbs(settled, owner, min_crown_px)
    pieces |= _open_pockets(settled, owner, fixed, max_pocket_px)
    settled[fixed & (settled == _OPEN)] = 0
    _grow_into_open(settled, fixed)
    return settled


def _open_crumbs(settled: Int32, owner: Int32, min_crown_px: int | NDArray[np.int64]) -> bool:
    """Mark as open all pieces but the largest of each tree, and trees that are too small."""
    from scipy.ndimage import find_objects, label

    found = False
    for number, window in enumerate(find_objects(owner), start=1):
        if window is None:
            continue
        mask = owner[window] == number
        pieces, count = label(mask)
        sizes = np.bincount(pieces.ravel())[1:]
        largest = int(sizes.argmax()) + 1
        least = min_crown_px if isinstance(min_crown_px, int) else int(min_crown_px[number])
        if count == 1 and sizes[0] >= least:
            continue
        lost = mask if sizes.max() < least else mask & (pieces != largest)
        settled[window][lost] = _OPEN
        found = True
    return found


def _open_pockets(settled: Int32, owner: Int32, fixed: NDArray[np.bool_], max_pocket_px: int) -> bool:
    """Mark as open the small pieces of ground."""
    from scipy.ndimage import label

    pieces, _ = label((owner == 0) & ~fixed)
    small = np.bincount(pieces.ravel()) <= max_pocket_px
    small[0] = False
    settled[small[pieces]] = _OPEN
    return bool(small.any())


def _grow_into_open(settled: Int32, fixed: NDArray[np.bool_]) -> None:
    """Fill open cells from their neighbours, ring by ring, in a fixed order of directions."""
    height, width = settled.shape
    rows, cols = np.nonzero(settled == _OPEN)
    while rows.size:
        taken = np.full(rows.size, _OPEN, np.int32)
        for drow, dcol in ((-1, 0), (0, -1), (0, 1), (1, 0)):
            row, col = rows + drow, cols + dcol
            inside = (row >= 0) & (row < height) & (col >= 0) & (col < width)
            row, col = np.clip(row, 0, height - 1), np.clip(col, 0, width - 1)
            usable = inside & ~fixed[row, col] & (settled[row, col] != _OPEN) & (taken == _OPEN)
            taken[usable] = settled[row, col][usable]
        done = taken != _OPEN
        if not done.any():
            settled[rows, cols] = 0
            return
        settled[rows[done], cols[done]] = taken[done]
        rows, cols = rows[~done], cols[~done]
