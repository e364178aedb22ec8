"""Every layout, type and georeference that drone programs write opens and gives the right pixels."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from factories_rasters import CRS_WKT, ORIGIN, write_raster
from rasterio.control import GroundControlPoint
from rasterio.enums import Resampling
from rasterio.shutil import copy as gdal_copy

from inference.errors import RasterError
from inference.plot.crs import WGS84_WKT, transform_xy
from inference.plot.frame import composed, place
from inference.plot.grid import Grid
from inference.plot.plot import Plot, PlotSources
from inference.plot.raster import RasterReader


def smooth_picture(height: int = 96, width: int = 128, dtype: str = "uint8", scale: float = 1.0) -> np.ndarray:
    """(3, H, W) of gentle gradients, so that lossy compression and resampling change little."""
    rows, cols = np.mgrid[0:height, 0:width]
    bands = [40 + rows, 60 + cols, 200 - rows * 0.5 - cols * 0.5]
    return (np.stack(bands) * scale).astype(dtype)


LAYOUTS: dict[str, dict[str, Any]] = {
    "striped": {},
    "striped deflate": {"compress": "deflate"},
    "striped lzw predictor": {"compress": "lzw", "predictor": 2},
    "tiled jpeg": {"compress": "jpeg", "tiled": True, "blockxsize": 64, "blockysize": 64},
    "tiled deflate band interleaved": {
        "compress": "deflate",
        "tiled": True,
        "blockxsize": 64,
        "blockysize": 64,
        "interleave": "band",
    },
    "bigtiff": {"bigtiff": "yes"},
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_give_the_pixels_that_were_written(tmp_path: Path, layout: str) -> None:
    picture = smooth_picture()
    reader = RasterReader.open(write_raster(tmp_path / "o.tif", picture, **LAYOUTS[layout]))
    block = reader.read_window(10, 20, 50, 40, 50, 40)
    assert block.valid.all()
    np.testing.assert_allclose(block.data.astype(int), picture[:, 20:60, 10:60], atol=6 if "jpeg" in layout else 0)


def test_a_cloud_optimised_geotiff_is_read_through_its_overviews(tmp_path: Path) -> None:
    plain = write_raster(tmp_path / "plain.tif", smooth_picture(600, 800))
    gdal_copy(plain, tmp_path / "cog.tif", driver="COG", blocksize=128, overview_count=2)
    reader = RasterReader.open(tmp_path / "cog.tif")
    assert reader.info.overview_factors[:2] == (2, 4)
    block = reader.read_window(0, 0, 800, 600, 200, 150)
    assert abs(int(block.data[1, 10, 50]) - (60 + 50 * 4 + 1) % 256) <= 4


@pytest.mark.parametrize(("dtype", "scale"), [("uint16", 200.0), ("int16", 50.0), ("float32", 1.0), ("float64", 0.004)])
def test_other_types_keep_their_values_and_stretch_to_8_bit(tmp_path: Path, dtype: str, scale: float) -> None:
    picture = smooth_picture(dtype=dtype, scale=scale)
    path = write_raster(tmp_path / "o.tif", picture, photometric="rgb")
    with Plot.open(PlotSources(path)) as plot:
        block = plot.ortho.read_window(0, 0, 128, 96, 128, 96)
        np.testing.assert_array_equal(block.data, picture)
        tile = plot.read_tile(0, plot.work_grid(0.1), plot.bounds_crs)
    low, high = tile.rgb[:, tile.valid].min(), tile.rgb[:, tile.valid].max()
    if dtype == "float32":  # plainly 0..255 already
        np.testing.assert_allclose(tile.rgb, picture, atol=1)
    else:
        assert low <= 5
        assert high >= 250


def test_16_bit_black_is_darker_than_16_bit_white_in_every_tile_alike(tmp_path: Path) -> None:
    picture = smooth_picture(dtype="uint16", scale=200.0)
    with Plot.open(PlotSources(write_raster(tmp_path / "o.tif", picture, photometric="rgb"))) as plot:
        grid = plot.work_grid(0.1)
        whole = plot.read_tile(0, grid, plot.bounds_crs).rgb
        part = plot.read_tile(1, grid.window(30, 40, 20, 20), plot.bounds_crs).rgb
    np.testing.assert_array_equal(part, whole[:, 30:50, 40:60])


def test_one_band_is_shown_grey(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "o.tif", smooth_picture()[0])
    with Plot.open(PlotSources(path)) as plot:
        assert plot.ortho.info.colour_bands == (1, 1, 1)
        tile = plot.read_tile(0, plot.work_grid(0.1), plot.bounds_crs)
    assert tile.rgb.shape[0] == 3
    np.testing.assert_array_equal(tile.rgb[0], tile.rgb[2])


def test_colour_bands_follow_their_interpretation_and_their_names(tmp_path: Path) -> None:
    five = np.stack([np.full((20, 20), v, np.uint16) for v in (10, 20, 30, 40, 50)])
    path = write_raster(tmp_path / "ms.tif", five)
    with rasterio.open(path, "r+") as target:
        for band, name in enumerate(("Blue", "Green", "Red", "Red edge", "NIR"), 1):
            target.set_band_description(band, name)
    assert RasterReader.open(path).info.colour_bands == (3, 2, 1)
    bgr = write_raster(tmp_path / "bgr.tif", smooth_picture(), photometric="minisblack")
    with rasterio.open(bgr, "r+") as target:
        from rasterio.enums import ColorInterp

        target.colorinterp = [ColorInterp.blue, ColorInterp.green, ColorInterp.red]
    assert RasterReader.open(bgr).info.colour_bands == (3, 2, 1)


def test_alpha_band_and_internal_mask_say_where_data_is(tmp_path: Path) -> None:
    inside = np.zeros((96, 128), np.bool_)
    inside[10:60, 20:100] = True
    with_alpha = write_raster(tmp_path / "a.tif", smooth_picture(), alpha=inside * np.uint8(255))
    with_mask = write_raster(tmp_path / "m.tif", smooth_picture(), mask=inside, compress="jpeg")
    for path in (with_alpha, with_mask):
        block = RasterReader.open(path).read_window(0, 0, 128, 96, 128, 96)
        assert block.data.shape[0] == 3
        np.testing.assert_array_equal(block.valid, inside)


def test_a_fourth_band_of_0_and_255_is_alpha_although_it_is_not_called_so(tmp_path: Path) -> None:
    inside = np.zeros((96, 128), np.bool_)
    inside[10:60, 20:100] = True
    rgbx = np.concatenate([smooth_picture(), inside[None] * np.uint8(255)])
    path = write_raster(tmp_path / "a.tif", rgbx)
    infrared = write_raster(tmp_path / "n.tif", np.concatenate([smooth_picture(), smooth_picture()[:1]]))
    with Plot.open(PlotSources(path)) as plot:
        np.testing.assert_array_equal(plot.ortho.read_window(0, 0, 128, 96, 128, 96).valid, inside)
    with Plot.open(PlotSources(infrared)) as plot:
        assert plot.ortho.read_window(0, 0, 128, 96, 128, 96).valid.all()


@pytest.mark.parametrize("nodata", [0, 255])
def test_nodata_means_that_all_colour_bands_have_it(tmp_path: Path, nodata: int) -> None:
    picture = smooth_picture()
    picture[:, :20] = nodata
    picture[0, 50, 50] = nodata  # one band alone is a colour
    reader = RasterReader.open(write_raster(tmp_path / "o.tif", picture, nodata=nodata))
    block = reader.read_window(0, 0, 128, 96, 128, 96)
    assert not block.valid[:20].any()
    assert block.valid[20:].all()


def test_averages_keep_nodata_out(tmp_path: Path) -> None:
    picture = np.full((3, 80, 80), 200, np.uint8)
    picture[:, :, :41] = 0
    reader = RasterReader.open(write_raster(tmp_path / "o.tif", picture, nodata=0))
    block = reader.read_window(0, 0, 80, 80, 20, 20)
    assert set(np.unique(block.data[:, block.valid])) == {200}
    assert not block.valid[:, :10].any()
    assert block.valid[:, 10:].all()


def test_float_nodata_is_recognised_although_the_file_rounds_it(tmp_path: Path) -> None:
    surface = np.full((40, 40), 5.0, np.float32)
    surface[:10] = np.finfo(np.float32).min
    surface[10:12] = np.nan
    surface[12:14] = np.inf
    reader = RasterReader.open(write_raster(tmp_path / "d.tif", surface, nodata=-3.4e38))
    valid = reader.read_window(0, 0, 40, 40, 40, 40).valid
    assert not valid[:14].any()
    assert valid[14:].all()


def test_rotated_raster_is_read_straight_on_a_grid(tmp_path: Path) -> None:
    transform = composed(Affine.translation(*ORIGIN), Affine.rotation(30), Affine.scale(0.5, -0.5))
    rows, cols = np.mgrid[0:200, 0:200] + 0.5
    x = transform.a * cols + transform.b * rows + transform.c
    y = transform.d * cols + transform.e * rows + transform.f
    reader = RasterReader.open(
        write_raster(
            tmp_path / "r.tif", np.stack([x - ORIGIN[0], y - ORIGIN[1]]).astype(np.float32), transform=transform
        )
    )
    left, bottom, right, top = reader.bounds_crs
    grid = Grid.covering(CRS_WKT, (left, bottom, right, top), 1.0)
    block = reader.read_grid(grid, bands=(1, 2), resampling="bilinear")
    gx, gy = np.meshgrid(grid.left_crs + np.arange(grid.width_px) + 0.5, grid.top_crs - np.arange(grid.height_px) - 0.5)
    assert 0.35 < block.valid.mean() < 0.65
    # Away from the raster's edge, where half of a (shrunk) pixel has no neighbour to be mixed with.
    inside = block.valid.copy()
    inside[[0, -1]] = inside[:, [0, -1]] = False
    for _ in range(2):
        inside[1:-1, 1:-1] &= inside[:-2, 1:-1] & inside[2:, 1:-1] & inside[1:-1, :-2] & inside[1:-1, 2:]
    np.testing.assert_allclose(block.data[0][inside], (gx - ORIGIN[0])[inside], atol=1e-3)
    np.testing.assert_allclose(block.data[1][inside], (gy - ORIGIN[1])[inside], atol=1e-3)


def test_south_up_raster_is_turned_over(tmp_path: Path) -> None:
    picture = smooth_picture()
    south_up = Affine(0.1, 0, ORIGIN[0], 0, 0.1, ORIGIN[1])
    reader = RasterReader.open(write_raster(tmp_path / "s.tif", picture, transform=south_up))
    grid = Grid(CRS_WKT, ORIGIN[0], ORIGIN[1] + 9.6, 0.1, 96, 128)
    block = reader.read_grid(grid)
    np.testing.assert_array_equal(block.data, picture[:, ::-1])


def test_degrees_are_shown_in_utm(tmp_path: Path) -> None:
    step = 1e-6
    transform = Affine(step, 0, -71.25, 0, -step, 46.80)
    path = write_raster(tmp_path / "g.tif", smooth_picture(300, 400), transform=transform, crs="EPSG:4326")
    with Plot.open(PlotSources(path)) as plot:
        assert plot.epsg == 32619
        assert plot.ortho.info.is_warped
        assert plot.gsd_m == pytest.approx(0.094, abs=0.01)
        assert [f.code for f in plot.findings][:1] == ["crs.geographic"]
        tile = plot.read_tile(0, plot.work_grid(0.5), plot.bounds_crs)
        assert 0.8 < tile.valid.mean() <= 1.0
        # A corner of the file comes out at its place.
        xy = transform_xy(WGS84_WKT, plot.crs_wkt, np.array([[-71.25 + 200 * step, 46.80 - 150 * step]]))
        col, row = plot.crs_to_px(xy)[0]
        block = plot.ortho.read_window(int(col), int(row), 1, 1, 1, 1)
        np.testing.assert_allclose(block.data[:, 0, 0], smooth_picture(300, 400)[:, 150, 200], atol=2)


def test_ground_control_points_alone_place_a_raster(tmp_path: Path) -> None:
    true = composed(Affine.translation(*ORIGIN), Affine.rotation(12), Affine.scale(0.5, -0.5))
    corners = [(0, 0), (0, 128), (96, 0), (96, 128)]
    points = [GroundControlPoint(row, col, *place(true, col, row)) for row, col in corners]
    path = write_raster(tmp_path / "gcp.tif", smooth_picture(), gcps=points)
    with Plot.open(PlotSources(path)) as plot:
        assert plot.epsg == 32619
        assert "ortho.gcps" in [f.code for f in plot.findings]
        col, row = plot.crs_to_px(np.array([place(true, 64.5, 48.5)]))[0]
        block = plot.ortho.read_window(int(col), int(row), 1, 1, 1, 1)
        assert block.valid.all()
        np.testing.assert_allclose(block.data[:, 0, 0], smooth_picture()[:, 48, 64], atol=3)
        assert not plot.ortho.read_window(0, 0, 1, 1, 1, 1).valid.any()


@pytest.mark.parametrize("unit_m", [1.0, 0.3048006096])
def test_local_crs_without_code_opens_with_a_finding(tmp_path: Path, unit_m: float) -> None:
    name = "metre" if unit_m == 1.0 else "US survey foot"
    wkt = f'LOCAL_CS["Site grid",UNIT["{name}",{unit_m}],AXIS["Easting",EAST],AXIS["Northing",NORTH]]'
    path = write_raster(tmp_path / "l.tif", smooth_picture(), crs=wkt)
    with Plot.open(PlotSources(path)) as plot:
        assert plot.epsg is None
        assert plot.unit_m == pytest.approx(unit_m)
        assert "crs.local" in [f.code for f in plot.findings]
        assert plot.read_tile(0, plot.work_grid(0.2), plot.bounds_crs).valid.all()


def test_raster_without_crs_opens_with_a_finding(tmp_path: Path) -> None:
    with Plot.open(PlotSources(write_raster(tmp_path / "n.tif", smooth_picture(), crs=None))) as plot:
        assert plot.crs_wkt == ""
        assert plot.unit_m == 1.0
        assert "crs.missing" in [f.code for f in plot.findings]


def test_vrt_and_odd_names_open(tmp_path: Path) -> None:
    folder = tmp_path / "Forêt boréale, été 2026 & [1]?"
    folder.mkdir()
    path = write_raster(folder / "érablière à sucre.tif", smooth_picture())
    gdal_copy(path, folder / "mosaïque.vrt", driver="VRT")
    for name in ("érablière à sucre.tif", "mosaïque.vrt"):
        block = RasterReader.open(folder / name).read_window(0, 0, 128, 96, 128, 96)
        np.testing.assert_array_equal(block.data, smooth_picture())


def test_undeclared_nodata_works_under_odd_names(tmp_path: Path) -> None:
    picture = smooth_picture()
    picture[:, :30] = 0
    path = write_raster(tmp_path / "a <b> & 'c' \"d\", é.tif", picture)
    with Plot.open(PlotSources(path)) as plot:
        assert "ortho.undeclared_nodata" in [f.code for f in plot.findings]
        block = plot.ortho.read_window(0, 0, 128, 96, 32, 24)
    assert not block.valid[:7].any()
    assert block.valid[8:].all()


def bad_files(folder: Path) -> dict[str, Path]:
    good = write_raster(folder / "good.tif", smooth_picture(), compress="deflate")
    empty, text, cut, tiny = (folder / f"{name}.tif" for name in ("empty", "text", "cut", "tiny"))
    empty.touch()
    text.write_text("not a raster")
    cut.write_bytes(good.read_bytes()[:200])
    write_raster(tiny, np.ones((1, 1), np.uint8))
    nowhere = write_raster(folder / "nowhere.tif", smooth_picture(), transform=Affine.identity(), crs=None)
    return {
        "raster.missing": folder / "absent.tif",
        "raster.not_a_raster": text,
        "raster.not_a_raster empty": empty,
        "raster.not_a_raster cut": cut,
        "raster.not_a_raster folder": folder,
        "raster.too_small": tiny,
        "raster.no_georeference": nowhere,
    }


@pytest.mark.logs_warnings("GDAL tells of the damage")
def test_bad_files_explain_themselves(tmp_path: Path) -> None:
    for code, path in bad_files(tmp_path).items():
        with pytest.raises(RasterError) as caught:
            RasterReader.open(path)
        assert caught.value.code == code.split()[0]
        sentence = str(caught.value)
        assert path.name in sentence
        assert "previous exception" not in sentence
        assert sentence.endswith(".")
        with pytest.raises(RasterError):
            Plot.open(PlotSources(path))


def test_what_cannot_be_shown_is_refused_in_words(tmp_path: Path) -> None:
    radar = write_raster(tmp_path / "radar.tif", np.ones((20, 20), np.complex64))
    palette = write_raster(tmp_path / "palette.tif", np.ones((20, 20), np.uint8), photometric="palette")
    with rasterio.open(palette, "r+") as target:
        target.write_colormap(1, {0: (0, 0, 0, 255), 1: (10, 200, 30, 255)})
    for path, code in ((radar, "raster.complex"), (palette, "raster.palette")):
        with pytest.raises(RasterError) as caught:
            Plot.open(PlotSources(path))
        assert caught.value.code == code


@pytest.mark.logs_warnings("GDAL tells of the damage")
@pytest.mark.parametrize("big", [False, True])
def test_pixels_cut_off_are_noticed_when_the_plot_opens(tmp_path: Path, big: bool) -> None:
    """The header is whole, but the last strips are missing: a copy that was broken off."""
    side = 2500 if big else 200
    path = write_raster(tmp_path / "o.tif", np.full((3, side, side), 120, np.uint8))
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size * 3 // 4)
    with pytest.raises(RasterError) as caught:
        Plot.open(PlotSources(path))
    assert caught.value.code == "raster.unreadable"
    assert "o.tif" in str(caught.value)


def test_overviews_are_used_when_shrinking(tmp_path: Path) -> None:
    """Overviews that differ from the pixels show which of the two is read."""
    path = write_raster(
        tmp_path / "o.tif", np.full((1, 256, 256), 10, np.uint8), tiled=True, blockxsize=64, blockysize=64
    )
    with rasterio.open(path, "r+") as target:
        target.build_overviews([4], Resampling.nearest)
        target.write(np.full((1, 256, 256), 200, np.uint8))
    reader = RasterReader.open(path)
    assert reader.read_window(0, 0, 256, 256, 64, 64).data.max() == 10
    assert reader.read_window(0, 0, 64, 64, 64, 64).data.min() == 200
