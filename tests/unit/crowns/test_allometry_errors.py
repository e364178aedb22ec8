"""Intervals of DBH, basal area and biomass: against the formula by hand, against simulation, and their properties."""

import math
import tomllib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from inference.crowns import allometry_errors
from inference.crowns.allometry import Allometry, available
from inference.crowns.allometry_errors import (
    Estimate,
    Spread,
    joined,
    prediction_interval,
    spread_of,
    total_of,
    usual_errors,
)

Z = 1.959963984540054
HEIGHT_M, DIAMETER_M = np.array([20.0]), np.array([5.0])


def spread(quantity: allometry_errors.Quantity, name: str, source: str = "DSM-DTM", count: int = 1) -> Spread:
    return spread_of(
        quantity,
        Allometry.named(name),
        height_m=np.repeat(HEIGHT_M, count),
        diameter_m=np.repeat(DIAMETER_M, count),
        height_source=[source] * count,
    )


def test_dbh_of_one_tree_by_hand() -> None:
    power = 0.809
    own = math.sqrt((power * 0.10) ** 2 + (power * 1.4 / 20) ** 2 + 0.24**2)
    shared = math.sqrt((power * 0.05) ** 2 + (power * 0.9 / 20) ** 2 + 0.10**2)
    told = spread("dbh_cm", "Jucker2017/global")
    assert told.tree[0] == pytest.approx(own, rel=1e-6)
    assert told.of_tree[0] == pytest.approx(math.hypot(own, shared), rel=1e-6)
    low, high = prediction_interval(np.array([23.15]), told)
    assert low[0] == pytest.approx(23.15 * math.exp(-Z * math.hypot(own, shared)), rel=1e-6)
    assert high[0] == pytest.approx(23.15 * math.exp(Z * math.hypot(own, shared)), rel=1e-6)


def test_basal_area_has_twice_the_relative_error_of_dbh() -> None:
    dbh, basal = spread("dbh_cm", "Jucker2017/global"), spread("basal_area_m2", "Jucker2017/global")
    assert basal.of_tree[0] == pytest.approx(2 * dbh.of_tree[0], rel=1e-6)


def test_biomass_through_an_estimated_dbh_by_hand() -> None:
    """AGB = a·(ρ·D²·H)^0.976 with D = c·(H·CD)^0.809."""
    by_height, by_diameter, by_dbh = 0.976 * (2 * 0.809 + 1), 0.976 * 2 * 0.809, 0.976 * 2
    own = (by_diameter * 0.10) ** 2 + (by_height * 1.4 / 20) ** 2 + (by_dbh * 0.24) ** 2 + 0.357**2
    told = spread("agb_kg", "Chave2014/0.60")
    assert told.tree[0] == pytest.approx(math.sqrt(own), rel=1e-6)
    assert told.shared["dbh Jucker2017/global"][0] == pytest.approx(by_dbh * 0.10, rel=1e-6)
    assert told.shared["agb Chave2014/0.60"][0] == pytest.approx(0.15)


def test_what_trees_share_does_not_average_out() -> None:
    one, many = (spread("agb_kg", "Jucker2017/global", count=count) for count in (1, 10_000))
    value = 173.4
    shared = math.sqrt(sum(float(part[0]) ** 2 for part in one.shared.values()))
    total = total_of(np.full(10_000, value), many)
    assert total.value == pytest.approx(10_000 * value)
    assert total.high is not None
    assert math.log(total.high / total.value) / Z == pytest.approx(shared, rel=1e-3)


@pytest.mark.parametrize("name", ["Jucker2017/global", "Chave2014/0.60", "LambertUng/black-spruce"])
def test_the_delta_method_agrees_with_simulation(name: str) -> None:
    """10,000 plots of 60 trees whose errors are drawn as the budget says."""
    rng = np.random.default_rng(7)
    trees, draws = 60, 10_000
    height_m, diameter_m = rng.uniform(12, 28, trees), rng.uniform(2, 8, trees)
    equation, budget = Allometry.named(name), usual_errors()
    told = spread_of("agb_kg", equation, height_m=height_m, diameter_m=diameter_m, height_source=["DSM-DTM"] * trees)
    total = total_of(equation.agb_kg(height_m, diameter_m), told)
    heights = budget.heights["DSM-DTM"]
    dbh, agb = (budget.equations[one.id.partition("/")[0]] for one in (equation.dbh, equation.agb))
    height = height_m * np.exp(
        (heights.tree_m * rng.normal(size=(draws, trees)) + heights.shared_m * rng.normal(size=(draws, 1))) / height_m
    )
    diameter = diameter_m * np.exp(
        budget.diameter_tree * rng.normal(size=(draws, trees)) + budget.diameter_shared * rng.normal(size=(draws, 1))
    )
    noise = np.exp(dbh.dbh_tree * rng.normal(size=(draws, trees)) + dbh.dbh_shared * rng.normal(size=(draws, 1)))
    stems = equation.dbh_cm(height, diameter) * noise
    residual = np.exp(agb.agb_tree * rng.normal(size=(draws, trees)) + agb.agb_shared * rng.normal(size=(draws, 1)))
    sums = (equation.agb_kg(height, diameter, dbh_cm=stems) * residual).sum(axis=1)
    # Errors that multiply have a mean above 1, which the published corrections hold already: only spread is compared.
    simulated = float(np.log(sums).std())
    assert total.high is not None
    assert math.log(total.high / total.value) / Z == pytest.approx(simulated, rel=0.1)


def test_every_equation_has_its_errors_and_every_error_its_basis() -> None:
    for name in available():
        told = spread("agb_kg", name)
        assert 0.1 < told.of_tree[0] < 1.5, name
    table = tomllib.loads(resources.path("allometry/errors.toml").read_text(encoding="utf-8"))
    rows = [table["diameter"], *table["height"].values(), *table["equation"].values()]
    assert all(row["basis"] for row in rows)


def test_a_height_of_unknown_source_is_taken_for_a_models() -> None:
    unknown, model = (spread("dbh_cm", "Jucker2017/global", source) for source in ("lidar", "model"))
    assert unknown.tree[0] == model.tree[0]


def test_where_a_tree_is_not_known_the_total_has_no_limits() -> None:
    told = joined([(np.array([0]), spread("agb_kg", "Jucker2017/global"))], 2)
    total = total_of(np.array([100.0, 200.0]), told)
    assert total == Estimate(300.0)
    assert math.isnan(prediction_interval(np.array([100.0, 200.0]), told)[0][1])


def test_no_trees_weigh_nothing() -> None:
    assert total_of(np.zeros(0), Spread(np.zeros(0), {})) == Estimate(0.0, 0.0, 0.0)


@given(
    height_m=st.floats(1, 90),
    diameter_m=st.floats(0.3, 30),
    name=st.sampled_from(available()),
    source=st.sampled_from(["DSM-DTM", "DSM-est", "model", "field"]),
)
def test_limits_lie_around_every_value(height_m: float, diameter_m: float, name: str, source: str) -> None:
    equation = Allometry.named(name)
    value = equation.agb_kg(np.array([height_m]), np.array([diameter_m]))
    told = spread_of(
        "agb_kg", equation, height_m=np.array([height_m]), diameter_m=np.array([diameter_m]), height_source=[source]
    )
    low, high = prediction_interval(value, told)
    assert 0 < low[0] < value[0] < high[0]
    total = total_of(value, told)
    assert total.low == pytest.approx(float(low[0]))
    assert total.high == pytest.approx(float(high[0]))
