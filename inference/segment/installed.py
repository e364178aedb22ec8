"""Segmenters that are made of an installed model: which program part runs a model, and what it lets a user change."""

import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol, cast

from inference.errors import ModelError
from inference.models.card import ModelCard
from inference.models.store import InstalledModel
from inference.segment.base import Segmenter


class SegmenterOfModel(Protocol):
    """A class whose segmenters are made of an installed model."""

    def defaults(self, card: ModelCard) -> Any:
        """A frozen dataclass of numbers and flags: what a user may change, with the card's own values."""
        ...

    def __call__(self, model: InstalledModel, parameters: Any) -> Segmenter:
        """The segmenter; nothing of the model is loaded before its first tile."""
        ...


@dataclass(frozen=True, slots=True)
class _Place:
    module: str
    name: str

    def load(self) -> SegmenterOfModel:
        return cast(SegmenterOfModel, getattr(importlib.import_module(self.module), self.name))


# By the card's family. Loaded when asked for: most people use one of them.
_FAMILIES: Mapping[str, _Place] = MappingProxyType(
    {
        "balsam": _Place("inference.segment.balsam.segmenter", "BalsamSegmenter"),
        "balsam2": _Place("inference.segment.balsam2", "Balsam2Segmenter"),
        "maskrcnn": _Place("inference.segment.maskrcnn.segmenter", "MaskRcnnSegmenter"),
    }
)
# Methods that work with any promptable model, by the first part of their id.
_METHODS: Mapping[str, _Place] = MappingProxyType(
    {
        "sam-automatic": _Place("inference.segment.sam.automatic", "SamAutomaticSegmenter"),
        "sam-treetops": _Place("inference.segment.sam.treetops", "SamTreetopsSegmenter"),
    }
)
METHODS = tuple(_METHODS)


def segmenter_class(card: ModelCard) -> SegmenterOfModel:
    """What runs the crown models of a card's family.

    Raises:
        ModelError: this version knows no such family.
    """
    if not is_known(card):
        raise ModelError(
            "model.family",
            "The model {model_id} is of the kind {family}, which this BirchTree cannot run; it can run {known}. Update "
            "BirchTree, or use another model.",
            model_id=card.id,
            family=card.family,
            known=", ".join(_FAMILIES),
        )
    return _FAMILIES[card.family].load()


def is_known(card: ModelCard) -> bool:
    """Whether this version can run the card's family."""
    place = _FAMILIES.get(card.family)
    return place is not None and importlib.util.find_spec(place.module) is not None


def method_class(method: str) -> SegmenterOfModel:
    """What runs a method of `METHODS` with a promptable model."""
    return _METHODS[method].load()


def no_prompt_model(method: str) -> ModelError:
    """Why a method cannot be used when no promptable model is installed."""
    return ModelError(
        "model.sam_missing",
        "The method {method} needs a Segment Anything model, and none is installed. Get one with `birchtree models "
        "download sam-vit-b`, or convert a checkpoint with `birchtree models convert`.",
        method=method,
    )


def bare_card(method: str) -> ModelCard:
    """What a list shows of a method when no promptable model is installed."""
    kind = cast(Any, method_class(method))
    return ModelCard(
        id=method,
        task="crowns",
        title=f"{kind.TITLE} with a Segment Anything model",
        gsd_m=0.0,
        core_m=0.0,
        halo_m=0.0,
        needs_dsm=kind.NEEDS_DSM,
        source=kind.SOURCE,
        licence="as the model",
        family="sam",
        uses_dsm=kind.NEEDS_DSM,
    )
