"""`python -m training.train --task traits`: from a set to a model, stopped, killed, resumed, and bad input."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from factories_training import some_surveys, write_set

from inference.datasets.surveys import Survey
from inference.errors import Cancelled, ExitCode, InputError
from inference.jobs import CancelToken
from inference.models.store import ModelStore
from training import train
from training.crowns.curves import Point, read_curves
from training.crowns.plan import read_plan_of
from training.data.sets import read_sets
from training.devices import device_named
from training.dinovtree.config import BackboneConfig, DinovtreeConfig, SmallConfig
from training.dinovtree.model import Dinovtree
from training.traits.course import Course, steps_in
from training.traits.crops import CropRules
from training.traits.fit import Fit, config_as_json, config_of_json
from training.traits.material import Material, material_of
from training.traits.options import CourseOptions, FitOptions, preset
from training.traits.start import config_named
from training.traits.weights import Trained, read_weights, write_weights

TINY = SmallConfig(widths=(8, 8, 16), depths=(1, 1, 1), stem=8)
RULES = CropRules(side_px=32, gsd_m=0.2, patch_px=16)
FIT = FitOptions(steps=6, batch=4, warm_up=2, epoch=2, average=0.9)
OPTIONS = CourseOptions(fit=FIT, every=2, side_px=32, gsd_m=0.2)
NAMES = ("Quercus rubra", "Pinus strobus", "Acer rubrum")


def named(surveys: list[Survey], names: tuple[str, ...] = NAMES, height_m: float | None = 9.0) -> list[Survey]:
    """The surveys with species in turn, and heights."""
    return [
        replace(
            survey,
            crowns=tuple(
                replace(crown, species=names[n % len(names)] if names else None, height_m=height_m and height_m + n)
                for n, crown in enumerate(survey.crowns)
            ),
        )
        for survey in surveys
    ]


@pytest.fixture(scope="module")
def named_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("traits_course")
    return write_set(folder / "set", named(some_surveys(folder / "plots", 5)))


@pytest.fixture(scope="module")
def material(named_set: Path) -> Material:
    return material_of(read_sets([named_set]), RULES)


def config(material: Material) -> DinovtreeConfig:
    return DinovtreeConfig(TINY, len(material.classes))


def run(folder: Path, material: Material, options: CourseOptions = OPTIONS, stop_at: int = 0) -> Dinovtree:
    folder.mkdir(exist_ok=True)
    token = CancelToken()

    def tell(step: int, point: Point | None) -> None:
        if point is None and step == stop_at:
            token.cancel()

    device = torch.device("cpu")
    return Course(folder, options, material, config(material), device, tell, token).run(None)


def same(one: Dinovtree, other: Dinovtree) -> bool:
    pairs = zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    return all(torch.equal(a, b) for a, b in pairs)


def test_what_a_set_tells(material: Material) -> None:
    assert material.classes == tuple(sorted(NAMES))
    assert len(material.train)
    assert len(material.valid)
    assert np.isfinite(material.train.height_m).all()
    assert any("with a species" in note for note in material.notes)


@pytest.mark.parametrize("stop_at", [1, 3, 4])
@pytest.mark.parametrize("balance", ["fixed", "dynamic"])
def test_stopped_and_resumed_is_uninterrupted(stop_at: int, balance: str, material: Material, tmp_path: Path) -> None:
    options = replace(OPTIONS, fit=replace(FIT, balance=balance))
    whole = run(tmp_path / "whole", material, options)
    with pytest.raises(Cancelled):
        run(tmp_path / "parts", material, options, stop_at)
    assert same(whole, run(tmp_path / "parts", material, options))
    curves = [read_curves(tmp_path / name / "curves.csv") for name in ("whole", "parts")]
    assert [point.step for point in curves[0]] == [2, 4, 6]
    assert [point.valid_f1 for point in curves[0]] == [point.valid_f1 for point in curves[1]]
    assert (tmp_path / "whole" / "curves.svg").read_text().count("<polyline") == 2


def test_it_ends_early_by_validation(material: Material, tmp_path: Path) -> None:
    still = replace(FIT, head_rate=1e-12, backbone_rate=1e-12, steps=40)
    run(tmp_path / "early", material, replace(OPTIONS, fit=still, patience=2))
    assert len(read_curves(tmp_path / "early" / "curves.csv")) <= 8


@pytest.fixture(autouse=True)
def open_stdin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever starts the trainer with --progress json holds its standard input."""
    read, write = os.pipe()
    with os.fdopen(read) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        yield
        os.close(write)


def words(sets: Path, out: Path, *more: str) -> list[str]:
    plain = ["--steps=4", "--every=2", "--batch=4", "--crop-px=32", "--footprint=6.4", "--threads=1"]
    return [str(sets), "--task=traits", "-o", str(out), "--progress=json", "--device=cpu", *plain, *more]


