"""OpenPlots: says when the plot that was opened is open in another window of this user, too."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject

from birchtree_gui.document import PlotDocument
from inference import paths


class OpenPlots(QObject):
    """Holds a lock for the open plot; the system frees those of crashed windows. It warns, and never prevents."""

    def __init__(self, document: PlotDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._lock: QLockFile | None = None
        document.opened.connect(self._mark)
        document.closed.connect(self.release)

    def release(self) -> None:
        """The plot is closed here."""
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _mark(self) -> None:
        self.release()
        path = self._document.project.path
        lock = QLockFile(str(_place(path)))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            self._lock = lock
        elif lock.error() == QLockFile.LockError.LockFailedError:
            text = self.tr(
                "{name} is open in another BirchTree window, too. Both save every edit at once, and see each other's; "
                "close one of them before you go on."
            )
            self._document.message.emit("warning", text.format(name=path.name))


def _place(project: Path) -> Path:
    """Where the lock of a plot is: among our own files, so that nothing is put beside the plot."""
    folder = paths.data_dir() / "open"
    with contextlib.suppress(OSError):  # then there is no lock, and nobody is warned
        folder.mkdir(parents=True, exist_ok=True)
    key = hashlib.sha256(str(project.resolve()).encode()).hexdigest()[:20]
    return folder / f"{key}.lock"
