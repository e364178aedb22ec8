"""How good the shipped traits model is where it did not learn: places held out, forests that it never saw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inference.evaluation.traits import species_scores
from inference.models.card import ModelClass, Setting
from inference.traits.calibration import softmax
from inference.traits.domain import MIN_PLOT_CROWNS
from inference.traits.fewshot import SpeciesHead
from inference.traits.species import SpeciesCall, call_species
from inference.traits.taxonomy import RANKS, Rank, standard

Float32 = NDArray[np.float32]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]

_RANKS: tuple[Rank, ...] = tuple(rank for rank in RANKS if rank != "class")
MARKS: tuple[int | None, ...] = (5, 20, None)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """N crowns that a model did not see, and what it said of them.

    Attributes:
        allowed: (N, K) classes that each may be; none where nothing is known.
        plot: (N,) where each stands.
        logits: (N, K).
        ood: (N,) share of training crowns that lie nearer.
    """

    allowed: Bools
    plot: NDArray[np.str_]
    logits: Float32
    ood: NDArray[np.float32]

    @property
    def label(self) -> Ints:
        """(N,) the class of crowns that can be one alone, -1 for the others."""
        return np.where(self.allowed.sum(axis=1) == 1, self.allowed.argmax(axis=1), -1)

    def chosen(self, which: Bools) -> "HeldOut":
        """Some of the crowns."""
        return HeldOut(self.allowed[which], self.plot[which], self.logits[which], self.ood[which])


def species_figures(held: HeldOut, species: int) -> dict[str, float]:
    """Macro F1 and accuracy on crowns of the first classes, which are species; any other answer is a miss."""
    guess, label = held.logits.argmax(axis=1), held.label
    known = (label >= 0) & (label < species)
    found = species_scores(np.where(guess < species, guess, -1)[known], label[known], species)
    return {"macro_f1": found.macro_f1, "accuracy": found.accuracy, "crowns": float(known.sum())}


def leaf_figures(held: HeldOut, classes: Sequence[ModelClass]) -> dict[str, float]:
    """How often the leaf type is right, by the summed probabilities, and the mean of both types' shares."""
    leaves = [standard().resolve(one.name).leaf for one in classes]
    p = softmax(held.logits)
    conifer = p[:, [leaf == "conifer" for leaf in leaves]].sum(axis=1)
    broad = p[:, [leaf == "broadleaf" for leaf in leaves]].sum(axis=1)
    true = np.array([_leaf_of(row, leaves) for row in held.allowed], object)
    right = np.where(conifer >= broad, "conifer", "broadleaf") == true
    known = true != ""
    shares = [float(right[true == leaf].mean()) for leaf in ("conifer", "broadleaf") if (true == leaf).any()]
    return {"accuracy": float(right[known].mean()), "balanced": float(np.mean(shares)), "crowns": float(known.sum())}


def calls_of(held: HeldOut, classes: Sequence[ModelClass], settings: Mapping[str, Setting]) -> tuple[SpeciesCall, ...]:
    """What a user would be told, with the card's temperature, thresholds and limits of strangeness."""
    by_rank = settings["abstain_below_by_rank"]
    assert isinstance(by_rank, dict)
    limits = {rank: float(str(by_rank[rank])) for rank in _RANKS if rank in by_rank}
    p = softmax(held.logits, float(str(settings["temperature"])))
    unlike = (held.ood >= float(str(settings["abstain_beyond"]))) | strange_plots(held, settings)
    return call_species(p, classes, abstain_below=limits, unlike=unlike, unlike_have_leaves=False)


def strange_plots(held: HeldOut, settings: Mapping[str, Setting]) -> Bools:
    """(N,) whether each crown's plot is strange as a whole, as `inference.traits.domain.is_strange_plot` says."""
    limit = float(str(settings["abstain_plot_beyond"]))
    strange = np.zeros(len(held.plot), bool)
    for name in np.unique(held.plot):
        mine = held.plot == name
        strange[mine] = mine.sum() >= MIN_PLOT_CROWNS and float(np.median(held.ood[mine])) >= limit
    return strange


def answers_by_rank(
    calls: Sequence[SpeciesCall], held: HeldOut, classes: Sequence[ModelClass]
) -> dict[str, dict[str, float]]:
    """Share of the crowns that get a name of each rank, and how many of these names are right; "all" together."""
    told: dict[str, list[bool]] = {}
    count = 0
    for row, call in zip(held.allowed, calls, strict=True):
        possible = {standard().resolve(one.name) for one, may in zip(classes, row, strict=True) if may}
        count += bool(possible)
        if possible and call.rank is not None and call.name is not None:
            is_right = any(taxon.at(call.rank) == call.name for taxon in possible)
            for rank in (call.rank, "all"):
                told.setdefault(rank, []).append(is_right)
    return {rank: {"share": len(right) / max(count, 1), "right": float(np.mean(right))} for rank, right in told.items()}


def strangers(held: HeldOut, classes: Sequence[ModelClass], settings: Mapping[str, Setting]) -> dict[str, float]:
    """Crowns of a forest that was not learned: how many are found strange, and how many get a name all the same."""
    calls = calls_of(held, classes, settings)
    beyond = held.ood >= float(str(settings["abstain_beyond"]))
    found = {
        "crowns": float(len(calls)),
        "crowns_strange": float(beyond.mean()),
        "on_strange_plots": float(strange_plots(held, settings).mean()),
        "told_anything": float(np.mean([call.name is not None for call in calls])),
    }
    answers = answers_by_rank(calls, held, classes)
    return {**found, **({"right_where_told": answers["all"]["right"]} if "all" in answers else {})}


def few_shot(values: Float32, label: Ints, fold: Ints, seeds: int) -> dict[str, list[float]]:
    """Teach heads on some marks of the other folds and test them on each fold: macro F1, mean and spread over seeds.

    Args:
        values: (N, D) embeddings.
        label: (N,) species, -1 is left out.
        fold: (N,) of each crown.
        seeds: draws of the marks.
    """
    names = [ModelClass(str(one)) for one in range(int(label.max()) + 1)]
    rows: dict[str, list[float]] = {}
    for marks in MARKS:
        found = []
        for seed in range(seeds if marks else 1):
            guess = np.full(len(label), -1)
            for number in np.unique(fold).tolist():
                chosen = _marks(label, fold != number, marks, np.random.default_rng((seed, number)))
                head = SpeciesHead.fit(values[chosen], [names[one] for one in label[chosen].tolist()])
                columns = np.array([int(one.name) for one in head.classes])
                test = (fold == number) & (label >= 0)
                guess[test] = columns[head.scores(values[test]).argmax(axis=1)]
            known = label >= 0
            found.append(species_scores(guess[known], label[known], len(names)).macro_f1)
        rows["all" if marks is None else str(marks)] = [float(np.mean(found)), float(np.std(found))]
    return rows


def _leaf_of(allowed: Bools, leaves: Sequence[str | None]) -> str:
    """The one leaf type that a crown can have; "" where it may be either."""
    possible = {leaf for leaf, may in zip(leaves, allowed, strict=True) if may}
    return next(iter(possible)) or "" if len(possible) == 1 else ""


def _marks(label: Ints, within: Bools, count: int | None, rng: np.random.Generator) -> Ints:
    """Positions of so many crowns of each species."""
    chosen: list[int] = []
    for one in np.unique(label[within & (label >= 0)]).tolist():
        mine = np.flatnonzero(within & (label == one))
        chosen += mine.tolist() if count is None else rng.permutation(mine)[:count].tolist()
    return np.array(chosen, np.intp)
