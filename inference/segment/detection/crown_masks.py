"""From a network's coarse mask logits to the cells of one crown, computed only where the crown's box is."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from inference.segment.detection.proposals import sigmoid

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]

_CLEARLY = 0.02  # of IoU: less is not worth another threshold
_SURELY = 1e-4

# (first row, first column, mask)
Placed = tuple[int, int, BoolArray]


def mask_from_tile(
    logits: FloatArray,
    box: FloatArray,
    *,
    tile_px: int,
    seen_px: tuple[int, int],
    margin: float,
    threshold: float,
) -> Placed | None:
    """The crown in a mask that covers the whole tile.

    As the authors of BalSAM do: sigmoid, then bilinear to the tile's cells (corners not aligned), then the threshold;
    but only in the box grown by `margin`, because masks of SAM's decoder sometimes take in a like-coloured place far
    off.

    Args:
        logits: (h, w) float32 over the whole tile.
        box: (4,) x1, y1, x2, y2 in cells of the tile.
        tile_px: side of the tile in cells.
        seen_px: rows and columns of the tile that are real; the rest is padding.
        margin: share of the box's sides by which the mask may reach out of it.
        threshold: cells at least this likely belong to the crown.

    Returns:
        The largest connected part, or None when nothing is left.
    """
    window = _grown(box, margin, seen_px)
    if window is None:
        return None
    part, rows, cols = _needed(logits, window, tile_px / logits.shape[0])
    return largest_part(bilinear(sigmoid(part), rows, cols) >= np.float32(threshold), window[0], window[1])


def logit(probability: float) -> float:
    """Log odds; of certainties those of one in ten thousand."""
    sure = min(max(probability, _SURELY), 1.0 - _SURELY)
    return math.log(sure / (1.0 - sure))


def mask_filling_box(
    logits: FloatArray,
    box: FloatArray,
    *,
    tile_px: int,
    seen_px: tuple[int, int],
    margin: float,
    thresholds: Sequence[float],
) -> Placed | None:
    """As `mask_from_tile`, at the one of several thresholds at which the mask's extent is most like its box.

    Where box and mask are found apart, the box is the surer of the two about how far a crown reaches: many more boxes
    than outlines are labelled. The first threshold stays unless another fits clearly better.
    """
    window = _grown(box, margin, seen_px)
    if window is None:
        return None
    part, rows, cols = _needed(logits, window, tile_px / logits.shape[0])
    likely = bilinear(sigmoid(part), rows, cols)
    best: Placed | None = None
    best_iou = -1.0
    for threshold in thresholds:
        placed = largest_part(likely >= np.float32(threshold), window[0], window[1])
        if placed is None:
            continue
        iou = _extent_iou(placed, box)
        if iou > best_iou + (_CLEARLY if best is not None else 0.0):
            best, best_iou = placed, iou
    return best


def _extent_iou(placed: Placed, box: FloatArray) -> float:
    """IoU of a mask's extent with a box."""
    top, left = placed[:2]
    bottom, right = top + placed[2].shape[0], left + placed[2].shape[1]
    x1, y1, x2, y2 = (float(value) for value in box)
    shared = max(min(x2, right) - max(x1, left), 0.0) * max(min(y2, bottom) - max(y1, top), 0.0)
    union = (x2 - x1) * (y2 - y1) + (bottom - top) * (right - left) - shared
    return float(shared / max(union, 1e-6))


def mask_from_logits(
    logits: FloatArray, *, cell_px: float, seen_px: tuple[int, int], threshold: float
) -> Placed | None:
    """The largest part of a mask, as SAM makes it: bilinear first, then the threshold.

    Args:
        logits: (h, w) float32 from the tile's first row and column on.
        cell_px: cells of the tile for each cell of the logits.
        seen_px: see `mask_from_tile`.
        threshold: logits above it belong to the mask.
    """
    window = window_of(logits, threshold)
    if window is None:
        return None
    top, left, bottom, right = (int(cell * cell_px) for cell in window)
    bottom, right = min(bottom, seen_px[0]), min(right, seen_px[1])
    if bottom <= top or right <= left:
        return None
    part, rows, cols = _needed(logits, (top, left, bottom, right), cell_px)
    return largest_part(bilinear(part, rows, cols) > np.float32(threshold), top, left)


def window_of(logits: FloatArray, threshold: float) -> tuple[int, int, int, int] | None:
    """Top, left, bottom, right of what lies above the threshold, with one more cell around; None when nothing does."""
    above = logits > threshold
    rows, cols = np.flatnonzero(above.any(axis=1)), np.flatnonzero(above.any(axis=0))
    if not len(rows):
        return None
    height, width = logits.shape
    return (
        max(int(rows[0]) - 1, 0),
        max(int(cols[0]) - 1, 0),
        min(int(rows[-1]) + 2, height),
        min(int(cols[-1]) + 2, width),
    )


