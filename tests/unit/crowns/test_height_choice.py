"""Which height a row reports, and how far two heights are apart."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from inference.crowns.crown import Crown, Measures
from inference.crowns.height_choice import PREFERENCES, HeightRule, Preference, choose, disagreement
from inference.crowns.table import CrownTable

NONE = float("nan")


def chosen(rule: HeightRule, source: str | None, field: float, chm: float, model: float) -> tuple[float, str | None]:
    found = choose(rule, field_m=np.array([field]), chm_m=np.array([chm]), model_m=np.array([model]), chm_source=source)
    return float(found.height_m[0]), found.source[0]


@pytest.mark.parametrize(
    ("preference", "fits", "source", "expected"),
    [
        ("auto", True, "DSM-DTM", (10.0, "DSM-DTM")),
        ("auto", True, "DSM-est", (12.0, "model")),
        ("auto", False, "DSM-est", (10.0, "DSM-est")),
        ("chm", True, "DSM-est", (10.0, "DSM-est")),
        ("model", False, "DSM-DTM", (12.0, "model")),
    ],
)
def test_the_order(preference: Preference, fits: bool, source: str, expected: tuple[float, str]) -> None:
    rule = HeightRule(preference, fits)
    assert chosen(rule, source, NONE, 10.0, 12.0) == expected
    assert chosen(rule, source, 15.0, 10.0, 12.0) == (15.0, "field")


def test_what_is_missing_is_passed_over() -> None:
    assert chosen(HeightRule("model"), "DSM-DTM", NONE, 10.0, NONE) == (10.0, "DSM-DTM")
    assert chosen(HeightRule("auto", True), "DSM-DTM", NONE, NONE, 12.0) == (12.0, "model")
    height, source = chosen(HeightRule("auto", False), None, NONE, NONE, 12.0)
    assert np.isnan(height)
    assert source is None


heights = st.one_of(st.just(NONE), st.floats(0, 130))


@given(st.sampled_from(PREFERENCES), st.booleans(), heights, heights, heights)
def test_a_source_is_told_exactly_with_a_height(
    preference: Preference, fits: bool, field: float, chm: float, model: float
) -> None:
    height, source = chosen(HeightRule(preference, fits), "DSM-DTM", field, chm, model)
    assert np.isnan(height) == (source is None)
    assert source is None or height == {"field": field, "DSM-DTM": chm, "model": model}[source]


def test_a_rule_as_text() -> None:
    rule = HeightRule("model", model_fits=True)
    assert HeightRule.from_text(rule.to_text()) == rule
    for nonsense in (None, "", "[]", "no", '{"preference": "tall"}'):
        assert HeightRule.from_text(nonsense) == HeightRule()


def test_how_far_two_heights_are_apart() -> None:
    apart = disagreement([10.0, 10.0, 0.5, NONE, 10.0], [12.0, 7.0, 1.5, 3.0, NONE])
    assert apart[:3] == pytest.approx([0.2, 0.3, 0.5])
    assert np.isnan(apart[3:]).all()


def test_the_table_has_it_as_a_column() -> None:
    read = Measures(height_chm_m=10.0, height_model_m=13.0)
    crowns = [Crown(n, shapely.box(n, 0, n + 1, 1), measures=read if n == 2 else None) for n in (1, 2, 3)]
    table = CrownTable(crowns)
    assert table.column("height_gap")[1] == pytest.approx(0.3)
    assert np.isnan(table.column("height_gap")[[0, 2]].astype(float)).all()
    table.set_measures({3: replace(read, height_model_m=5.0), 2: None})
    assert np.isnan(table.column("height_gap")[:2].astype(float)).all()
    assert table.column("height_gap")[2] == pytest.approx(0.5)


def test_a_poor_model_comes_after_any_chm() -> None:
    last = HeightRule("auto", model_fits=True, model_last=True)
    assert chosen(last, "DSM-est", NONE, 10.0, 12.0) == (10.0, "DSM-est")
    assert chosen(last, None, NONE, NONE, 12.0) == (12.0, "model")
    assert chosen(HeightRule("auto", model_fits=True), "DSM-est", NONE, 10.0, 12.0) == (12.0, "model")
    assert HeightRule.from_text(last.to_text()) == last
