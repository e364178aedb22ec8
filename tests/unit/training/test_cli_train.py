"""`birchtree train`: the trainer as a program of its own, its words passed on, the model installed."""

import importlib.util
import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from factories_training import some_surveys, write_set
from made_plots import TINY

from inference.cli import program
from inference.errors import ExitCode, ModelError
from inference.models import teaching
from inference.models.store import ModelStore
from inference.segment import registry
from training.balsam2.model import Balsam2
from training.balsam2.weights import write_weights


def run(*words: str | Path) -> int:
    return program.run([str(word) for word in words], lambda _: 0)


def test_from_a_set_to_an_installed_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sets = write_set(tmp_path / "set", some_surveys(tmp_path / "plots", 5))
    (tmp_path / "tiny").mkdir()
    torch.manual_seed(0)
    write_weights(Balsam2(replace(TINY, gsd_m=0.4)), tmp_path / "tiny" / "training.npz")
    words = ("train", sets, "--from", tmp_path / "tiny", "-o", tmp_path / "mine", "--steps", "2", "--every", "1")
    more = ("--batch", "1", "--threads", "1", "--licence", "CC0-1.0", "--title", "Mine", "--json")
    assert run(*words, *more) == ExitCode.OK
    told = capsys.readouterr()
    facts = json.loads(told.out)
    assert facts["id"] == "mine"
    assert facts["before"]["crowns"] == facts["after"]["crowns"] > 0
    assert "crowns to learn from" in told.err
    assert "encoder detail: largest difference" in told.err
    card = ModelStore().get("mine").card
    assert (card.title, card.licence) == ("Mine", "CC0-1.0")
    # A model of that name is there now: said before anything long begins.
    assert run(*words, *more, "--resume") == ExitCode.MODEL_MISSING
    assert registry.make_segmenter("mine").parameters["score_thr"] == facts["threshold"]


def test_its_errors_are_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("train", tmp_path, "-o", tmp_path / "out") == ExitCode.BAD_INPUT
    told = capsys.readouterr().err
    assert "holds no training set" in told
    assert "Traceback" not in told
    assert all(model.shipped for model in ModelStore().models())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--preset", "yolo"), "There is no preset yolo for crowns. There are balsam-plantations, "),
        (
            ("--task", "traits", "--preset", "maskrcnn"),
            "no preset maskrcnn for traits. There are small, paper.",
        ),
        (("--pace", "--preset", "maskrcnn"), "the training itself tells at its start"),
    ],
)
def test_presets_that_cannot_be(
    words: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Said before anything is started."""
    assert run("train", tmp_path, "-o", tmp_path / "out", *words) == ExitCode.BAD_INPUT
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.proof
def test_a_detector_from_a_set_to_crowns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--preset` ends like the small model: installed, with figures, and it outlines."""
    sets = write_set(tmp_path / "set", some_surveys(tmp_path / "plots", 5))
    words = ("train", sets, "--preset", "maskrcnn-small", "-o", tmp_path / "rcnn", "--steps", "2", "--every", "1")
    assert run(*words, "--batch", "1", "--threads", "1", "--seed", "3", "--json") == ExitCode.OK
    told = capsys.readouterr()
    facts = json.loads(told.out)
    assert facts["id"] == "rcnn"
    assert facts["after"]["crowns"] > 0
    assert "2 steps take about" in told.err
    card = ModelStore().get("rcnn").card
    assert (card.family, card.tile_px, card.gsd_m) == ("maskrcnn", 128, 0.2)
    plot = (tmp_path / "plots" / "p0_rgb.tif", "--dsm", tmp_path / "plots" / "p0_dsm.tif")
    assert run("segment", *plot, "--model", "rcnn", "-o", tmp_path / "p0.birch.gpkg") == ExitCode.OK
    assert (tmp_path / "p0.birch.gpkg").is_file()


def test_an_installation_without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    there = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "torch" else there(name))
    with pytest.raises(ModelError, match="make setup-all"):
        teaching.demand_training()
