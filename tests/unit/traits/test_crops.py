"""Crops: where they lie, how large they are on the ground, what stands in for missing data, what is read for them."""

import math
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from leafy_plots import LEFT, TOP, Storage, crown_at, noise, north_up, write_raster

from inference.errors import Cancelled
from inference.jobs import CancelToken
from inference.plot.plot import Plot, PlotSources
from inference.traits.base import CrownCrop
from inference.traits.crop_rows import CropRows, layout
from inference.traits.crops import CropSize, batches_ahead, corners, crop_grid, read_crops, share_with_data
from inference.traits.reflection import reflect

GSD_M = 0.1


@pytest.fixture(scope="module")
def plot(tmp_path_factory: pytest.TempPathFactory) -> Plot:
    """40 m of noise."""
    path = write_raster(tmp_path_factory.mktemp("plot") / "ortho.tif", noise(400, 400), north_up(GSD_M))
    return Plot.open(PlotSources(path))


def crops_of(plot: Plot, crowns: list, size: CropSize) -> dict[int, CrownCrop]:
    return {crop.tree_id: crop for crop in read_crops(plot, crowns, size)}


def test_the_models_own_cells_are_copied_unchanged(plot: Plot) -> None:
    crop = crops_of(plot, [crown_at(7, 20.02, 10.04)], CropSize(6.4, 64))[7]
    picture = noise(400, 400)
    assert np.array_equal(crop.rgb, picture[:, 68:132, 168:232])
    assert crop.valid.all()
    assert crop.gsd_m == pytest.approx(GSD_M)
    assert crop.crown.sum() * GSD_M**2 == pytest.approx(math.pi * 1.5**2, rel=0.03)
    assert crop.crown[32, 32]
    assert crop.chm_m is None


def test_shrinking_is_the_mean_of_the_covered_pixels(plot: Plot) -> None:
    # The grid's lines lie half a cell off the raster's edge, so cells of 4 pixels begin 2 pixels inside.
    size = CropSize(12.8, 32)
    crop = crops_of(plot, [crown_at(1, 20.0, 20.0)], size)[1]
    tops, lefts = corners([crown_at(1, 20.0, 20.0)], crop_grid(plot, size), 32)
    top, left = int(tops[0]) * 4 - 2, int(lefts[0]) * 4 - 2
    pixels = noise(400, 400)[:, top : top + 128, left : left + 128].astype(np.float64)
    means = pixels.reshape(3, 32, 4, 32, 4).mean(axis=(2, 4))
    assert np.abs(crop.rgb - means).max() <= 1.0


def test_enlarging_is_bilinear(tmp_path: Path) -> None:
    ramp = np.broadcast_to(np.arange(10, 250, 2, dtype=np.uint8), (3, 120, 120))
    with Plot.open(PlotSources(write_raster(tmp_path / "o.tif", np.ascontiguousarray(ramp), north_up(GSD_M)))) as plot:
        crop = crops_of(plot, [crown_at(1, 6.0, 6.0)], CropSize(3.2, 128))[1]
        grid = crop_grid(plot, CropSize(3.2, 128))
        _, lefts = corners([crown_at(1, 6.0, 6.0)], grid, 128)
    x_m = grid.left_crs - LEFT + (lefts[0] + np.arange(128) + 0.5) * grid.cell_crs
    expected = 10 + 2 * (x_m / GSD_M - 0.5)
    assert np.abs(crop.rgb[0] - expected).max() <= 1.0


