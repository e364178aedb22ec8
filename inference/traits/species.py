"""Names crowns from class probabilities: the finest name that is sure enough, and how often such a name is right.

A crown that might be a red or a white oak is still an oak. Probabilities of the classes are summed up the tree of
names, and the finest rank whose best name passes its threshold is answered: species, genus, family, leaf type, or
nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.errors import InputError, ModelError
from inference.models.card import ModelCard, ModelClass, Setting, setting_number
from inference.traits.calibration import expected_calibration_error, fit_temperature, softmax
from inference.traits.taxonomy import Rank, Taxon, Taxonomy, standard

Floats = npt.NDArray[np.floating]
Ints = npt.NDArray[np.integer]
Thresholds = Mapping[Rank, float]

ABSTAIN_BELOW = 0.5
TOP = 5
NEVER = 1.01  # a threshold that no probability passes
# The ranks that are answered, finest first; at the first, each class stands for itself whatever its own rank.
_LADDER: tuple[Rank, ...] = ("species", "genus", "family", "leaf")


@dataclass(frozen=True, slots=True)
class SpeciesCall:
    """What is said of one crown.

    Attributes:
        name: species, genus, family, leaf type, "dead", or None when nothing is sure enough.
        code: of the name, "" when there is none.
        rank: of the name ("class" for "dead" and other names outside of the tree of names); None without a name.
        probability: of the name, summed over the classes below it; without a name that of the best leaf type.
        abstained: whether the best class itself was not sure enough.
        entropy: of the probabilities, 0 (certain) to 1 (every class alike).
        top: the likeliest classes with their probabilities, falling.
    """

    name: str | None
    code: str
    rank: Rank | None
    probability: float
    abstained: bool
    entropy: float
    top: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class _Rung:
    """One rank: the names there, and which classes are summed into each."""

    names: tuple[Taxon, ...]
    members: npt.NDArray[np.float64]  # (K, names) 0 or 1


def call_species(
    p: Floats,
    classes: Sequence[ModelClass],
    *,
    taxonomy: Taxonomy | None = None,
    abstain_below: float | Thresholds = ABSTAIN_BELOW,
    top: int = TOP,
    unlike: npt.NDArray[np.bool_] | None = None,
    unlike_have_leaves: bool = True,
) -> tuple[SpeciesCall, ...]:
    """Name crowns.

    Args:
        p: (N, K) calibrated probabilities, rows sum to 1.
        classes: the K classes; names that the taxonomy does not know are classes of their own, never summed.
        taxonomy: the tree of names; None for the packaged one.
        abstain_below: what a name's summed probability must reach, for every rank or by rank; a rank that is left out
            is never answered.
        top: how many classes to list.
        unlike: (N,) True for crowns unlike all that the model was taught with: however sure it is of their species,
            they get a leaf type at most.
        unlike_have_leaves: False where not even the leaf type of such crowns can be told.

    Raises:
        ModelError: `p` has another number of columns than there are classes.
    """
    p = np.asarray(p, np.float64)
    if p.ndim != 2 or p.shape[1] != len(classes):
        raise ModelError(
            "species.class_count",
            "The model tells {columns} classes but its card names {classes}. Get the model again, or ask whoever "
            "made it.",
            columns=p.shape[1] if p.ndim == 2 else 0,
            classes=len(classes),
        )
    if not len(classes) or not len(p):
        return tuple(SpeciesCall(None, "", None, 0.0, True, 0.0, ()) for _ in range(len(p)))
    limits = _limits(abstain_below)
    rungs = ladder(classes, taxonomy or standard())
    sums = [p @ rung.members for rung in rungs]
    best = [np.argmax(one, axis=1) if one.shape[1] else np.zeros(len(p), np.intp) for one in sums]
    spread = entropy(p)
    order = np.argsort(-p, axis=1, kind="stable")[:, : max(top, 1)]
    names = [one.name for one in classes]
    first_of_unlike = len(rungs) - 1 if unlike_have_leaves else len(rungs)
    calls = []
    for row in range(len(p)):
        listed = tuple((names[column], float(p[row, column])) for column in order[row].tolist()[:top])
        first = first_of_unlike if unlike is not None and unlike[row] else 0
        calls.append(_call(row, first, rungs, sums, best, limits, float(spread[row]), listed))
    return tuple(calls)


def _call(
    row: int,
    first: int,
    rungs: Sequence[_Rung],
    sums: Sequence[npt.NDArray[np.float64]],
    best: Sequence[npt.NDArray[np.intp]],
    limits: Sequence[float],
    spread: float,
    listed: tuple[tuple[str, float], ...],
) -> SpeciesCall:
    """The finest rung, from `first` on, that is sure enough for one crown."""
    probability = 0.0
    for step, (rung, limit) in enumerate(zip(rungs, limits, strict=True)):
        if step < first or not rung.names:
            continue
        place = int(best[step][row])
        probability = min(float(sums[step][row, place]), 1.0)
        if probability >= limit:
            taxon = rung.names[place]
            return SpeciesCall(taxon.name, taxon.code, taxon.rank, probability, step > 0, spread, listed)
    return SpeciesCall(None, "", None, probability, True, spread, listed)


def ladder(classes: Sequence[ModelClass], taxonomy: Taxonomy) -> tuple[_Rung, ...]:
    """The classes as they are, then the genera, families and leaf types that they belong to."""
    taxa = [taxonomy.resolve(one.name) for one in classes]
    own = tuple(
        # The model's own spelling and code stay; the tree of names only adds what lies above.
        Taxon(one.name, taxon.rank, one.code or taxon.code, taxon.genus, taxon.family, taxon.leaf)
        for one, taxon in zip(classes, taxa, strict=True)
    )
    rungs = [_Rung(own, np.eye(len(classes)))]
    for rank in _LADDER[1:]:
        above = [taxon.at(rank) for taxon in taxa]
        names = list(dict.fromkeys(name for name in above if name is not None))
        members = np.array([[float(one == name) for name in names] for one in above]).reshape(len(classes), len(names))
        rungs.append(_Rung(tuple(taxonomy.resolve(name) for name in names), members))
    return tuple(rungs)


def _limits(abstain_below: float | Thresholds) -> tuple[float, ...]:
    if isinstance(abstain_below, Mapping):
        return tuple(float(abstain_below.get(rank, NEVER)) for rank in _LADDER)
    return (float(abstain_below),) * len(_LADDER)


def entropy(p: Floats) -> npt.NDArray[np.float64]:
    """(N,) Shannon entropy as a share of its highest value ln K; 0 for a single class."""
    p = np.asarray(p, np.float64)
    if p.shape[1] < 2:
        return np.zeros(len(p))
    # p ln p is 0 at p = 0.
    terms = np.where(p > 0, p * np.log(np.where(p > 0, p, 1.0)), 0.0)
    return np.asarray(np.clip(-terms.sum(axis=1) / np.log(p.shape[1]), 0.0, 1.0))


def threshold_for(confidence: Floats, right: npt.NDArray[np.bool_], precision: float) -> float:
    """The lowest threshold above which answers on validation crowns are right often enough.

    Among the thresholds at which, of the crowns at or above it, at least the share `precision` is right, the one that
    answers for the most crowns.

    Args:
        confidence: (N,) probability of the answer.
        right: (N,) whether it was right.
        precision: wanted share of right answers, 0..1.

    Returns:
        The threshold; `NEVER` when no threshold reaches the precision.
    """
    if len(confidence) == 0:
        return NEVER
    order = np.argsort(-np.asarray(confidence, np.float64), kind="stable")
    values = np.asarray(confidence, np.float64)[order]
    share = np.cumsum(np.asarray(right, bool)[order]) / np.arange(1, len(order) + 1)
    # Crowns of equal confidence are answered together: only the last of a run is a possible cut.
    last = np.append(values[1:] != values[:-1], True)
    good = np.flatnonzero(last & (share >= precision - 1e-12))
    return float(values[good[-1]]) if len(good) else NEVER


def choose_thresholds(
    p: Floats,
    labels: Ints,
    classes: Sequence[ModelClass],
    *,
    precision: float = 0.9,
    taxonomy: Taxonomy | None = None,
) -> dict[Rank, float]:
    """Thresholds by rank that keep a stated precision at every rank on validation crowns.

    Each rank's is chosen on the crowns that no finer rank answers, so the precision holds for the crowns that get
    an answer of that rank. At a rank that says nothing (one leaf type for all classes), it is right by definition.

    Args:
        p: (N, K) calibrated probabilities of crowns that were neither trained on nor used to fit the temperature.
        labels: (N,) true columns.
        classes: the K classes.
        precision: wanted share of right answers, 0..1.
        taxonomy: None for the packaged one.
    """
    rungs = ladder(classes, taxonomy or standard())
    p, labels = np.asarray(p, np.float64), np.asarray(labels)
    open_ = np.ones(len(p), bool)
    found: dict[Rank, float] = {}
    for rank, rung in zip(_LADDER, rungs, strict=True):
        if not rung.names:
            continue
        sums = p @ rung.members
        best, confidence = np.argmax(sums, axis=1), sums.max(axis=1)
        right = rung.members[labels, best] > 0
        found[rank] = threshold_for(confidence[open_], right[open_], precision)
        open_ &= confidence < found[rank]
    return found


def honest_settings(
    logits: Floats, labels: Ints, classes: Sequence[ModelClass], *, precision: float = 0.9
) -> dict[str, Setting]:
    """What a card should say of a trained model: temperature and thresholds, fitted on validation crowns.

    Args:
        logits: (N, K) of crowns that the model was not trained on, of other places.
        labels: (N,) true columns.
        classes: the K classes.
        precision: wanted share of right answers at every rank.

    Returns:
        For `card.settings`: "temperature", "abstain_below_by_rank", and under "calibration" what it was fitted on.
    """
    temperature = fit_temperature(logits, labels, smoothing=1.0 / (len(labels) + 2))
    p = softmax(logits, temperature)
    limits = choose_thresholds(p, labels, classes, precision=precision)
    return {
        "temperature": temperature,
        "abstain_below_by_rank": {str(rank): limit for rank, limit in limits.items()},
        "calibration": {
            "crowns": len(labels),
            "precision": precision,
            "error_before": expected_calibration_error(softmax(logits), labels),
            "error_after": expected_calibration_error(p, labels),
        },
    }


def thresholds_of(card: ModelCard) -> float | dict[Rank, float]:
    """What a card says: `settings["abstain_below"]` (a number), or `["abstain_below_by_rank"]` (rank to number).

    Raises:
        ModelError: they are not numbers.
    """
    by_rank = card.settings.get("abstain_below_by_rank")
    if by_rank is None:
        return setting_number(card, "abstain_below", ABSTAIN_BELOW)
    if not isinstance(by_rank, dict):
        raise ModelError(
            "model.card_damaged",
            "The model card of {model} cannot be used: abstain_below_by_rank is not a list of ranks and numbers.",
            model=card.id,
        )
    found: dict[Rank, float] = {}
    for rank in _LADDER:
        value = by_rank.get(rank)
        if isinstance(value, int | float) and not isinstance(value, bool):
            found[rank] = float(value)
    return found


def unlike_all(card: ModelCard, ood: Floats | None) -> npt.NDArray[np.bool_] | None:
    """Which crowns are so unlike a model's training crowns that it must not name their species.

    Args:
        card: says from which share of nearer training crowns on, in `settings["abstain_beyond"]`; never without.
        ood: (N,) of `TraitBatch.ood`; NaN and None say nothing.

    Raises:
        ModelError: the setting is not a number.
    """
    limit = setting_number(card, "abstain_beyond", NEVER)
    if ood is None or limit > 1.0:
        return None
    return np.nan_to_num(np.asarray(ood, np.float64), nan=0.0) >= limit


def model_classes(names: Sequence[str], taxonomy: Taxonomy | None = None) -> tuple[ModelClass, ...]:
    """Classes of plain names, with the codes that the taxonomy knows.

    Raises:
        InputError: a name comes twice.
    """
    if len(set(names)) != len(names):
        raise InputError("species.twice", "A species is named twice in {names}.", names=", ".join(names))
    table = taxonomy or standard()
    return tuple(ModelClass(name, table.resolve(name).code) for name in names)
