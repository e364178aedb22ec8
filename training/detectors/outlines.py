"""Outlines guessed where only boxes are labelled: what stands high inside the box, else the oval that fills it."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from training.data.labelled import LabelledPlot

Float32 = NDArray[np.float32]

_LEAST_HEIGHT_M = 2.0
_OF_THE_TOP = 0.3  # lower cells inside the box are ground or another crown
_FILLS = 0.6  # of the oval: what stands high must be about the crown that the box is for


def with_outlines(plot: LabelledPlot) -> LabelledPlot:
    """The plot with an owner for the cells of boxes without an outline.

    Smaller crowns lie on larger ones, and drawn ones on all.
    """
    owner = np.zeros(plot.complete.shape, np.int32)
    areas = (plot.boxes[:, 2] - plot.boxes[:, 0]) * (plot.boxes[:, 3] - plot.boxes[:, 1])
    for crown in np.argsort(-areas, kind="stable").tolist():
        if not plot.outlined[crown]:
            _draw(owner, plot.boxes[crown], crown + 1, plot.chm_m)
    if plot.owner is not None:
        owner = np.where(plot.owner > 0, plot.owner, owner)
    return replace(plot, owner=owner, drawn=None)


def _draw(owner: NDArray[np.int32], box: Float32, number: int, chm_m: Float32 | None) -> None:
    left, top = np.maximum(np.floor(box[:2]), 0).astype(int)
    right, bottom = np.minimum(np.ceil(box[2:]), owner.shape[::-1]).astype(int)
    if right <= left or bottom <= top:
        return
    rows, columns = np.mgrid[top:bottom, left:right] + 0.5
    middle, half = (box[:2] + box[2:]) / 2.0, np.maximum((box[2:] - box[:2]) / 2.0, 0.5)
    oval = ((columns - middle[0]) / half[0]) ** 2 + ((rows - middle[1]) / half[1]) ** 2 <= 1.0
    if not oval.any():
        oval[:] = True
    high = None if chm_m is None else _high(chm_m[top:bottom, left:right], oval)
    owner[top:bottom, left:right][oval if high is None else high] = number


def _high(height_m: Float32, oval: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """The cells of the oval that stand high, as far as they hang together; None where they are not a crown."""
    from scipy import ndimage

    known = np.isfinite(height_m)
    if not (known & oval).any():
        return None
    top_m = float(np.percentile(height_m[known & oval], 95.0))
    stands = oval & (~known | (height_m >= max(_LEAST_HEIGHT_M, _OF_THE_TOP * top_m)))
    parts, count = ndimage.label(stands)
    if not count:
        return None
    largest = parts == 1 + int(np.argmax(np.bincount(parts.ravel())[1:]))
    return np.asarray(largest) if largest.sum() >= _FILLS * oval.sum() else None
