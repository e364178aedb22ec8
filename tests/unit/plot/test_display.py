"""The canvas's layers on the orthomosaic's pixel grid."""

import time
from concurrent.futures import ThreadPoolExecutor
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
    cell_centres,
    flat,
    scatter,
    slope,
    write_raster,
    write_scene_ortho,
    write_surface,
)
from rasterio.crs import CRS

from inference.jobs import Progress
from inference.plot import display, display_layers
from inference.plot.frame import composed
from inference.plot.plot import Plot, PlotSources
from inference.plot.pyramid import TileKey, tile_frame

SCENE = scatter(3, 60.0, 40, ground=slope(8.0))


def scene_plot(folder: Path, *, dtm: bool = True, **options: object) -> Plot:
    ortho = write_scene_ortho(folder / "o.tif", SCENE, gsd_m=0.1, **options)
    dsm = write_surface(folder / "dsm.tif", SCENE.surface, gsd_m=0.25)
    ground = write_surface(folder / "dtm.tif", SCENE.ground, gsd_m=1.0, margin_m=2) if dtm else None
    return Plot.open(PlotSources(ortho, dsm, ground), check=False)


def test_tiles_of_the_orthomosaic_put_together_are_the_orthomosaic(tmp_path: Path) -> None:
    with scene_plot(tmp_path) as plot:
        layer = display.layers(plot)["ortho"]
        whole = plot.ortho.read_window(0, 0, 600, 600, 600, 600).data
        tiles = [[layer.render(0, col, row, 256) for col in range(3)] for row in range(3)]
        mosaic = np.concatenate([np.concatenate(row, axis=1) for row in tiles])
        np.testing.assert_array_equal(np.moveaxis(mosaic[:600, :600, :3], -1, 0), whole)
        assert (mosaic[:600, :600, 3] == 255).all()
        assert (mosaic[600:, :, 3] == 0).all()
        assert (mosaic[:, 600:, 3] == 0).all()
        coarse = layer.render(1, 0, 0, 256)
        expected = whole[:, :512, :512].reshape(3, 256, 2, 256, 2).mean(axis=(2, 4))
        np.testing.assert_allclose(np.moveaxis(coarse[..., :3], -1, 0), expected, atol=1.01)
        assert not layer.is_preview()


