"""Where elevation ends a mask: at the valleys around the clicked tree and at the ground.

A mask is a surface whose zero line is the crown's border; so is each limit, and the lower of all surfaces is the mask
within its limits. The border stays between the cells where no limit reaches it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.prompt.base import FloatArray, Place, Prompt
from inference.prompt.canopy import Assists, Canopy, places_of

BoolArray = npt.NDArray[np.bool_]

# A logit per cell and per metre: some steepness is needed to cross a mask's own slope near the limit.
_LOGIT_PER_CELL = 4.0
_LOGIT_PER_M = 4.0
# A limit that would leave less than this share of the mask contradicts the picture: the elevation is wrong or shifted.
_LEAST_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Limited:
    """A mask within its limits, and the names of those that took a part of it."""

    logits: FloatArray
    assists: tuple[str, ...]


def limit(logits: FloatArray, canopy: Canopy, prompt: Prompt, assists: Assists) -> Limited:
    """Cut a mask at valleys and at the ground.

    Args:
        logits: (H, W) float32 on the cells of `canopy`.
        canopy: trees around.
        prompt: what was clicked: its trees stay, whatever lies in another tree goes. A limit that would take a clicked
            place away, or four fifths of the mask, is not applied.
        assists: which limits.
    """
    window = _around(logits)
    if window is None:
        return Limited(logits, ())
    cut, names = logits[window], []
    clicked = places_of(prompt, include=True)
    for name, field in (
        ("valley", _valley(logits, canopy, prompt, window) if assists.valleys else None),
        ("ground", _ground(canopy, window, clicked, assists) if assists.ground else None),
    ):
        if field is None:
            continue
        fewer = np.minimum(cut, field)
        before, after = int((cut > 0).sum()), int((fewer > 0).sum())
        if after < before and after >= _LEAST_SHARE * before:
            cut = fewer
            names.append(name)
    if not names:
        return Limited(logits, ())
    limited = logits.copy()
    limited[window] = cut
    return Limited(limited, tuple(names))


def _valley(logits: FloatArray, canopy: Canopy, prompt: Prompt, window: tuple[slice, slice]) -> FloatArray | None:
    """Signed distance from the other trees in the mask; None when there is none, or a click stands on no tree.

    Another tree is in the mask when its top is. One whose top is not only overlaps: where its border runs the picture
    tells better than the heights.
    """
    from scipy import ndimage

    own = canopy.trees_of(prompt)
    if not own or any(canopy.tree_at(xy) == 0 for xy in places_of(prompt, include=True)):
        return None
    others = np.setdiff1d(canopy.tops_in(logits), own)
    if len(others) == 0:
        return None
    other = np.isin(canopy.trees[window], others)
    depth: npt.NDArray[np.float64] = ndimage.distance_transform_edt(~other) - ndimage.distance_transform_edt(other)
    return (_LOGIT_PER_CELL * (depth - 0.5 * np.sign(depth))).astype(np.float32)


def _ground(canopy: Canopy, window: tuple[slice, slice], clicked: list[Place], assists: Assists) -> FloatArray | None:
    """Height above what counts as ground; None when a click lies below it (young trees, or elevation that is off)."""
    if any(canopy.height_at(xy) < assists.ground_below_m for xy in clicked):
        return None
    above = _LOGIT_PER_M * (canopy.height_m[window] - np.float32(assists.ground_below_m))
    return np.where(np.isnan(above), np.float32(np.inf), above).astype(np.float32)


def _around(logits: FloatArray) -> tuple[slice, slice] | None:
    """The cells of the mask and two around."""
    rows, cols = (np.flatnonzero((logits > 0).any(axis=axis)) for axis in (1, 0))
    if len(rows) == 0:
        return None
    return slice(max(rows[0] - 2, 0), rows[-1] + 3), slice(max(cols[0] - 2, 0), cols[-1] + 3)
