"""The trait models at hand, by the id that the command line and the window use."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from inference.errors import ModelError
from inference.models.card import ModelCard
from inference.models.store import ModelStore
from inference.traits.base import TraitModel

_OTHER_TASKS = {"crowns": "outlining plots", "prompt": "outlining what is clicked"}
PLAIN = "plain"  # needs no file: colour, texture and shape as numbers, to teach species on
NONE = "none"  # says that no model is wanted


def cards(store: ModelStore | None = None) -> tuple[ModelCard, ...]:
    """Cards of the trait models that measure crowns; `plain`, which only describes them, comes last."""
    installed = (store or ModelStore()).models("traits")
    without_files = tuple(make().card for make in BUILT_IN.values())
    return (*(model.card for model in installed if model.card.family in _families()), *without_files)


def is_for_all(card: ModelCard) -> bool:
    """Whether a model may be run when none is named; one whose card says "default" false answers for few forests."""
    return card.settings.get("default", True) is not False


def default_id(store: ModelStore | None = None) -> str | None:
    """The trait model when none is named: the one that comes with the program; None where none does.

    A model whose card says `settings["default"]` false is only run when it is named: it answers for few forests.
    """
    for model in (store or ModelStore()).models("traits"):
        if model.shipped and is_for_all(model.card) and model.card.family in _families():
            return model.card.id
    return None


def make_trait_model(model_id: str, store: ModelStore | None = None) -> TraitModel:
    """The trait model of an id, loaded; close it when done.

    Raises:
        ModelError: no such model, it does something else, or its files are damaged.
    """
    if model_id in BUILT_IN:
        return BUILT_IN[model_id]()
    model = (store or ModelStore()).get(model_id)
    known = _families()
    if model.card.task != "traits" or model.card.family not in known:
        raise ModelError(
            "model.task",
            "The model {model_id} does not measure crowns; it is one for {task}. Models that do: {known}.",
            model_id=model_id,
            task=_OTHER_TASKS.get(model.card.task, "something else"),
            known=", ".join(card.id for card in cards(store)),
        )
    if model.card.family == "taught":
        from inference.traits.taught import open_taught

        return open_taught(model)
    # Loads ONNX Runtime's session code, which a list of models does not need.
    from inference.traits.dinovtree import DinovtreeModel

    return DinovtreeModel(model)


def _families() -> frozenset[str]:
    return frozenset({"dinovtree", "taught"})


def _plain() -> TraitModel:
    from inference.traits.plain_embedding import PlainEmbedding

    model: TraitModel = PlainEmbedding()
    return model


# Those that need no file, by id; a new one is one line here (docs/extending.md).
BUILT_IN: Mapping[str, Callable[[], TraitModel]] = MappingProxyType({PLAIN: _plain})
