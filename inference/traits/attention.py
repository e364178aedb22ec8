"""Where a trait model looks: its attention over the picture of one crown, for a person to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from inference.crowns.crown import Crown
from inference.errors import ModelError
from inference.jobs import CancelToken
from inference.models.store import InstalledModel, ModelStore
from inference.traits.crops import CropSize, read_crops
from inference.traits.dinovtree import FAMILY, DinovtreeModel

if TYPE_CHECKING:
    from inference.plot.plot import Plot

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Attention:
    """The picture that the model saw and where it looked in it.

    Attributes:
        rgb: (3, S, S) uint8, north up.
        weight: (h, w) float32 0..1, 1 where it looked most.
        crown: (S, S) bool, inside the outline.
        about: "species" or "height": what it was looking for.
    """

    rgb: npt.NDArray[np.uint8]
    weight: Floats
    crown: npt.NDArray[np.bool_]
    about: str


def candidates(store: ModelStore | None = None) -> tuple[InstalledModel, ...]:
    """Installed trait models that can tell where they look; the one that comes with the program first."""
    models = [
        model
        for model in (store or ModelStore()).models("traits")
        if model.card.family == FAMILY and model.card.settings.get("attention", True) is not False
    ]
    return tuple(sorted(models, key=lambda model: not model.shipped))


class AttentionReader:
    """A trait model that is kept loaded, because people go from crown to crown; for one thread at a time.

    Raises:
        ModelError: its files are damaged.
    """

    def __init__(self, model: InstalledModel) -> None:
        self.model_id = model.card.id
        self._model = DinovtreeModel(model, with_attention=True)

    def look(self, plot: Plot, crown: Crown, cancel: CancelToken | None = None) -> Attention:
        """Where the model looks on a crown.

        Raises:
            ModelError: this model's graph does not give its attention.
            Cancelled, RasterError: as reading does.
        """
        token = cancel or CancelToken()
        crop = next(iter(read_crops(plot, [crown], CropSize.of(self._model.card), token)))
        found = self._model.predict([crop], token)
        maps = (("species", found.attention_species), ("height", found.attention_height))
        for about, attention in maps:
            if attention is not None:
                return Attention(crop.rgb, _scaled(attention[0]), crop.crown, about)
        raise ModelError(
            "model.attention",
            "The model {model_id} does not tell where it looks. Convert it again with this version of BirchTree.",
            model_id=self.model_id,
        )

    def close(self) -> None:
        """Free the weights."""
        self._model.close()


def _scaled(weight: Floats) -> Floats:
    low, high = float(weight.min()), float(weight.max())
    return (weight - low) / np.float32(max(high - low, 1e-12))
