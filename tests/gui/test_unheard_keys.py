"""Keys that can do nothing now say so."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from birchtree_gui.main_window import MainWindow


def test_a_key_of_the_map_that_cannot_work_says_why(plot_window: MainWindow, qtbot: QtBot) -> None:
    document, bar = plot_window.services.document, plot_window.messages
    plot_window.activateWindow()
    plot_window.map.setFocus()
    qtbot.waitUntil(plot_window.map.hasFocus)
    document.set_selection(())
    bar.clear()
    press(plot_window, Qt.Key.Key_N)
    assert bar.current is not None
    assert bar.current.text == "Write a note: select a crown first."
    assert not bar.current.stays
    press(plot_window, Qt.Key.Key_Backslash)
    assert bar.current.text == "Show the other date: open a second survey first."


def test_a_key_that_works_is_not_talked_about(plot_window: MainWindow, qtbot: QtBot) -> None:
    document, bar = plot_window.services.document, plot_window.messages
    assert document.table is not None
    plot_window.activateWindow()
    plot_window.map.setFocus()
    qtbot.waitUntil(plot_window.map.hasFocus)
    document.set_selection(document.table.ids[:1].tolist())
    bar.clear()
    press(plot_window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: not plot_window.map.hasFocus())
    plot_window.map.setFocus()
    press(plot_window, Qt.Key.Key_F24)  # nobody's
    assert bar.current is None


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.map, key)
    QApplication.processEvents()
