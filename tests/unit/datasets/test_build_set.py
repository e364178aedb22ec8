"""A training set as a whole: what is in its tiles and tables, and what happens when it cannot be made."""

import csv
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import rasterio
import shapely
from factories_rasters import ORIGIN, cell_centres
from factories_training import OPTIONS, SIZE_M, some_surveys, survey_of, write_plot, write_set

from inference.datasets.build import build_dataset
from inference.datasets.splitting import DatasetOptions
from inference.datasets.surveys import Survey
from inference.errors import Cancelled, InputError
from inference.jobs import CancelToken, JobContext, Progress

FEET = "EPSG:2225"
UINT8 = npt.NDArray[np.uint8]


def documents(folder: Path) -> dict[str, dict[str, Any]]:
    paths = [folder / f"{name}.json" for name in ("train", "valid", "test")]
    return {path.stem: json.loads(path.read_text()) for path in paths if path.exists()}


def images_of(folder: Path) -> list[dict[str, Any]]:
    return [image for document in documents(folder).values() for image in document["images"]]


def plane(folder: Path, relative: str, band: int = 1) -> npt.NDArray[Any]:
    with rasterio.open(folder / relative) as raster:
        found: npt.NDArray[Any] = raster.read(band)
        return found


def one_survey(folder: Path, **plot: Any) -> Survey:
    return survey_of(*write_plot(folder, **plot))


