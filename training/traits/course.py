"""The course of a training with its checkpoints: stopped or killed, it goes on as if nothing had happened."""

import math
import time
from collections.abc import Callable
from pathlib import Path

import torch

from inference.errors import Cancelled, InputError
from inference.jobs import CancelToken
from inference.models.pace import LEARNING_SHARE
from training.crowns.curves import Point, read_curves, write_curves
from training.dinovtree.config import DinovtreeConfig
from training.dinovtree.model import Dinovtree
from training.traits.examine import Figures, answers, figures
from training.traits.fit import Fit, StepReport
from training.traits.material import Material
from training.traits.options import CourseOptions
from training.traits.weights import Trained, read_weights, write_weights

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
        # Rows of a checkpoint whose file was not finished are made again.
        self._points = [point for point in self._points if point.step <= fit.step]
        while fit.step < fit.options.steps and not self._exhausted():
            self._to_checkpoint(fit, path)
        best = self.folder / _BEST
        return read_weights(best).model if best.is_file() else fit.average.cpu()

    def _to_checkpoint(self, fit: Fit, path: Path) -> None:
        until = min((fit.step // self.options.every + 1) * self.options.every, fit.options.steps)
        losses: list[dict[str, float]] = []
        started_s = time.monotonic()

        def report(step: StepReport) -> None:
            losses.append(step.losses)
            self._tell(step.step, None)
            if step.step < until:  # a checkpoint is always finished: it remembers the best weights
                self._cancel.check()

        try:
            fit.run(until, report)
        except Cancelled:
            fit.save(path)  # nothing that was learned is lost
            raise
        means = {name: sum(one[name] for one in losses) / len(losses) for name in losses[0]}
        found = self._examined(fit)
        if found is not None and found.score > self._best_score():
            self._keep(fit)
        score, height = (None, None) if found is None else (found.score, found.height_rmse_m)
        self._points.append(Point(STAGE, fit.step, means, score, height, time.monotonic() - started_s))
        write_curves(self._points, self.folder / CURVES)
        fit.save(path)
        self._tell(fit.step, self._points[-1])
        self._cancel.check()

    def _examined(self, fit: Fit) -> Figures | None:
        if not len(self.material.valid):
            return None
        told = answers(fit.average, self.material.valid, self.material.rules, self.device)
        return figures(told, self.material.valid)

    def _keep(self, fit: Fit) -> None:
        partial = self.folder / "best.partial.npz"
        trained = Trained(fit.average, fit.classes, self.material.rules.side_px, self.material.rules.gsd_m)
        try:
            write_weights(trained, partial, half=False)
            partial.replace(self.folder / _BEST)
        except OSError:
            partial.unlink(missing_ok=True)
            raise

    def _best_score(self) -> float:
        return max((point.valid_f1 for point in self._points if point.valid_f1 is not None), default=float("-inf"))

    def _exhausted(self) -> bool:
        """Whether validation has not become better for so long that it will not any more."""
        scores = [point.valid_f1 for point in self._points if point.valid_f1 is not None]
        late = len(scores) - 1 - scores.index(max(scores)) if scores else 0
        return bool(self.options.patience) and late >= self.options.patience


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
