"""What a model card says about thresholds and sizes, read into values with types; and what a user may change of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from inference.errors import ModelError
from inference.models.card import ModelCard

Values = TypeVar("Values")


@dataclass(frozen=True, slots=True)
class DetectorParameters:
    """What a user may change of a detector, by name on the command line.

    Attributes:
        gsd_m: cell size of the tiles, metres; another one than the model was trained at makes trees look larger or
            smaller to it.
        score_thr: less likely detections are dropped, 0..1.
        nms_iou: of two boxes of one class with a larger IoU the less likely goes.
        max_per_img: crowns kept in and around a tile's core.
        mask_thr: cells more likely than this belong to the crown.
        score_with_iou: multiply the score by the model's own estimate of the mask's IoU, where it gives one.
        box_margin: a mask may reach out of its box by this share of the box's side.
        min_area_m2: smaller crowns are branches or noise.
        int8: use the model's smaller graphs, where it has them: faster, masks all but the same.
    """

    gsd_m: float
    score_thr: float = 0.05
    nms_iou: float = 0.5
    max_per_img: int = 100
    mask_thr: float = 0.5
    score_with_iou: bool = False
    box_margin: float = 0.25
    min_area_m2: float = 1.0
    int8: bool = False


def parameters_of(card: ModelCard) -> DetectorParameters:
    """The card's own values, the defaults where it has none.

    Raises:
        ModelError: a value in the card is of the wrong kind.
    """
    # Smaller graphs are the user's choice; under that name a card tells how far they change the masks.
    given = {**group(card, "rcnn"), **card.settings, "gsd_m": card.gsd_m, "int8": False}
    return from_card(DetectorParameters, given, card, defaults={"gsd_m": card.gsd_m})


def group(card: ModelCard, name: str) -> Mapping[str, Any]:
    """A list of settings inside the card's settings, such as "rpn"; empty where it is absent.

    Raises:
        ModelError: it is something else.
    """
    found = card.settings.get(name, {})
    if not isinstance(found, Mapping):
        raise _damaged(card, name, "is not a list of names and values")
    return found


def from_card(
    kind: type[Values], given: Mapping[str, Any], card: ModelCard, *, defaults: Mapping[str, Any] | None = None
) -> Values:
    """A dataclass of numbers, flags and tuples of numbers from a part of the card's settings.

    Args:
        kind: the dataclass; settings that it has no field for are left alone.
        given: settings by name.
        card: for the sentence of an error.
        defaults: values for fields that have no default of their own, or another one in this family.

    Raises:
        ModelError: a value is of the wrong kind.
    """
    values = dict(defaults or {})
    plain = {field.name: field.default for field in fields(kind)}  # type: ignore[arg-type]
    for name, own in plain.items():
        if name in given:
            values[name] = _fitting(given[name], values.get(name, own), card, name)
    return kind(**values)


def _fitting(value: Any, like: Any, card: ModelCard, name: str) -> Any:
    """The value as the type of `like`."""
    if isinstance(like, bool):
        if isinstance(value, bool):
            return value
        raise _damaged(card, name, "is neither true nor false")
    if isinstance(like, tuple):
        if isinstance(value, list | tuple) and all(_is_number(one) for one in value):
            return tuple(float(one) for one in value)
        raise _damaged(card, name, "is not a list of numbers")
    if not _is_number(value):
        raise _damaged(card, name, "is not a number")
    if isinstance(like, int):
        return int(value)
    return float(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12


def fingerprint(card: ModelCard) -> str:
    """16 hex digits that change with the weights and the card's settings: a run goes on only with the same ones."""
    parts = {role: entry.sha256 for role, entry in card.graphs.items()}
    text = json.dumps([parts, dict(card.settings), [one.name for one in card.classes]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _damaged(card: ModelCard, name: str, why: str) -> ModelError:
    return ModelError(
        "model.card_damaged",
        "The model card of {where} cannot be used: the setting {name} {why}. Nothing of the model was run. Get the "
        "model again, or ask whoever made it.",
        where=card.id,
        name=name,
        why=why,
    )
