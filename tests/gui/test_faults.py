"""Faults of the program itself: dialog, log, crash note."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from birchtree_gui.dialogs.error import ErrorDialog
from birchtree_gui.faults import FaultReporter, SessionMark
from birchtree_gui.main_window import MainWindow
from inference import paths

OPEN_MS = 5_000


@pytest.fixture
def reporter(window: MainWindow) -> Iterator[FaultReporter]:
    hooks = sys.excepthook, threading.excepthook
    root = QObject()
    made = FaultReporter(window, root)
    made.install()
    yield made
    made.remove()
    sys.excepthook, threading.excepthook = hooks


@pytest.mark.logs_warnings("a fault is logged")
def test_a_fault_is_shown_once_and_can_be_copied(reporter: FaultReporter, qtbot: QtBot) -> None:
    for _ in range(3):
        try:
            raise ZeroDivisionError("in the test")
        except ZeroDivisionError:
            sys.excepthook(*sys.exc_info())
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ErrorDialog), timeout=OPEN_MS)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ErrorDialog)
    details = dialog.findChild(QPlainTextEdit)
    assert details is not None
    assert "ZeroDivisionError: in the test" in details.toPlainText()
    dialog._copy.click()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    dialog.reject()
    qtbot.waitUntil(lambda: reporter._dialog is None)


@pytest.mark.logs_warnings("a fault is logged")
def test_a_fault_in_a_thread_is_shown_too(reporter: FaultReporter, qtbot: QtBot) -> None:
    threading.Thread(target=lambda: 1 // 0).start()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ErrorDialog), timeout=OPEN_MS)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ErrorDialog)
    dialog.reject()


def test_a_session_that_did_not_end_is_noticed() -> None:
    assert not SessionMark().ended_badly
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (paths.data_dir() / "session.pid").write_text(str(gone.pid), encoding="ascii")
    mark = SessionMark()
    assert mark.ended_badly
    mark.set()
    assert not mark.ended_badly
    mark.remove()
    assert not (paths.data_dir() / "session.pid").exists()


def test_another_window_that_is_still_open_is_no_crash() -> None:
    (paths.data_dir() / "session.pid").write_text(str(os.getppid()), encoding="ascii")
    assert not SessionMark().ended_badly
