"""Windows of any place and scale, from many threads, with memory and time that do not grow with the file."""

import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from factories_rasters import CRS_WKT, ORIGIN, carried, cell_centres, write_raster, write_surface
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS

from inference.errors import RasterError
from inference.plot import gdal_session
from inference.plot.frame import AffineFrame, composed
from inference.plot.grid import Grid
from inference.plot.raster import RasterReader


@pytest.fixture(scope="module")
def ramp(tmp_path_factory: pytest.TempPathFactory) -> RasterReader:
    """A float raster whose value is its place: column in band 1, row in band 2."""
    rows, cols = np.mgrid[0:90, 0:120] + 0.5
    path = tmp_path_factory.mktemp("ramp") / "ramp.tif"
    return RasterReader.open(
        write_raster(path, np.stack([cols, rows]).astype(np.float32), tiled=True, blockxsize=32, blockysize=32)
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    col0=st.floats(-60, 110),
    row0=st.floats(-60, 80),
    size=st.floats(4, 200),
    out=st.integers(2, 50),
    resampling=st.sampled_from(["average", "nearest", "bilinear"]),
)
def test_every_cell_holds_the_pixels_under_it(
    ramp: RasterReader, col0: float, row0: float, size: float, out: int, resampling: str
) -> None:
    block = ramp.read_window(col0, row0, size, size, out, out, bands=(1, 2), resampling=resampling)
    step = size / out
    cols = col0 + (np.arange(out) + 0.5) * step
    rows = row0 + (np.arange(out) + 0.5) * step
    whole = ((cols - step / 2 >= 0) & (cols + step / 2 <= 120))[None] & (
        (rows - step / 2 >= 0) & (rows + step / 2 <= 90)
    )[:, None]
    assert block.valid[whole].all()
    outside = ((cols + step / 2 <= 0) | (cols - step / 2 >= 120))[None] | (
        (rows + step / 2 <= 0) | (rows - step / 2 >= 90)
    )[:, None]
    assert not block.valid[outside].any()
    # A cell's value lies within half a cell and a pixel of its centre; on the whole there is no bias.
    reach = step / 2 + 1.01
    assert np.abs(block.data[0] - cols[None])[whole].max(initial=0) <= reach
    assert np.abs(block.data[1] - rows[:, None])[whole].max(initial=0) <= reach


def test_average_and_bilinear_have_no_bias(ramp: RasterReader) -> None:
    for factor, resampling in ((4.0, "average"), (3.0, "average"), (0.5, "bilinear"), (0.3, "bilinear")):
        side = 60
        out = int(side / factor)
        block = ramp.read_window(20, 10, out * factor, out * factor, out, out, bands=(1, 2), resampling=resampling)
        expected = 20 + (np.arange(out) + 0.5) * factor
        np.testing.assert_allclose(block.data[0][5], expected, atol=2e-2 if resampling == "average" else 1e-3)
        np.testing.assert_allclose(block.data[1][:, 5], expected - 10, atol=2e-2 if resampling == "average" else 1e-3)


@pytest.mark.parametrize("crs", ["EPSG:32618", "EPSG:2950", "EPSG:4326", "EPSG:3857"])
@pytest.mark.parametrize("resampling", ["bilinear", "nearest"])
def test_a_coarse_raster_of_another_crs_falls_on_the_grid_within_a_tenth_of_its_pixel(
    tmp_path: Path, crs: str, resampling: str
) -> None:
    """An analytic surface at 4 times coarser cells, in another CRS, read onto a fine grid in the plot's."""
    wkt = str(CRS.from_user_input(crs).to_wkt())
    gsd = 1.0 if crs != "EPSG:4326" else 1.0 / 90_000
    centre_x, centre_y = carried(CRS_WKT, wkt, np.array([ORIGIN[0] + 50]), np.array([ORIGIN[1] + 50]))
    transform = Affine(gsd, 0, float(centre_x[0]) - 120 * gsd, 0, -gsd, float(centre_y[0]) + 120 * gsd)
    x, y = carried(wkt, CRS_WKT, *cell_centres(transform, 240, 240))
    data = np.stack([x - ORIGIN[0], y - ORIGIN[1]]).astype(np.float32)
    reader = RasterReader.open(write_raster(tmp_path / "d.tif", data, transform=transform, crs=crs))
    grid = Grid(CRS_WKT, ORIGIN[0] + 20, ORIGIN[1] + 80, 0.25, 240, 240)
    block = reader.read_grid(grid, bands=(1, 2), resampling=resampling)
    gx, gy = cell_centres(grid.transform, 240, 240)
    assert block.valid.all()
    pixel_m = 1.0 if crs != "EPSG:4326" else 1.25
    errors = np.hypot(block.data[0] - (gx - ORIGIN[0]), block.data[1] - (gy - ORIGIN[1]))
    if resampling == "bilinear":
        assert errors.max() < 0.02
    else:
        assert errors.max() <= 0.75 * pixel_m
        assert abs((block.data[0] - (gx - ORIGIN[0])).mean()) < 0.05
        assert abs((block.data[1] - (gy - ORIGIN[1])).mean()) < 0.05


