"""The order in which crowns are worth a look: by expected error from all signals that exist, with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.review.evidence import Evidence
from inference.review.signals import SIGNALS, Signal

Floats = npt.NDArray[np.float64]

# How likely a crown is wrong when this signal alone is at its strongest.
WEIGHTS: Mapping[str, float] = {
    "score": 0.7,
    "species": 0.4,
    "unlike": 0.3,
    "heights": 0.5,
    "peaks": 0.6,
    "seam": 0.35,
    "edge": 0.3,
    "size": 0.5,
    "overlap": 0.6,
}
# A signal that adds less than this is not told.
_TOLD_FROM = 0.05
# How many crowns with the signal at its strongest the weights above are worth against what people decided.
_PRIOR = 12.0
_OF_OUTLINES = ("score", "heights", "peaks", "seam", "edge", "size", "overlap")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a crown is in the queue: one signal of it.

    Attributes:
        name: the signal.
        weight: how likely it is wrong by this signal alone, 0..1.
        template: sentence with `{fact}` places; `facts` are their values.
    """

    name: str
    weight: float
    template: str
    facts: Mapping[str, float]

    @property
    def sentence(self) -> str:
        """In English."""
        return self.template.format(**{name: _plain(name, value) for name, value in self.facts.items()})


@dataclass(frozen=True, slots=True)
class Ranking:
    """N crowns by falling expected error; equal ones by tree_id.

    Attributes:
        ids: (N,) int64.
        expected: (N,) 0..1.
        signals: the signals in the order of `places`.
        places: (N,) where each of `ids` is in the signals' arrays.
        weights: by name of the signal.
    """

    ids: npt.NDArray[np.int64]
    expected: Floats
    signals: tuple[Signal, ...]
    places: npt.NDArray[np.intp]
    weights: Mapping[str, float]

    def __len__(self) -> int:
        return len(self.ids)

    def value(self, name: str) -> Floats:
        """(N,) one signal, NaN where it does not exist."""
        return next(signal for signal in self.signals if signal.name == name).values[self.places]

    def reasons(self, rank: int) -> tuple[Reason, ...]:
        """Why the crown at this rank is there, the weightiest first; empty when nothing speaks against it."""
        place = int(self.places[rank])
        found = []
        for signal in self.signals:
            weight = self.weights[signal.name] * float(signal.values[place])
            if weight >= _TOLD_FROM:  # False for NaN
                found.append(Reason(signal.name, weight, signal.template, signal.facts_at(place)))
        return tuple(sorted(found, key=lambda reason: -reason.weight))


def learned(values: Mapping[str, Floats], wrong: npt.NDArray[np.bool_]) -> dict[str, float]:
    """Weights after what people decided about N crowns of the plot.

    A weight is how often a crown is wrong when the signal is at its strongest, so it is the share of wrong ones among
    decided crowns, each counted by the strength of its signal, drawn towards the usual weight as by a dozen crowns
    seen before (the mean of a beta distribution). A score that says nothing on this plot soon counts for little.
    Signals of the species are left as they are: that an outline was accepted does not say that the species was right.

    Args:
        values: (N,) 0..1 or NaN by name of the signal, of decided crowns.
        wrong: (N,) whether the crown was rejected or its outline corrected.
    """
    weights = dict(WEIGHTS)
    for name in values.keys() & set(_OF_OUTLINES):
        strength = np.nan_to_num(values[name], nan=0.0)
        weights[name] = float((_PRIOR * WEIGHTS[name] + strength[wrong].sum()) / (_PRIOR + strength.sum()))
    return weights


def expected_error(values: Mapping[str, Floats], weights: Mapping[str, float] = WEIGHTS) -> Floats:
    """(N,) how likely each crown is wrong, 0..1.

    1 - product of (1 - weight x signal), the noisy-or rule (Pearl 1988, Probabilistic Reasoning in Intelligent Systems,
    4.3.2): each signal is one way in which a crown may have gone wrong, apart from the others. Signals that are
    missing (NaN) do not count; none can lower what others say.

    Args:
        values: (N,) 0..1 or NaN by name of the signal.
        weights: how much each counts.
    """
    sound: Floats | None = None
    for name, column in values.items():
        ok = 1.0 - weights[name] * np.nan_to_num(column, nan=0.0)
        sound = ok if sound is None else sound * ok
    if sound is None:
        return np.zeros(0)
    return np.asarray(1.0 - sound)


def rank(
    seen: Evidence,
    wanted: npt.NDArray[np.bool_] | None = None,
    *,
    only: Sequence[str] = tuple(SIGNALS),
    decided: npt.NDArray[np.bool_] | None = None,
) -> Ranking:
    """Rank crowns.

    Args:
        seen: all visible crowns: what is odd depends on the others, too.
        wanted: (N,) which to rank; None for all that stand.
        only: the signals to use.
        decided: (N,) which a person looked at and decided on, to learn from; None for none.
    """
    signals = tuple(SIGNALS[name](seen) for name in only)
    values = {signal.name: signal.values for signal in signals}
    weights: Mapping[str, float] = WEIGHTS
    if decided is not None and decided.any():
        wrong = np.asarray((seen.review == "deleted") | (seen.review == "edited"), bool)
        weights = learned({name: column[decided] for name, column in values.items()}, wrong[decided])
    expected = expected_error(values, weights) if signals else np.zeros(len(seen))
    chosen = np.flatnonzero(seen.standing if wanted is None else wanted)
    order = chosen[np.argsort(-expected[chosen], kind="stable")]
    return Ranking(seen.ids[order], expected[order], signals, order, weights)


def _plain(name: str, value: float) -> str:
    return f"{value:.0%}" if name.endswith("share") else f"{value:.1f}"