@pytest.mark.parametrize("level", [1, 2])
def test_a_tile_shows_an_overviews_own_cells(tmp_path: Path, level: int) -> None:
    """Sizes are hardly ever multiples: tiles of the nominal factor would lie across the overview's blocks, and blur."""
    rgb = np.random.default_rng(level).integers(0, 255, (3, 1301, 1399), np.uint8)
    path = write_raster(tmp_path / "o.tif", rgb, tiled=True, blockxsize=256, blockysize=256)
    with rasterio.open(path, "r+") as made:
        made.build_overviews([2, 4], rasterio.enums.Resampling.average)
    with rasterio.open(path, overview_level=level - 1) as overview:
        expected = overview.read()
    with Plot.open(PlotSources(path), check=False) as plot:
        layer = display.layers(plot)["ortho"]
        down, across = (-(-side // 256) for side in expected.shape[1:])
        tiles = [[layer.render(level, col, row, 256) for col in range(across)] for row in range(down)]
    mosaic = np.moveaxis(np.concatenate([np.concatenate(row, axis=1) for row in tiles]), -1, 0)
    height, width = expected.shape[1:]
    np.testing.assert_array_equal(mosaic[:3, :height, :width], expected)
    assert (mosaic[3, :height, :width] == 255).all()
    assert (mosaic[3, height:] == 0).all()
    assert (mosaic[3, :, width:] == 0).all()


def test_only_the_orthomosaic_without_a_dsm(tmp_path: Path) -> None:
    with Plot.open(PlotSources(write_scene_ortho(tmp_path / "o.tif", SCENE))) as plot:
        assert list(display.layers(plot)) == ["ortho"]


@pytest.mark.parametrize("turn_deg", [0.0, 27.0])
def test_elevation_lies_under_the_orthomosaic_even_when_that_is_turned(tmp_path: Path, turn_deg: float) -> None:
    scene = Scene((Tree(30.0, 30.0, 4.0, 20.0), Tree(42.0, 35.0, 3.0, 15.0)), flat(100.0))
    transform = composed(
        Affine.translation(ORIGIN[0] + 20, ORIGIN[1] + 40), Affine.rotation(turn_deg), Affine.scale(0.1, -0.1)
    )
    x, y = cell_centres(transform, 200, 256)
    picture = scene.picture(x - ORIGIN[0], y - ORIGIN[1])
    ortho = write_raster(tmp_path / "o.tif", picture, transform=transform)
    nad83 = str(CRS.from_epsg(2950).to_wkt())
    dsm = write_surface(tmp_path / "dsm.tif", scene.surface, gsd_m=0.2, crs=nad83, margin_m=10.0)
    dtm = write_surface(tmp_path / "dtm.tif", scene.ground, gsd_m=1.0)
    with Plot.open(PlotSources(ortho, dsm, dtm), check=False) as plot:
        layers = display.layers(plot)
        chm = layers["chm"].render(0, 0, 0, 256)
        truth = scene.canopy(x - ORIGIN[0], y - ORIGIN[1])
        low, high = layers["chm"].range_m()
        assert (low, high) == (0.0, 20.0)
        # Green rises along the ramp: it tells heights apart well enough to compare places.
        green = chm[:200, :256, 1].astype(float)
        assert np.corrcoef(green.ravel(), truth.ravel())[0, 1] > 0.97
        assert (chm[200:, :, 3] == 255).all()  # elevation goes on where the orthomosaic ends
        tree = (ORIGIN[0] + 30.0, ORIGIN[1] + 30.0)
        assert layers["chm"].value_at(*tree) == pytest.approx(20.0, abs=1.0)
        assert layers["dsm"].value_at(*tree) == pytest.approx(120.0, abs=1.0)
        assert layers["hillshade"].value_at(ORIGIN[0] - 5000, ORIGIN[1]) is None
        assert layers["ortho"].value_at(ORIGIN[0] - 5000, ORIGIN[1]) is None
        assert layers["ortho"].value_at(*tree) is not None


def test_hillshade_and_colours_have_no_seams(tmp_path: Path) -> None:
    with scene_plot(tmp_path) as plot:
        for name in ("hillshade", "dsm"):
            layer = display.layers(plot)[name]
            left, right = layer.render(0, 0, 0, 128), layer.render(0, 1, 0, 128)
            whole = layer.render(0, 0, 0, 256)
            joined = np.concatenate([left, right], axis=1).astype(int)
            assert np.abs(joined - whole[:128]).max() <= 3
            assert len(np.unique(whole[..., 0])) > 20


def test_nothing_is_painted_where_there_is_no_data(tmp_path: Path) -> None:
    with scene_plot(tmp_path) as plot:
        for layer in display.layers(plot).values():
            assert not layer.render(0, 50, 50).any(axis=(0, 1))[3]
            assert layer.render(6, 0, 0).shape == (512, 512, 4)


def test_canopy_height_without_a_dtm_uses_the_estimated_ground(tmp_path: Path) -> None:
    with scene_plot(tmp_path, dtm=False) as plot:
        layer = display.layers(plot)["chm"]
        tree = max(SCENE.trees, key=lambda t: t.height_m)
        height = layer.value_at(ORIGIN[0] + tree.x_m, ORIGIN[1] + tree.y_m)
        assert height == pytest.approx(tree.height_m, abs=2.0)
        assert layer.render(0, 0, 0)[..., 3].any()


def test_canopy_height_of_a_large_dsm_waits_for_its_ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display_layers, "_QUICK_GROUND_PX", 100)
    with scene_plot(tmp_path, dtm=False) as plot:
        layer = display.layers(plot)["chm"]
        assert layer.is_preview()
        assert not layer.render(0, 0, 0).any()
        assert layer.value_at(*plot.px_to_crs(np.array([[300.0, 300.0]]))[0]) is None
        steps: list[Progress] = []
        assert display.prepare(plot, on_progress=steps.append)
        assert steps[-1].stage == "ground"
        assert not layer.is_preview()
        assert layer.render(0, 0, 0)[..., 3].any()
        assert not display.prepare(plot)


def test_threads_render_at_once(tmp_path: Path) -> None:
    with scene_plot(tmp_path) as plot:
        layers = display.layers(plot)
        keys = [(name, col, row) for name in layers for col in range(4) for row in range(4)]

        def render(key: tuple[str, int, int]) -> bytes:
            return layers[key[0]].render(0, key[1], key[2], 128).tobytes()

        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(render, keys))
        assert together == [render(key) for key in keys]


def test_tile_frames_lie_on_the_orthomosaics_pixels(tmp_path: Path) -> None:
    with scene_plot(tmp_path) as plot:
        frame = tile_frame(plot.ortho.info, TileKey(2, 1, 1), 64)
    assert (frame.transform.c, frame.transform.f) == pytest.approx((ORIGIN[0] + 25.6, ORIGIN[1] + 60 - 25.6))
    assert frame.transform.a == pytest.approx(0.4)
    assert frame.crs_wkt == CRS_WKT


def test_a_tile_takes_milliseconds(tmp_path: Path) -> None:
    """A wide bound that catches a slip of one order of magnitude; `benchmarks/` has the figures."""
    picture = np.random.default_rng(0).integers(0, 255, (3, 2048, 2048)).astype(np.uint8)
    path = write_raster(tmp_path / "o.tif", picture, tiled=True, blockxsize=512, blockysize=512, compress="jpeg")
    with Plot.open(PlotSources(path)) as plot:
        layer = display.layers(plot)["ortho"]
        layer.render(0, 0, 0)
        started = time.perf_counter()
        for col in range(4):
            layer.render(0, col, 1)
        assert (time.perf_counter() - started) / 4 < 0.15
