"""All segmenters by id: which there are, which fits a plot, and how their parameters are changed by name."""

import math
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TypeVar

from inference.errors import InputError, ModelError
from inference.models.card import ModelCard
from inference.segment.base import Segmenter
from inference.segment.valley import ValleyParameters, ValleySegmenter
from inference.segment.watershed import WatershedParameters, WatershedSegmenter

Settings = TypeVar("Settings", WatershedParameters, ValleyParameters)

Override = str | float | int | bool

# Without them there are no cells, no tiles, no crowns.
_POSITIVE = frozenset({"gsd_m", "core_m", "max_diameter_m"})
# Compared with brightness and greenness, which have both signs.
_SIGNED = frozenset({"crown_floor", "min_greenness"})


def cards() -> tuple[ModelCard, ...]:
    """The cards of all segmenters."""
    return (WatershedSegmenter().card, ValleySegmenter().card)


def default_id(*, has_dsm: bool) -> str:
    """The segmenter for a plot when none is named."""
    return "watershed" if has_dsm else "valley"


def make_segmenter(model_id: str, overrides: Mapping[str, Override] | None = None) -> Segmenter:
    """A segmenter with its default parameters, some of them changed.

    Args:
        model_id: see `cards`.
        overrides: values by parameter name; text is read as the parameter's type.

    Raises:
        ModelError: there is no such segmenter.
        InputError: there is no such parameter, or the value does not fit it.
    """
    match model_id:
        case "watershed":
            return WatershedSegmenter(_changed(WatershedParameters(), model_id, overrides or {}))
        case "valley":
            return ValleySegmenter(_changed(ValleyParameters(), model_id, overrides or {}))
        case _:
            raise ModelError(
                "model.unknown",
                "There is no model {model_id}. These can outline crowns: {known}.",
                model_id=model_id,
                known=", ".join(card.id for card in cards()),
            )


def check_requirements(card: ModelCard, *, has_dsm: bool) -> None:
    """Say before a run that the plot lacks what the model needs.

    Raises:
        ModelError: the model needs a DSM and the plot has none.
    """
    if card.needs_dsm and not has_dsm:
        raise ModelError(
            "model.needs_dsm",
            "The model {model_id} needs a surface model (DSM), and this plot has none. Add one with --dsm, or use "
            "--model {other}, which works on the orthomosaic alone.",
            model_id=card.id,
            other=default_id(has_dsm=False),
        )


def _changed(settings: Settings, model_id: str, overrides: Mapping[str, Override]) -> Settings:
    """The parameters with some of them replaced."""
    defaults = asdict(settings)
    unknown = sorted(overrides.keys() - defaults.keys())
    if unknown:
        raise InputError(
            "model.parameter_unknown",
            "The model {model_id} has no parameter {name}. It has {known}.",
            model_id=model_id,
            name=unknown[0],
            known=", ".join(defaults),
        )
    return replace(settings, **{name: _number(name, value) for name, value in overrides.items()})


def _number(name: str, value: Override) -> float:
    """A parameter's value: all of them are lengths, areas or fractions."""
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if name in _SIGNED and math.isfinite(number):
        return number
    if not (math.isfinite(number) and (number > 0.0 or (number == 0.0 and name not in _POSITIVE))):
        raise InputError(
            "model.parameter_value",
            "{value} is no value for {name}, which must be a number {least}.",
            value=value,
            name=name,
            least="above 0" if name in _POSITIVE else "of at least 0",
        )
    return number
