"""Errors of matched crowns and species confusion, by hand."""

import numpy as np
import pytest

from inference.evaluation.pairs import MatchedPairs, confusion


def texts(*values: str | None) -> np.ndarray:  # type: ignore[type-arg]
    return np.array(values, object)


def test_macro_f1_counts_each_true_species_the_same() -> None:
    true = texts("a", "a", "a", "a", "b", "c", None, "a")
    called = texts("a", "a", "a", "b", "b", "a", "a", None)
    found = confusion(called, true)
    assert found.pairs == 6
    assert found.accuracy == pytest.approx(4 / 6)
    # a: 3 right of 4, called 4 times; b: 1 of 1, called twice; c: never.
    assert found.f1() == {"a": pytest.approx(0.75), "b": pytest.approx(2 / 3), "c": 0.0}
    assert found.macro_f1 == pytest.approx((0.75 + 2 / 3) / 3)


def test_case_and_blanks_make_no_difference() -> None:
    found = confusion(texts("picea  MARIANA", "Abies"), texts("Picea mariana", "abies "))
    assert found.accuracy == 1.0


def test_nothing_to_tell() -> None:
    empty = np.zeros(0)
    pairs = MatchedPairs(empty, empty, empty, empty, empty, texts(), texts())
    facts = pairs.facts()
    assert facts["mean_iou"] is None
    assert facts["area_bias_percent"] is None
    assert facts["heights"] == {"pairs": 0, "bias_m": None, "rmse_m": None, "mae_m": None}
    assert confusion(texts(None), texts("a")).macro_f1 is None


def test_joined_pairs_weigh_each_crown_the_same() -> None:
    one = MatchedPairs(
        np.ones(1), np.array([12.0]), np.array([10.0]), np.array([5.0]), np.array([4.0]), texts("a"), texts("a")
    )
    two = MatchedPairs(
        np.ones(2), np.array([30.0, 30.0]), np.array([30.0, 30.0]), np.array([7.0, np.nan]), np.array([4.0, 3.0]),
        texts("a", "b"), texts("b", "b"),
    )  # fmt: skip
    both = MatchedPairs.joined([one, two])
    assert both.area_bias_percent == pytest.approx(100 * 2 / 70)
    errors = both.height_errors()
    assert (errors.count, errors.bias_m, errors.mae_m) == (2, 2.0, 2.0)
    assert errors.rmse_m == pytest.approx(np.sqrt((1 + 9) / 2))
