"""One stage of a training with its checkpoints: stopped or killed, it goes on as if nothing had happened."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inference.errors import Cancelled
from inference.jobs import CancelToken
from inference.models.pace import Pace, measured
from training.balsam2.detect import SYMMETRIES
from training.balsam2.fit import Fit, Stage, StepReport
from training.balsam2.model import Balsam2
from training.balsam2.validate import SiteResult, chance, pooled, validate
from training.balsam2.weights import read_weights, write_weights
from training.crowns.curves import Point, read_curves, write_curves
from training.crowns.material import Material
from training.crowns.options import CourseOptions
from training.data.labelled import LabelledPlot

CURVES = "curves.csv"
_PROBE_STEPS = 4
_QUICK_SYMMETRIES = 1  # between checkpoints; the last examination takes as many as a user's run


@dataclass(frozen=True, slots=True)
class Told:
    """Where a stage stands, after every step; `point` at checkpoints."""

    stage: Stage
    step: int
    steps: int
    point: Point | None = None


class Course:
    """Runs the stages in a folder: `centres.pt` and `masks.pt` are checkpoints, `best.npz` the best centres so far."""

    def __init__(
        self,
        folder: Path,
        options: CourseOptions,
        material: Material,
        tell: Callable[[Told], None],
        cancel: CancelToken,
    ) -> None:
        self.folder, self.options, self.material = folder, options, material
        self._tell, self._cancel = tell, cancel
        self._points = read_curves(folder / CURVES)

    @property
    def points(self) -> tuple[Point, ...]:
        """All checkpoints so far."""
        return tuple(self._points)

    def run(self, start: Balsam2 | None) -> Balsam2:
        """Both stages, or what is left of them; the averaged model.

        Raises:
            Cancelled: the user stopped; the step in work is lost, nothing else.
            OSError: the disk is full; the last checkpoint stays.
        """
        centres = self._stage("centres", start)
        return self._stage("masks", centres)

    def _stage(self, stage: Stage, start: Balsam2 | None) -> Balsam2:
        path = self.folder / f"{stage}.pt"
        maker = self.material.maker(self.options.canvas_of(stage))
        if path.is_file():
            fit = Fit.resumed(path, maker)
        else:
            fit = Fit(self.options.config, self.options.fit_of(stage), maker, start)
        # Rows of a checkpoint whose file was not finished are made again.
        self._points = [point for point in self._points if point.stage != stage or point.step <= fit.step]
        while fit.step < fit.options.steps and not self._exhausted(stage):
            self._to_checkpoint(fit, stage, path)
        best = self.folder / "best.npz"
        return read_weights(best) if stage == "centres" and best.is_file() and self._was_better() else fit.average

    def _to_checkpoint(self, fit: Fit, stage: Stage, path: Path) -> None:
        every, steps = self.options.every, fit.options.steps
        until = min((fit.step // every + 1) * every, steps)
        losses: list[dict[str, float]] = []
        started_s = time.monotonic()

        def report(step: StepReport) -> None:
            losses.append(step.losses)
            self._tell(Told(stage, step.step, steps))
            if step.step < until:  # a checkpoint is always finished: it remembers the best weights
                self._cancel.check()

        try:
            fit.run(until, report)
        except Cancelled:
            fit.save(path)  # nothing that was learned is lost
            raise
        means = {name: sum(one[name] for one in losses) / len(losses) for name in losses[0]}
        f1, threshold = self._examined(fit) if stage == "centres" else (None, None)
        if f1 is not None and f1 > self._best_f1():
            _replace_weights(fit.average, self.folder / "best.npz")
        self._points.append(Point(stage, fit.step, means, f1, threshold, time.monotonic() - started_s))
        write_curves(self._points, self.folder / CURVES)
        fit.save(path)
        self._tell(Told(stage, fit.step, steps, self._points[-1]))
        self._cancel.check()

    def _examined(self, fit: Fit) -> tuple[float | None, float | None]:
        if not self.material.valid:
            return None, None
        return examined(fit.average, self.material.valid, symmetries=_QUICK_SYMMETRIES).best()

    def _best_f1(self) -> float:
        return max((point.valid_f1 for point in self._points if point.valid_f1 is not None), default=-1.0)

    def _was_better(self) -> bool:
        """Whether an earlier checkpoint beats the last one by more than chance, on so many validation crowns."""
        scores = [point.valid_f1 for point in self._points if point.stage == "centres" and point.valid_f1 is not None]
        crowns = sum(len(plot.boxes) for plot in self.material.valid)
        return bool(scores) and max(scores) - scores[-1] > chance(max(scores), crowns)

    def _exhausted(self, stage: Stage) -> bool:
        """Whether validation has not become better for so long that it will not any more."""
        scores = [point.valid_f1 for point in self._points if point.stage == stage and point.valid_f1 is not None]
        return bool(scores) and len(scores) - 1 - scores.index(max(scores)) >= self.options.patience


def examined(model: Balsam2, plots: tuple[LabelledPlot, ...], *, symmetries: int = SYMMETRIES) -> SiteResult:
    """All plots together as one result."""
    return pooled(validate(model, plots, symmetries=symmetries).values())


def _replace_weights(model: Balsam2, path: Path) -> None:
    partial = path.with_name("best.partial.npz")
    try:
        write_weights(model, partial, half=False)
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def steps_in(minutes: float, options: CourseOptions, material: Material, start: Balsam2 | None) -> int:
    """How many steps this computer can do in some minutes, measured on a few that are thrown away."""
    return min(options.steps, pace_of(options, material, start).steps_in(minutes))


def pace_of(options: CourseOptions, material: Material, start: Balsam2 | None, name: str = "") -> Pace:
    """How long a step of each stage takes here, measured on a few that are thrown away; `name` is that of the start."""
    stages: tuple[Stage, ...] = ("centres", "masks")
    centres_s, masks_s = (_seconds_per_step(stage, options, material, start) for stage in stages)
    return measured(centres_s, masks_s, name)


def _seconds_per_step(stage: Stage, options: CourseOptions, material: Material, start: Balsam2 | None) -> float:
    fit = Fit(options.config, options.fit_of(stage), material.maker(options.canvas_of(stage)), start)
    moments_s = [time.monotonic()]
    fit.run(_PROBE_STEPS, lambda _: moments_s.append(time.monotonic()))
    # The first step is slower than the others: memory is fetched and batches are not made ahead yet.
    return (moments_s[-1] - moments_s[1]) / (len(moments_s) - 2) if len(moments_s) > 2 else moments_s[1] - moments_s[0]
