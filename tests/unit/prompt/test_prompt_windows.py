"""The lattice of windows: every place is served, the same place by the same window, a view without gaps."""

import math
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.errors import ModelError
from inference.models.card import ModelCard
from inference.prompt.windows import Lattice

CARD = ModelCard(
    "sam", "prompt", "SAM", 0.05, 51.2, 0.0, needs_dsm=False, source="", licence="", family="sam", tile_px=1024
)
LATTICE = Lattice.of(CARD, crs_wkt="", unit_m=1.0, ortho_gsd_m=0.02)

eastings = st.floats(166_000, 834_000)
northings = st.floats(-9_000_000, 9_400_000)
levels = st.integers(LATTICE.lowest, LATTICE.highest)


@given(eastings, northings, levels)
def test_any_place_lies_well_inside_its_best_window(x: float, y: float, level: int) -> None:
    window = LATTICE.best((x, y), level)
    left, bottom, right, top = window.grid.bounds_crs
    side = right - left
    margin = min(x - left, right - x, y - bottom, top - y)
    assert margin >= 0.3 * side
    assert side == pytest.approx(1024 * 0.05 * 2.0**level)


@given(eastings, northings, levels)
def test_what_serves_a_place_comes_nearest_first_and_begins_with_the_best(x: float, y: float, level: int) -> None:
    serving = LATTICE.serving((x, y), level)
    assert serving[0] == LATTICE.best((x, y), level)
    assert 1 <= len(serving) <= 9
    assert all(one.serves(x, y) for one in serving)


@given(eastings, northings, levels, st.floats(-30, 30), st.floats(-30, 30))
def test_a_window_is_the_same_whoever_asks(x: float, y: float, level: int, dx: float, dy: float) -> None:
    mine = LATTICE.best((x, y), level)
    for other in LATTICE.serving((x + dx, y + dy), level):
        if (other.row, other.col) == (mine.row, mine.col):
            assert other == mine
            assert other.key == mine.key
        else:
            assert other.key != mine.key


@settings(max_examples=60)
@given(eastings, northings, levels, st.floats(1.0, 120.0), st.floats(1.0, 120.0))
def test_a_view_is_covered_without_gaps_from_its_middle_on(x: float, y: float, level: int, w: float, h: float) -> None:
    scale = 2.0**level
    view = (x, y, x + w * scale, y + h * scale)
    windows = LATTICE.covering(view, level)
    served = shapely.union_all([shapely.box(*one.served_crs) for one in windows])
    gap = shapely.difference(shapely.box(*view), served.buffer(1e-6))
    assert gap.area < 1e-9 * w * h * scale**2 + 1e-12
    assert windows[0] == LATTICE.best((x + w * scale / 2, y + h * scale / 2), level)
    served_side = 0.75 * 1024 * 0.05 * scale
    assert len(windows) <= (math.ceil(w * scale / served_side) + 2) * (math.ceil(h * scale / served_side) + 2)


@given(eastings, northings, st.floats(0.1, 60.0), st.floats(0.1, 60.0), levels)
def test_a_box_is_held_whole_or_not_at_all(x: float, y: float, w: float, h: float, level: int) -> None:
    box = (x, y, x + w, y + h)
    windows = LATTICE.holding(box, level)
    for window in windows:
        assert shapely.box(*window.grid.bounds_crs).covers(shapely.box(*box))
        assert window.level >= level
    if max(w, h) < 0.5 * 51.2 * 2.0**level:
        assert windows
        assert windows[0].level == level


def test_grids_lie_on_multiples_of_the_cell() -> None:
    grid = LATTICE.best((500_123.4, 5_100_987.6), 0).grid
    assert (grid.left_crs / grid.cell_crs) == pytest.approx(round(grid.left_crs / grid.cell_crs), abs=1e-6)
    assert (grid.top_crs / grid.cell_crs) == pytest.approx(round(grid.top_crs / grid.cell_crs), abs=1e-6)


@pytest.mark.parametrize(
    ("view_m", "level"), [(0.05, 0), (0.06, 0), (0.08, 1), (0.1, 1), (0.02, -1), (0.001, -2), (5.0, 2)]
)
def test_the_level_nearest_to_a_screen_pixel(view_m: float, level: int) -> None:
    assert LATTICE.level_for(view_m) == level


@pytest.mark.parametrize(("ortho_m", "lowest"), [(0.01, -2), (0.05, -1), (0.1, 0), (0.4, 2), (3.0, 2)])
def test_no_level_is_much_finer_than_the_picture(ortho_m: float, lowest: int) -> None:
    assert Lattice.of(CARD, crs_wkt="", unit_m=1.0, ortho_gsd_m=ortho_m).lowest == lowest


def test_feet_count_as_what_they_are() -> None:
    feet = Lattice.of(CARD, crs_wkt="", unit_m=0.3048, ortho_gsd_m=0.02)
    left, _, right, _ = feet.best((1000.0, 1000.0), 0).grid.bounds_crs
    assert (right - left) * 0.3048 == pytest.approx(51.2)


def test_a_trained_model_keeps_closer_to_its_cell_size_and_a_card_may_say_how_close() -> None:
    trained = replace(CARD, family="balsam2")
    lattice = Lattice.of(trained, crs_wkt="", unit_m=1.0, ortho_gsd_m=0.01)
    assert (lattice.lowest, lattice.highest) == (-1, 1)
    said = replace(CARD, settings={"click_levels": [0, 3]})
    lattice = Lattice.of(said, crs_wkt="", unit_m=1.0, ortho_gsd_m=0.01)
    assert (lattice.lowest, lattice.highest) == (0, 3)


@pytest.mark.parametrize("said", ["0..3", [0], [0.5, 1], [0, 99], None])
def test_nonsense_levels_are_refused(said: object) -> None:
    with pytest.raises(ModelError, match="click_levels"):
        Lattice.of(replace(CARD, settings={"click_levels": said}), crs_wkt="", unit_m=1.0, ortho_gsd_m=0.01)  # type: ignore[dict-item]


def test_a_card_without_a_tile_size_is_refused() -> None:
    with pytest.raises(ModelError, match="tile_px"):
        Lattice.of(replace(CARD, tile_px=0), crs_wkt="", unit_m=1.0, ortho_gsd_m=0.01)
