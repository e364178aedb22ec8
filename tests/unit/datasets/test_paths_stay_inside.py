"""Names in files never lead out of their folder: pictures of crown files, tiles of training sets, links."""

import json
from pathlib import Path

import numpy as np
import pytest
from factories_rasters import write_raster

from inference.datasets.comparison import _places, _read
from inference.datasets.surveys import _inside
from inference.errors import InputError
from inference.formats.coco_reader import base_name
from tests.fuzzing.text_subjects import _make_set
from training.data.sets import read_sets

OUTSIDE = ("../outside.tif", "sub/../../outside.tif", "{absolute}", "link.tif", "sub/link/outside.tif")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A training set with links that lead out of it, and a raster outside that nobody may read."""
    write_raster(tmp_path / "outside.tif", np.full((3, 32, 32), 77, np.uint8))
    folder = tmp_path / "set"
    (folder / "sub").mkdir(parents=True)
    _make_set(folder)
    (folder / "link.tif").symlink_to(tmp_path / "outside.tif")
    (folder / "sub" / "link").symlink_to(tmp_path, target_is_directory=True)
    return folder


def _renamed(folder: Path, key: str, name: str) -> None:
    for split in ("train", "test"):
        document = json.loads((folder / f"{split}.json").read_text())
        document["images"][0][key] = name.format(absolute=folder.parent / "outside.tif")
        (folder / f"{split}.json").write_text(json.dumps(document))


def test_the_set_is_read(folder: Path) -> None:
    assert len(read_sets([folder]).train) == 1
    assert _read(_places([folder])[0]).rgb.max() == 90


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("key", ["file_name", "labelled_path", "chm_path"])
def test_tiles_of_a_set(folder: Path, key: str, name: str) -> None:
    _renamed(folder, key, name)
    with pytest.raises(InputError) as refused:
        read_sets([folder])
    assert refused.value.code == "train.set_damaged"
    with pytest.raises(InputError) as refused:
        _read(_places([folder])[0])
    assert refused.value.code == "comparison.tile"


@pytest.mark.parametrize("name", [*OUTSIDE, "\x00", "a" * 5000, "/vsicurl/http://h/x.tif", ""])
def test_pictures_that_a_crown_file_names(folder: Path, name: str) -> None:
    assert _inside(folder, name.format(absolute=folder.parent / "outside.tif")) is None
    assert _inside(folder, "train_rgb.tif") == folder / "train_rgb.tif"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:\\Windows\\passwd", "..\\..\\passwd", "x/passwd"]
)
def test_images_of_coco_are_names(name: str) -> None:
    assert base_name(name) == "passwd"
