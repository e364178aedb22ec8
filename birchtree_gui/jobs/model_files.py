"""ModelFiles: adds, fetches, checks and removes models through the worker process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from birchtree_gui.jobs.job_list import JobList
from birchtree_gui.jobs.worker_client import WorkerFailure

LICENCE = "model.licence"
"""Code of the failure that asks a person to read and accept a licence first."""


class ModelFiles(QObject):
    """Each wish is one `birchtree models ...` (GUI thread).

    Signals:
        changed(sentence): the models on this computer are others now.
        failed(WorkerFailure): nothing has changed.
        consentWanted(sentence, again): a licence must be accepted; `again()` repeats the wish with consent.
    """

    changed = Signal(str)
    failed = Signal(object)
    consentWanted = Signal(str, object)

    def __init__(self, jobs: JobList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs

    @property
    def is_busy(self) -> bool:
        """Whether a wish is being fulfilled."""
        return self._jobs.has("models")

    def add(self, path: Path) -> None:
        """Install a model from a folder, a .zip or an .onnx file."""
        self._start(self.tr("Adding a model"), ["add", str(path)], self.tr("{name} is installed."), path.name)

    def download(self, model_id: str) -> None:
        """Fetch a model of the catalogue and install it."""
        self._start(self.tr("Fetching a model"), ["download", model_id], self.tr("{name} is installed."), model_id)

    def verify(self, model_id: str) -> None:
        """Read all files of a model anew and compare them with its card."""
        self._start(
            self.tr("Checking a model"),
            ["verify", model_id],
            self.tr("{name} is whole: every file is the one that its card names."),
            model_id,
        )

    def remove(self, model_id: str) -> None:
        """Delete an installed model."""
        self._start(self.tr("Removing a model"), ["remove", model_id], self.tr("{name} is removed."), model_id)

    def _start(self, title: str, words: list[str], sentence: str, name: str) -> None:
        def done(_result: Mapping[str, object]) -> None:
            self.changed.emit(sentence.format(name=name))

        def failed(failure: WorkerFailure) -> None:
            if failure.code == LICENCE and "--accept-licence" not in words:
                again = [*words, "--accept-licence"]
                self.consentWanted.emit(failure.message, lambda: self._start(title, again, sentence, name))
            elif not failure.is_cancelled:
                self.failed.emit(failure)

        takes_long = words[0] in ("add", "download")
        self._jobs.add("models", title, ["models", *words], done=done, failed=failed, reports_progress=takes_long)
