"""ModelTraining: one improvement of a model, from its training set to the model that is kept or discarded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from birchtree_gui.jobs.job_list import Done, Job, JobList
from birchtree_gui.jobs.worker_client import WorkerFailure
from inference.errors import BirchtreeError, InputError

if TYPE_CHECKING:
    from inference.datasets.chips import Chip
    from inference.datasets.improvement import Improvement

KIND = "train"
DEFAULT_MODEL = "crowns_model"
"""Name of the project's fact that holds the id of the model to outline this plot with."""
_GRACE_S = 75.0  # a step of learning and an examination on a slow computer


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One checkpoint: the step, counted over both parts; the sum of the losses; F1 on validation where it is known."""

    stage: str
    step: int
    loss: float
    valid_f1: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of it: the trainer's report, and the pictures (none where they are missing)."""

    report: Mapping[str, object]
    chips: tuple[Chip, ...]


class ModelTraining(QObject):
    """Runs the commands of an improvement in the worker, one after the other (GUI thread).

    Signals:
        stageChanged(str): "dataset", "train" or "models" (the model is being kept) begins.
        progressed(Progress), curved(CurvePoint), noted(str): from the worker, as they come.
        made(Comparison): the model waits for a decision.
        paused(): it was stopped and can be gone on with.
        failed(WorkerFailure): it did not go on; what is finished stays.
        kept(str): the model of this id is among the user's; nothing else of the improvement is left.
        discarded(): nothing is left.
    """

    stageChanged = Signal(str)
    progressed = Signal(object)
    curved = Signal(object)
    noted = Signal(str)
    made = Signal(object)
    paused = Signal()
    failed = Signal(object)
    kept = Signal(str)
    discarded = Signal()

    def __init__(self, document: PlotDocument, jobs: JobList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._jobs = jobs
        self._background = Background("improvements", self)
        self._improvement: Improvement | None = None
        self._job: Job | None = None
        jobs.changed.connect(self._follow)

    # ---- which one

    @property
    def improvement(self) -> Improvement | None:
        """What is being worked on, or waits to be."""
        return self._improvement

    @property
    def is_running(self) -> bool:
        """Whether the worker is at it, or will be when what runs before it has ended."""
        return self._job is not None and not self._job.is_over

    def take_up(self, improvement: Improvement) -> None:
        """Work on this one from now on; nothing starts yet."""
        self._improvement = improvement

    # ---- wishes

    def go_on(self) -> None:
        """Begin, or go on where it was stopped."""
        improvement = self._improvement
        if improvement is None or self.is_running:
            return
        match improvement.state:
            case "planned":
                improvement.clear_half_made()
                self._run("dataset", self.tr("Making the training set"), improvement.dataset_words(), self._train)
            case "made":
                self._show_made()
            case _:
                self._train({})

    def pause(self) -> None:
        """Stop at the next step; everything learned so far is kept."""
        if self._job is not None and self._jobs.running is self._job:
            self._jobs.cancel()

    def keep(self, *, as_default: bool) -> None:
        """Put the model among the user's.

        Args:
            as_default: the open plot is outlined with it from now on, unless another model is chosen.
        """
        improvement = self._improvement
        if improvement is None or self.is_running:
            return

        def done(_: Mapping[str, object]) -> None:
            if as_default and self._document.is_editable:
                self._document.note_down(DEFAULT_MODEL, improvement.model_id)
            self._clear(improvement, lambda: self.kept.emit(improvement.model_id))

        words = ["models", "add", str(improvement.model_folder), "--own"]
        self._run("models", self.tr("Keeping the model"), words, done)

    def discard(self) -> None:
        """Delete everything of the improvement."""
        improvement = self._improvement
        if improvement is not None and not self.is_running:
            self._clear(improvement, self.discarded.emit)

    def shut_down(self) -> None:
        """End the thread."""
        self._background.shut_down()

    # ---- steps

    def _train(self, _: Mapping[str, object]) -> None:
        improvement = self._improvement
        if improvement is None:
            return
        improvement.clear_half_made()
        words = improvement.training_words()
        self._run(KIND, self.tr("Improving the model"), words, lambda _: self._show_made(), grace_s=_GRACE_S)

    def _run(self, stage: str, title: str, words: list[str], done: Done, *, grace_s: float = 5.0) -> None:
        self.stageChanged.emit(stage)
        self._job = self._jobs.add(KIND, title, words, done=done, failed=self._fail, told=self._take, grace_s=grace_s)

    def _show_made(self) -> None:
        improvement = self._improvement
        if improvement is not None:
            self._background.run(lambda: _comparison(improvement), self.made.emit, self._fail_here)

    def _clear(self, improvement: Improvement, then: Callable[[], None]) -> None:
        def gone(_: None) -> None:
            self._improvement = None
            then()

        self._background.run(improvement.discard, gone, self._fail_here)

    # ---- what comes back

    def _follow(self, job: Job) -> None:
        if job is not self._job:
            return
        if job.state == "stopped":  # also while it waited for its turn
            self._job = None
            self.paused.emit()
        elif job.progress is not None and not job.is_over:
            self.progressed.emit(job.progress)

    def _take(self, event: Mapping[str, object]) -> None:
        if event.get("event") == "note":
            self.noted.emit(str(event.get("text", "")))
        elif event.get("event") == "curve":
            point = curve_point(event)
            if point is not None:
                self.curved.emit(point)

    def _fail(self, failure: WorkerFailure) -> None:
        if not failure.is_cancelled:  # that is told by `_follow`
            self.failed.emit(failure)

    def _fail_here(self, error: BirchtreeError) -> None:
        self.failed.emit(WorkerFailure(error.code, str(error)))


def curve_so_far(improvement: Improvement) -> tuple[CurvePoint, ...]:
    """The checkpoints of earlier sessions."""
    return tuple(CurvePoint(*point) for point in improvement.curve())


def curve_point(event: Mapping[str, object]) -> CurvePoint | None:
    """A point from what the worker told; None where it is none."""
    losses, step, f1 = event.get("losses"), event.get("step"), event.get("valid_f1")
    if not isinstance(losses, Mapping) or not isinstance(step, int):
        return None
    loss = sum(float(value) for value in losses.values())
    return CurvePoint(str(event.get("stage", "")), step, loss, float(f1) if isinstance(f1, int | float) else None)


def _comparison(improvement: Improvement) -> Comparison:
    from inference.datasets.chips import FILE_NAME, read_chips

    try:
        chips = read_chips(improvement.training_folder / FILE_NAME)
    except InputError:  # the figures are those that count
        chips = ()
    return Comparison(improvement.report(), chips)


def waiting() -> Improvement | None:
    """The latest improvement that was neither kept nor discarded."""
    from inference.datasets.improvement import unfinished

    return next(iter(unfinished()), None)
