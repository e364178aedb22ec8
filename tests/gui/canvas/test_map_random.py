"""Random hands on the map: whatever is clicked and typed, outlines stay valid and everything can be undone."""

import random

import pytest
import shapely
from map_hand import HEIGHT_PX, WIDTH_PX, MapHand
from PySide6.QtCore import Qt

from birchtree_gui.canvas.colours import COLOUR_BY
from birchtree_gui.canvas.toolbox import TOOLS

KEYS = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Plus,
    Qt.Key.Key_Minus,
    Qt.Key.Key_Left,
    Qt.Key.Key_Up,
    Qt.Key.Key_D,
    Qt.Key.Key_C,
    Qt.Key.Key_Space,
)
HELD = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
BUTTONS = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)


def act(hand: MapHand, dice: random.Random) -> None:
    """One random thing that a hand can do."""

    def somewhere() -> tuple[float, float]:
        table = hand.document.table
        if len(table) and dice.random() < 0.5:
            outline = table.get(dice.choice(table.ids.tolist())).outline
            corner = dice.choice(shapely.get_coordinates(outline).tolist())
            return tuple(hand.map.georeference.to_px(shapely.get_coordinates(shapely.Point(corner)))[0])
        return (dice.uniform(0, WIDTH_PX), dice.uniform(0, HEIGHT_PX))

    match dice.randrange(12):
        case 0 | 1 | 2:
            hand.click(*somewhere(), button=dice.choice(BUTTONS), held=dice.choice(HELD))
        case 3 | 4 | 5:
            hand.drag(somewhere(), somewhere(), button=dice.choice(BUTTONS), held=dice.choice(HELD))
        case 6:
            hand.double_click(*somewhere())
        case 7:
            hand.key(dice.choice(KEYS), dice.choice(HELD))
        case 8:
            hand.map.set_tool(dice.choice(TOOLS).id)
        case 9:
            dice.choice((hand.document.undo, hand.document.redo, hand.map.zoom_to_plot))()
        case 10:
            ids = hand.document.table.ids.tolist()
            hand.document.set_selection(dice.sample(ids, min(len(ids), dice.randrange(3))))
        case _:
            hand.map.set_colour_by(dice.choice(COLOUR_BY))
    if dice.random() < 0.2:
        hand.map.grab()


@pytest.mark.parametrize("seed", range(4))
def test_random_hands_never_break_an_outline(plot_map: MapHand, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(150):
        act(plot_map, dice)
    plot_map.settle()
    document = plot_map.document
    assert all(crown.outline.is_valid and crown.outline.geom_type == "Polygon" for crown in document.table.crowns())
    while document.undo_name is not None:
        document.undo()
    assert len(document.table) == 0
    plot_map.settle()
