"""SubtractTool: takes the ground of other crowns away from the selected one."""

from __future__ import annotations

import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from birchtree_gui.canvas.stroke_paint import paint_future
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, tr
from birchtree_gui.canvas.tools.shaping import ShapingTool
from inference.crowns import geometry
from inference.crowns.crown import Crown
from inference.crowns.editing import dividing


class SubtractTool(ShapingTool):
    """The selected crown loses what the clicked one covers; with none selected the first click selects."""

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._over: Crown | None = None

    @property
    def cursor(self) -> Qt.CursorShape:
        """The cross while there is a crown to take from."""
        return Qt.CursorShape.ArrowCursor if self.only_selected() is None else Qt.CursorShape.CrossCursor

    def begin(self, pointer: Pointer) -> None:
        """Choose the crown to take from, or take the clicked one away from it."""
        if pointer.button is not Qt.MouseButton.LeftButton:
            return
        chosen = self.only_selected()
        other = self._other(pointer, chosen)
        if chosen is None or other is None:
            found = self.crown_under(pointer)
            if found is not None:
                self.surface.document.set_selection((found.tree_id,))
            return
        name = f"Subtract crown {other.tree_id} from crown {chosen.tree_id}"
        done = self.reshape_one(name, chosen, lambda: dividing.subtract(chosen.outline, [other.outline], self.limits))
        if done:
            self.surface.document.set_selection((chosen.tree_id,))
        self._over = None

    def move(self, pointer: Pointer) -> None:
        """Show what would be taken away."""
        over = self._other(pointer, self.only_selected())
        if over is not self._over:
            self._over = over
            self.surface.update()

    def map_moved(self, pointer: Pointer) -> None:
        """Another crown may be under the mouse."""
        self.move(pointer)

    def leave(self) -> None:
        """Nothing is under the mouse."""
        self._over = None
        self.surface.update()

    def crowns_changed(self) -> None:
        """The crown under the mouse may be gone."""
        self._over = None
        self.surface.refresh_hint()

    def hint(self) -> str:
        """What to do next."""
        chosen = self.only_selected()
        if chosen is None:
            return tr("Click the crown that is too large")
        return tr("Click the crown that is cut out of crown {number}    Esc: let go").format(number=chosen.tree_id)

    def paint(self, painter: QPainter) -> None:
        """What a click would take away."""
        chosen = self.only_selected()
        if chosen is None or self._over is None:
            return
        for part in shapely.get_parts(shapely.intersection(chosen.outline, self._over.outline)).tolist():
            if part.geom_type == "Polygon" and not part.is_empty:  # crowns that do not meet have an empty one
                rings = [self.surface.to_screen(ring) for ring in geometry.rings(part)]
                paint_future(painter, rings, self.surface.colours, is_loss=True)

    def _other(self, pointer: Pointer, chosen: Crown | None) -> Crown | None:
        """The crown under the mouse that is not the chosen one: crowns that overlap lie over each other."""
        if chosen is None or self.surface.georeference is None or not self.surface.shows_crowns:
            return None
        point = shapely.Point(self.place(pointer))
        here = [one for one in self.near(point, but=(chosen.tree_id,)) if one.outline.intersects(point)]
        return min(here, key=lambda one: float(one.outline.area), default=None)
