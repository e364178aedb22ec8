"""Teaching species from the window: marks counted, the lesson given in the worker, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from birchtree_gui import units
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.job_list import Job, JobList
from birchtree_gui.jobs.worker_client import WorkerFailure
from birchtree_gui.species_desk import SpeciesDesk
from inference.errors import BirchtreeError
from inference.pipeline.lesson_marks import is_enough, mark_counts, others

KIND = "teach"
_LESSON_NAME = "Species by what was taught on"
_PAUSE_MS = 400
_UNSURE = 0.6
_MORE = 1.5  # marks since the last lesson, before another one is offered


def _tr(text: str) -> str:
    return QCoreApplication.translate("SpeciesLesson", text)


@dataclass(frozen=True, slots=True)
class LessonResult:
    """What a lesson said of itself.

    Attributes:
        model: whose embeddings it was taught on.
        marks: crowns that it was taught with.
        accuracy, low, high: share of marks named right when left out, with its interval; None when there were too few.
        species: species taught.
        named: crowns that got another name; None for a lesson of an earlier session.
    """

    model: str
    marks: int
    accuracy: float | None
    low: float
    high: float
    species: int
    named: int | None = None

    @classmethod
    def of(cls, facts: Mapping[str, object]) -> LessonResult | None:
        """From the worker's result or a project's record; None where it holds something else."""
        check, classes = facts.get("check"), facts.get("classes")
        if not isinstance(check, Mapping) or not isinstance(classes, Sequence):
            return None
        accuracy, named = check.get("accuracy"), facts.get("renamed")
        return cls(
            str(facts.get("model", "")),
            int(check.get("marks", 0)),
            None if accuracy is None else float(accuracy),
            float(check.get("low", 0.0)),
            float(check.get("high", 1.0)),
            len(classes),
            named if isinstance(named, int) else None,
        )

    def sentence(self) -> str:
        """How sure it is, for a person."""
        if self.accuracy is None:
            return _tr("Taught with {marks} marks; too few to say how sure it is.").format(marks=self.marks)
        text = _tr("Tested on {marks} marks that it had not seen, it named {right} right ({low} to {high}).")
        if self.accuracy < _UNSURE:
            text += " " + _tr("Mark more crowns to make it surer.")
        return text.format(
            right=units.fraction(self.accuracy),
            marks=self.marks,
            low=units.fraction(self.low),
            high=units.fraction(self.high),
        )


class SpeciesTeaching(QObject):
    """One lesson at a time (GUI thread).

    Signals:
        changed(): marks, the lesson's progress or its result are others now.
        offered(): so many marks are there that a lesson is worth it.
        taught(LessonResult).
        failed(WorkerFailure): it did not end well.
    """

    changed = Signal()
    offered = Signal()
    taught = Signal(object)
    failed = Signal(object)

    def __init__(self, document: PlotDocument, jobs: JobList, desk: SpeciesDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._jobs = jobs
        self.counts: dict[str, int] = {}
        self.result: LessonResult | None = None
        self._offered_at = 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._count)
        desk.named.connect(self._pause.start)
        document.historyChanged.connect(self._pause.start)
        document.opened.connect(self._take_up)
        document.closed.connect(self._forget)
        jobs.changed.connect(self._follow)

    # ---- what can be done

    @property
    def is_running(self) -> bool:
        """Whether a lesson is being given, or waits its turn."""
        return self._jobs.has(KIND)

    @property
    def has_marks(self) -> bool:
        """Whether two species have two marks each: less cannot be taught at all."""
        return sum(count >= 2 for count in self.counts.values()) >= 2

    def can_teach(self) -> bool:
        """Whether a lesson can be given now."""
        return self._document.is_editable and not self.is_running and self.has_marks

    def can_discard(self) -> bool:
        """Whether undo would take the lesson's names back."""
        return self._document.is_editable and (self._document.undo_name or "").startswith(_LESSON_NAME)

    def teach(self) -> None:
        """Read the crowns that were not read yet, fit the head on the marks, and name the other crowns."""
        if not self.can_teach():
            return
        self._offered_at = sum(self.counts.values())
        arguments = ["species", "teach", str(self._document.project.path), "--read"]
        self._jobs.add(KIND, self.tr("Teaching"), arguments, done=self._take, failed=self._fail)
        self.changed.emit()

    def discard(self) -> None:
        """Take the names back that the lesson gave."""
        if self.can_discard():
            self._document.undo()
            self.changed.emit()

    # ---- inside

    def _take(self, facts: Mapping[str, object]) -> None:
        if not self._document.is_open:
            return
        self._document.refresh()
        self.result = LessonResult.of(facts)
        self.changed.emit()
        if self.result is not None:
            self.taught.emit(self.result)

    def _fail(self, failure: WorkerFailure) -> None:
        if self._document.is_open:
            self._document.refresh()
        self.changed.emit()
        if not failure.is_cancelled:
            self.failed.emit(failure)

    def _follow(self, job: Job) -> None:
        if job.kind == KIND:
            self.changed.emit()

    def _take_up(self) -> None:
        # Marks that were there before say nothing about what the person wants now: the panel offers, no message does.
        table = self._document.table
        self._offered_at = 0 if table is None else sum(mark_counts(table).values())
        try:
            heads = self._document.project.species_heads()
        except BirchtreeError:
            heads = ()
        self.result = LessonResult.of(heads[-1].summary) if heads else None
        if self.result is not None:
            self._offered_at = max(self._offered_at, self.result.marks)
        self._pause.start()  # once the window has settled: what is told while a plot opens is cleared away

    def _forget(self) -> None:
        self._pause.stop()
        self.counts, self.result = {}, None
        self.changed.emit()

    def _count(self) -> None:
        table = self._document.table
        self.counts = {} if table is None else mark_counts(table)
        self.changed.emit()
        marks = sum(self.counts.values())
        if marks < self._offered_at / 2:
            self._offered_at = 0  # most were taken back: begun anew
        # Crowns that came with their names leave nothing to be taught.
        is_worth_it = table is not None and others(table) > 0 and is_enough(self.counts)
        if is_worth_it and marks >= max(1, self._offered_at * _MORE) and self.can_teach():
            self._offered_at = marks
            self.offered.emit()
