"""SingleInstance: one window for each user; a second start hands its files to the window that is there and ends."""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from inference import paths

_PATIENCE_MS = 6_000
_STEP_MS = 150
_LARGEST_BYTES = 1_000_000
_ANSWER = b"ok\n"
_logger = logging.getLogger(__name__)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


class SingleInstance(QObject):
    """Holds a lock as long as this process lives; the system frees the lock of a process that crashed.

    Two people on one computer, or with one `BIRCHTREE_HOME` on a shared drive, have a window each.

    Signals:
        asked(tuple of Path): a second start handed over these files, maybe none; the window should come to the front.
    """

    asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        user = re.sub(r"[^A-Za-z0-9_-]", "_", _user())
        home = paths.data_dir()
        self._lock = QLockFile(str(home / f"window-{user}.lock"))
        self._lock.setStaleLockTime(0)  # a window that is open for days is no crashed one
        key = hashlib.sha256(f"{_user()}\n{home.resolve()}".encode()).hexdigest()[:20]
        self._name = f"birchtree-{key}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self.is_first = False
        self._heard: dict[QLocalSocket, bytes] = {}

    def take(self, wait_ms: int = 0) -> bool:
        """Become the first window; False when another one lives. A disk that takes no lock makes every window first."""
        if not self._lock.tryLock(wait_ms):
            self.is_first = self._lock.error() != QLockFile.LockError.LockFailedError
            return self.is_first
        self.is_first = True
        QLocalServer.removeServer(self._name)  # what a crashed window left behind
        if not self._server.listen(self._name):
            _logger.info("second starts will not find this window: %s", self._server.errorString())
        return True

    def hand_over(self, files: Sequence[Path]) -> bool:
        """Give files to the first window; False when it does not answer, or has ended: then this one is needed."""
        deadline = QDeadlineTimer(_PATIENCE_MS)
        words = json.dumps({"files": [str(path.absolute()) for path in files]})
        while not deadline.hasExpired():
            if self._tell(words.encode() + b"\n", deadline):
                return True
            if self.take(_STEP_MS):  # waits, too: the first one may be just about to listen
                return False
        _logger.warning("another window holds the lock and does not answer; opening one more")
        return False

    def give_up(self) -> None:
        """The window is closed: the next start is the first one again."""
        self._server.close()
        self._lock.unlock()

    def _tell(self, words: bytes, deadline: QDeadlineTimer) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_STEP_MS):
            return False
        socket.write(words)
        answer = b""
        while not deadline.hasExpired() and not answer.endswith(_ANSWER):
            if not socket.waitForReadyRead(max(int(deadline.remainingTime()), 1)):
                break
            answer += bytes(socket.readAll().data())
        socket.abort()
        return answer == _ANSWER

    # ---- the first window

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._heard[socket] = b""
            socket.readyRead.connect(lambda socket=socket: self._listen(socket))
            socket.disconnected.connect(lambda socket=socket: self._forget(socket))

    def _listen(self, socket: QLocalSocket) -> None:
        if socket not in self._heard:
            return
        self._heard[socket] += bytes(socket.readAll().data())
        words = self._heard[socket]
        if len(words) > _LARGEST_BYTES:
            socket.abort()
        elif words.endswith(b"\n"):
            files = _files(words)
            if files is None:
                socket.abort()
                return
            socket.write(_ANSWER)
            socket.flush()
            self.asked.emit(files)

    def _forget(self, socket: QLocalSocket) -> None:
        self._heard.pop(socket, None)
        socket.deleteLater()


def _files(words: bytes) -> tuple[Path, ...] | None:
    """The files of a message; None for one that is not ours."""
    try:
        names = json.loads(words)["files"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) and "\0" not in name for name in names):
        return None
    return tuple(Path(name) for name in names)
