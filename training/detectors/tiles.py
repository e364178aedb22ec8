"""Tiles that a detector learns from: a piece of a plot, turned, lit and magnified, with what is true of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from inference.errors import InputError
from training.balsam.tiles import TrainTile
from training.balsam.truth import Truth
from training.data.augment import Piece, other_heights, other_light
from training.data.canvas import cut
from training.detectors.material import Ground
from training.detectors.network import Network

Float32 = NDArray[np.float32]

_LEAST_VISIBLE = 0.2  # as the authors' tiles: of which less shows is neither crown nor background
_LEAST_SIDE_PX = 1.0
_TRIES = 50


@dataclass(frozen=True, slots=True)
class TileMaker:
    """Draws tiles.

    Attributes:
        grounds: where they come from.
        network: which elevation it needs.
        side_px: of a tile.
        gsd_m: its cell.
        photometric: whether light and heights change, not the direction alone.
    """

    grounds: Sequence[Ground]
    network: Network
    side_px: int
    gsd_m: float
    photometric: bool

    def draw(self, number: int, rng: np.random.Generator) -> TrainTile:
        """A tile of ground `number`; of another one where this piece of it lacks the elevation that is needed.

        Raises:
            InputError: no piece has it.
        """
        for _ in range(_TRIES):
            tile = self._tile(self.grounds[number], rng)
            if not self.network.needs_dsm or self.network.scaled_elevation(tile) is not None:
                return tile
            number = int(rng.integers(len(self.grounds)))
        raise InputError(
            "train.little_elevation",
            "Nearly all of the ground has no elevation that could be used, and this kind of model cannot do without. "
            "Train another kind: rsprompter, maskrcnn or balsam-repaired.",
        )

    def _tile(self, ground: Ground, rng: np.random.Generator) -> TrainTile:
        piece = cut(ground.scales, self.side_px, self.side_px, rng)
        rgb, height_m = piece.rgb, piece.chm_m
        black = (rgb == 0).all(axis=0)
        if self.photometric:
            rgb = np.where(black, 0, np.clip(np.round(other_light(rgb, rng)), 1, 255)).astype(np.uint8)
            if piece.has_elevation and self.network.dsm_norm == "canopy":
                height_m = other_heights(height_m, rng)
        whole = self._padded(replace(piece, rgb=rgb, chm_m=height_m, complete=piece.complete | black))
        truth = truth_of(whole, ground)
        return TrainTile(whole.rgb, whole.chm_m if piece.has_elevation else None, truth, self.gsd_m)

    def _padded(self, piece: Piece) -> Piece:
        """Black at the right and below, which is background, as the host fills up a tile."""
        rows, columns = piece.complete.shape
        if (rows, columns) == (self.side_px, self.side_px):
            return piece
        fill = ((0, self.side_px - rows), (0, self.side_px - columns))
        return replace(
            piece,
            rgb=np.pad(piece.rgb, ((0, 0), *fill)),
            chm_m=np.pad(piece.chm_m, fill, constant_values=np.nan),
            owner=np.pad(piece.owner, fill),
            complete=np.pad(piece.complete, fill, constant_values=True),
        )


def truth_of(piece: Piece, ground: Ground) -> Truth:
    """Crowns of which enough shows; what is left of the others is neither crown nor background."""
    sides = piece.boxes[:, 2:] - piece.boxes[:, :2]
    shown = np.isin(np.arange(1, len(piece.boxes) + 1), np.unique(piece.owner))
    wanted = (piece.visible >= _LEAST_VISIBLE) & (sides >= _LEAST_SIDE_PX).all(axis=1) & shown
    slivers = np.isin(piece.owner, np.flatnonzero(~wanted) + 1)
    numbers = np.concatenate([[0], np.where(wanted, np.cumsum(wanted), 0)]).astype(np.int32)
    return Truth(
        torch.from_numpy(np.ascontiguousarray(piece.boxes[wanted], np.float32)),
        torch.from_numpy(ground.labels[piece.crowns[wanted]]),
        torch.zeros((0, *piece.owner.shape), dtype=torch.bool),
        torch.from_numpy(ground.outlined[piece.crowns[wanted]]),
        torch.from_numpy(np.ascontiguousarray(piece.complete & ~slivers)),
        torch.from_numpy(numbers[piece.owner]),
    )
