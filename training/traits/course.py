"""The course of a training with its checkpoints: stopped or killed, it goes on as if nothing had happened."""

import math
import time
from collections.abc import Callable
from pathlib import Path

import torch

from inference.errors import InputError
from inference.jobs import CancelToken
from inference.models.pace import LEARNING_SHARE
from training.crowns.curves import Point, read_curves
from training.dinovtree.config import DinovtreeConfig
from training.dinovtree.model import Dinovtree
from training.stage import Score, Stage, StageRules
from training.traits.examine import answers, figures
from training.traits.fit import Fit
from training.traits.material import Material
from training.traits.options import CourseOptions
from training.traits.weights import Trained, read_weights, replace_weights

CURVES = "curves.csv"
STAGE = "traits"
_BEST = "best.npz"
_PROBE_STEPS = 4

Tell = Callable[[int, Point | None], None]  # the step, and at checkpoints the curves' point


class Course:
    """Runs in a folder: `traits.pt` is the checkpoint, `best.npz` the weights that were best on validation so far.

    Args:
        folder: of the training.
        options: of the training.
        material: what is learned and examined.
        config: of the network.
        device: where it runs.
        tell: told after every step.
        cancel: stops it; the step in work is lost, nothing else.
    """

    def __init__(
        self,
        folder: Path,
        options: CourseOptions,
        material: Material,
        config: DinovtreeConfig,
        device: torch.device,
        tell: Tell,
        cancel: CancelToken,
    ) -> None:
        self.folder, self.options, self.material, self.config = folder, options, material, config
        self.device, self._tell, self._cancel = device, tell, cancel
        self._points = read_curves(folder / CURVES)

    @property
    def points(self) -> tuple[Point, ...]:
        """All checkpoints so far."""
        return tuple(self._points)

    def run(self, start: tuple[Dinovtree, tuple[str, ...]] | None) -> Dinovtree:
        """All steps, or what is left of them; the weights that were best on validation, else the last average.

        Raises:
            Cancelled: the user stopped.
            OSError: the disk is full; the last checkpoint stays.
        """
        path, maker = self.folder / f"{STAGE}.pt", self.material.maker()
        if path.is_file():
            fit = Fit.resumed(path, maker, self.device)
        else:
            fit = Fit(self.config, self.material.classes, self.options.fit, maker, start, self.device)
        best = self.folder / _BEST
        stage = Stage(
            StageRules(STAGE, fit.options.steps, self.options.every, self.options.patience),
            path,
            self.folder / CURVES,
            self._points,
            lambda: self._examined(fit),
            lambda: replace_weights(self._trained(fit), best),
            self._tell,
            self._cancel,
        )
        stage.run(fit)
        self._points = stage.points
        return read_weights(best).model if best.is_file() else fit.average.cpu()

    def _examined(self, fit: Fit) -> Score | None:
        if not len(self.material.valid):
            return None
        told = answers(fit.average, self.material.valid, self.material.rules, self.device)
        found = figures(told, self.material.valid)
        return Score(found.score, found.height_rmse_m)  # the curves have one column for what goes with a score

    def _trained(self, fit: Fit) -> Trained:
        rules = self.material.rules
        return Trained(fit.average, fit.classes, rules.side_px, rules.gsd_m)


def steps_in(
    minutes: float,
    options: CourseOptions,
    material: Material,
    config: DinovtreeConfig,
    device: torch.device,
    start: tuple[Dinovtree, tuple[str, ...]] | None,
) -> int:
    """How many steps this computer can do in some minutes, measured on a few that are thrown away; at most the plan's.

    Raises:
        InputError: the minutes are none.
    """
    if not 0.0 < minutes < math.inf:
        raise InputError("train.minutes", "{minutes} minutes cannot be: use more than 0.", minutes=minutes)
    fit = Fit(config, material.classes, options.fit, material.maker(), start, device)
    moments_s = [time.monotonic()]
    fit.run(min(_PROBE_STEPS, options.fit.steps), lambda _: moments_s.append(time.monotonic()))
    # The first step is slower than the others: memory is fetched and batches are not made ahead yet.
    later = moments_s[1:] if len(moments_s) > 2 else moments_s
    pace_s = (later[-1] - later[0]) / (len(later) - 1)
    return max(1, min(options.fit.steps, int(minutes * 60.0 * LEARNING_SHARE / max(pace_s, 1e-6))))
