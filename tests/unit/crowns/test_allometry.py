"""Equations against the check values of shared/specs/forestry.md, section 6."""

import numpy as np
import pytest

from inference.crowns.allometry import Allometry, LambertUng, available
from inference.errors import InputError


def test_jucker_global_check_values() -> None:
    assert Allometry.named("Jucker2017/global").dbh_cm(20, 5) == pytest.approx(23.15, abs=0.005)
    assert Allometry.named("Jucker2017/global").agb_kg(20, 5) == pytest.approx(173.4, abs=0.05)
    assert Allometry.named("Jucker2017/global/angiosperm").agb_kg(20, 5) == pytest.approx(173.4, abs=0.05)
    assert Allometry.named("Jucker2017/global/gymnosperm").agb_kg(20, 5) == pytest.approx(423.1, abs=0.05)


def test_chave_check_value() -> None:
    assert Allometry.named("Chave2014/0.6").agb_kg(15, dbh_cm=20) == pytest.approx(199.1, abs=0.05)


def test_jack_pine_components_as_reproduced_by_others() -> None:
    equation = Allometry.named("LambertUng/jack-pine").agb
    assert isinstance(equation, LambertUng)
    parts = equation.components_kg(height_m=15.2, dbh_cm=21)
    assert parts["wood"] == pytest.approx(101, abs=0.5)
    assert parts["bark"] == pytest.approx(9.3, abs=0.05)
    assert parts["branches"] == pytest.approx(14.2, abs=0.05)
    assert parts["foliage"] == pytest.approx(7.5, abs=0.05)
    whole = Allometry.named("LambertUng/jack-pine").agb_kg(15.2, dbh_cm=21)
    assert whole == pytest.approx(sum(float(part) for part in parts.values()))


@pytest.mark.parametrize(
    ("region", "a", "b"),
    [
        ("nearctic-boreal/gymnosperm", 0.815, 0.771),
        ("nearctic-boreal/angiosperm", 0.286, 0.865),
        ("nearctic-temperate-conifer/gymnosperm", 0.589, 0.817),
        ("nearctic-temperate-conifer/angiosperm", 0.343, 0.844),
        ("nearctic-temperate-mixed/gymnosperm", 0.861, 0.755),
        ("nearctic-temperate-mixed/angiosperm", 0.367, 0.887),
        ("nearctic-woodland/gymnosperm", 1.133, 0.745),
        ("nearctic-woodland/angiosperm", 0.617, 0.790),
        ("palearctic-boreal/gymnosperm", 1.430, 0.649),
        ("palearctic-boreal/angiosperm", 0.467, 0.839),
        ("palearctic-temperate-conifer/gymnosperm", 0.974, 0.748),
        ("palearctic-temperate-conifer/angiosperm", 0.273, 0.927),
        ("palearctic-temperate-mixed/gymnosperm", 1.004, 0.730),
        ("palearctic-temperate-mixed/angiosperm", 0.694, 0.730),
        ("neotropic-tropical", 0.591, 0.781),
        ("afrotropic-tropical", 0.428, 0.821),
        ("indo-malaya-tropical", 0.486, 0.802),
    ],
)
def test_every_region_has_its_coefficients_and_no_correction(region: str, a: float, b: float) -> None:
    allometry = Allometry.named(f"Jucker2017/{region}")
    assert allometry.dbh_cm(10, 10) == pytest.approx(a * 100**b)
    gymnosperm = 0.109 * 100**1.79 * np.exp(0.204**2 / 2)
    angiosperm = 0.016 * 100**2.013 * np.exp(0.204**2 / 2)
    assert allometry.agb_kg(10, 10) == pytest.approx(gymnosperm if region.endswith("gymnosperm") else angiosperm)


def test_a_chained_name_says_both_equations() -> None:
    chave = Allometry.named("Chave2014/0.6")
    assert chave.id == "Jucker2017/global+Chave2014/0.60"
    assert chave.is_chained
    assert chave.agb_kg(20, 5) == pytest.approx(float(chave.agb_kg(20, dbh_cm=chave.dbh_cm(20, 5))))
    spruce = Allometry.named("Jucker2017/global+LambertUng/black-spruce")
    assert spruce.dbh_cm(20, 5) == pytest.approx(23.15, abs=0.005)
    assert "2017" in spruce.source
    assert "2008" in spruce.source
    assert not Allometry.named().is_chained


def test_every_available_name_is_its_own_id_and_gives_plausible_trees() -> None:
    names = available()
    assert len(names) == len(set(names))
    for name in names:
        allometry = Allometry.named(name)
        assert allometry.id == name
        assert allometry.source
        assert 10 < allometry.dbh_cm(20, 5) < 40, name
        assert 60 < allometry.agb_kg(20, 5) < 800, name


def test_arrays_and_what_is_unknown() -> None:
    allometry = Allometry.named()
    heights = np.array([20.0, np.nan, 0.0, -3.0, 20.0])
    diameters = np.array([5.0, 5.0, 5.0, 5.0, np.nan])
    assert np.isnan(allometry.dbh_cm(heights, diameters)).tolist() == [False, True, True, True, True]
    assert np.isnan(allometry.agb_kg(heights, diameters)).tolist() == [False, True, True, True, True]
    spruce = Allometry.named("LambertUng/black-spruce")
    assert np.isnan(spruce.agb_kg(heights, diameters)).tolist() == [False, True, True, True, True]


def test_biomass_grows_nearly_with_the_square_of_dbh() -> None:
    """The figure that the documentation gives for the error of a chain."""
    chave = Allometry.named("Chave2014/0.60")
    assert chave.agb_kg(20, dbh_cm=24) / chave.agb_kg(20, dbh_cm=20) == pytest.approx(1.43, abs=0.01)
    for name in available():
        if "LambertUng" in name:
            ratio = Allometry.named(name).agb_kg(20, dbh_cm=24) / Allometry.named(name).agb_kg(20, dbh_cm=20)
            assert 1.2**1.6 < ratio < 1.2**2.5, name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Jucker2017/mars",
        "Chave2014",
        "Chave2014/heavy",
        "Chave2014/600",
        "Chave2014/nan",
        "LambertUng/oak",
        "x+y",
        "Jucker2017/mars+Chave2014/0.60",
        "Jucker2017/global+Jucker2017/global",
    ],
)
def test_an_unknown_name_is_refused_with_the_list(name: str) -> None:
    with pytest.raises(InputError, match="Jucker2017/nearctic-boreal/gymnosperm") as caught:
        Allometry.named(name)
    assert caught.value.code == "allometry.unknown"