@settings(max_examples=25, deadline=None)
@given(
    gsd_m=st.floats(0.02, 0.3),
    footprint_m=st.floats(3.0, 12.0),
    side=st.integers(8, 96),
    east=st.floats(0.2, 0.8),
    south=st.floats(0.2, 0.8),
)
def test_footprint_and_centre_are_right_whatever_the_cells(
    tmp_path_factory: pytest.TempPathFactory, gsd_m: float, footprint_m: float, side: int, east: float, south: float
) -> None:
    """Red tells the way east, green the way south: so a crop's values tell where it lies and how far it reaches."""
    cells = max(60, min(300, round(24.0 / gsd_m)))
    span_m = cells * gsd_m
    away = (np.arange(cells) + 0.5) / cells * 250
    picture = np.stack([np.broadcast_to(away, (cells, cells)), np.broadcast_to(away[:, None], (cells, cells))])
    data = np.concatenate([picture, picture[:1] * 0 + 9]).round().astype(np.uint8)
    folder = tmp_path_factory.mktemp("footprint")
    with Plot.open(PlotSources(write_raster(folder / "o.tif", data, north_up(gsd_m)))) as plot:
        crown = crown_at(1, east * span_m, south * span_m, 0.3)
        crop = crops_of(plot, [crown], CropSize(footprint_m, side))[1]
    cell_m = footprint_m / side
    metres = crop.rgb[:2].astype(np.float64) / 250 * span_m
    # A cell that the raster's edge cuts shows the part of it that has data.
    whole = np.pad(crop.valid, 1)
    whole = whole[1:-1, 1:-1] & whole[:-2, 1:-1] & whole[2:, 1:-1] & whole[1:-1, :-2] & whole[1:-1, 2:]
    whole |= crop.valid.all()
    across, down = metres[0], metres[1]
    places = (np.arange(side) + 0.5 - side / 2) * cell_m
    # Rounding to 8 bits, half a cell of the grid, half a pixel at the border.
    error_m = span_m / 250 + cell_m / 2 + gsd_m
    assert np.abs(across - (east * span_m + places))[whole].max(initial=0) <= error_m
    assert np.abs(down - (south * span_m + places)[:, None])[whole].max(initial=0) <= error_m


@pytest.mark.parametrize("size", [CropSize(6.4, 64), CropSize(9.1, 48), CropSize(3.3, 80)], ids=["own", "down", "up"])
def test_crops_equal_a_direct_read_of_their_window(plot: Plot, size: CropSize) -> None:
    rng = np.random.default_rng(4)
    crowns = [crown_at(n + 1, *rng.uniform(0.0, 40.0, 2)) for n in range(60)]
    grid = crop_grid(plot, size)
    tops, lefts = corners(crowns, grid, size.side_px)
    found = crops_of(plot, crowns, size)
    assert sorted(found) == list(range(1, 61))
    for place, crown in enumerate(crowns):
        crop = found[crown.tree_id]
        margin = 4
        window = grid.window(
            int(tops[place]) - margin,
            int(lefts[place]) - margin,
            size.side_px + 2 * margin,
            size.side_px + 2 * margin,
        )
        direct = plot.ortho.read_grid(window, resampling="average" if size.cell_m > GSD_M * 1.001 else "bilinear")
        inner = (slice(margin, -margin), slice(margin, -margin))
        assert np.array_equal(crop.valid, direct.valid[inner])
        difference = np.abs(crop.rgb.astype(int) - direct.data[:, *inner])[:, crop.valid]
        assert difference.max(initial=0) <= 1


@pytest.mark.parametrize("angle_deg", [17.0, 90.0, 180.0])
def test_rotated_rasters_give_north_up_crops(tmp_path: Path, angle_deg: float) -> None:
    """A bright disc in the dark lies where its crown is, north-up, at the right size."""
    rows, cols = np.mgrid[:400, :400] + 0.5
    disc = np.hypot(cols - 230, rows - 170) < 20
    data = np.where(disc, 240, 20).astype(np.uint8)[None].repeat(3, axis=0)
    turn = Affine.translation(LEFT, TOP) @ Affine.rotation(angle_deg) @ Affine.scale(GSD_M, -GSD_M)
    path = write_raster(tmp_path / "o.tif", data, turn)
    x, y = turn @ (230.0, 170.0)
    crown = crown_at(1, x - LEFT, TOP - y, 2.0)
    with Plot.open(PlotSources(path)) as plot:
        crop = crops_of(plot, [crown], CropSize(8.0, 64))[1]
    bright = crop.rgb[0] > 130
    assert bright.sum() * crop.gsd_m**2 == pytest.approx(math.pi * 2.0**2, rel=0.06)
    assert np.argwhere(bright).mean(axis=0) == pytest.approx([31.5, 31.5], abs=1.0)
    assert (bright == crop.crown).mean() > 0.97


def test_borders_are_reflected(plot: Plot) -> None:
    crop = crops_of(plot, [crown_at(1, 1.02, 38.97)], CropSize(6.4, 64))[1]
    grid = crop_grid(plot, CropSize(6.4, 64))
    tops, lefts = corners([crown_at(1, 1.02, 38.97)], grid, 64)
    top, left = int(tops[0]), int(lefts[0])
    known = noise(400, 400)[:, top:400, 0 : left + 64]
    expected = np.pad(known, ((0, 0), (0, top + 64 - 400), (-left, 0)), mode="reflect")
    assert np.array_equal(crop.rgb, expected)
    assert crop.valid.sum() == known.shape[1] * known.shape[2]


