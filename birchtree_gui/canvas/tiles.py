"""Tiles as values: which ones a view needs, what is asked of a worker thread, and what it answers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from inference.errors import BirchtreeError

TILE_PX = 512
# The least words of a pixel that can be seen, and of one that covers what is under it.
_FIRST_ALPHA, _OPAQUE = 1 << 24, 255 << 24


class TileSource(Protocol):
    """A layer of the plot that paints tiles on the orthomosaic's pixel grid; called from several threads at once."""

    def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> npt.NDArray[np.uint8]:
        """(tile_px, tile_px, 4) RGBA, not premultiplied; alpha 0 where there is nothing."""
        ...


class TileKey(NamedTuple):
    """One tile of one layer: 2**level level-0 pixels per tile pixel."""

    layer: str
    level: int
    col: int
    row: int

    @property
    def span_px(self) -> int:
        """Side in level-0 pixels."""
        return TILE_PX << self.level

    def rect_dev(self, scale_dev: float) -> QRect:
        """Where the tile lies in device pixels at a scale; neighbours share their edges exactly."""
        span = self.span_px * scale_dev
        left, top = round(self.col * span), round(self.row * span)
        return QRect(left, top, round((self.col + 1) * span) - left, round((self.row + 1) * span) - top)

    def ancestor(self, steps: int) -> TileKey:
        """The tile `steps` levels coarser that covers this one."""
        return TileKey(self.layer, self.level + steps, self.col >> steps, self.row >> steps)

    def children(self) -> tuple[TileKey, ...]:
        """The four tiles one level finer."""
        col, row = self.col * 2, self.row * 2
        return tuple(TileKey(self.layer, self.level - 1, col + dx, row + dy) for dy in (0, 1) for dx in (0, 1))


@dataclass(frozen=True, slots=True)
class TileRequest:
    """What a worker thread is asked for; `generation` tells answers that came too late."""

    key: TileKey
    source: TileSource
    generation: int

    def answer(self) -> TileResponse:
        """Read and paint the tile (worker thread)."""
        try:
            rgba = self.source.render(self.key.level, self.key.col, self.key.row, TILE_PX)
        except BirchtreeError as error:
            return TileResponse(self.key, self.generation, None, str(error))
        return TileResponse(self.key, self.generation, to_image(rgba))


@dataclass(frozen=True, slots=True)
class TileResponse:
    """What comes back; `image` is None where the tile is empty or could not be read."""

    key: TileKey
    generation: int
    image: QImage | None
    failure: str = ""


def to_image(rgba: npt.NDArray[np.uint8]) -> QImage | None:
    """(H, W, 4) RGBA -> an image in the format that paints fastest; None when nothing of it is visible."""
    pixels = np.ascontiguousarray(rgba)
    words = pixels.view("<u4")  # alpha is the highest byte: its extremes are those of the words, ten times as fast
    opaque = int(words.min()) >= _OPAQUE
    if not opaque and int(words.max()) < _FIRST_ALPHA:
        return None
    height, width = pixels.shape[:2]
    shared = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    # Converting copies, so the image does not depend on the array's memory.
    return shared.convertToFormat(QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied)


@dataclass(frozen=True, slots=True)
class TilePyramid:
    """The levels of an orthomosaic of `width_px` x `height_px` pixels, the coarsest being one tile."""

    width_px: int
    height_px: int

    @property
    def top_level(self) -> int:
        """The level at which one tile holds everything."""
        return max(0, math.ceil(math.log2(max(self.width_px, self.height_px, 1) / TILE_PX)))

    def level_for(self, scale_dev: float) -> int:
        """The level nearest in log2: tiles are drawn at 0.71 to 1.41 times their size (larger beyond level 0)."""
        return min(max(round(-math.log2(scale_dev)), 0), self.top_level)

    def reach(self, level: int, bounds_px: tuple[float, float, float, float], ring: int = 0) -> tuple[int, ...]:
        """First column and row, and those behind the last, of the tiles that touch (left, top, right, bottom)."""
        span = TILE_PX << level
        left, top, right, bottom = bounds_px
        return (
            max(0, math.floor(left / span) - ring),
            max(0, math.floor(top / span) - ring),
            min(math.ceil(right / span) + ring, math.ceil(self.width_px / span)),
            min(math.ceil(bottom / span) + ring, math.ceil(self.height_px / span)),
        )

    def keys(
        self, layer: str, level: int, bounds_px: tuple[float, float, float, float], ring: int = 0
    ) -> Iterator[TileKey]:
        """Tiles that touch (left, top, right, bottom), row by row, with `ring` more around them."""
        first_col, first_row, last_col, last_row = self.reach(level, bounds_px, ring)
        for row in range(first_row, last_row):
            for col in range(first_col, last_col):
                yield TileKey(layer, level, col, row)

    def wanted(
        self, layer: str, level: int, bounds_px: tuple[float, float, float, float], *, ring: int = 0
    ) -> list[TileKey]:
        """Tiles for a view, nearest to its middle first, with `ring` more around it."""
        span = TILE_PX << level
        left, top, right, bottom = bounds_px
        middle_col, middle_row = (left + right) / 2 / span - 0.5, (top + bottom) / 2 / span - 0.5
        found = self.keys(layer, level, bounds_px, ring)
        return sorted(found, key=lambda key: (key.col - middle_col) ** 2 + (key.row - middle_row) ** 2)
