"""Species and height figures are those of the DINOvTree paper, at their edges too."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.evaluation.traits import height_scores, height_scores_by_class, selection_score, species_scores

FIGURES = {"mae": "mae_m", "rmse": "rmse_m", "msle": "msle", "delta25": "delta_125"}


@pytest.mark.shared
def test_the_golden_metrics_are_reproduced(shared_fixtures: Path) -> None:
    folder = shared_fixtures / "dinovtree"
    golden = np.load(folder / "metrics.npz")
    classes = json.loads((folder / "metrics_classes.json").read_text())["n_classes"]
    species = species_scores(golden["class_pred"], golden["class_true"], classes)
    heights = height_scores(golden["height_pred"], golden["height_true"])
    by_class = height_scores_by_class(golden["height_pred"], golden["height_true"], golden["class_true"], classes)
    assert species.macro_f1 == pytest.approx(float(golden["out_f1"]), abs=1e-6)
    assert species.balanced_accuracy == pytest.approx(float(golden["out_acc"]), abs=1e-6)
    np.testing.assert_allclose(species.f1, golden["out_f1_per_class"], atol=1e-6)
    np.testing.assert_allclose(species.recall, golden["out_acc_per_class"], atol=1e-6)
    np.testing.assert_array_equal(species.confusion, golden["out_confmat"])
    assert selection_score(species, heights) == pytest.approx(float(golden["out_cm"]), abs=1e-6)
    for name, attribute in FIGURES.items():
        assert getattr(heights, attribute) == pytest.approx(float(golden[f"out_height_{name}"]), abs=1e-6)
        found = [getattr(one, attribute) for one in by_class]
        np.testing.assert_allclose(found, golden[f"out_height_{name}_per_class"], atol=1e-5)


def test_a_class_that_occurs_nowhere_is_left_out_and_one_only_predicted_counts_nothing() -> None:
    scores = species_scores([0, 1, 2], [0, 1, 1], 4)
    np.testing.assert_allclose(scores.f1, [1.0, 2 / 3, 0.0, 0.0])
    assert scores.macro_f1 == pytest.approx((1 + 2 / 3 + 0) / 3)
    assert scores.balanced_accuracy == pytest.approx((1 + 0.5 + 0) / 3)
    np.testing.assert_allclose(scores.precision, [1.0, 1.0, 0.0, 0.0])
    assert scores.accuracy == pytest.approx(2 / 3)
    assert scores.confusion[1].tolist() == [0, 1, 1, 0]


def test_crowns_without_a_true_species_are_left_out() -> None:
    assert species_scores([0, 1, 0], [0, -1, -1], 2).count == 1


def test_a_crown_for_which_nothing_was_said_is_a_miss() -> None:
    scores = species_scores([-1, 0], [0, 0], 2)
    assert scores.recall[0] == pytest.approx(0.5)
    assert scores.precision[0] == 1.0
    assert scores.accuracy == pytest.approx(0.5)


def test_without_crowns_there_is_no_figure() -> None:
    scores = species_scores([], [], 3)
    assert math.isnan(scores.macro_f1)
    assert math.isnan(scores.balanced_accuracy)
    assert math.isnan(scores.accuracy)


@pytest.mark.parametrize(
    ("predicted", "true"), [([0, 1], [0]), ([3], [0]), ([0], [3]), ([[0]], [[0]])], ids=["length", "pred", "true", "2d"]
)
def test_indices_that_cannot_be_are_a_mistake_of_the_caller(predicted: list[int], true: list[int]) -> None:
    with pytest.raises(ValueError):
        species_scores(predicted, true, 3)


def test_height_errors_by_hand() -> None:
    scores = height_scores([10.0, 8.0, 3.0, 5.0], [8.0, 10.0, np.nan, 5.0])
    assert (scores.count, scores.missed) == (3, 0)
    assert scores.mae_m == pytest.approx(4 / 3)
    assert scores.rmse_m == pytest.approx(math.sqrt(8 / 3))
    assert scores.bias_m == pytest.approx(0.0)
    assert scores.msle == pytest.approx(2 * math.log(11 / 9) ** 2 / 3)
    assert scores.delta_125 == pytest.approx(1.0)  # with the margin, 10 to 8 stays a hair below 1.25


@pytest.mark.parametrize(("predicted", "share"), [(12.499, 1.0), (12.501, 0.0), (8.001, 1.0), (7.999, 0.0)])
def test_the_limit_of_a_right_height_holds_both_ways(predicted: float, share: float) -> None:
    assert height_scores([predicted], [10.0]).delta_125 == share


def test_trees_of_no_height_are_compared_too() -> None:
    scores = height_scores([0.0, 0.0], [0.0, 4.0])
    assert scores.delta_125 == 0.5
    assert math.isfinite(scores.msle)


def test_heights_that_the_model_does_not_tell_are_counted_apart() -> None:
    scores = height_scores([np.nan, 4.0, np.nan], [3.0, 4.0, np.nan])
    assert (scores.count, scores.missed, scores.mae_m) == (1, 1, 0.0)


def test_without_heights_there_is_no_figure() -> None:
    scores = height_scores([1.0], [np.nan])
    assert scores.count == 0
    assert all(math.isnan(value) for value in (scores.mae_m, scores.rmse_m, scores.bias_m, scores.delta_125))
    with pytest.raises(ValueError):
        height_scores([1.0], [1.0, 2.0])


def test_heights_by_class_are_grouped_by_the_true_class() -> None:
    by_class = height_scores_by_class([1.0, 2.0, 9.0], [1.0, 3.0, 9.0], [0, 2, -1], 3)
    assert [one.count for one in by_class] == [1, 0, 1]
    assert by_class[2].mae_m == 1.0
    assert math.isnan(by_class[1].mae_m)


def test_the_selection_takes_the_figures_that_there_are() -> None:
    species, heights = species_scores([0, 0], [0, 1], 2), height_scores([1.0], [1.0])
    assert selection_score(species, heights) == pytest.approx((species.macro_f1 + 1.0) / 2)
    assert selection_score(None, heights) == 1.0
    assert selection_score(species, None) == species.macro_f1
    assert math.isnan(selection_score(None, None))


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), max_size=30))
def test_shares_are_shares_and_the_order_does_not_matter(pairs: list[tuple[int, int]]) -> None:
    predicted, true = [one for one, _ in pairs], [one for _, one in pairs]
    scores = species_scores(predicted, true, 4)
    again = species_scores(predicted[::-1], true[::-1], 4)
    np.testing.assert_array_equal(scores.confusion, again.confusion)
    for values in (scores.f1, scores.recall, scores.precision):
        assert ((values >= 0) & (values <= 1)).all()
    assert scores.count == sum(one >= 0 and other >= 0 for one, other in pairs)
    assert np.array_equal(scores.macro_f1, again.macro_f1, equal_nan=True)
