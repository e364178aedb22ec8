"""What elevation does for a click: treetops that help, valleys that part trees, the ground that is no crown."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.plot.grid import Grid
from inference.prompt.base import FloatArray, Prompt
from inference.prompt.canopy import Assists, Canopy, with_treetop
from inference.prompt.limits import limit

CELL_M = 0.25
SIDE = 120
GRID = Grid("", 1000.0, 2000.0, CELL_M, SIDE, SIDE)
ALL = Assists()


def place(row: float, col: float) -> tuple[float, float]:
    """The middle of a cell on the map."""
    return (GRID.left_crs + (col + 0.5) * CELL_M, GRID.top_crs - (row + 0.5) * CELL_M)


def dome(row: float, col: float, radius_m: float, height_m: float) -> FloatArray:
    """A rounded crown, 0 outside."""
    rows, cols = np.mgrid[:SIDE, :SIDE]
    away = np.hypot(rows - row, cols - col) * CELL_M / radius_m
    return np.where(away < 1.0, height_m * (1.0 - 0.5 * away**2), 0.0).astype(np.float32)


def disc(row: float, col: float, radius_m: float) -> FloatArray:
    """Logits of a mask around a cell."""
    rows, cols = np.mgrid[:SIDE, :SIDE]
    return (radius_m / CELL_M - np.hypot(rows - row, cols - col)).astype(np.float32)


TWO = np.maximum(dome(60, 45, 4.0, 16.0), dome(60, 73, 4.0, 14.0))
CANOPY = Canopy.of(TWO, GRID, 1.0, ALL)


def test_two_trees_are_two_and_their_tops_are_where_they_stand() -> None:
    assert len(CANOPY.tops_rc) == 2
    west, east = CANOPY.tree_at(place(60, 45)), CANOPY.tree_at(place(60, 73))
    assert west != east
    assert CANOPY.top_of(west) == pytest.approx(place(60, 45), abs=0.3)
    assert CANOPY.tree_at(place(5, 5)) == 0
    assert CANOPY.tree_at((0.0, 0.0)) == 0
    assert np.isnan(CANOPY.height_at((0.0, 0.0)))


def test_limbs_of_one_tree_are_one() -> None:
    limbs = np.maximum(dome(60, 56, 4.0, 16.0), dome(60, 64, 4.0, 15.8))
    assert len(Canopy.of(limbs, GRID, 1.0, ALL).tops_rc) == 1


def test_a_mask_over_two_trees_is_cut_at_the_valley() -> None:
    prompt = Prompt().including(place(60, 42))
    limited = limit(disc(60, 59, 7.0), CANOPY, prompt, replace(ALL, ground=False))
    assert limited.assists == ("valley",)
    assert limited.logits[60, 45] > 0
    assert limited.logits[60, 73] < 0
    own = CANOPY.trees == CANOPY.tree_at(place(60, 45))
    other = (CANOPY.trees > 0) & ~own
    assert not (limited.logits[other] > 0).any()
    np.testing.assert_array_equal(limited.logits[own] > 0, disc(60, 59, 7.0)[own] > 0)


def test_a_tree_whose_top_is_outside_the_mask_only_overlaps() -> None:
    """Where two crowns meet the picture draws the border better than the heights."""
    logits = disc(60, 45, 5.0)
    assert logits[60, 73] < 0 < logits[60, 62]
    assert limit(logits, CANOPY, Prompt().including(place(60, 42)), replace(ALL, ground=False)).assists == ()


def test_clicks_on_both_trees_keep_both() -> None:
    prompt = Prompt().including(place(60, 45)).including(place(60, 73))
    limited = limit(disc(60, 59, 7.0), CANOPY, prompt, replace(ALL, ground=False))
    assert limited.assists == ()


def test_a_box_means_the_trees_whose_tops_stand_in_it() -> None:
    (left, bottom), (right, top) = place(80, 30), place(40, 58)
    prompt = Prompt().boxed((left, bottom, right, top))
    assert CANOPY.trees_of(prompt) == [CANOPY.tree_at(place(60, 45))]
    assert limit(disc(60, 59, 7.0), CANOPY, prompt, replace(ALL, ground=False)).assists == ("valley",)


def test_a_crown_to_refine_means_its_own_trees_and_those_clicked_on() -> None:
    crown = shapely.box(*place(80, 30), *place(40, 58))
    east = place(60, 73)
    assert CANOPY.trees_of(Prompt(outline=crown)) == [CANOPY.tree_at(place(60, 45))]
    assert len(CANOPY.trees_of(Prompt(outline=crown).including(east))) == 2
    both = shapely.box(*place(80, 30), *place(40, 90))
    assert len(CANOPY.trees_of(Prompt(outline=both))) == 2
    assert CANOPY.trees_of(Prompt(outline=both).excluding(east)) == [CANOPY.tree_at(place(60, 45))]


def test_the_ground_is_no_crown() -> None:
    prompt = Prompt().including(place(60, 45))
    limited = limit(disc(60, 45, 5.5), CANOPY, prompt, replace(ALL, valleys=False))
    assert limited.assists == ("ground",)
    assert not (limited.logits[TWO < 1.0] > 0).any()
    assert (limited.logits[TWO > 8.0] > 0).sum() > 0


def test_unknown_heights_leave_the_mask_alone() -> None:
    holed = TWO.copy()
    holed[:, 40:50] = np.nan
    canopy = Canopy.of(holed, GRID, 1.0, ALL)
    limited = limit(disc(60, 45, 3.0), canopy, Prompt().including(place(60, 52)), ALL)
    inside = disc(60, 45, 3.0) > 0
    assert (limited.logits[inside & np.isnan(holed)] > 0).all()


def test_a_click_below_the_limit_switches_the_ground_off() -> None:
    """Young trees, or a surface model that lies beside the picture: the person has pointed at a tree."""
    young = dome(60, 60, 1.5, 0.8)
    canopy = Canopy.of(young, GRID, 1.0, ALL)
    limited = limit(disc(60, 60, 1.5), canopy, Prompt().including(place(60, 60)), ALL)
    assert limited.assists == ()
    np.testing.assert_array_equal(limited.logits, disc(60, 60, 1.5))


def test_elevation_that_contradicts_the_picture_is_not_believed() -> None:
    """The click hits a single high cell; nearly all of the mask lies on the ground."""
    heights = np.zeros((SIDE, SIDE), np.float32)
    heights[60, 60] = 9.0
    canopy = Canopy.of(heights, GRID, 1.0, ALL)
    limited = limit(disc(60, 60, 3.0), canopy, Prompt().including(place(60, 60)), ALL)
    assert limited.assists == ()


def test_an_empty_mask_stays_empty() -> None:
    empty = np.full((SIDE, SIDE), -3.0, np.float32)
    assert limit(empty, CANOPY, Prompt().including(place(60, 45)), ALL).assists == ()


@settings(max_examples=40, deadline=None)
@given(st.integers(20, 100), st.integers(20, 100), st.floats(0.5, 10.0), st.integers(40, 80), st.integers(25, 95))
def test_limits_only_ever_take_and_never_the_click(row: int, col: int, radius: float, at_row: int, at_col: int) -> None:
    logits = disc(row, col, radius)
    limited = limit(logits, CANOPY, Prompt().including(place(at_row, at_col)), ALL).logits
    assert (limited <= logits).all()
    if logits[at_row, at_col] > 0:
        assert limited[at_row, at_col] > 0 or TWO[at_row, at_col] < 1.0


def test_a_treetop_helps_a_single_click_away_from_it() -> None:
    click = Prompt().including(place(60, 36))
    helped = with_treetop(click, CANOPY, 1.0, ALL)
    assert len(helped.marks) == 2
    assert helped.places(include=True)[1] == pytest.approx(place(60, 45), abs=0.3)


@pytest.mark.parametrize(
    "prompt",
    [
        Prompt().including(place(60, 45)),  # at the top already
        Prompt().including(place(10, 10)),  # on no tree
        Prompt().including(place(60, 36)).including(place(62, 36)),
        Prompt().including(place(60, 36)).excluding(place(60, 73)),
        Prompt().boxed((1000.0, 1990.0, 1010.0, 2000.0)),
        Prompt(outline=shapely.box(1000, 1990, 1010, 2000)).including(place(60, 36)),
        Prompt(),
    ],
)
def test_everything_else_is_left_as_it_was_said(prompt: Prompt) -> None:
    assert with_treetop(prompt, CANOPY, 1.0, ALL) is prompt


def test_the_treetop_can_be_switched_off() -> None:
    click = Prompt().including(place(60, 36))
    assert with_treetop(click, CANOPY, 1.0, replace(ALL, treetops=False)) is click


def test_a_place_without_any_tree_is_fine() -> None:
    bare = Canopy.of(np.zeros((SIDE, SIDE), np.float32), GRID, 1.0, ALL)
    assert bare.trees_of(Prompt().boxed((1000.0, 1990.0, 1010.0, 2000.0))) == []
    assert limit(disc(60, 60, 3.0), bare, Prompt().including(place(60, 60)), ALL).assists == ()
