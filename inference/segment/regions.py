"""Labelled regions of a tile, one at a time: the part around the treetop, and its size."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

_CHECK_EVERY = 64


@dataclass(frozen=True, slots=True)
class Region:
    """One crown's cells.

    Attributes:
        label: its number in the label image.
        row0, col0: place of the mask's first cell.
        mask: (h, w) bool, connected over edges of cells, no empty row or column around; holes are left to the pipeline.
    """

    label: int
    row0: int
    col0: int
    mask: BoolArray


@dataclass(frozen=True, slots=True)
class Size:
    """How large and how round a region is.

    `fullness` is its area over that of its bounding box: 0.79 for a disc, less for a ragged or curved one.
    `roundness` is the shorter over the longer side of the bounding box.
    """

    area_m2: float
    length_m: float
    fullness: float
    roundness: float


def around(labels: npt.NDArray[np.int32], tops: IntArray, cancel: CancelToken) -> Iterator[Region]:
    """The part of each region that holds its treetop, in the order of the labels.

    Args:
        labels: (H, W) int32, region k belongs to `tops[k - 1]`.
        tops: (N, 2) rows and columns; a top that is not in its region yields nothing.
        cancel: looked at now and then.
    """
    from scipy import ndimage
    from skimage.measure import label as connected

    parts = connected(labels, connectivity=1)  # type: ignore[no-untyped-call]
    at_top = np.zeros(len(tops) + 1, dtype=parts.dtype)
    at_top[1:] = parts[tops[:, 0], tops[:, 1]]
    at_top[1:][labels[tops[:, 0], tops[:, 1]] != np.arange(1, len(tops) + 1)] = -1
    whole = np.where(parts == at_top[labels], labels, 0)
    cancel.check()
    for label, box in enumerate(ndimage.find_objects(whole, len(tops)), start=1):
        if label % _CHECK_EVERY == 0:
            cancel.check()
        if box is not None:
            yield Region(label, box[0].start, box[1].start, whole[box] == label)


def size_of(region: Region, cell_m: float) -> Size:
    """Size and roundness of a region."""
    height, width = region.mask.shape
    cells = int(region.mask.sum())
    return Size(
        area_m2=cells * cell_m**2,
        length_m=max(height, width) * cell_m,
        fullness=cells / (height * width),
        roundness=min(height, width) / max(height, width),
    )


def window(region: Region) -> tuple[slice, slice]:
    """Where the region's mask lies in the tile."""
    height, width = region.mask.shape
    return slice(region.row0, region.row0 + height), slice(region.col0, region.col0 + width)
