"""MergeTool: makes several crowns one."""

from __future__ import annotations

import numpy as np
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from birchtree_gui.canvas.stroke_paint import paint_stroke
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, tr
from birchtree_gui.canvas.tools.point_line import ENTER
from birchtree_gui.canvas.tools.shaping import ShapingTool
from birchtree_gui.keys.keymap import native, pressed
from inference.crowns.crown import Crown
from inference.crowns.editing import authored

# Crowns that one run outlined side by side may lie a cell apart.
_GAP_M = 0.3


class MergeTool(ShapingTool):
    """Taken with several crowns selected it merges them at once; else drag over the parts, or click them and Enter."""

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._way_px: list[tuple[float, float]] = []
        self._pressed: Pointer | None = None
        self._is_drag = False

    @property
    def cursor(self) -> Qt.CursorShape:
        """The cross."""
        return Qt.CursorShape.CrossCursor

    @property
    def holds_button(self) -> bool:
        """While dragging."""
        return self._pressed is not None

    def start(self) -> None:
        """Merge what is selected."""
        chosen = self.selected()
        if len(chosen) > 1:
            self._merge(chosen)

    def begin(self, pointer: Pointer) -> None:
        """A click or a drag begins."""
        if pointer.button is Qt.MouseButton.LeftButton and self.may_edit():
            self._pressed, self._is_drag = pointer, False
            self._way_px = [(pointer.x_px, pointer.y_px)]

    def move(self, pointer: Pointer) -> None:
        """Draw over crowns."""
        if self._pressed is None:
            return
        self._is_drag = self._is_drag or pointer.is_far_from(self._pressed.screen)
        self._way_px.append((pointer.x_px, pointer.y_px))
        self.surface.update()

    def finish(self, pointer: Pointer) -> None:
        """Merge what the drag went over, or choose the crown that was clicked."""
        if self._pressed is None or pointer.button is not Qt.MouseButton.LeftButton:
            return
        way, was_drag = self._way_px, self._is_drag
        self.cancel()
        if was_drag:
            line = shapely.LineString(self.to_crs(way))
            crowns = [crown for crown in self.near(line) if crown.outline.intersects(line)]
            if len(crowns) > 1:
                self._merge(crowns)
            else:
                self.surface.refuse(tr("The stroke goes over fewer than two crowns."))
        elif (found := self.crown_under(pointer)) is not None:
            document = self.surface.document
            document.set_selection(document.selection ^ {found.tree_id})
        self.changed()

    def cancel(self) -> bool:
        """Drop the drag."""
        had, self._pressed, self._way_px, self._is_drag = self._is_drag, None, [], False
        self.changed()
        return had

    def wants_key(self, event: QKeyEvent) -> bool:
        """Enter, or the tool's key once more, merges the chosen crowns."""
        is_enter = event.key() in ENTER and not event.modifiers()
        merges = is_enter or pressed(event) in self.surface.edit_options.keys.merge
        return merges and len(self.surface.document.selection) > 1

    def key(self, event: QKeyEvent) -> bool:
        """Merge."""
        if wanted := self.wants_key(event):
            self._merge(self.selected())
        return wanted

    def crowns_changed(self) -> None:
        """Another number of crowns is chosen."""
        self.surface.refresh_hint()

    def hint(self) -> str:
        """What to do next."""
        first, chosen = self.lines()
        return chosen if len(self.surface.document.selection) > 1 else first

    def lines(self) -> tuple[str, ...]:
        """Everything that `hint` may say."""
        text = tr("{keys}: merge the {count} chosen crowns    Click: choose more or fewer    Esc: let go")
        keys = " / ".join((tr("Enter"), *map(native, self.surface.edit_options.keys.merge[:1])))
        return (
            tr("Drag over the crowns that are one tree, or click them one by one and press Enter"),
            text.format(keys=keys, count=max(len(self.surface.document.selection), 2)),
        )

    def paint(self, painter: QPainter) -> None:
        """The drag."""
        if self._is_drag:
            way = [QPointF(x, y) for x, y in self.surface.view.to_screen(np.array(self._way_px)).tolist()]
            paint_stroke(painter, way, self.surface.colours)

    def _merge(self, crowns: list[Crown]) -> None:
        done = self.perform(lambda: authored.merged(crowns, self.author(), gap=_GAP_M / self.unit_m))
        if done is not None:
            self.surface.document.set_selection((done.added[0].tree_id,))
