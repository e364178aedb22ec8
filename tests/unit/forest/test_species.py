"""Allometry of the drawn species."""

import numpy as np
import pytest

from resources.forest import species as sp


@pytest.mark.parametrize("species", sp.ALL, ids=lambda one: one.common)
def test_crowns_grow_with_height(species: sp.Species) -> None:
    widths = [species.crown_diameter_m(height) for height in np.linspace(2.0, 28.0, 40)]
    assert all(np.diff(widths) > 0)
    assert all(np.diff([species.dbh_cm(10.0, width) for width in widths]) > 0)


@pytest.mark.parametrize("species", sp.ALL, ids=lambda one: one.common)
def test_both_equations_hold_at_once(species: sp.Species) -> None:
    """Crown diameter and stem diameter solve Russell & Weiskittel and Jucker together."""
    height_m = 18.0
    width_m = species.crown_diameter_m(height_m)
    assert 0.3 + 0.10 * height_m < width_m < 0.5 + 0.45 * height_m  # not held at a limit
    dbh_cm = species.dbh_cm(height_m, width_m)
    a1, a2, b1, b2 = species.width
    assert a1 * dbh_cm**a2 / (b1 * dbh_cm**b2) == pytest.approx(width_m, rel=1e-9)


def test_the_project_check_value_of_jucker() -> None:
    """forestry.md section 6 lists the equation; balsam fir of 16 m from both equations by hand."""
    assert sp.BALSAM_FIR.crown_diameter_m(16.0) == pytest.approx(3.57, abs=0.01)
    assert sp.BALSAM_FIR.dbh_cm(16.0, 3.57) == pytest.approx(0.861 * (16.0 * 3.57) ** 0.755, rel=1e-9)


def test_forms_differ_as_foresters_know_them() -> None:
    height_m = 18.0
    assert sp.BLACK_SPRUCE.crown_diameter_m(height_m) < sp.BALSAM_FIR.crown_diameter_m(height_m)
    assert sp.BALSAM_FIR.crown_diameter_m(height_m) < sp.SUGAR_MAPLE.crown_diameter_m(height_m)
    assert sum(sp.TREMBLING_ASPEN.leaf) > sum(sp.BALSAM_FIR.leaf)


def test_codes_are_unique_and_only_dead_trees_have_none() -> None:
    codes = [species.code for species in sp.ALL]
    assert len(set(codes)) == len(codes)
    assert [species.common for species in sp.ALL if species.is_dead] == ["dead tree"]
