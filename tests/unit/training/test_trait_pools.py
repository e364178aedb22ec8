"""Crowns as training examples: where their pictures lie, what they may be called, and how tall they are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_plots import made_plot

from training.data.labelled import LabelledPlot
from training.data.synthetic import synthetic_plot
from training.traits.crops import CropMaker, CropRules, cut
from training.traits.crowns import CrownPool, canopy_height_m, joined, pool_of
from training.traits.names import allowed, classes_of

RULES = CropRules(side_px=32, gsd_m=0.2, patch_px=16)
CLASSES = ("Quercus rubra", "Quercus alba", "Pinus", "broadleaf", "dead")


def named_plot(seed: int, names: tuple[str, ...], **changes: object) -> LabelledPlot:
    return replace(made_plot(seed, crowns=len(names)), species=names, **changes)  # type: ignore[arg-type]


def pool(*plots: LabelledPlot, classes: tuple[str, ...] = CLASSES) -> CrownPool:
    return pool_of(plots, lambda text: allowed(text, classes), len(classes))


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Quercus rubra", (0,)),
        ("QURU", (0,)),
        ("Quercus", (0, 1, 3)),
        ("Quercus velutina", (3,)),
        ("Acer rubrum", (3,)),
        ("Pinus strobus", ()),
        ("pinus sp.", (2,)),
        ("dead", (4,)),
        ("snag", (4,)),
        ("unknown", ()),
        ("", ()),
    ],
)
def test_what_a_note_allows(text: str, columns: tuple[int, ...]) -> None:
    assert allowed(text, CLASSES) == columns


def test_classes_are_the_common_names() -> None:
    names = ("QURU",) * 6 + ("Acer rubrum",) * 3 + ("Fagus grandifolia",) * 2 + ("Tree", "old gnarled one")
    plots = [named_plot(number, (name,)) for number, name in enumerate(names)]
    assert classes_of(plots) == ("Quercus rubra", "broadleaf")
    assert classes_of(plots, ("dead", "Quercus rubra")) == ("dead", "Quercus rubra", "broadleaf")
    assert classes_of([made_plot(0)]) == ()


def test_a_crop_shows_its_crown_in_the_middle() -> None:
    plot = named_plot(3, ("Quercus rubra", "dead", "", "Quercus"), height_m=np.array([9, np.nan, 4, 7], np.float32))
    crowns = pool(plot)
    assert crowns.label.tolist() == [0, 4, -1, -1]
    for number in range(len(crowns)):
        crop = cut(crowns, number, RULES)
        assert crop.rgb.shape == (3, 32, 32)
        row, column = np.rint(crowns.centre[number] - 16).astype(int).tolist()
        inside = slice(max(row, 0), row + 32), slice(max(column, 0), column + 32)
        seen = plot.rgb[:, inside[0], inside[1]]
        top, left = max(-row, 0), max(-column, 0)
        assert np.array_equal(crop.rgb[:, top : top + seen.shape[1], left : left + seen.shape[2]], seen)
        assert 0.0 < crop.extent.mean() < 1.0
    assert np.isnan(cut(crowns, 1, RULES).height_m)
    assert cut(crowns, 0, RULES, 1.1).height_m == pytest.approx(9.9)


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 2**20), gsd_m=st.sampled_from([0.05, 0.1, 0.2, 0.5]))
def test_any_crop_can_be_drawn(seed: int, gsd_m: float) -> None:
    crowns = pool(named_plot(seed % 7, ("Quercus rubra", "dead", ""), gsd_m=gsd_m))
    maker = CropMaker([crowns], [1.0], RULES)
    once, again = (maker.draw(np.random.default_rng(seed)) for _ in range(2))
    assert once.rgb.shape == (3, 32, 32)
    assert once.extent.shape == (2, 2)
    assert np.isfinite(once.rgb).all()
    assert np.array_equal(once.rgb, again.rgb)
    assert np.array_equal(once.extent, again.extent)


def test_boxes_have_the_extent_of_their_ellipse() -> None:
    plot = named_plot(5, ("Quercus rubra",))
    outlined, boxed = (pool(replace(plot, owner=owner)) for owner in (plot.owner, None))
    difference = np.abs(cut(outlined, 0, RULES).extent - cut(boxed, 0, RULES).extent)
    assert difference.max() < 0.1


def test_rare_names_are_drawn_more_often_than_they_occur() -> None:
    crowns = joined([pool(named_plot(n, ("Quercus rubra",) * 8)) for n in range(4)] + [pool(named_plot(9, ("dead",)))])
    assert len(crowns) == 33
    maker = CropMaker([crowns], [1.0], replace(RULES, light=0.0), evenness=0.5)
    rng = np.random.default_rng(0)
    share = np.mean([maker.draw(rng).allowed[4] for _ in range(400)])
    assert 0.08 < share < 0.25


def test_heights_of_the_canopy_model() -> None:
    plot = made_plot(1)
    height_m = canopy_height_m(plot)
    assert plot.owner is not None
    assert plot.chm_m is not None
    alone = [n for n in range(len(plot.boxes)) if (plot.owner == n + 1).sum() > 60]
    for number in alone:
        highest = plot.chm_m[plot.owner == number + 1].max()
        assert height_m[number] == pytest.approx(highest, rel=0.35)
    assert np.isnan(canopy_height_m(replace(plot, chm_m=None))).all()
    assert np.isnan(canopy_height_m(replace(plot, chm_m=np.full_like(plot.chm_m, np.nan)))).all()


def test_synthetic_crowns_have_names_and_heights() -> None:
    plot = synthetic_plot(3, 0, 0.4, 24.0)
    assert plot.species is not None
    assert plot.height_m is not None
    assert len(plot.species) == len(plot.height_m) == len(plot.boxes)
    assert all(plot.species)
    assert (plot.height_m > 0).all()
