"""Looks at a tile more than once - turned, mirrored, larger, smaller - and averages what the small BalSAM finds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.segment.detection.crown_masks import bilinear

FloatArray = npt.NDArray[np.float32]

FILL = 105.0  # the grey that training laid around its pieces
UNKNOWN_M = -1.0
_OUTSIDE = {3: np.float32(FILL), 1: np.float32(UNKNOWN_M)}  # by the number of planes

# The encoder's outputs, centres (1, 1, h, w) and reach (1, 4, h, w) of a picture (1, 3, T, T) and its elevation
# (1, 1, T, T).
Features = Mapping[str, FloatArray]
Look = Callable[[FloatArray, FloatArray], tuple[Features, FloatArray, FloatArray]]


@dataclass(frozen=True, slots=True)
class Views:
    """How often a tile is looked at.

    Attributes:
        symmetries: of the square's eight, 1 to 8.
        zoom: the tile is also looked at so many times larger and smaller; 1.0 for neither.
    """

    symmetries: int = 1
    zoom: float = 1.0

    @property
    def zooms(self) -> tuple[float, ...]:
        """All magnifications, the plain one first."""
        return (1.0,) if self.zoom <= 1.0 else (1.0, 1.0 / self.zoom, self.zoom)


@dataclass(frozen=True, slots=True)
class Maps:
    """Means over all views.

    Attributes:
        features: what the encoder gave for the plain view.
        centres: (h, w) 0..1.
        reach: (4, h, w) cells of the map, left, top, right, bottom.
    """

    features: Features
    centres: FloatArray
    reach: FloatArray


def averaged(
    look: Look, rgb: FloatArray, elevation_m: FloatArray, middle_px: tuple[float, float], views: Views
) -> Maps:
    """Look at a tile in all views.

    Args:
        look: the model.
        rgb: (1, 3, T, T), its elevation (1, 1, T, T) with negative values where unknown.
        elevation_m: see `rgb`.
        middle_px: row and column around which the enlarged view lies: it does not show the whole tile.
        views: which.
    """
    features: Features | None = None
    sums = seen_by = np.zeros(0, np.float32)
    for zoom in views.zooms:
        window = _Window.around(middle_px, rgb.shape[-1], zoom)
        plain, maps = _turned_all(look, window.shown(rgb), window.shown_nearest(elevation_m), views.symmetries)
        if features is None:
            features, sums, seen_by = plain, maps, np.ones(maps.shape[1:], np.float32)
            continue
        maps, there = window.back(maps)
        maps[1:] /= np.float32(zoom)
        sums = sums + maps * there
        seen_by = seen_by + there
    assert features is not None
    mean = sums / seen_by
    return Maps(features, mean[0], mean[1:])


def _turned_all(look: Look, rgb: FloatArray, elevation_m: FloatArray, symmetries: int) -> tuple[Features, FloatArray]:
    """The encoder's outputs for the first symmetry, and the mean of centres and reach (5, h, w) over all."""
    features: Features | None = None
    total = np.zeros(0, np.float32)
    count = min(max(symmetries, 1), 8)
    for number in range(count):
        found, centres, reach = look(seen(rgb, number), seen(elevation_m, number))
        maps = np.concatenate([unseen(centres, number)[0], unseen_reach(reach, number)[0]])
        if features is None:
            features, total = found, maps
        else:
            total = total + maps
    assert features is not None
    return features, total / np.float32(count)


@dataclass(frozen=True, slots=True)
class _Window:
    """Where a magnified view lies in the tile: its first cell, and how many times larger it shows it."""

    row: int
    column: int
    zoom: float
    side: int

    @classmethod
    def around(cls, middle_px: tuple[float, float], side: int, zoom: float) -> "_Window":
        room = max(side - side / zoom, 0.0)
        first = [int(np.clip(place - side / zoom / 2.0, 0.0, room)) for place in middle_px]
        return cls(first[0], first[1], zoom, side)

    def shown(self, planes: FloatArray) -> FloatArray:
        """(1, C, T, T) magnified, what lies beyond the tile being the value at its edge."""
        if self.zoom == 1.0:
            return planes
        rows, columns = self._sources()
        made = np.stack([bilinear(plane, rows, columns) for plane in planes[0]])[None]
        return np.asarray(self._only_inside(made, planes), np.float32)

    def shown_nearest(self, planes: FloatArray) -> FloatArray:
        """The same without mixing cells: unknown elevation is a number apart."""
        if self.zoom == 1.0:
            return planes
        rows, columns = (np.clip(np.rint(places), 0, self.side - 1).astype(int) for places in self._sources())
        return np.asarray(self._only_inside(planes[..., rows[:, None], columns], planes), np.float32)

    def _only_inside(self, made: FloatArray, planes: FloatArray) -> FloatArray:
        """A smaller view leaves room at the right and below: it is filled like the tile's outside."""
        end = int(self.side * self.zoom)
        if end < self.side:
            outside = _OUTSIDE[planes.shape[1]]
            made[..., end:, :] = outside
            made[..., :, end:] = outside
        return made

    def _sources(self) -> tuple[FloatArray, FloatArray]:
        cells = (np.arange(self.side, dtype=np.float32) + np.float32(0.5)) / np.float32(self.zoom) - np.float32(0.5)
        return cells + np.float32(self.row), cells + np.float32(self.column)

    def back(self, maps: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Maps (5, h, w) of this view on the tile's own, and where (h, w) it showed the tile: 1.0 or 0.0."""
        cells = maps.shape[1]
        stride = np.float32(self.side / cells)
        centres = (np.arange(cells, dtype=np.float32) + np.float32(0.5)) * stride
        rows, columns = (
            (centres - np.float32(first)) * np.float32(self.zoom) / stride - np.float32(0.5)
            for first in (self.row, self.column)
        )
        there = [(places > -0.5) & (places < cells - 0.5) for places in (rows, columns)]
        made = np.stack([bilinear(plane, rows, columns) for plane in maps])
        return made.astype(np.float32), (there[0][:, None] & there[1]).astype(np.float32)


def seen(planes: FloatArray, number: int) -> FloatArray:
    """One of the square's eight views of (..., T, T): bit 0 mirrors, bit 1 flips, bit 2 transposes, in this order."""
    planes = planes[..., ::-1] if number & 1 else planes
    planes = planes[..., ::-1, :] if number & 2 else planes
    return np.ascontiguousarray(planes.swapaxes(-1, -2) if number & 4 else planes)


def unseen(planes: FloatArray, number: int) -> FloatArray:
    """The other way round."""
    planes = planes.swapaxes(-1, -2) if number & 4 else planes
    planes = planes[..., ::-1, :] if number & 2 else planes
    return planes[..., ::-1] if number & 1 else planes


def unseen_reach(reach: FloatArray, number: int) -> FloatArray:
    """`unseen` of the reach (1, 4, h, w) to left, top, right and bottom, which change places with the axes."""
    reach = unseen(reach, number)
    if number & 4:
        reach = reach[:, [1, 0, 3, 2]]
    if number & 2:
        reach = reach[:, [0, 3, 2, 1]]
    return reach[:, [2, 1, 0, 3]] if number & 1 else reach
