"""One BirchTree command in a process of its own: started, listened to, cancelled, and ended whatever happens."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from inference.env import FOREIGN_VARIABLES
from inference.errors import ExitCode
from inference.jobs import Progress
from inference.launching import command_line

_GRACE_S = 5.0
_KEPT_WORDS = 20_000
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerFailure:
    """Why a command did not end well.

    Attributes:
        code: stable name ("raster.unreadable"), "job.cancelled" when the user stopped it, "worker.died" for a crash.
        message: a sentence for the user.
        details: what the process wrote to standard error, for a report.
    """

    code: str
    message: str
    details: str = ""

    @property
    def is_cancelled(self) -> bool:
        """Whether the user stopped the work."""
        return self.code == "job.cancelled"


def _environment() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    for name in FOREIGN_VARIABLES:
        environment.remove(name)
    environment.insert("PYTHONUNBUFFERED", "1")
    environment.insert("PYTHONIOENCODING", "utf-8")
    return environment


class WorkerClient(QObject):
    """Runs one command once.

    Signals:
        progressed(Progress).
        told(dict): anything else that the command tells on its way, such as a point of a curve; "event" says what.
        finished(dict): the command's result.
        failed(WorkerFailure): it did not end well, or was cancelled. Exactly one of the two comes, when it has ended.
    """

    progressed = Signal(object)
    told = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.setProcessEnvironment(_environment())
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._listen)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._fail_to_start)
        self._grace = QTimer(self, singleShot=True)
        self._grace.timeout.connect(self._process.kill)
        self._unread = b""
        self._plain = ""
        self._words = ""
        self._result: Mapping[str, object] | None = None
        self._error: WorkerFailure | None = None
        self._is_cancelling = False
        self._listens = True

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    @property
    def process_id(self) -> int:
        """The process's number; 0 when it does not run."""
        return int(self._process.processId())

    def start(self, arguments: Sequence[str], *, reports_progress: bool = True, grace_s: float = _GRACE_S) -> None:
        """Run `birchtree ARGUMENTS --progress json`, or with `--json` a command that has no progress.

        Args:
            arguments: after `birchtree`.
            reports_progress: whether the command has `--progress`.
            grace_s: how long it may take to stop when it is asked to, before it is ended.
        """
        self._grace.setInterval(round(1000 * grace_s))
        command = [*command_line(), *arguments, *(("--progress", "json") if reports_progress else ("--json",))]
        self._listens = reports_progress
        _logger.info("starting %s", command)
        self._process.start(command[0], command[1:])

    def cancel(self) -> None:
        """Ask the command to stop; after its time of grace it is ended, which loses at most one tile or checkpoint."""
        if not self.is_running or self._is_cancelling:
            return
        self._is_cancelling = True
        if self._listens:
            self._process.write(b"cancel\n")
            self._grace.start()
        else:
            self._process.kill()

    def end_now(self) -> None:
        """End the process at once and wait for it; for a program that is closing and has waited long enough."""
        if self.is_running:
            self._is_cancelling = True
            self._process.kill()
            self._process.waitForFinished(2000)

    # ---- what the process says

    def _read(self) -> None:
        self._unread += self._process.readAllStandardOutput().data()
        *lines, self._unread = self._unread.split(b"\n")
        for line in lines:
            self._take(line.decode("utf-8", "replace").strip())

    def _take(self, line: str) -> None:
        if not line.startswith('{"event"'):
            self._plain += line + "\n"
            return
        event = json.loads(line)
        match event["event"]:
            case "progress":
                self.progressed.emit(
                    Progress(
                        str(event.get("stage", "")),
                        int(event.get("done", 0)),
                        int(event.get("total", 0)),
                        event.get("eta_s"),
                        str(event.get("note", "")),
                    )
                )
            case "result":
                self._result = {name: value for name, value in event.items() if name != "event"}
            case "error":
                self._error = WorkerFailure(str(event.get("code", "bug")), str(event.get("message", "")))
            case _:
                self.told.emit(event)

    def _listen(self) -> None:
        text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        self._words = (self._words + text)[-_KEPT_WORDS:]

    def _end(self, exit_code: int, _status: QProcess.ExitStatus) -> None:
        self._grace.stop()
        self._read()
        self._listen()
        if not self._listens and exit_code == ExitCode.OK:
            self._result = json.loads(self._plain + self._unread.decode("utf-8", "replace"))
        if self._is_cancelling and exit_code != ExitCode.OK:
            self.failed.emit(WorkerFailure("job.cancelled", self.tr("Stopped. Everything finished so far is kept.")))
        elif self._result is not None and exit_code == ExitCode.OK:
            self.finished.emit(dict(self._result))
        else:
            self.failed.emit(self._failure(exit_code))

    def _failure(self, exit_code: int) -> WorkerFailure:
        _logger.info("worker ended with %s: %s", exit_code, self._words[-2000:])
        if self._error is not None:
            return WorkerFailure(self._error.code, self._error.message, self._words)
        sentence = self.tr(
            "The work stopped unexpectedly (exit code {code}). What was finished is kept; start it again to go on."
        ).format(code=exit_code)
        return WorkerFailure("worker.died", sentence, self._words)

    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            sentence = self.tr("BirchTree could not start its own worker ({program}). Install BirchTree again.")
            self.failed.emit(WorkerFailure("worker.missing", sentence.format(program=self._process.program())))
