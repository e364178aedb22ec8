"""Shortcuts as data: conflicts are seen, changes hold at once everywhere and at the next start, files carry them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from birchtree_gui.dialogs.keys import KeysDialog
from birchtree_gui.keys import gestures, keyfile
from birchtree_gui.keys.keymap import Command, KeyMap, portable, pressed
from birchtree_gui.main_window import MainWindow
from birchtree_gui.settings import SettingsStore
from inference.errors import InputError

PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
MAP = KeyMap(
    (
        Command("file.export", "Export crowns", "window", ("Ctrl+E",)),
        Command("tool.draw", "Draw a crown", "map", ("P",)),
        Command("tool.brush", "Paint and erase", "map", ("B",)),
        Command("view.peek", "Hillshade while held", "held", ("D",)),
        Command("review.edit", "Edit the outline", "review", ("P",)),
    )
)
KEYS = st.sampled_from(["P", "B", "D", "Ctrl+E", "Ctrl+T", "Shift+P", "F7"])
NAMES = st.sampled_from([command.name for command in MAP.commands])


def key(which: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, which, held)


# ---- values


def test_a_key_is_written_alike_however_it_was_pressed() -> None:
    assert pressed(key(Qt.Key.Key_Backtab, SHIFT)) == "Shift+Tab"
    assert pressed(key(Qt.Key.Key_Question, SHIFT)) == "?"
    assert pressed(key(Qt.Key.Key_P, CTRL | SHIFT)) == "Ctrl+Shift+P"
    assert pressed(key(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)) == "Enter"
    assert pressed(key(Qt.Key.Key_Shift, SHIFT)) == ""
    assert portable("nonsense key") == ""


def test_the_review_has_keys_of_its_own() -> None:
    assert MAP.conflicts() == ()
    assert [one.name for one in MAP.users("P", "tool.brush")] == ["tool.draw"]
    assert MAP.users("B", "review.edit") == ()
    assert [one.name for one in MAP.users("Ctrl+E", "review.edit")] == ["file.export"]


@given(st.lists(st.tuples(KEYS, NAMES), max_size=12))
def test_taking_keys_never_makes_a_conflict(steps: list[tuple[str, str]]) -> None:
    made = MAP
    for wanted, name in steps:
        made = made.taken(wanted, name)
        assert wanted in made.keys(name)
        assert made.conflicts() == ()
    assert keyfile.read(keyfile.write(made), MAP)[0].chosen == made.chosen
    assert keyfile.from_lines(keyfile.to_lines(made)) == dict(made.chosen)
    assert made.as_usual().chosen == {}


def test_a_file_with_a_conflict_is_refused_with_both_names() -> None:
    text = '[keys]\n"tool.draw" = ["B"]\n'
    with pytest.raises(InputError) as caught:
        keyfile.read(text, MAP)
    assert "Draw a crown" in str(caught.value)
    assert "Paint and erase" in str(caught.value)


@pytest.mark.parametrize("text", ["", "keys = 3", "[keys]\nx = 1\n", "[keys\n", '[keys]\n"a" = ["no such key"]\n'])
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        keyfile.read(text, MAP)


def test_lines_of_the_settings_that_make_no_sense_are_left_out() -> None:
    assert keyfile.from_lines(("tool.draw=Ctrl+T; F7", "rubbish", "=x", "tool.brush=")) == {
        "tool.draw": ("Ctrl+T", "F7"),
        "tool.brush": (),
    }


def test_hints_become_gestures_each_once() -> None:
    found = gestures.of_hints(("Click: select    Del: delete", "Drag a corner    Click: select"))
    assert [(one.how, one.what) for one in found] == [("Click", "Select"), ("Del", "Delete"), ("", "Drag a corner")]


def test_each_gesture_of_a_hint_begins_with_a_capital() -> None:
    assert (
        gestures.in_a_line("Click: select    drag: a box    Del: delete")
        == "Click: select    Drag: a box    Del: delete"
    )
    assert gestures.in_a_line("") == ""


# ---- the window


@pytest.fixture
def dialog(qtbot: QtBot, plot_window: MainWindow) -> KeysDialog:
    plot_window.app.shortcuts.show_keys()
    found = plot_window.findChild(KeysDialog)
    assert isinstance(found, KeysDialog)
    qtbot.waitExposed(found)
    return found


def give(qtbot: QtBot, dialog: KeysDialog, name: str, which: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    dialog.list.mark(name)
    qtbot.mouseClick(dialog.change, Qt.MouseButton.LeftButton)
    assert dialog.change.is_waiting
    qtbot.keyClick(dialog.change, which, held)


def test_a_new_key_holds_at_once_and_after_a_restart(qtbot: QtBot, plot_window: MainWindow, dialog: KeysDialog) -> None:
    give(qtbot, dialog, "tool.draw", Qt.Key.Key_J)
    actions = plot_window.actions_by_name
    assert actions["tool.draw"].shortcut().toString() == "J"
    assert actions["tool.draw"].toolTip().endswith("(J)")
    assert keyfile.from_lines(SettingsStore().value.keys) == {"tool.draw": ("J",)}
    dialog.close()
    plot_window.activateWindow()
    plot_window.map.setFocus()
    qtbot.waitUntil(plot_window.map.hasFocus)
    qtbot.keyClick(plot_window.map, Qt.Key.Key_P)
    assert plot_window.map.current_tool == "select"
    qtbot.keyClick(plot_window.map, Qt.Key.Key_J)
    assert plot_window.map.current_tool == "draw"


def test_a_conflict_names_both_and_is_not_made_until_asked(qtbot: QtBot, dialog: KeysDialog) -> None:
    give(qtbot, dialog, "tool.draw", Qt.Key.Key_E, CTRL)
    assert "Export crowns" in dialog.message.text()
    assert "Draw a crown" in dialog.message.text()
    assert dialog.keymap.keys("tool.draw") == ("P",)
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert dialog.keymap.keys("tool.draw") == ("Ctrl+E",)
    assert dialog.keymap.keys("file.export") == ()
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert dialog.keymap.chosen == {}


@pytest.mark.parametrize(
    ("which", "held"), [(Qt.Key.Key_Space, PLAIN), (Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)]
)
def test_keys_of_the_map_and_of_menus_are_refused(
    qtbot: QtBot, dialog: KeysDialog, which: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    give(qtbot, dialog, "tool.draw", which, held)
    assert dialog.message.text()
    assert dialog.keymap.chosen == {}


def test_search_by_name_and_by_key(dialog: KeysDialog) -> None:
    dialog.search.setText("export crowns")
    assert dialog.list.current_name == "file.export"
    dialog.search.setText("ctrl+e")
    assert dialog.list.current_name == "file.export"


def test_held_and_review_keys_follow(qtbot: QtBot, plot_window: MainWindow, dialog: KeysDialog) -> None:
    give(qtbot, dialog, "view.hide_crowns", Qt.Key.Key_J)
    give(qtbot, dialog, "review.skip", Qt.Key.Key_Z)
    give(qtbot, dialog, "tool.merge", Qt.Key.Key_I)
    dialog.close()
    view = plot_window.map
    qtbot.keyPress(view, Qt.Key.Key_J)
    assert not view.shows_crowns
    qtbot.keyRelease(view, Qt.Key.Key_J)
    assert view.shows_crowns
    plot_window.review.start()
    assert "Z: skip" in plot_window.area.hints.findChildren(QLabel)[0].toolTip()
    plot_window.review.leave()
    view.set_tool("merge")
    assert any("I: merge" in line for line in view.belt.tool.lines())


def test_export_and_import(qtbot: QtBot, dialog: KeysDialog, tmp_path: Path) -> None:
    give(qtbot, dialog, "tool.draw", Qt.Key.Key_J)
    dialog.write_file(tmp_path / "keys.toml")
    qtbot.mouseClick(dialog.reset_all, Qt.MouseButton.LeftButton)
    assert dialog.keymap.chosen == {}
    dialog.read_file(tmp_path / "keys.toml")
    assert dialog.keymap.keys("tool.draw") == ("J",)
    (tmp_path / "other.toml").write_text("nothing", encoding="utf-8")
    dialog.read_file(tmp_path / "other.toml")
    assert dialog.keymap.keys("tool.draw") == ("J",)
    assert dialog.message.text()


def test_the_overlay_lies_above_what_says_that_there_are_no_crowns(plot_window: MainWindow) -> None:
    overlay, empty = plot_window.app.shortcuts.overlay, plot_window.empty
    empty.show()
    plot_window.actions_by_name["help.tool"].trigger()
    both = overlay.geometry().intersected(empty.geometry())
    assert not both.isEmpty()
    seen = plot_window.area.childAt(both.center())
    assert seen is overlay or overlay.isAncestorOf(seen)
    overlay.dismiss()


def test_the_overlay_shows_the_tool_and_goes_with_any_key(qtbot: QtBot, plot_window: MainWindow) -> None:
    overlay = plot_window.app.shortcuts.overlay
    show: Callable[[], None] = plot_window.actions_by_name["help.tool"].trigger
    plot_window.map.set_tool("vertex")
    show()
    assert overlay.isVisible()
    texts = {label.text() for label in overlay.findChildren(QLabel)}
    assert {"Ctrl+click", "Remove a corner", "Hillshade while held", "Draw a crown"} <= texts
    qtbot.keyClick(overlay, Qt.Key.Key_P)
    assert not overlay.isVisible()
    assert plot_window.map.current_tool == "vertex"  # the key closed it and did nothing else
    show()
    qtbot.mouseClick(overlay, Qt.MouseButton.LeftButton)
    assert not overlay.isVisible()


def test_no_two_commands_share_a_key(plot_window: MainWindow) -> None:
    assert plot_window.actions_by_name.keymap.conflicts() == ()


def test_every_tool_lists_its_gestures(plot_window: MainWindow) -> None:
    for name in plot_window.crowns.tool_names:
        plot_window.map.set_tool(name.removeprefix("tool."))
        assert gestures.of_hints(plot_window.map.belt.tool.lines()), name
