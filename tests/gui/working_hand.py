"""A hand that works on the real window with mouse and keys alone, and counts them: a gesture for each editing tool."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from birchtree_gui.main_window import MainWindow

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key
PATIENCE_MS = 60_000
Points = npt.NDArray[np.float64]


@dataclass
class Tally:
    """What a piece of work took: keys, clicks and drags, and the seconds in which the window worked."""

    keys: int = 0
    clicks: int = 0
    drags: int = 0
    busy_s: list[float] = field(default_factory=list)


class WorkingHand:
    """Looks at one crown at a time and works on it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot
        self.map = window.map
        self.document = window.services.document
        self.tally = Tally()

    # ---- mouse and keys

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """A key on the map."""
        began_s = time.perf_counter()
        if not self.map.hasFocus():
            self.window.activateWindow()
            self.map.setFocus()
            self.qtbot.waitUntil(self.map.hasFocus, timeout=PATIENCE_MS)
        QTest.keyClick(self.map, key, held)
        self.tally.keys += 1
        self.tally.busy_s.append(time.perf_counter() - began_s)

    def click(self, at: Points, held: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        """A click on the map; the mouse moves there first."""
        place = QPoint(round(at[0]), round(at[1]))
        QTest.mouseMove(self.map, place)
        QTest.mouseClick(self.map, button, held, place)
        self.tally.clicks += 1

    def drag(self, way: Points, held: Qt.KeyboardModifier = NONE) -> None:
        """A drag along (V, 2) screen pixels."""
        places = [QPoint(round(x), round(y)) for x, y in way.tolist()]
        QTest.mouseMove(self.map, places[0])
        QTest.mousePress(self.map, LEFT, held, places[0])
        for place in places[1:]:
            point = QPointF(place)
            glob = QPointF(self.map.mapToGlobal(place))
            move = QMouseEvent(QEvent.Type.MouseMove, point, glob, Qt.MouseButton.NoButton, LEFT, held)
            QApplication.sendEvent(self.map, move)
        QTest.mouseRelease(self.map, LEFT, held, places[-1])
        self.tally.drags += 1

    # ---- crowns

    def ids(self) -> list[int]:
        """Crowns that are not deleted."""
        table = self.document.table
        assert table is not None
        return [int(tree_id) for tree_id in table.ids[table.visible]]

    def look_at(self, tree_id: int) -> None:
        """Bring a crown to the middle of the map and select it with a click."""
        self.key(Key.Key_V)
        self.document.set_selection(())
        self.map.zoom_to_ids([tree_id])
        self.map.zoom_by(0.5)
        self.click(self.inside(tree_id))

    def ring(self, tree_id: int) -> Points:
        """(V, 2) screen pixels of its outer ring, without the closing corner."""
        assert self.document.table is not None
        return self.map.to_screen(shapely.get_coordinates(self.document.table.get(tree_id).outline.exterior))[:-1]

    def inside(self, tree_id: int) -> Points:
        """A place well inside a crown."""
        assert self.document.table is not None
        outline = self.document.table.get(tree_id).outline
        pole = shapely.maximum_inscribed_circle(outline)
        return self.map.to_screen(shapely.get_coordinates(pole)[:1])[0]

    def reach(self, tree_id: int) -> float:
        """Radius of the largest circle inside a crown, in screen pixels."""
        assert self.document.table is not None
        line = shapely.maximum_inscribed_circle(self.document.table.get(tree_id).outline)
        ends = self.map.to_screen(shapely.get_coordinates(line))
        return float(np.hypot(*(ends[1] - ends[0])))


def circle(middle: Points, radius: float, count: int = 14) -> Points:
    """(count + 1, 2) places on a circle."""
    turn = np.linspace(0.0, 2.0 * np.pi, count + 1)
    return middle + radius * np.stack([np.cos(turn), np.sin(turn)], axis=1)


def line(start: Points, end: Points, count: int = 8) -> Points:
    """(count + 1, 2) places on a line."""
    share = np.linspace(0.0, 1.0, count + 1)[:, None]
    return start + share * (end - start)


# ---- one gesture a tool; each begins with the crown selected and in the middle of the map


def accept(hand: WorkingHand, crown: int) -> None:
    hand.key(Key.Key_Y)


def delete(hand: WorkingHand, crown: int) -> None:
    hand.key(Key.Key_Delete)


def move_corner(hand: WorkingHand, crown: int) -> None:
    hand.key(Key.Key_E)
    ring, middle = hand.ring(crown), hand.inside(crown)
    far = ring[np.argmax(np.hypot(*(ring - middle).T))]
    hand.drag(line(far, far + 0.15 * (middle - far)))


def remove_corner(hand: WorkingHand, crown: int) -> None:
    hand.key(Key.Key_E)
    hand.click(hand.ring(crown)[0], ALT)


def reshape(hand: WorkingHand, crown: int) -> None:
    hand.key(Key.Key_R)
    middle, reach = hand.inside(crown), hand.reach(crown)
    ring = hand.ring(crown)
    way = ring[np.argmin(np.hypot(*(ring - middle).T))] - middle
    way, side = way / np.hypot(*way), np.array([-way[1], way[0]]) / np.hypot(*way)
    out = middle + way * 1.25 * reach
    cut = [out + side * 1.1 * reach, middle + way * 0.7 * reach, out - side * 1.1 * reach]
    hand.drag(np.concatenate([line(cut[0], cut[1]), line(cut[1], cut[2])]))


def paint(hand: WorkingHand, crown: int) -> None:
    hand.key(Key.Key_B)
    middle, ring = hand.inside(crown), hand.ring(crown)
    far = ring[np.argmax(np.hypot(*(ring - middle).T))]
    hand.drag(line(middle, far + 0.2 * (far - middle)))


def erase(hand: WorkingHand, crown: int) -> None:
    hand.key(Key.Key_B)
    middle, ring = hand.inside(crown), hand.ring(crown)
    far = ring[np.argmax(np.hypot(*(ring - middle).T))]
    hand.drag(line(far + 0.3 * (far - middle), far), CTRL)


def cut(hand: WorkingHand, crown: int) -> None:
    hand.key(Key.Key_X)
    middle, ring = hand.inside(crown), hand.ring(crown)
    span = 1.3 * float(np.max(np.hypot(*(ring - middle).T)))
    aside = np.array([span, 0.0])
    hand.drag(line(middle - aside, middle + aside))


def merge(hand: WorkingHand, crown: int) -> None:
    cut(hand, crown)
    hand.key(Key.Key_M)
    hand.key(Key.Key_Return)


def hole(hand: WorkingHand, crown: int) -> None:
    hand.key(Key.Key_H)
    hand.drag(circle(hand.inside(crown), 0.45 * hand.reach(crown)))


def fill(hand: WorkingHand, crown: int) -> None:
    middle = hand.inside(crown)
    hole(hand, crown)
    hand.click(middle, CTRL)


def draw(hand: WorkingHand, crown: int) -> None:
    corners = circle(hand.inside(crown), 0.9 * hand.reach(crown), 6)[:-1]
    hand.key(Key.Key_Delete)
    hand.key(Key.Key_P)
    for corner in corners:
        hand.click(corner)
    hand.key(Key.Key_Return)


def freehand(hand: WorkingHand, crown: int) -> None:
    way = circle(hand.inside(crown), 0.9 * hand.reach(crown), 24)
    hand.key(Key.Key_Delete)
    hand.key(Key.Key_F)
    hand.drag(way)


def subtract(hand: WorkingHand, crown: int) -> None:
    hand.key(Key.Key_C, CTRL)
    hand.key(Key.Key_V, CTRL)
    for _ in range(2):
        hand.key(Key.Key_Right, CTRL)
    hand.key(Key.Key_X, SHIFT)
    ring = hand.ring(crown)
    left = ring[np.argmin(ring[:, 0])]
    hand.click(left + np.array([1.5, 0.0]))


def nudge(hand: WorkingHand, crown: int) -> None:
    hand.key(Key.Key_Left, CTRL)


def adjust(key: Qt.Key) -> Callable[[WorkingHand, int], None]:
    def work(hand: WorkingHand, crown: int) -> None:
        hand.key(key, SHIFT)
        hand.key(Key.Key_Return)

    return work


GESTURES: dict[str, Callable[[WorkingHand, int], None]] = {
    "Accept": accept,
    "Delete": delete,
    "Move a corner": move_corner,
    "Remove a corner": remove_corner,
    "Reshape crown": reshape,
    "Paint onto crown": paint,
    "Erase from crown": erase,
    "Cut crown": cut,
    "Merge": merge,
    "Cut a hole into crown": hole,
    "Fill a hole of crown": fill,
    "Draw": draw,
    "Draw freehand": freehand,
    "Subtract crown": subtract,
    "Move crown": nudge,
    "Simplify crown": adjust(Key.Key_S),
    "Smooth crown": adjust(Key.Key_R),
    "Grow crown": adjust(Key.Key_B),
}
"""By the beginning of the name that the history gives."""
