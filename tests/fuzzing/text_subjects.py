"""The program's own small files under fuzz: settings, keys, species lists, training sets, states, caches."""

import json
from pathlib import Path

import numpy as np

from inference.datasets.chips import Chip, ShownCrown, View, read_chips, write_chips
from inference.datasets.comparison import _places, _read
from inference.formats import sidecar
from inference.review.state import ReviewState
from inference.traits.palette_text import from_project_text, read_palette
from tests.factories_rasters import write_raster
from tests.fuzzing.mutations import any_bytes, archive_members, json_values, text_tokens, tiff_tags
from tests.fuzzing.subjects import Subject


def _make_settings(folder: Path) -> None:
    text = 'theme = "dark"\nauthor = "Ann"\nrecent = ["/a/b.birch.gpkg"]\nclick_heights = false\n[keys]\nfit = ["F"]\n'
    (folder / "settings.toml").write_text(text)


def _read_settings(folder: Path, changed: str) -> None:
    from birchtree_gui.settings import SettingsStore

    store = SettingsStore(folder / changed)
    store.change(lambda settings: settings.with_recent(Path("/x")))


def _make_palette(folder: Path) -> None:
    (folder / "list.csv").write_text(
        "name,code,en,fr,colour\nAcer rubrum,ACRU,Red maple,Érable,#aa0000\nPicea,PIC,,,\n"
    )
    species = [{"name": "Acer rubrum", "code": "ACRU", "colour": "#aa0000"}]
    (folder / "kept.json").write_text(json.dumps({"id": "a", "title": "A", "species": species}))
    (folder / "review.json").write_text(ReviewState(seed=1, started_at="2026", looked=frozenset({1, 2, 9})).to_text())
    (folder / "crowns.shp.json").write_text(json.dumps({"crs": {"wkt": "PROJCS[]"}}))


def _read_palette(folder: Path, changed: str) -> None:
    file = folder / changed
    if file.suffix == ".csv":
        read_palette(file)
        return
    text = file.read_text("utf-8", "replace")
    if changed == "review.json":
        ReviewState.from_text(text)
    elif changed == "kept.json":
        from_project_text(text)
    else:
        sidecar.crs_wkt_of(folder / "crowns.shp")


def _make_set(folder: Path) -> None:
    """A training set as `birchtree dataset` leaves it, of one tile a split."""
    ring = [2.0, 2.0, 12.0, 2.0, 12.0, 12.0, 2.0, 12.0]
    (folder / "manifest.json").write_text(
        json.dumps({"surveys": [{"name": "s", "crs_wkt": ""}], "options": {"gsd_m": 0.5}, "version": 1})
    )
    for place, split in ((0.0, "train"), (100.0, "valid"), (200.0, "test")):
        write_raster(folder / f"{split}_rgb.tif", np.full((3, 32, 32), 90, np.uint8))
        write_raster(folder / f"{split}_labelled.tif", np.ones((1, 32, 32), np.uint8))
        write_raster(folder / f"{split}_chm.tif", np.ones((1, 32, 32), np.float32))
        image = {
            "id": 1, "file_name": f"{split}_rgb.tif", "labelled_path": f"{split}_labelled.tif", "width": 32,
            "height": 32, "survey": "s", "chm_path": f"{split}_chm.tif",
            "labelled_crs": [place, 0.0, place + 16.0, 16.0], "bounds_crs": [place, 0.0, place + 16.0, 16.0],
            "gsd_crs": 0.5,
        }  # fmt: skip
        crown = {
            "id": 1, "image_id": 1, "bbox": [2, 2, 10, 10], "area": 100.0, "segmentation": [ring], "category_id": 1,
            "other_attributes": {"visible": 1.0, "species": "Acer", "height_m": 4.0, "is_box": False},
        }  # fmt: skip
        (folder / f"{split}.json").write_text(
            json.dumps({"images": [image], "annotations": [crown], "categories": [{"id": 1, "name": "Tree"}]})
        )


def _read_set(folder: Path, _changed: str) -> None:
    for place in _places([folder]):
        _read(place)
    from training.data.sets import read_sets

    read_sets([folder])


def _make_chips(folder: Path) -> None:
    crown = ShownCrown(np.ones((4, 2), np.float32), True)
    view = View((crown,), (crown,))
    write_chips([Chip("s", 0.1, np.ones((3, 8, 8), np.uint8), view, view)], folder / "chips.npz")


def _read_chips(folder: Path, changed: str) -> None:
    read_chips(folder / changed)


def _make_state(folder: Path) -> None:
    import torch
    from safetensors.torch import save_file

    from training.state_file import write_state

    write_state({"format": "fuzz", "model": {"a": torch.ones(3)}, "step": 2}, folder / "state.pt")
    save_file({"image_encoder.pos_embed": torch.ones(1, 2, 2, 4)}, folder / "weights.safetensors")


def _read_state(folder: Path, changed: str) -> None:
    from training.checkpoints import read_checkpoint
    from training.state_file import read_state

    if changed.endswith(".pt"):
        read_state(folder / changed, "fuzz", ("model", "step"))
    else:
        read_checkpoint(folder / changed)


SUBJECTS = (
    Subject("settings", _make_settings, {"settings.toml": text_tokens}, _read_settings),
    Subject("palette", _make_palette, {"list.csv": text_tokens, "*.json": json_values}, _read_palette),
    Subject("training-set", _make_set, {"*.json": json_values, "*.tif": tiff_tags}, _read_set),
    Subject("chips", _make_chips, {"chips.npz": archive_members(any_bytes)}, _read_chips),
    Subject(
        "training-state", _make_state, {"state.pt": archive_members(any_bytes), "*.safetensors": any_bytes}, _read_state
    ),
)
