"""The course of a training of a detector in a folder, with its checkpoints, examinations and best weights."""

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import torch
from torch import nn

from inference.jobs import CancelToken
from inference.models.pace import LEARNING_SHARE
from training.balsam2.validate import pooled
from training.crowns.curves import Point, read_curves
from training.detectors.examine import examined
from training.detectors.fit import Fit
from training.detectors.material import Material
from training.detectors.options import CourseOptions
from training.detectors.start import STATE
from training.detectors.tiles import TileMaker
from training.detectors.weights import Trained, read_weights, replace_weights
from training.stage import Score, Stage, StageRules

CURVES = "curves.csv"
STAGE = "detector"
_BEST = "best.npz"
_PROBE_STEPS = 3
_LONG_STEP_S = 10.0  # of such a step one tells enough

Tell = Callable[[int, Point | None], None]


class Course:
    """Runs in a folder: `detector.pt` is the checkpoint, `best.npz` the weights that were best on validation so far.

    Args:
        folder: of the training.
        options: of the training.
        material: what is learned and examined.
        device: where it runs.
        tell: told after every step.
        cancel: stops it.
    """

    def __init__(
        self,
        folder: Path,
        options: CourseOptions,
        material: Material,
        device: torch.device,
        tell: Tell,
        cancel: CancelToken,
    ) -> None:
        self.folder, self.options, self.material, self.device = folder, options, material, device
        self._tell, self._cancel = tell, cancel

    def run(self, first: Callable[[], nn.Module]) -> Trained:
        """All steps, or what is left of them; the weights that were best on validation, else the last.

        Args:
            first: makes the model with the weights that it begins with; not called where there is a checkpoint.

        Raises:
            Cancelled: the user stopped; the step in work is lost, nothing else.
            OSError: the disk is full; the last checkpoint stays.
            InputError: see `Fit.run`.
        """
        options, path = self.options, self.folder / STATE
        maker = maker_of(options, self.material)
        if path.is_file():
            fit = Fit.resumed(path, maker, self.device)
        else:
            fit = Fit(first().to(self.device), options.network, options.classes, options.fit, maker)
        stage = Stage(
            StageRules(STAGE, options.fit.steps, options.every, options.patience, quiet_steps=options.fit.steps),
            path,
            self.folder / CURVES,
            read_curves(self.folder / CURVES),
            lambda: self._examined(fit.model),
            lambda: replace_weights(self._trained(fit.model), self.folder / _BEST),
            self._tell,
            self._cancel,
        )
        stage.run(fit)
        scores = stage.scores()
        if scores and max(scores) > scores[-1]:
            return read_weights(self.folder / _BEST)
        return self._trained(fit.model.cpu().eval())

    def _trained(self, model: nn.Module) -> Trained:
        return Trained(model, self.options.network, self.options.classes, self.options.gsd_m)

    def _examined(self, model: nn.Module) -> Score | None:
        if not self.material.valid:
            return None
        found = examined(self.options.network, model, self.material.valid, self.options.gsd_m)
        return Score(*pooled(found.values()).best())


def maker_of(options: CourseOptions, material: Material) -> TileMaker:
    """Draws the tiles of a training."""
    side = options.network.tile_px
    return TileMaker(material.train, options.network, side, options.gsd_m, options.photometric)


def step_seconds(options: CourseOptions, material: Material, model: nn.Module) -> float:
    """How long a step takes here, measured on a few of a model that is thrown away."""
    fit = Fit(model, options.network, options.classes, options.fit, maker_of(options, material))
    moments_s = [time.monotonic()]
    for until in range(1, min(_PROBE_STEPS, options.fit.steps) + 1):
        fit.run(until, lambda _: None)
        moments_s.append(time.monotonic())
        if moments_s[-1] - moments_s[-2] > _LONG_STEP_S:
            break
    # The first step is slower than the others: memory is fetched.
    return min(after - before for before, after in pairwise(moments_s))


def steps_in(minutes: float, step_s: float, most: int) -> int:
    """How many steps fit into some minutes, examinations included."""
    return max(1, min(most, int(minutes * 60.0 * LEARNING_SHARE / max(step_s, 1e-6))))


def in_words(seconds: float) -> str:
    """A length of time as a person says it."""
    if seconds < 90.0:
        return f"{max(round(seconds), 1)} s"
    if seconds < 5400.0:
        return f"{round(seconds / 60.0)} minutes"
    if seconds < 172_800.0:
        return f"{round(seconds / 3600.0)} hours"
    return f"{round(seconds / 86_400.0)} days"
