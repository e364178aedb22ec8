"""What is examined: every segmenter of the product, and models that were trained without a fold or without a site."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from inference.errors import InputError
from inference.models.card import FILE_NAME, ModelCard
from inference.models.card_reading import read_card
from inference.models.store import ModelStore
from inference.segment import registry
from inference.segment.base import Segmenter
from inference.traits.base import TraitModel
from inference.traits.registry import make_trait_model

Exam = Literal["not trained", "unseen plots", "unseen site", "has seen these plots", "unknown training"]

_FOLD, _WITHOUT, _ALL = "fold", "without_", "all"


@dataclass(frozen=True, slots=True)
class Source:
    """A model by its id in a store; the store of a folder holds that one model."""

    model_id: str
    store: ModelStore

    def segmenter(self) -> Segmenter:
        """As `birchtree segment --model ID` makes it, with the card's own thresholds."""
        return registry.make_segmenter(self.model_id, store=self.store)

    def trait_model(self) -> TraitModel:
        """As `birchtree measure --model ID` makes it; close it when done."""
        return make_trait_model(self.model_id, self.store)


@dataclass(frozen=True, slots=True)
class Models:
    """The models that stand for one way of training.

    Attributes:
        name: in the tables.
        whole: scores any plot: model-free, installed, or trained on everything; None where there are only folds.
        by_fold: fold to the model that was trained without it; scores the plots of that fold.
        without: site to the model that was trained without it ("sjer" for both years).
        card: what the whole, or any of them, says of itself.
    """

    name: str
    card: ModelCard
    whole: Source | None = None
    by_fold: Mapping[int, Source] = field(default_factory=dict)
    without: Mapping[str, Source] = field(default_factory=dict)

    def for_plot(self, fold: int) -> Source | None:
        """What may score a plot of a fold; None where the model of that fold is not there yet."""
        return self.by_fold.get(fold) if self.by_fold else self.whole

    def for_samples(self) -> tuple[Source, ...]:
        """What scores pictures that belong to no fold: the model of everything, else that of each fold."""
        return (self.whole,) if self.whole is not None else tuple(self.by_fold.values())

    def exam(self, site: str) -> Exam:
        """What a score on the plots of a site can prove."""
        if self.by_fold:
            return "unseen plots"
        if not self.card.graphs:
            return "not trained"
        if not self.card.site:
            return "unknown training"
        return "has seen these plots" if stem(site) in self.card.site.lower() else "unseen site"


def stem(site: str) -> str:
    """The site of a survey, without its year."""
    return site.partition("_")[0]


def product_models(asked: Sequence[str] | None = None, store: ModelStore | None = None) -> list[Models]:
    """Every segmenter that this computer can run, or those asked for by id; model-free ones first.

    Raises:
        ModelError: there is no segmenter of a name.
    """
    store = store or ModelStore()
    cards = {card.id: card for card in registry.cards(store)}
    if asked is None:
        return [Models(name, card, Source(name, store)) for name, card in cards.items()]
    return [Models(name, registry.make_segmenter(name, store=store).card, Source(name, store)) for name in asked]


def trained_models(folder: Path, links: Path) -> Models:
    """The models of a folder: `fold0` ... for cross-validation, `without_SITE`, and `all` for pictures of no fold.

    Args:
        folder: each of its parts is a model's folder, or holds one; any of them may be missing.
        links: an empty folder, which gets a store for each model: a store wants folders that are called as models are.

    Raises:
        InputError: the folder holds no model.
        ModelError: a model in it is damaged.
    """
    by_fold: dict[int, Source] = {}
    without: dict[str, Source] = {}
    whole = None
    cards: list[ModelCard] = []
    for part in sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []:
        number = part.name.removeprefix(_FOLD)
        if not (number.isdigit() or part.name.startswith(_WITHOUT) or part.name == _ALL):
            continue
        source, card = _source(part, links / part.name)
        cards.append(card)
        if part.name == _ALL:
            whole = source
        elif number.isdigit():
            by_fold[int(number)] = source
        else:
            without[part.name.removeprefix(_WITHOUT)] = source
    if not cards:
        raise InputError(
            "accuracy.no_models",
            "{folder} holds no models. It needs the folders fold0, fold1 ... (each with a card.json) of models that "
            "were trained without that fold, and may hold without_SITE and all.",
            folder=folder,
        )
    return Models(f"{cards[0].id} ({folder.name})", cards[0], whole, by_fold, without)


def _source(part: Path, links: Path) -> tuple[Source, ModelCard]:
    holders = [part] if (part / FILE_NAME).is_file() else [path.parent for path in sorted(part.glob(f"*/{FILE_NAME}"))]
    if len(holders) != 1:
        raise InputError(
            "accuracy.model_folder",
            "{folder} holds {count} models; it must hold one, with its card.json.",
            folder=part,
            count=len(holders),
        )
    card = read_card(holders[0])
    links.mkdir(parents=True)
    (links / card.id).symlink_to(holders[0].resolve(), target_is_directory=True)
    return Source(card.id, ModelStore([links])), card
