"""Trainings on a graphics card: every tensor is taken there and back, as a device shows that is as strict as one."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from elsewhere import a_device
from factories_training import some_surveys, write_set
from made_plots import TINY, made_plot
from numpy.typing import NDArray
from tiny_detectors import GSD_M, NETWORKS

from inference.errors import InputError
from inference.jobs import CancelToken
from training.balsam2.calibrate import mask_threshold
from training.balsam2.fit import Fit, FitOptions, StepReport
from training.balsam2.mask_validate import mean_mask_iou
from training.balsam2.model import Balsam2
from training.balsam2.validate import validate
from training.balsam2.weights import read_weights, write_weights
from training.crowns.course import Course, pace_of
from training.crowns.material import material_of
from training.crowns.options import CourseOptions
from training.data.canvas import CanvasMaker, make_pool
from training.data.labelled import LabelledPlot
from training.data.sets import TrainingSet, read_sets
from training.detectors.course import Course as DetectorCourse
from training.detectors.material import WANTED
from training.detectors.material import material_of as detectors_material_of
from training.detectors.options import CourseOptions as DetectorOptions
from training.detectors.options import FitOptions as DetectorFit
from training.detectors.prepare import Prepared, first_model
from training.detectors.presets import PRESETS
from training.devices import device_named, where_it_runs, why_no_card
from training.dinovtree.config import DinovtreeConfig, SmallConfig
from training.traits.course import Course as TraitsCourse
from training.traits.crops import CropRules
from training.traits.material import material_of as traits_material_of
from training.traits.options import CourseOptions as TraitsOptions
from training.traits.options import FitOptions as TraitsFit

CENTRES = FitOptions(stage="centres", steps=4, batch=2, warm_up=2, bfloat16=False)


def maker(*, outlined: bool = True) -> CanvasMaker:
    plots = [made_plot(0), made_plot(1)]
    plots = plots if outlined else [replace(plot, owner=None) for plot in plots]
    return CanvasMaker((make_pool(plots, 1.0, 0.2, (1.0,)),), 64)


def numbers(model: Balsam2) -> dict[str, torch.Tensor]:
    return {name: value.detach().cpu() for name, value in model.state_dict().items()}


def learned(options: FitOptions, device: torch.device | None, *, outlined: bool) -> tuple[Fit, list[float]]:
    fit, losses = Fit(TINY, options, maker(outlined=outlined), None, device), list[float]()

    def told(step: StepReport) -> None:
        losses.extend(step.losses.values())

    fit.run(4, told)
    return fit, losses


@pytest.mark.parametrize(
    ("stage", "outlined"), [("centres", True), ("masks", True), ("masks", False)], ids=["centres", "outlines", "boxes"]
)
def test_the_crowns_model_learns_there_what_it_learns_here(
    stage: str, outlined: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = replace(CENTRES, stage=stage)
    here, losses = learned(options, None, outlined=outlined)
    with a_device(monkeypatch) as device:
        there, same = learned(options, device, outlined=outlined)
        assert next(there.average.parameters()).device == device
        there.average.cpu()
    # Some steps are taken in another order, which rounds differently.
    assert same == pytest.approx(losses, rel=1e-2, abs=1e-4)
    for name, value in here.average.state_dict().items():
        torch.testing.assert_close(there.average.state_dict()[name], value, rtol=0.1, atol=2e-2, msg=name)


def test_it_is_examined_and_kept_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plot = made_plot(3)
    torch.manual_seed(0)
    model = Balsam2(TINY).eval()
    torch.nn.init.zeros_(model.heat[-1].bias)  # type: ignore[arg-type]  # so that something is found
    (wanted,) = validate(model, [plot], symmetries=2).values()
    iou, ends = mean_mask_iou(model, [plot]), mask_threshold(model, maker(), 0, 2)
    with a_device(monkeypatch) as device:
        model.to(device)
        (found,) = validate(model, [plot], symmetries=2).values()
        assert mean_mask_iou(model, [plot]) == pytest.approx(iou, abs=1e-3)
        assert mask_threshold(model, maker(), 0, 2) == ends
        write_weights(model, tmp_path / "weights.npz", half=False)
        wanted_numbers = numbers(model)
    assert len(wanted.scores)
    assert found.scores == pytest.approx(wanted.scores, rel=1e-4)
    for name, value in read_weights(tmp_path / "weights.npz").state_dict().items():
        assert torch.equal(value, wanted_numbers[name]), name


def test_the_device_of_these_tests_is_strict(monkeypatch: pytest.MonkeyPatch) -> None:
    with a_device(monkeypatch) as device:
        there = torch.ones(3).to(device)
        with pytest.raises(RuntimeError, match="two devices"):
            there + torch.ones(3)
        with pytest.raises(RuntimeError):
            there.numpy()
        assert (there + 1.0).cpu().tolist() == [2.0, 2.0, 2.0]


def test_a_whole_course_of_crowns(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Both stages with checkpoints and examinations; what was begun there goes on here."""
    plots = (made_plot(0), made_plot(1))
    material = material_of(TrainingSet(plots, plots[:1], ()), TINY)
    options = CourseOptions(steps=2, batch=2, every=2, config=TINY)
    with a_device(monkeypatch) as device:
        course = Course(tmp_path, options, material, lambda told: None, CancelToken(), device)
        trained = course.run(None)
        assert next(trained.parameters()).device == torch.device("cpu")
        assert pace_of(options, material, trained, device=device).centres_s > 0.0
    (tmp_path / "masks.pt").unlink()
    assert next(Course(tmp_path, options, material, lambda told: None, CancelToken()).run(None).parameters()).is_cpu


