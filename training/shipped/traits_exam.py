"""How good the shipped traits model is where it did not learn: places held out, forests that it never saw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inference.crowns.crown import Crown
from inference.evaluation.traits import height_scores, species_scores
from inference.jobs import CancelToken
from inference.models.card import ModelClass, Setting
from inference.plot.plot import Plot
from inference.traits.calibration import expected_calibration_error, softmax
from inference.traits.crops import CropSize, read_crops
from inference.traits.fewshot import SpeciesHead
from inference.traits.plain_embedding import PlainEmbedding
from inference.traits.species import SpeciesCall, call_species
from inference.traits.taxonomy import RANKS, Rank, standard
from training.data.field_plots import FieldPlot
from training.traits.crowns import CrownPool
from training.traits.examine import Answers

_RANKS: tuple[Rank, ...] = tuple(rank for rank in RANKS if rank != "class")
MARKS: tuple[int | None, ...] = (5, 20, None)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Crowns that a fold's model did not see, and what it said of them.

    Attributes:
        pool: the crowns.
        told: by the model of their fold.
        ood: (N,) share of training crowns that lie nearer.
    """

    pool: CrownPool
    told: Answers
    ood: NDArray[np.float32]


def species_figures(held: HeldOut, species: Sequence[int]) -> dict[str, float]:
    """Macro F1 and accuracy on crowns of the species that are classes, anything else said counting as a miss."""
    label = np.where(np.isin(held.pool.label, list(species)), held.pool.label, -1)
    guess = held.told.logits.argmax(axis=1)
    number = np.full(held.told.logits.shape[1], -1)
    number[list(species)] = np.arange(len(species))
    known = label >= 0
    found = species_scores(number[guess[known]], number[label[known]], len(species))
    return {"macro_f1": found.macro_f1, "accuracy": found.accuracy, "crowns": float(known.sum())}


def leaf_figures(held: HeldOut, classes: Sequence[ModelClass]) -> dict[str, float]:
    """How often the leaf type is right, by the summed probabilities, and the mean of both types' shares."""
    leaves = [standard().resolve(one.name).leaf for one in classes]
    p = softmax(held.told.logits)
    conifer = p[:, [leaf == "conifer" for leaf in leaves]].sum(axis=1)
    broad = p[:, [leaf == "broadleaf" for leaf in leaves]].sum(axis=1)
    true = np.array([_leaf_of(row, leaves) for row in held.pool.allowed], object)
    right = np.where(conifer >= broad, "conifer", "broadleaf") == true
    known = true != ""
    shares = [float(right[true == leaf].mean()) for leaf in ("conifer", "broadleaf") if (true == leaf).any()]
    return {"accuracy": float(right[known].mean()), "balanced": float(np.mean(shares)), "crowns": float(known.sum())}


def height_figures(height_m: NDArray[np.floating], true_m: NDArray[np.floating]) -> dict[str, float]:
    """RMSE, bias and mean absolute error, metres."""
    found = height_scores(height_m, true_m)
    return {"rmse_m": found.rmse_m, "bias_m": found.bias_m, "mae_m": found.mae_m, "crowns": float(found.count)}


def calls_of(held: HeldOut, classes: Sequence[ModelClass], settings: Mapping[str, Setting]) -> tuple[SpeciesCall, ...]:
    """What a user would be told, with the card's temperature, thresholds and limit of strangeness."""
    temperature, beyond = settings["temperature"], settings["abstain_beyond"]
    by_rank = settings["abstain_below_by_rank"]
    assert isinstance(temperature, float)
    assert isinstance(beyond, float)
    assert isinstance(by_rank, dict)
    limits = {rank: float(str(by_rank[rank])) for rank in _RANKS if rank in by_rank}
    p = softmax(held.told.logits, temperature)
    return call_species(p, classes, abstain_below=limits, unlike=held.ood >= beyond)


