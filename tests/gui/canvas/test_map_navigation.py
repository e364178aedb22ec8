"""Moving and zooming the map by wheel, mouse and keys, in every tool."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from map_hand import HEIGHT_PX, LEFT, TOP, WIDTH_PX, MapHand
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from birchtree_gui.canvas.toolbox import TOOLS

every_tool = pytest.mark.parametrize("tool", [info.id for info in TOOLS])


def turn_wheel(hand: MapHand, at: QPoint, units: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        hand.map.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, units),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(hand.map, event)


def test_a_plot_is_shown_whole_when_it_opens(plot_map: MapHand) -> None:
    left, top, right, bottom = plot_map.map.view.bounds_px
    assert left < 0
    assert top < 0
    assert right > WIDTH_PX
    assert bottom > HEIGHT_PX


@every_tool
def test_the_wheel_zooms_at_the_cursor(plot_map: MapHand, tool: str) -> None:
    plot_map.map.set_tool(tool)
    at = plot_map.at(300, 250)
    before, scale = plot_map.map.view.to_px(QPointF(at)), plot_map.map.view.scale
    turn_wheel(plot_map, at, 240)
    assert plot_map.map.view.scale == pytest.approx(2 * scale)
    assert plot_map.map.view.to_px(QPointF(at)) == pytest.approx(before, abs=2)
    turn_wheel(plot_map, at, -240)
    assert plot_map.map.view.scale == pytest.approx(scale)


@every_tool
def test_the_middle_button_moves_the_map(plot_map: MapHand, tool: str) -> None:
    plot_map.map.set_tool(tool)
    start = plot_map.map.view
    plot_map.drag((300, 250), (500, 400), button=Qt.MouseButton.MiddleButton)
    assert plot_map.map.view.left_px == pytest.approx(start.left_px - 200, abs=2 / start.scale)
    assert plot_map.map.view.top_px == pytest.approx(start.top_px - 150, abs=2 / start.scale)
    assert plot_map.document.selection == frozenset()


@every_tool
def test_space_and_drag_moves_the_map(plot_map: MapHand, tool: str) -> None:
    plot_map.map.set_tool(tool)
    start = plot_map.map.view
    QTest.keyPress(plot_map.map, Qt.Key.Key_Space)
    assert plot_map.map.cursor().shape() is Qt.CursorShape.OpenHandCursor
    plot_map.drag((300, 250), (500, 400))
    QTest.keyRelease(plot_map.map, Qt.Key.Key_Space)
    assert plot_map.map.view.left_px == pytest.approx(start.left_px - 200, abs=2 / start.scale)
    assert plot_map.map.cursor().shape() is not Qt.CursorShape.OpenHandCursor or tool == "pan"
    assert len(plot_map.document.table) == 5


def test_the_map_moves_while_drawing_and_the_points_stay_on_the_ground(plot_map: MapHand) -> None:
    plot_map.map.set_tool("draw")
    plot_map.click(650, 350)
    plot_map.click(750, 350)
    plot_map.drag((300, 250), (400, 300), button=Qt.MouseButton.MiddleButton)
    QTest.keyPress(plot_map.map, Qt.Key.Key_Space)
    plot_map.drag((300, 250), (200, 200))
    QTest.keyRelease(plot_map.map, Qt.Key.Key_Space)
    turn_wheel(plot_map, plot_map.at(700, 400), 120)
    plot_map.click(750, 450)
    plot_map.key(Qt.Key.Key_Return)
    (drawn,) = plot_map.document.selected_crowns()
    corners_px = plot_map.map.georeference.to_px(np.array(drawn.outline.exterior.coords))
    for corner in ((650, 350), (750, 350), (750, 450)):
        assert np.hypot(*(corners_px - corner).T).min() < 3


def test_the_pan_tool_drags_the_map(plot_map: MapHand) -> None:
    plot_map.map.set_tool("pan")
    start = plot_map.map.view
    plot_map.drag((300, 250), (500, 400))
    assert plot_map.map.view.left_px == pytest.approx(start.left_px - 200, abs=2 / start.scale)


def test_a_pan_lasts_until_its_own_button_is_released(plot_map: MapHand) -> None:
    plot_map.press((300, 250), (350, 250), button=Qt.MouseButton.MiddleButton)
    QTest.mouseClick(plot_map.map, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, plot_map.at(500, 200))
    assert plot_map.document.selection == frozenset()
    start = plot_map.map.view
    plot_map.drag_on((400, 300), button=Qt.MouseButton.MiddleButton)
    assert plot_map.map.view != start
    plot_map.release((400, 300), button=Qt.MouseButton.MiddleButton)
    start = plot_map.map.view
    plot_map.drag_on((500, 300), button=Qt.MouseButton.NoButton)
    assert plot_map.map.view == start


@pytest.mark.parametrize(("key", "factor"), [(Qt.Key.Key_Plus, 2**0.5), (Qt.Key.Key_Minus, 0.5**0.5)])
def test_keys_zoom_about_the_middle(plot_map: MapHand, key: Qt.Key, factor: float) -> None:
    start = plot_map.map.view
    plot_map.key(key)
    assert plot_map.map.view.scale == pytest.approx(start.scale * factor)
    assert plot_map.map.view.centre_px == pytest.approx(start.centre_px, abs=1e-6)


@pytest.mark.parametrize(
    ("key", "dx", "dy"),
    [(Qt.Key.Key_Left, -1, 0), (Qt.Key.Key_Right, 1, 0), (Qt.Key.Key_Up, 0, -1), (Qt.Key.Key_Down, 0, 1)],
)
def test_arrows_move_the_map(plot_map: MapHand, key: Qt.Key, dx: int, dy: int) -> None:
    start = plot_map.map.view
    plot_map.key(key)
    moved = plot_map.map.view
    assert (
        (moved.left_px - start.left_px) * start.scale,
        (moved.top_px - start.top_px) * start.scale,
    ) == pytest.approx((60 * dx, 60 * dy), abs=1e-6)


def test_the_map_can_be_shown_whole_again(plot_map: MapHand) -> None:
    whole = plot_map.map.view
    plot_map.map.zoom_by(9.0)
    plot_map.map.zoom_to_plot()
    assert plot_map.map.view == whole


def test_zoom_to_crowns_shows_all_of_them(plot_map: MapHand) -> None:
    plot_map.map.zoom_to_ids([2, 4, 99])
    left, top, right, bottom = plot_map.map.view.bounds_px
    assert left < 250
    assert top < 120
    assert right > 580
    assert bottom > 750
    before = plot_map.map.view
    plot_map.map.zoom_to_ids([99])
    assert plot_map.map.view == before


def test_the_scale_is_told_and_can_be_set(plot_map: MapHand, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot_map.map.scaleChanged) as told:
        plot_map.map.set_scale(0.05)
    assert told.args == [pytest.approx(0.05)]
    assert plot_map.map.m_per_screen_px == pytest.approx(0.05)


def test_the_plot_cannot_be_lost_by_zooming_out(plot_map: MapHand) -> None:
    for _ in range(60):
        plot_map.key(Qt.Key.Key_Minus)
    left, _, right, _ = plot_map.map.view.bounds_px
    assert (right - left) / WIDTH_PX < 8


def test_where_the_cursor_is_is_told_in_plot_coordinates(plot_map: MapHand, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot_map.map.cursorMoved) as told:
        plot_map.hover(600, 300)
    assert told.args == pytest.approx([LEFT + 60, TOP - 30], abs=0.2)


def test_the_cursor_is_told_at_most_thirty_times_a_second(plot_map: MapHand, qtbot: QtBot) -> None:
    told: list[tuple[float, float]] = []
    plot_map.map.cursorMoved.connect(lambda x, y: told.append((x, y)))
    for x in range(300, 500):
        plot_map.hover(x, 300)
    last = plot_map.map.georeference.point_to_crs(*plot_map.map.view.to_px(QPointF(plot_map.at(499, 300))))
    qtbot.waitUntil(lambda: bool(told) and told[-1] == pytest.approx(last))
    assert len(told) < 30


def test_a_whole_plot_stays_whole_when_panels_come_and_go(plot_map: MapHand) -> None:
    plot_map.map.zoom_to_plot()
    for size in ((500, 400), (300, 600), (800, 600)):
        plot_map.map.resize(*size)
        assert plot_map.map.camera.shows_all
    plot_map.map.zoom_by(1.5)
    scale = plot_map.map.view.scale
    plot_map.map.resize(500, 400)
    assert plot_map.map.view.scale == scale  # somebody has chosen this one


def test_resizing_keeps_the_middle(plot_map: MapHand) -> None:
    plot_map.map.zoom_by(5.0)
    middle = plot_map.map.view.centre_px
    plot_map.map.resize(500, 400)
    assert plot_map.map.view.centre_px == pytest.approx(middle, abs=1e-6)


def test_a_map_that_was_hidden_fits_the_plot_when_it_is_shown(
    plot_map: MapHand, copy_of: Callable[[str], Path]
) -> None:
    from birchtree_gui.canvas.view import MapView
    from birchtree_gui.document import PlotDocument

    document = PlotDocument()
    view = MapView(document)
    try:
        with plot_map.qtbot.waitSignal(document.opened):
            document.open_project(copy_of("plain"))
        view.resize(640, 480)
        view.show()
        left, _top, right, _bottom = view.view.bounds_px
        assert (left + right) / 2 == pytest.approx(WIDTH_PX / 2, abs=2)
        assert right - left < 1.5 * WIDTH_PX
    finally:
        view.shut_down()
        document.shut_down()
        view.close()
        view.deleteLater()


def test_what_spans_the_plot_is_not_shown_from_further_away_than_the_plot(plot_map: MapHand) -> None:
    plot_map.map.zoom_to_plot()
    whole = plot_map.map.view
    plot_map.map.camera.fit((0.0, 0.0, float(WIDTH_PX), float(HEIGHT_PX)), margin=0.2)
    assert plot_map.map.view == whole