def test_transparent_and_nodata_pixels_are_reflected(tmp_path: Path) -> None:
    picture = noise(200, 200)
    alpha = np.full((1, 200, 200), 255, np.uint8)
    alpha[:, :, :100] = 0
    see_through = write_raster(
        tmp_path / "alpha.tif", np.concatenate([picture, alpha]), north_up(GSD_M), Storage(alpha=True)
    )
    black = np.where(alpha > 0, picture, 0).astype(np.uint8)
    black[:, 60:63, 150:153] = 0  # a deep shadow, no hole
    empty = write_raster(tmp_path / "black.tif", black, north_up(GSD_M), Storage(nodata=0.0))
    for path, shadow in ((see_through, None), (empty, 0)):
        with Plot.open(PlotSources(path)) as plot:
            crops = crops_of(plot, [crown_at(1, 10.52, 10.04), crown_at(2, 3.0, 10.0), crown_at(3, 15.15, 6.15)], SIZE)
        cut = crops[1]
        assert not cut.valid[:, :27].any()
        assert cut.valid[:, 27:].all()
        assert np.array_equal(cut.rgb[:, :, :27], cut.rgb[:, :, 54:27:-1])
        assert share_with_data(cut) == pytest.approx(0.8, abs=0.1)
        assert share_with_data(crops[2]) == 0.0
        if shadow is not None:
            assert crops[3].valid.all()
            assert (crops[3].rgb == 0).all(axis=0).sum() == 9


SIZE = CropSize(6.4, 64)


def test_a_crown_far_from_the_plot_has_no_data(plot: Plot) -> None:
    crop = crops_of(plot, [crown_at(1, 500.0, -300.0)], SIZE)[1]
    assert not crop.valid.any()
    assert share_with_data(crop) == 0.0


def test_heights_come_with_the_picture_for_models_that_want_them(tmp_path: Path) -> None:
    ortho = write_raster(tmp_path / "o.tif", noise(200, 200), north_up(GSD_M))
    slope = np.broadcast_to(np.arange(80, dtype=np.float32) * 0.5, (1, 80, 80))
    dsm = write_raster(tmp_path / "dsm.tif", np.ascontiguousarray(slope) + 100, north_up(0.25))
    dtm = write_raster(tmp_path / "dtm.tif", np.full((1, 80, 80), 100, np.float32), north_up(0.25))
    with Plot.open(PlotSources(ortho, dsm, dtm)) as plot:
        crop = crops_of(plot, [crown_at(1, 10.0, 10.0)], CropSize(4.0, 16, with_chm=True))[1]
    assert crop.chm_m is not None
    assert crop.chm_m.shape == (16, 16)
    assert crop.chm_m[0, 12] - crop.chm_m[0, 4] == pytest.approx(4.0, abs=0.01)


# ---- what is read


