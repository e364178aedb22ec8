"""Makes a classifier's probabilities honest: temperature scaling, and how far confidence is from being right.

A network that was trained to the end says 0.99 where it is right 90 times in 100. One number, the temperature, is
fitted on crowns that the training never saw, and divides the logits (Guo et al. 2017, "On Calibration of Modern Neural
Networks"); it changes no ranking. The fitted value lives in `card.settings["temperature"]`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.errors import InputError

Floats = npt.NDArray[np.floating]
Ints = npt.NDArray[np.integer]

MIN_TEMPERATURE, MAX_TEMPERATURE = 0.05, 20.0
BINS = 15
_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
_SEARCH_STEPS = 36


def softmax(logits: Floats, temperature: float = 1.0) -> npt.NDArray[np.float32]:
    """Probabilities of logits.

    Args:
        logits: (N, K) any float, K >= 1; minus infinity rules a class out.
        temperature: divides the logits; above 1 the model becomes less sure.

    Returns:
        (N, K) float32; rows sum to 1.

    Raises:
        InputError: the temperature is not a positive number.
    """
    return np.exp(log_softmax(logits, temperature)).astype(np.float32)


def log_softmax(logits: Floats, temperature: float = 1.0) -> npt.NDArray[np.float64]:
    """(N, K) natural logarithms of the probabilities, as `softmax`."""
    if not (math.isfinite(temperature) and temperature > 0.0):
        raise InputError(
            "species.temperature",
            "A temperature of {temperature} cannot be used: it must be a positive number. Correct the model card.",
            temperature=temperature,
        )
    scaled = np.asarray(logits, np.float64)
    if scaled.size == 0:
        return np.zeros(scaled.shape)
    scaled = (scaled - scaled.max(axis=1, keepdims=True)) / temperature
    return np.asarray(scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True)))


def negative_log_likelihood(logits: Floats, labels: Ints, temperature: float = 1.0, *, smoothing: float = 0.0) -> float:
    """Mean of -ln p(true class), in nats; labels (N,) are columns of `logits`.

    With `smoothing` that share of the truth is held to be any other class that is not ruled out.
    """
    logs = log_softmax(logits, temperature)
    rows = np.arange(len(labels))
    true = logs[rows, labels]
    if smoothing == 0.0:
        return float(-true.mean())
    others = np.isfinite(logs)
    others[rows, labels] = False
    rest = np.where(others, logs, 0.0).sum(axis=1) / np.maximum(others.sum(axis=1), 1)
    return float(-((1.0 - smoothing) * true + smoothing * rest).mean())


def fit_temperature(logits: Floats, labels: Ints, *, smoothing: float = 0.0) -> float:
    """The temperature that makes the true classes of validation crowns most likely.

    The likelihood has one optimum in 1/T, so golden-section search in ln T between 0.05 and 20 finds it.

    Args:
        logits: (N, K), of crowns that were not trained on.
        labels: (N,) true columns.
        smoothing: see `negative_log_likelihood`; keeps it from 0 where a few crowns happen to be all right.

    Returns:
        The temperature, 1 without crowns or with a single class.
    """
    logits, labels = np.asarray(logits), np.asarray(labels)
    if len(labels) == 0 or logits.shape[1] < 2:
        return 1.0
    low, high = math.log(MIN_TEMPERATURE), math.log(MAX_TEMPERATURE)
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)

    def loss(log_temperature: float) -> float:
        return negative_log_likelihood(logits, labels, math.exp(log_temperature), smoothing=smoothing)

    at_left, at_right = loss(left), loss(right)
    for _ in range(_SEARCH_STEPS):
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = loss(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = loss(right)
    return math.exp((low + high) / 2.0)


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """Crowns whose highest probability lies in one range: how sure the model was, and how often it was right."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def reliability(p: Floats, labels: Ints, *, bins: int = BINS) -> tuple[ReliabilityRow, ...]:
    """Confidence against accuracy in equal ranges of confidence; empty ranges are left out.

    Args:
        p: (N, K) probabilities.
        labels: (N,) true columns.
        bins: how many ranges between 0 and 1; each includes its upper end.
    """
    if len(labels) == 0:
        return ()
    confidence, right = np.max(p, axis=1).astype(np.float64), np.argmax(p, axis=1) == labels
    place = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    rows = []
    for number in np.unique(place).tolist():
        here = place == number
        mean, share = float(confidence[here].mean()), float(right[here].mean())
        rows.append(ReliabilityRow(number / bins, (number + 1) / bins, int(here.sum()), mean, share))
    return tuple(rows)


def expected_calibration_error(p: Floats, labels: Ints, *, bins: int = BINS) -> float:
    """Mean gap between confidence and accuracy over the ranges of `reliability`, weighted by crowns; 0 is honest."""
    return gap(reliability(p, labels, bins=bins))


def gap(rows: Sequence[ReliabilityRow]) -> float:
    """Expected calibration error of a reliability table; 0 for an empty one."""
    total = sum(row.count for row in rows)
    return sum(row.count * abs(row.accuracy - row.confidence) for row in rows) / total if total else 0.0
