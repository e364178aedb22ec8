"""ReshapeTool: a stroke over the border gives a crown a new border there."""

from __future__ import annotations

import shapely

from birchtree_gui.canvas.tools.base import tr
from birchtree_gui.canvas.tools.stroke import StrokeTool
from inference.crowns.crown import Crown
from inference.crowns.editing import authored, reshaping, strokes
from inference.crowns.editing.reshaping import Reshaped
from inference.crowns.edits import CrownEdit
from inference.errors import InputError

# A stroke that stops so near to the border is led to it, in screen pixels.
_REACH = 14.0


class ReshapeTool(StrokeTool):
    """Works on the one selected crown, else on the crown whose border the stroke crosses."""

    def complete(self) -> bool:
        """Lead the border along the stroke, and that of a neighbour that shares it."""
        done = self.perform(self._edit)
        if done is not None:
            self.surface.document.set_selection((done.added[0].tree_id,))
        return done is not None

    def _edit(self) -> CrownEdit:
        line = strokes.stroke(self.to_crs(self.points_px), self.steadiness)
        crown, done = self._reshaped(line)
        outline, others = done.outline, self.near(done.outline.union(crown.outline), but=(crown.tree_id,))
        moved: dict[int, shapely.Polygon] = {}
        if self.surface.edit_options.keeps_apart:
            for other in others:
                changed = reshaping.border_moved_with(crown.outline, done.faces, other.outline, self.limits)
                if changed is not None:
                    moved[other.tree_id] = changed
            outline = self.kept_apart(outline, before=crown.outline, but=(crown.tree_id, *moved))
        outcome = {crown.tree_id: (outline,), **{tree_id: (shape,) for tree_id, shape in moved.items()}}
        name = f"Reshape crown {crown.tree_id}" + (" and its neighbour" if moved else "")
        return authored.reshaped(
            name, [crown, *(one for one in others if one.tree_id in moved)], outcome, self.author()
        )

    def _reshaped(self, line: shapely.LineString) -> tuple[Crown, Reshaped]:
        """The crown that the stroke means; of several the one that it changes least.

        Raises:
            InputError: it reshapes none.
        """
        reach = _REACH * self.crs_per_screen_px
        chosen = self.only_selected()
        crowns = [chosen] if chosen is not None else self.near(line.buffer(reach))
        best: tuple[Crown, Reshaped] | None = None
        refusal = InputError("edit.no_crown", "There is no crown under the stroke. Draw it over the border of a crown.")
        for crown in crowns:
            try:
                done = reshaping.reshape(crown.outline, line, self.limits, reach=reach)
            except InputError as error:
                refusal = error
                continue
            if best is None or _share(crown, done) < _share(*best):
                best = (crown, done)
        if best is None:
            raise refusal
        return best

    def first_hint(self) -> str:
        """What to do."""
        if self.only_selected() is None:
            return tr("Draw a stroke over the border of a crown: it becomes the border there    Clicks set points")
        return tr(
            "Draw the new piece of border, from the border back to the border    Clicks set points    Esc: let go"
        )


def _share(crown: Crown, done: Reshaped) -> float:
    """How much of a crown a stroke changes."""
    return sum(float(face.ground.area) for face in done.faces) / float(crown.outline.area)