def answers_by_rank(
    calls: Sequence[SpeciesCall], pool: CrownPool, classes: Sequence[ModelClass]
) -> dict[str, dict[str, float | None]]:
    """Share of crowns that get a name of each rank, and how many of these names are right."""
    told: dict[str, list[bool]] = {}
    count = 0
    for row, call in zip(pool.allowed, calls, strict=True):
        possible = {standard().resolve(one.name) for one, may in zip(classes, row, strict=True) if may}
        if not possible:
            continue
        count += 1
        if call.rank is not None and call.name is not None:
            told.setdefault(call.rank, []).append(any(taxon.at(call.rank) == call.name for taxon in possible))
    return {rank: {"share": len(right) / max(count, 1), "right": float(np.mean(right))} for rank, right in told.items()}


def strangers(calls: Sequence[SpeciesCall], ood: NDArray[np.floating], beyond: float) -> dict[str, float]:
    """Crowns of a forest that was not learned: how many are found strange, and how many get a name all the same."""
    finer = [call.rank in ("species", "genus", "family") for call in calls]
    return {
        "crowns": float(len(calls)),
        "found_strange": float((ood >= beyond).mean()),
        "species_genus_or_family_told": float(np.mean(finer)),
        "broadleaf_told": float(np.mean([call.name == "broadleaf" for call in calls])),
        "conifer_told": float(np.mean([call.name == "conifer" for call in calls])),
        "nothing_told": float(np.mean([call.name is None for call in calls])),
    }


def few_shot(
    values: Sequence[NDArray[np.float32]], label: NDArray[np.intp], fold: NDArray[np.intp], seeds: int
) -> dict[str, list[float]]:
    """Teach heads on some marks of the other folds and test them on each fold: macro F1, mean and spread over seeds.

    Args:
        values: for each fold the embeddings (N, D) by a model that did not see it.
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
            for number, embedding in enumerate(values):
                chosen = _marks(label, fold != number, marks, np.random.default_rng((seed, number)))
                head = SpeciesHead.fit(embedding[chosen], [names[one] for one in label[chosen].tolist()])
                columns = np.array([int(one.name) for one in head.classes])
                test = (fold == number) & (label >= 0)
                guess[test] = columns[head.scores(embedding[test]).argmax(axis=1)]
            known = (label >= 0) & (fold < len(values))
            found.append(species_scores(guess[known], label[known], len(names)).macro_f1)
        rows["all" if marks is None else str(marks)] = [float(np.mean(found)), float(np.std(found))]
    return rows


def plain_embeddings(plots: Sequence[FieldPlot]) -> dict[str, NDArray[np.float32]]:
    """Numbers of the embedding `plain` for each crown, by the plot's name: what needs no training to compare with."""
    model = PlainEmbedding()
    rows = {}
    for plot in plots:
        crowns = [Crown(number + 1, outline) for number, outline in enumerate(plot.boxes)]
        with Plot.open(plot.sources, check=False) as survey:
            crops = list(read_crops(survey, crowns, CropSize.of(model.card)))
        found = model.predict(crops, CancelToken()).embedding
        assert found is not None
        table = np.full((len(crowns), found.shape[1]), np.nan, np.float32)
        table[[crop.tree_id - 1 for crop in crops]] = found
        rows[plot.name] = table
    return rows


def calibration_error(held: HeldOut, temperature: float) -> float:
    """Gap between confidence and accuracy on the crowns whose class is known."""
    known = held.pool.label >= 0
    return expected_calibration_error(softmax(held.told.logits[known], temperature), held.pool.label[known])


def _leaf_of(allowed: NDArray[np.bool_], leaves: Sequence[str | None]) -> str:
    """The one leaf type that a crown can have; "" where it may be either."""
    possible = {leaf for leaf, may in zip(leaves, allowed, strict=True) if may}
    return next(iter(possible)) or "" if len(possible) == 1 else ""


def _marks(
    label: NDArray[np.intp], within: NDArray[np.bool_], count: int | None, rng: np.random.Generator
) -> NDArray[np.intp]:
    """Positions of so many crowns of each species."""
    chosen: list[int] = []
    for one in np.unique(label[within & (label >= 0)]).tolist():
        mine = np.flatnonzero(within & (label == one))
        chosen += mine.tolist() if count is None else rng.permutation(mine)[:count].tolist()
    return np.array(chosen, np.intp)
