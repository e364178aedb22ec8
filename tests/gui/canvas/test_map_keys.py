"""Keys of the map: peeking while held, Esc one thing at a time, and what is left to menus."""

import pytest
from map_hand import MapHand
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from birchtree_gui.document import PlotDocument


def test_d_shows_the_relief_while_held(surface_map: MapHand) -> None:
    surface_map.map.set_crowns_visible(False)
    plain = surface_map.colour_at(650, 450)
    QTest.keyPress(surface_map.map, Qt.Key.Key_D)
    relief = surface_map.colour_at(650, 450)
    assert relief[0] == relief[1] == relief[2]
    QTest.keyRelease(surface_map.map, Qt.Key.Key_D)
    assert surface_map.colour_at(650, 450) == plain


def test_d_says_when_there_is_no_relief(plot_map: MapHand) -> None:
    with plot_map.qtbot.waitSignal(plot_map.document.message) as told:
        QTest.keyPress(plot_map.map, Qt.Key.Key_D)
    assert "DSM" in told.args[1]
    QTest.keyRelease(plot_map.map, Qt.Key.Key_D)


def test_c_hides_crowns_while_held(plot_map: MapHand) -> None:
    crowned = plot_map.colour_at(500, 150)
    QTest.keyPress(plot_map.map, Qt.Key.Key_C)
    assert plot_map.colour_at(500, 150) != crowned
    QTest.keyRelease(plot_map.map, Qt.Key.Key_C)
    assert plot_map.colour_at(500, 150) == crowned


def test_held_keys_end_when_the_focus_goes(plot_map: MapHand) -> None:
    crowned = plot_map.colour_at(500, 150)
    QTest.keyPress(plot_map.map, Qt.Key.Key_C)
    QTest.keyPress(plot_map.map, Qt.Key.Key_Space)
    QApplication.sendEvent(plot_map.map, QFocusEvent(QEvent.Type.FocusOut))
    assert plot_map.colour_at(500, 150) == crowned
    assert plot_map.map.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_key_repeat_does_not_flicker(plot_map: MapHand) -> None:
    QTest.keyPress(plot_map.map, Qt.Key.Key_Space)
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", True)
        QApplication.sendEvent(plot_map.map, event)
        assert plot_map.map.cursor().shape() is Qt.CursorShape.OpenHandCursor
    QTest.keyRelease(plot_map.map, Qt.Key.Key_Space)
    assert plot_map.map.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_escape_clears_the_selection_before_it_changes_the_tool(plot_map: MapHand) -> None:
    plot_map.map.set_tool("pan")
    plot_map.document.set_selection([1])
    with plot_map.qtbot.assertNotEmitted(plot_map.map.toolChanged):
        plot_map.key(Qt.Key.Key_Escape)
    assert plot_map.document.selection == frozenset()
    with plot_map.qtbot.waitSignal(plot_map.map.toolChanged) as told:
        plot_map.key(Qt.Key.Key_Escape)
    assert told.args == ["select"]


def test_menu_shortcuts_work_when_no_gesture_needs_the_key(plot_map: MapHand) -> None:
    done: list[str] = []
    actions = []
    for name, keys in (("undo", "Ctrl+Z"), ("delete", "Del"), ("dsm", "Ctrl+D")):
        action = QAction(name, plot_map.map)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False, name=name: done.append(name))
        plot_map.map.addAction(action)
        actions.append(action)
    plot_map.document.set_selection([1])
    plot_map.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    plot_map.key(Qt.Key.Key_Delete)
    plot_map.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert done == ["undo", "delete", "dsm"]
    plot_map.map.set_tool("draw")
    plot_map.click(700, 400)
    plot_map.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == ["undo", "delete", "dsm"]
    assert not plot_map.map.undo_point()


def test_a_plot_that_is_read_only_is_not_changed(plot_map: MapHand, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = plot_map
    # Permissions do not bind root, under whom tests may run.
    monkeypatch.setattr(PlotDocument, "is_editable", property(lambda _: False))
    hand.document.set_selection([1])
    hand.key(Qt.Key.Key_Delete)
    assert hand.document.table.get(1).review == "auto"
    hand.map.set_tool("vertex")
    hand.map.zoom_to_ids([1])
    with hand.qtbot.waitSignal(hand.document.message) as told:
        hand.drag((120, 120), (100, 100))
    assert "reading only" in told.args[1]
    hand.map.set_tool("draw")
    with hand.qtbot.waitSignal(hand.document.message):
        hand.click(200, 200)
    assert not hand.map.undo_point()


def test_focus_is_visible_to_who_came_by_keyboard(plot_map: MapHand) -> None:
    plain = plot_map.map.grab().toImage().pixelColor(1, 300)
    QApplication.sendEvent(plot_map.map, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert plot_map.map.grab().toImage().pixelColor(1, 300).name() == plot_map.map.colours.accent
    QApplication.sendEvent(plot_map.map, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.MouseFocusReason))
    assert plot_map.map.grab().toImage().pixelColor(1, 300) == plain
