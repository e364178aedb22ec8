"""`python -m training.train`: from a set to a model, stopped, killed, resumed, and what it says of bad input."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from factories_training import some_surveys, write_set
from made_plots import TINY

from inference.errors import Cancelled, ExitCode, InputError
from inference.jobs import CancelToken
from inference.models.store import ModelStore
from training import train
from training.balsam2.model import Balsam2
from training.balsam2.weights import write_weights
from training.crowns.course import Course, Told, steps_in
from training.crowns.curves import Point, read_curves, write_curves
from training.crowns.material import Material, material_of
from training.crowns.options import CourseOptions
from training.crowns.plan import Plan, check_same, fingerprint, read_plan_of
from training.crowns.result import outcome_of
from training.crowns.start import start_of
from training.data.sets import read_sets

OPTIONS = CourseOptions(steps=6, batch=1, every=2, config=replace(TINY, gsd_m=0.4))


@pytest.fixture(scope="module")
def made_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    return write_set(folder / "set", some_surveys(folder / "plots", 5))


@pytest.fixture(scope="module")
def material(made_set: Path) -> Material:
    return material_of(read_sets([made_set]), OPTIONS.config)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """An earlier model whose tiles are small."""
    torch.manual_seed(0)
    folder = tmp_path / "tiny"
    folder.mkdir()
    write_weights(Balsam2(OPTIONS.config), folder / "training.npz")
    return folder


def ignore(_: Told) -> None:
    """Nobody wants to know."""


def course(folder: Path, material: Material, options: CourseOptions = OPTIONS, stop_at: int = 0) -> Balsam2:
    folder.mkdir(exist_ok=True)
    token = CancelToken()
    steps = 0

    def tell(told: Told) -> None:
        nonlocal steps
        steps += told.point is None
        if steps == stop_at:
            token.cancel()

    return Course(folder, options, material, tell, token).run(None)


@pytest.mark.parametrize("stop_at", [1, 2, 5, 7, 8])
def test_stopped_and_resumed_is_uninterrupted(stop_at: int, material: Material, tmp_path: Path) -> None:
    whole = course(tmp_path / "whole", material)
    with pytest.raises(Cancelled):
        course(tmp_path / "parts", material, stop_at=stop_at)
    again = course(tmp_path / "parts", material)
    for name, value in whole.state_dict().items():
        assert torch.equal(value, again.state_dict()[name]), name
    curves = [read_curves(tmp_path / name / "curves.csv") for name in ("whole", "parts")]
    assert [(one.stage, one.step, one.valid_f1) for one in curves[0]] == [
        (one.stage, one.step, one.valid_f1) for one in curves[1]
    ]
    assert [one.step for one in curves[0]] == [2, 4, 6, 2, 3]


def test_it_ends_early_where_validation_does_not_get_better(material: Material, tmp_path: Path) -> None:
    """A model of so few steps finds nothing: its first F1 stays the best."""
    options = replace(OPTIONS, steps=40, patience=2, every=1)
    course(tmp_path / "early", material, options)
    points = read_curves(tmp_path / "early" / "curves.csv")
    centres = [point for point in points if point.stage == "centres"]
    assert len(centres) < 40
    scores = [point.valid_f1 or 0.0 for point in centres]
    assert len(scores) - 1 - scores.index(max(scores)) == 2
    assert [point.stage for point in points][-1] == "masks"


def test_without_validation_it_goes_on_to_the_end(material: Material, tmp_path: Path) -> None:
    bare = replace(material, valid=(), test=())
    model = course(tmp_path / "bare", bare, replace(OPTIONS, steps=3, patience=1, every=1))
    assert len(read_curves(tmp_path / "bare" / "curves.csv")) == 3 + 2
    outcome = outcome_of(model, None, bare)
    assert outcome.after is None
    assert outcome.threshold == 0.3
    assert "nobody knows" in outcome.sentence()


def test_minutes_become_steps(material: Material) -> None:
    assert steps_in(1e-6, OPTIONS, material, None) == 1
    assert steps_in(1e3, OPTIONS, material, None) == OPTIONS.steps


def test_curves_survive_writing_and_damage(tmp_path: Path) -> None:
    points = [
        Point("centres", 5, {"centres": 1.5, "box masks": 0.25}, 0.5, 0.3, 2.0),
        Point("masks", 3, {"iou": 1.0}, None, None, 1.0),
    ]
    write_curves(points, tmp_path / "curves.csv")
    assert read_curves(tmp_path / "curves.csv") == points
    drawing = (tmp_path / "curves.svg").read_text()
    assert drawing.startswith("<svg")
    assert "0.500 at 5" in drawing
    (tmp_path / "curves.csv").write_text("stage,step\ncentres,many\n")
    assert read_curves(tmp_path / "curves.csv") == []


def test_options_that_train_nothing() -> None:
    for changes in ({"steps": 0}, {"batch": 0}, {"minutes": 0.0}, {"minutes": float("nan")}, {"seed": -1}):
        with pytest.raises(InputError):
            replace(OPTIONS, **changes)
    assert CourseOptions.from_json(json.loads(json.dumps(OPTIONS.as_json()))) == OPTIONS


def test_starts(tiny: Path, tmp_path: Path, material: Material) -> None:
    assert start_of(str(tiny)).model.config == OPTIONS.config
    course(tmp_path / "earlier", material, replace(OPTIONS, steps=1))
    assert start_of(str(tmp_path / "earlier")).name == "earlier"
    assert start_of(str(tmp_path / "earlier" / "masks.pt")).model.config == OPTIONS.config
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError) as caught:
        start_of(str(tmp_path / "empty"))
    assert caught.value.code == "train.no_weights"


def words(made_set: Path, out: Path, tiny: Path) -> list[str]:
    told = [str(made_set), "-o", str(out), "--from", str(tiny), "--steps", "4", "--every", "2", "--batch", "1"]
    return [*told, "--progress", "json", "--threads", "1"]


def events_of(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_whole_program(made_set: Path, tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The model that comes of it can be installed and be trained on from."""
    out = tmp_path / "my-model"
    assert train.main(words(made_set, out, tiny)) == ExitCode.OK
    events = events_of(capsys.readouterr().out)
    kinds = [event["event"] for event in events]
    assert kinds[0] == "start"
    assert kinds[-1] == "result"
    assert kinds.count("curve") == 3
    progress = [event for event in events if event["event"] == "progress" and event["stage"] == "train"]
    assert progress[-1]["done"] == progress[-1]["total"] == 6
    last = events[-1]
    assert last["before"]["split"] == last["after"]["split"] == "test"  # type: ignore[index]
    store = ModelStore([tmp_path / "store"])
    card = store.add(Path(str(last["folder"])), own_conversion=True).card
    assert card.id == "my-model"
    assert card.site.startswith("p")
    assert "F1" in card.accuracy
    assert card.settings["score_thr"] == last["threshold"]
    assert start_of("my-model", store).model.config == OPTIONS.config


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a thing of Unix")
def test_killed_and_resumed(made_set: Path, material: Material, tiny: Path, tmp_path: Path) -> None:
    killed = tmp_path / "killed"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-m", "training.train", *words(made_set, killed, tiny)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            event = json.loads(line)
            if event["event"] == "progress" and event["done"] == 3:
                os.kill(child.pid, signal.SIGKILL)
                break
    assert not (killed / "masks.pt").exists()
    plan = read_plan_of(killed, CourseOptions.from_json)
    check_same(plan, [made_set])
    start = start_of(plan.start).model
    (tmp_path / "whole").mkdir()
    resumed, whole = (
        Course(tmp_path / name, plan.options, material, ignore, CancelToken()).run(start)
        for name in ("killed", "whole")
    )
    for name, value in whole.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[name]), name


