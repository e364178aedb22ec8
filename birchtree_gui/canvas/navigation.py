"""Navigation: moving and zooming the map with wheel, Space, middle button and keys, in every tool and while drawing."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from birchtree_gui.canvas.view_transform import ViewTransform

# One notch of a wheel is 120 units and zooms by the square root of two: two notches are one level of tiles.
_UNITS_PER_DOUBLING = 240.0
_KEY_ZOOM = 2.0**0.5
_KEY_PAN_SHARE = 0.1

_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_ZOOM_KEYS: dict[int, float] = {
    Qt.Key.Key_Plus: _KEY_ZOOM,
    Qt.Key.Key_Equal: _KEY_ZOOM,
    Qt.Key.Key_Minus: 1 / _KEY_ZOOM,
}


class Movable(Protocol):
    """What navigation moves."""

    @property
    def view(self) -> ViewTransform:
        """What is shown."""
        ...

    def set_view(self, view: ViewTransform) -> None:
        """Show something else."""
        ...

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Larger by `factor`, keeping the place under `at` (the middle when None)."""
        ...


class Navigation:
    """Takes the events that move the map; methods return True when an event was theirs."""

    def __init__(self, target: Movable) -> None:
        self._target = target
        self._space_held = False
        self._drag_from: QPointF | None = None
        self._drag_button = Qt.MouseButton.NoButton

    @property
    def is_dragging(self) -> bool:
        """Whether the map is being moved by the mouse."""
        return self._drag_from is not None

    @property
    def cursor(self) -> Qt.CursorShape | None:
        """The hand, open or closed; None when the tool's cursor holds."""
        if self._drag_from is not None:
            return Qt.CursorShape.ClosedHandCursor
        return Qt.CursorShape.OpenHandCursor if self._space_held else None

    def wheel(self, event: QWheelEvent) -> bool:
        """Zoom at the cursor."""
        units = event.angleDelta().y()
        if units:
            self._target.zoom_by(2.0 ** (units / _UNITS_PER_DOUBLING), event.position())
        return True

    def press(self, event: QMouseEvent) -> bool:
        """Middle button, or left button with Space held."""
        middle = event.button() is Qt.MouseButton.MiddleButton
        if not middle and not (self._space_held and event.button() is Qt.MouseButton.LeftButton):
            return self.is_dragging
        self._drag_from, self._drag_button = event.position(), event.button()
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Follow the mouse while the map is held."""
        if self._drag_from is None:
            return False
        step = event.position() - self._drag_from
        self._drag_from = event.position()
        self._target.set_view(self._target.view.panned(step.x(), step.y()))
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Let go of the map."""
        if self._drag_from is None:
            return False
        if event.button() is self._drag_button:
            self._drag_from = None
        return True

    def wants_key(self, event: QKeyEvent) -> bool:
        """Keys that must reach the map before any menu shortcut."""
        return event.key() == Qt.Key.Key_Space or (_is_plain(event) and event.key() in (*_ARROWS, *_ZOOM_KEYS))

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Space takes hold of the map, + and - zoom, arrows move by a tenth of the view (Shift: by half)."""
        key = event.key()
        if key == Qt.Key.Key_Space:
            self._space_held = True
            return True
        if key in _ZOOM_KEYS:
            self._target.zoom_by(_ZOOM_KEYS[key])
            return True
        if key in _ARROWS:
            dx, dy = _ARROWS[key]
            share = 0.5 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _KEY_PAN_SHARE
            view = self._target.view
            step = round(min(view.width, view.height) * share)
            self._target.set_view(view.panned(dx * step, dy * step))
            return True
        return False

    def key_released(self, event: QKeyEvent) -> bool:
        """Space lets the map go; a drag that is going on lasts until its button is released."""
        if event.key() != Qt.Key.Key_Space:
            return False
        if not event.isAutoRepeat():
            self._space_held = False
        return True

    def reset(self) -> None:
        """The window lost the keyboard: releases will not be seen."""
        self._space_held = False
        self._drag_from = None


def _is_plain(event: QKeyEvent) -> bool:
    ignored = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
    return not event.modifiers() & ~ignored
