"""SelectTool: click and box selection of crowns, with the one under the mouse highlighted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from birchtree_gui.canvas.georeference import corners
from birchtree_gui.canvas.gesture_paint import paint_box, paint_hovered
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, Tool, tr
from inference.crowns import geometry


class SelectTool(Tool):
    """Click selects, Shift adds, Ctrl toggles, dragging draws a box."""

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._from: Pointer | None = None
        self._box: QRectF | None = None
        self._hovered: int | None = None

    def stop(self) -> None:
        """Neither a box nor a crown under the mouse."""
        self._hover(None)
        self.cancel()

    def begin(self, pointer: Pointer) -> None:
        """Remember where a click or a box starts."""
        if pointer.button is Qt.MouseButton.LeftButton:
            self._from = pointer

    def move(self, pointer: Pointer) -> None:
        """Draw the box, or look what is under the mouse."""
        if self._from is None:
            self._hover(self.surface.crown_at(pointer))
        elif self._box is not None or pointer.is_far_from(self._from.screen):
            self._hover(None)
            self._box = QRectF(self._corner(self._from), pointer.screen).normalized()
            self.surface.update()

    def map_moved(self, pointer: Pointer) -> None:
        """Another crown may be under the mouse, and a box keeps its start on the ground."""
        self.move(pointer)

    def finish(self, pointer: Pointer) -> None:
        """Select."""
        start, box = self._from, self._box
        self.cancel()
        if start is None or pointer.button is not Qt.MouseButton.LeftButton:
            return
        found = self._inside(start, pointer) if box is not None else self._under(start)
        selection = self.surface.document.selection
        if start.ctrl:
            found = selection ^ found
        elif start.shift:
            found = selection | found
        self.surface.document.set_selection(found)

    @property
    def holds_button(self) -> bool:
        """While dragging."""
        return self._from is not None

    def cancel(self) -> bool:
        """Drop the box."""
        had_box, self._from, self._box = self._box is not None, None, None
        self.surface.update()
        return had_box

    def leave(self) -> None:
        """Nothing is under the mouse."""
        self._hover(None)

    def crowns_changed(self) -> None:
        """The crown under the mouse may be gone."""
        if self._hovered is not None and not self.surface.document.is_visible(self._hovered):
            self._hover(None)

    def hint(self) -> str:
        """What the mouse does."""
        return tr(
            "Click: select    Shift: add    Ctrl: toggle    drag: select in a box    Del: delete the selected crowns"
        )

    def paint(self, painter: QPainter) -> None:
        """The crown under the mouse, and the box."""
        table = self.surface.document.table
        if table is not None and self._hovered is not None and self._hovered in table:
            rings = geometry.rings(table.get(self._hovered).outline)
            paint_hovered(painter, [self.surface.to_screen(ring) for ring in rings])
        if self._box is not None:
            paint_box(painter, self._box, self.surface.colours)

    def _hover(self, tree_id: int | None) -> None:
        if tree_id != self._hovered:
            self._hovered = tree_id
            self.surface.update()

    def _corner(self, start: Pointer) -> QPointF:
        """Where the gesture began, on the screen as the map lies now."""
        view = self.surface.view
        x, y = view.to_screen(np.array([[start.x_px, start.y_px]]))[0].tolist()
        return QPointF(x, y)

    def _under(self, pointer: Pointer) -> frozenset[int]:
        found = self.surface.crown_at(pointer)
        return frozenset() if found is None else frozenset((found,))

    def _inside(self, start: Pointer, end: Pointer) -> frozenset[int]:
        """Crowns that meet the box, by their outlines and not just by their bounds."""
        georeference, table = self.surface.georeference, self.surface.document.table
        if georeference is None or table is None:
            return frozenset()
        left, right = sorted((start.x_px, end.x_px))
        top, bottom = sorted((start.y_px, end.y_px))
        box = shapely.Polygon(georeference.to_crs(corners((left, top, right, bottom))))
        near = self.surface.shown_among(table.within(box.bounds))
        places = table.places(near.tolist())
        return frozenset(near[_meet(box, table.outlines[places], table.bounds_crs[places])].tolist())


def _meet(
    box: shapely.Polygon, outlines: npt.NDArray[np.object_], bounds: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """(N,) whether outlines meet the box; those well inside an upright box need no look at their vertices."""
    left, bottom, right, top = box.bounds
    meets = np.zeros(len(outlines), bool)
    if abs(box.area - (right - left) * (top - bottom)) < 1e-9 * max(box.area, 1e-12):
        meets = (bounds[:, 0] >= left) & (bounds[:, 2] <= right) & (bounds[:, 1] >= bottom) & (bounds[:, 3] <= top)
    shapely.prepare(box)
    meets[~meets] = shapely.intersects(box, outlines[~meets])
    return meets
