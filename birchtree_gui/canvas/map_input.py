"""MapInput: a widget that passes mouse and keys to navigation and to the tool in hand."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from birchtree_gui.canvas.camera import Camera
from birchtree_gui.canvas.cursor_reporter import CursorReporter
from birchtree_gui.canvas.edit_options import EditOptions
from birchtree_gui.canvas.map_keys import MapKeys
from birchtree_gui.canvas.navigation import Navigation
from birchtree_gui.canvas.overlays import Overlays
from birchtree_gui.canvas.tool_belt import ToolBelt
from birchtree_gui.canvas.tools.base import Pointer
from birchtree_gui.canvas.view_transform import ViewTransform
from birchtree_gui.document import PlotDocument

_MODIFIERS: dict[int, Qt.KeyboardModifier] = {
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
}


class MapInput(QWidget):
    """The part of the map that hears; `belt`, `overlays` and `edit_options` are set by the map itself.

    Signals:
        menuRequested(Pointer): right click outside a gesture.
    """

    menuRequested = Signal(object)
    belt: ToolBelt
    overlays: Overlays
    edit_options: EditOptions

    def __init__(self, document: PlotDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.camera = Camera(self)
        self.reporter = CursorReporter(self)
        self.shows_focus = False
        self._mouse: Pointer | None = None
        self._right_was_tools = False  # the right press belonged to a gesture, which may have ended with it
        self._navigation = Navigation(self.camera)
        self._keys = MapKeys(self, self._navigation)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.installEventFilter(self)

    @property
    def view(self) -> ViewTransform:
        """The part of the plot that is shown."""
        return self.camera.view

    def peek(self, on: bool) -> None:
        """D is held, or let go."""

    def hide_crowns(self, hidden: bool) -> None:
        """C is held, or let go."""

    def set_tool(self, tool_id: str) -> None:
        """Take another tool in hand ("select", "pan", "draw", "vertex")."""
        self.belt.take(tool_id)
        self.look_again()
        self.update()

    def show_cursor(self) -> None:
        """The hand while the map is held, else the tool's cursor."""
        shape = self._navigation.cursor or self.overlays.cursor or self.belt.tool.cursor
        if shape != self.cursor().shape():  # to set it costs as much as all else that a moved map asks for
            self.setCursor(shape)

    @property
    def has_mouse(self) -> bool:
        """Whether the mouse is over the map."""
        return self._mouse is not None

    @Slot()
    def look_again(self) -> None:
        """The map shows something else, so something else may be under a mouse that stood still."""
        if self._mouse is not None:
            x_px, y_px = self.view.to_px(self._mouse.screen)
            self.belt.tool.map_moved(replace(self._mouse, x_px=x_px, y_px=y_px))
            self.reporter.move(self._mouse.screen)
        self.show_cursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle in the middle."""
        self.camera.resize(event.size().width(), event.size().height(), self.devicePixelRatioF())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor, in every tool; with Ctrl the tool may want it."""
        if self.belt.tool.wheel(event) or self._navigation.wheel(event):
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the map, or begin the tool's gesture."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._mouse = self._pointer(event)
        taken = not self._navigation.is_dragging and self.overlays.press(event.position(), event.button())
        self._right_was_tools = self.belt.tool.uses_right_button
        if not taken and not self._navigation.press(event):
            self.belt.tool.begin(self._mouse)
        self.show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As a press, which tools may take otherwise."""
        taken = not self._navigation.is_dragging and self.overlays.press(event.position(), event.button())
        if not taken and not self._navigation.press(event):
            self.belt.tool.double_click(self._pointer(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the map or go on with the gesture; tell where the mouse is."""
        pointer = self._pointer(event)
        self._mouse = pointer  # before anything moves the map and looks what is under the mouse
        if self._over_overlay(event):
            self.belt.tool.leave()
        elif not self._navigation.move(event):
            self.belt.tool.lost_release(pointer)
            self.belt.tool.move(pointer)
        self.reporter.move(event.position())
        self.show_cursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the map, or finish the gesture."""
        if not self.overlays.release(event.position()) and not self._navigation.release(event):
            pointer = self._pointer(event)
            self.belt.tool.finish(pointer)
            used = self._right_was_tools or self.belt.tool.uses_right_button
            if event.button() is Qt.MouseButton.RightButton and not used:
                self.menuRequested.emit(pointer)
        self.show_cursor()

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse left."""
        self._mouse = None
        self.overlays.leave()
        self.belt.tool.leave()
        self.reporter.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim the keys that a gesture needs before any menu shortcut gets them.

        A filter, not `event`: through that PySide calls `paintEvent` and the others from Python, and where one of them
        fails inside numpy, storing the exception ends the program (PySide 6.11 on Python 3.11).
        """
        if watched is not self or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        if not self._keys.wants(event, self.belt.tool):
            return False
        event.accept()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Navigation and peeking first, then the tool, then Esc and Del."""
        if not self._keys.pressed(event, self.belt.tool):
            super().keyPressEvent(event)
        self._tell_modifiers(event)
        self.show_cursor()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The end of what holds while a key is down."""
        if not self._keys.released(event):
            super().keyReleaseEvent(event)
        self._tell_modifiers(event)
        self.show_cursor()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys come here now; who came by keyboard sees it."""
        by_keyboard = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.shows_focus = event.reason() in by_keyboard
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Releases of held keys will not be seen."""
        self._keys.reset()
        self.shows_focus = False
        self.show_cursor()
        self.update()
        super().focusOutEvent(event)

    def _tell_modifiers(self, event: QKeyEvent) -> None:
        """Systems differ in whether the key itself is among an event's modifiers: its press and release decide."""
        bit = _MODIFIERS.get(event.key())
        if bit is None or self._mouse is None or event.isAutoRepeat():
            return
        is_down = event.type() == QEvent.Type.KeyPress
        modifiers = event.modifiers() | bit if is_down else event.modifiers() & ~bit
        self._mouse = replace(self._mouse, modifiers=modifiers)
        self.belt.tool.modifiers_changed(self._mouse)

    def _over_overlay(self, event: QMouseEvent) -> bool:
        """Whether an overlay has the mouse; a gesture that is going on passes under it."""
        if self._navigation.is_dragging or (self.belt.tool.holds_button and self._pointer(event).left_held):
            return False
        return self.overlays.move(event.position())

    def _pointer(self, event: QMouseEvent) -> Pointer:
        x_px, y_px = self.view.to_px(event.position())
        return Pointer(x_px, y_px, event.position(), event.button(), event.buttons(), event.modifiers())
