"""A tile as the arrays that a detector's encoder takes: square, padded with black, elevation beside the picture."""

import logging

import numpy as np
import numpy.typing as npt

from inference.errors import ModelError
from inference.models.card import ModelCard
from inference.plot.tile import Tile
from inference.segment.detection.settings import from_card
from inference.segment.elevation import SCALINGS, ElevationScaling, network_elevation

FloatArray = npt.NDArray[np.float32]

_logger = logging.getLogger(__name__)

_SIDE_MULTIPLE = 32


def scaling_of(card: ModelCard) -> ElevationScaling:
    """How the model wants its elevation.

    Raises:
        ModelError: the card names a way that this version does not know.
    """
    mode = card.settings.get("dsm_norm", "max")
    if not isinstance(mode, str) or mode not in SCALINGS:
        raise ModelError(
            "model.dsm_norm",
            "The model {model_id} wants its elevation scaled by {mode}, which this BirchTree does not know; it knows "
            "{known}. Update BirchTree, or convert the model again.",
            model_id=card.id,
            mode=mode,
            known=", ".join(SCALINGS),
        )
    numbers = {name: value for name, value in card.settings.items() if name != "mode"}
    return from_card(ElevationScaling, numbers, card, defaults={"mode": mode})


def encoder_feeds(
    tile: Tile, card: ModelCard, scaling: ElevationScaling, inputs: frozenset[str]
) -> dict[str, FloatArray] | None:
    """The arrays for an encoder, or None when it cannot do without elevation and the tile has none.

    Args:
        tile: at most `card.tile_px` cells a side; smaller ones are padded with 0 at the right and below, as the
            authors' tiles are.
        card: of the model.
        scaling: of the elevation.
        inputs: names of the encoder's inputs: "rgb", and maybe "elevation" and "has_elevation".

    Raises:
        ModelError: the tile is larger than the model's input.
    """
    height, width = tile.valid.shape
    side = card.tile_px or -(-max(height, width) // _SIDE_MULTIPLE) * _SIDE_MULTIPLE
    if max(height, width) > side:
        raise ModelError(
            "model.tile_size",
            "The model {model_id} takes tiles of {side} cells a side, but its card asks for tiles of {found}. Convert "
            "the model again.",
            model_id=card.id,
            side=side,
            found=max(height, width),
        )
    rgb = np.zeros((1, 3, side, side), dtype=np.float32)
    rgb[0, :, :height, :width] = tile.rgb
    feeds = {"rgb": rgb}
    if "elevation" in inputs:
        heights = network_elevation(tile, scaling)
        if heights is None and "has_elevation" not in inputs:
            _logger.warning(
                "tile %d is left out: the model %s works with elevation, and the surface model has none here",
                tile.index,
                card.id,
            )
            return None
        elevation = np.zeros((1, 1, side, side), dtype=np.float32)
        if heights is not None:
            elevation[0, 0, :height, :width] = heights
        feeds["elevation"] = elevation
        if "has_elevation" in inputs:
            feeds["has_elevation"] = np.array([heights is not None], dtype=np.float32)
    return feeds
