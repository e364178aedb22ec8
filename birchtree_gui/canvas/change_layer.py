"""ChangeLayer: lies over the map and colours trees by what became of them between two surveys."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.crown_colouring import LegendEntry
from birchtree_gui.canvas.map_overlay import MapOverlay
from birchtree_gui.canvas.view import MapView

# From the set of Okabe and Ito, as the crowns' own; what is lost is dashed and crossed as well.
FATE_COLOURS: dict[str, str] = {
    "survived": "#56b4e9",
    "died": "#e69f00",
    "gone": "#d55e00",
    "new": "#35d07f",
    "unclear_now": "#f0e442",
    "unclear_then": "#cc79a7",
    "outside": "#bdbdbd",
}
_FATES = tuple(FATE_COLOURS)
_OTHER = "#8c8c8c"
_LOST = ("gone", "unclear_now")
_OUTLINE_FROM = 5.0
_MOST_OUTLINES = 3000


def fate_entries(names: Mapping[str, str], there: Collection[str]) -> tuple[LegendEntry, ...]:
    """The legend's lines for the fates that are there, called by `names`."""
    return tuple(LegendEntry(_FATES.index(fate), FATE_COLOURS[fate], names[fate]) for fate in _FATES if fate in there)


def fate_of(kind: int | None) -> str:
    """The fate of a line of the legend; "" for None."""
    return "" if kind is None else _FATES[kind]


def kind_of(fate: str) -> int | None:
    """The line of the legend of a fate; None for ""."""
    return _FATES.index(fate) if fate else None


class ChangeLayer(MapOverlay):
    """Sees no mouse; paints nothing without trees."""

    def __init__(self, map_view: MapView) -> None:
        super().__init__(map_view)
        self._outlines: npt.NDArray[np.object_] = np.zeros(0, object)
        self._fates: npt.NDArray[np.object_] = np.zeros(0, object)
        self._bounds: npt.NDArray[np.float64] = np.zeros((0, 4))
        self._chosen: int | None = None
        self._only = ""
        self.lower()
        self.hide()

    def show_trees(self, outlines: list[shapely.Polygon], fates: list[str], only: str = "") -> None:
        """Show these trees, each in the colour of its fate, or those of one fate and the others grey.

        What is not there any more is left out of the others. No tree hides the layer.
        """
        self._only = only
        self._outlines = np.empty(len(outlines), object)
        self._outlines[:] = outlines
        self._fates = np.array(fates, object)
        self._bounds = shapely.bounds(self._outlines).reshape(-1, 4) if len(outlines) else np.zeros((0, 4))
        self._chosen = None
        self.setVisible(bool(outlines))
        self.update()

    def choose(self, place: int | None) -> None:
        """Draw one tree bolder than the others."""
        self._chosen = place
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outlines where they are large enough to see, else dots."""
        del event
        if self._map.georeference is None or not len(self._outlines):
            return
        low, high = self._map.to_screen(self._bounds[:, :2]), self._map.to_screen(self._bounds[:, 2:])
        near, far = np.minimum(low, high), np.maximum(low, high)
        seen = (far > 0).all(axis=1) & (near[:, 0] < self.width()) & (near[:, 1] < self.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wanted = (self._fates == self._only) if self._only else np.ones(len(self._fates), bool)
        places = np.flatnonzero(seen & (wanted | ~np.isin(self._fates.astype(str), _LOST)))
        places = places[np.argsort(wanted[places], kind="stable")]  # grey ones below
        size = (far - near)[places].min(axis=1)
        dots = len(places) > _MOST_OUTLINES or (len(places) > 0 and float(np.median(size)) < _OUTLINE_FROM)
        for place in places.tolist():
            colour = QColor(FATE_COLOURS[str(self._fates[place])] if wanted[place] else _OTHER)
            if dots:
                centre = (near[place] + far[place]) / 2
                painter.fillRect(QRectF(centre[0] - 1.5, centre[1] - 1.5, 3, 3), colour)
            else:
                self._paint_outline(painter, place, colour)
        self.paint_furniture(painter)
        painter.end()

    def _paint_outline(self, painter: QPainter, place: int, colour: QColor) -> None:
        path = QPainterPath()
        outline = self._outlines[place]
        for ring in (outline.exterior, *outline.interiors):
            points = self._map.to_screen(shapely.get_coordinates(ring)).tolist()
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        lost = str(self._fates[place]) in _LOST
        width = 3.5 if place == self._chosen else 2.0
        painter.fillPath(path, colours.with_alpha(colour.name(), 0.3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.with_alpha(colours.CASING, 0.7), width + 2.0))
        painter.drawPath(path)
        pen = QPen(colour, width, Qt.PenStyle.DashLine if lost else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.drawPath(path)
        if str(self._fates[place]) == "gone":
            box = path.boundingRect()
            inner = box.adjusted(0.3 * box.width(), 0.3 * box.height(), -0.3 * box.width(), -0.3 * box.height())
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.topRight(), inner.bottomLeft())
