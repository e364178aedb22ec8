"""FreehandTool: draws a crown in one drag around it."""

from __future__ import annotations

from birchtree_gui.canvas.tools.base import tr
from birchtree_gui.canvas.tools.stroke import StrokeTool
from inference.crowns.editing import strokes


class FreehandTool(StrokeTool):
    """Press, go around the crown, let go."""

    is_closed = True
    takes_clicks = False

    def complete(self) -> bool:
        """Make the enclosed ground a crown."""
        return self.add_one("Draw crown", lambda: strokes.closed(self.to_crs(self.points_px), self.steadiness))

    def first_hint(self) -> str:
        """What to do."""
        return tr("Drag around the crown and let go    Space+drag: move the map    Esc: back to Select")
