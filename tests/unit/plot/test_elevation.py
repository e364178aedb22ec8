"""Surface, ground and canopy height on any grid."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from factories_rasters import (
    CRS_WKT,
    ORIGIN,
    Scene,
    Tree,
    flat,
    scatter,
    slope,
    write_raster,
    write_scene_ortho,
    write_surface,
)

from inference import paths
from inference.errors import Cancelled
from inference.jobs import CancelToken, Progress
from inference.plot.elevation import MAX_HEIGHT_M, canopy_height
from inference.plot.grid import Grid
from inference.plot.plot import Plot, PlotSources
from inference.plot.raster import RasterReader
from inference.plot.surface import Surface

SCENE = scatter(3, 60.0, 30, ground=slope(8.0))


def places(grid: Grid) -> tuple[np.ndarray, np.ndarray]:
    """(H, W) metres from `ORIGIN` of the cells' centres."""
    cols, rows = np.meshgrid(np.arange(grid.width_px) + 0.5, np.arange(grid.height_px) + 0.5)
    return grid.left_crs + cols * grid.cell_crs - ORIGIN[0], grid.top_crs - rows * grid.cell_crs - ORIGIN[1]


def grid_of(cell_m: float, size_m: float = 60.0) -> Grid:
    return Grid.covering(CRS_WKT, (ORIGIN[0], ORIGIN[1], ORIGIN[0] + size_m, ORIGIN[1] + size_m), cell_m)


def test_a_treetop_keeps_its_height_on_coarser_and_finer_grids(tmp_path: Path) -> None:
    spike = np.full((240, 240), 100.0, np.float32)
    spike[101, 57] = 125.0
    path = write_raster(tmp_path / "d.tif", spike, transform=Affine(0.25, 0, ORIGIN[0], 0, -0.25, ORIGIN[1] + 60))
    surface = Surface(RasterReader.open(path))
    for cell_m in (0.1, 0.25, 0.3, 0.5, 0.8, 1.0, 3.0, 8.0):
        found = surface.highest(grid_of(cell_m))
        assert float(np.nanmax(found)) == 125.0
        row, col = np.unravel_index(int(np.nanargmax(found)), found.shape)
        x, y = places(grid_of(cell_m))
        assert abs(x[row, col] - 57.5 * 0.25) <= cell_m / 2 + 0.13
        assert abs(y[row, col] - (60 - 101.5 * 0.25)) <= cell_m / 2 + 0.13


def test_the_lowest_of_a_cell_is_found_and_data_beats_nothing(tmp_path: Path) -> None:
    surface = np.full((60, 60), 50.0, np.float32)
    surface[10, 10] = 20.0
    surface[30:34, 30:34] = np.nan
    surface[33, 33] = 70.0
    path = write_raster(tmp_path / "d.tif", surface, transform=Affine(1, 0, ORIGIN[0], 0, -1, ORIGIN[1] + 60))
    coarse = Surface(RasterReader.open(path)).lowest(grid_of(4.0))
    assert coarse[2, 2] == 20.0
    assert Surface(RasterReader.open(path)).highest(grid_of(2.0))[16, 16] == 70.0
    assert np.isnan(Surface(RasterReader.open(path)).highest(grid_of(2.0))[15, 15])


def test_strips_of_a_large_cell_search_fit_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_surface(tmp_path / "d.tif", SCENE.surface, gsd_m=0.1)
    surface = Surface(RasterReader.open(path))
    whole = surface.highest(grid_of(0.7))
    monkeypatch.setattr("inference.plot.surface._CHUNK_VALUES", 10_000)
    np.testing.assert_array_equal(surface.highest(grid_of(0.7)), whole)


@pytest.mark.parametrize("feet", [False, True])
def test_canopy_height_is_surface_less_ground(tmp_path: Path, feet: bool) -> None:
    factor, unit = (1 / 0.3048, "ft") if feet else (1.0, None)
    ortho = write_scene_ortho(tmp_path / "o.tif", SCENE)
    dsm = write_surface(tmp_path / "dsm.tif", SCENE.surface, gsd_m=0.25, factor=factor, unit=unit)
    dtm = write_surface(tmp_path / "dtm.tif", SCENE.ground, gsd_m=2.0, margin_m=4, factor=factor, unit=unit)
    with Plot.open(PlotSources(ortho, dsm, dtm)) as plot:
        assert plot.elevation is not None
        grid = grid_of(0.25)
        x, y = places(grid)
        np.testing.assert_allclose(plot.elevation.ground_m(grid), SCENE.ground(x, y), atol=0.05)
        np.testing.assert_allclose(plot.elevation.dsm_m(grid), SCENE.surface(x, y), atol=0.01)
        np.testing.assert_allclose(plot.elevation.chm_m(grid), SCENE.canopy(x, y), atol=0.06)
        tree = max(SCENE.trees, key=lambda t: t.height_m)
        spot = np.array([[ORIGIN[0] + tree.x_m, ORIGIN[1] + tree.y_m], [ORIGIN[0] - 500, ORIGIN[1]]])
        found = plot.elevation.sample(spot)
        assert float(found.chm_m[0]) == pytest.approx(tree.height_m, abs=0.7)
        assert np.isnan(found.dsm_m[1])
        assert np.isnan(found.chm_m[1])


