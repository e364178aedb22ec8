"""Files of a few bytes that claim to be huge are refused by a stated limit, at once and without the memory."""

import io
import json
import sqlite3
import struct
import time
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from factories_rasters import CRS_WKT, write_raster

from inference import json_text
from inference.array_files import read_arrays
from inference.crowns.geometry import to_valid_polygon
from inference.errors import ModelError, ProjectError, RasterError, VectorError
from inference.formats import reader
from inference.formats.reader import read_rows
from inference.models.store import ModelStore
from inference.plot import local_files, raster_limits, tangles
from inference.plot.raster import RasterReader
from inference.plot.small_raster import read_small
from inference.project import codec, database
from inference.project.store import Project
from inference.review.state import ReviewState
from tests.unit.formats.small_projects import new_project, round_crown, with_crowns

BOUND_S = 20.0


@pytest.fixture(autouse=True)
def at_once() -> object:
    """Refusing must not cost the time that obeying would."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < BOUND_S * 3


def _claiming(path: Path, width: int, height: int, **options: object) -> Path:
    """A sparse GeoTIFF: its directory promises what no byte holds."""
    profile = {"driver": "GTiff", "width": width, "height": height, "count": 1, "dtype": "uint8", "sparse_ok": True}
    transform = Affine(0.01, 0, 5e5, 0, -0.01, 5e6)
    with rasterio.open(path, "w", crs=CRS_WKT, transform=transform, **(profile | options)):
        pass
    return path


def _code(path: Path) -> str:
    with pytest.raises(RasterError) as refused:
        RasterReader.open(path)
    return refused.value.code


def _vrt(path: Path, width: int, height: int, *, block: str = "", transform: str = "5e5,0.1,0,5e6,0,-0.1") -> Path:
    path.write_text(
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}"><GeoTransform>{transform}</GeoTransform>'
        f'<VRTRasterBand dataType="Byte" band="1" {block}/></VRTDataset>'
    )
    return path


def test_rasters_of_absurd_size(tmp_path: Path) -> None:
    assert _code(_vrt(tmp_path / "wide.vrt", 2_000_000_000, 10)) == "raster.too_large"
    assert _code(_vrt(tmp_path / "all.vrt", 3_000_000, 3_000_000)) == "raster.too_large"
    large = _claiming(tmp_path / "l.tif", 100_000, 100_000, tiled=True, blockxsize=512, blockysize=512, bigtiff="yes")
    assert large.stat().st_size < 5_000_000
    assert RasterReader.open(large).info.width_px == 100_000  # as large as a survey may be


def test_pieces_that_must_be_unpacked_whole(tmp_path: Path) -> None:
    path = _claiming(
        tmp_path / "one.tif", 60_000, 60_000, tiled=True, blockxsize=32_768, blockysize=40_960, bigtiff="yes"
    )
    assert _code(path) == "raster.block_too_large"


@pytest.mark.parametrize(
    "transform", ["5e5,nan,0,5e6,0,-0.1", "5e5,0,0,5e6,0,0", "5e300,0.1,0,5e6,0,-0.1", "5e5,1e20,0,5e6,0,-1e20"]
)
def test_places_that_cannot_be(tmp_path: Path, transform: str) -> None:
    assert _code(_vrt(tmp_path / "n.vrt", 20, 20, transform=transform)) in ("raster.no_place", "raster.no_georeference")


def test_tiles_of_training_sets(tmp_path: Path) -> None:
    with pytest.raises(RasterError) as refused:
        read_small(_claiming(tmp_path / "t.tif", 40_000, 40_000, tiled=True, compress="deflate"))
    assert refused.value.code == "raster.no_tile"
    assert read_small(write_raster(tmp_path / "s.tif", np.ones((1, 8, 8), np.uint8))).planes.shape == (1, 8, 8)


def test_json(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        json_text.parse("[" * 1_000_000)
    with pytest.raises(ValueError, match="million parts"):
        json_text.parse(b"[" + b"[]," * (json_text.MAX_BRACKETS + 1))
    with pytest.raises(ValueError, match="million parts"):
        json_text.parse("1," * (json_text.MAX_COMMAS + 1))
    deep = tmp_path / "deep.json"
    deep.write_text('{"images": ' + "[" * 200_000)
    with pytest.raises(VectorError):
        read_rows(deep)
    nested = '{"type": "GeometryCollection", "geometries": [' * 5000
    (tmp_path / "deep.geojson").write_text(nested)
    with pytest.raises(VectorError):
        read_rows(tmp_path / "deep.geojson")


def test_outlines_that_cross_themselves_without_end(tmp_path: Path) -> None:
    tangle = shapely.Polygon(np.random.default_rng(0).random((5000, 2)) * 100)
    assert tangles.is_tangled(tangle)
    assert to_valid_polygon(tangle) is None
    feature = {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(tangle))}
    crown = {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(shapely.box(0, 0, 1, 1)))}
    path = tmp_path / "tangle.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature, crown]}))
    rows = read_rows(path)
    assert (len(rows), rows.tally.null) == (1, 1)
    circle = shapely.Point(0, 0).buffer(5, quad_segs=5000)
    assert not tangles.is_tangled(circle)
    assert to_valid_polygon(circle) is not None


def test_more_crowns_than_any_plot_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_ROWS", 2)
    path = tmp_path / "many.csv"
    path.write_text("WKT\n" + '"POLYGON ((0 0, 1 0, 1 1, 0 0))"\n' * 3)
    with pytest.raises(VectorError) as refused:
        read_rows(path)
    assert refused.value.code == "vector.too_many"


def test_vector_files_that_are_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.geojson"
    with path.open("wb") as file:
        file.truncate(local_files.MAX_VECTOR_BYTES + 1)
    with pytest.raises(VectorError) as refused:
        read_rows(path)
    assert refused.value.code == "vector.too_large"
    archive = tmp_path / "swollen.zip"
    monkeypatch.setattr(local_files, "MAX_VECTOR_BYTES", 1 << 20)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("crowns.shp", bytes(2 << 20))
    assert archive.stat().st_size < 10_000
    with pytest.raises(VectorError) as refused:
        read_rows(archive)
    assert refused.value.code == "vector.too_large"


def test_archives_of_models(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("card.json", "{}")
        with archive.open("traits.onnx", "w") as member:
            for _ in range(100):
                member.write(bytes(1 << 20))
    with pytest.raises(ModelError) as refused:
        ModelStore([tmp_path / "store"]).add(path)
    assert refused.value.code == "model.archive"
    for name in ("../../evil.onnx", "/etc/evil", "C:\\evil", "a\\..\\..\\evil"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, "x")
        with pytest.raises(ModelError) as refused:
            ModelStore([tmp_path / "store"]).add(path)
        assert refused.value.code == "model.archive"
    assert not (tmp_path / "store").exists() or not list((tmp_path / "store").iterdir())


def test_arrays(tmp_path: Path) -> None:
    path = tmp_path / "bomb.npz"
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f8", "fortran_order": False, "shape": (1 << 40,)})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.npy", header.getvalue() + bytes(64))
    with pytest.raises(ValueError, match=r".+"):
        read_arrays(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.npy", bytes(3 << 20))
    with pytest.raises(ValueError, match="claims to hold"):
        read_arrays(path, max_bytes=1 << 20)


def _bomb() -> bytes:
    """Some kilobytes that unpack to more than one step of the history may hold."""
    packing = zlib.compressobj(9)
    zeros = bytes(64 << 20)
    parts = [packing.compress(struct.pack("<I", 10))]
    parts += [packing.compress(zeros) for _ in range(3)]
    return b"".join([*parts, packing.flush()])


def test_a_step_of_the_history_that_swells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "_MAX_BYTES", 16 << 20)
    project = with_crowns(new_project(tmp_path), [round_crown(1, 20, 20)])
    path = project.path
    project.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE birch_journal SET payload = ?", (_bomb(),))
        connection.commit()
    with Project.open(path) as project, pytest.raises(ProjectError) as refused:
        project.undo()
    assert refused.value.code == "project.corrupt"


def test_a_row_that_is_too_large(tmp_path: Path) -> None:
    project = with_crowns(new_project(tmp_path), [round_crown(1, 20, 20)])
    path = project.path
    assert project._connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) == database.MAX_VALUE_BYTES
    project._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1 << 20)
    project.set_meta("note", "x")
    with pytest.raises(ProjectError) as refused:
        project.set_meta("note", "x" * (2 << 20))
    assert refused.value.code == "project.corrupt"
    project.close()
    assert path.exists()


def test_views_do_not_take_the_place_of_tables(tmp_path: Path) -> None:
    """A view may ask for rows without end; BirchTree reads tables alone."""
    project = with_crowns(new_project(tmp_path), [round_crown(1, 20, 20)])
    path = project.path
    project.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE birch_rasters RENAME TO kept")
        connection.execute(
            "CREATE VIEW birch_rasters AS WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more) "
            "SELECT 'ortho' AS role, 'x' AS relative, n AS absolute, 0 AS size_bytes, 0 AS mtime_s FROM more"
        )
        connection.commit()
    with pytest.raises(ProjectError) as refused:
        Project.open(path)
    assert refused.value.code == "project.corrupt"


def test_a_list_of_crowns_without_end() -> None:
    text = ReviewState(seed=1, started_at="now").to_text().replace('"looked":""', '"looked":"1-99999999999"')
    assert "99999999999" in text
    assert ReviewState.from_text(text) is None


def test_the_limits_are_those_of_the_documentation(repository: Path) -> None:
    text = (repository / "docs" / "security.md").read_text(encoding="utf-8")
    for number in (
        f"{raster_limits.MAX_SIDE_PX:,}",
        f"{raster_limits.MAX_BANDS:,}",
        f"{raster_limits.MAX_BLOCK_BYTES >> 20:,} MB",
        f"{local_files.MAX_VECTOR_BYTES >> 20:,} MB",
        f"{local_files.MAX_VRT_FILES:,}",
        f"{json_text.MAX_BRACKETS:,}",
        f"{json_text.MAX_COMMAS:,}",
        f"{tangles.MAX_CORNERS:,}",
        f"{reader.MAX_ROWS:,}",
    ):
        assert number in text, number
