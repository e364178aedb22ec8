"""Training tiles: picture, elevation and true crowns; how a tile is flipped, and how tiles become a batch."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from inference.errors import InputError
from inference.segment.elevation import ElevationScaling, scaled
from training.balsam.config import BalsamConfig
from training.balsam.truth import Truth

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TrainTile:
    """One tile.

    Attributes:
        rgb: (3, H, W) uint8.
        height_m: (H, W) float32, NaN where unknown: elevation, or canopy height for the scaling "canopy"; None without.
        truth: its crowns.
        cell_m: side of a cell.
    """

    rgb: npt.NDArray[np.uint8]
    height_m: FloatArray | None
    truth: Truth
    cell_m: float


@dataclass(frozen=True, slots=True)
class Batch:
    """What `losses` and `predict` take; `elevation` is None in a model without, `has_elevation` unless optional."""

    rgb: Tensor
    elevation: Tensor | None
    has_elevation: Tensor | None
    truths: list[Truth]


def flipped(tile: TrainTile, *, across: bool, down: bool, flip_elevation: bool) -> TrainTile:
    """The tile mirrored left to right (`across`) and top to bottom (`down`).

    Args:
        flip_elevation: False leaves elevation as it was, which is the authors' fault (specification 0.7): three of
            four of their samples were learnt with elevation that does not belong to the picture.
    """
    axes = tuple(axis for axis, wanted in ((-1, across), (-2, down)) if wanted)
    if not axes:
        return tile
    rows, columns = tile.rgb.shape[-2:]
    boxes = tile.truth.boxes.clone()
    if across:
        boxes[:, [0, 2]] = columns - boxes[:, [2, 0]]
    if down:
        boxes[:, [1, 3]] = rows - boxes[:, [3, 1]]
    height_m = tile.height_m
    if height_m is not None and flip_elevation:
        height_m = np.ascontiguousarray(np.flip(height_m, axes))
    return replace(
        tile,
        rgb=np.ascontiguousarray(np.flip(tile.rgb, axes)),
        height_m=height_m,
        truth=replace(
            tile.truth,
            boxes=boxes,
            masks=tile.truth.masks.flip(axes),
            labelled=None if tile.truth.labelled is None else tile.truth.labelled.flip(axes),
            owner=None if tile.truth.owner is None else tile.truth.owner.flip(axes),
        ),
    )


def randomly_flipped(tile: TrainTile, config: BalsamConfig, generator: torch.Generator) -> TrainTile:
    """Flip each way with probability one half, elevation as the config's repairs say."""
    across, down = (torch.rand(2, generator=generator) < 0.5).tolist()
    return flipped(tile, across=across, down=down, flip_elevation=config.repairs.flip_elevation)


def network_elevation(tile: TrainTile, config: BalsamConfig) -> FloatArray | None:
    """Elevation as the network takes it, (H, W), finite; None where the tile has none that could be used.

    The engine's own scaling, so that a network meets in use what it has learnt on. Holes and black cells are 0.
    """
    if tile.height_m is None:
        return None
    seen = (tile.rgb != 0).any(axis=0)
    return scaled(tile.height_m, seen, tile.cell_m, ElevationScaling(config.dsm_norm))


def batch_of(tiles: list[TrainTile], config: BalsamConfig) -> Batch:
    """Put tiles of the same size together.

    Raises:
        InputError: a tile has no elevation although the model cannot do without.
    """
    rgb = torch.from_numpy(np.stack([tile.rgb for tile in tiles])).float()
    truths = [tile.truth for tile in tiles]
    if not config.uses_dsm:
        return Batch(rgb, None, None, truths)
    layers = [network_elevation(tile, config) for tile in tiles]
    if not config.repairs.optional_dsm and any(layer is None for layer in layers):
        raise InputError(
            "balsam.no_elevation",
            "A tile has no elevation that could be used, and this model cannot do without. Leave the tile out, or "
            "use a model whose elevation is optional.",
        )
    empty = np.zeros(rgb.shape[-2:], np.float32)
    elevation = torch.from_numpy(np.stack([empty if layer is None else layer for layer in layers])).unsqueeze(1)
    if not config.repairs.optional_dsm:
        return Batch(rgb, elevation, None, truths)
    has = torch.tensor([float(layer is not None) for layer in layers])
    return Batch(rgb, elevation, has, truths)