def test_stored_centimetres_with_scale_and_offset_are_metres(tmp_path: Path) -> None:
    stored = np.full((120, 120), 1234, np.int16)
    path = write_raster(tmp_path / "d.tif", stored, transform=Affine(0.5, 0, ORIGIN[0], 0, -0.5, ORIGIN[1] + 60))
    with rasterio.open(path, "r+") as target:
        target.scales, target.offsets = (0.01,), (100.0,)
    with Plot.open(PlotSources(write_scene_ortho(tmp_path / "o.tif", SCENE), path)) as plot:
        assert plot.elevation is not None
        np.testing.assert_allclose(plot.elevation.dsm_m(grid_of(0.5)), 112.34, atol=1e-4)


def test_below_ground_is_zero_and_a_mast_is_unknown() -> None:
    heights = canopy_height(
        np.array([9.0, 30.0, 200.0, np.nan], np.float32), np.array([10.0, 10.0, 10.0, 1.0], np.float32)
    )
    assert heights[0] == 0.0
    assert heights[1] == 20.0
    assert np.isnan(heights[2:]).all()
    assert MAX_HEIGHT_M == 130.0


def test_the_estimated_ground_is_kept_and_made_anew_when_the_dsm_changes(tmp_path: Path) -> None:
    ortho = write_scene_ortho(tmp_path / "o.tif", SCENE)
    dsm = write_surface(tmp_path / "dsm.tif", SCENE.surface)
    grid = grid_of(0.5)
    steps: list[Progress] = []

    def ground(dsm_path: Path) -> np.ndarray:
        steps.clear()
        with Plot.open(PlotSources(ortho, dsm_path)) as plot:
            assert plot.elevation is not None
            assert plot.elevation.source == "DSM-est"
            assert not plot.elevation.ground_is_ready
            plot.elevation.prepare_ground(steps.append)
            assert plot.elevation.ground_is_ready
            return plot.elevation.ground_m(grid)

    first = ground(dsm)
    assert steps[-1].done == steps[-1].total
    assert len(list((paths.cache_dir() / "ground").iterdir())) == 1
    again = ground(dsm)
    assert steps == []
    np.testing.assert_array_equal(first, again)
    x, y = places(grid)
    assert float(np.sqrt(np.mean((first - SCENE.ground(x, y)) ** 2))) < 0.5
    kept = next((paths.cache_dir() / "ground").iterdir())
    kept.write_bytes(b"damaged")
    np.testing.assert_array_equal(ground(dsm), first)
    with rasterio.open(dsm, "r+") as target:
        target.write(target.read() + 10)
    np.testing.assert_allclose(ground(dsm), first + 10, atol=0.05)


def test_estimating_the_ground_can_be_cancelled(tmp_path: Path) -> None:
    ortho = write_scene_ortho(tmp_path / "o.tif", SCENE)
    dsm = write_surface(tmp_path / "dsm.tif", SCENE.surface)
    token = CancelToken()
    token.cancel()
    with Plot.open(PlotSources(ortho, dsm)) as plot:
        elevation = plot.elevation
        assert elevation is not None
        with pytest.raises(Cancelled):
            elevation.prepare_ground(cancel=token)


def test_ground_is_one_surface_across_tiles(tmp_path: Path) -> None:
    """Tiles must not estimate each their own ground."""
    scene = Scene((Tree(30, 30, 3, 15),), flat(100.0))
    ortho = write_scene_ortho(tmp_path / "o.tif", scene)
    with Plot.open(PlotSources(ortho, write_surface(tmp_path / "d.tif", scene.surface))) as plot:
        assert plot.elevation is not None
        grid = grid_of(0.5)
        whole = plot.elevation.chm_m(grid)
        part = plot.elevation.chm_m(grid.window(40, 50, 30, 20))
    np.testing.assert_allclose(part, whole[40:70, 50:70], atol=1e-3)
