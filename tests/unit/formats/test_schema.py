"""Columns of other programs, recognised."""

import numpy as np
import pytest

from inference.formats.schema import FIELDS, LONG_FIELDS, recognise, unknown
from inference.formats.values import converted


def test_short_names_fit_a_shapefile_and_are_unique() -> None:
    assert all(len(field.short) <= 10 for field in LONG_FIELDS)
    assert len({field.short for field in FIELDS}) == len(FIELDS) == 23


def test_our_own_names_are_recognised_short_and_long() -> None:
    for names in ([field.short for field in FIELDS], [field.name for field in LONG_FIELDS]):
        known = recognise(tuple(names))
        assert known["height_p95_m"] in names
        assert known["label"] == "label"
        assert unknown(tuple(names), known) == ()


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("scientificName", "species"),
        ("scientific", "species"),
        ("Espèce", "species"),
        ("taxonID", "species_code"),
        ("Confidence", "score"),
        ("Confidence_score", "score"),
        ("aggregator_score", "score"),
        ("aggregator", "score"),
        ("tree_height_m", "height_m"),
        ("TTH", "height_m"),
        ("HEIGHT", "height_m"),
        ("treeID", "tree_id"),
        ("status", "label"),
        ("Class", "label"),
    ],
)
def test_names_that_others_use(column: str, name: str) -> None:
    assert recognise((column, "x")) == {name: column}


def test_the_better_name_wins() -> None:
    assert recognise(("status", "confidence", "label", "score"))["label"] == "label"
    assert recognise(("detector_score", "aggregator_score"))["score"] == "aggregator_score"


def test_values_of_any_type() -> None:
    mixed = np.array(["12.5", "12,5", "", None, "tall", 3], object)
    assert converted("height_m", mixed).tolist()[:2] == [12.5, 12.5]
    assert np.isnan(converted("height_m", mixed)[2:5]).all()
    assert converted("label", np.array([3.0, np.nan, 2.5])).tolist() == ["3", None, "2.5"]
    assert converted("label", np.array([3, 4])).tolist() == ["3", "4"]
    assert converted("label", np.array([" a ", "", None], object)).tolist() == ["a", None, None]
    assert converted("tree_id", np.array(["7", "7.5", None, "x"], object)).tolist() == [7, 0, 0, 0]
    assert converted("tree_id", np.array([1.0, np.nan, 1e300])).tolist() == [1, 0, 0]
    flags = np.array(["1", "true", "0", None, 1, 0.0, True], object)
    assert converted("edge", flags).tolist() == [True, True, False, False, True, False, True]
