"""The jobs of the window: at most one worker process at a time, the others wait their turn."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QObject, Signal

from birchtree_gui.jobs.worker_client import WorkerClient, WorkerFailure
from inference.jobs import Progress

JobState = Literal["waiting", "running", "stopping", "done", "stopped", "failed"]
Done = Callable[[Mapping[str, object]], None]
Failed = Callable[[WorkerFailure], None]
Told = Callable[[Mapping[str, object]], None]


@dataclass(slots=True)
class Job:
    """One command of the window, from waiting to its end.

    Attributes:
        number: unique in this session.
        kind: the command ("segment", "measure", "export", ...).
        title: what the user reads ("Segment teak").
        arguments: the command line after `birchtree`.
        told: gets what the command tells on its way besides its progress.
        grace_s: how long it may take to stop.
    """

    number: int
    kind: str
    title: str
    arguments: tuple[str, ...]
    done: Done = field(repr=False)
    failed: Failed = field(repr=False)
    reports_progress: bool = True
    told: Told | None = field(default=None, repr=False)
    grace_s: float = 5.0
    state: JobState = "waiting"
    progress: Progress | None = None
    outcome: str = ""
    started_at: datetime = field(default_factory=lambda: datetime.now().astimezone())

    @property
    def is_over(self) -> bool:
        """Whether it has ended, well or not."""
        return self.state in ("done", "stopped", "failed")


class JobList(QObject):
    """Starts worker processes one after the other (GUI thread).

    Signals:
        changed(Job): a job waits, starts, progresses or ends.
        idle(): nothing runs or waits any more.
    """

    changed = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._client: WorkerClient | None = None

    @property
    def running(self) -> Job | None:
        """The job whose process lives."""
        return self._running

    def has(self, kind: str) -> bool:
        """Whether a job of this kind runs or waits."""
        return any(job.kind == kind for job in (*self._waiting, *([self._running] if self._running else [])))

    def add(
        self,
        kind: str,
        title: str,
        arguments: list[str],
        *,
        done: Done,
        failed: Failed,
        reports_progress: bool = True,
        told: Told | None = None,
        grace_s: float = 5.0,
    ) -> Job:
        """Queue a command; exactly one of `done` and `failed` is called when it has ended; see `Job`."""
        job = Job(next(self._numbers), kind, title, tuple(arguments), done, failed, reports_progress, told, grace_s)
        self._waiting.append(job)
        self.changed.emit(job)
        self._start_next()
        return job

    def cancel(self) -> None:
        """Stop the running job; what it has finished is kept."""
        if self._running is not None and self._client is not None:
            self._running.state = "stopping"
            self._client.cancel()
            self.changed.emit(self._running)

    def cancel_all(self) -> None:
        """Forget what waits and stop what runs."""
        for job in self._waiting:
            job.state = "stopped"
            self.changed.emit(job)
        self._waiting.clear()
        self.cancel()

    def shut_down(self) -> None:
        """End the running process at once, before the program ends."""
        self._waiting.clear()
        if self._client is not None:
            self._client.end_now()

    def _start_next(self) -> None:
        if self._running is not None or not self._waiting:
            return
        job = self._waiting.popleft()
        self._running = job
        job.state = "running"
        client = WorkerClient(self)
        self._client = client
        client.progressed.connect(self._progress)
        if job.told is not None:
            client.told.connect(job.told)
        client.finished.connect(self._finish)
        client.failed.connect(self._fail)
        self.changed.emit(job)
        client.start(job.arguments, reports_progress=job.reports_progress, grace_s=job.grace_s)

    def _progress(self, progress: Progress) -> None:
        if self._running is not None:
            self._running.progress = progress
            self.changed.emit(self._running)

    def _finish(self, result: Mapping[str, object]) -> None:
        job = self._end("done")
        if job is not None:
            job.done(result)
            self.changed.emit(job)
        self._go_on()

    def _fail(self, failure: WorkerFailure) -> None:
        job = self._end("stopped" if failure.is_cancelled else "failed")
        if job is not None:
            job.outcome = failure.message
            job.failed(failure)
            self.changed.emit(job)
        self._go_on()

    def _end(self, state: JobState) -> Job | None:
        job, self._running = self._running, None
        if self._client is not None:
            self._client.deleteLater()
            self._client = None
        if job is not None:
            job.state = state
        return job

    def _go_on(self) -> None:
        self._start_next()
        if self._running is None:
            self.idle.emit()
