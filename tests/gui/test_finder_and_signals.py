"""The action finder takes what is typed; a request to terminate ends the window whatever is open over it."""

import os
import signal

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QTreeWidget
from pytestqt.qtbot import QtBot

from birchtree_gui.main_window import MainWindow
from birchtree_gui.signals import SignalListener
from birchtree_gui.widgets.action_finder import ActionFinder
from inference.project.store import Project

WAIT_MS = 20_000


def test_keys_go_to_the_finder_and_not_to_the_map(plot_window: MainWindow, qtbot: QtBot) -> None:
    plot_window.map.setFocus()
    plot_window.actions_by_name["help.find"].trigger()
    finder = QApplication.activePopupWidget()
    assert finder is not None
    line = finder.findChild(QLineEdit)
    assert line is not None
    qtbot.waitUntil(line.hasFocus, timeout=WAIT_MS)
    for key in (Qt.Key.Key_M, Qt.Key.Key_E):  # on the map M merges and E edits corners
        QTest.keyClick(QGuiApplication.focusWindow(), key)
    assert line.text() == "me"
    assert plot_window.map.current_tool == "select"
    QTest.keyClick(QGuiApplication.focusWindow(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None, timeout=WAIT_MS)


def test_the_finder_finds_panels_and_says_when_it_finds_nothing(plot_window: MainWindow, qtbot: QtBot) -> None:
    plot_window.actions_by_name["help.find"].trigger()
    finder = QApplication.activePopupWidget()
    assert isinstance(finder, ActionFinder)
    line, found = finder.findChild(QLineEdit), finder.findChild(QTreeWidget)
    line.setText("qqqq")
    assert found.topLevelItemCount() == 1
    assert not found.topLevelItem(0).flags() & Qt.ItemFlag.ItemIsEnabled
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert finder.isVisible()  # there is nothing to run
    line.setText("doubtful first")  # not the name of an action, but what it says of itself
    assert found.topLevelItem(0).text(0) == "Review crowns"
    line.setText("statistics")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(plot_window.docks["statistics"].isVisible)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
@pytest.mark.parametrize("name", ["help.find", "file.export", "models.segment", "models.dataset"])
def test_a_request_to_terminate_is_heard_over_dialogs(plot_window: MainWindow, qtbot: QtBot, name: str) -> None:
    document, root = plot_window.services.document, QObject()
    assert document.table is not None
    tree_id = int(document.table.ids[0])
    document.set_selection([tree_id])
    plot_window.actions_by_name["crowns.delete"].trigger()
    path = document.project.path
    listener = SignalListener(plot_window, root)
    try:
        plot_window.actions_by_name[name].trigger()
        qtbot.waitUntil(lambda: bool(over(plot_window)), timeout=WAIT_MS)
        os.kill(os.getpid(), signal.SIGTERM)
        qtbot.waitUntil(lambda: not document.is_open and not plot_window.isVisible(), timeout=WAIT_MS)
        assert over(plot_window) == []
    finally:
        listener.remove()
    with Project.open(path) as project:
        assert project.table.get(tree_id).review == "deleted"


def over(window: MainWindow) -> list[QDialog]:
    """What stands over the window."""
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
