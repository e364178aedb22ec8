"""The protocol that every trait model fulfils."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.models.card import ModelCard


@dataclass(frozen=True, slots=True)
class CrownCrop:
    """Imagery and elevation around one crown.

    Attributes:
        tree_id: whose crop it is.
        rgb: (3, S, S) uint8, north up, centred on the crown.
        valid: (S, S) bool.
        chm_m: (S, S) float32 metres, NaN where unknown; None without a DSM.
        crown: (S, S) bool, True inside the outline.
        gsd_m: side of a cell.
    """

    tree_id: int
    rgb: npt.NDArray[np.uint8]
    valid: npt.NDArray[np.bool_]
    chm_m: npt.NDArray[np.float32] | None
    crown: npt.NDArray[np.bool_]
    gsd_m: float


@dataclass(frozen=True, slots=True)
class TraitBatch:
    """What a trait model says of N crowns.

    Attributes:
        height_m: (N,) float32, NaN where the model does not tell heights.
        height_sd_m: (N,) float32 standard deviation, NaN where unknown.
        classes: scientific names, the columns of `species_p`; empty when the model tells no species.
        species_p: (N, len(classes)) float32, rows sum to 1.
    """

    height_m: npt.NDArray[np.float32]
    height_sd_m: npt.NDArray[np.float32]
    classes: tuple[str, ...]
    species_p: npt.NDArray[np.float32]


class TraitModel(Protocol):
    """Measures crowns from crops: height, species or both."""

    @property
    def card(self) -> ModelCard:
        """Needs and origin; `core_m` is the side of the crop on the ground, `gsd_m` its cell size."""
        ...

    def predict(self, crops: Sequence[CrownCrop], cancel: CancelToken) -> TraitBatch:
        """Traits of the crops, in their order."""
        ...
