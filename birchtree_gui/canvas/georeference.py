"""Georeference: level-0 orthomosaic pixels <-> plot coordinates, as the open plot converts them."""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np
import numpy.typing as npt

from inference.plot.grid import Bounds

Points = npt.NDArray[np.float64]


class Converts(Protocol):
    """The part of `inference.plot.plot.Plot` that the canvas needs to place things."""

    def crs_to_px(self, xy: Points) -> Points:
        """(N, 2) plot coordinates -> (N, 2) level-0 pixels."""
        ...

    def px_to_crs(self, xy: Points) -> Points:
        """(N, 2) level-0 pixels -> (N, 2) plot coordinates."""
        ...


class Georeference:
    """Conversions of points and boxes; the relation is affine, also for rotated and south-up orthomosaics."""

    def __init__(self, plot: Converts) -> None:
        self._plot = plot
        corner, right, down = self.to_crs(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))
        across, along = right - corner, down - corner
        self.crs_per_px = math.sqrt(abs(float(across[0] * along[1] - across[1] * along[0])))
        """Side of a level-0 pixel in units of the plot CRS."""
        origin, north = self.to_px(np.array([[0.0, 0.0], [0.0, 1.0]]))
        self.north_rad = math.atan2(float(north[0] - origin[0]), -float(north[1] - origin[1]))
        """How far grid north is turned from the top of the orthomosaic, clockwise."""

    def to_px(self, xy_crs: Points) -> Points:
        """(N, 2) plot coordinates -> (N, 2) level-0 pixels."""
        return self._plot.crs_to_px(xy_crs)

    def to_crs(self, xy_px: Points) -> Points:
        """(N, 2) level-0 pixels -> (N, 2) plot coordinates."""
        return self._plot.px_to_crs(xy_px)

    def point_to_crs(self, x_px: float, y_px: float) -> tuple[float, float]:
        """One point."""
        x, y = self.to_crs(np.array([[x_px, y_px]]))[0]
        return float(x), float(y)

    def box_to_crs(self, box_px: Bounds) -> Bounds:
        """The plot-CRS box (min x, min y, max x, max y) around (left, top, right, bottom) in pixels."""
        return _around(self.to_crs(corners(box_px)))

    def box_to_px(self, box_crs: Bounds) -> Bounds:
        """The pixel box (left, top, right, bottom) around (min x, min y, max x, max y) in the plot CRS."""
        return _around(self.to_px(corners(box_crs)))


def corners(box: Bounds) -> Points:
    """(4, 2) corners of a box, in order around it."""
    left, top, right, bottom = box
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


def _around(points: Points) -> Bounds:
    (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return (left, top, right, bottom)
