"""CutTool: a line through crowns cuts them in two."""

from __future__ import annotations

import shapely

from birchtree_gui.canvas.tools.base import tr
from birchtree_gui.canvas.tools.stroke import StrokeTool
from inference.crowns.editing import authored, dividing, strokes
from inference.crowns.edits import CrownEdit
from inference.errors import InputError


class CutTool(StrokeTool):
    """Cuts every crown that the line goes through; only selected ones where it goes through any of those."""

    def complete(self) -> bool:
        """Cut."""
        done = self.perform(self._edit)
        if done is not None:
            self.surface.document.set_selection(crown.tree_id for crown in done.added)
        return done is not None

    def _edit(self) -> CrownEdit:
        line = strokes.stroke(self.to_crs(self.points_px), self.steadiness)
        outcome: dict[int, tuple[shapely.Polygon, ...]] = {}
        crowns = self.near(line)
        refusal = InputError("edit.no_crown", "There is no crown under the line. Draw it through a crown.")
        for crown in crowns:
            try:
                outcome[crown.tree_id] = dividing.cut(crown.outline, line, self.limits)
            except InputError as error:
                refusal = error
        chosen = self.surface.document.selection & outcome.keys()
        meant = [crown for crown in crowns if crown.tree_id in (chosen or outcome.keys())]
        if not meant:
            raise refusal
        return authored.cut(meant, outcome, self.author())

    def first_hint(self) -> str:
        """What to do."""
        return tr("Draw a line through a crown, from outside to outside    Clicks set points, Enter cuts    Esc: back")
