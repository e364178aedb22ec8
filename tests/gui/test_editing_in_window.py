"""Editing in the whole window: copy and paste, nudging, the strips over the map, help from heights."""

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from birchtree_gui.main_window import MainWindow
from inference.crowns import edits, geometry
from inference.crowns.crown import Crown

CTRL, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
WAIT_MS = 20_000


def ids_of(window: MainWindow) -> list[int]:
    table = window.services.document.table
    assert table is not None
    return [int(tree_id) for tree_id in table.ids[table.visible]]


def crown_of(window: MainWindow, tree_id: int) -> Crown:
    table = window.services.document.table
    assert table is not None
    return table.get(tree_id)


def press(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    window.activateWindow()
    window.map.setFocus()
    QTest.keyClick(window.map, key, held)


def test_crowns_are_nudged_copied_and_pasted_by_keys(plot_window: MainWindow, qtbot: QtBot) -> None:
    document = plot_window.services.document
    first = ids_of(plot_window)[0]
    before = crown_of(plot_window, first)
    document.set_selection([first])
    press(plot_window, Qt.Key.Key_Right, CTRL)
    press(plot_window, Qt.Key.Key_Up, CTRL | SHIFT)
    assert document.undo_name == f"Move crown {first}"
    moved = crown_of(plot_window, first)
    assert moved.outline.equals_exact(geometry.translate(before.outline, 0.1, 1.0), 1e-6)
    assert moved.edited_by == document.by
    press(plot_window, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().startswith("wkt_geom\t")
    press(plot_window, Qt.Key.Key_V, CTRL)
    assert document.undo_name == "Paste crown"
    (pasted,) = document.selection
    assert pasted != first
    assert crown_of(plot_window, pasted).review == "added"
    assert crown_of(plot_window, pasted).outline.area == pytest.approx(before.outline.area)
    QGuiApplication.clipboard().setText("no crown at all")
    with qtbot.waitSignal(document.message) as told:
        press(plot_window, Qt.Key.Key_V, CTRL)
    assert "clipboard" in told.args[1]
    assert document.undo_name == "Paste crown"


def test_a_condition_selects_crowns(plot_window: MainWindow) -> None:
    document = plot_window.services.document
    plot_window.actions_by_name["edit.select_where"].trigger()
    strip = plot_window.editing.lines
    assert strip.isVisible()
    QTest.keyClicks(strip.line, "area > 0")
    assert str(len(ids_of(plot_window))) in strip.found.text()
    QTest.keyClicks(strip.line, " and (")
    assert "not understood" in strip.found.text()
    strip.line.setText("area > 0")
    QTest.keyClick(strip.line, Qt.Key.Key_Return)
    assert len(document.selection) == len(ids_of(plot_window))
    assert not strip.isVisible()


def test_the_slider_of_an_adjusting_tool_is_seen_while_it_asks(plot_window: MainWindow) -> None:
    document, strip = plot_window.services.document, plot_window.editing.amounts
    first = ids_of(plot_window)[0]
    document.set_selection([first])
    plot_window.actions_by_name["tool.smooth"].trigger()
    assert strip.isVisible()
    assert plot_window.map.rect().contains(strip.geometry())
    strip.slider.setValue(strip.slider.maximum())
    assert plot_window.map.belt.tool.amount_m == pytest.approx(3.0)
    strip.dropped.emit()
    assert (strip.isVisible(), plot_window.map.current_tool) == (False, "select")
    plot_window.actions_by_name["tool.grow"].trigger()
    strip.slider.setValue(strip.slider.maximum())
    QTest.keyClick(strip.slider, Qt.Key.Key_Return)
    assert document.undo_name == f"Grow crown {first} by 2.00 m"
    assert not strip.isVisible()
    plot_window.actions_by_name["crowns.keep_apart"].trigger()
    assert not plot_window.map.edit_options.keeps_apart
    assert not plot_window.services.settings.value.crowns_apart


def test_heights_cut_a_crown_of_two_peaks_and_mark_it(plot_window: MainWindow, qtbot: QtBot) -> None:
    document, editing = plot_window.services.document, plot_window.editing
    assert document.table is not None
    one, two = _neighbours(document.table.crowns())
    both = shapely.union_all([one.outline, two.outline]).buffer(0.6).buffer(-0.6)
    whole = geometry.to_valid_polygon(both)
    assert whole is not None
    assert document.do(edits.change("Merge", [one], lambda crown: crown.with_outline(whole)))
    assert document.do(edits.delete([two], by="ada", at="2026-06-01T10:00:00+00:00"))
    document.set_selection([one.tree_id])
    qtbot.waitUntil(lambda: one.tree_id in editing.relief.twins(), timeout=WAIT_MS)
    assert plot_window.inspector.twins.isVisibleTo(plot_window.inspector)
    table = plot_window.table
    table.filters.line.setText("two_peaks")  # the filter tells the same of it as the inspector
    qtbot.waitUntil(lambda: table.model.condition == "two_peaks" and not table.filters._marks.is_busy, timeout=WAIT_MS)
    assert one.tree_id in table.model.shown.tolist()
    table.filters.line.clear()
    plot_window.map.setFocus()
    plot_window.map.zoom_to_ids([one.tree_id])
    plot_window.map.grab()
    press(plot_window, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: str(document.undo_name).startswith("Cut crown"), timeout=WAIT_MS)
    assert len(document.selection) >= 2
    assert one.tree_id not in editing.relief.twins()
    press(plot_window, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: str(document.undo_name).startswith("Snap"), timeout=WAIT_MS)
    assert all(crown.outline.is_valid for crown in document.table.crowns())


def _neighbours(crowns: list[Crown]) -> tuple[Crown, Crown]:
    """The two largest crowns that nearly touch."""
    pairs = [
        (one, two)
        for place, one in enumerate(crowns)
        for two in crowns[place + 1 :]
        if one.outline.distance(two.outline) < 0.5
    ]
    return max(pairs, key=lambda pair: min(crown.outline.area for crown in pair))
