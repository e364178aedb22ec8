"""All segmenters by id: which there are, which fits a plot, and how their parameters are changed by name."""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from inference.errors import InputError, ModelError
from inference.models.card import ModelCard
from inference.models.store import InstalledModel, ModelStore
from inference.segment import installed
from inference.segment.base import Segmenter
from inference.segment.valley import ValleySegmenter
from inference.segment.watershed import WatershedSegmenter

Settings = TypeVar("Settings")

Override = str | float | int | bool

# Without them there are no cells, no tiles, no crowns.
_POSITIVE = frozenset({"gsd_m", "core_m", "max_diameter_m", "max_per_img", "points_per_side", "min_distance_m"})
# Compared with brightness and greenness, which have both signs.
_SIGNED = frozenset({"crown_floor", "min_greenness"})
_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})


# The model-free ones: a class whose settings have defaults, so that a new one is one line here (docs/extending.md).
BUILT_IN: Mapping[str, type[WatershedSegmenter] | type[ValleySegmenter]] = MappingProxyType(
    {"watershed": WatershedSegmenter, "valley": ValleySegmenter}
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A segmenter that a user may choose.

    Attributes:
        card: its needs and origin.
        reason: why it cannot be used now, in a sentence that says what to do; "" when it can.
    """

    card: ModelCard
    reason: str = ""


def cards(store: ModelStore | None = None) -> tuple[ModelCard, ...]:
    """The cards of all segmenters that can be used: model-free ones, installed models, methods with a SAM.

    Args:
        store: the installed models; those of this computer by default.
    """
    return tuple(choice.card for choice in choices(store) if not choice.reason)


def choices(store: ModelStore | None = None, *, has_dsm: bool | None = None) -> tuple[Choice, ...]:
    """All segmenters, those that cannot be used with the reason.

    Args:
        store: as for `cards`.
        has_dsm: whether the plot has one; None when there is no plot to look at.
    """
    store = store or ModelStore()
    found = [Choice(kind().card) for kind in BUILT_IN.values()]
    found += [_choice(model.card.id, model, store) for model in store.models("crowns")]
    prompting = _prompting(store)
    for method in installed.METHODS:
        found += [_choice(f"{method}:{model.card.id}", model, store) for model in prompting]
        if not prompting:
            found.append(Choice(installed.bare_card(method), str(installed.no_prompt_model(method))))
    if has_dsm is None:
        return tuple(found)
    return tuple(choice if choice.reason else _for_plot(choice, store, has_dsm=has_dsm) for choice in found)


def default_id(*, has_dsm: bool, store: ModelStore | None = None) -> str:
    """The segmenter for a plot when none is named: the model shipped with the program, where it fits."""
    for model in (store or ModelStore()).models("crowns"):
        if model.shipped and installed.is_known(model.card) and (has_dsm or not model.card.needs_dsm):
            return model.card.id
    return "watershed" if has_dsm else "valley"


def make_segmenter(
    model_id: str, overrides: Mapping[str, Override] | None = None, *, store: ModelStore | None = None
) -> Segmenter:
    """A segmenter with its default parameters, some of them changed.

    Args:
        model_id: see `cards`. A method with a promptable model is written METHOD:MODEL; without :MODEL it takes the
            first one installed.
        overrides: values by parameter name; text is read as the parameter's type.
        store: the installed models; those of this computer by default.

    Raises:
        ModelError: there is no such segmenter, it is damaged, or it needs a model that is not installed.
        InputError: there is no such parameter, or the value does not fit it.
    """
    changes = overrides or {}
    if model_id in BUILT_IN:
        plain: Callable[..., Segmenter] = BUILT_IN[model_id]
        return plain(_changed(BUILT_IN[model_id]().settings, model_id, changes))
    store = store or ModelStore()
    method, _, asked = model_id.partition(":")
    if method in installed.METHODS:
        kind, model = installed.method_class(method), _prompt_model(method, asked, store)
    else:
        model = _crown_model(model_id, store)
        kind = installed.segmenter_class(model.card)
    return kind(model, _changed(kind.defaults(model.card), model_id, changes))


def check_requirements(card: ModelCard, *, has_dsm: bool, store: ModelStore | None = None) -> None:
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
            other=default_id(has_dsm=False, store=store),
        )


def _choice(model_id: str, model: InstalledModel, store: ModelStore) -> Choice:
    try:
        return Choice(make_segmenter(model_id, store=store).card)
    except ModelError as error:
        return Choice(model.card, str(error))


def _for_plot(choice: Choice, store: ModelStore, *, has_dsm: bool) -> Choice:
    try:
        check_requirements(choice.card, has_dsm=has_dsm, store=store)
    except ModelError as error:
        return Choice(choice.card, str(error))
    return choice


def _prompting(store: ModelStore) -> list[InstalledModel]:
    """Models made for prompts; crown models that can be asked too have their own way of finding crowns."""
    return [model for model in store.models("prompt") if model.card.task == "prompt"]


def _prompt_model(method: str, asked: str, store: ModelStore) -> InstalledModel:
    """The promptable model of a name, or the first one."""
    prompting = _prompting(store)
    if not prompting:
        raise installed.no_prompt_model(method)
    for model in prompting:
        if asked in ("", model.card.id):
            return model
    raise _unknown(f"{method}:{asked}", store)


def _crown_model(model_id: str, store: ModelStore) -> InstalledModel:
    """The installed model of a name.

    Raises:
        ModelError: there is none, it is damaged, or it is not for outlining plots.
    """
    try:
        model = store.get(model_id)
    except ModelError as error:
        if error.code == "model.unknown":
            raise _unknown(model_id, store) from error
        raise
    if model.card.task != "crowns":
        raise ModelError(
            "model.wrong_task",
            "The model {model_id} does not outline plots: its task is {task}. These can: {known}.",
            model_id=model_id,
            task=model.card.task,
            known=", ".join(card.id for card in cards(store)),
        )
    return model


def _unknown(model_id: str, store: ModelStore) -> ModelError:
    return ModelError(
        "model.unknown",
        "There is no model {model_id}. These can outline crowns: {known}.",
        model_id=model_id,
        known=", ".join(card.id for card in cards(store)),
    )


def _changed(settings: Settings, model_id: str, overrides: Mapping[str, Override]) -> Settings:
    """The parameters with some of them replaced."""
    defaults: dict[str, Any] = asdict(settings)  # type: ignore[call-overload]  # a frozen dataclass of any kind
    unknown = sorted(overrides.keys() - defaults.keys())
    if unknown:
        raise InputError(
            "model.parameter_unknown",
            "The model {model_id} has no parameter {name}. It has {known}.",
            model_id=model_id,
            name=unknown[0],
            known=", ".join(defaults),
        )
    changes = {name: _value(name, value, defaults[name]) for name, value in overrides.items()}
    return replace(settings, **changes)  # type: ignore[type-var]


def _value(name: str, value: Override, like: object) -> float | int | bool:
    """A parameter's value, of the type of its default."""
    if isinstance(like, bool):
        return _flag(name, value)
    number = _number(name, value)
    if not isinstance(like, int):
        return number
    if number != int(number):
        raise InputError(
            "model.parameter_value",
            "{value} is no value for {name}, which must be a whole number.",
            value=value,
            name=name,
        )
    return int(number)


def _flag(name: str, value: Override) -> bool:
    word = str(value).lower()
    if word not in _YES | _NO:
        raise InputError(
            "model.parameter_value", "{value} is no value for {name}, which is true or false.", value=value, name=name
        )
    return word in _YES


def _number(name: str, value: Override) -> float:
    """A number: all of them are lengths, areas, counts or fractions."""
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
