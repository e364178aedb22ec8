"""The embedding that needs no model: colour, texture, height and size of a crown, to teach species on at once.

It tells no species and no height of its own. A head taught on it (`birchtree species teach`) is worth what the
measurements in docs/models/species.md say, which is far less than a trained trait model, and more than a guess.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.models.card import MODEL_FREE, ModelCard
from inference.traits import plain_features
from inference.traits.base import CrownCrop, TraitBatch

MODEL_ID = "plain"
VERSION = "plain-1"  # changes whenever a number changes: heads taught on another version no longer fit
_MARGIN_CELLS = 8  # around the crown, so that filters do not see the border of the picture

CARD = ModelCard(
    id=MODEL_ID,
    task="traits",
    title="Plain numbers of each crown (colour, texture, height, size), to teach species on; needs no model",
    gsd_m=0.1,
    core_m=16.0,
    halo_m=0.0,
    needs_dsm=False,
    source="BirchTree",
    licence="Apache-2.0",
    family=MODEL_FREE,
    version=VERSION,
    tile_px=160,
    uses_dsm=True,
    accuracy="IDTReeS, 11 species, places held out: macro F1 0.23 with 5 marks a species, 0.26 with 20 "
    "(docs/models/species.md)",
    limits="Knows no species until it is taught, and then only those of plots flown alike: light, season and camera "
    "change its numbers.",
)


class PlainEmbedding:
    """A trait model without weights; deterministic and stateless."""

    @property
    def card(self) -> ModelCard:
        """Needs and origin."""
        return CARD

    @property
    def model_key(self) -> str:
        """The version of the numbers."""
        return VERSION

    def predict(self, crops: Sequence[CrownCrop], cancel: CancelToken) -> TraitBatch:
        """Embeddings of the crops; heights are NaN and there are no logits.

        Raises:
            Cancelled: the user stopped it.
        """
        rows = np.zeros((len(crops), len(names())), np.float32)
        for place, crop in enumerate(crops):
            cancel.check()
            rows[place] = list(describe(crop).values())
        unknown = np.full(len(crops), np.nan, np.float32)
        return TraitBatch(unknown, np.zeros((len(crops), 0), np.float32), rows)

    def close(self) -> None:
        """Nothing is held."""


def describe(crop: CrownCrop) -> dict[str, float]:
    """The numbers of one crown by name, always the same names in the same order; all finite."""
    inside = plain_features.cells_of_crown(crop.crown, crop.valid)
    rows, cols = _window(inside)
    rgb = crop.rgb.astype(np.float32) / np.float32(255.0)
    chm_m = None if crop.chm_m is None else crop.chm_m[rows, cols]
    near, cells = rgb[:, rows, cols], inside[rows, cols]
    found: dict[str, float] = {
        **plain_features.colour(near, cells),
        **plain_features.texture(near.mean(axis=0), cells),
        **plain_features.height(chm_m, cells, crop.gsd_m),
        **plain_features.size(crop.crown, crop.gsd_m),
        **plain_features.around(rgb, crop.chm_m, crop.crown, crop.valid),
    }
    return finite(found)


@cache
def names() -> tuple[str, ...]:
    """What the numbers of an embedding are, in their order."""
    cells = np.ones((32, 32), np.bool_)
    return tuple(describe(CrownCrop(0, np.zeros((3, 32, 32), np.uint8), cells, None, cells, CARD.gsd_m)))


def finite(numbers: Mapping[str, float]) -> dict[str, float]:
    """The numbers with 0 where a crown without texture makes one infinite or none."""
    return {name: value if np.isfinite(value) else 0.0 for name, value in numbers.items()}


def _window(inside: npt.NDArray[np.bool_]) -> tuple[slice, slice]:
    """Rows and columns of the crown with some cells around it."""
    rows, cols = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    return (
        slice(max(0, int(rows[0]) - _MARGIN_CELLS), int(rows[-1]) + _MARGIN_CELLS + 1),
        slice(max(0, int(cols[0]) - _MARGIN_CELLS), int(cols[-1]) + _MARGIN_CELLS + 1),
    )