def test_a_whole_course_of_traits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plots = tuple(
        replace(plot, species=("Acer rubrum", "Pinus strobus") * (len(plot.boxes) // 2), height_m=heights(plot))
        for plot in (made_plot(0), made_plot(1))
    )
    rules = CropRules(side_px=32, gsd_m=0.2, patch_px=16)
    material = traits_material_of(TrainingSet(plots, plots[:1], ()), rules)
    options = TraitsOptions(fit=TraitsFit(steps=2, batch=4, warm_up=1, epoch=2), every=2, side_px=32, gsd_m=0.2)
    config = DinovtreeConfig(SmallConfig(widths=(8, 8, 16), depths=(1, 1, 1), stem=8), len(material.classes))
    with a_device(monkeypatch) as device:
        course = TraitsCourse(tmp_path, options, material, config, device, lambda step, point: None, CancelToken())
        trained = course.run(None)
        assert next(trained.parameters()).device == torch.device("cpu")
    assert (tmp_path / "best.npz").is_file()


def heights(plot: LabelledPlot) -> NDArray[np.float32]:
    return np.linspace(6.0, 20.0, len(plot.boxes), dtype=np.float32)


@pytest.mark.parametrize("kind", ["balsam-repaired", "maskrcnn-dsm"])
def test_detectors(kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = write_set(tmp_path / "set", some_surveys(tmp_path / "plots", 2))
    network = NETWORKS[kind]
    fit = DetectorFit(steps=2, batch=2, rate=1e-3, warm_up=1, without_elevation=0.5)
    options = DetectorOptions(kind, fit, network, ("Tree",), GSD_M, every=2, photometric=True)
    material = detectors_material_of(read_sets([made], WANTED), network, ("Tree",), GSD_M, photometric=True)
    ready = Prepared(kind, PRESETS[kind], network, ("Tree",), GSD_M)
    with a_device(monkeypatch) as device:
        course = DetectorCourse(tmp_path, options, material, device, lambda step, point: None, CancelToken())
        trained = course.run(lambda: first_model(ready, None, 0))
        assert next(trained.model.parameters()).device == torch.device("cpu")


def test_a_training_says_where_it_runs_and_why_on_no_card() -> None:
    if torch.cuda.is_available():
        pytest.skip("this computer has a card that PyTorch uses")
    assert where_it_runs(device_named("auto")) == f"Training runs on the processor. {why_no_card()}"
    torch.set_num_threads(2)
    assert where_it_runs(torch.device("cpu")).startswith(
        "Training runs on the processor with 2 threads. This PyTorch ("
    )
    with pytest.raises(InputError, match=re.escape(why_no_card())):
        device_named("cuda")
