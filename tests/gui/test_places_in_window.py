"""Coordinates in the window: copied where the mouse is, typed to go there, in the line and in the finder."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeWidget
from pytestqt.qtbot import QtBot

from birchtree_gui.main_window import MainWindow
from birchtree_gui.widgets.action_finder import ActionFinder
from inference.plot.places import find_place


@pytest.fixture
def plot_window(open_plot: Callable[[], MainWindow]) -> MainWindow:
    """The window with the small plot, its panels at rest: they take their widths when the plot is there."""
    window = open_plot()
    width = -1
    while width != window.map.width():
        width = window.map.width()
        QApplication.processEvents()
    return window


@pytest.fixture(autouse=True)
def clean_clipboard(qtbot: QtBot) -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


def place_at(window: MainWindow, at: QPoint) -> tuple[float, float]:
    georeference = window.map.georeference
    assert georeference is not None
    return georeference.point_to_crs(*window.map.view.to_px(at.toPointF()))


def middle_of_map(window: MainWindow) -> tuple[float, float]:
    georeference = window.map.georeference
    assert georeference is not None
    return georeference.point_to_crs(*window.map.view.centre_px)


def test_the_place_under_the_mouse_is_copied_and_found_again(plot_window: MainWindow, qtbot: QtBot) -> None:
    at = plot_window.map.rect().center() + QPoint(40, 30)
    x, y = place_at(plot_window, at)
    with qtbot.waitSignal(plot_window.map.cursorMoved):
        QTest.mouseMove(plot_window.map, at)
    plot = plot_window.services.document.plot
    assert plot is not None
    bounds = plot.extent.bounds
    for name in ("edit.copy_place", "edit.copy_degrees"):
        plot_window.actions_by_name[name].trigger()
        text = QGuiApplication.clipboard().text()
        assert plot_window.messages.current is not None
        assert text in plot_window.messages.current.text
        place = find_place(text, plot.crs_wkt, bounds)
        assert (place.x_crs, place.y_crs) == pytest.approx((x, y), abs=0.15)


def test_the_menu_of_the_map_copies_the_place_where_it_was_opened(plot_window: MainWindow) -> None:
    at = plot_window.map.rect().center() - QPoint(25, 10)
    plot_window.map.crownMenuRequested.emit(plot_window.map.mapToGlobal(at), None)
    plot_window.actions_by_name["edit.copy_place"].trigger()
    x, y = place_at(plot_window, at)
    assert QGuiApplication.clipboard().text() == f"{x:.1f}, {y:.1f}"


def test_a_typed_place_comes_into_the_middle_and_is_marked(plot_window: MainWindow, qtbot: QtBot) -> None:
    x, y = place_at(plot_window, plot_window.map.rect().center() + QPoint(60, -50))
    qtbot.keyClick(plot_window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    line = plot_window.app.places.line
    assert line.isVisible()
    qtbot.keyClicks(line.line, f"{y:.1f} {x:.1f}")  # north first, as surveyors write it
    assert line.found.text().startswith(f"{x:,.1f}".replace(",", "\u202f"))
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    assert not line.isVisible()
    assert middle_of_map(plot_window) == pytest.approx((x, y), abs=0.1)
    assert plot_window.map.furniture.has_mark
    assert plot_window.map.m_per_screen_px < 0.2


def test_a_number_goes_to_the_crown(plot_window: MainWindow, qtbot: QtBot) -> None:
    table = plot_window.services.document.table
    assert table is not None
    tree_id = int(table.ids[table.visible][3])
    plot_window.app.places.ask()
    line = plot_window.app.places.line
    qtbot.keyClicks(line.line, str(tree_id))
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    assert plot_window.services.document.selection == {tree_id}
    left, bottom, right, top = table.get(tree_id).outline.bounds
    assert middle_of_map(plot_window) == pytest.approx(((left + right) / 2, (bottom + top) / 2), abs=0.1)


@pytest.mark.parametrize(
    ("text", "told", "sentence"),
    [
        ("999999", "no crown 999999", "No crown has the number 999999."),
        ("12.5, 3", "not on the plot", "not on the plot"),
        ("old oak", "not understood", "Type two numbers"),
    ],
)
def test_what_is_nowhere_says_so_and_the_map_stays(
    plot_window: MainWindow, qtbot: QtBot, text: str, told: str, sentence: str
) -> None:
    before = plot_window.map.view
    plot_window.app.places.ask()
    line = plot_window.app.places.line
    qtbot.keyClicks(line.line, text)
    assert line.found.text() == told
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    assert line.isVisible()
    assert plot_window.map.view == before
    message = plot_window.messages.current
    assert message is not None
    assert sentence in message.text
    qtbot.keyClick(line.line, Qt.Key.Key_Escape)
    assert not line.isVisible()


def test_a_place_on_the_clipboard_is_offered(plot_window: MainWindow) -> None:
    x, y = place_at(plot_window, plot_window.map.rect().center())
    QGuiApplication.clipboard().setText(f" {x:.1f}, {y:.1f}\n")
    plot_window.app.places.ask()
    assert plot_window.app.places.line.line.text() == f"{x:.1f}, {y:.1f}"


def test_the_finder_goes_to_places_and_crowns(plot_window: MainWindow, qtbot: QtBot) -> None:
    table = plot_window.services.document.table
    assert table is not None
    tree_id = int(table.ids[table.visible][5])
    x, y = place_at(plot_window, plot_window.map.rect().center() + QPoint(33, 21))
    for typed, found in ((f"{x:.1f}, {y:.1f}", f"Go to {x:.1f}, {y:.1f}"), (str(tree_id), f"Go to crown {tree_id}")):
        plot_window.actions_by_name["help.find"].trigger()
        finder = plot_window.findChildren(ActionFinder)[-1]
        line, rows = finder.findChild(QLineEdit), finder.findChild(QTreeWidget)
        assert line is not None
        assert rows is not None
        qtbot.keyClicks(line, typed)
        first = rows.topLevelItem(0)
        assert first is not None
        assert first.text(0) == found
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert plot_window.services.document.selection == {tree_id}
