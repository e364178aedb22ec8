"""Ctrl-C in the terminal and a request to terminate close the window as its button does: layout kept, job stopped."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QWidget


class SignalListener(QObject):
    """Python runs signal handlers only between its own instructions, of which an idle window has none: a socket that
    the interpreter writes to wakes the event loop.
    """

    _NUMBERS = (signal.SIGINT, signal.SIGTERM)

    def __init__(self, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._close)
        self._before = {number: signal.signal(number, self._ignore) for number in self._NUMBERS}
        self._before_fd = signal.set_wakeup_fd(self._write.fileno())

    def remove(self) -> None:
        """Give the signals back."""
        signal.set_wakeup_fd(self._before_fd)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._read.close()
        self._write.close()

    def _ignore(self, *_: object) -> None:
        """The byte in the socket does the work."""

    def _close(self) -> None:
        self._read.recv(64)
        self._window.close()