def told(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> str:
    assert train.main(arguments) == ExitCode.BAD_INPUT
    events = events_of(capsys.readouterr().out)
    assert events[-1]["event"] == "error"
    return str(events[-1]["code"])


def test_sentences(made_set: Path, tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    plain = words(made_set, out, tiny)
    assert told(capsys, [str(tmp_path), *plain[1:]]) == "train.no_set"
    assert told(capsys, [*plain, "--resume"]) == "train.nothing_to_resume"
    assert told(capsys, [*plain, "--steps", "0"]) == "train.option"
    assert told(capsys, [*plain, "--minutes", "-1"]) == "train.minutes"
    assert told(capsys, [*plain, "--from", str(tmp_path)]) == "train.no_weights"
    assert not out.exists()
    (tmp_path / "file").write_text("")
    assert told(capsys, [*plain, "-o", str(tmp_path / "file")]) == "train.folder_in_use"
    assert told(capsys, [*plain, "-o", str(tmp_path / "file" / "inner")]) == "train.not_writable"


def test_other_sets_cannot_go_on(
    made_set: Path, tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = words(made_set, tmp_path / "out", tiny)
    Plan(OPTIONS, str(tiny), fingerprint([made_set])).write(tmp_path / "out")
    assert told(capsys, plain) == "train.folder_in_use"
    other = write_set(tmp_path / "other", some_surveys(tmp_path / "plots", 1))
    assert told(capsys, [str(other), *plain[1:], "--resume"]) == "train.other_sets"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a thing of Unix")
def test_a_full_disk(made_set: Path, tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        code = told(capsys, words(made_set, tmp_path / "out", tiny))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert code == "train.not_writable"
    assert not list((tmp_path / "out").glob("*.partial*"))
