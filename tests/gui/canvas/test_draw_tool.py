"""Drawing a crown point by point."""

import numpy as np
import pytest
from map_hand import MapHand
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

CORNERS = [(700, 400), (800, 400), (800, 520)]


@pytest.fixture
def pen(plot_map: MapHand) -> MapHand:
    """The map with the drawing tool and three corners set."""
    plot_map.map.set_tool("draw")
    for corner in CORNERS:
        plot_map.click(*corner)
    return plot_map


def drawn_area_px(hand: MapHand) -> float:
    """Area of the one new crown, in level-0 pixels."""
    (crown,) = [crown for crown in hand.document.table.crowns() if crown.tree_id > 5]
    return float(crown.outline.area / 0.01)


def finish_by_enter(hand: MapHand) -> None:
    hand.key(Qt.Key.Key_Enter)


def finish_by_right_click(hand: MapHand) -> None:
    hand.click(740, 470, button=Qt.MouseButton.RightButton)


def finish_at_first_point(hand: MapHand) -> None:
    hand.click(702, 401)


@pytest.mark.parametrize("finish", [finish_by_enter, finish_by_right_click, finish_at_first_point])
def test_three_corners_make_a_crown(pen: MapHand, finish: object) -> None:
    finish(pen)
    assert drawn_area_px(pen) == pytest.approx(6000, rel=0.05)
    (crown,) = pen.document.selected_crowns()
    assert (crown.tree_id, crown.review, crown.score, crown.measures) == (6, "added", None, None)
    assert crown.edited_by == pen.document.by
    assert crown.edited_at.endswith("+00:00")
    assert crown.outline.exterior.is_ccw
    assert pen.document.undo_name == "Draw crown"
    assert pen.map.current_tool == "draw"


def test_a_double_click_finishes_with_its_own_corner(plot_map: MapHand) -> None:
    plot_map.map.set_tool("draw")
    for corner in CORNERS:
        plot_map.click(*corner)
    plot_map.double_click(700, 520)
    assert drawn_area_px(plot_map) == pytest.approx(12_000, rel=0.05)


def test_a_right_click_while_drawing_opens_no_menu(pen: MapHand) -> None:
    asked: list[object] = []
    pen.map.crownMenuRequested.connect(lambda *args: asked.append(args))
    finish_by_right_click(pen)
    assert asked == []


def test_backspace_and_undo_take_corners_back(pen: MapHand) -> None:
    pen.click(700, 520)
    pen.key(Qt.Key.Key_Backspace)
    pen.click(1100, 850)
    pen.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pen.document.undo_name == "Import"
    pen.key(Qt.Key.Key_Return)
    assert drawn_area_px(pen) == pytest.approx(6000, rel=0.05)


def test_the_window_can_take_a_corner_back(pen: MapHand) -> None:
    assert [pen.map.undo_point() for _ in range(4)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_keys_are_claimed_only_while_drawing(pen: MapHand, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    def is_claimed() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, held)
        event.ignore()
        QApplication.sendEvent(pen.map, event)
        return event.isAccepted()

    assert is_claimed()
    pen.key(Qt.Key.Key_Escape)
    assert not is_claimed()


def test_escape_drops_the_outline_first_and_then_the_tool(pen: MapHand) -> None:
    pen.key(Qt.Key.Key_Escape)
    assert pen.map.current_tool == "draw"
    assert len(pen.document.table) == 5
    pen.key(Qt.Key.Key_Escape)
    assert pen.map.current_tool == "select"


def test_another_tool_drops_the_outline(pen: MapHand) -> None:
    pen.map.set_tool("select")
    pen.map.set_tool("draw")
    pen.key(Qt.Key.Key_Return)
    assert len(pen.document.table) == 5


def test_two_corners_are_not_a_crown(plot_map: MapHand) -> None:
    plot_map.map.set_tool("draw")
    plot_map.click(700, 400)
    plot_map.click(800, 400)
    with plot_map.qtbot.waitSignal(plot_map.document.message) as told:
        plot_map.key(Qt.Key.Key_Return)
    assert told.args[0] == "refusal"
    assert "three" in told.args[1]
    assert plot_map.map.undo_point()


def test_an_outline_that_crosses_itself_is_refused_and_can_be_mended(pen: MapHand) -> None:
    pen.click(650, 300)
    pen.click(850, 450)
    with pen.qtbot.waitSignal(pen.document.message) as told:
        pen.key(Qt.Key.Key_Return)
    assert "cross" in told.args[1]
    assert len(pen.document.table) == 5
    pen.key(Qt.Key.Key_Backspace)
    pen.key(Qt.Key.Key_Backspace)
    pen.key(Qt.Key.Key_Return)
    assert len(pen.document.table) == 6


def test_drawing_on_a_rotated_map(rotated_map: MapHand) -> None:
    rotated_map.map.set_tool("draw")
    for corner in CORNERS:
        rotated_map.click(*corner)
    rotated_map.key(Qt.Key.Key_Return)
    assert drawn_area_px(rotated_map) == pytest.approx(6000, rel=0.05)
    (crown,) = rotated_map.document.selected_crowns()
    corners_px = rotated_map.map.georeference.to_px(np.array(crown.outline.exterior.coords))
    for corner in CORNERS:
        assert np.hypot(*(corners_px - corner).T).min() < 2


def test_ids_are_never_used_again(pen: MapHand) -> None:
    pen.key(Qt.Key.Key_Return)
    pen.document.undo()
    for corner in CORNERS:
        pen.click(*corner)
    pen.key(Qt.Key.Key_Return)
    assert pen.document.selection == {7}


def test_hints_follow_the_outline(plot_map: MapHand) -> None:
    hints: list[str] = []
    plot_map.map.hintChanged.connect(hints.append)
    plot_map.map.set_tool("draw")
    for corner in CORNERS:
        plot_map.click(*corner)
    assert len(hints) == 3
    assert "Enter" in hints[-1]


def test_the_open_edge_follows_the_mouse(pen: MapHand) -> None:
    pen.hover(600, 600)
    with_edge = pen.colour_at(700, 560)
    pen.hover(900, 600)
    assert pen.colour_at(700, 560) != with_edge


def test_nothing_is_drawn_without_a_plot(plot_map: MapHand) -> None:
    plot_map.document.close()
    plot_map.map.set_tool("draw")
    plot_map.click(200, 200)
    assert not plot_map.map.undo_point()
