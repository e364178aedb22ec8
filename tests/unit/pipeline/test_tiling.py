"""Tiles: every cell of the working grid in one core, halos that end where nothing can be read."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from cone_plots import CRS, LEFT, TOP, write_plot
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.models.card import ModelCard
from inference.pipeline.tiling import TilePlan, cut, plan_tiles
from inference.plot.grid import Grid
from inference.plot.plot import Plot, PlotSources


def card(core_m: float, halo_m: float, gsd_m: float = 0.5) -> ModelCard:
    return ModelCard("test", "crowns", "", gsd_m, core_m, halo_m, needs_dsm=False, source="", licence="")


def grid_of(height: int, width: int, cell: float = 0.5) -> Grid:
    return Grid.covering("", (100.0, 200.0, 100.0 + width * cell, 200.0 + height * cell), cell)


def cells(grid: Grid, bounds: tuple[float, float, float, float]) -> tuple[slice, slice]:
    """Rows and columns of `grid` inside bounds that lie on its lines."""
    left, bottom, right, top = bounds
    rows = [(grid.top_crs - y) / grid.cell_crs for y in (top, bottom)]
    cols = [(x - grid.left_crs) / grid.cell_crs for x in (left, right)]
    np.testing.assert_allclose([*rows, *cols], np.round([*rows, *cols]), atol=1e-6)
    return slice(round(rows[0]), round(rows[1])), slice(round(cols[0]), round(cols[1]))


@settings(deadline=None)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(4, 40), st.integers(0, 30))
def test_every_cell_is_in_exactly_one_core(height: int, width: int, core: int, halo: int) -> None:
    grid = grid_of(height, width)
    covered = np.zeros(grid.shape, dtype=int)
    plan = cut(grid, core, halo, grid)
    for tile in plan:
        place = cells(grid, tile.core_crs)
        covered[place] += 1
        assert max(covered[place].shape) <= core
    assert (covered == 1).all()
    assert [tile.index for tile in plan] == list(range(len(plan)))


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(5, 30), st.integers(0, 20))
def test_halos_are_full_except_at_the_end_of_what_can_be_read(height: int, width: int, core: int, halo: int) -> None:
    readable = grid_of(height + 14, width + 10)
    grid = readable.window(6, 4, height, width)
    for tile in cut(grid, core, halo, readable):
        rows, cols = cells(readable, tile.core_crs)
        seen_rows, seen_cols = cells(readable, tile.grid.bounds_crs)
        assert seen_rows == slice(max(rows.start - halo, 0), min(rows.stop + halo, readable.height_px))
        assert seen_cols == slice(max(cols.start - halo, 0), min(cols.stop + halo, readable.width_px))
        goes_on = (
            seen_cols.start > 0,
            seen_rows.stop < readable.height_px,
            seen_cols.stop < readable.width_px,
            seen_rows.start > 0,
        )
        assert tile.open_sides == goes_on


@settings(deadline=None)
@given(st.integers(20, 60), st.integers(20, 60), st.floats(0, 1), st.floats(0, 1))
def test_a_point_belongs_to_one_core_when_there_is_no_band(height: int, width: int, x: float, y: float) -> None:
    grid = grid_of(height, width)
    left, bottom, right, top = grid.bounds_crs
    # Not the outer right and bottom lines themselves: an anchor is never there.
    point = (left + x * (right - left) * 0.9999, top - y * (top - bottom) * 0.9999)
    owners = [tile for tile in cut(grid, 13, 5, grid) if tile.owns(*point, 0.0)]
    assert len(owners) == 1


def test_cores_without_data_are_skipped_and_numbers_leave_no_gap() -> None:
    grid = grid_of(40, 40)
    corner = shapely.box(100.0, 200.0, 109.0, 209.0)
    plan = cut(grid, 10, 2, grid, corner)
    assert [tile.index for tile in plan] == list(range(4))
    assert all(shapely.box(*tile.core_crs).intersects(corner) for tile in plan)


def test_metres_hold_in_a_plot_in_feet(tmp_path: Path) -> None:
    with rasterio.open(
        tmp_path / "feet.tif",
        "w",
        driver="GTiff",
        width=300,
        height=300,
        count=3,
        dtype="uint8",
        crs="EPSG:2263",
        transform=rasterio.Affine(1.0, 0, 980_000.0, 0, -1.0, 200_000.0),
    ) as raster:
        raster.write(np.full((3, 300, 300), 99, dtype=np.uint8))
    with Plot.open(PlotSources(tmp_path / "feet.tif")) as plot:
        plan = plan_tiles(plot, card(30.0, 6.0))
        unit_m = plot.unit_m
    assert len(plan) == 16
    left, _, right, _ = plan[0].core_crs
    assert (right - left) * unit_m == pytest.approx(300 * unit_m / 4, abs=0.6)


def test_an_area_of_interest_limits_cores_but_not_halos(tmp_path: Path) -> None:
    sources = write_plot(tmp_path, (), 100.0)
    area = write_area(tmp_path / "area.gpkg", shapely.box(LEFT + 40, TOP - 60, LEFT + 60, TOP - 40))
    with Plot.open(PlotSources(sources.ortho, sources.dsm, sources.dtm, area)) as plot:
        plan = plan_tiles(plot, card(50.0, 10.0))
    (tile,) = plan
    assert tile.core_crs == (LEFT + 40, TOP - 60, LEFT + 60, TOP - 40)
    assert tile.grid.bounds_crs == (LEFT + 30, TOP - 70, LEFT + 70, TOP - 30)
    assert tile.open_sides == (True, True, True, True)


def write_area(path: Path, area: shapely.Polygon) -> Path:
    """A vector file with one polygon."""
    from pyogrio.raw import write

    write(path, np.array([area.wkb], dtype=object), [], [], crs=CRS, geometry_type="Polygon")
    return path


@pytest.mark.shared
def test_the_plan_of_a_real_plot_covers_it(shared_data: Path) -> None:
    with Plot.open(PlotSources(shared_data / "teak" / "TEAK_059_rgb.tif")) as plot:
        plan: tuple[TilePlan, ...] = plan_tiles(plot, card(15.0, 5.0))
        cores = shapely.union_all([shapely.box(*tile.core_crs) for tile in plan])
        assert shapely.covers(cores, shapely.box(*plot.bounds_crs))
    assert len(plan) == 9
