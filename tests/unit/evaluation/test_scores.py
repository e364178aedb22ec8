"""Precision, recall, F1 and their totals, by hand."""

import numpy as np
import pytest

from inference.evaluation.matching import Matches
from inference.evaluation.scores import (
    RF1_THRESHOLDS,
    Counts,
    pooled,
    threshold_scores,
    weighted_mean,
)


def matches(count: int) -> Matches:
    return Matches(np.arange(count), np.arange(count), np.ones(count))


def test_ratios_by_hand() -> None:
    counts = Counts.of(matches(6), predicted_count=8, true_count=12)
    assert counts == Counts(6, 2, 6)
    assert counts.precision == 0.75
    assert counts.recall == 0.5
    assert counts.f1 == pytest.approx(0.6)


def test_what_cannot_be_told_is_none() -> None:
    nothing = Counts(0, 0, 0)
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
    only_truth = Counts(0, 0, 5)
    assert (only_truth.precision, only_truth.recall, only_truth.f1) == (None, 0.0, 0.0)
    only_predictions = Counts(0, 5, 0)
    assert (only_predictions.precision, only_predictions.recall, only_predictions.f1) == (0.0, None, 0.0)


def test_rf1_thresholds_are_the_ten_of_the_protocol() -> None:
    assert RF1_THRESHOLDS == (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def test_rf1_by_hand() -> None:
    # Ten predictions on ten truths, of which one fewer matches at each step from 0.50 to 0.95.
    left = {threshold: 10 - step for step, threshold in enumerate(RF1_THRESHOLDS)} | {0.4: 10}
    scores = threshold_scores(lambda threshold: matches(left[threshold]), 10, 10)
    assert scores.rf1_75 == pytest.approx(0.5)
    assert scores.rf1_50_95 == pytest.approx(0.55)
    assert scores.at[0.4].f1 == 1.0
    assert scores.to_json()["iou"]["0.75"]["matched"] == 5  # type: ignore[index]


def test_totals_pooled_and_weighted_differ_as_they_should() -> None:
    good = threshold_scores(lambda _: matches(9), 9, 9)
    bad = threshold_scores(lambda _: matches(0), 3, 1)
    together = pooled([good, bad])
    assert together.at[0.5] == Counts(9, 3, 1)
    assert together.at[0.5].f1 == pytest.approx(18 / 22)
    assert weighted_mean([good.at[0.5].f1, bad.at[0.5].f1], [9, 1]) == pytest.approx(0.9)


def test_a_plot_without_predictions_has_precision_zero_in_the_mean_and_one_without_truth_no_weight() -> None:
    assert weighted_mean([1.0, None], [3, 1]) == 0.75
    assert weighted_mean([1.0, 0.0], [3, 0]) == 1.0
    assert weighted_mean([None], [0]) is None
    assert weighted_mean([], []) is None
