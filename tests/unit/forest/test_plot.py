"""A made plot: picture, elevation and truth agree with each other, and come from the seed alone."""

from typing import Any

import numpy as np
import pytest
import shapely

from inference.sample import truth_polygons
from resources.forest.plot import ForestPlot, ForestSpec, make_plot
from resources.forest.texture import magnify


def test_shapes_follow_the_specification(small_forest: ForestPlot) -> None:
    assert small_forest.rgb.shape == (3, 800, 800)
    assert small_forest.rgb.dtype == np.uint8
    assert small_forest.owner.shape == small_forest.valid.shape == small_forest.surface_m.shape == (800, 800)
    assert small_forest.dsm_m.shape == (400, 400)
    assert small_forest.dtm_m.shape == (80, 80)
    for heights in (small_forest.surface_m, small_forest.ground_m, small_forest.dsm_m, small_forest.dtm_m):
        assert heights.dtype == np.float32


def test_outlines_are_valid_disjoint_and_inside(small_forest: ForestPlot) -> None:
    polygons = truth_polygons(small_forest)
    assert all(polygon.is_valid and polygon.geom_type == "Polygon" for polygon in polygons)
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    pairs = first < second
    shared = shapely.area(shapely.intersection(np.array(polygons)[first[pairs]], np.array(polygons)[second[pairs]]))
    assert shared.max(initial=0.0) < 1e-9
    left, bottom, right, top = shapely.total_bounds(polygons)
    assert right - left <= 40.0 + 1e-6
    assert top - bottom <= 40.0 + 1e-6


def test_outline_areas_are_the_owner_map(small_forest: ForestPlot) -> None:
    cells = np.bincount(small_forest.owner.ravel(), minlength=len(small_forest.crowns) + 1)
    assert [crown.tree_id for crown in small_forest.crowns] == list(range(1, len(small_forest.crowns) + 1))
    assert [crown.outline.area_px for crown in small_forest.crowns] == cells[1:].tolist()
    assert np.allclose(shapely.area(truth_polygons(small_forest)), cells[1:] * 0.05**2, rtol=1e-9)


def test_outlines_cover_exactly_the_cells_of_their_tree(small_forest: ForestPlot) -> None:
    rows, cols = np.nonzero(small_forest.owner)
    step = np.random.default_rng(0).choice(rows.size, 4000, replace=False)
    rows, cols = rows[step], cols[step]
    owners = small_forest.owner[rows, cols]
    for crown in small_forest.crowns:
        mine = owners == crown.tree_id
        polygon = shapely.Polygon(crown.outline.exterior, crown.outline.holes)
        assert shapely.contains_xy(polygon, cols[mine] + 0.5, rows[mine] + 0.5).all()
        assert not shapely.contains_xy(polygon, cols[~mine] + 0.5, rows[~mine] + 0.5).any()


def test_height_is_surface_over_ground_at_the_treetop(small_forest: ForestPlot) -> None:
    for crown in small_forest.crowns:
        col, row = (int(value) for value in crown.treetop_px)
        assert small_forest.owner[row, col] == crown.tree_id
        assert crown.height_m == small_forest.surface_m[row, col] - small_forest.ground_m[row, col]
        inside = small_forest.owner == crown.tree_id
        assert crown.height_m == (small_forest.surface_m - small_forest.ground_m)[inside].max()


def test_surface_is_never_below_the_ground(small_forest: ForestPlot) -> None:
    assert (small_forest.surface_m >= small_forest.ground_m - 1e-4).all()
    known = ~np.isnan(small_forest.dsm_m)
    floor = magnify(small_forest.dtm_m, small_forest.dsm_m.shape, 5.0)
    assert (small_forest.dsm_m[known] >= floor[known]).all()


def test_ground_model_is_the_ground(small_forest: ForestPlot) -> None:
    again = magnify(small_forest.dtm_m, small_forest.ground_m.shape, 10.0)
    inner = (slice(20, -20), slice(20, -20))  # outside the ground model's outer cell centres it can only be held
    assert np.abs(again - small_forest.ground_m)[inner].max() < 0.02
    assert np.ptp(small_forest.dtm_m) > 2.0


def test_surface_model_is_smoother_than_the_surface_but_close(small_forest: ForestPlot) -> None:
    tops = small_forest.surface_m.reshape(400, 2, 400, 2).max(axis=(1, 3))
    known = ~np.isnan(small_forest.dsm_m)
    off = (small_forest.dsm_m - tops)[known]
    assert abs(np.median(off)) < 0.15
    high_pass = np.abs(np.diff(small_forest.dsm_m, axis=1)), np.abs(np.diff(tops, axis=1))
    assert np.nanmean(high_pass[0]) < 0.6 * high_pass[1].mean()


