"""Where the window is shown: on a new computer, and again where it was left."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from birchtree_gui.main_window import MainWindow


def test_panels_are_offered_with_a_plot_only(window: MainWindow, open_plot: Callable[[], MainWindow]) -> None:
    toggle = window.docks["statistics"].toggleViewAction()
    assert not toggle.isEnabled()  # there is nothing to show statistics of
    open_plot()
    assert toggle.isEnabled()
    window.actions_by_name["file.close"].trigger()
    assert not toggle.isEnabled()


def test_on_a_small_screen_the_first_window_fills_it(qtbot: QtBot, window: MainWindow) -> None:
    screen = QGuiApplication.primaryScreen().availableGeometry().size()
    assert window.size().boundedTo(screen - QSize(8, 40)) != window.size()  # with a title bar it would not fit
    window.state.show_window()
    assert window.isMaximized()


@pytest.mark.parametrize("place", [QPoint(0, 0), QPoint(40, 3), QPoint(60, 90)])
def test_a_window_comes_back_where_it_was_left(qtbot: QtBot, window: MainWindow, place: QPoint) -> None:
    window.showNormal()
    window.resize(700, 500)
    window.move(place)
    qtbot.wait(10)
    window.state.save()
    window.move(200, 200)
    window.state.restore()
    assert window.pos() == place
    assert window.size() == QSize(700, 500)
    window.state.show_window()
    assert not window.isMaximized()  # only the first time
