"""The traits network that ships: its numbers of a crown, how it is taught, and what its graph computes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
import torch

from inference.jobs import CancelToken
from inference.models.card import ModelCard, ModelClass
from inference.models.store import load
from inference.plot.sources import PlotSources
from inference.traits.base import CrownCrop
from inference.traits.dinovtree import DinovtreeModel
from training.data.field_plots import FieldPlot
from training.data.folds import PlotPlace
from training.shipped.trait_crowns import GSD_M, SIDE_PX, FieldCrowns
from training.shipped.traits_card import example_feeds, publish
from training.shipped.traits_exam import answers_by_rank, calls_of, leaf_figures, strange_plots
from training.shipped.traits_heights import height_figures
from training.shipped.traits_lessons import (
    Recipe,
    chosen_settings,
    cross_fitted,
    heights_taught,
    held_out,
    learned,
    measured,
)
from training.shipped.traits_outlined import _matched
from training.traits.crown_net import CrownNet, numbers_of, taught
from training.traits.crown_statistics import (
    COLOURS,
    ELEVATION,
    SIZES,
    SURROUNDINGS,
    TEXTURES,
    TOP,
    CrownStatistics,
)

SIDE = 64


def disc(radius_px: float, side_px: int = SIDE) -> np.ndarray:
    steps = np.arange(side_px) - (side_px - 1) / 2
    return steps[:, None] ** 2 + steps[None, :] ** 2 <= radius_px**2


def picture(seed: int, side_px: int = SIDE) -> np.ndarray:
    return np.random.default_rng(seed).integers(20, 230, (3, side_px, side_px), np.uint8)


def domed(side_px: int = SIDE, top_m: float = 18.0) -> np.ndarray:
    steps = np.arange(side_px) - (side_px - 1) / 2
    away = steps[:, None] ** 2 + steps[None, :] ** 2
    return np.asarray(np.maximum(top_m - away / 40.0, 0.0), np.float32)


def test_the_columns_are_what_they_are_called() -> None:
    rgb, crown, chm_m = picture(1), disc(15), domed()
    (whole,) = numbers_of([(rgb, crown, chm_m)], GSD_M)
    assert len(whole) == CrownStatistics.count
    assert np.expm1(whole[TOP]) == pytest.approx(chm_m[crown].max(), rel=1e-5)
    assert np.exp(whole[SIZES[0]]) - 0.1 == pytest.approx(crown.sum() * GSD_M**2, rel=1e-4)
    light = rgb[:, crown].mean() / 255.0
    assert whole[COLOURS[0]] == pytest.approx(light, rel=1e-5)
    (bare,) = numbers_of([(rgb, crown, None)], GSD_M)
    assert set(np.flatnonzero(bare != whole).tolist()) <= set(ELEVATION)
    assert (bare[list(ELEVATION)] == 0.0).all()
    (darker,) = numbers_of([(rgb // 2, crown, chm_m)], GSD_M)
    assert np.abs(darker - whole)[list(TEXTURES)].max() < 0.1, "texture is measured against the crown's own light"
    (other,) = numbers_of([(np.where(crown, rgb, 255 - rgb), crown, chm_m)], GSD_M)
    changed = set(np.flatnonzero(np.abs(other - whole) > 1e-5).tolist())
    assert changed <= set(SURROUNDINGS), "nothing of a neighbour gets into a crown"


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_crown_has_the_same_numbers(turns: int) -> None:
    rgb, crown, chm_m = picture(2), disc(12), domed()
    crown[:, 40:] = False
    turned = (np.rot90(rgb, turns, (1, 2)).copy(), np.rot90(crown, turns).copy(), np.rot90(chm_m, turns).copy())
    one, other = numbers_of([(rgb, crown, chm_m), turned], GSD_M)
    np.testing.assert_allclose(one, other, atol=2e-4)


@pytest.mark.parametrize("rgb", [np.zeros((3, SIDE, SIDE), np.uint8), np.full((3, SIDE, SIDE), 255, np.uint8)])
@pytest.mark.parametrize("crown", [np.zeros((SIDE, SIDE), bool), np.ones((SIDE, SIDE), bool), disc(1)])
@pytest.mark.parametrize("chm_m", [None, np.full((SIDE, SIDE), np.nan, np.float32), np.zeros((SIDE, SIDE), np.float32)])
def test_strange_crowns_have_finite_numbers(rgb: np.ndarray, crown: np.ndarray, chm_m: np.ndarray | None) -> None:
    assert np.isfinite(numbers_of([(rgb, crown, chm_m)], GSD_M)).all()


def test_teaching_is_the_same_each_time_and_knows_what_it_was_taught() -> None:
    rng = np.random.default_rng(4)
    truth = rng.integers(0, 3, 300)
    values = rng.normal(size=(300, 6)).astype(np.float32) + 3.0 * np.eye(6, dtype=np.float32)[truth]
    allowed = np.zeros((300, 4), bool)
    allowed[np.arange(300), truth] = True
    allowed[:20, :2] |= truth[:20, None] < 2  # may be either
    one, two = (taught(values, allowed, GSD_M) for _ in range(2))
    assert torch.equal(one.classifier.weight, two.classifier.weight)
    guess = one.logits(values).argmax(axis=1)
    assert (guess == truth).mean() > 0.95
    assert (one.logits(values)[:, 3] < -20.0).all(), "a class without crowns is never told"


def made_crowns(count: int = 160, seed: int = 5) -> FieldCrowns:
    """Two kinds of trees on sixteen plots, that differ in a few of the numbers."""
    rng = np.random.default_rng(seed)
    noted = np.array(["conifer", "Quercus rubra"])[rng.integers(0, 2, count)]
    views = rng.normal(size=(2, count, CrownStatistics.count)).astype(np.float32)
    views[:, noted == "conifer", :4] += 2.0
    plot = np.array([f"P_{number % 16:02d}" for number in range(count)])
    fold = np.array([number % 16 % 4 for number in range(count)], np.intp)
    # Heights as people measured them: below the top of the elevation, more so where the second number is large.
    canopy_m = rng.uniform(8.0, 25.0, count)
    views[:, :, TOP] = np.log1p(canopy_m)
    field_m = canopy_m - 2.0 - 0.8 * views[0, :, 1] + rng.normal(0.0, 0.3, count)
    field_m[::5] = np.nan
    return FieldCrowns(np.full(count, "made"), plot, fold, noted, canopy_m, views, views[0, :, :10], field_m)


def test_the_examination_holds_places_out() -> None:
    crowns, recipe = made_crowns(), Recipe()
    classes = crowns.classes()
    assert classes == ("Quercus rubra", "conifer", "broadleaf")
    held = held_out(crowns, classes, recipe)
    found = leaf_figures(held, publishable(classes))
    assert found["crowns"] == len(crowns)
    assert found["accuracy"] > 0.9
    settings = chosen_settings(held, recipe, classes)
    answers = answers_by_rank(cross_fitted(held, crowns.fold, recipe, classes), held, publishable(classes))
    assert answers["all"]["right"] > 0.8
    far = replace(held, ood=np.ones_like(held.ood))
    assert strange_plots(far, settings).all()
    assert all(call.name is None for call in calls_of(far, publishable(classes), settings))


def publishable(classes: tuple[str, ...]) -> tuple[ModelClass, ...]:
    from inference.traits.species import model_classes

    return model_classes(classes)


@pytest.mark.slow
def test_what_is_published_says_what_torch_says(tmp_path: Path) -> None:
    crowns, recipe = made_crowns(), Recipe()
    classes = crowns.classes()
    lesson = learned(crowns, classes, recipe)
    held = held_out(crowns, classes, recipe)
    figures = {
        "cross_validation": {
            "species": {"macro_f1": 0.5, "accuracy": 0.5, "crowns": 9.0},
            "leaf": {"accuracy": 0.9, "crowns": 9.0},
            "answers_cross_fitted": {"all": {"share": 0.9, "right": 0.9}},
        },
        "heights": height_figures(crowns, recipe),
    }
    folder = tmp_path / "birch-traits"
    folder.mkdir()
    written: ModelCard = publish(lesson, chosen_settings(held, recipe, classes), figures, folder, lambda _: None)
    installed = load(folder, shipped=True)
    assert installed.card == written
    crop = CrownCrop(
        1, picture(3, SIDE_PX), np.ones((SIDE_PX, SIDE_PX), bool), domed(SIDE_PX), disc(30, SIDE_PX), GSD_M
    )
    bare = replace(crop, tree_id=2, chm_m=None)
    model = DinovtreeModel(installed)
    told = model.predict([crop, bare], CancelToken())
    model.close()
    expected = numbers_of([(crop.rgb, crop.crown, crop.chm_m), (bare.rgb, bare.crown, None)], GSD_M)
    assert told.embedding is not None
    np.testing.assert_allclose(told.embedding, expected, atol=5e-3)
    np.testing.assert_allclose(told.logits, lesson.net.logits(expected), atol=5e-3)
    np.testing.assert_allclose(told.height_m, lesson.net.heights(expected), atol=5e-3)


def test_heights_are_corrected_towards_what_people_measured() -> None:
    crowns, recipe = made_crowns(), Recipe(height_decay=0.01)
    net = heights_taught(crowns, recipe)
    known = measured(crowns)
    assert 0 < known.sum() < len(crowns)
    away = net.heights(crowns.numbers)[known] - crowns.field_m[known]
    assert np.abs(away).mean() < 0.6
    assert np.abs(np.expm1(crowns.numbers[known, TOP]) - crowns.field_m[known]).mean() > 1.9
    again = heights_taught(crowns, recipe)
    assert torch.equal(net.correction.weight, again.correction.weight)
    nobody = heights_taught(crowns.chosen(~np.isfinite(crowns.field_m)), recipe)
    np.testing.assert_allclose(nobody.heights(crowns.numbers), np.expm1(crowns.numbers[:, TOP]), rtol=1e-5)


def test_heights_are_examined_on_places_held_out() -> None:
    crowns = made_crowns()
    found = height_figures(crowns, Recipe(height_decay=0.01))
    assert found["all"]["crowns"] == measured(crowns).sum()
    assert found["all"]["model"]["mae_m"] < 0.8
    assert abs(found["all"]["model"]["bias_m"]) < 0.2
    moved = replace(crowns, field_m=crowns.field_m + np.where(crowns.fold == 0, 10.0, 0.0))
    assert height_figures(moved, Recipe())["all"]["model"]["mae_m"] > 2.0, "the fold that differs was not learned"


def test_the_example_has_crowns_and_gaps() -> None:
    feeds = example_feeds(2)
    logits, height_m, numbers = CrownNet(3, GSD_M)(*feeds.values())
    assert logits.shape == (2, 3)
    assert numbers.shape == (2, CrownStatistics.count)
    assert (height_m > 3.0).all()
    assert (feeds["elevation_m"] < 0.0).any()


def test_a_label_goes_to_the_outline_that_fits_it_best(tmp_path: Path) -> None:
    places = PlotPlace("teak", "TEAK_1", 0.0, 0.0, 2)
    labels = np.array([shapely.box(0, 0, 4, 4), shapely.box(20, 0, 24, 4)], object)
    plot = FieldPlot(places, PlotSources(tmp_path / "x.tif"), None, labels, ("", ""), np.full(2, np.nan))
    outlines = [shapely.box(2, 0, 6, 4), shapely.box(0, 0, 4, 5), shapely.box(40, 0, 44, 4)]
    found = _matched(plot, outlines, ("Quercus rubra", "conifer", "broadleaf"))
    assert found.tolist() == [[False] * 3, [False, True, False], [False] * 3]