def mask_from_box(logits: FloatArray, box: FloatArray, *, seen_px: tuple[int, int], threshold: float) -> Placed | None:
    """The crown in a mask that is stretched over its box (Mask R-CNN; He et al. 2017, doi 10.1109/ICCV.2017.322).

    A ring of zeros around the small mask lets the outline end softly at the border of the box, as torchvision does.

    Args:
        logits: (m, m) float32 over the box.
        box: (4,) x1, y1, x2, y2 in cells of the tile.
        seen_px, threshold: see `mask_from_tile`.
    """
    side = logits.shape[0]
    grown = np.zeros((side + 2, side + 2), dtype=np.float32)
    grown[1:-1, 1:-1] = sigmoid(logits)
    half = (box[2:] - box[:2]) / 2 * np.float32((side + 2) / side)
    centre = (box[2:] + box[:2]) / 2
    left, top = (int(value) for value in np.trunc(centre - half))
    right, bottom = (int(value) + 1 for value in np.trunc(centre + half))
    width, height = max(right - left, 1), max(bottom - top, 1)
    row0, col0, row1, col1 = max(top, 0), max(left, 0), min(bottom, seen_px[0]), min(right, seen_px[1])
    if row1 <= row0 or col1 <= col0:
        return None
    rows = (np.arange(row0, row1, dtype=np.float32) - top + 0.5) * np.float32((side + 2) / height) - 0.5
    cols = (np.arange(col0, col1, dtype=np.float32) - left + 0.5) * np.float32((side + 2) / width) - 0.5
    return largest_part(bilinear(grown, rows, cols) > np.float32(threshold), row0, col0)


def largest_part(mask: BoolArray, row0: int, col0: int) -> Placed | None:
    """The largest part that hangs together over edges of cells, without empty rows and columns around it.

    Args:
        mask: (h, w) bool.
        row0, col0: place of its first cell in the tile.
    """
    from scipy import ndimage

    labels, count = ndimage.label(mask)
    if count == 0:
        return None
    if count > 1:
        mask = labels == 1 + int(np.argmax(np.bincount(labels.ravel())[1:]))
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    top, left = int(rows[0]), int(cols[0])
    return row0 + top, col0 + left, mask[top : int(rows[-1]) + 1, left : int(cols[-1]) + 1]


def _grown(box: FloatArray, margin: float, seen_px: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """Top, left, bottom, right of the cells that the grown box touches; None when there are none."""
    height, width = seen_px
    x1, y1, x2, y2 = (float(value) for value in box)
    reach_x, reach_y = margin * (x2 - x1), margin * (y2 - y1)
    top, left = int(np.floor(max(y1 - reach_y, 0.0))), int(np.floor(max(x1 - reach_x, 0.0)))
    bottom, right = int(np.ceil(min(y2 + reach_y, height))), int(np.ceil(min(x2 + reach_x, width)))
    return (top, left, bottom, right) if bottom > top and right > left else None


def _needed(
    logits: FloatArray, window: tuple[int, int, int, int], cell_px: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The part of the logits under a window of the tile, and where in it the centres of the window's cells lie."""
    top, left, bottom, right = window
    scale = np.float32(1.0 / cell_px)
    rows = (np.arange(top, bottom, dtype=np.float32) + 0.5) * scale - np.float32(0.5)
    cols = (np.arange(left, right, dtype=np.float32) + 0.5) * scale - np.float32(0.5)
    row0, row1 = _reach(rows, logits.shape[0])
    col0, col1 = _reach(cols, logits.shape[1])
    return logits[row0:row1, col0:col1], rows - np.float32(row0), cols - np.float32(col0)


def _reach(places: FloatArray, length: int) -> tuple[int, int]:
    first = min(max(int(np.floor(places[0])), 0), length - 1)
    return first, min(max(int(np.floor(places[-1])) + 2, first + 1), length)


def bilinear(values: FloatArray, rows: FloatArray, cols: FloatArray) -> FloatArray:
    """(R, C) values at rows × cols; beyond the outermost centres the value there."""
    row, next_row, row_share = _between(rows, values.shape[0])
    col, next_col, col_share = _between(cols, values.shape[1])
    along = values[:, col] * (np.float32(1.0) - col_share) + values[:, next_col] * col_share
    return np.asarray(along[row] * (np.float32(1.0) - row_share)[:, None] + along[next_row] * row_share[:, None])


def _between(places: FloatArray, length: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], FloatArray]:
    inside = np.clip(places, 0.0, length - 1)
    first = np.floor(inside).astype(np.int64)
    return first, np.minimum(first + 1, length - 1), (inside - first).astype(np.float32)
