"""The real window, on the small plot with crowns."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from birchtree_gui.app import build
from birchtree_gui.document import PlotDocument
from birchtree_gui.main_window import MainWindow

OPEN_MS = 20_000
PATIENCE_MS = 60_000
RUN_MS = 120_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what it cannot do; that is no fault of the window."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


class PatientBot(QtBot):
    """Waits for a minute where pytest-qt waits for five seconds: a busy machine is late, which is no fault."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitSignals(self, signals: list[Any], *, timeout: int = PATIENCE_MS, **how: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **how)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitActive(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's, with more patience."""
    return PatientBot(request)


@pytest.fixture
def open_document(qtbot: QtBot, project_path: Path) -> Iterator[PlotDocument]:
    """A document with the small plot open."""
    document = PlotDocument()
    with qtbot.waitSignal(document.opened, timeout=OPEN_MS):
        document.open_project(project_path)
    yield document
    document.shut_down()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The window, shown, without a plot."""
    made, root = build(qapp)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.services.jobs.cancel_all()
    qtbot.waitUntil(lambda: made.services.jobs.running is None, timeout=RUN_MS)
    made.close()
    made.deleteLater()
    _forget(root)
    # Now, and not in the next test's first wait: a style sheet set for the next window would be laid on this one too.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _forget(root: QObject) -> None:
    root.deleteLater()


@pytest.fixture
def open_plot(qtbot: QtBot, window: MainWindow, project_path: Path) -> Callable[[], MainWindow]:
    """Opens the small plot in the window."""

    def open_it() -> MainWindow:
        with qtbot.waitSignal(window.services.document.opened, timeout=OPEN_MS):
            window.files.open_path(project_path)
        return window

    return open_it


@pytest.fixture
def plot_window(open_plot: Callable[[], MainWindow]) -> MainWindow:
    """The window with the small plot and its crowns."""
    return open_plot()
