"""What happens when BirchTree itself fails: a log entry, one dialog, and a note at the next start after a crash."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from birchtree_gui.dialogs.error import ErrorDialog
from inference import __version__, logs, paths

_logger = logging.getLogger(__name__)
_qt_logger = logging.getLogger("qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_qt_messages() -> None:
    """Send what Qt has to say to the log."""

    def handle(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        _qt_logger.log(_LEVELS.get(kind, logging.WARNING), "%s", text)

    qInstallMessageHandler(handle)


class FaultReporter(QObject):
    """Shows a fault of the program in a dialog, one at a time; the plot itself is safe on disk."""

    _caught = Signal(str)

    def __init__(self, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._dialog: ErrorDialog | None = None
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over uncaught exceptions of all threads."""
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def crash_note(self) -> str:
        """What to say after a session that did not end properly."""
        return self.tr("BirchTree closed unexpectedly last time. Nothing was lost: every edit is on disk at once.")

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        _logger.error("a fault in the window", exc_info=(kind, error, trace))
        self._caught.emit("".join(traceback.format_exception(kind, error, trace)))

    def _take_from_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self._take(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _show(self, details: str) -> None:
        if self._dialog is not None:  # one dialog is enough; the log has the rest
            return
        sentence = self.tr(
            "Something went wrong in BirchTree. Your plot is safe: every edit is already on disk. You can go on "
            "working; if it happens again, restart BirchTree and send the details below to its makers."
        )
        facts = f"BirchTree {__version__}\n{logs.log_path()}\n\n{details}"
        self._dialog = ErrorDialog(self.tr("A fault in BirchTree"), sentence, facts, self._window)
        self._dialog.finished.connect(self._forget)
        self._dialog.open()

    def _forget(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


class SessionMark:
    """A file that is there while the window runs; finding one of a process that is gone means a crash."""

    def __init__(self) -> None:
        self._path = paths.data_dir() / "session.pid"

    @property
    def ended_badly(self) -> bool:
        """Whether the last session left its mark and its process is gone."""
        try:
            number = int(self._path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return False
        return number != os.getpid() and not _is_alive(number)

    def set(self) -> None:
        """Say that this process runs; a folder that cannot be written only costs the crash note."""
        try:
            self._path.write_text(str(os.getpid()), encoding="ascii")
        except OSError as error:
            _logger.info("no session mark: %s", error)

    def remove(self) -> None:
        """This session ended as it should."""
        with contextlib.suppress(OSError):
            self._path.unlink()


def _is_alive(number: int) -> bool:
    if sys.platform == "win32":  # os.kill(pid, 0) would end the process there
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
