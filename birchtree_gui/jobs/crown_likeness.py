"""CrownLikeness: which crowns look alike, by the embeddings in the project; the worker makes those that are missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from birchtree_gui import units
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from birchtree_gui.jobs.job_list import Job, JobList
from birchtree_gui.jobs.worker_client import WorkerFailure
from birchtree_gui.languages.told import told
from inference.errors import BirchtreeError

if TYPE_CHECKING:
    from inference.traits.alikeness import Alikeness

KIND = "likeness"
_PLAIN = "plain"  # needs no model, so that a gallery never waits for one
_ENOUGH_SHARE = 0.5


class CrownLikeness(QObject):
    """Reads embeddings in a thread; asks the worker for them once a plot when too few are there.

    Signals:
        ready(Alikeness): for the open plot.
        told(str): what goes on, "" for nothing; one line.
    """

    ready = Signal(object)
    told = Signal(str)

    def __init__(self, document: PlotDocument, jobs: JobList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._jobs = jobs
        self._background = Background("likeness", self)
        self.known: Alikeness | None = None
        self._is_stale = True
        self._is_loading = False
        self._asked_worker = False
        document.opened.connect(self._forget)
        document.closing.connect(self._forget)
        document.crownsChanged.connect(self._note_change)
        jobs.changed.connect(self._follow)

    def prepare(self) -> None:
        """Make the answer ready: `ready` comes now or later."""
        if self.known is not None and not self._is_stale:
            self.ready.emit(self.known)
        elif self._document.is_open and not self._is_loading:
            self._load()

    def shut_down(self) -> None:
        """End the thread."""
        self._background.shut_down()

    # ---- inside

    def _load(self) -> None:
        path = self._document.project.path
        self._is_loading = True
        if self.known is None:
            self.told.emit(self.tr("Comparing crowns…"))
        self._background.run(lambda: load(path), self._take, self._fail)

    def _take(self, found: tuple[Alikeness, int]) -> None:
        self._is_loading = self._is_stale = False
        alike, visible = found
        if len(alike) < _ENOUGH_SHARE * visible and self._can_ask():
            self._ask_worker()
            return
        self.known = alike
        self.told.emit("" if len(alike) else self.tr("No crown has been read, so none can be compared."))
        self.ready.emit(alike)

    def _fail(self, error: BirchtreeError) -> None:
        self._is_loading = False
        self.told.emit(told(str(error)))

    def _can_ask(self) -> bool:
        return self._document.is_editable and not self._asked_worker

    def _ask_worker(self) -> None:
        self._asked_worker = True
        arguments = ["measure", str(self._document.project.path), "--model", _PLAIN]
        self._jobs.add(KIND, self.tr("Comparing"), arguments, done=lambda _: self._read_again(), failed=self._stop)

    def _read_again(self) -> None:
        if self._document.is_open:
            self._document.refresh()
            self._load()

    def _stop(self, failure: WorkerFailure) -> None:
        self._asked_worker = False
        self.told.emit(told(failure.message))

    def _follow(self, job: Job) -> None:
        if job.kind == KIND and job.state == "running":
            progress = job.progress
            share = None if progress is None or not progress.total else progress.done / progress.total
            text = self.tr("Comparing crowns…")
            self.told.emit(text if share is None else f"{text} {units.fraction(share)}")

    def _note_change(self) -> None:
        self._is_stale = True

    def _forget(self) -> None:
        self._background.forget()
        self.known, self._is_stale, self._is_loading, self._asked_worker = None, True, False, False


def load(path: Path) -> tuple[Alikeness, int]:
    """How alike a project's crowns are by the model that read most of them, and how many crowns it has."""
    from inference.project.store import Project
    from inference.traits.alikeness import Alikeness

    with Project.open(path, read_only=True) as project:
        visible = int(project.table.visible.sum())
        best = Alikeness.of(*project.embeddings(""))
        # A trained model's embedding is the better one, where it has read enough crowns; `plain` is tried last.
        models = sorted((model.model_id for model in project.readings.models()), key=lambda name: name == _PLAIN)
        for model_id in models:
            ids, embeddings = project.embeddings(model_id)
            if len(ids) > len(best):
                best = Alikeness.of(ids, embeddings, model_id)
            if len(best) >= _ENOUGH_SHARE * visible:
                break
    return best, visible
