"""From logits to outlines: between the cells, the part that was meant, always valid; and refining a crown."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from inference.plot.grid import Grid
from inference.prompt.base import FloatArray, Prompt
from inference.prompt.outlining import preview, straightened, trace
from inference.prompt.refining import refined, trimmed

NOWHERE = np.zeros((0, 2))


def grid(side: int, cell: float = 1.0) -> Grid:
    return Grid("", 500_000.0, 5_100_000.0, cell, side, side)


def disc(side: int, row: float, col: float, radius: float) -> FloatArray:
    rows, cols = np.mgrid[:side, :side]
    return (radius - np.hypot(rows + 0.5 - row, cols + 0.5 - col)).astype(np.float32)


@pytest.mark.parametrize("radius", [2.3, 5.0, 11.7])
def test_the_outline_runs_between_the_cells(radius: float) -> None:
    outline = trace(disc(40, 20.3, 18.6, radius), grid(40), NOWHERE, min_hole_area_crs=0.0)
    assert outline is not None
    true = shapely.Point(500_018.6, 5_099_979.7).buffer(radius, 64)
    assert outline.hausdorff_distance(true) < 0.12
    assert outline.area == pytest.approx(math.pi * radius**2, rel=0.02 if radius > 3 else 0.05)
    assert shapely.is_ccw(outline.exterior)


def test_the_part_that_was_clicked_is_taken_not_the_largest() -> None:
    two = np.maximum(disc(60, 15, 15, 5.0), disc(60, 40, 40, 12.0))
    clicked = np.array([[500_015.0, 5_099_985.0]])
    small = trace(two, grid(60), clicked, min_hole_area_crs=0.0)
    large = trace(two, grid(60), NOWHERE, min_hole_area_crs=0.0)
    assert small is not None
    assert large is not None
    assert small.area == pytest.approx(math.pi * 25, rel=0.03)
    assert large.area == pytest.approx(math.pi * 144, rel=0.03)


def test_small_holes_are_filled_and_large_ones_stay() -> None:
    ring = np.minimum(disc(60, 30, 30, 20.0), -disc(60, 30, 30, 6.0))
    ring = np.minimum(ring, -disc(60, 30, 42, 1.5))
    outline = trace(ring, grid(60), NOWHERE, min_hole_area_crs=20.0)
    assert outline is not None
    assert len(outline.interiors) == 1
    assert outline.area == pytest.approx(math.pi * (400 - 36), rel=0.02)
    filled = trace(ring, grid(60), NOWHERE, min_hole_area_crs=1e9)
    assert filled is not None
    assert len(filled.interiors) == 0


def test_a_mask_that_leaves_the_window_ends_with_it() -> None:
    outline = trace(disc(30, 2.0, 15.0, 8.0), grid(30), NOWHERE, min_hole_area_crs=0.0)
    assert outline is not None
    assert outline.bounds[3] <= 5_100_000.0
    assert outline.is_valid
    everything = trace(np.full((8, 8), 5.0, np.float32), grid(8), NOWHERE, min_hole_area_crs=0.0)
    assert everything is not None
    assert everything.area == pytest.approx(64.0, rel=0.1)


def test_nothing_is_none() -> None:
    assert trace(np.full((8, 8), -1.0, np.float32), grid(8), NOWHERE, min_hole_area_crs=0.0) is None
    assert trace(np.full((8, 8), np.nan, np.float32), grid(8), NOWHERE, min_hole_area_crs=0.0) is None


@settings(max_examples=150, deadline=None)
@given(
    arrays_of.arrays(
        np.float32,
        st.tuples(st.integers(1, 9), st.integers(1, 9)),
        elements=st.one_of(st.sampled_from([-1.0, 0.0, 1.0, np.nan, np.inf, -np.inf]), st.floats(-20, 20, width=32)),
    ),
    st.floats(0.0, 10.0),
)
def test_whatever_the_mask_the_outline_is_valid_and_on_it(logits: FloatArray, hole: float) -> None:
    height, width = logits.shape
    place = Grid("", 10.0, 90.0, 0.5, height, width)
    outline = trace(logits, place, NOWHERE, min_hole_area_crs=hole)
    if outline is None:
        return
    assert outline.is_valid
    assert outline.area > 0
    assert shapely.box(*place.bounds_crs).buffer(1e-9).covers(outline)
    assert (np.nan_to_num(logits, nan=-1.0) > 0).any()


def test_straightening_keeps_the_shape_with_fewer_corners() -> None:
    outline = trace(disc(80, 40, 40, 25.0), grid(80, 0.2), NOWHERE, min_hole_area_crs=0.0)
    assert outline is not None
    simple = straightened(outline, 0.2, 0.5)
    assert len(simple.exterior.coords) < 0.6 * len(outline.exterior.coords)
    assert simple.intersection(outline).area / simple.union(outline).area > 0.97
    glance = preview(outline, 0.1)
    assert glance.is_valid
    assert len(glance.exterior.coords) < 0.5 * len(outline.exterior.coords)


CROWN = shapely.box(0, 0, 10, 10)
ANSWER = shapely.union_all([shapely.box(0, 0, 10, 7), shapely.box(10, 2, 14, 5), shapely.box(-3, 1, 0, 3)])


def test_only_the_part_under_a_click_is_added() -> None:
    result = refined(CROWN, ANSWER, Prompt().including((12.0, 3.0)), 0.1)
    assert result.equals(shapely.union(CROWN, shapely.box(10, 2, 14, 5)))


def test_only_the_part_under_a_click_is_taken() -> None:
    result = refined(CROWN, ANSWER, Prompt().excluding((5.0, 9.0)), 0.1)
    assert result.equals(shapely.box(0, 0, 10, 7))


def test_both_at_once() -> None:
    prompt = Prompt().including((12.0, 3.0)).excluding((5.0, 9.0))
    expected = shapely.union(shapely.box(0, 0, 10, 7), shapely.box(10, 2, 14, 5))
    assert refined(CROWN, ANSWER, prompt, 0.1).equals(expected)


def test_a_click_that_nothing_follows_from_changes_nothing() -> None:
    assert refined(CROWN, ANSWER, Prompt().including((5.0, 5.0)), 0.1).equals(CROWN)
    assert refined(CROWN, shapely.box(20, 20, 30, 30), Prompt().including((5.0, 5.0)), 0.1).equals(CROWN)


def test_a_box_takes_the_whole_answer() -> None:
    assert refined(CROWN, ANSWER, Prompt().boxed((0.0, 0.0, 9.0, 9.0)), 0.1) is ANSWER


def test_taking_all_leaves_the_crown() -> None:
    assert refined(CROWN, shapely.box(20, 20, 30, 30), Prompt().excluding((5.0, 5.0)), 0.1).equals(CROWN)


def test_trimming_keeps_the_part_that_was_clicked() -> None:
    across = shapely.box(4, -1, 5, 11)
    left = trimmed(CROWN, [across], Prompt().including((2.0, 5.0)))
    assert left is not None
    assert left.equals(shapely.box(0, 0, 4, 10))
    larger = trimmed(CROWN, [across], Prompt())
    assert larger is not None
    assert larger.equals(shapely.box(5, 0, 10, 10))
    assert trimmed(CROWN, [shapely.box(-1, -1, 11, 11)], Prompt()) is None
    assert trimmed(CROWN, [shapely.box(10, 0, 20, 10)], Prompt()) is CROWN
