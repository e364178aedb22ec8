"""What is under a mouse that stands still while the map moves, or shows something else."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from map_hand import GSD_M, LEFT, TOP, MapHand
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_map_navigation import turn_wheel


def shown(hand: MapHand) -> QImage:
    """The map once everything is drawn."""
    hand.settle()
    return hand.map.grab().toImage()


def afresh(hand: MapHand) -> QImage:
    """What the map would show had the mouse only now come to where it is."""
    assert hand.map._mouse is not None
    at = hand.map.view.to_px(hand.map._mouse.screen)
    QApplication.sendEvent(hand.map, QEvent(QEvent.Type.Leave))
    hand.hover(*at)
    return shown(hand)


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Plus, Qt.Key.Key_Minus])
def test_the_highlight_follows_the_keys(plot_map: MapHand, key: Qt.Key) -> None:
    plot_map.hover(270, 200)  # near the edge of crown 1
    lit = shown(plot_map)
    for _ in range(3):
        plot_map.key(key)
    now = shown(plot_map)
    assert now != lit
    assert now == afresh(plot_map)


def test_a_crown_that_moved_away_is_not_highlighted(plot_map: MapHand) -> None:
    plot_map.map.set_view(plot_map.map.view.panned(40, 0))
    without = shown(plot_map)
    plot_map.map.set_view(plot_map.map.view.panned(-40, 0))
    plot_map.hover(130, 200)  # 40 screen pixels to the right of it crown 1 has left the mouse
    assert plot_map.map.belt.tool._hovered == 1
    plot_map.map.set_view(plot_map.map.view.panned(40, 0))
    assert plot_map.map.belt.tool._hovered is None
    assert shown(plot_map) == without


def test_the_wheel_at_the_edge_of_a_crown(plot_map: MapHand) -> None:
    plot_map.hover(275, 200)
    turn_wheel(plot_map, plot_map.at(275, 200), 480)
    now = shown(plot_map)
    assert now == afresh(plot_map)


def test_no_highlight_while_crowns_are_left_off(plot_map: MapHand) -> None:
    plot_map.map.hide_crowns(True)
    bare = shown(plot_map)
    plot_map.map.hide_crowns(False)
    plot_map.hover(200, 200)
    lit = shown(plot_map)
    QTest.keyPress(plot_map.map, Qt.Key.Key_C)
    assert shown(plot_map) == bare
    QTest.keyRelease(plot_map.map, Qt.Key.Key_C)
    assert shown(plot_map) == lit


def test_no_highlight_is_left_by_another_tool_or_plot(plot_map: MapHand, copy_of: Callable[[str], Path]) -> None:
    plot_map.hover(200, 200)
    plot_map.map.set_tool("draw")
    QApplication.sendEvent(plot_map.map, QEvent(QEvent.Type.Leave))
    plot_map.map.set_tool("select")
    assert plot_map.map.belt.tool._hovered is None
    plot_map.hover(200, 200)
    plot_map.document.close()
    QApplication.sendEvent(plot_map.map, QEvent(QEvent.Type.Leave))
    with plot_map.qtbot.waitSignal(plot_map.document.opened):
        plot_map.document.open_project(copy_of("rotated"))
    assert plot_map.map.belt.tool._hovered is None


def test_the_open_edge_of_a_drawing_stays_at_the_mouse(plot_map: MapHand) -> None:
    plot_map.map.set_tool("draw")
    plot_map.click(650, 350)
    plot_map.click(750, 350)
    plot_map.hover(750, 450)
    plot_map.key(Qt.Key.Key_Right)
    now = shown(plot_map)
    assert now == afresh(plot_map)


def test_a_dragged_corner_stays_at_the_mouse(plot_map: MapHand) -> None:
    plot_map.map.set_tool("vertex")
    plot_map.document.set_selection([1])
    plot_map.map.zoom_to_ids([1])
    plot_map.press((120, 120), (110, 110), (100, 100))
    mouse = QPointF(plot_map.at(100, 100))
    plot_map.key(Qt.Key.Key_Left)
    there = plot_map.map.view.to_px(mouse)
    QTest.mouseRelease(plot_map.map, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, mouse.toPoint())
    xy = np.array(plot_map.document.table.get(1).outline.exterior.coords)
    expected = (LEFT + there[0] * GSD_M, TOP - there[1] * GSD_M)
    assert np.hypot(*(xy - expected).T).min() < 0.1


def test_the_coordinates_under_the_mouse_are_told_anew(plot_map: MapHand) -> None:
    told: list[float] = []
    plot_map.map.cursorMoved.connect(lambda x, _: told.append(x))
    plot_map.hover(600, 300)
    plot_map.key(Qt.Key.Key_Right)
    by_m = 60 * plot_map.map.m_per_screen_px  # an arrow moves by a tenth of the map's height
    plot_map.qtbot.waitUntil(lambda: told[-1] == pytest.approx(LEFT + 60 + by_m, abs=0.3))
