"""Plot grids, control plots and progress: nothing overlaps, everything lies inside, the same seed draws the same."""

from itertools import combinations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.crowns import area_edits, area_plans
from inference.crowns.records import Area
from inference.errors import InputError

GROUND = shapely.Polygon([(3, 1), (97, 4), (88, 71), (40, 96), (2, 60)])
SIDES = st.floats(3.0, 60.0)


@settings(max_examples=60, deadline=None)
@given(SIDES, st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_cells_cover_the_ground_without_overlap(side: float, dx: float, dy: float) -> None:
    ground = shapely.affinity.translate(GROUND, dx, dy)
    plans = area_plans.grid_cells(ground, side)
    outlines = [plan.outline for plan in plans]
    total = sum(outline.area for outline in outlines)
    assert shapely.union_all(outlines).area == pytest.approx(total, rel=1e-6)
    assert all(outline.is_valid and outline.geom_type == "Polygon" for outline in outlines)
    left_out = ground.area - total
    cells = (int(94 / side) + 3) * (int(95 / side) + 3)
    assert -1e-3 <= left_out <= 0.05 * side * side * cells
    assert len({plan.name for plan in plans}) == len(plans)


def test_cells_are_named_like_a_chessboard_read_from_the_north_west() -> None:
    plans = area_plans.grid_cells(shapely.box(0, 0, 60, 40), 20)
    assert [plan.name for plan in plans] == ["A1", "A2", "A3", "B1", "B2", "B3"]
    assert plans[0].outline.bounds == (0, 20, 20, 40)
    names = [plan.name for plan in area_plans.grid_cells(shapely.box(0, 0, 1, 30), 1)]
    assert names[25:28] == ["Z1", "AA1", "AB1"]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6), st.floats(1.0, 6.0), st.sampled_from(["circle", "square"]), st.integers(0, 2**31))
def test_control_plots_lie_inside_and_apart(count: int, size: float, shape: area_plans.Shape, seed: int) -> None:
    taken = [shapely.box(20, 20, 50, 50)]
    plans = area_plans.random_plots(GROUND, count, size, shape=shape, seed=seed, taken=taken)
    outlines = [plan.outline for plan in plans]
    assert len(outlines) == count
    assert all(GROUND.covers(outline) for outline in outlines)
    assert not any(one.intersects(other) for one, other in combinations([*outlines, *taken], 2))
    again = area_plans.random_plots(GROUND, count, size, shape=shape, seed=seed, taken=taken)
    assert again == plans


@pytest.mark.parametrize(("count", "size"), [(5, 40.0), (0, 3.0), (2, 0.0)])
def test_what_cannot_be_drawn_is_said(count: int, size: float) -> None:
    with pytest.raises(InputError):
        area_plans.random_plots(GROUND, count, size, shape="circle", seed=1)


@pytest.mark.parametrize("side", [0.0, -1.0, 0.001, float("nan")])
def test_cells_need_a_sensible_side(side: float) -> None:
    with pytest.raises(InputError):
        area_plans.grid_cells(GROUND, side)


def test_progress_counts_ground_once_and_jumps_round() -> None:
    areas = [
        Area(1, "cell", shapely.box(0, 0, 10, 10), "A1", done=True),
        Area(2, "cell", shapely.box(10, 0, 20, 10), "A2"),
        Area(3, "complete", shapely.box(0, 0, 10, 10), "N", done=True),
    ]
    cells = area_plans.progress(areas, 0.5, "cell")
    assert (cells.count, cells.done, cells.area_m2, cells.done_m2, cells.share) == (2, 1, 50.0, 25.0, 0.5)
    assert area_plans.progress(areas, 1.0).area_m2 == 200.0
    assert area_plans.progress([], 1.0).share == 0.0
    assert area_plans.next_open(areas, 2) == areas[1]
    assert area_plans.next_open(areas, 1) == areas[1]
    assert area_plans.next_open(areas[:1], None) is None
    assert area_plans.next_open([], None) is None


def test_edits_of_areas_have_names_and_inverses() -> None:
    plans = area_plans.grid_cells(shapely.box(0, 0, 40, 20), 20)
    made = area_edits.add((5, 6), plans, kind="cell", by="ann", at="t")
    assert made.name == "Add 2 grid cells"
    areas = [change.after for change in made.records if isinstance(change.after, Area)]
    done = area_edits.change(areas[:1], done=True, by="bob", at="u")
    assert done is not None
    assert done.name == "Finish grid cell"
    assert done.inverse().inverse() == done
    assert area_edits.change(areas, done=False, by="bob", at="u") is None
    deleted = area_edits.delete(areas)
    assert deleted is not None
    assert [change.before for change in deleted.records] == areas
    with pytest.raises(InputError):
        area_edits.draw(7, shapely.Polygon([(0, 0), (1, 1), (2, 2)]), kind="complete", name="", by="a", at="t")
