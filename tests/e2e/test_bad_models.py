"""Bad models through the real command line: a sentence, exit code 3 or 4, nothing installed and nothing run."""

import json
import os
import pickle
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from command_line import Birchtree
from safetensors.numpy import save_file

from inference import paths
from inference.models.card import FILE_NAME, ModelClass
from tests.unit.models import tiny_models as tiny

Refused = Callable[..., str]


@pytest.fixture
def refused(birchtree: Birchtree) -> Refused:
    """Run a command that must fail; gives its sentence, and checks that no model is there afterwards."""

    def run(exit_code: int, *words: object) -> str:
        done: subprocess.CompletedProcess[str] = birchtree("models", *words)
        assert done.returncode == exit_code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        assert done.stderr.splitlines()[-1].startswith("birchtree: ")
        store = paths.data_dir() / "models"
        assert not store.exists() or list(store.iterdir()) == []
        return done.stderr.splitlines()[-1]

    return run


class Evil:
    """A pickle that would leave a file behind if anything in it were run."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"touch '{self.marker}'",)


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """What the evil pickle leaves behind; the test below shows that it does."""
    return tmp_path / "owned"


def evil_checkpoint(file: Path, marker: Path, *, packed: bool) -> Path:
    """A checkpoint as torch writes them, old style or new, with code inside."""
    content = pickle.dumps({"state_dict": Evil(marker)}, protocol=2)
    if not packed:
        file.write_bytes(content)
        return file
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("archive/data.pkl", content)
        archive.writestr("archive/byteorder", "little")
        archive.writestr("archive/version", "3\n")
    return file


def test_the_evil_pickle_is_evil(marker: Path) -> None:
    pickle.loads(pickle.dumps(Evil(marker)))
    assert marker.exists()


@pytest.mark.parametrize("packed", [True, False])
def test_a_malicious_pickle(packed: bool, refused: Refused, tmp_path: Path, marker: Path) -> None:
    file = evil_checkpoint(tmp_path / "weights.pth", marker, packed=packed)
    assert "models convert" in refused(4, "add", file)
    if packed:  # the old form is tested beside the reader of checkpoints
        assert "weights.pth" in refused(4, "convert", file)
    assert not marker.exists()


def test_a_malicious_pickle_in_the_clothes_of_a_model(refused: Refused, tmp_path: Path, marker: Path) -> None:
    assert refused(4, "add", evil_checkpoint(tmp_path / "model.onnx", marker, packed=False))
    folder = tiny.write_traits(tmp_path / "given").folder
    evil_checkpoint(folder / "traits.onnx", marker, packed=False)
    assert "bytes" in refused(4, "add", folder)
    assert not marker.exists()


def test_truncated(refused: Refused, tmp_path: Path) -> None:
    folder = tiny.write_traits(tmp_path / "given").folder
    archive = tiny.pack(folder, tmp_path / "m.zip")
    archive.write_bytes(archive.read_bytes()[:-300])
    refused(4, "add", archive)
    file = folder / "traits.onnx"
    file.write_bytes(file.read_bytes()[:-100])
    assert "cut off" in refused(4, "add", folder)
    assert "cut off" in refused(4, "add", file)


def test_a_truncated_checkpoint(refused: Refused, tmp_path: Path) -> None:
    whole = tmp_path / "whole.safetensors"
    save_file({"image_encoder.pos_embed": np.ones((1, 64, 64, 768), np.float32)}, whole)
    file = tmp_path / "cut.safetensors"
    file.write_bytes(whole.read_bytes()[:100_000])
    assert "cut.safetensors" in refused(4, "convert", file)


def test_a_checkpoint_with_broken_weights(refused: Refused, tmp_path: Path) -> None:
    save_file({"image_encoder.pos_embed": np.full((4, 4), np.nan, np.float32)}, tmp_path / "nan.safetensors")
    assert "pos_embed" in refused(4, "convert", tmp_path / "nan.safetensors")


def test_wrong_task(refused: Refused, tmp_path: Path) -> None:
    assert "crowns" in refused(4, "add", tiny.write_traits(tmp_path / "given", tiny.card(task="crowns")).folder)


def test_wrong_class_count(refused: Refused, tmp_path: Path) -> None:
    card = tiny.card(classes=(ModelClass("Acer"), ModelClass("Picea"), ModelClass("Tilia")))
    assert "tells 2 classes apart" in refused(4, "add", tiny.write_traits(tmp_path / "given", card).folder)


def test_broken_weights(refused: Refused, tmp_path: Path) -> None:
    folder = tiny.write_traits(tmp_path / "given", weights=np.full(200, np.nan, np.float32)).folder
    assert "NaN" in refused(4, "add", folder)


def test_no_card(refused: Refused, tmp_path: Path) -> None:
    file = tmp_path / "plain.onnx"
    file.write_bytes(tiny.traits_graph().SerializeToString())
    assert "no model card" in refused(4, "add", file)


def test_wrong_hash(refused: Refused, birchtree: Birchtree, tmp_path: Path) -> None:
    written = tiny.write_traits(tmp_path / "given")
    other = replace(written.card.graphs["traits"], sha256="0" * 64)
    (written.folder / FILE_NAME).write_text(replace(written.card, graphs={"traits": other}).to_json())
    assert "SHA-256" in refused(4, "add", written.folder)


def test_nothing_there(refused: Refused, tmp_path: Path) -> None:
    assert "none.zip" in refused(3, "add", tmp_path / "none.zip")
    assert "none.pth" in refused(3, "convert", tmp_path / "none.pth")


def test_a_model_that_was_changed_after_its_installation(birchtree: Birchtree, tmp_path: Path) -> None:
    assert birchtree("models", "add", tiny.write_traits(tmp_path / "given").folder).returncode == 0
    file = paths.data_dir() / "models" / "tiny-traits" / "traits.onnx"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    done = birchtree("models", "verify", "--json")
    assert done.returncode == 4
    (changed,) = (model for model in json.loads(done.stdout)["models"] if model["id"] == "tiny-traits")
    assert "SHA-256" in changed["problems"][0]
    told = birchtree("doctor", "--self-test")
    assert told.returncode == 3
    assert "FAILED  installed models" in told.stdout
