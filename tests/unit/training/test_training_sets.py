"""Sets as training reads them, and those that it refuses."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from factories_training import some_surveys, write_set

from inference.errors import InputError
from training.balsam2.config import Balsam2Config
from training.balsam2.mask_validate import mean_mask_iou
from training.balsam2.model import Balsam2
from training.crowns.material import material_of
from training.data.canvas import CanvasMaker, make_pool
from training.data.labelled import OUTSIDE_GREY
from training.data.sets import read_sets
from training.detectors.outlines import with_outlines


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_set(tmp_path / "set", some_surveys(tmp_path / "plots", elevation="holes"))


def code_of(*folders: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_sets(folders)
    return caught.value.code


def changed(path: Path, change: Any) -> None:
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))


def test_tiles_become_plots(folder: Path) -> None:
    found = read_sets([folder])
    assert found.train
    assert found.valid
    assert found.test
    sites = [{plot.site for plot in split} for split in (found.train, found.valid, found.test)]
    assert not sites[0] & sites[1]
    for plot in (*found.train, *found.valid):
        assert plot.gsd_m == 0.2
        assert plot.chm_m is not None
        assert plot.owner is not None
        assert plot.visible is not None
        assert plot.rgb.shape[1:] == plot.chm_m.shape == plot.complete.shape == plot.owner.shape
        assert np.isnan(plot.chm_m).any()
        assert np.nanmin(plot.chm_m) >= 0.0
        for number, box in enumerate(plot.boxes, 1):
            rows, columns = np.nonzero(plot.owner == number)
            if len(rows):
                assert box[0] - 1 <= columns.min() <= columns.max() <= box[2] + 1
                assert box[1] - 1 <= rows.min() <= rows.max() <= box[3] + 1
                middle = plot.rgb[:, int(rows.mean()), int(columns.mean())].astype(int)
                assert middle[1] > middle[0]  # a tree is green


def test_what_the_set_blackened_is_grey_for_the_model(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", some_surveys(tmp_path / "plots", 1, turned_deg=15.0, elevation="none"))
    plot = read_sets([folder]).train[0]
    outside = ~plot.complete & (plot.rgb == OUTSIDE_GREY).all(0)
    assert outside.any()
    assert not (plot.rgb == 0).all(0).any()


def test_boxes_have_no_outlines(folder: Path) -> None:
    def to_boxes(document: dict[str, Any]) -> None:
        for one in document["annotations"]:
            one["other_attributes"]["is_box"] = True

    changed(folder / "train.json", to_boxes)
    found = read_sets([folder])
    assert all(plot.owner is None for plot in found.train)
    assert any("All crowns are boxes" in note for note in material_of(found, Balsam2Config()).notes)


def test_a_box_among_outlines_takes_nothing_from_them(folder: Path) -> None:
    """Whoever corrects some of the boxes of another program has drawn those, and the others stay boxes."""
    outlined = read_sets([folder]).train

    def first_to_box(document: dict[str, Any]) -> None:
        for one in document["annotations"]:
            one["other_attributes"]["is_box"] = one["other_attributes"]["tree_id"] % 3 == 0

    changed(folder / "train.json", first_to_box)
    found = read_sets([folder])
    mixed = [plot for plot in found.train if plot.drawn is not None]
    assert mixed
    for plot, before in zip(found.train, outlined, strict=True):
        if plot.drawn is None:
            continue
        assert plot.owner is not None
        assert before.owner is not None
        assert set(np.unique(plot.owner)) - {0} == set((np.flatnonzero(plot.drawn) + 1).tolist())
        own = np.isin(before.owner, np.flatnonzero(plot.drawn) + 1)
        assert (plot.owner[own] == before.owner[own]).all()
        assert mean_mask_iou(Balsam2(Balsam2Config()), [plot]) is not None
        guessed = with_outlines(plot)
        assert guessed.outlined.all()
        assert guessed.owner is not None
        assert (guessed.owner[plot.owner > 0] == plot.owner[plot.owner > 0]).all()
        assert len(np.unique(guessed.owner)) > len(np.unique(plot.owner))
        canvas = CanvasMaker((make_pool([plot], 1.0, plot.gsd_m, (1.0,)),), 64).draw(np.random.default_rng(0))
        assert canvas.has_mask.any()
    notes = material_of(found, Balsam2Config()).notes
    assert any("crowns are boxes: outlines are learned from the" in note for note in notes)


def test_no_validation_and_no_elevation_are_told(tmp_path: Path) -> None:
    found = read_sets([write_set(tmp_path / "set", some_surveys(tmp_path / "plots", 1, elevation="none"))])
    notes = " ".join(material_of(found, Balsam2Config()).notes)
    assert "no crown for validation" in notes
    assert "1 of 1 tiles have no elevation" in notes


def test_elevation_of_nan_alone_is_none(folder: Path) -> None:
    for path in (folder / "chm").iterdir():
        with rasterio.open(path, "r+") as raster:
            raster.write(np.full((1, *raster.shape), np.nan, np.float32))
    found = read_sets([folder])
    assert all(plot.chm_m is None for plot in found.train)
    assert any("nothing but NaN" in note for note in material_of(found, Balsam2Config()).notes)


def test_splits_that_overlap_within_a_set(folder: Path) -> None:
    train = json.loads((folder / "train.json").read_text())
    changed(folder / "valid.json", lambda document: document["images"].append({**train["images"][0], "id": 99}))
    assert code_of(folder) == "train.splits_overlap"


def test_and_between_two_sets(tmp_path: Path) -> None:
    """The same plots, shared out with another seed."""
    surveys = some_surveys(tmp_path / "plots")
    sets = [write_set(tmp_path / f"set{seed}", surveys, seed=seed) for seed in range(4)]
    assert read_sets(sets[:1]).train
    trained = [{one["survey"] for one in json.loads((path / "train.json").read_text())["images"]} for path in sets]
    other = next(path for path, names in zip(sets, trained, strict=True) if names != trained[0])
    assert code_of(sets[0], other) == "train.splits_overlap"


def test_blocks_that_touch_do_not_overlap(tmp_path: Path) -> None:
    surveys = some_surveys(tmp_path / "plots", 2, turned_deg=10.0, elevation="none")
    folder = write_set(tmp_path / "set", surveys, block_m=7.0, tile_px=64)
    assert read_sets([folder]).valid


def test_empty_and_missing_sets(folder: Path, tmp_path: Path) -> None:
    assert code_of(tmp_path) == "train.no_set"
    assert code_of(tmp_path / "nowhere") == "train.no_set"
    changed(folder / "train.json", lambda document: document["annotations"].clear())
    assert code_of(folder) == "train.empty"


def first_image(**changes: Any) -> Any:
    return lambda document: document["images"][0].update(changes)


@pytest.mark.parametrize(
    "change",
    [
        first_image(file_name="../../secret.tif"),
        first_image(file_name="/etc/passwd"),
        first_image(labelled_path="../x.tif"),
        first_image(file_name="images/missing.tif"),
        first_image(chm_path="train.json"),
        lambda document: document["images"][0].pop("labelled_path"),
        lambda document: document["annotations"][0].pop("bbox"),
        lambda document: document["annotations"][0].update(bbox=[1, 2]),
        lambda document: document["annotations"][0].update(segmentation=[]),
        lambda document: document.update(images="many"),
    ],
)
def test_damaged_sets(change: Any, folder: Path) -> None:
    changed(folder / "train.json", change)
    assert code_of(folder) == "train.set_damaged"


@pytest.mark.parametrize("content", ["", "[]", "{", "{}", '{"surveys": 1, "options": {}}'])
@pytest.mark.parametrize("name", ["manifest.json", "train.json"])
def test_damaged_tables(name: str, content: str, folder: Path) -> None:
    (folder / name).write_text(content)
    assert code_of(folder) == "train.set_damaged"


def test_a_tile_without_labelled_ground_is_damaged(folder: Path) -> None:
    for path in (folder / "labelled").iterdir():
        with rasterio.open(path, "r+") as raster:
            raster.write(np.zeros((1, *raster.shape), np.uint8))
    assert code_of(folder) == "train.set_damaged"
