"""What an encoder is fed with: imagery with its gaps filled, and elevation where the model takes it."""

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt

from inference.errors import ModelError
from inference.models.card import ModelCard, setting_number
from inference.plot.tile import Tile
from inference.segment.elevation import SCALINGS, ElevationScaling, network_elevation

FloatArray = npt.NDArray[np.float32]

RGB, ELEVATION, ELEVATION_M, HAS_ELEVATION = "rgb", "elevation", "elevation_m", "has_elevation"
METRES = "metres"
"""The `dsm_norm` of models that take the canopy height in metres as it is, -1 where it is unknown."""
UNKNOWN_M = -1.0

# SAM's mean colour: what its own loader pads pictures with (there after normalisation, which makes it 0).
_SAM_MEAN = (123.675, 116.28, 103.53)


def reads_elevation(card: ModelCard) -> bool:
    """Whether the encoder looks at elevation."""
    return card.uses_dsm or card.needs_dsm


def encoder_feeds(tile: Tile, card: ModelCard, inputs: Collection[str]) -> dict[str, npt.NDArray[Any]]:
    """Arrays for an encoder's inputs.

    Args:
        tile: square, `card.tile_px` cells a side.
        card: of the model.
        inputs: names that the graph has.

    Raises:
        ModelError: the model needs elevation and the plot has none, or the graph asks for something unknown.
    """
    unknown = sorted(set(inputs) - {RGB, ELEVATION, ELEVATION_M, HAS_ELEVATION})
    if unknown:
        raise ModelError(
            "prompt.encoder_input",
            "The encoder of the model {id} asks for {names}, which BirchTree does not know. Update BirchTree, or "
            "convert the model again.",
            id=card.id,
            names=", ".join(unknown),
        )
    feeds: dict[str, npt.NDArray[Any]] = {RGB: filled_rgb(tile, card)[None]}
    asked = {ELEVATION, ELEVATION_M} & set(inputs)
    if not asked:
        return feeds
    planes, has_elevation = _elevation(tile, card, inputs)
    is_optional = HAS_ELEVATION in inputs or _wants_metres(card, inputs)
    if not has_elevation and (card.needs_dsm or not is_optional):
        raise no_elevation(card)
    feeds |= dict.fromkeys(asked, planes[None, None])
    if HAS_ELEVATION in inputs:
        feeds[HAS_ELEVATION] = np.asarray([float(has_elevation)], np.float32)
    return feeds


def _elevation(tile: Tile, card: ModelCard, inputs: Collection[str]) -> tuple[FloatArray, bool]:
    """(H, W) float32 as the model wants it, and whether any of it is known."""
    if _wants_metres(card, inputs):
        height_m = heights(tile)
        return height_m, bool((height_m >= 0.0).any())
    scaled = network_elevation(tile, elevation_scaling(card))
    return (np.zeros(tile.grid.shape, np.float32), False) if scaled is None else (scaled, True)


def _wants_metres(card: ModelCard, inputs: Collection[str]) -> bool:
    return ELEVATION_M in inputs or card.settings.get("dsm_norm") == METRES


def heights(tile: Tile) -> FloatArray:
    """(H, W) float32 canopy height in metres, -1 where it is unknown."""
    if tile.chm_m is None:
        return np.full(tile.grid.shape, np.float32(UNKNOWN_M))
    return np.where(np.isfinite(tile.chm_m), tile.chm_m, np.float32(UNKNOWN_M)).astype(np.float32)


def filled_rgb(tile: Tile, card: ModelCard) -> FloatArray:
    """(3, H, W) float32 of 0..255; where the plot has no data the colour that the model takes for nothing."""
    rgb = tile.rgb.astype(np.float32)
    if not tile.valid.all():
        rgb[:, ~tile.valid] = _fill_colour(card)[:, None]
    return rgb


def _fill_colour(card: ModelCard) -> FloatArray:
    said = card.settings.get("fill_rgb", list(_SAM_MEAN) if card.family == "sam" else [0.0, 0.0, 0.0])
    if isinstance(said, list) and len(said) == 3 and all(isinstance(one, int | float) for one in said):
        return np.asarray(said, np.float32)
    raise _damaged(card, f"fill_rgb is {said} instead of three numbers")


def elevation_scaling(card: ModelCard) -> ElevationScaling:
    """How a model wants elevation, from its card; the canopy height where the card does not say.

    Raises:
        ModelError: the card says something that is not known.
    """
    mode = card.settings.get("dsm_norm", "canopy")
    if not isinstance(mode, str) or mode not in SCALINGS:
        raise _damaged(card, f"dsm_norm is {mode} instead of one of {', '.join([*SCALINGS, METRES])}")
    plain = ElevationScaling(mode)
    return ElevationScaling(
        mode,
        canopy_scale_m=setting_number(card, "canopy_scale_m", plain.canopy_scale_m),
        relief_scale_m=setting_number(card, "relief_scale_m", plain.relief_scale_m),
        relief_radius_m=setting_number(card, "relief_radius_m", plain.relief_radius_m),
    )


def no_elevation(card: ModelCard) -> ModelError:
    """The error for a plot without elevation and a model that needs it."""
    return ModelError(
        "prompt.no_elevation",
        "The model {id} needs elevation, and there is none here. Add a surface model (DSM) to the plot, or choose a "
        "model that works without.",
        id=card.id,
    )


def _damaged(card: ModelCard, why: str) -> ModelError:
    return ModelError(
        "model.card_damaged",
        "The model card of {where} cannot be used: {why}. Get the model again, or ask whoever made it.",
        where=card.id,
        why=why,
    )