def last(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return found


def test_from_a_set_to_a_model_and_on(named_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train.main(words(named_set, tmp_path / "mine", "--id=mine")) == ExitCode.OK
    assert last(capsys)["after"]
    store = ModelStore([tmp_path / "store"])
    model = store.add(tmp_path / "mine" / "model", own_conversion=True)
    card = model.card
    assert store.verify("mine") == ()
    assert {one.name for one in card.classes} == set(NAMES)
    assert card.settings["height_is_metres"] is True
    assert card.settings["calibrated"] is False  # too few crowns for it
    assert "embeddings" in card.graphs
    assert card.accuracy.startswith("Species macro F1")
    assert train.main(words(named_set, tmp_path / "better", f"--from={tmp_path / 'mine'}")) == ExitCode.OK
    told = last(capsys)
    assert told["before"]
    assert told["after"]


def test_killed_and_resumed(named_set: Path, material: Material, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-m", "training.train", *words(named_set, tmp_path / "killed")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            event = json.loads(line)
            if event["event"] == "progress" and event["done"] == 3:
                os.kill(child.pid, signal.SIGKILL)
                break
    assert not (tmp_path / "killed" / "model").exists()
    options = read_plan_of(tmp_path / "killed", CourseOptions.from_json).options
    (tmp_path / "whole").mkdir()
    sizes, cpu = config_named("small", len(material.classes)), torch.device("cpu")
    resumed, whole = (
        Course(tmp_path / name, options, material, sizes, cpu, lambda *_: None, CancelToken()).run(None)
        for name in ("killed", "whole")
    )
    assert same(whole, resumed)


def code(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> str:
    assert train.main(arguments) == ExitCode.BAD_INPUT
    return str(last(capsys)["code"])


def test_plain_sentences(named_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert code(capsys, words(tmp_path, out)) == "train.no_set"
    assert code(capsys, words(named_set, out, "--resume")) == "train.nothing_to_resume"
    assert code(capsys, words(named_set, out, "--steps=0")) == "train.option"
    assert code(capsys, words(named_set, out, "--crop-px=8")) == "train.crop"
    assert code(capsys, words(named_set, out, f"--from={tmp_path}")) == "train.no_weights"
    if not torch.cuda.is_available():
        assert code(capsys, words(named_set, out, "--device=cuda")) == "train.no_cuda"
    assert not out.exists()


def test_sets_with_little_in_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = write_set(tmp_path / "nothing", named(some_surveys(tmp_path / "a", 2, elevation="none"), (), None))
    assert code(capsys, words(nothing, tmp_path / "out")) == "train.no_traits"
    surveys = named(some_surveys(tmp_path / "b", 2, elevation="none"), NAMES[:1], None)
    one = material_of(read_sets([write_set(tmp_path / "one", surveys)]), RULES)
    assert one.classes == NAMES[:1]
    assert any("one class" in note for note in one.notes)
    assert any("No heights" in note for note in one.notes)
    surveys = named(some_surveys(tmp_path / "c", 2, elevation="holes"), (), None)
    tall = material_of(read_sets([write_set(tmp_path / "tall", surveys)]), RULES)
    assert np.isfinite(tall.train.height_m).all()
    assert any("only heights" in note for note in tall.notes)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a thing of Unix")
def test_a_full_disk_is_told(named_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        told = code(capsys, words(named_set, tmp_path / "out"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert told == "train.not_writable"
    assert not list((tmp_path / "out").glob("*.partial*"))


@pytest.mark.parametrize(
    "backbone",
    [BackboneConfig("dinov3", 32, 1, 2, 1, 64, 16), BackboneConfig("dinov2", 32, 1, 2, 0, 64, 14, position_grid=2)],
)
def test_both_transformers_learn_by_the_papers_preset(backbone: BackboneConfig, material: Material) -> None:
    options = preset("paper", steps=3, batch=4, seed=1, crowns=8)
    assert options.balance == "dynamic"
    side_px = 32 // backbone.patch_px * backbone.patch_px
    rules = CropRules(side_px=side_px, gsd_m=0.2, patch_px=backbone.patch_px, light=0.0, scale=1.0, shift=0.0)
    sizes = DinovtreeConfig(backbone, len(material.classes))
    fit = Fit(sizes, material.classes, options, replace(material, rules=rules).maker())
    before = {name: value.clone() for name, value in fit.model.named_parameters()}
    fit.run(3, lambda _: None)
    moved = {name for name, value in fit.model.named_parameters() if not torch.equal(value, before[name])}
    assert any(name.startswith("backbone.") for name in moved)
    assert any(name.startswith("task_heads.") for name in moved)
    assert config_of_json(json.loads(json.dumps(config_as_json(sizes)))) == sizes


def test_a_class_that_both_know_is_taken_over(material: Material, tmp_path: Path) -> None:
    torch.manual_seed(4)
    old, known = Dinovtree(DinovtreeConfig(TINY, 2)), ("Pinus strobus", "dead")
    fit = Fit(config(material), material.classes, FIT, material.maker(), (old, known))
    row = material.classes.index("Pinus strobus")
    assert torch.equal(fit.model.task_heads.classifier.weight[row], old.task_heads.classifier.weight[0])
    assert torch.equal(fit.model.backbone.norm.weight, old.backbone.norm.weight)
    write_weights(Trained(old, known, 32, 0.2), tmp_path / "training.npz", half=False)
    again = read_weights(tmp_path / "training.npz")
    assert (again.classes, again.side_px, again.gsd_m) == (known, 32, 0.2)
    assert same(old, again.model)


def test_a_device_is_found() -> None:
    assert device_named("cpu").type == "cpu"
    assert device_named("auto").type in ("cpu", "cuda")


def test_minutes_mean_as_many_steps_as_fit(material: Material) -> None:
    many = replace(OPTIONS, fit=replace(FIT, steps=1_000_000))
    found = [steps_in(minutes, many, material, config(material), torch.device("cpu"), None) for minutes in (0.02, 2.0)]
    assert 1 <= found[0] < found[1] < 1_000_000
    assert steps_in(1e6, OPTIONS, material, config(material), torch.device("cpu"), None) == FIT.steps
    with pytest.raises(InputError, match="0 minutes cannot be"):
        steps_in(0, OPTIONS, material, config(material), torch.device("cpu"), None)
