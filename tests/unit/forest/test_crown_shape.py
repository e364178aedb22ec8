"""Single crowns: size, form, and the same patch every time."""

from dataclasses import replace

import numpy as np
import pytest

from resources.forest import species as sp
from resources.forest.crown_shape import NOTHING, ClumpBank, Tree, crown_patch, make_clump_bank

GSD_M = 0.05


@pytest.fixture(scope="module")
def bank() -> ClumpBank:
    return make_clump_bank(sp.ALL, GSD_M, 8.0, np.random.default_rng(1))


def _tree(species: sp.Species, height_m: float = 16.0) -> Tree:
    return Tree(20.0, 30.0, height_m, species.crown_diameter_m(height_m) / 2, species, (1.0, 1.0, 1.0), 77)


@pytest.mark.parametrize("species", sp.ALL, ids=lambda one: one.common)
def test_height_and_spread_are_those_of_the_tree(species: sp.Species, bank: ClumpBank) -> None:
    tree = _tree(species)
    patch = crown_patch(tree, bank)
    crown = patch.height_m > NOTHING
    assert patch.height_m[crown].max() == pytest.approx(tree.height_m, abs=1.0)
    assert patch.height_m[crown].min() > 0.0
    rows, cols = np.nonzero(crown)
    away_m = np.hypot((rows + patch.row + 0.5) * GSD_M - 30.0, (cols + patch.col + 0.5) * GSD_M - 20.0)
    assert 0.75 * tree.radius_m < away_m.max() < 1.35 * tree.radius_m
    assert (patch.tone[crown] > 0).all()
    assert patch.height_m.dtype == patch.tone.dtype == np.float32


def test_conifers_are_pointed_and_broadleaves_round(bank: ClumpBank) -> None:
    def fall(species: sp.Species) -> float:
        """Drop from the middle to half the radius, over the radius."""
        tree = _tree(species)
        patch = crown_patch(tree, bank)
        middle = patch.height_m.shape[0] // 2
        row, col = np.indices(patch.height_m.shape) - middle
        ring = np.abs(np.hypot(row, col) * GSD_M / tree.radius_m - 0.5) < 0.08
        heights = patch.height_m[ring & (patch.height_m > NOTHING)]
        return float((patch.height_m.max() - np.median(heights)) / tree.radius_m)

    assert fall(sp.BALSAM_FIR) > 1.5 > 0.8 > fall(sp.SUGAR_MAPLE)


def test_same_seed_same_crown(bank: ClumpBank) -> None:
    tree = _tree(sp.PAPER_BIRCH)
    assert crown_patch(tree, bank).height_m.tobytes() == crown_patch(tree, bank).height_m.tobytes()
    other = crown_patch(replace(tree, seed=78), bank)
    assert not np.array_equal(crown_patch(tree, bank).height_m, other.height_m)
