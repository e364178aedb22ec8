"""One stage of a training from checkpoint to checkpoint: stopped or killed, it goes on as if nothing had happened."""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from inference.errors import Cancelled
from inference.jobs import CancelToken
from training.crowns.curves import Point, write_curves

Describe = Callable[[Sequence[str]], dict[str, str]]
"""What the card of a model says, from the names of the surveys that it was trained on."""

TellStep = Callable[[str, int, int, Point | None], None]
"""Told after every step: stage, step, steps, and the curves' point at checkpoints."""


class Step(Protocol):
    """What a step tells: its number, counted from 1, and its losses by name."""

    @property
    def step(self) -> int: ...

    @property
    def losses(self) -> Mapping[str, float]: ...


class Learning(Protocol):
    """A training in progress."""

    step: int

    def run(self, until: int, report: Callable[[Step], None], /) -> None:
        """Go on up to a step."""
        ...

    def save(self, path: Path, /) -> None:
        """Write everything that it needs to go on, atomically."""
        ...


@dataclass(frozen=True, slots=True)
class Score:
    """What an examination on validation found: the score that should grow, and the threshold that it holds for."""

    value: float
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class StageRules:
    """How a stage goes.

    Attributes:
        name: of the stage, in the curves.
        steps: at most.
        every: steps between two checkpoints.
        patience: checkpoints without a better score after which the stage is finished; 0 never ends it early.
        quiet_steps: as long as nothing at all was found, the stage is not given up before so many steps.
        scores_masks: whether the score is the IoU of masks, not F1 of boxes.
    """

    name: str
    steps: int
    every: int
    patience: int
    quiet_steps: int = 0
    scores_masks: bool = False

    def score_of(self, point: Point) -> float | None:
        """The score of one of the stage's checkpoints."""
        return point.valid_mask_iou if self.scores_masks else point.valid_f1


class Stage:
    """Runs one stage.

    Args:
        rules: see `StageRules`.
        path: of the checkpoint.
        curves: the table that every checkpoint is added to.
        points: of the stages before, and of this one as far as it was.
        examine: a score on validation; None where there is nothing to examine on.
        keep: called when the score is the best so far, before the checkpoint is written.
        tell: told after every step, and with the point at checkpoints.
        cancel: stops it.
    """

    def __init__(
        self,
        rules: StageRules,
        path: Path,
        curves: Path,
        points: list[Point],
        examine: Callable[[], Score | None],
        keep: Callable[[], None],
        tell: Callable[[int, Point | None], None],
        cancel: CancelToken,
    ) -> None:
        self.rules, self.points = rules, points
        self._path, self._curves, self._examine, self._keep = path, curves, examine, keep
        self._tell, self._cancel = tell, cancel

    def run(self, fit: Learning) -> None:
        """All steps, or what is left of them.

        Raises:
            Cancelled: the user stopped; the step in work is lost, nothing else.
            OSError: the disk is full; the last checkpoint stays.
        """
        # Rows of a checkpoint whose file was not finished are made again.
        self.points = [point for point in self.points if point.stage != self.rules.name or point.step <= fit.step]
        while fit.step < self.rules.steps and not self._exhausted():
            self._to_checkpoint(fit)

    def _to_checkpoint(self, fit: Learning) -> None:
        every = self.rules.every
        until = min((fit.step // every + 1) * every, self.rules.steps)
        losses: list[Mapping[str, float]] = []
        started_s = time.monotonic()

        def report(step: Step) -> None:
            losses.append(step.losses)
            self._tell(step.step, None)
            if step.step < until:  # a checkpoint is always finished: it remembers the best weights
                self._cancel.check()

        try:
            fit.run(until, report)
        except Cancelled:
            fit.save(self._path)  # nothing that was learned is lost
            raise
        means = {name: sum(one[name] for one in losses) / len(losses) for name in losses[0]}
        score = self._examine()
        if score is not None and score.value > max(self.scores(), default=-math.inf):
            self._keep()
        self.points.append(self._point(fit.step, means, score, time.monotonic() - started_s))
        write_curves(self.points, self._curves)
        fit.save(self._path)
        self._tell(fit.step, self.points[-1])
        self._cancel.check()

    def _point(self, step: int, means: Mapping[str, float], score: Score | None, seconds: float) -> Point:
        value, threshold = (None, None) if score is None else (score.value, score.threshold)
        if self.rules.scores_masks:
            return Point(self.rules.name, step, means, None, None, seconds, value)
        return Point(self.rules.name, step, means, value, threshold, seconds)

    def scores(self) -> list[float]:
        """Of all checkpoints of this stage."""
        mine = [self.rules.score_of(point) for point in self.points if point.stage == self.rules.name]
        return [score for score in mine if score is not None]

    def _exhausted(self) -> bool:
        """Whether validation has not become better for so long that it will not any more."""
        scores, rules = self.scores(), self.rules
        if not scores or not rules.patience:
            return False
        last = max(point.step for point in self.points if point.stage == rules.name)
        if max(scores) <= 0.0 and last < rules.quiet_steps:
            return False
        return len(scores) - 1 - scores.index(max(scores)) >= rules.patience
