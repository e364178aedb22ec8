"""The sample plot as files."""

import json
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import rasterio
import shapely
from rasterio.enums import ColorInterp

from inference.sample import SAMPLE_CRS, SamplePlot, ensure_sample_plot


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SamplePlot:
    return ensure_sample_plot(tmp_path_factory.mktemp("sample"), "tiny")


def test_orthomosaic(made: SamplePlot) -> None:
    with rasterio.open(made.ortho) as raster:
        assert (raster.width, raster.height, raster.count) == (800, 800, 4)
        assert raster.dtypes == ("uint8",) * 4
        assert raster.res == pytest.approx((0.05, 0.05))
        assert raster.crs.to_epsg() == 2950
        assert raster.colorinterp[3] == ColorInterp.alpha
        alpha = raster.read(4)
        assert set(np.unique(alpha).tolist()) == {0, 255}
        assert (raster.read([1, 2, 3])[:, alpha == 0] == 0).all()


def test_elevation_models(made: SamplePlot) -> None:
    with rasterio.open(made.dsm) as dsm, rasterio.open(made.dtm) as dtm, rasterio.open(made.ortho) as ortho:
        assert dsm.dtypes == dtm.dtypes == ("float32",)
        assert dsm.res == pytest.approx((0.1, 0.1))
        assert dtm.res == pytest.approx((0.5, 0.5))
        assert dsm.nodata == dtm.nodata == -9999.0
        assert tuple(dsm.bounds) == pytest.approx(tuple(ortho.bounds))
        assert tuple(dtm.bounds) == pytest.approx(tuple(ortho.bounds))
        heights, ground = dsm.read(1, masked=True), dtm.read(1, masked=True)
        assert 0.02 < heights.mask.mean() < 0.3
        assert not np.ma.getmaskarray(ground).any()
        assert not np.isnan(heights.data).any()
        assert 300.0 < ground.min() < heights.max() < 450.0


def test_true_crowns(made: SamplePlot) -> None:
    info, _, geometry, columns = pyogrio.raw.read(made.truth, layer="crowns")
    table = dict(zip(info["fields"], columns, strict=True))
    polygons = shapely.from_wkb(geometry)
    assert info["crs"] == SAMPLE_CRS
    assert info["geometry_type"] == "Polygon"
    assert shapely.is_valid(polygons).all()
    assert len(polygons) > 50
    assert np.allclose(table["area_m2"], shapely.area(polygons))
    tops = shapely.points(table["treetop_x"], table["treetop_y"])
    assert shapely.contains(polygons, tops).all()
    assert table["tree_id"].tolist() == list(range(1, len(polygons) + 1))
    living = table["label"] == "Tree"
    assert all(table["species"][living])
    assert set(table["label"].tolist()) == {"Tree", "Dead tree"}
    assert table["height_m"].min() > 1.5
    with rasterio.open(made.ortho) as ortho:
        assert shapely.box(*ortho.bounds).buffer(1e-6).covers(shapely.box(*shapely.total_bounds(polygons)))


def test_height_can_be_read_from_the_files(made: SamplePlot) -> None:
    """The surface model is smoothed, so tops read low by decimetres, not by metres."""
    info, _, _, columns = pyogrio.raw.read(made.truth, layer="crowns")
    table = dict(zip(info["fields"], columns, strict=True))
    places = list(zip(table["treetop_x"], table["treetop_y"], strict=True))
    with rasterio.open(made.dsm) as dsm, rasterio.open(made.dtm) as dtm:
        surface = np.array([value[0] for value in dsm.sample(places)])
        ground = np.array([value[0] for value in dtm.sample(places)])
    known = surface > 0
    off = (surface - ground - table["height_m"])[known]
    assert known.mean() > 0.75
    assert -0.8 < np.median(off) < 0.1


def test_a_second_call_does_no_work(made: SamplePlot) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.ortho.parent.iterdir()}
    assert ensure_sample_plot(made.ortho.parent, "tiny") == made
    assert {path: path.stat().st_mtime_ns for path in made.ortho.parent.iterdir()} == before
    assert len(before) == 5


@pytest.mark.parametrize("spoil", ["delete a file", "other version", "damaged manifest"])
def test_it_is_made_again_when_it_must(spoil: str, made: SamplePlot, tmp_path: Path) -> None:
    for path in made.ortho.parent.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    manifest = tmp_path / "tiny_sample.json"
    if spoil == "delete a file":
        (tmp_path / made.dsm.name).unlink()
    elif spoil == "other version":
        manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "forest_version": -1}))
    else:
        manifest.write_text("{ half")
    (tmp_path / made.dtm.name).write_bytes(b"stale")
    again = ensure_sample_plot(tmp_path, "tiny")
    with rasterio.open(again.dtm) as one, rasterio.open(made.dtm) as other:
        assert np.array_equal(one.read(), other.read())
    with rasterio.open(again.ortho) as one, rasterio.open(made.ortho) as other:
        assert np.array_equal(one.read(), other.read())
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(p.name for p in made.ortho.parent.iterdir())


def test_a_folder_that_does_not_exist_is_made(tmp_path: Path) -> None:
    plot = ensure_sample_plot(tmp_path / "not" / "yet", "tiny")
    assert plot.truth.is_file()
