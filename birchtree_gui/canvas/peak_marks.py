"""PeakMarks: a small plate with two summits on each crown that holds two peaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from birchtree_gui.canvas.stroke_paint import paint_peaks
from birchtree_gui.canvas.tools.base import MapSurface

# Smaller crowns have no room for a mark, in screen pixels.
_SMALLEST = 34.0


class HasTops(Protocol):
    """A crown with the places of its tops in the plot CRS."""

    @property
    def tops_crs(self) -> tuple[tuple[float, float], ...]:
        """Highest first."""
        ...


class PeakMarks:
    """Painted between the two highest tops."""

    def __init__(self, surface: MapSurface, twins: Callable[[], Mapping[int, HasTops]]) -> None:
        self._surface = surface
        self._twins = twins

    def paint(self, painter: QPainter) -> None:
        """Paint the marks that have room."""
        surface, table = self._surface, self._surface.document.table
        if table is None or surface.georeference is None or not surface.shows_crowns:
            return
        for tree_id, twin in self._twins().items():
            left, bottom, right, top = table.get(tree_id).outline.bounds
            corners = surface.to_screen(np.array([[left, bottom], [right, top]]))
            if np.abs(corners[1] - corners[0]).min() < _SMALLEST:
                continue
            x, y = surface.to_screen(np.array(twin.tops_crs[:2])).mean(axis=0).tolist()
            paint_peaks(painter, QPointF(x, y))
