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

OPEN_MS = 20_000


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


# What fails is numpy, in C: an error raised in Python never ended the program.
FAILS_WHILE_PAINTING = """
import os, sys
from inference import env; env.scrub()
import numpy as np
from PySide6.QtWidgets import QApplication
from birchtree_gui.canvas.view import MapView
from birchtree_gui.document import PlotDocument
from birchtree_gui.widgets.charts.bars import HistogramChart
from birchtree_gui.widgets.chip_grid import ChipGrid

def tell(kind, error, trace):
    sys.stdout.write(kind.__name__)
    sys.stdout.flush()
    os._exit(0)

sys.excepthook = tell
application = QApplication([])
base, make = {
    "map": (MapView, lambda kind: kind(PlotDocument())),
    "chips": (ChipGrid, lambda kind: kind(lambda crown, side_px: None, lambda crown: None)),
    "chart": (HistogramChart, lambda kind: kind("Height", "trees", "m")),
}[sys.argv[1]]

class Failing(base):
    def paintEvent(self, event):
        np.zeros(0)[np.array([0])] = 1

widget = make(Failing)
widget.resize(300, 200)
widget.show()
application.exec()
"""


@pytest.mark.parametrize("where", ["map", "chips", "chart"])
def test_a_fault_while_painting_does_not_end_the_program(where: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", FAILS_WHILE_PAINTING, where],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert (done.returncode, done.stdout) == (0, "IndexError"), done.stderr
