"""The editing tools with real mouse and key events: one named edit each, sound outlines, everything undone."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
import shapely
from map_hand import GSD_M, MapHand
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PX_M2 = GSD_M**2
Tool = Callable[[str], MapHand]


@pytest.fixture
def hand_with(plot_map: MapHand) -> Tool:
    """The map with a tool in hand and the crowns 1 to 3 in view."""

    def take(tool: str) -> MapHand:
        plot_map.map.zoom_to_ids([1, 2, 3])
        plot_map.map.set_tool(tool)
        return plot_map

    return take


def stroke(
    hand: MapHand, *stops: tuple[float, float], held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """A drag along straight pieces, as a hand draws it: through many places."""
    way = [stops[0]]
    for start, end in itertools.pairwise(stops):
        way.extend(
            (start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t) for t in np.linspace(0.05, 1, 20)
        )
    hand.press(*way, held=held)
    hand.release(stops[-1], held=held)


def area_px(hand: MapHand, tree_id: int) -> float:
    return float(hand.document.table.get(tree_id).outline.area / PX_M2)


def all_sound(hand: MapHand) -> bool:
    return all(
        crown.outline.is_valid and crown.outline.geom_type == "Polygon" for crown in hand.document.table.crowns()
    )


def ids(hand: MapHand) -> list[int]:
    table = hand.document.table
    return table.ids[table.visible].tolist()


def undone(hand: MapHand, before: list) -> bool:
    hand.document.undo()
    return hand.document.table.crowns([1, 2, 3, 4, 5]) == before and hand.document.undo_name == "Import"


def corners(hand: MapHand, tree_id: int) -> set[tuple[float, float]]:
    return set(map(tuple, shapely.get_coordinates(hand.document.table.get(tree_id).outline)))


def test_freehand_draws_a_crown_in_one_drag(hand_with: Tool) -> None:
    hand = hand_with("freehand")
    before = hand.document.table.crowns()
    angles = np.linspace(0, 2 * np.pi, 60)
    stroke(hand, *[(950 + 50 * np.cos(a), 200 + 50 * np.sin(a)) for a in angles])
    assert hand.document.undo_name == "Draw crown"
    (new,) = hand.document.selection
    assert area_px(hand, new) == pytest.approx(np.pi * 2500, rel=0.05)
    assert hand.document.table.get(new).review == "added"
    assert len(hand.document.table.get(new).outline.exterior.coords) < 80
    assert undone(hand, before)


def test_a_freehand_crown_ends_where_its_neighbour_begins(hand_with: Tool) -> None:
    hand = hand_with("freehand")
    stroke(hand, (870, 150), (950, 150), (950, 250), (870, 250), (870, 150))
    (new,) = hand.document.selection
    outlines = [hand.document.table.get(tree_id).outline for tree_id in (new, 3)]
    assert outlines[0].intersection(outlines[1]).area < 1e-6
    hand.document.undo()
    hand.map.edit_options.keeps_apart = False
    stroke(hand, (870, 150), (950, 150), (950, 250), (870, 250), (870, 150))
    (new,) = hand.document.selection
    assert area_px(hand, new) == pytest.approx(80 * 100, rel=0.05)


def test_escape_drops_a_stroke_and_then_the_selection(hand_with: Tool) -> None:
    hand = hand_with("freehand")
    hand.document.set_selection([1])
    hand.press((900, 100), (950, 150), (900, 200))
    hand.map.grab()
    hand.key(Qt.Key.Key_Escape)
    hand.release((900, 200))
    assert hand.document.undo_name == "Import"
    assert hand.document.selection == {1}
    hand.key(Qt.Key.Key_Escape)
    assert hand.document.selection == frozenset()


def test_a_stroke_reshapes_the_border_and_leaves_the_other_corners(hand_with: Tool) -> None:
    hand = hand_with("reshape")
    before, old = hand.document.table.crowns(), corners(hand, 1)
    hand.document.set_selection([1])
    stroke(hand, (270, 170), (310, 170), (310, 230), (270, 230))
    assert hand.document.undo_name == "Reshape crown 1"
    assert area_px(hand, 1) == pytest.approx(160 * 160 + 30 * 60, rel=0.02)
    assert old <= corners(hand, 1)
    assert hand.document.table.get(1).review == "edited"
    assert undone(hand, before)


def test_reshaping_by_clicks_ends_with_a_right_click(hand_with: Tool) -> None:
    hand = hand_with("reshape")
    for place in ((300, 160), (250, 160), (250, 240)):
        hand.click(*place)
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.click(250, 250)
    hand.map.grab()
    hand.click(300, 250)
    hand.click(300, 250, button=Qt.MouseButton.RightButton)
    assert hand.document.undo_name == "Reshape crown 1"
    assert area_px(hand, 1) == pytest.approx(160 * 160 - 30 * 90, rel=0.02)


def test_a_stroke_that_crosses_nothing_is_refused_in_words(hand_with: Tool) -> None:
    hand = hand_with("reshape")
    with hand.qtbot.waitSignal(hand.document.message) as told:
        stroke(hand, (340, 300), (360, 320), (380, 300))
    assert told.args[0] == "refusal"
    assert hand.document.undo_name == "Import"


def test_a_line_cuts_every_crown_that_it_goes_through(hand_with: Tool) -> None:
    hand = hand_with("cut")
    before = hand.document.table.crowns()
    stroke(hand, (100, 180), (600, 180))
    assert hand.document.undo_name == "Cut 2 crowns into 4"
    assert area_px(hand, 1) == pytest.approx(160 * 100, rel=0.02)
    assert {1, 2} < hand.document.selection
    assert len(ids(hand)) == 7
    assert all_sound(hand)
    assert undone(hand, before)
    hand.document.set_selection([2])
    stroke(hand, (100, 180), (600, 180))
    assert hand.document.undo_name == "Cut crown 2 into 2"


def test_merging_takes_what_is_selected_or_what_a_stroke_goes_over(hand_with: Tool) -> None:
    hand = hand_with("cut")
    stroke(hand, (100, 200), (300, 200))
    parts = sorted(hand.document.selection)
    hand.map.set_tool("merge")
    assert hand.document.undo_name == "Merge 2 crowns into crown 1"
    assert area_px(hand, 1) == pytest.approx(160 * 160)
    assert hand.document.table.get(parts[1]).review == "deleted"
    hand.document.undo()
    hand.document.set_selection([])
    stroke(hand, (200, 150), (200, 250))
    assert hand.document.undo_name == "Merge 2 crowns into crown 1"
    hand.document.undo()
    hand.document.set_selection([])
    hand.click(200, 150)
    hand.click(200, 250)
    hand.key(Qt.Key.Key_Return)
    assert hand.document.undo_name == "Merge 2 crowns into crown 1"


def test_crowns_apart_are_not_merged(hand_with: Tool) -> None:
    hand = hand_with("merge")
    with hand.qtbot.waitSignal(hand.document.message) as told:
        stroke(hand, (200, 200), (500, 200))
    assert "do not touch" in told.args[1]


def test_a_right_click_that_ends_a_line_opens_no_menu(hand_with: Tool) -> None:
    asked: list[object] = []
    for tool in ("cut", "measure"):
        hand = hand_with(tool)
        hand.map.crownMenuRequested.connect(lambda *args: asked.append(args))
        hand.click(100, 180)
        hand.click(600, 180)
        hand.click(600, 300, button=Qt.MouseButton.RightButton)
        assert asked == []
    hand.map.set_tool("select")
    hand.click(600, 300, button=Qt.MouseButton.RightButton)
    assert asked != []
    assert hand.document.undo_name == "Cut 2 crowns into 4"


def test_a_crown_is_cut_out_of_another(hand_with: Tool) -> None:
    hand = hand_with("draw")
    hand.map.edit_options.keeps_apart = False
    for place in ((250, 150), (350, 150), (350, 250), (250, 250), (250, 150)):
        hand.click(*place)
    (new,) = hand.document.selection
    hand.map.set_tool("subtract")
    hand.document.set_selection([1])
    hand.hover(330, 200)
    hand.map.grab()
    hand.click(330, 200)
    assert hand.document.undo_name == f"Subtract crown {new} from crown 1"
    assert area_px(hand, 1) == pytest.approx(160 * 160 - 30 * 100, rel=0.02)
    assert hand.document.selection == {1}


def test_a_hole_is_cut_and_filled(hand_with: Tool) -> None:
    hand = hand_with("hole")
    before = hand.document.table.crowns()
    stroke(hand, (180, 180), (220, 180), (220, 220), (180, 220), (180, 180))
    assert hand.document.undo_name == "Cut a hole into crown 1"
    assert len(hand.document.table.get(1).outline.interiors) == 1
    hand.click(200, 200, held=CTRL)
    assert hand.document.undo_name == "Fill a hole of crown 1"
    assert area_px(hand, 1) == pytest.approx(160 * 160)
    hand.document.undo()
    assert undone(hand, before)
    with hand.qtbot.waitSignal(hand.document.message) as told:
        stroke(hand, (260, 180), (340, 180), (340, 220), (260, 220))
    assert "wholly inside" in told.args[1]


def test_the_brush_adds_and_erases_as_a_vector(hand_with: Tool) -> None:
    hand = hand_with("brush")
    hand.map.edit_options.brush_m = 1.0
    before, old = hand.document.table.crowns(), corners(hand, 1)
    stroke(hand, (270, 200), (300, 200))
    assert hand.document.undo_name == "Paint onto crown 1"
    painted = area_px(hand, 1)
    assert painted > 160 * 160 + 300
    assert old <= corners(hand, 1)
    hand.map.grab()
    stroke(hand, (290, 200), (320, 200), held=CTRL)
    assert hand.document.undo_name == "Erase from crown 1"
    assert area_px(hand, 1) < painted
    assert old <= corners(hand, 1)
    hand.document.undo()
    assert undone(hand, before)
    hand.document.set_selection([])
    stroke(hand, (350, 60), (400, 60))
    assert hand.document.undo_name == "Paint crown"
    assert all_sound(hand)


def test_the_brush_changes_its_size_by_keys_and_wheel(hand_with: Tool) -> None:
    hand = hand_with("brush")
    size, scale = hand.map.edit_options.brush_m, hand.map.view.scale
    hand.key(Qt.Key.Key_BracketRight)
    assert hand.map.edit_options.brush_m > size
    hand.key(Qt.Key.Key_BracketLeft)
    assert hand.map.edit_options.brush_m == pytest.approx(size)
    middle = QPointF(hand.at(200, 200))
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    turn = QWheelEvent(middle, middle, QPoint(), QPoint(0, 120), none, CTRL, phase, False)
    QApplication.sendEvent(hand.map, turn)
    assert hand.map.edit_options.brush_m > size
    assert hand.map.view.scale == scale
    assert "m)" in hand.map.hint


def test_a_lasso_selects_what_it_meets(hand_with: Tool) -> None:
    hand = hand_with("lasso")
    stroke(hand, (90, 90), (520, 90), (520, 320), (90, 320))
    assert hand.document.selection == {1, 2}
    stroke(hand, (770, 90), (820, 90), (820, 320), (770, 320), held=SHIFT)
    assert hand.document.selection == {1, 2, 3}
    stroke(hand, (770, 90), (820, 90), (820, 320), (770, 320), held=CTRL)
    assert hand.document.selection == {1, 2}
    assert hand.document.undo_name == "Import"


@pytest.mark.parametrize(
    ("tool", "amount", "name"),
    [
        ("simplify", 1.0, None),
        ("smooth", 3.0, "Smooth crown 1 by 3.00 m"),
        ("grow", 0.5, "Grow crown 1 by 0.50 m"),
        ("grow", -0.5, "Shrink crown 1 by 0.50 m"),
    ],
)
def test_adjusting_shows_the_crown_and_enter_takes_it(
    hand_with: Tool, tool: str, amount: float, name: str | None
) -> None:
    hand = hand_with(tool)
    before = hand.document.table.crowns()
    hand.click(200, 200)
    adjust = hand.map.belt.tool
    adjust.set_amount(amount)
    hand.map.grab()
    future = adjust.future[1][0]
    assert hand.document.undo_name == "Import"
    hand.key(Qt.Key.Key_Return)
    if name is None:  # a square has no corner to spare
        assert hand.document.undo_name == "Import"
        return
    assert hand.document.undo_name == name
    assert hand.document.table.get(1).outline == future
    assert undone(hand, before)


def test_a_shared_corner_moves_both_crowns(hand_with: Tool) -> None:
    hand = hand_with("cut")
    stroke(hand, (200, 100), (200, 300))
    both = sorted(hand.document.selection)
    hand.map.set_tool("vertex")
    hand.document.set_selection([both[0]])
    hand.map.zoom_to_ids(both)
    seam = list(corners(hand, both[0]) & corners(hand, both[1]))
    x, y = hand.map.georeference.to_px(np.array(seam[:1]))[0]
    hand.drag((x, y), (x + 15, y))
    outlines = [hand.document.table.get(tree_id).outline for tree_id in both]
    assert hand.document.undo_name == "Move a corner of 2 crowns"
    assert outlines[0].intersection(outlines[1]).area < 1e-6
    assert sum(outline.area for outline in outlines) == pytest.approx(160 * 160 * PX_M2, rel=1e-3)


def test_a_stroke_over_a_shared_border_moves_both_crowns(hand_with: Tool) -> None:
    hand = hand_with("cut")
    stroke(hand, (200, 100), (200, 300))
    both = sorted(hand.document.selection)
    left = min(both, key=lambda i: hand.document.table.get(i).outline.centroid.x)
    hand.map.set_tool("reshape")
    hand.document.set_selection([left])
    stroke(hand, (190, 160), (230, 160), (230, 240), (190, 240))
    outlines = [hand.document.table.get(tree_id).outline for tree_id in both]
    assert hand.document.undo_name == f"Reshape crown {left} and its neighbour"
    assert outlines[0].intersection(outlines[1]).area < 1e-3
    assert sum(outline.area for outline in outlines) == pytest.approx(160 * 160 * PX_M2, rel=1e-3)
