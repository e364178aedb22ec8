"""The protocol that every trait model fulfils."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.models.card import ModelCard

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class CrownCrop:
    """Imagery and elevation around one crown.

    Attributes:
        tree_id: whose crop it is.
        rgb: (3, S, S) uint8, north up; the crown's centroid lies at most half a cell off the middle. Cells without
            data show the reflection of the data beside them.
        valid: (S, S) bool, True where the orthomosaic has data.
        chm_m: (S, S) float32 metres, NaN where unknown; None without a DSM, or for a model that does not use it.
        crown: (S, S) bool, True inside the outline.
        gsd_m: side of a cell.
    """

    tree_id: int
    rgb: npt.NDArray[np.uint8]
    valid: npt.NDArray[np.bool_]
    chm_m: Floats | None
    crown: npt.NDArray[np.bool_]
    gsd_m: float


@dataclass(frozen=True, slots=True)
class TraitBatch:
    """What a trait model says of N crowns.

    Attributes:
        height_m: (N,) float32, NaN where the model does not tell heights.
        logits: (N, K) float32 before the softmax, one column per class of the card; (N, 0) when it tells no species.
        embedding: (N, E) float32, the feature that the species are told from; None when the model gives none.
        ood: (N,) float32 0..1, how unlike the training crowns each one is (the share of them that lie nearer); None
            when the model cannot tell.
        attention_species, attention_height: (N, h, w) float32, where the model looked; None when it does not say.
    """

    height_m: Floats
    logits: Floats
    embedding: Floats | None = None
    ood: Floats | None = None
    attention_species: Floats | None = None
    attention_height: Floats | None = None


class TraitModel(Protocol):
    """Measures crowns from crops: height, species or both."""

    @property
    def card(self) -> ModelCard:
        """Needs and origin; `core_m` is the side of the crop on the ground, `gsd_m` its cell size."""
        ...

    @property
    def model_key(self) -> str:
        """Tells these weights from others under the same id: the start of the graph's SHA-256, or a version."""
        ...

    def predict(self, crops: Sequence[CrownCrop], cancel: CancelToken) -> TraitBatch:
        """Traits of the crops, in their order.

        Raises:
            Cancelled: the user stopped it.
            ModelError: the model does not work here, or gives no usable numbers.
        """
        ...

    def close(self) -> None:
        """Give back the memory that the model holds."""
        ...


def side_px(card: ModelCard) -> int:
    """Cells along a side of the crops that a model wants."""
    return card.tile_px or max(1, round(card.core_m / card.gsd_m))


def footprint_m(card: ModelCard) -> float:
    """Side of the crops on the ground, metres."""
    return card.core_m or card.gsd_m * card.tile_px
