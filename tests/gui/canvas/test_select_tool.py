"""Selecting crowns by click and box, with the modifiers that foresters know from QGIS."""

import pytest
from map_hand import MapHand
from PySide6.QtCore import Qt

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def test_a_click_selects_and_a_click_beside_lets_go(plot_map: MapHand) -> None:
    plot_map.click(200, 200)
    assert plot_map.document.selection == {1}
    plot_map.click(500, 200)
    assert plot_map.document.selection == {2}
    plot_map.click(1000, 800)
    assert plot_map.document.selection == frozenset()


def test_shift_adds_and_ctrl_toggles(plot_map: MapHand) -> None:
    plot_map.click(200, 200)
    plot_map.click(500, 200, held=SHIFT)
    plot_map.click(500, 200, held=SHIFT)
    assert plot_map.document.selection == {1, 2}
    plot_map.click(200, 200, held=CTRL)
    plot_map.click(800, 200, held=CTRL)
    assert plot_map.document.selection == {2, 3}
    plot_map.click(1000, 800, held=SHIFT)
    assert plot_map.document.selection == {2, 3}


def test_the_smallest_of_overlapping_crowns_is_meant(plot_map: MapHand) -> None:
    plot_map.click(400, 600)
    assert plot_map.document.selection == {5}
    plot_map.click(300, 600)
    assert plot_map.document.selection == {4}


def test_the_hole_of_a_crown_is_not_the_crown(plot_map: MapHand) -> None:
    plot_map.click(350, 600)
    assert plot_map.document.selection == frozenset()


def test_a_box_selects_what_it_meets(plot_map: MapHand) -> None:
    plot_map.drag((50, 50), (450, 300))
    assert plot_map.document.selection == {1, 2}
    plot_map.drag((950, 300), (870, 100), held=SHIFT)
    assert plot_map.document.selection == {1, 2, 3}
    plot_map.drag((50, 50), (600, 300), held=CTRL)
    assert plot_map.document.selection == {3}


def test_a_box_on_empty_ground_lets_go(plot_map: MapHand) -> None:
    plot_map.click(200, 200)
    plot_map.drag((900, 500), (1100, 800))
    assert plot_map.document.selection == frozenset()


def test_a_box_inside_a_hole_meets_nothing(plot_map: MapHand) -> None:
    plot_map.drag((345, 545), (355, 655))
    assert plot_map.document.selection == frozenset()


def test_a_box_on_a_rotated_map_is_upright_on_the_screen(rotated_map: MapHand) -> None:
    rotated_map.drag((50, 50), (450, 300))
    assert rotated_map.document.selection == {1, 2}
    # Around crown 5 only in pixels; its upright box in the plot's coordinates would meet crown 4 as well.
    rotated_map.drag((345, 545), (395, 595))
    assert rotated_map.document.selection == {5}


def test_a_box_stays_on_the_ground_while_the_map_is_zoomed(plot_map: MapHand) -> None:
    plot_map.press((50, 50), (100, 100))
    plot_map.map.zoom_by(1.5)
    plot_map.drag_on((450, 300))
    plot_map.release((450, 300))
    assert plot_map.document.selection == {1, 2}


def test_escape_drops_a_box_and_keeps_the_selection(plot_map: MapHand) -> None:
    plot_map.click(200, 200)
    plot_map.press((450, 50), (600, 300))
    plot_map.key(Qt.Key.Key_Escape)
    plot_map.release((600, 300))
    assert plot_map.document.selection == {1}


def test_the_crown_under_the_mouse_is_lit(plot_map: MapHand) -> None:
    before = plot_map.colour_at(530, 230)
    plot_map.hover(500, 200)
    lit = plot_map.colour_at(530, 230)
    assert min(after - plain for after, plain in zip(lit, before, strict=True)) > 5
    plot_map.hover(650, 400)
    assert plot_map.colour_at(530, 230) == before


def test_hidden_crowns_cannot_be_picked(plot_map: MapHand) -> None:
    plot_map.map.set_crowns_visible(False)
    plot_map.click(200, 200)
    assert plot_map.document.selection == frozenset()


def test_a_right_click_selects_the_crown_and_asks_for_a_menu(plot_map: MapHand) -> None:
    with plot_map.qtbot.waitSignal(plot_map.map.crownMenuRequested) as asked:
        plot_map.click(200, 200, button=Qt.MouseButton.RightButton)
    assert asked.args == [plot_map.map.mapToGlobal(plot_map.at(200, 200)), 1]
    assert plot_map.document.selection == {1}


def test_a_right_click_inside_a_selection_keeps_it(plot_map: MapHand) -> None:
    plot_map.document.set_selection([1, 2])
    plot_map.click(200, 200, button=Qt.MouseButton.RightButton)
    assert plot_map.document.selection == {1, 2}


def test_del_deletes_the_selected_crowns_in_one_edit(plot_map: MapHand) -> None:
    plot_map.document.set_selection([1, 2])
    plot_map.key(Qt.Key.Key_Delete)
    assert [plot_map.document.table.get(i).review for i in (1, 2, 3)] == ["deleted", "deleted", "edited"]
    assert plot_map.document.table.get(1).edited_by == plot_map.document.by
    assert plot_map.document.undo_name == "Delete 2 crowns"
    assert plot_map.document.selection == frozenset()
    plot_map.document.undo()
    assert plot_map.document.table.get(1).review == "auto"


def test_del_without_a_selection_does_nothing(plot_map: MapHand) -> None:
    plot_map.key(Qt.Key.Key_Delete)
    assert plot_map.document.undo_name == "Import"


def test_nothing_happens_on_an_empty_map(plot_map: MapHand) -> None:
    plot_map.document.close()
    plot_map.click(200, 200)
    plot_map.drag((50, 50), (450, 300))
    plot_map.key(Qt.Key.Key_Delete)
    assert plot_map.document.selection == frozenset()


@pytest.mark.parametrize("ids", [[1], [1, 2, 3, 4, 5]])
def test_undo_of_added_crowns_while_they_are_selected(plot_map: MapHand, ids: list[int]) -> None:
    plot_map.document.set_selection(ids)
    plot_map.document.undo()
    assert len(plot_map.document.table) == 0
    assert plot_map.document.selection == frozenset()


def test_a_button_released_elsewhere_ends_the_box(plot_map: MapHand) -> None:
    plot_map.press((50, 50), (450, 300))
    plot_map.hover(500, 350)
    plot_map.hover(560, 380)
    plot_map.release((560, 380))
    assert plot_map.document.selection == frozenset()
