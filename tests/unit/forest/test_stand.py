"""Where trees stand."""

import numpy as np
import pytest

from resources.forest import species as sp
from resources.forest.crown_shape import Tree
from resources.forest.stand import Layout, gap_depth_m, make_layout, make_stand, track_distance_m


@pytest.fixture(scope="module")
def layout() -> Layout:
    return make_layout(100.0, 90.0, np.random.default_rng(2))


@pytest.fixture(scope="module")
def stand(layout: Layout) -> tuple[Tree, ...]:
    return make_stand(layout, np.random.default_rng(3))


def _places(trees: tuple[Tree, ...]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([tree.x_m for tree in trees]), np.array([tree.y_m for tree in trees])


def test_density_and_layers_of_a_forest(stand: tuple[Tree, ...]) -> None:
    heights = np.array([tree.height_m for tree in stand])
    per_hectare = (heights > 2.0).sum() / (110.0 * 100.0) * 10_000
    assert 500 < per_hectare < 2500
    assert (heights > 14.0).mean() > 0.25
    assert (heights < 6.0).mean() > 0.05
    assert list(heights) == sorted(heights, reverse=True)


def test_the_track_is_free(layout: Layout, stand: tuple[Tree, ...]) -> None:
    assert track_distance_m(layout, *_places(stand)).min() > layout.track_half_m


def test_openings_hold_no_tall_tree(layout: Layout, stand: tuple[Tree, ...]) -> None:
    tall = tuple(tree for tree in stand if tree.height_m > 6.0)
    assert gap_depth_m(layout, *_places(tall)).max() <= 0.0


def test_planted_rows_are_white_spruce(layout: Layout, stand: tuple[Tree, ...]) -> None:
    assert layout.plantation is not None
    left, top, right, bottom, _ = layout.plantation
    inside = [tree for tree in stand if left < tree.x_m < right and top < tree.y_m < bottom]
    assert len(inside) > 40
    planted = [tree for tree in inside if tree.species is sp.WHITE_SPRUCE]
    assert len(planted) > 0.9 * len(inside)


def test_small_plots_have_no_plantation() -> None:
    assert make_layout(40.0, 40.0, np.random.default_rng(1)).plantation is None
