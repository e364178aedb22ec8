"""LassoTool: selects the crowns that a drawn line encloses or meets."""

from __future__ import annotations

import shapely

from birchtree_gui.canvas.tools.base import MapSurface, Pointer, tr
from birchtree_gui.canvas.tools.stroke import StrokeTool
from inference.crowns.editing import strokes
from inference.errors import InputError


class LassoTool(StrokeTool):
    """Drag around crowns; Shift adds them to the selection, Ctrl toggles them."""

    is_closed = True
    takes_clicks = False

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._adds = self._toggles = False

    def may_edit(self) -> bool:
        """Selecting changes nothing, so it may always be done."""
        return self.surface.georeference is not None

    def begin(self, pointer: Pointer) -> None:
        """Start the line."""
        self._adds, self._toggles = pointer.shift, pointer.ctrl
        super().begin(pointer)

    def complete(self) -> bool:
        """Select."""
        try:
            area = strokes.closed(self.to_crs(self.points_px), self.steadiness)
        except InputError:
            return True  # a line that encloses nothing selects nothing
        shapely.prepare(area)
        document = self.surface.document
        found = frozenset(crown.tree_id for crown in self.near(area) if area.intersects(crown.outline))
        if self._toggles:
            found = document.selection ^ found
        elif self._adds:
            found = document.selection | found
        document.set_selection(found)
        return True

    def first_hint(self) -> str:
        """What to do."""
        return tr("Drag around crowns to select them    Shift: add    Ctrl: toggle    Esc: back to Select")
