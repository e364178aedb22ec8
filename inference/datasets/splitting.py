"""Which ground of some surveys goes to training, validation and test: the plan of a set, before any tile is cut."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from inference.datasets import places
from inference.datasets.surveys import Survey
from inference.errors import InputError

_SMALLEST_BLOCK_M = 5.0
_BLOCKS_M = (60.0, 40.0, 30.0, 20.0, 15.0)  # a crown is 5 to 15 m wide: smaller blocks would be nothing but borders
_FEWEST_HELD_OUT = 3  # crowns in a split; figures of fewer say nothing


@dataclass(frozen=True, slots=True)
class DatasetOptions:
    """How to make a training set.

    Attributes:
        gsd_m: cell of the tiles.
        tile_px: their side; `overlap` the share of it that neighbours have in common.
        least_visible: crowns of which less shows are not annotated (BalSAM: 0.2).
        shares: crowns for training, validation and test.
        apart_m: surveys nearer to each other are one place.
        block_m: side of the blocks that few places are cut into.
        seed: of the split.
        classes: "label" takes each crown's class, "tree" calls all of them Tree.
    """

    gsd_m: float = 0.1
    tile_px: int = 512
    overlap: float = 0.25
    least_visible: float = 0.2
    shares: tuple[float, float, float] = (0.7, 0.15, 0.15)
    apart_m: float = 50.0
    block_m: float = 60.0
    seed: int = 0
    classes: str = "tree"

    def __post_init__(self) -> None:
        """Refuse what makes no tiles.

        Raises:
            InputError: with the value that cannot be.
        """
        if not 0.005 <= self.gsd_m <= 2.0 or not 64 <= self.tile_px <= 4096:
            raise InputError(
                "dataset.tile",
                "Tiles of {tile_px} cells of {gsd_m} m cannot be made. Use 64 to 4096 cells of 0.005 to 2 m.",
                tile_px=self.tile_px,
                gsd_m=self.gsd_m,
            )
        if not 0.0 <= self.overlap <= 0.9 or not 0.0 < self.least_visible <= 1.0:
            raise InputError(
                "dataset.overlap",
                "An overlap of {overlap} or a least visible share of {least_visible} cannot be: use 0 to 0.9, and more "
                "than 0 up to 1.",
                overlap=self.overlap,
                least_visible=self.least_visible,
            )
        if not self.block_m >= _SMALLEST_BLOCK_M or not self.apart_m >= 0.0:
            raise InputError(
                "dataset.block",
                "Blocks of {block_m} m, {apart_m} m apart, cannot be: use at least {least} m for a block.",
                block_m=self.block_m,
                apart_m=self.apart_m,
                least=_SMALLEST_BLOCK_M,
            )
        if not all(0.0 <= share < math.inf for share in self.shares) or self.shares[0] <= 0.0:
            raise InputError(
                "dataset.shares",
                "The shares {shares} cannot be: training needs more than 0, the others at least 0.",
                shares=", ".join(str(share) for share in self.shares),
            )


@dataclass(frozen=True, slots=True)
class SetPlan:
    """Which ground goes where: blocks and their splits, in how many places, and what was shared out."""

    blocks: tuple[places.Block, ...]
    splits: tuple[str, ...]
    places: int
    split_by: str

    def crowns(self) -> dict[str, int]:
        """Crowns with their middle in the ground of each split, of "train", "valid" and "test"."""
        return {
            split: sum(block.crowns for block, own in zip(self.blocks, self.splits, strict=True) if own == split)
            for split in places.SPLITS
        }


def plan_set(surveys: Sequence[Survey], options: DatasetOptions) -> SetPlan:
    """Share out the complete areas of all surveys; those without one are left out."""
    used = [number for number, survey in enumerate(surveys) if not survey.complete.is_empty]
    grounds = [
        places.Ground(surveys[number].complete.bounds, surveys[number].crs_wkt, surveys[number].unit_m)
        for number in used
    ]
    numbers = places.places_of(grounds, options.apart_m).tolist()
    by_place = places.enough_places(numbers)
    blocks: list[places.Block] = []
    for place in sorted(set(numbers)):
        members = [row for row, own in enumerate(numbers) if own == place]
        cells = [] if by_place else places.lattice([grounds[row] for row in members], options.block_m)
        for order, row in enumerate(members):
            survey = surveys[used[row]]
            middles = np.array([crown.outline.centroid for crown in survey.crowns], object)
            if by_place:
                blocks.append(places.whole_block(used[row], place, survey.complete, middles))
            else:
                blocks += places.blocks_of(used[row], place, survey.complete, middles, cells[order])
    splits = places.shared_out(blocks, options.shares, seed=options.seed, by_place=by_place)
    return SetPlan(tuple(blocks), tuple(splits), len(set(numbers)), "place" if by_place else "block")


def fitted_blocks(surveys: Sequence[Survey], options: DatasetOptions) -> DatasetOptions | None:
    """The options with the largest blocks that leave crowns for training, validation and test.

    Few plots are cut into blocks; on small ones the usual blocks of 60 m leave nothing to be examined on.

    Returns:
        None where no size of block does: there is too little ground.
    """
    sizes = [options.block_m, *(size for size in _BLOCKS_M if size < options.block_m)]
    for block_m in sizes:
        fitted = replace(options, block_m=block_m)
        if min(plan_set(surveys, fitted).crowns().values()) >= _FEWEST_HELD_OUT:
            return fitted
    return None