def bytes_read() -> int:
    """What this process has asked the system for."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("rchar")).split()[1])


@pytest.mark.skipif(sys.platform != "linux", reason="counts reads through /proc")
@pytest.mark.parametrize(
    ("storage", "size"),
    [
        (Storage((64, 64)), CropSize(6.4, 64)),
        (Storage((256, 256)), CropSize(7.7, 64)),
        (Storage((16, 2000)), CropSize(9.1, 48)),
        (Storage((1, 2000)), CropSize(4.1, 64)),
        (Storage((128, 128), compress="deflate"), CropSize(12.8, 64)),
    ],
    ids=["tiles", "large tiles", "strips", "rows", "deflate"],
)
def test_every_block_is_read_at_most_once(tmp_path: Path, storage: Storage, size: CropSize) -> None:
    path = write_raster(tmp_path / "o.tif", noise(900, 1500), north_up(GSD_M), storage)
    rng = np.random.default_rng(2)
    # Crops of neighbours overlap many times over; taken one by one they would read each block dozens of times.
    crowns = [crown_at(n + 1, *rng.uniform(0.0, (150.0, 90.0))) for n in range(1500)]
    with Plot.open(PlotSources(path), check=False) as plot:
        reader = plot.ortho.reopened()  # its handle has no pixels in its cache yet
        plot._parts.ortho.close()
        object.__setattr__(plot._parts, "ortho", reader)
        before = bytes_read()
        count = sum(1 for _ in read_crops(plot, crowns, size))
        read = bytes_read() - before
    assert count == 1500
    assert 0.9 * path.stat().st_size <= read <= 1.03 * path.stat().st_size + 100_000


def test_crops_of_a_few_crowns_read_little(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "o.tif", noise(1000, 1000), north_up(GSD_M))
    with Plot.open(PlotSources(path)) as plot:
        rows = CropRows(
            plot, crop_grid(plot, SIZE), np.array([100, 600]), np.array([100, 800]), 64, tile_rows=256, with_chm=False
        )
        assert list(rows._runs(0)) == [(0, 64)]
        assert list(rows._runs(1)) == []
        assert list(rows._runs(2)) == [(700, 764)]


def test_memory_does_not_grow_with_the_plot(plot: Plot) -> None:
    plan = layout(plot, 0.019, 512, with_chm=True)
    held = (512 + 2 * plan.tile_rows) * plan.panel_cols * 8
    assert held <= 300 * 2**20


def test_panels_give_the_same_crops(plot: Plot, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    crowns = [crown_at(n + 1, *rng.uniform(0.0, 40.0, 2)) for n in range(80)]
    whole = crops_of(plot, crowns, SIZE)
    monkeypatch.setattr("inference.traits.crop_rows._MEMORY_BYTES", 1)
    assert layout(plot, SIZE.cell_m, 64, with_chm=False).panel_cols == 256
    parts = crops_of(plot, crowns, SIZE)
    assert all(np.array_equal(whole[i].rgb, parts[i].rgb) for i in whole)
    assert len(parts) == 80


# ---- streaming


def test_the_next_batch_is_made_while_one_is_worked_on() -> None:
    made: list[int] = []
    second_started = threading.Event()

    def items() -> object:
        for number in range(7):
            made.append(number)
            if number == 3:
                second_started.set()
            yield number

    batches = batches_ahead(items(), 3)  # type: ignore[arg-type]
    assert next(batches) == (0, 1, 2)
    assert second_started.wait(5.0)
    assert list(batches) == [(3, 4, 5), (6,)]
    assert list(batches_ahead(iter(()), 3)) == []


def test_stopping_between_reads(plot: Plot) -> None:
    token = CancelToken()
    crops = read_crops(plot, [crown_at(n + 1, 5.0, 5.0 + n) for n in range(9)], SIZE, token)
    next(crops)
    token.cancel()
    started_s = time.process_time()
    with pytest.raises(Cancelled):
        list(crops)
    assert time.process_time() - started_s < 0.5


def test_no_crowns_no_crops(plot: Plot) -> None:
    assert list(read_crops(plot, [], SIZE)) == []


# ---- reflection


@settings(max_examples=60, deadline=None)
@given(st.integers(6, 24), st.integers(6, 24), st.integers(0, 10), st.integers(0, 10), st.integers(0, 2**31))
def test_straight_borders_reflect_as_numpy_does(rows: int, cols: int, up: int, left: int, seed: int) -> None:
    up, left = min(up, rows - 1), min(left, cols - 1)
    picture = np.random.default_rng(seed).integers(0, 255, (3, rows, cols), np.uint8)
    wide = np.zeros((3, rows + up, cols + left), np.uint8)
    wide[:, up:, left:] = picture
    valid = np.zeros(wide.shape[1:], np.bool_)
    valid[up:, left:] = True
    expected = np.pad(picture, ((0, 0), (up, 0), (left, 0)), mode="reflect")
    assert np.array_equal(reflect(wide, valid), expected)


def test_what_has_no_mirror_image_takes_the_nearest() -> None:
    picture = np.zeros((3, 4, 9), np.uint8)
    picture[:, :, 4] = 7
    valid = np.zeros((4, 9), np.bool_)
    valid[:, 4] = True
    assert (reflect(picture, valid) == 7).all()
    assert reflect(picture, np.zeros((4, 9), np.bool_)) is picture


def test_the_centre_is_the_centroid() -> None:
    outline = shapely.Polygon([(0, 0), (10, 0), (0, 6)])
    crown = crown_at(1, 0, 0)
    from dataclasses import replace

    from inference.plot.grid import Grid

    tops, lefts = corners([replace(crown, outline=outline)], Grid("", 0.0, 6.0, 0.1, 1, 1), 20)
    assert (lefts[0] + 10, tops[0] + 10) == (33, 40)
