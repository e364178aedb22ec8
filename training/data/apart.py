"""Refuses training sets whose splits show the same ground: the model would be examined on what it learned."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from affine import AffineError

from inference.errors import InputError
from inference.plot.frame import apply_affine
from inference.plot.small_raster import read_small

_MOST_SHARED = 0.01  # of the smaller tile's labelled cells: borders of blocks run through cells


@dataclass(frozen=True, slots=True)
class LabelledGround:
    """Where one tile is labelled: bounds (left, bottom, right, top) of it, and the raster that tells it exactly."""

    split: str
    name: str
    raster: Path
    crs_wkt: str
    bounds_crs: tuple[float, ...]
    cell_crs: float


def check_apart(grounds: Sequence[LabelledGround]) -> None:
    """Look at every pair of a training tile and one of the other splits in the same CRS.

    Raises:
        InputError: two share labelled ground.
    """
    train = [ground for ground in grounds if ground.split == "train"]
    others = [ground for ground in grounds if ground.split != "train"]
    tree = shapely.STRtree([_inner(ground) for ground in train])
    for other in others:
        for row in sorted(tree.query(_inner(other), predicate="intersects").tolist()):
            if train[row].crs_wkt == other.crs_wkt and _share_ground(train[row], other):
                raise InputError(
                    "train.splits_overlap",
                    "The tile {first} ({first_set}) shows ground that is in the training tile {second} ({second_set}): "
                    "the model would be examined on what it learned. Make one set of all plots with `birchtree "
                    "dataset`.",
                    first=other.raster.name,
                    first_set=other.name,
                    second=train[row].raster.name,
                    second_set=train[row].name,
                )


def _inner(ground: LabelledGround) -> shapely.Geometry:
    """The bounds without half a cell all around: neighbours may touch."""
    return shapely.box(*ground.bounds_crs).buffer(-0.5 * ground.cell_crs, join_style="mitre")


def _share_ground(first: LabelledGround, second: LabelledGround) -> bool:
    """Whether cells that are labelled in one are so in the other: bounds say too much of odd shapes."""
    try:
        one, other = read_small(first.raster), read_small(second.raster)
        mine, theirs = one.planes[0] > 0, other.planes[0] > 0
        from_px, to_px = one.transform, ~other.transform
    except (OSError, ValueError, AffineError):
        return False  # told when the tile is read
    rows, columns = np.nonzero(mine)
    middles = np.column_stack([columns + 0.5, rows + 0.5])
    across, down = np.floor(apply_affine(to_px, apply_affine(from_px, middles))).astype(int).T
    inside = (across >= 0) & (down >= 0) & (across < theirs.shape[1]) & (down < theirs.shape[0])
    shared = int(theirs[down[inside], across[inside]].sum())
    return shared > _MOST_SHARED * max(min(len(rows), int(theirs.sum())), 1)
