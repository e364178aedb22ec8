"""Errors of matched crowns: area, height and species."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class MatchedPairs:
    """M matched crowns, predicted and true side by side.

    Attributes:
        iou: (M,) float64.
        area_m2, true_area_m2: (M,) float64.
        height_m, true_height_m: (M,) float64, NaN where unknown.
        species, true_species: (M,) text, None where unknown; names, or codes where one side has codes only.
    """

    iou: Floats
    area_m2: Floats
    true_area_m2: Floats
    height_m: Floats
    true_height_m: Floats
    species: Texts
    true_species: Texts

    @classmethod
    def joined(cls, parts: Sequence["MatchedPairs"]) -> "MatchedPairs":
        """The pairs of several plots."""
        names = cls.__slots__
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))

    def facts(self) -> dict[str, object]:
        """Everything that can be said of them; None for what cannot."""
        return {
            "pairs": len(self.iou),
            "mean_iou": _mean(self.iou),
            "area_bias_percent": self.area_bias_percent,
            "heights": self.height_errors().facts(),
            "species": confusion(self.species, self.true_species).facts(),
        }

    @property
    def area_bias_percent(self) -> float | None:
        """By how much the matched crowns are too large together, in percent of their true area."""
        true = float(self.true_area_m2.sum())
        return None if true == 0 else 100.0 * (float(self.area_m2.sum()) - true) / true

    def height_errors(self) -> "HeightErrors":
        """Errors of the pairs in which both sides have a height."""
        error = self.height_m - self.true_height_m
        error = error[np.isfinite(error)]
        if not len(error):
            return HeightErrors(0, None, None, None)
        return HeightErrors(
            len(error), float(error.mean()), math.sqrt(float((error**2).mean())), float(np.abs(error).mean())
        )


@dataclass(frozen=True, slots=True)
class HeightErrors:
    """Predicted minus true height over `count` pairs, metres."""

    count: int
    bias_m: float | None
    rmse_m: float | None
    mae_m: float | None

    def facts(self) -> dict[str, object]:
        """For JSON."""
        return {"pairs": self.count, "bias_m": self.bias_m, "rmse_m": self.rmse_m, "mae_m": self.mae_m}


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often a true species was called which.

    Attributes:
        counts: (true, predicted) to number of pairs.
    """

    counts: Mapping[tuple[str, str], int]

    @property
    def pairs(self) -> int:
        """Pairs in which both sides name a species."""
        return sum(self.counts.values())

    @property
    def accuracy(self) -> float | None:
        """Share of pairs called rightly."""
        right = sum(count for (true, called), count in self.counts.items() if true == called)
        return right / self.pairs if self.pairs else None

    def f1(self) -> dict[str, float]:
        """F1 of each species that occurs in the truth."""
        true, called, right = Counter[str](), Counter[str](), Counter[str]()
        for (one, other), count in self.counts.items():
            true[one] += count
            called[other] += count
            right[one] += count * (one == other)
        return {name: 2 * right[name] / (true[name] + called[name]) for name in sorted(true)}

    @property
    def macro_f1(self) -> float | None:
        """Mean F1 over the species of the truth, each counting the same."""
        values = self.f1().values()
        return fmean(values) if values else None

    def facts(self) -> dict[str, object]:
        """For JSON."""
        return {
            "pairs": self.pairs,
            "accuracy": self.accuracy,
            "macro_f1": self.macro_f1,
            "f1": self.f1(),
            "confusion": [
                {"true": true, "predicted": called, "crowns": count}
                for (true, called), count in sorted(self.counts.items())
            ],
        }


def confusion(called: Texts, true: Texts) -> Confusion:
    """Confusion of (M,) pairs; those in which a side is None do not count, and case and blanks make no difference."""
    spelling: dict[str, str] = {}
    counts = Counter[tuple[str, str]]()
    for one, other in zip(true.tolist(), called.tolist(), strict=True):
        if one is not None and other is not None:
            names = [" ".join(str(name).split()) for name in (one, other)]
            first, second = (spelling.setdefault(name.casefold(), name) for name in names)
            counts[first, second] += 1
    return Confusion(dict(counts))


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if len(values) else None