def test_the_surface_model_has_a_few_holes_inside(small_forest: ForestPlot) -> None:
    unknown = np.isnan(small_forest.dsm_m)
    inside = small_forest.valid.reshape(400, 2, 400, 2).all(axis=(1, 3))
    assert 0.0 < (unknown & inside).mean() < 0.10
    assert unknown[~inside].all()


def test_the_collar_is_empty_and_ragged(small_forest: ForestPlot) -> None:
    outside = ~small_forest.valid
    assert 0.02 < outside.mean() < 0.2
    assert (small_forest.rgb[:, outside] == 0).all()
    assert (small_forest.owner[outside] == 0).all()
    first = small_forest.valid.argmax(axis=0)[100:-100]
    assert np.unique(first).size > 10
    assert (small_forest.rgb[:, small_forest.valid].max(axis=0) > 0).all()


def test_crowns_at_the_collar_are_marked(small_forest: ForestPlot) -> None:
    from scipy.ndimage import binary_dilation

    near = binary_dilation(~small_forest.valid, border_value=1)
    touching = set(np.unique(small_forest.owner[near & (small_forest.owner > 0)]).tolist())
    assert {crown.tree_id for crown in small_forest.crowns if crown.edge} == touching
    assert 0 < len(touching) < len(small_forest.crowns)


def test_without_collar_everything_is_valid() -> None:
    forest = make_plot(ForestSpec(seed=5, width_m=20.0, height_m=25.0, collar=False))
    assert forest.valid.all()
    assert forest.rgb.shape == (3, 500, 400)


def test_species_mix(small_forest: ForestPlot) -> None:
    codes = {crown.species.code for crown in small_forest.crowns}
    assert len(codes) >= 5
    assert {"ABBA", "BEPA"} <= codes


def test_sizes_are_those_of_trees(small_forest: ForestPlot) -> None:
    heights = np.array([crown.height_m for crown in small_forest.crowns])
    diameters = 2 * np.sqrt(np.array([crown.outline.area_px for crown in small_forest.crowns]) * 0.05**2 / np.pi)
    assert heights.min() > 1.5
    assert 15.0 < heights.max() < 32.0
    assert diameters.max() < 12.0
    assert np.corrcoef(heights, diameters)[0, 1] > 0.4
    assert all(0.3 < crown.dbh_cm < 80.0 for crown in small_forest.crowns)


def test_small_and_hidden_trees_are_left_out(small_forest: ForestPlot) -> None:
    spec = small_forest.spec
    smallest = min(crown.outline.area_px for crown in small_forest.crowns)
    assert smallest * spec.gsd_m**2 >= spec.min_crown_m2 - 1e-9


def test_picture_shows_shadow_and_light(small_forest: ForestPlot) -> None:
    grey = small_forest.rgb[:, small_forest.valid].mean(axis=0)
    low, high = np.percentile(grey, [5, 95])
    assert low < 75.0
    assert high > 150.0
    red, green, blue = small_forest.rgb[:, small_forest.owner > 0].mean(axis=1)
    assert green > red
    assert green > blue


def test_same_seed_same_bytes_other_seed_other_plot() -> None:
    one, two, other = (make_plot(ForestSpec(seed=seed, width_m=20.0, height_m=20.0)) for seed in (8, 8, 9))
    for name in ("rgb", "valid", "surface_m", "ground_m", "owner", "dsm_m", "dtm_m"):
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes(), name
    assert [crown.height_m for crown in one.crowns] == [crown.height_m for crown in two.crowns]
    assert [crown.dbh_cm for crown in one.crowns] == [crown.dbh_cm for crown in two.crowns]
    assert (one.rgb != other.rgb).mean() > 0.5
    assert not np.array_equal(one.dtm_m, other.dtm_m)


@pytest.mark.parametrize(("gsd_m", "dsm_cell_m"), [(0.025, 0.10), (0.10, 0.20), (0.25, 0.25)])
def test_other_cell_sizes(gsd_m: float, dsm_cell_m: float) -> None:
    forest = make_plot(ForestSpec(seed=4, width_m=20.0, height_m=20.0, gsd_m=gsd_m, dsm_cell_m=dsm_cell_m))
    assert len(forest.crowns) >= 5
    assert all(polygon.is_valid for polygon in truth_polygons(forest))


@pytest.mark.parametrize("wrong", [{"gsd_m": 0.03}, {"dsm_cell_m": 0.12}, {"dtm_cell_m": 0.7}])
def test_cells_that_do_not_fit_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="divide"):
        ForestSpec(seed=1, width_m=20.0, height_m=20.0, **wrong)
