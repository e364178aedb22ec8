"""BrushTool: paints ground onto a crown and erases it; the result is an outline, never a mask."""

from __future__ import annotations

import numpy as np
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QWheelEvent

from birchtree_gui import units
from birchtree_gui.canvas import colours
from birchtree_gui.canvas.stroke_paint import paint_brush, paint_swath
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, tr
from birchtree_gui.canvas.tools.shaping import ShapingTool
from inference.crowns.crown import Crown
from inference.crowns.editing import painting

_SMALLER, _LARGER = Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight
_STEP = 1.2
_WHEEL_NOTCH = 120.0
_LEAST_SCREEN_PX = 1.5


class BrushTool(ShapingTool):
    """Drag adds to the crown in hand, Ctrl+drag erases; on empty ground, with nothing selected, a new crown begins."""

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._way_px: list[tuple[float, float]] = []
        self._erases = False
        self._target: Crown | None = None
        self._mouse: Pointer | None = None

    @property
    def cursor(self) -> Qt.CursorShape:
        """The brush's circle is painted instead."""
        return Qt.CursorShape.BlankCursor if self._mouse is not None else Qt.CursorShape.CrossCursor

    @property
    def holds_button(self) -> bool:
        """While painting."""
        return bool(self._way_px)

    @property
    def radius_screen_px(self) -> float:
        """Of the brush, in screen pixels."""
        m_per_px = self.surface.m_per_screen_px
        return max(self.surface.edit_options.brush_m / m_per_px, _LEAST_SCREEN_PX) if m_per_px > 0 else 10.0

    def begin(self, pointer: Pointer) -> None:
        """Start to paint, or to erase."""
        if pointer.button is not Qt.MouseButton.LeftButton or self._way_px or not self.may_edit():
            return
        self._mouse, self._erases = pointer, pointer.ctrl
        self._target = self.only_selected() or self.crown_under(pointer)
        if self._erases and self._target is None:
            self.surface.refuse(tr("Select the crown from which you want to erase, or begin on it."))
            return
        self._way_px = [(pointer.x_px, pointer.y_px)]
        self.changed()

    def move(self, pointer: Pointer) -> None:
        """Paint on."""
        self._mouse = pointer
        if self._way_px and pointer.left_held:
            x, y = self._way_px[-1]
            step = max(0.1 * self.radius_screen_px, 1.0) / self.surface.view.scale
            if abs(pointer.x_px - x) + abs(pointer.y_px - y) >= step:
                self._way_px.append((pointer.x_px, pointer.y_px))
        self.surface.update()

    def map_moved(self, pointer: Pointer) -> None:
        """The circle stays at the mouse."""
        self._mouse = pointer

    def modifiers_changed(self, pointer: Pointer) -> None:
        """The sign in the circle says what a drag would do now."""
        self._mouse = pointer
        self.surface.update()

    def finish(self, pointer: Pointer) -> None:
        """Make the stroke an edit."""
        if not self._way_px or pointer.button is not Qt.MouseButton.LeftButton:
            return
        way, target, erases = self._way_px, self._target, self._erases
        self.cancel()
        ground = painting.swath(self.to_crs(way), self.surface.edit_options.brush_m / self.unit_m)
        if target is None:
            self.add_one("Paint crown", lambda: ground)
        elif erases:
            name = f"Erase from crown {target.tree_id}"
            self.reshape_one(name, target, lambda: painting.erase(target.outline, ground, self.limits))
        else:
            name = f"Paint onto crown {target.tree_id}"
            self.reshape_one(name, target, lambda: (self._painted(target, ground),))

    def _painted(self, target: Crown, ground: shapely.Polygon) -> shapely.Polygon:
        painted = painting.paint(target.outline, ground, self.limits)
        return self.kept_apart(painted, before=target.outline, but=(target.tree_id,))

    def cancel(self) -> bool:
        """Drop the stroke."""
        had, self._way_px, self._target = bool(self._way_px), [], None
        if had:
            self.changed()
        return had

    def undo_point(self) -> bool:
        """Take the stroke in hand back."""
        return self.cancel()

    def leave(self) -> None:
        """No circle while the mouse is elsewhere."""
        self._mouse = None
        self.surface.update()

    def wheel(self, event: QWheelEvent) -> bool:
        """Ctrl+wheel changes the size."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        self._scale(_STEP ** (event.angleDelta().y() / _WHEEL_NOTCH))
        return True

    def wants_key(self, event: QKeyEvent) -> bool:
        """The brackets change the size."""
        return event.key() in (_SMALLER, _LARGER)

    def key(self, event: QKeyEvent) -> bool:
        """Make the brush smaller or larger."""
        if wanted := self.wants_key(event):
            self._scale(_STEP if event.key() == _LARGER else 1 / _STEP)
        return wanted

    def hint(self) -> str:
        """What mouse and keys do, and how large the brush is."""
        size = units.quantity(2 * self.surface.edit_options.brush_m, "m")
        text = tr("Drag: add    Ctrl+drag: erase    [ ] or Ctrl+wheel: size ({size})    Esc: let go")
        return text.format(size=size)

    def paint(self, painter: QPainter) -> None:
        """What is swept, and the brush."""
        look = self.surface.colours
        erases = self._erases if self._way_px else self._mouse is not None and self._mouse.ctrl
        colour = look.warning if erases else colours.REVIEW_COLOURS["accepted"]
        if self._way_px:
            way = [QPointF(x, y) for x, y in self.surface.view.to_screen(np.array(self._way_px)).tolist()]
            paint_swath(painter, way, self.radius_screen_px, colour)
        if self._mouse is not None:
            paint_brush(painter, self._mouse.screen, self.radius_screen_px, colours.SELECTED, erases=erases)

    def _scale(self, factor: float) -> None:
        self.surface.edit_options.scale_brush(factor)
        self.changed()
