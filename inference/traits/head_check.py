"""How good a species head is, by cross-validation on its own marks, and which shrinkage that speaks for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.models.card import ModelClass
from inference.traits.calibration import expected_calibration_error, fit_temperature, softmax
from inference.traits.folds import grouped_folds, wilson_interval

Ints = npt.NDArray[np.intp]

_FOLDS = 10
_LEAVE_ONE_OUT_UP_TO = 120  # marks; beyond it folds say the same and are quicker
_MARKS_TO_CHOOSE_BY = 2000
USUAL = 1  # place in `discriminant.SHRINKAGES` of what served best on the whole
_FAR = -1e4  # score of a class that has no mark, instead of minus infinity


@dataclass(frozen=True, slots=True)
class ClassCheck:
    """How one species did on marks that the head had not seen; recall None when there is nothing to check with."""

    name: str
    marks: int
    recall: float | None


@dataclass(frozen=True, slots=True)
class HeadCheck:
    """How good a head is, by cross-validation on its own marks.

    Attributes:
        marks: crowns that it was taught with.
        places: groups that were left out together; as many as marks when places were not known.
        accuracy: share of marks named right by a head that had seen nothing of their place; None when a single mark
            per species leaves nothing to check with.
        low, high: its 95 % confidence interval, wider where marks of a place fail together.
        balanced_accuracy, macro_f1: means over species.
        calibration_error: mean gap between its probabilities and the share right.
        classes: species by species.
    """

    marks: int
    places: int
    accuracy: float | None
    low: float
    high: float
    balanced_accuracy: float | None
    macro_f1: float | None
    calibration_error: float | None
    classes: tuple[ClassCheck, ...]

    def sentence(self) -> str:
        """For a person."""
        if self.accuracy is None:
            return f"{self.marks} marks: too few to check with; mark at least two crowns of each species."
        return (
            f"{100 * self.accuracy:.0f} % of {self.marks} marks named right by a head that had not seen them "
            f"({100 * self.low:.0f} to {100 * self.high:.0f} %); mean over species "
            f"{100 * (self.balanced_accuracy or 0):.0f} %."
        )


def check_folds(label: Ints, group: npt.NDArray[np.integer]) -> Ints:
    if len(np.unique(group)) == len(label) <= _LEAVE_ONE_OUT_UP_TO:
        return np.arange(len(label))
    return grouped_folds(label, np.asarray(group, np.intp), _FOLDS)


def known_when_left_out(held_out: npt.NDArray[np.float64], label: Ints) -> npt.NDArray[np.bool_]:
    """(N,) whether the mark's species was known when the mark was left out."""
    return np.asarray(np.isfinite(held_out[np.arange(len(label)), label]))


def best_shrinkage(held_out: npt.NDArray[np.float64], label: Ints) -> tuple[int, float]:
    """Which shrinkage makes the true species of unseen marks most likely, and at which temperature.

    Each species counts alike, however many marks it has. A few marks choose by chance: the usual shrinkage is left only
    for one that is better by more than a standard error.
    """
    known = known_when_left_out(held_out[0], label)
    if not known.any():
        return USUAL, 1.0
    some = np.flatnonzero(known)[:: 1 + int(known.sum()) // _MARKS_TO_CHOOSE_BY]
    truth = label[some]
    weight = 1.0 / np.bincount(truth)[truth]
    temperatures, losses = [], []
    # When all n marks are named right, the next crown is right with (n + 1) / (n + 2), not for certain (Laplace).
    smoothing = 1.0 / (len(some) + 2)
    for place in range(len(held_out)):
        scores = held_out[place][some]
        temperature = fit_temperature(scores, truth, smoothing=smoothing)
        p = softmax(scores, temperature)[np.arange(len(scores)), truth].astype(np.float64)
        temperatures.append(temperature)
        losses.append(-np.log(np.maximum(p, 1e-12)) * weight / weight.mean())
    best = int(np.argmin([loss.mean() for loss in losses]))
    gain = losses[USUAL] - losses[best]
    if float(gain.mean()) <= float(gain.std()) / max(len(gain), 1) ** 0.5:
        best = USUAL
    return best, temperatures[best]


def held_out_probabilities(held_out: npt.NDArray[np.float64], temperature: float) -> npt.NDArray[np.float32]:
    """(N, K) probabilities of marks by heads that had not seen them."""
    return softmax(np.maximum(held_out, _FAR), temperature)


def check_head(
    p: npt.NDArray[np.float32],
    known: npt.NDArray[np.bool_],
    label: Ints,
    group: npt.NDArray[np.integer],
    classes: Sequence[ModelClass],
) -> HeadCheck:
    marks = np.bincount(label, minlength=len(classes))
    named = np.argmax(p, axis=1)
    right = named == label
    checked = np.bincount(label[known], minlength=len(classes))
    hits = np.bincount(label[known & right], minlength=len(classes))
    called = np.bincount(named[known], minlength=len(classes))
    rows = tuple(
        ClassCheck(one.name, int(marks[k]), float(hits[k] / checked[k]) if checked[k] else None)
        for k, one in enumerate(classes)
    )
    places = len(np.unique(group))
    if not known.any():
        return HeadCheck(len(label), places, None, 0.0, 1.0, None, None, None, rows)
    there = checked > 0
    low, high = _interval(right[known], np.asarray(group)[known])
    return HeadCheck(
        marks=len(label),
        places=places,
        accuracy=float(right[known].mean()),
        low=low,
        high=high,
        balanced_accuracy=float((hits[there] / checked[there]).mean()),
        macro_f1=float((2 * hits[there] / (checked[there] + called[there])).mean()),
        calibration_error=expected_calibration_error(p[known], label[known]),
        classes=rows,
    )


def _interval(right: npt.NDArray[np.bool_], group: npt.NDArray[np.integer]) -> tuple[float, float]:
    """Wilson's interval for as many independent marks as the marks of all places are worth."""
    count, share = len(right), float(right.mean())
    _, place = np.unique(group, return_inverse=True)
    size = np.bincount(place).astype(float)
    if len(size) < 2 or share in (0.0, 1.0):
        return wilson_interval(share, float(len(size)) if len(size) > 1 else float(count))
    surplus = np.bincount(place, weights=right.astype(float)) - share * size
    variance = len(size) / (len(size) - 1) * float((surplus**2).sum()) / count**2
    inflation = np.clip(variance / (share * (1.0 - share) / count), 1.0, count / len(size))
    return wilson_interval(share, count / float(inflation))


def facts_of(check: HeadCheck) -> dict[str, object]:
    """For JSON."""
    return {
        "marks": check.marks,
        "places": check.places,
        "accuracy": check.accuracy,
        "low": check.low,
        "high": check.high,
        "balanced_accuracy": check.balanced_accuracy,
        "macro_f1": check.macro_f1,
        "calibration_error": check.calibration_error,
        "classes": [[one.name, one.marks, one.recall] for one in check.classes],
    }


def listed(value: object) -> list[list[object]]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def check_of(value: object) -> HeadCheck:
    if not isinstance(value, dict):
        raise TypeError("not a table")
    rows = tuple(ClassCheck(str(name), int(str(n)), _number(recall)) for name, n, recall in listed(value["classes"]))
    return HeadCheck(
        int(value["marks"]),
        int(value["places"]),
        _number(value["accuracy"]),
        float(value["low"]),
        float(value["high"]),
        _number(value["balanced_accuracy"]),
        _number(value["macro_f1"]),
        _number(value["calibration_error"]),
        rows,
    )
