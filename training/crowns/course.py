"""The two stages of a training of the small BalSAM, each with its checkpoints, examinations and best weights."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import torch

from inference.jobs import CancelToken
from inference.models.pace import Pace, measured
from training.balsam2.detect import SYMMETRIES
from training.balsam2.fit import Fit, Stage
from training.balsam2.mask_validate import mean_mask_iou
from training.balsam2.model import Balsam2
from training.balsam2.validate import SiteResult, chance, pooled, validate
from training.balsam2.weights import read_weights, replace_weights
from training.crowns.curves import Point, read_curves
from training.crowns.material import Material
from training.crowns.options import CourseOptions
from training.data.labelled import LabelledPlot
from training.stage import Score, StageRules
from training.stage import Stage as CheckpointedStage

CURVES = "curves.csv"
_BEST: Mapping[Stage, str] = MappingProxyType({"centres": "best.npz", "masks": "best_masks.npz"})
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
    """Runs the stages in a folder: `centres.pt` and `masks.pt` are checkpoints, `best*.npz` the best of either."""

    def __init__(
        self,
        folder: Path,
        options: CourseOptions,
        material: Material,
        tell: Callable[[Told], None],
        cancel: CancelToken,
        device: torch.device | None = None,
    ) -> None:
        self.folder, self.options, self.material, self._device = folder, options, material, device
        self._tell, self._cancel = tell, cancel
        self._points = read_curves(folder / CURVES)

    @property
    def points(self) -> tuple[Point, ...]:
        """All checkpoints so far."""
        return tuple(self._points)

    def run(self, start: Balsam2 | None) -> Balsam2:
        """Both stages, or what is left of them; the averaged model, in main memory.

        Raises:
            Cancelled: the user stopped; the step in work is lost, nothing else.
            OSError: the disk is full; the last checkpoint stays.
        """
        centres, scores = self._stage("centres", start, self._examined)
        if self._was_better(scores):
            centres = read_weights(self.folder / _BEST["centres"])
        masks, scores = self._stage("masks", centres, self._masks_examined)
        return read_weights(self.folder / _BEST["masks"]) if scores and max(scores) > scores[-1] else masks.cpu()

    def _stage(
        self, stage: Stage, start: Balsam2 | None, examine: Callable[[Balsam2], Score | None]
    ) -> tuple[Balsam2, list[float]]:
        """The average of a stage, and its scores at all checkpoints."""
        path = self.folder / f"{stage}.pt"
        maker = self.material.maker(self.options.canvas_of(stage))
        if path.is_file():
            fit = Fit.resumed(path, maker, self._device)
        else:
            fit = Fit(self.options.config, self.options.fit_of(stage), maker, start, self._device)
        steps = fit.options.steps
        run = CheckpointedStage(
            StageRules(stage, steps, self.options.every, self.options.patience, scores_masks=stage == "masks"),
            path,
            self.folder / CURVES,
            self._points,
            lambda: examine(fit.average),
            lambda: replace_weights(fit.average, self.folder / _BEST[stage]),
            lambda step, point: self._tell(Told(stage, step, steps, point)),
            self._cancel,
        )
        run.run(fit)
        self._points = run.points
        return fit.average, run.scores()

    def _examined(self, model: Balsam2) -> Score | None:
        if not self.material.valid:
            return None
        return Score(*examined(model, self.material.valid, symmetries=_QUICK_SYMMETRIES).best())

    def _masks_examined(self, model: Balsam2) -> Score | None:
        iou = mean_mask_iou(model, self.material.valid)
        return None if iou is None else Score(iou)

    def _was_better(self, scores: list[float]) -> bool:
        """Whether an earlier checkpoint beats the last one by more than chance, on so many validation crowns."""
        crowns = sum(len(plot.boxes) for plot in self.material.valid)
        return bool(scores) and max(scores) - scores[-1] > chance(max(scores), crowns)


def examined(model: Balsam2, plots: tuple[LabelledPlot, ...], *, symmetries: int = SYMMETRIES) -> SiteResult:
    """All plots together as one result."""
    return pooled(validate(model, plots, symmetries=symmetries).values())


def steps_in(minutes: float, options: CourseOptions, material: Material, start: Balsam2 | None) -> int:
    """How many steps this computer can do in some minutes, measured on a few that are thrown away."""
    return min(options.steps, pace_of(options, material, start).steps_in(minutes))


def pace_of(
    options: CourseOptions,
    material: Material,
    start: Balsam2 | None,
    name: str = "",
    device: torch.device | None = None,
) -> Pace:
    """How long a step of each stage takes here, measured on a few that are thrown away; `name` is that of the start."""
    stages: tuple[Stage, ...] = ("centres", "masks")
    centres_s, masks_s = (_seconds_per_step(stage, options, material, start, device) for stage in stages)
    return measured(centres_s, masks_s, name)


def _seconds_per_step(
    stage: Stage, options: CourseOptions, material: Material, start: Balsam2 | None, device: torch.device | None
) -> float:
    fit = Fit(options.config, options.fit_of(stage), material.maker(options.canvas_of(stage)), start, device)
    moments_s = [time.monotonic()]
    fit.run(_PROBE_STEPS, lambda _: moments_s.append(time.monotonic()))
    # The first step is slower than the others: memory is fetched and batches are not made ahead yet.
    return (moments_s[-1] - moments_s[1]) / (len(moments_s) - 2) if len(moments_s) > 2 else moments_s[1] - moments_s[0]