def test_tables_agree_with_each_other_and_with_the_tiles(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", some_surveys(tmp_path / "plots", elevation="holes"))
    found = documents(folder)
    assert set(found) == {"train", "valid", "test"}
    for split, document in found.items():
        assert document["categories"] == [{"id": 1, "name": "Tree", "supercategory": "Tree"}]
        images = {image["id"]: image for image in document["images"]}
        ids = [one["id"] for one in document["annotations"]]
        assert ids == list(range(1, len(ids) + 1))
        for one in document["annotations"]:
            image = images[one["image_id"]]
            x, y, width, height = one["bbox"]
            assert x >= 0
            assert y >= 0
            assert x + width <= image["width"]
            assert y + height <= image["height"]
            ring = np.reshape(one["segmentation"][0], (-1, 2))
            assert shapely.Polygon(ring).area == pytest.approx(one["area"], abs=0.5)
            assert ring.min(0) == pytest.approx([x, y])
            assert ring.max(0) == pytest.approx([x + width, y + height])
            assert one["category_id"] == 1
            assert one["iscrowd"] == 0
            assert one["is_rle_format"] is False
            assert one["other_attributes"]["visible"] >= OPTIONS.least_visible
        with (folder / "tiles" / f"{split}.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(document["annotations"])
        for row in rows:
            with rasterio.open(folder / "tiles" / row["image_path"]) as raster:
                xmin, ymin, xmax, ymax = (int(row[name]) for name in ("xmin", "ymin", "xmax", "ymax"))
                assert 0 <= xmin < xmax <= raster.width
                assert 0 <= ymin < ymax <= raster.height
        for image in images.values():
            with rasterio.open(folder / image["file_name"]) as raster:
                assert (raster.count, raster.width, raster.height) == (3, image["width"], image["height"])
            assert {"dsm_path", "chm_path", "labelled_path"} <= image.keys()


def test_the_manifest_has_the_hash_of_every_file(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", some_surveys(tmp_path / "plots", 1))
    manifest = json.loads((folder / "manifest.json").read_text())
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    del files["manifest.json"]
    assert manifest["files"] == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    rasters = manifest["surveys"][0]["rasters"]
    assert set(rasters) == {"ortho", "dsm", "dtm"}
    ortho = (tmp_path / "plots" / "p0_rgb.tif").read_bytes()
    assert rasters["ortho"]["sha256"] == hashlib.sha256(ortho).hexdigest()


def test_the_same_input_gives_the_same_set(tmp_path: Path) -> None:
    surveys = some_surveys(tmp_path / "plots", 2)
    first, second = (write_set(tmp_path / name, surveys, block_m=8.0) for name in ("one", "two"))
    assert (first / "manifest.json").read_bytes() == (second / "manifest.json").read_bytes()


def test_detectree2_reads_the_crowns_from_below(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", some_surveys(tmp_path / "plots", 1))
    document = documents(folder)["train"]
    for image in document["images"]:
        crowns = json.loads((folder / "geojson" / f"{Path(image['file_name']).stem}.geojson").read_text())
        assert crowns["imagePath"] == image["file_name"]
        boxes = []
        for feature in crowns["features"]:
            ring = np.array(feature["geometry"]["coordinates"][0])
            ring[:, 1] = image["height"] - ring[:, 1]
            boxes.append([*ring.min(0), *(ring.max(0) - ring.min(0))])
            assert feature["properties"]["status"] == "Tree"
        wanted = [one["bbox"] for one in document["annotations"] if one["image_id"] == image["id"]]
        assert np.array(boxes) == pytest.approx(np.array(wanted), abs=0.011)


def test_geodataset_finds_its_splits_in_the_folder_of_the_pictures(tmp_path: Path) -> None:
    """What its loader demands: names of its documents, bare and unique names of pictures, their size in each crown."""
    folder = write_set(tmp_path / "set", some_surveys(tmp_path / "plots"))
    root = folder / "tiles"
    pictures = [path.name for path in root.rglob("*") if path.suffix in {".tif", ".png", ".jpg", ".jpeg"}]
    assert len(set(pictures)) == len(pictures)
    ours = documents(folder)
    named = re.compile(r"([a-zA-Z0-9]+_)*[a-zA-Z0-9]+_coco_sf[0-9]+p[0-9]+_([a-zA-Z0-9]+)\.json")
    splits = {}
    for path in root.glob("*.json"):
        assert "rgb" in path.name
        found = named.fullmatch(path.name)
        assert found, f"it stops at {path.name}"
        splits[found.group(2)] = json.loads(path.read_text())
    assert splits.keys() == ours.keys()
    for split, document in splits.items():
        assert document["categories"] == ours[split]["categories"]
        assert [one["segmentation"] for one in document["annotations"]] == [
            one["segmentation"] for one in ours[split]["annotations"]
        ]
        sizes = {}
        for image in document["images"]:
            assert image["file_name"] in pictures
            assert (root / image["dsm_path"]).is_file()
            with rasterio.open(root / image["file_name"]) as raster:
                sizes[image["id"]] = (raster.height, raster.width)
        for one in document["annotations"]:
            assert (one["height"], one["width"]) == sizes[one["image_id"]]
            assert "height_m" in one["other_attributes"]


def test_labelled_ground_of_splits_never_overlaps(tmp_path: Path) -> None:
    """Also where two surveys show the same ground, in another CRS even."""
    sources, outlines = write_plot(tmp_path, "a", trees=20)
    again, _ = write_plot(tmp_path, "b", trees=20, east_m=7.3, seed=1)
    surveys = [survey_of(sources, outlines, name="a"), survey_of(again, outlines, name="b")]
    folder = write_set(tmp_path / "set", surveys, block_m=8.0, tile_px=64)
    seen: dict[str, list[npt.NDArray[Any]]] = {}
    canvas = np.zeros((3, 400, 400), np.int16)
    for number, (split, document) in enumerate(documents(folder).items()):
        for image in document["images"]:
            left, _, _, top = image["bounds_crs"]
            row, column = round((ORIGIN[1] + 40 - top) / 0.2), round((left - ORIGIN[0] + 10) / 0.2)
            tile = plane(folder, image["labelled_path"])
            canvas[number, row : row + tile.shape[0], column : column + tile.shape[1]] |= tile
            seen.setdefault(split, []).append(tile)
    assert len(seen) == 3
    # The two surveys' cells do not lie on each other: a border of blocks runs through them.
    both = (canvas.sum(0) > 1).sum()
    assert both <= 0.02 * (canvas.sum(0) > 0).sum()


def test_crowns_outside_the_complete_area_are_never_background(tmp_path: Path) -> None:
    sources, outlines = write_plot(tmp_path, trees=14)
    left, _, right, _ = outlines[0].bounds
    # Of one crown some 14 % lie in the complete area: too little to be learned.
    west = shapely.box(ORIGIN[0], ORIGIN[1], left + 0.2 * (right - left), ORIGIN[1] + SIZE_M)
    folder = write_set(tmp_path / "set", [survey_of(sources, outlines, complete=west)])
    cut = 0
    for split, document in documents(folder).items():
        for image in document["images"]:
            with rasterio.open(folder / image["labelled_path"]) as raster:
                labelled, transform = raster.read(1) > 0, raster.transform
            with rasterio.open(folder / image["file_name"]) as raster:
                picture = raster.read()
            middles = shapely.points(*cell_centres(transform, *labelled.shape))
            assert not labelled[~shapely.contains(west, middles)].any()
            assert not picture[:, ~shapely.contains(west, middles)].any()
            mine = [one for one in document["annotations"] if one["image_id"] == image["id"]]
            known = {one["other_attributes"]["tree_id"] for one in mine}
            for number, outline in enumerate(outlines, 1):
                inside = shapely.contains(shapely.intersection(outline, west).buffer(-0.1), middles)
                if number not in known and inside.any():
                    cut += 1
                    assert not labelled[inside].any(), f"crown {number} of {split}"
    assert cut  # the scene has such a crown


def test_heights_that_are_nan_stay_unknown(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", [one_survey(tmp_path, elevation="holes")])
    dsm = np.concatenate([plane(folder, image["dsm_path"]).ravel() for image in images_of(folder)])
    assert np.isfinite(dsm).all()
    assert (dsm == -9999.0).any()
    assert (dsm > 0.0).any()


def test_a_dsm_of_nan_alone_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no data at all"):
        one_survey(tmp_path, elevation="nothing")


def test_no_elevation(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", [one_survey(tmp_path, elevation="none")])
    assert images_of(folder)
    assert not any({"dsm_path", "chm_path"} & image.keys() for image in images_of(folder))


@pytest.mark.parametrize(
    "plot",
    [
        {"turned_deg": 20.0, "elevation": "none"},
        {"crs": None},
        {"crs": FEET, "unit_m": 0.3048006096},
    ],
    ids=["turned", "no CRS", "feet"],
)
def test_plots_of_other_kinds(plot: dict[str, Any], tmp_path: Path) -> None:
    """The picture under every crown is the tree: green where the soil is brown."""
    survey = one_survey(tmp_path, **plot)
    folder = write_set(tmp_path / "set", [survey])
    greener: list[bool] = []
    for document in documents(folder).values():
        for one in document["annotations"]:
            image = next(image for image in document["images"] if image["id"] == one["image_id"])
            assert image["gsd_crs"] * survey.unit_m == pytest.approx(0.2)
            x, y, width, height = one["bbox"]
            row, column = int(y + height / 2), int(x + width / 2)
            red, green = (plane(folder, image["file_name"], band)[row, column] for band in (1, 2))
            if plane(folder, image["labelled_path"])[row, column]:
                greener.append(bool(green > red))
    assert len(greener) > 3
    assert np.mean(greener) > 0.9


def test_classes_are_labels_or_one(tmp_path: Path) -> None:
    survey = one_survey(tmp_path)
    crowns = tuple(replace(crown, label="Picea" if crown.tree_id % 2 else "Acer") for crown in survey.crowns)
    survey = replace(survey, crowns=crowns)
    by_label = documents(write_set(tmp_path / "labels", [survey], classes="label"))["train"]
    assert [one["name"] for one in by_label["categories"]] == ["Acer", "Picea"]
    assert {one["category_id"] for one in by_label["annotations"]} == {1, 2}
    plain = documents(write_set(tmp_path / "tree", [survey]))["train"]
    assert [one["name"] for one in plain["categories"]] == ["Tree"]


def test_one_plot_leaves_nothing_for_validation_and_says_so(tmp_path: Path) -> None:
    summary = build_dataset([one_survey(tmp_path)], tmp_path / "set", OPTIONS, JobContext())
    assert set(summary.tiles) == {"train"}
    assert summary.split_by == "block"
    assert "Nothing is left for validation" in summary.sentence()
    assert "Nobody has looked" not in summary.sentence()


def test_crowns_that_nobody_looked_at_are_counted_once_each(tmp_path: Path) -> None:
    """Tiles overlap, and what only a model proposed must not pass for what people drew."""
    survey = one_survey(tmp_path)
    crowns = tuple(replace(one, review="auto" if one.tree_id <= 3 else "accepted") for one in survey.crowns)
    options = replace(OPTIONS, tile_px=64)
    summary = build_dataset([replace(survey, crowns=crowns)], tmp_path / "set", options, JobContext())
    assert sum(summary.crowns.values()) > len(crowns)
    assert summary.unreviewed == 3
    assert "Nobody has looked at 3 of these crowns" in summary.sentence()


def code_of(tmp_path: Path, surveys: list[Survey], folder: Path | None = None) -> str:
    with pytest.raises(InputError) as caught:
        build_dataset(surveys, folder or tmp_path / "set", OPTIONS, JobContext())
    return caught.value.code


def test_nothing_to_learn(tmp_path: Path) -> None:
    survey = one_survey(tmp_path)
    elsewhere = shapely.MultiPolygon([shapely.box(*(np.array(survey.complete.bounds) + 1e4))])
    assert code_of(tmp_path, [replace(survey, complete=shapely.MultiPolygon())]) == "dataset.no_crowns_inside"
    assert code_of(tmp_path, [replace(survey, complete=elsewhere)]) == "dataset.no_crowns_inside"
    assert not (tmp_path / "set").exists()


def test_a_folder_in_use(tmp_path: Path) -> None:
    survey = one_survey(tmp_path / "plots")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    assert code_of(tmp_path, [survey], tmp_path / "full") == "dataset.folder_in_use"
    assert code_of(tmp_path, [survey], tmp_path / "file") == "dataset.folder_in_use"
    (tmp_path / "empty").mkdir()
    write_set(tmp_path / "empty", [survey])
    assert (tmp_path / "empty" / "manifest.json").is_file()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    survey = one_survey(tmp_path / "plots")
    (tmp_path / "file").write_text("")
    assert code_of(tmp_path, [survey], tmp_path / "file" / "set") == "dataset.not_writable"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a thing of Unix")
def test_a_full_disk(tmp_path: Path) -> None:
    """Files longer than 2 kB cannot be written, as on a disk that fills up."""
    write_plot(tmp_path)
    code = f"""
import resource, sys
sys.path[:0] = {[str(Path(__file__).parents[2]), str(Path.cwd())]!r}
from pathlib import Path
from factories_training import OPTIONS, survey_of, outlines_of
from factories_rasters import ORIGIN, scatter
from inference.datasets.build import build_dataset
from inference.errors import InputError
from inference.jobs import JobContext
from inference.plot.plot import PlotSources
here = Path({str(tmp_path)!r})
sources = PlotSources(here / "a_rgb.tif", here / "a_dsm.tif", here / "a_dtm.tif")
survey = survey_of(sources, outlines_of(scatter(0, 24.0, 9, radius_m=(1.2, 2.2)), 24.0, ORIGIN))
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
try:
    build_dataset([survey], here / "set", OPTIONS, JobContext())
except InputError as error:
    print(error.code, list(here.glob(".set*")), (here / "set").exists())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "dataset.not_writable [] False", done.stderr


def test_a_damaged_raster_is_named_as_such(tmp_path: Path) -> None:
    survey = one_survey(tmp_path)
    content = survey.sources.ortho.read_bytes()
    survey.sources.ortho.write_bytes(content[: len(content) // 2])
    assert code_of(tmp_path, [survey]).startswith("raster.")
    assert not list(tmp_path.glob(".set*"))


def test_stopping_leaves_nothing(tmp_path: Path) -> None:
    token = CancelToken()

    def stop(progress: Progress) -> None:
        if progress.done == 1:
            token.cancel()

    with pytest.raises(Cancelled):
        build_dataset(some_surveys(tmp_path / "plots", 2), tmp_path / "set", OPTIONS, JobContext(stop, token))
    assert [path.name for path in tmp_path.iterdir()] == ["plots"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"gsd_m": 0.0}, "dataset.tile"),
        ({"tile_px": 10}, "dataset.tile"),
        ({"overlap": 1.0}, "dataset.overlap"),
        ({"least_visible": float("nan")}, "dataset.overlap"),
        ({"shares": (0.0, 0.5, 0.5)}, "dataset.shares"),
        ({"shares": (1.0, float("nan"), 0.0)}, "dataset.shares"),
        ({"block_m": 0.0}, "dataset.block"),
    ],
)
def test_options_that_cannot_be(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as caught:
        DatasetOptions(**changes)
    assert caught.value.code == code