def test_a_frame_turned_against_the_raster_reads_the_right_places(tmp_path: Path) -> None:
    reader = RasterReader.open(write_surface(tmp_path / "d.tif", lambda x, y: 3 * x + 5 * y, gsd_m=0.5))
    turned = composed(Affine.translation(ORIGIN[0] + 30, ORIGIN[1] + 30), Affine.rotation(25), Affine.scale(0.2, -0.2))
    frame = AffineFrame(CRS_WKT, turned, 60, 50)
    block = reader.read_grid(frame, resampling="bilinear")
    x, y = cell_centres(turned, 60, 50)
    assert block.valid.all()
    np.testing.assert_allclose(block.data[0], 3 * (x - ORIGIN[0]) + 5 * (y - ORIGIN[1]), atol=1e-2)


def test_bilinear_does_not_mix_in_what_is_missing(tmp_path: Path) -> None:
    surface = np.full((40, 40), 7.0, np.float32)
    surface[10:20, 10:20] = -9999.0
    transform = composed(Affine.translation(*ORIGIN), Affine.rotation(10), Affine.scale(1, -1))
    reader = RasterReader.open(write_raster(tmp_path / "d.tif", surface, transform=transform, nodata=-9999))
    left, bottom, right, top = reader.bounds_crs
    block = reader.read_grid(Grid.covering(CRS_WKT, (left, bottom, right, top), 0.4), resampling="bilinear")
    assert block.valid.any()
    np.testing.assert_allclose(block.data[0][block.valid], 7.0, atol=1e-5)


def test_many_threads_read_one_raster(ramp: RasterReader) -> None:
    rng = np.random.default_rng(5)
    places = [(int(c), int(r)) for c, r in rng.integers(0, 50, (200, 2))]

    def read(place: tuple[int, int]) -> bool:
        block = ramp.read_window(*place, 30, 30, 30, 30, bands=(1, 2))
        return bool(block.data[0, 0, 0] == place[0] + 0.5 and block.data[1, 0, 0] == place[1] + 0.5)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, places))


def test_handles_do_not_pile_up_as_threads_come_and_go(tmp_path: Path) -> None:
    reader = RasterReader.open(write_raster(tmp_path / "o.tif", np.ones((3, 20, 20), np.uint8)))
    open_files = Path("/proc/self/fd")
    if not open_files.is_dir():
        pytest.skip("counts open files through /proc")
    before = len(list(open_files.iterdir()))
    for _ in range(20):
        thread = threading.Thread(target=reader.read_window, args=(0, 0, 20, 20, 20, 20))
        thread.start()
        thread.join()
    assert len(list(open_files.iterdir())) <= before + 1
    reader.close()
    assert len(list(open_files.iterdir())) < before


def test_a_closed_raster_says_so(tmp_path: Path) -> None:
    reader = RasterReader.open(write_raster(tmp_path / "o.tif", np.ones((3, 20, 20), np.uint8)))
    reader.close()
    with pytest.raises(RasterError, match=r"o\.tif has been closed"):
        reader.read_window(0, 0, 20, 20, 20, 20)


def test_gdal_gets_its_cache_limit_in_bytes(tmp_path: Path) -> None:
    """256 would mean 256 bytes and make reads 500 times slower."""
    assert gdal_session.CACHE_BYTES >= 64 * 2**20
    with gdal_session.gdal_session(tmp_path):
        assert rasterio.env.getenv()["GDAL_CACHEMAX"] == gdal_session.CACHE_BYTES


def huge_raster(path: Path, side: int, **options: object) -> Path:
    """A sparse raster: full size in its header, next to nothing on disk."""
    settings = {"driver": "GTiff", "width": side, "height": side, "count": 3, "dtype": "uint8", "crs": CRS_WKT}
    settings |= {"transform": Affine(0.02, 0, ORIGIN[0], 0, -0.02, ORIGIN[1]), "sparse_ok": True, "photometric": "rgb"}
    with rasterio.open(path, "w", bigtiff="yes", **(settings | options)):
        pass
    return path


@pytest.mark.parametrize("options", [{"tiled": True, "blockxsize": 512, "blockysize": 512}, {}])
def test_a_window_of_a_huge_raster_costs_what_the_window_costs(tmp_path: Path, options: dict[str, object]) -> None:
    reader = RasterReader.open(huge_raster(tmp_path / "huge.tif", 60_000, compress="deflate", **options))
    tracemalloc.start()
    started = time.process_time()
    reader.read_window(30_000, 30_000, 2000, 200, 500, 50)
    assert time.process_time() - started < 2.0
    grid = Grid(CRS_WKT, ORIGIN[0] + 500, ORIGIN[1] - 500, 0.25, 20, 400)
    reader.read_grid(grid)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6
