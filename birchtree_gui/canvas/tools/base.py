"""Tool: what happens when the mouse and keys work on the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QWheelEvent

from birchtree_gui.canvas.colours import CanvasColours
from birchtree_gui.canvas.edit_options import EditOptions
from birchtree_gui.canvas.georeference import Georeference, Points
from birchtree_gui.canvas.line_heights import LineHeights
from birchtree_gui.canvas.view_transform import ViewTransform
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.clicks import CrownClicks

DRAG_FROM = 4.0
"""Screen pixels that the mouse may move before a click becomes a drag."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the mouse is and what is held.

    Attributes:
        x_px, y_px: level-0 orthomosaic pixels.
        screen: pixels of the widget.
        button: the one that changed; NoButton for a move.
        held: all buttons that are down.
    """

    x_px: float
    y_px: float
    screen: QPointF
    button: Qt.MouseButton
    held: Qt.MouseButton
    modifiers: Qt.KeyboardModifier

    @property
    def shift(self) -> bool:
        """Whether Shift is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)

    @property
    def ctrl(self) -> bool:
        """Whether Ctrl is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.ControlModifier)

    @property
    def alt(self) -> bool:
        """Whether Alt is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.AltModifier)

    @property
    def left_held(self) -> bool:
        """Whether the left button is down."""
        return bool(self.held & Qt.MouseButton.LeftButton)

    def is_far_from(self, screen: QPointF) -> bool:
        """Whether the mouse has moved enough to mean it."""
        return (self.screen - screen).manhattanLength() > DRAG_FROM


class MapSurface(Protocol):
    """What a tool sees of the map."""

    @property
    def document(self) -> PlotDocument:
        """The open plot."""
        ...

    @property
    def view(self) -> ViewTransform:
        """What is shown."""
        ...

    @property
    def georeference(self) -> Georeference | None:
        """How pixels and plot coordinates relate; None when nothing is open."""
        ...

    @property
    def clicks(self) -> CrownClicks | None:
        """The model that outlines what is clicked; None on a map without one."""
        ...

    @property
    def line_heights(self) -> LineHeights:
        """Heights along a line and at points, read in a thread."""
        ...

    @property
    def m_per_screen_px(self) -> float:
        """Metres on the ground per device-independent pixel; 0 when nothing is open."""
        ...

    @property
    def colours(self) -> CanvasColours:
        """The theme."""
        ...

    @property
    def shows_crowns(self) -> bool:
        """Whether crowns are on the map now, or left off."""
        ...

    @property
    def edit_options(self) -> EditOptions:
        """What the editing tools have in common."""
        ...

    def set_view(self, view: ViewTransform) -> None:
        """Show something else."""
        ...

    def crown_at(self, pointer: Pointer) -> int | None:
        """The smallest visible crown under the mouse."""
        ...

    def shown_among(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Those of some ids that the legend does not leave off the map."""
        ...

    def to_screen(self, xy_crs: Points) -> Points:
        """(N, 2) plot coordinates -> (N, 2) pixels of the widget."""
        ...

    def update(self) -> None:
        """Paint again soon."""
        ...

    def refresh_hint(self) -> None:
        """The tool's hint has changed."""
        ...

    def refuse(self, sentence: str) -> None:
        """Say why something was not done."""
        ...


class Tool:
    """One way of working; it keeps the gesture in hand and turns it into one edit."""

    def __init__(self, surface: MapSurface) -> None:
        self.surface = surface

    @property
    def cursor(self) -> Qt.CursorShape:
        """The mouse cursor over the map."""
        return Qt.CursorShape.ArrowCursor

    @property
    def paints_selection(self) -> bool:
        """Whether the tool draws the selected crown itself."""
        return False

    @property
    def uses_right_button(self) -> bool:
        """Whether a right click belongs to the gesture instead of opening a menu."""
        return False

    def start(self) -> None:
        """The tool was chosen, or another plot was opened."""

    def stop(self) -> None:
        """Another tool was chosen; the gesture in hand is dropped."""
        self.cancel()

    def begin(self, pointer: Pointer) -> None:
        """A button went down."""

    def move(self, pointer: Pointer) -> None:
        """The mouse moved, with or without a button."""

    def map_moved(self, pointer: Pointer) -> None:
        """The map moved, or shows something else, under a mouse that stood still."""

    def modifiers_changed(self, pointer: Pointer) -> None:
        """Shift, Ctrl or Alt went down or up over a mouse that stood still."""

    def finish(self, pointer: Pointer) -> None:
        """The button went up."""

    @property
    def holds_button(self) -> bool:
        """Whether a gesture lasts as long as the left button is down."""
        return False

    def lost_release(self, pointer: Pointer) -> None:
        """The mouse moves; a drag without its button ends here: the button went up over another window."""
        if self.holds_button and not pointer.left_held:
            self.cancel()

    def double_click(self, pointer: Pointer) -> None:
        """A button went down for the second time in a row."""
        self.begin(pointer)

    def cancel(self) -> bool:
        """Drop the gesture in hand; False when there was none."""
        return False

    def undo_point(self) -> bool:
        """Take back the last point of the gesture in hand; False when there is none."""
        return False

    def wheel(self, event: QWheelEvent) -> bool:
        """The wheel turned; True when that was for the tool and not for zooming."""
        return False

    def wants_key(self, event: QKeyEvent) -> bool:
        """Whether a key must reach the tool before any menu shortcut."""
        return False

    def key(self, event: QKeyEvent) -> bool:
        """A key was pressed; True when it was the tool's."""
        return False

    def leave(self) -> None:
        """The mouse left the map."""

    def crowns_changed(self) -> None:
        """Crowns or the selection changed, maybe by undo or another window part."""

    def paint(self, painter: QPainter) -> None:
        """Paint the gesture over the map, in screen pixels."""

    def hint(self) -> str:
        """One line: what mouse and keys do now."""
        raise NotImplementedError

    def lines(self) -> tuple[str, ...]:
        """Every line that `hint` says in one state or another, for the overview of the tool's keys."""
        return (self.hint(),)


def tr(text: str) -> str:
    """A tool's text in the window's language."""
    return QCoreApplication.translate("Tool", text)
