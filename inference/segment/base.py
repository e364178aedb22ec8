"""The protocol that every segmenter fulfils, neural or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.models.card import ModelCard
from inference.plot.tile import Tile


@dataclass(frozen=True, slots=True)
class Proposal:
    """One crown as a segmenter sees it, in the cells of its tile.

    Attributes:
        row0, col0: place of the mask's first cell in the tile.
        mask: (h, w) bool.
        score: confidence, 0..1.
        anchor_rc: (row, column) in the tile by which the crown belongs to one tile's core: the treetop, or the box
            centre; fractions of a cell allowed.
        species_hints: class name to score, if the model tells classes.
    """

    row0: int
    col0: int
    mask: npt.NDArray[np.bool_]
    score: float
    anchor_rc: tuple[float, float]
    species_hints: Mapping[str, float] = field(default_factory=dict)


class Segmenter(Protocol):
    """Outlines the crowns of a tile. Stateless between tiles; may be called from a worker process."""

    @property
    def card(self) -> ModelCard:
        """Needs and origin; `gsd_m`, `core_m` and `halo_m` shape the tiles."""
        ...

    @property
    def parameters(self) -> Mapping[str, float | int | str | bool]:
        """The frozen parameters, recorded with the run and compared on resume."""
        ...

    def segment(self, tile: Tile, cancel: CancelToken) -> Sequence[Proposal]:
        """Crowns seen in the whole tile, halo included; the pipeline keeps those of the core.

        Deterministic: the same tile gives the same proposals in the same order. Looks at `cancel` at least twice a
        second.
        """
        ...
