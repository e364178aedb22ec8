"""Overviews in the cache: made once, true to the pixels, gone when the file changes, cancelled without a trace."""

import os
from pathlib import Path

import numpy as np
import pytest
import rasterio
from factories_rasters import write_raster

from inference import paths
from inference.errors import Cancelled, InputError
from inference.jobs import CancelToken, Progress
from inference.plot import cost, overviews
from inference.plot.display_source import DisplaySource
from inference.plot.overviews import ensure_overviews, open_overviews, overview_path
from inference.plot.raster import RasterReader
from inference.plot.validity import UndeclaredNodata


@pytest.fixture(autouse=True)
def small_files_count_as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything over 0.5 megapixel needs overviews here."""
    monkeypatch.setattr(cost, "DIRECT_READ_PX", 500_000)
    monkeypatch.setattr("inference.plot.display_source.DIRECT_READ_PX", 500_000)


def picture(side: int = 1500) -> np.ndarray:
    rows, cols = np.mgrid[0:side, 0:side]
    return np.stack([rows * 250 // side, cols * 250 // side, np.full((side, side), 77)]).astype(np.uint8)


def large(folder: Path, data: np.ndarray | None = None, **options: object) -> RasterReader:
    settings = {"tiled": True, "blockxsize": 256, "blockysize": 256, "compress": "deflate"} | options
    return RasterReader.open(write_raster(folder / "o.tif", picture() if data is None else data, **settings))


def test_overviews_show_what_the_raster_shows(tmp_path: Path) -> None:
    reader = large(tmp_path)
    cache = paths.cache_dir()
    steps: list[Progress] = []
    folder = ensure_overviews(reader, cache, steps.append)
    assert folder is not None
    assert folder == overview_path(reader, cache)
    assert [p.name for p in tmp_path.iterdir()] == ["o.tif"]  # nothing beside the user's file
    assert (steps[-1].done, steps[-1].note) == (steps[-1].total, "o.tif")
    assert [s.done for s in steps] == sorted(s.done for s in steps)
    stack = open_overviews(reader, cache)
    assert stack is not None
    assert stack.factors == (8,)
    found = stack.readers[0].read_window(0, 0, 187, 187, 187, 187).data
    wanted = reader.read_window(0, 0, 187 * 8, 187 * 8, 187, 187).data
    np.testing.assert_allclose(found.astype(int), wanted.astype(int), atol=6)
    assert ensure_overviews(reader, cache, steps.append) == folder


def test_every_kind_of_data_keeps_its_validity(tmp_path: Path) -> None:
    hole = np.zeros((1500, 1500), np.bool_)
    hole[:400, :700] = True
    height = np.where(hole, np.nan, 120.0).astype(np.float32)
    cases = {
        "alpha": large(_sub(tmp_path, "alpha"), alpha=np.where(hole, 0, 255).astype(np.uint8)),
        "nodata": large(_sub(tmp_path, "nodata"), np.where(hole, 0, picture()).astype(np.uint8), nodata=0),
        "nan": large(_sub(tmp_path, "nan"), height),
        "-9999": large(_sub(tmp_path, "9999"), np.where(hole, -9999, height).astype(np.float32), nodata=-9999),
        "16 bit": large(_sub(tmp_path, "u16"), np.where(hole, 0, picture().astype(np.uint16) * 200 + 1), nodata=0),
        "undeclared": RasterReader.open(
            write_raster(_sub(tmp_path, "un") / "o.tif", np.where(hole, -32767, height).astype(np.float32)),
            extra_nodata=(UndeclaredNodata(-32767.0),),
        ),
    }
    for name, reader in cases.items():
        assert ensure_overviews(reader, paths.cache_dir()) is not None, name
        stack = open_overviews(reader, paths.cache_dir())
        assert stack is not None, name
        block = stack.readers[0].read_window(0, 0, 187, 187, 187, 187)
        direct = reader.read_window(0, 0, 187 * 8, 187 * 8, 187, 187)
        np.testing.assert_array_equal(block.valid, direct.valid, err_msg=name)
        difference = np.abs(block.data[:, block.valid].astype(float) - direct.data[:, block.valid])
        # JPEG rings a little at the edge of the data.
        assert difference.max() <= (40 if name in ("alpha", "nodata") else 0.01), name
        assert difference.mean() < 2, name


def _sub(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


def test_wide_striped_files_get_finer_levels_too(tmp_path: Path) -> None:
    wide = np.zeros((1, 300, 9000), np.uint8)
    wide[0, :, ::2] = 200
    reader = RasterReader.open(write_raster(tmp_path / "w.tif", wide, compress="deflate"))
    assert ensure_overviews(reader, paths.cache_dir()) is not None
    stack = open_overviews(reader, paths.cache_dir())
    assert stack is not None
    assert stack.factors == (2, 4, 8, 16, 32)
    assert set(np.unique(stack.readers[0].read_window(0, 0, 100, 100, 100, 100).data)) == {100}


def test_small_rasters_and_those_with_overviews_need_none(tmp_path: Path) -> None:
    assert ensure_overviews(large(tmp_path, picture(500)), paths.cache_dir()) is None
    large(tmp_path, picture(1300)).close()
    with rasterio.open(tmp_path / "o.tif", "r+") as target:
        target.build_overviews([2, 4])
    assert ensure_overviews(RasterReader.open(tmp_path / "o.tif"), paths.cache_dir()) is None


def test_a_changed_file_has_no_overviews(tmp_path: Path) -> None:
    reader = large(tmp_path)
    ensure_overviews(reader, paths.cache_dir())
    reader.close()
    changed = tmp_path / "o.tif"
    os.utime(changed, ns=(changed.stat().st_atime_ns, changed.stat().st_mtime_ns + 1_000_000_000))
    assert overview_path(RasterReader.open(changed), paths.cache_dir()) is None


@pytest.mark.logs_warnings("GDAL tells of the damage")
def test_damaged_overviews_are_dropped(tmp_path: Path) -> None:
    reader = large(tmp_path)
    folder = ensure_overviews(reader, paths.cache_dir())
    assert folder is not None
    (folder / "level3.tif").write_bytes(b"cut off")
    assert open_overviews(reader, paths.cache_dir()) is None
    assert not folder.exists()


def test_cancelling_leaves_nothing_behind(tmp_path: Path) -> None:
    reader = large(tmp_path)
    token = CancelToken()
    with pytest.raises(Cancelled):
        ensure_overviews(reader, paths.cache_dir(), lambda _: token.cancel(), token)
    assert list((paths.cache_dir() / "overviews").iterdir()) == []
    assert ensure_overviews(reader, paths.cache_dir()) is not None


def test_a_full_disk_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overviews.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000})())
    with pytest.raises(InputError, match="no room for the overviews") as caught:
        ensure_overviews(large(tmp_path), paths.cache_dir())
    assert caught.value.code == "cache.disk_full"


def test_old_overviews_make_room_for_new_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ensure_overviews(large(_sub(tmp_path, "a")), paths.cache_dir())
    monkeypatch.setattr(overviews, "_KEEP_BYTES", 1000)
    second = ensure_overviews(large(_sub(tmp_path, "b")), paths.cache_dir())
    assert first is not None
    assert second is not None
    assert not first.exists()
    assert second.exists()


def test_coarse_windows_are_a_preview_until_the_overviews_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inference.plot.display_source._LOOK_AGAIN_S", 0.0)
    reader = large(tmp_path)
    source = DisplaySource(reader, paths.cache_dir())
    assert source.waits_for_overviews
    rough = source.read_window(0, 0, 1500, 1500, 100, 100)
    wanted = reader.read_window(0, 0, 1500, 1500, 100, 100).data.astype(int)
    assert rough.valid.all()
    assert np.abs(rough.data - wanted).mean() < 25  # the right colours in the right places, roughly
    fine = source.read_window(100, 100, 200, 200, 100, 100)
    np.testing.assert_array_equal(fine.data, reader.read_window(100, 100, 200, 200, 100, 100).data)
    ensure_overviews(reader, paths.cache_dir())
    assert not source.waits_for_overviews
    np.testing.assert_allclose(source.read_window(0, 0, 1500, 1500, 100, 100).data, wanted, atol=6)
    source.close()
