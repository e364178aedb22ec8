"""The working grid covers what it is asked to, lies on multiples of its cell, and its windows agree."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from inference.plot.grid import Bounds, Grid

CELLS = st.sampled_from([0.01, 0.05, 0.25, 0.3, 0.5, 1.0, 2.5, 0.3048])
OFFSETS = st.integers(-50, 50)


@st.composite
def bounds(draw: st.DrawFn) -> Bounds:
    """A place as large as plots are, anywhere where projected coordinates may lie."""
    left = draw(st.floats(-2e7, 2e7))
    bottom = draw(st.floats(-2e7, 2e7))
    width = draw(st.floats(0.0, 300.0))
    height = draw(st.floats(0.0, 300.0))
    return (left, bottom, left + width, bottom + height)


def _tolerance_crs(grid: Grid) -> float:
    """Float64 resolves 4e-9 at 2e7; the grid itself forgives a millionth of a cell."""
    return 1e-8 + 2e-6 * grid.cell_crs


@given(bounds(), CELLS)
def test_the_grid_covers_the_bounds(place: Bounds, cell_crs: float) -> None:
    grid = Grid.covering("", place, cell_crs)
    left, bottom, right, top = grid.bounds_crs
    tolerance = _tolerance_crs(grid)
    assert left <= place[0] + tolerance
    assert bottom <= place[1] + tolerance
    assert right >= place[2] - tolerance
    assert top >= place[3] - tolerance


@given(bounds(), CELLS)
def test_no_row_or_column_could_be_left_out(place: Bounds, cell_crs: float) -> None:
    grid = Grid.covering("", place, cell_crs)
    left, bottom, right, top = grid.bounds_crs
    tolerance = _tolerance_crs(grid)
    assert place[0] - left < cell_crs + tolerance
    assert top - place[3] < cell_crs + tolerance
    if grid.width_px > 1:
        assert right - place[2] < cell_crs + tolerance
    if grid.height_px > 1:
        assert place[1] - bottom < cell_crs + tolerance


@given(bounds(), CELLS)
def test_lines_lie_on_multiples_of_the_cell(place: Bounds, cell_crs: float) -> None:
    grid = Grid.covering("", place, cell_crs)
    for line_crs in (grid.left_crs, grid.top_crs):
        assert line_crs == pytest.approx(round(line_crs / cell_crs) * cell_crs, abs=1e-7)


@given(bounds(), CELLS)
def test_a_part_has_its_cells_where_the_whole_has_them(place: Bounds, cell_crs: float) -> None:
    """Two tiles that see the same ground must see the same cells."""
    whole = Grid.covering("", place, cell_crs)
    left, bottom, right, top = place
    part = Grid.covering("", (left + (right - left) / 3, bottom, right, top - (top - bottom) / 4), cell_crs)
    columns = (part.left_crs - whole.left_crs) / cell_crs
    rows = (whole.top_crs - part.top_crs) / cell_crs
    assert columns == pytest.approx(round(columns), abs=1e-5)
    assert rows == pytest.approx(round(rows), abs=1e-5)


@example((0.0, 9024008.0, 0.0, 9024008.0), 0.3)
@example((600000.3, 4800000.3, 600000.6, 4800000.6), 0.1)  # ends on lines that floats do not hit exactly
@given(bounds(), CELLS)
def test_covering_a_grids_own_bounds_gives_the_grid_back(place: Bounds, cell_crs: float) -> None:
    assume(max(map(abs, place)) / cell_crs < 1e9)  # further out a millionth of a cell is below float64
    grid = Grid.covering("EPSG:32618", place, cell_crs)
    assert Grid.covering("EPSG:32618", grid.bounds_crs, cell_crs) == grid


@given(bounds(), CELLS)
def test_the_transform_maps_the_corners_to_the_bounds(place: Bounds, cell_crs: float) -> None:
    grid = Grid.covering("", place, cell_crs)
    left, bottom, right, top = grid.bounds_crs
    assert grid.transform @ (0, 0) == pytest.approx((left, top), abs=1e-7)
    assert grid.transform @ (grid.width_px, grid.height_px) == pytest.approx((right, bottom), abs=1e-7)


@given(bounds(), CELLS, OFFSETS, OFFSETS, OFFSETS, OFFSETS)
def test_a_window_of_a_window_is_a_window(
    place: Bounds, cell_crs: float, row_a: int, col_a: int, row_b: int, col_b: int
) -> None:
    grid = Grid.covering("EPSG:32618", place, cell_crs)
    twice = grid.window(row_a, col_a, 40, 40).window(row_b, col_b, 7, 9)
    once = grid.window(row_a + row_b, col_a + col_b, 7, 9)
    assert twice.shape == once.shape == (7, 9)
    assert twice.crs_wkt == once.crs_wkt == "EPSG:32618"
    assert twice.bounds_crs == pytest.approx(once.bounds_crs, abs=1e-7)


@given(bounds(), CELLS)
def test_the_window_of_everything_is_the_grid(place: Bounds, cell_crs: float) -> None:
    grid = Grid.covering("", place, cell_crs)
    assert grid.window(0, 0, grid.height_px, grid.width_px) == grid


def test_a_place_without_extent_still_gets_a_cell() -> None:
    assert Grid.covering("", (10.0, 20.0, 10.0, 20.0), 0.5).shape == (1, 1)


def test_rows_run_south_and_columns_east() -> None:
    grid = Grid("", left_crs=100.0, top_crs=200.0, cell_crs=0.5, height_px=4, width_px=6)
    assert grid.bounds_crs == (100.0, 198.0, 103.0, 200.0)
    assert grid.transform @ (2, 1) == (101.0, 199.5)
    assert grid.window(1, 2, 2, 2).bounds_crs == (101.0, 198.5, 102.0, 199.5)
