"""HoleTool: cuts holes into crowns and fills them."""

from __future__ import annotations

import shapely
from PySide6.QtCore import Qt

from birchtree_gui.canvas.tools.base import Pointer, tr
from birchtree_gui.canvas.tools.stroke import StrokeTool
from inference.crowns.crown import Crown
from inference.crowns.editing import dividing, strokes
from inference.errors import InputError


class HoleTool(StrokeTool):
    """Draw a hole inside a crown, by a drag or by points; Ctrl+click in a hole fills it."""

    is_closed = True

    def begin(self, pointer: Pointer) -> None:
        """Fill a hole, or draw one."""
        if pointer.button is Qt.MouseButton.LeftButton and pointer.ctrl and not self.points_px:
            self._fill(pointer)
        else:
            super().begin(pointer)

    def complete(self) -> bool:
        """Cut the hole."""
        try:
            hole = strokes.closed(self.to_crs(self.points_px), self.steadiness)
            crown = self._around(hole)
        except InputError as error:
            self.surface.refuse(str(error))
            return False
        name = f"Cut a hole into crown {crown.tree_id}"
        return self.reshape_one(name, crown, lambda: (dividing.add_hole(crown.outline, hole, self.limits),))

    def _around(self, hole: shapely.Polygon) -> Crown:
        """The crown that a hole is meant for: the selected one, else the smallest that holds it.

        Raises:
            InputError: there is none.
        """
        chosen = self.only_selected()
        if chosen is not None and chosen.outline.intersects(hole):
            return chosen
        holding = [one for one in self.near(hole) if shapely.Polygon(one.outline.exterior).contains(hole)]
        if not holding:
            raise InputError("geometry.hole_outside", "A hole must lie wholly inside its crown. Draw it smaller.")
        return min(holding, key=lambda one: float(one.outline.area))

    def _fill(self, pointer: Pointer) -> None:
        if not self.may_edit():
            return
        place = self.place(pointer)
        point = shapely.Point(place)
        around = [one for one in self.near(point) if shapely.Polygon(one.outline.exterior).contains(point)]
        open_there = [one for one in around if not one.outline.intersects(point)]
        if not open_there:
            self.surface.refuse(tr("There is no hole at that place."))
            return
        crown = min(open_there, key=lambda one: float(one.outline.area))
        self.reshape_one(
            f"Fill a hole of crown {crown.tree_id}", crown, lambda: (dividing.fill_hole(crown.outline, place),)
        )

    def first_hint(self) -> str:
        """What to do."""
        return tr("Drag around the gap inside a crown, or click its corners    Ctrl+click in a hole: fill it")
