"""Precision, recall and F1 from counts, for one plot and for many."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from inference.evaluation.matching import Matches

MatchAt = Callable[[float], Matches]

THRESHOLDS = (0.4, 0.5, 0.75)
RF1_THRESHOLDS = tuple(round(0.5 + 0.05 * step, 2) for step in range(10))

# Crown area classes of CanopyRS' evaluator: name, from, up to but not including, in m².
SIZE_CLASSES_M2 = (
    ("tiny", 0.0, 9.0),
    ("small", 9.0, 25.0),
    ("medium", 25.0, 49.0),
    ("large", 49.0, 100.0),
    ("giant", 100.0, float("inf")),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many crowns were found, invented and missed."""

    matched: int
    false: int
    missed: int

    @classmethod
    def of(cls, matches: Matches, predicted_count: int, true_count: int) -> "Counts":
        """Counts of one matching."""
        found = len(matches.predicted)
        return cls(found, predicted_count - found, true_count - found)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.matched + other.matched, self.false + other.false, self.missed + other.missed)

    @property
    def true_count(self) -> int:
        """Crowns in the truth."""
        return self.matched + self.missed

    @property
    def precision(self) -> float | None:
        """Share of the predicted crowns that exist; None without a prediction."""
        return _ratio(self.matched, self.matched + self.false)

    @property
    def recall(self) -> float | None:
        """Share of the true crowns that were found; None without a truth."""
        return _ratio(self.matched, self.matched + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None when there is neither a prediction nor a truth."""
        return _ratio(2 * self.matched, 2 * self.matched + self.false + self.missed)

    def to_json(self) -> dict[str, float | int | None]:
        """Counts and the three ratios."""
        return {
            "matched": self.matched,
            "false": self.false,
            "missed": self.missed,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
        }


@dataclass(frozen=True, slots=True)
class ThresholdScores:
    """Counts by IoU threshold, and the two figures of the RF1 protocol.

    Attributes:
        at: `Counts` at each of `THRESHOLDS`.
        rf1_at: `Counts` at each of `RF1_THRESHOLDS`.
    """

    at: Mapping[float, Counts]
    rf1_at: Mapping[float, Counts]

    @property
    def rf1_75(self) -> float | None:
        """F1 at IoU 0.75."""
        return self.rf1_at[0.75].f1

    @property
    def rf1_50_95(self) -> float | None:
        """Mean F1 over IoU 0.50, 0.55, ... 0.95."""
        values = [counts.f1 for counts in self.rf1_at.values()]
        return None if None in values else fmean(value for value in values if value is not None)

    def to_json(self) -> dict[str, object]:
        """Everything but the counts in between 0.5 and 0.95."""
        return {
            "iou": {f"{threshold:.2f}": counts.to_json() for threshold, counts in self.at.items()},
            "rf1_75": self.rf1_75,
            "rf1_50_95": self.rf1_50_95,
        }


def threshold_scores(match_at: MatchAt, predicted_count: int, true_count: int) -> ThresholdScores:
    """Scores at every threshold, matching anew at each (a low threshold may pair crowns otherwise)."""
    wanted = sorted({*THRESHOLDS, *RF1_THRESHOLDS})
    counts = {threshold: Counts.of(match_at(threshold), predicted_count, true_count) for threshold in wanted}
    return ThresholdScores(
        {threshold: counts[threshold] for threshold in THRESHOLDS},
        {threshold: counts[threshold] for threshold in RF1_THRESHOLDS},
    )


def pooled(plots: Sequence[ThresholdScores]) -> ThresholdScores:
    """The crowns of all plots thrown together."""
    return ThresholdScores(
        {threshold: _sum(plot.at[threshold] for plot in plots) for threshold in THRESHOLDS},
        {threshold: _sum(plot.rf1_at[threshold] for plot in plots) for threshold in RF1_THRESHOLDS},
    )


def _sum(counts: Iterable[Counts]) -> Counts:
    return sum(counts, start=Counts(0, 0, 0))


@dataclass(frozen=True, slots=True)
class MeanScores:
    """Means over plots, weighted by their number of true crowns, as in CanopyRS.

    Attributes:
        at: precision, recall and F1 at each of `THRESHOLDS`; None when no plot has a true crown.
        rf1_75, rf1_50_95: the figures of the RF1 protocol.
    """

    at: Mapping[float, tuple[float | None, float | None, float | None]]
    rf1_75: float | None
    rf1_50_95: float | None

    @classmethod
    def of(cls, plots: Sequence[ThresholdScores]) -> "MeanScores":
        """Means over plots."""
        weights = [plot.at[THRESHOLDS[0]].true_count for plot in plots]
        at = {}
        for threshold in THRESHOLDS:
            counts = [plot.at[threshold] for plot in plots]
            at[threshold] = (
                weighted_mean([one.precision for one in counts], weights),
                weighted_mean([one.recall for one in counts], weights),
                weighted_mean([one.f1 for one in counts], weights),
            )
        rf1_75 = weighted_mean([plot.rf1_75 for plot in plots], weights)
        return cls(at, rf1_75, weighted_mean([plot.rf1_50_95 for plot in plots], weights))

    def to_json(self) -> dict[str, object]:
        """For JSON."""
        names = ("precision", "recall", "f1")
        return {
            "iou": {f"{iou:.2f}": dict(zip(names, values, strict=True)) for iou, values in self.at.items()},
            "rf1_75": self.rf1_75,
            "rf1_50_95": self.rf1_50_95,
        }


def weighted_mean(values: Sequence[float | None], weights: Sequence[int]) -> float | None:
    """Mean weighted by numbers of true crowns; None when there is none.

    A plot where nothing was predicted has no precision: with true crowns in it, that counts as 0.
    """
    total = sum(weights)
    if total == 0:
        return None
    return sum((value or 0.0) * weight for value, weight in zip(values, weights, strict=True)) / total


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
