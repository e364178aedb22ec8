"""`birchtree train --preset`: detectors from a set to a model, stopped, killed, resumed; what bad input is told."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from factories_training import some_surveys, write_set
from tiny_detectors import GSD_M, NETWORKS, TILE_PX, earlier

from inference.errors import Cancelled, ExitCode, InputError
from inference.jobs import CancelToken
from inference.models.store import ModelStore
from inference.plot.grid import Grid
from inference.plot.tile import Tile
from inference.segment.installed import segmenter_class
from training import train
from training.crowns.curves import Point, read_curves
from training.crowns.plan import is_plan_of, read_plan_of
from training.data.sets import read_sets
from training.detectors.course import Course, in_words, steps_in
from training.detectors.examine import crowns_of
from training.detectors.fit import pace
from training.detectors.material import WANTED, Material, material_of
from training.detectors.options import CourseOptions, FitOptions
from training.detectors.prepare import Prepared, first_model
from training.detectors.presets import PRESETS
from training.detectors.start import is_detector, start_of
from training.detectors.weights import Trained

CPU = torch.device("cpu")
FIT = FitOptions(steps=4, batch=2, rate=1e-3, warm_up=2, without_elevation=0.5)
KINDS = tuple(NETWORKS)


@pytest.fixture(scope="module")
def made_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("detectors")
    return write_set(folder / "set", some_surveys(folder / "plots", 5))


def options_of(kind: str, **changes: Any) -> CourseOptions:
    plain = CourseOptions(kind, FIT, NETWORKS[kind], ("Tree",), GSD_M, every=2, photometric=True)
    return replace(plain, **changes)


def material(made_set: Path, options: CourseOptions) -> Material:
    found = read_sets([made_set], WANTED)
    return material_of(found, options.network, options.classes, GSD_M, photometric=options.photometric)


def course(folder: Path, options: CourseOptions, ground: Material, stop_at: int = 0) -> Trained:
    folder.mkdir(exist_ok=True)
    token, steps = CancelToken(), 0

    def tell(step: int, point: Point | None) -> None:
        nonlocal steps
        steps += point is None
        if steps == stop_at:
            token.cancel()

    ready = Prepared(options.preset, PRESETS[options.preset], options.network, options.classes, GSD_M)
    return Course(folder, options, ground, CPU, tell, token).run(lambda: first_model(ready, None, 0))


def demand_same(one: Trained, other: Trained) -> None:
    for name, value in one.model.state_dict().items():
        assert torch.equal(value, other.model.state_dict()[name]), name


@pytest.mark.parametrize("kind", KINDS)
def test_stopped_and_resumed_is_uninterrupted(kind: str, made_set: Path, tmp_path: Path) -> None:
    options = options_of(kind)
    ground = material(made_set, options)
    whole = course(tmp_path / "whole", options, ground)
    with pytest.raises(Cancelled):
        course(tmp_path / "parts", options, ground, stop_at=3)
    demand_same(whole, course(tmp_path / "parts", options, ground))
    curves = [read_curves(tmp_path / name / "curves.csv") for name in ("whole", "parts")]
    assert [(one.step, one.valid_f1) for one in curves[0]] == [(one.step, one.valid_f1) for one in curves[1]]
    assert [one.step for one in curves[0]] == [2, 4]
    assert all(np.isfinite(one.loss) for one in curves[0])
    begun = first_model(Prepared(kind, PRESETS[kind], options.network, options.classes, GSD_M), None, 0)
    after = dict(whole.model.named_parameters())
    changed = [name for name, value in begun.named_parameters() if not torch.equal(value, after[name])]
    assert len(changed) > 0.8 * len(after)


def test_it_ends_early_where_validation_does_not_get_better(made_set: Path, tmp_path: Path) -> None:
    options = options_of("maskrcnn", fit=replace(FIT, steps=30, rate=0.0, batch=1), every=1, patience=2)
    course(tmp_path / "early", options, material(made_set, options))
    scores = [point.valid_f1 or 0.0 for point in read_curves(tmp_path / "early" / "curves.csv")]
    assert len(scores) == (3 if max(scores) > 0.0 else 30)  # as long as nothing at all is found it goes on


def test_a_frozen_encoder_stays_as_it_is(made_set: Path, tmp_path: Path) -> None:
    for kind, part in (("balsam-repaired", "backbone.vision_encoder."), ("maskrcnn", "backbone.body.")):
        options = options_of(kind, fit=replace(FIT, steps=1, frozen_encoder=True))
        ready = Prepared(kind, PRESETS[kind], options.network, options.classes, GSD_M)
        begun = first_model(ready, None, 0).state_dict()
        after = course(tmp_path / kind, options, material(made_set, options)).model.state_dict()
        changed = {name for name in begun if not torch.equal(begun[name], after[name])}
        assert changed
        assert not any(name.startswith(part) for name in changed)


def words(made_set: Path, out: Path, start: Path) -> list[str]:
    told = [str(made_set), "-o", str(out), "--from", str(start), "--steps", "3", "--every", "2", "--batch", "1"]
    return [*told, "--progress", "json", "--threads", "1"]


def events_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def on_tile(folder: Path) -> Tile:
    """A held-out tile of the set, shrunk to the cells of the tiny models, as the host gives it."""
    plot = material(folder, options_of("balsam-repaired")).test[0]
    side = (TILE_PX, TILE_PX)
    rgb, dsm_m, seen = np.zeros((3, *side), np.uint8), np.full(side, np.nan, np.float32), np.zeros(side, bool)
    rows, columns = plot.complete.shape
    rgb[:, :rows, :columns], seen[:rows, :columns] = plot.rgb, True
    assert plot.chm_m is not None
    dsm_m[:rows, :columns] = plot.chm_m
    grid = Grid("", 0.0, TILE_PX * GSD_M, GSD_M, *side)
    return Tile(0, grid, grid.bounds_crs, rgb, seen, seen, dsm_m, dsm_m, "DSM-DTM", 1.0)


@pytest.mark.parametrize("kind", ["balsam-repaired", pytest.param("maskrcnn-dsm", marks=pytest.mark.proof)])
def test_the_whole_program(kind: str, made_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The model that comes of it is installed, finds on the host what validation saw, and can be trained on from."""
    out = tmp_path / "my-model"
    asked = words(made_set, out, earlier(tmp_path / "tiny", kind))
    assert train.main([*asked, "--preset", kind]) == ExitCode.OK
    events = events_of(capsys.readouterr().out)
    assert [event["event"] for event in events].count("curve") == 2
    notes = " ".join(event["text"] for event in events if event["event"] == "note")
    assert "3 steps take about" in notes
    assert "one class, Tree" in notes
    last = events[-1]
    assert last["before"]["split"] == last["after"]["split"] == "test"
    store = ModelStore([tmp_path / "store"])
    model = store.add(Path(last["folder"]), own_conversion=True)
    card = model.card
    assert (card.id, card.gsd_m, card.tile_px, card.settings["score_thr"]) == (
        "my-model", GSD_M, TILE_PX, last["threshold"],
    )  # fmt: skip
    assert card.site.startswith("p")
    assert "F1" in card.accuracy
    start = start_of("my-model", GSD_M, store)
    assert start.trained is not None
    assert is_detector("my-model", store)
    assert is_detector(str(out))
    segmenter = segmenter_class(card)
    settings = replace(segmenter.defaults(card), score_thr=0.05, min_area_m2=0.0, score_with_iou=False)
    tile = on_tile(made_set)
    crowns = segmenter(model, settings).segment(tile, CancelToken())
    plot = material(made_set, options_of(kind)).test[0]
    seen = crowns_of(start.trained.network, start.trained.model, plot, gsd_m=GSD_M, masks_from=0.05)
    drawn = [score for score, mask in zip(seen.scores, seen.masks, strict=True) if mask is not None][:100]
    # The host's weights are in float32, those to train on from in float16.
    np.testing.assert_allclose(sorted(one.score for one in crowns)[-5:], sorted(drawn)[-5:], atol=0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a thing of Unix")
def test_killed_and_resumed(made_set: Path, tmp_path: Path) -> None:
    killed, start = tmp_path / "killed", earlier(tmp_path / "tiny", "balsam-repaired")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-m", "training.train", *words(made_set, killed, start), "--steps", "4"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            event = json.loads(line)
            if event["event"] == "progress" and event["stage"] == "train" and event["done"] == 3:
                os.kill(child.pid, signal.SIGKILL)
                break
    assert is_plan_of(killed, "network")
    plan = read_plan_of(killed, CourseOptions.from_json)
    begun = start_of(plan.start, GSD_M)
    ready = Prepared(plan.options.preset, PRESETS["balsam-repaired"], plan.options.network, ("Tree",), GSD_M)
    (tmp_path / "whole").mkdir()
    ground = material(made_set, plan.options)
    resumed, whole = (
        Course(tmp_path / name, plan.options, ground, CPU, lambda *_: None, CancelToken()).run(
            lambda: first_model(ready, begun, 0)
        )
        for name in ("killed", "whole")
    )
    demand_same(whole, resumed)


def told(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> str:
    assert train.main(arguments) in (ExitCode.BAD_INPUT, ExitCode.MODEL_MISSING)
    events = events_of(capsys.readouterr().out)
    assert events[-1]["event"] == "error"
    return str(events[-1]["code"])


def test_sentences(made_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, tiny = tmp_path / "out", earlier(tmp_path / "tiny", "balsam-sbl")
    plain = words(made_set, out, tiny)
    assert told(capsys, [str(tmp_path), *plain[1:]]) == "train.no_set"
    assert told(capsys, [*plain, "--preset", "yolo"]) == "train.preset"
    assert told(capsys, [*plain, "--preset", "maskrcnn"]) == "train.preset_start"
    assert told(capsys, [*plain, "--steps", "0"]) == "train.option"
    assert told(capsys, [*plain, "--every", "0"]) == "train.option"
    assert told(capsys, [*plain, "--minutes", "-1"]) == "train.minutes"
    if not torch.cuda.is_available():
        assert told(capsys, [*plain, "--device", "cuda"]) == "train.no_cuda"
    assert not out.exists()
    (tmp_path / "other.pth").write_bytes(b"nothing")
    assert told(capsys, [*plain, "--from", str(tmp_path / "other.pth")]) == "checkpoint.unreadable"
    bare = write_set(tmp_path / "bare", some_surveys(tmp_path / "bare_plots", 1))
    for path in (bare / "dsm").iterdir():
        with rasterio.open(path, "r+") as raster:
            raster.write(np.full((1, *raster.shape), np.nan, np.float32))
    assert told(capsys, [str(bare), *plain[1:]]) == "train.no_elevation"
    document = json.loads((bare / "train.json").read_text())
    document["annotations"].clear()
    (bare / "train.json").write_text(json.dumps(document))
    assert told(capsys, [str(bare), *plain[1:]]) == "train.empty"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a thing of Unix")
def test_a_full_disk(made_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import resource

    tiny = earlier(tmp_path / "tiny", "maskrcnn")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        code = told(capsys, words(made_set, tmp_path / "out", tiny))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert code == "train.not_writable"
    assert not list((tmp_path / "out").glob("*.partial*"))


def test_holes_in_the_surface_teach_nothing(tmp_path: Path) -> None:
    """Tiles with NaN in a part are learned from, tiles of nothing but NaN are left out and told of."""
    folder = write_set(tmp_path / "set", some_surveys(tmp_path / "plots", 5, elevation="holes"))
    name = json.loads((folder / "train.json").read_text())["images"][0]["dsm_path"]
    with rasterio.open(folder / name, "r+") as raster:
        raster.write(np.full((1, *raster.shape), np.nan, np.float32))
    options = options_of("balsam-sbl", fit=replace(FIT, steps=2))
    ground = material(folder, options)
    assert any("1 of 3 tiles have no elevation" in note for note in ground.notes)
    assert len(ground.train) == 2
    (tmp_path / "out").mkdir()
    trained = course(tmp_path / "out", options, ground)
    assert all(bool(torch.isfinite(value).all()) for value in trained.model.state_dict().values())
    ours = material(folder, options_of("balsam-repaired"))  # does without
    assert len(ours.train) == 3


def test_options_survive_writing() -> None:
    for kind in KINDS:
        options = options_of(kind)
        assert CourseOptions.from_json(json.loads(json.dumps(options.as_json()))) == options
    with pytest.raises(InputError):
        replace(FIT, seed=-1)


def test_rates() -> None:
    assert pace(0, replace(FIT, steps=100, warm_up=10)) == pytest.approx(1e-3)
    assert pace(50, replace(FIT, steps=100, warm_up=10)) == pytest.approx(0.5, abs=1e-3)
    assert pace(100, replace(FIT, steps=100, warm_up=10)) == pytest.approx(1e-3)
    assert pace(99, replace(FIT, steps=100, warm_up=10, schedule="constant")) == 1.0


def test_time_in_words() -> None:
    assert [in_words(one) for one in (0.2, 60.0, 600.0, 20_000.0, 1e6)] == [
        "1 s", "60 s", "10 minutes", "6 hours", "12 days",
    ]  # fmt: skip
    assert steps_in(1.0, 0.48, 1000) == 100
    assert steps_in(1e-6, 5.0, 1000) == 1
