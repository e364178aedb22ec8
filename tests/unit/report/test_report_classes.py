"""Classes of histograms and round values on axes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.report.charts import ticks
from inference.report.histogram import MOST_CLASSES, histogram


def test_a_value_on_a_limit_belongs_to_the_class_above() -> None:
    classes = histogram(np.array([2.0, 2.9, 3.0, 3.1, np.nan]), least_step=1.0)
    assert classes.edges.tolist() == [2.0, 3.0, 4.0]
    assert classes.counts.tolist() == [2, 2]
    assert classes.places(np.array([2.0, 3.0, np.nan, 9.0, 1.0])).tolist() == [0, 1, -1, -1, -1]
    assert classes.count(np.array([3.5, 3.6, np.nan])).tolist() == [0, 2]


def test_no_values_make_no_classes() -> None:
    classes = histogram(np.array([np.nan, np.nan]))
    assert len(classes) == 0
    assert classes.to_json() == {"edges": [], "counts": []}
    assert classes.places(np.array([1.0])).tolist() == [-1]


@given(st.lists(st.floats(-500, 5000), min_size=1, max_size=200))
def test_every_value_is_in_one_of_a_few_round_classes(values: list[float]) -> None:
    array = np.array(values)
    classes = histogram(array)
    assert classes.counts.sum() == len(values)
    assert 1 <= len(classes) <= MOST_CLASSES
    assert np.allclose(classes.edges / classes.step, np.round(classes.edges / classes.step))
    places = classes.places(array)
    assert (places >= 0).all()
    assert np.bincount(places, minlength=len(classes)).tolist() == classes.counts.tolist()


@given(low=st.floats(-1000, 1000), span=st.floats(0.01, 5000), most=st.integers(1, 12))
def test_ticks_are_few_and_inside(low: float, span: float, most: int) -> None:
    found = ticks(low, low + span, most)
    assert len(found) <= most + 1
    margin = 1e-6 * (abs(low) + span)
    assert all(low - margin <= value <= low + span + margin for value in found)


def test_ticks_of_nothing() -> None:
    assert ticks(3.0, 3.0, 5) == [3.0]
    assert ticks(0.0, 20.0, 4) == pytest.approx([0, 5, 10, 15, 20])
