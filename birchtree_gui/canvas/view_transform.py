"""ViewTransform: which part of the orthomosaic the map shows, and how large."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRect

from inference.plot.grid import Bounds

Points = npt.NDArray[np.float64]

LARGEST_SCALE = 64.0
"""Screen pixels per orthomosaic pixel beyond which zooming in shows nothing more."""


@dataclass(frozen=True, slots=True)
class ViewTransform:
    """A place and a scale; every change makes a new value.

    Three spaces: `_px` level-0 orthomosaic pixels (float64, y down); screen: device-independent pixels of the widget;
    `_dev`: device pixels counted from level-0 (0, 0) at the present scale. Pictures are kept in whole `_dev` pixels, so
    that a moved map is a moved picture and nothing is resampled.

    Attributes:
        left_px, top_px: level-0 position of the widget's upper left corner.
        scale: screen pixels per level-0 pixel.
        width, height: size of the widget in screen pixels.
        dpr: device pixels per screen pixel.
    """

    left_px: float = 0.0
    top_px: float = 0.0
    scale: float = 1.0
    width: int = 1
    height: int = 1
    dpr: float = 1.0

    @property
    def scale_dev(self) -> float:
        """Device pixels per level-0 pixel."""
        return self.scale * self.dpr

    @property
    def left_dev(self) -> int:
        """Whole device pixel at the left edge."""
        return round(self.left_px * self.scale_dev)

    @property
    def top_dev(self) -> int:
        """Whole device pixel at the top edge."""
        return round(self.top_px * self.scale_dev)

    @property
    def rect_dev(self) -> QRect:
        """What is shown, in `_dev` pixels."""
        return QRect(self.left_dev, self.top_dev, math.ceil(self.width * self.dpr), math.ceil(self.height * self.dpr))

    @property
    def bounds_px(self) -> Bounds:
        """What is shown as (left, top, right, bottom) in level-0 pixels."""
        return self.rect_to_px(self.rect_dev)

    @property
    def centre_px(self) -> tuple[float, float]:
        """Level-0 position of the widget's middle."""
        return (self.left_px + self.width / 2 / self.scale, self.top_px + self.height / 2 / self.scale)

    def rect_to_px(self, rect_dev: QRect) -> Bounds:
        """A rectangle of `_dev` pixels as (left, top, right, bottom) in level-0 pixels."""
        scale = self.scale_dev
        return (
            rect_dev.x() / scale,
            rect_dev.y() / scale,
            (rect_dev.x() + rect_dev.width()) / scale,
            (rect_dev.y() + rect_dev.height()) / scale,
        )

    def to_px(self, screen: QPointF) -> tuple[float, float]:
        """Level-0 position under a point of the widget."""
        scale = self.scale_dev
        return (
            (screen.x() * self.dpr + self.left_dev) / scale,
            (screen.y() * self.dpr + self.top_dev) / scale,
        )

    def to_screen(self, xy_px: Points) -> Points:
        """(N, 2) level-0 positions -> (N, 2) screen pixels of the widget."""
        origin: Points = np.array([self.left_dev, self.top_dev], np.float64)
        return (xy_px * self.scale_dev - origin) / self.dpr

    def panned(self, dx: float, dy: float) -> ViewTransform:
        """The map moved by (dx, dy) screen pixels."""
        return replace(self, left_px=self.left_px - dx / self.scale, top_px=self.top_px - dy / self.scale)

    def zoomed(self, factor: float, at: QPointF, *, smallest: float) -> ViewTransform:
        """Larger by `factor`, with the place under `at` staying there; never smaller than scale `smallest`."""
        scale = min(max(self.scale * factor, smallest), LARGEST_SCALE)
        x_px, y_px = self.left_px + at.x() / self.scale, self.top_px + at.y() / self.scale
        return replace(self, left_px=x_px - at.x() / scale, top_px=y_px - at.y() / scale, scale=scale)

    def fitted(self, bounds_px: Bounds, *, margin: float = 0.05) -> ViewTransform:
        """Showing all of (left, top, right, bottom) in the middle, with a margin as a share of the widget's size."""
        left, top, right, bottom = bounds_px
        across, down = max(right - left, 1e-6), max(bottom - top, 1e-6)
        room = 1.0 - 2.0 * margin
        scale = min(self.width * room / across, self.height * room / down, LARGEST_SCALE)
        return replace(
            self,
            left_px=(left + right) / 2 - self.width / 2 / scale,
            top_px=(top + bottom) / 2 - self.height / 2 / scale,
            scale=scale,
        )

    def at_place_of(self, other: ViewTransform) -> ViewTransform:
        """The middle and the scale of another view, in this one's widget."""
        x_px, y_px = other.centre_px
        left_px, top_px = x_px - self.width / 2 / other.scale, y_px - self.height / 2 / other.scale
        return replace(self, scale=other.scale, left_px=left_px, top_px=top_px)

    def resized(self, width: int, height: int, dpr: float) -> ViewTransform:
        """The same middle and scale in a widget of another size or on another screen."""
        x_px, y_px = self.centre_px
        return replace(
            self,
            left_px=x_px - width / 2 / self.scale,
            top_px=y_px - height / 2 / self.scale,
            width=width,
            height=height,
            dpr=dpr,
        )
