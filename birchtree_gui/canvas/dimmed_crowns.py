"""DimmedCrowns: lies over the map and darkens the crowns that a threshold would take away."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF

from birchtree_gui.canvas.map_overlay import MapOverlay
from birchtree_gui.canvas.view import MapView

_SHADE = QColor(0, 0, 0, 150)
_CROSS = QColor(255, 255, 255, 190)
# Below so many screen pixels a crown is a box; more crowns than this in view are always boxes.
_OUTLINE_FROM = 14.0
_MOST_OUTLINES = 1500


class DimmedCrowns(MapOverlay):
    """Sees no mouse; paints nothing while no crown is dimmed."""

    def __init__(self, map_view: MapView) -> None:
        super().__init__(map_view)
        self._ids: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        self.hide()

    @property
    def ids(self) -> npt.NDArray[np.int64]:
        """(N,) the dimmed crowns."""
        return self._ids

    def dim(self, ids: npt.NDArray[np.int64]) -> None:
        """Darken these crowns and no others."""
        self._ids = np.sort(ids)
        self.setVisible(len(ids) > 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shade what is in view, with a stroke through it: what goes is not told by shade alone."""
        del event
        table, georeference = self._map.document.table, self._map.georeference
        if table is None or georeference is None or not len(self._ids):
            return
        here = self._ids[np.isin(self._ids, table.ids, assume_unique=True)]
        places = table.places(here.tolist())
        boxes = table.bounds_crs[places]
        low, high = self._map.to_screen(boxes[:, :2]), self._map.to_screen(boxes[:, 2:])
        corner, far = np.minimum(low, high), np.maximum(low, high)
        seen = (far > 0).all(axis=1) & (corner[:, 0] < self.width()) & (corner[:, 1] < self.height())
        corner, size = corner[seen], (far - corner)[seen]
        painter = QPainter(self)
        painter.setBrush(QBrush(_SHADE))
        painter.setPen(Qt.PenStyle.NoPen)
        large = len(size) <= _MOST_OUTLINES and len(size) > 0 and float(np.median(size)) >= _OUTLINE_FROM
        if large:
            self._paint_outlines(painter, table.outlines[places[seen]])
        rects = [QRectF(*one) for one in np.column_stack([corner, np.maximum(size, 1.0)]).tolist()]
        if large:
            painter.setPen(QPen(_CROSS, 1.5))
            for rect in rects:
                painter.drawLine(
                    QPointF(rect.left() + 0.3 * rect.width(), rect.bottom() - 0.3 * rect.height()),
                    QPointF(rect.right() - 0.3 * rect.width(), rect.top() + 0.3 * rect.height()),
                )
        else:
            painter.drawRects(rects)
        painter.end()

    def _paint_outlines(self, painter: QPainter, outlines: npt.NDArray[np.object_]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for outline in outlines.tolist():
            ring = self._map.to_screen(shapely.get_coordinates(outline.exterior))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in ring.tolist()]))
