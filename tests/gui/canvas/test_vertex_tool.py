"""Correcting an outline corner by corner."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from map_hand import MapHand
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from inference.crowns.crown import Measures

ALT, SHIFT, CTRL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def editor(plot_map: MapHand) -> MapHand:
    """The map with crown 1 (a square around 200, 200) in hand."""
    plot_map.map.set_tool("vertex")
    plot_map.document.set_selection([1])
    plot_map.map.zoom_to_ids([1])
    return plot_map


def corners_px(hand: MapHand, tree_id: int = 1) -> np.ndarray:
    """Corners of a crown in level-0 pixels, without the closing one."""
    outline = hand.document.table.get(tree_id).outline
    return hand.map.georeference.to_px(shapely.get_coordinates(outline.exterior)[:-1])


def has_corner(hand: MapHand, x: float, y: float, tree_id: int = 1) -> bool:
    return bool((np.hypot(*(corners_px(hand, tree_id) - (x, y)).T) < 1.0).any())


def test_dragging_a_corner_is_one_edit(editor: MapHand) -> None:
    untouched = set(map(tuple, shapely.get_coordinates(editor.document.table.get(1).outline)))
    editor.drag((120, 120), (100, 90))
    crown = editor.document.table.get(1)
    assert has_corner(editor, 100, 90)
    assert len(untouched & set(map(tuple, shapely.get_coordinates(crown.outline)))) == 3  # to the last bit
    assert (crown.review, crown.edited_by, crown.measures) == ("edited", editor.document.by, None)
    assert editor.document.undo_name == "Move a corner"
    editor.document.undo()
    assert has_corner(editor, 120, 120)
    assert editor.document.table.get(1).review == "auto"


def test_nothing_is_written_before_the_button_is_released(editor: MapHand) -> None:
    editor.press((120, 120), (100, 100), (90, 90))
    assert has_corner(editor, 120, 120)
    editor.release((90, 90))
    assert has_corner(editor, 90, 90)


def test_dragging_a_middle_adds_a_corner(editor: MapHand) -> None:
    editor.drag((200, 120), (200, 100))
    assert len(corners_px(editor)) == 5
    assert has_corner(editor, 200, 100)
    assert editor.document.undo_name == "Add a corner"


@pytest.mark.parametrize("held", [CTRL, ALT])
def test_ctrl_or_alt_click_removes_a_corner(editor: MapHand, held: Qt.KeyboardModifier) -> None:
    editor.click(120, 120, held=held)
    assert len(corners_px(editor)) == 3
    assert not has_corner(editor, 120, 120)
    assert editor.document.undo_name == "Remove a corner"


def test_the_last_three_corners_cannot_be_removed(editor: MapHand) -> None:
    editor.click(120, 120, held=ALT)
    with editor.qtbot.waitSignal(editor.document.message) as told:
        editor.click(280, 280, held=ALT)
    assert told.args[0] == "refusal"
    assert len(corners_px(editor)) == 3


def test_an_outline_that_would_cross_itself_is_refused_and_the_crown_stays(editor: MapHand) -> None:
    before = editor.document.table.get(1)
    with editor.qtbot.waitSignal(editor.document.message) as told:
        editor.drag((120, 120), (300, 200))
    assert told.args[0] == "refusal"
    assert editor.document.table.get(1) is before
    assert editor.document.undo_name == "Import"
    editor.drag((120, 120), (110, 110))
    assert has_corner(editor, 110, 110)


def test_several_corners_move_together(editor: MapHand) -> None:
    editor.drag((100, 100), (300, 140), held=SHIFT)
    editor.drag((120, 120), (120, 100))
    assert has_corner(editor, 120, 100)
    assert has_corner(editor, 280, 100)
    assert has_corner(editor, 280, 280)
    assert editor.document.undo_name == "Move 2 corners"
    # They stay picked, so the next drag takes both again.
    editor.drag((280, 100), (280, 90))
    assert has_corner(editor, 120, 90)


def test_shift_click_picks_and_unpicks(editor: MapHand) -> None:
    editor.click(120, 120, held=SHIFT)
    editor.click(280, 280, held=SHIFT)
    editor.click(120, 120, held=SHIFT)
    editor.drag((280, 280), (290, 290))
    assert has_corner(editor, 290, 290)
    assert has_corner(editor, 120, 120)


def test_del_removes_the_picked_corners_and_not_the_crown(editor: MapHand) -> None:
    editor.drag((200, 120), (200, 100))
    editor.drag((190, 90), (300, 140), held=SHIFT)
    editor.key(Qt.Key.Key_Delete)
    assert len(corners_px(editor)) == 3
    assert editor.document.undo_name == "Remove 2 corners"
    assert editor.document.table.get(1).review == "edited"


def test_del_without_picked_corners_deletes_the_crown(editor: MapHand) -> None:
    editor.key(Qt.Key.Key_Delete)
    assert editor.document.table.get(1).review == "deleted"


def test_escape_drops_the_drag_then_the_corners_then_the_crown_then_the_tool(editor: MapHand) -> None:
    editor.press((120, 120), (90, 90))
    editor.key(Qt.Key.Key_Escape)
    editor.release((90, 90))
    assert has_corner(editor, 120, 120)
    editor.key(Qt.Key.Key_Escape)
    assert editor.document.selection == {1}
    editor.key(Qt.Key.Key_Escape)
    assert editor.document.selection == frozenset()
    assert editor.map.current_tool == "vertex"
    editor.key(Qt.Key.Key_Escape)
    assert editor.map.current_tool == "select"


def test_a_click_takes_another_crown_in_hand(plot_map: MapHand) -> None:
    plot_map.map.set_tool("vertex")
    plot_map.click(500, 200)
    assert plot_map.document.selection == {2}
    plot_map.drag((420, 120), (400, 100))
    assert has_corner(plot_map, 400, 100, tree_id=2)
    plot_map.click(800, 200)
    assert plot_map.document.selection == {3}


def test_only_the_crown_in_hand_has_handles(editor: MapHand) -> None:
    editor.map.zoom_to_plot()
    editor.drag((420, 120), (400, 100))
    assert has_corner(editor, 420, 120, tree_id=2)


def test_corners_of_holes_can_be_moved(plot_map: MapHand) -> None:
    plot_map.map.set_tool("vertex")
    plot_map.document.set_selection([4])
    plot_map.map.zoom_to_ids([4])
    plot_map.drag((340, 540), (330, 530))
    hole = plot_map.document.table.get(4).outline.interiors[0]
    places = plot_map.map.georeference.to_px(shapely.get_coordinates(hole))
    assert np.hypot(*(places - (330, 530)).T).min() < 1
    assert plot_map.document.table.get(4).review == "added"


def test_the_ghost_and_the_new_outline_are_shown_while_dragging(editor: MapHand) -> None:
    plain = editor.colour_at(120, 160)
    editor.press((120, 120), (90, 90))
    assert editor.map.belt.tool.hint()
    ghost = editor.colour_at(120, 160)
    assert ghost != plain or editor.colour_at(120, 163) != plain
    editor.release((90, 90))


def test_a_drag_goes_on_while_other_crowns_are_measured(editor: MapHand) -> None:
    editor.press((120, 120), (100, 100))
    editor.document.set_measures({2: Measures(height_m=9.0), 1: Measures(height_m=5.0)})
    editor.drag_on((90, 90))
    editor.release((90, 90))
    assert has_corner(editor, 90, 90)


def test_a_drag_ends_when_the_crown_changes_under_it(editor: MapHand) -> None:
    from inference.crowns import edits

    editor.press((120, 120), (100, 100))
    crown = editor.document.table.get(1)
    bigger = shapely.buffer(crown.outline, 1.0, join_style="mitre")
    editor.document.do(edits.change("Grow", [crown], lambda c: replace(c.with_outline(bigger), note="grown")))
    editor.release((90, 90))
    assert editor.document.table.get(1).outline.area == pytest.approx(bigger.area)


def test_undo_keeps_the_crown_in_hand(editor: MapHand) -> None:
    editor.drag((120, 120), (100, 90))
    editor.document.undo()
    editor.drag((120, 120), (110, 100))
    assert has_corner(editor, 110, 100)


def test_rotated_maps_edit_the_right_corner(rotated_map: MapHand) -> None:
    rotated_map.map.set_tool("vertex")
    rotated_map.document.set_selection([2])
    rotated_map.map.zoom_to_ids([2])
    rotated_map.drag((420, 120), (400, 100))
    assert has_corner(rotated_map, 400, 100, tree_id=2)


def test_the_mouse_shows_what_can_be_dragged(editor: MapHand) -> None:
    editor.hover(120, 120)
    assert editor.map.cursor().shape() is Qt.CursorShape.PointingHandCursor
    editor.hover(160, 200)
    assert editor.map.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_a_click_on_a_corner_changes_nothing(editor: MapHand) -> None:
    editor.click(120, 120)
    assert editor.document.undo_name == "Import"


def test_nothing_of_the_crown_in_hand_is_shown_or_taken_while_crowns_are_left_off(editor: MapHand) -> None:
    def picture() -> QImage:
        editor.settle()
        return editor.map.grab().toImage()

    editor.map.furniture.set_legend_shown(False)  # it stays while C is held, and goes with the layer
    editor.hover(120, 120)
    assert editor.map.cursor().shape() is Qt.CursorShape.PointingHandCursor
    with_handles = picture()
    QTest.keyPress(editor.map, Qt.Key.Key_C)
    assert editor.map.cursor().shape() is Qt.CursorShape.ArrowCursor
    hidden = picture()
    editor.drag((120, 120), (100, 100))
    editor.drag((100, 100), (300, 140), held=SHIFT)
    editor.hover(120, 120)
    QTest.keyRelease(editor.map, Qt.Key.Key_C)
    assert has_corner(editor, 120, 120)
    assert picture() == with_handles
    editor.map.set_crowns_visible(False)
    assert picture() == hidden
    editor.document.set_selection(())
    assert picture() == hidden
