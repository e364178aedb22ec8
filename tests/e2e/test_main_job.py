"""The main job from the command line: outline, measure, export, read back, compare with the truth."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.raw
import pytest
import rasterio
import shapely
from command_line import Birchtree

from inference.sample import SamplePlot

Json = Callable[..., dict[str, Any]]

# name in the shapefile, in order, as documented in docs/formats.md
_FIELDS = [
    "tree_id", "label", "image_path", "status", "species", "sp_code", "sp_score", "score", "height_m", "h_p95", "h_src",
    "area_m2", "diam_m", "perim_m", "top_x", "top_y", "dbh_cm", "agb_kg", "allom", "edge", "review", "edited_by",
    "edited_at",
]  # fmt: skip


@pytest.fixture(scope="module")
def outlined(tiny_plot: SamplePlot, tmp_path_factory: pytest.TempPathFactory, birchtree: Birchtree) -> Path:
    """The tiny plot outlined and measured, for all tests. Copy it before it is opened."""
    file = tmp_path_factory.mktemp("outlined") / "tiny.birch.gpkg"
    rasters = ("--dsm", tiny_plot.dsm, "--dtm", tiny_plot.dtm)
    done = birchtree("segment", tiny_plot.ortho, *rasters, "-o", file)
    assert done.returncode == 0, done.stderr
    assert "crowns outlined" in done.stdout
    done = birchtree("measure", file)
    assert done.returncode == 0, done.stderr
    return file


@pytest.fixture
def plot_file(outlined: Path, tmp_path: Path) -> Path:
    """The tiny plot outlined and measured."""
    return Path(shutil.copy(outlined, tmp_path))


@pytest.fixture(scope="module")
def empty(tiny_plot: SamplePlot, tmp_path_factory: pytest.TempPathFactory, birchtree: Birchtree) -> Path:
    """The tiny plot without crowns: the minimum height is above every tree. Copy it before it is opened."""
    file = tmp_path_factory.mktemp("empty") / "again.birch.gpkg"
    rasters = ("--dsm", tiny_plot.dsm, "--dtm", tiny_plot.dtm)
    words = ("--model", "watershed", "--set", "min_height_m=90")
    done = birchtree("segment", tiny_plot.ortho, *rasters, *words, "-o", file)
    assert done.returncode == 0, done.stderr
    return file


def test_crowns_agree_with_the_truth(plot_file: Path, tiny_plot: SamplePlot, birchtree_json: Json) -> None:
    facts = birchtree_json("evaluate", plot_file, "--truth", tiny_plot.truth)
    at_04 = facts["total"]["pooled"]["iou"]["0.40"]
    assert at_04["f1"] > 0.4
    assert at_04["precision"] > 0.6


def test_shapefile_has_the_documented_schema(
    plot_file: Path, tiny_plot: SamplePlot, tmp_path: Path, birchtree: Birchtree
) -> None:
    out = tmp_path / "crowns.shp"
    assert birchtree("export", plot_file, "-o", out).returncode == 0
    info = pyogrio.read_info(out)
    fields = [name for name in info["fields"] if name != "note"]
    assert fields == _FIELDS
    assert max(map(len, info["fields"])) <= 10
    assert info["geometry_type"] == "Polygon"
    assert out.with_suffix(".cpg").read_text().strip() == "UTF-8"
    with rasterio.open(tiny_plot.ortho) as ortho:
        assert rasterio.crs.CRS.from_user_input(info["crs"]).to_epsg() == ortho.crs.to_epsg()
    _, _, geometry, columns = pyogrio.raw.read(out)
    outlines = shapely.from_wkb(geometry)
    assert len(outlines) > 20
    assert shapely.is_valid(outlines).all()
    assert set(shapely.get_type_id(outlines)) == {shapely.GeometryType.POLYGON}
    values = dict(zip(info["fields"], columns, strict=True))
    np.testing.assert_allclose(values["area_m2"], shapely.area(outlines), atol=1e-3)
    assert np.nanmax(values["height_m"]) < 40
    assert (values["h_p95"] <= values["height_m"]).all()
    assert set(values["h_src"]) == {"DSM-DTM"}
    assert set(values["image_path"]) == {tiny_plot.ortho.name}
    assert set(values["review"]) == {"auto"}


@pytest.mark.parametrize("name", ["crowns.shp", "crowns.gpkg", "crowns.geojson", "crowns.csv", "coco.json"])
def test_export_import_export_is_identical(
    name: str, plot_file: Path, empty: Path, tmp_path: Path, birchtree: Birchtree
) -> None:
    first, second = tmp_path / "first" / name, tmp_path / "second" / name
    first.parent.mkdir()
    second.parent.mkdir()
    assert birchtree("export", plot_file, "-o", first).returncode == 0
    again = shutil.copy(empty, tmp_path)
    done = birchtree("import", again, first)
    assert done.returncode == 0, done.stderr
    done = birchtree("export", again, "-o", second)
    assert done.returncode == 0, done.stderr
    assert _rows(second) == _rows(first)


def _rows(file: Path) -> list[Any]:
    """Every row of an export, outlines included, without what names the project."""
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return sorted(tuple(row.items()) for row in csv.DictReader(stream))
    if file.name == "coco.json":
        content = json.loads(file.read_text(encoding="utf-8"))
        return [content["images"], content["annotations"], content["categories"]]
    meta, _, geometry, columns = pyogrio.raw.read(file)
    outlines = shapely.to_wkt(shapely.set_precision(shapely.from_wkb(geometry), 1e-6), rounding_precision=6)
    order = np.argsort(columns[list(meta["fields"]).index("tree_id")])
    return [list(meta["fields"]), *([str(value) for value in column[order]] for column in (*columns, outlines))]


def test_the_sidecar_tells_where_crowns_come_from(plot_file: Path, tmp_path: Path, birchtree: Birchtree) -> None:
    out = tmp_path / "crowns.shp"
    assert birchtree("export", plot_file, "-o", out).returncode == 0
    (sidecar,) = [file for file in tmp_path.iterdir() if file.name.startswith("crowns") and file.suffix == ".json"]
    text = sidecar.read_text(encoding="utf-8")
    assert json.loads(text)
    for fact in ("birch-crowns", "min_height_m", "tiny_ortho.tif", "height_p95"):
        assert fact in text


def test_progress_as_json_lines(tiny_plot: SamplePlot, tmp_path: Path, birchtree: Birchtree) -> None:
    words = ("--dsm", tiny_plot.dsm, "--model", "watershed", "-o", tmp_path / "p.birch.gpkg", "--progress", "json")
    done = birchtree("segment", tiny_plot.ortho, *words)
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert events[0] == {"event": "start", "command": "segment"}
    assert events[-1]["event"] == "result"
    assert events[-1]["crowns"] > 0
    progress = [event for event in events if event["event"] == "progress"]
    assert progress[-1]["done"] == progress[-1]["total"]


def test_without_a_dtm_heights_say_so(tiny_plot: SamplePlot, tmp_path: Path, birchtree: Birchtree) -> None:
    file, out = tmp_path / "p.birch.gpkg", tmp_path / "c.gpkg"
    words = ("--dsm", tiny_plot.dsm, "--model", "watershed", "-o", file)
    assert birchtree("segment", tiny_plot.ortho, *words).returncode == 0
    assert birchtree("measure", file).returncode == 0
    assert birchtree("export", file, "-o", out).returncode == 0
    meta, _, _, columns = pyogrio.raw.read(out)
    found = dict(zip(meta["fields"], columns, strict=True))
    measured = np.isfinite(found["height_m"])  # a crown in a hole of the DSM has no height
    assert measured.mean() > 0.9
    assert set(found["height_source"][measured]) == {"DSM-est"}
    assert set(found["height_source"][~measured]) <= {None}


def test_overview_is_a_picture_of_the_crowns(plot_file: Path, tmp_path: Path, birchtree: Birchtree) -> None:
    picture = tmp_path / "overview.png"
    done = birchtree("overview", plot_file, "-o", picture)
    assert (done.returncode, done.stderr) == (0, "")
    with rasterio.Env(), pytest.warns(rasterio.errors.NotGeoreferencedWarning), rasterio.open(picture) as image:
        pixels = image.read()
    assert pixels.shape[2] > 2 * pixels.shape[1] - 10
    assert (pixels.reshape(3, -1).T == (255, 214, 64)).all(axis=1).mean() > 0.005
