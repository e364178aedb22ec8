"""Reads an orthomosaic once, row of tiles by row of tiles, at a trait model's cell size, for crops that overlap.

Crops are windows of one picture: the orthomosaic resampled to the model's cells. This module holds the few rows of
tiles of that picture that the crops at hand need. Each cell is read once; a block of the file that two reads share is
still in GDAL's cache, because reads go along a row of tiles that is made so flat that a row of blocks fits into it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.plot.block import RasterBlock
from inference.plot.gdal_session import CACHE_BYTES
from inference.plot.grid import Grid
from inference.plot.plot import Plot
from inference.plot.style import to_rgb8

Ints = npt.NDArray[np.int64]

TILE_CELLS = 256
_FLATTEST_CELLS = 16
# Rows of tiles that are held: a bound on memory that the size of the plot and the number of crowns do not move.
_MEMORY_BYTES = 256 * 2**20
# Raster pixels per read: a third of a second at most, so a cancel is noticed in time.
_READ_AT_ONCE_PX = 16_000_000


@dataclass(frozen=True, slots=True)
class Layout:
    """How the picture is cut.

    Attributes:
        tile_rows: cells down a row of tiles.
        panel_cols: cells across the part of the plot that is worked through from top to bottom before the next.
    """

    tile_rows: int
    panel_cols: int


def layout(plot: Plot, cell_m: float, side_px: int, *, with_chm: bool) -> Layout:
    """Rows so flat and panels so narrow that memory and GDAL's cache suffice.

    Args:
        plot: its orthomosaic tells how the file is blocked.
        cell_m: side of the model's cells in metres.
        side_px: cells along a side of a crop.
        with_chm: heights are held, too.
    """
    info = plot.ortho.info
    ratio = cell_m / plot.gsd_m
    cache_px = 0.7 * CACHE_BYTES / (info.band_count * np.dtype(info.dtype).itemsize)
    block_rows, block_cols = info.block_shape
    # A file in strips is decoded across its whole width, however narrow the panel.
    is_striped = block_cols >= info.width_px
    tile_rows = TILE_CELLS
    if is_striped:
        fits = (cache_px / info.width_px - block_rows) / ratio
        tile_rows = int(min(TILE_CELLS, max(_FLATTEST_CELLS, fits)))
    held_rows = side_px + 2 * tile_rows
    panel = _MEMORY_BYTES / (held_rows * (8 if with_chm else 4))
    if not is_striped:
        panel = min(panel, cache_px / (tile_rows * ratio + block_rows) / ratio)
    return Layout(tile_rows, int(max(panel, 4 * side_px)))


@dataclass(frozen=True, slots=True)
class _Row:
    rgb: npt.NDArray[np.uint8]
    valid: npt.NDArray[np.bool_]
    chm_m: npt.NDArray[np.float32] | None


class CropRows:
    """The rows of tiles of one panel, read from top to bottom.

    Args:
        plot: read from.
        grid: gives the cells; its extent does not matter.
        tops, lefts: (N,) first row and column of each crop in cells of `grid`, sorted by row of tiles.
        side_px: cells along a side of a crop.
        tile_rows: cells down a row of tiles.
        with_chm: read heights, too.
    """

    def __init__(
        self, plot: Plot, grid: Grid, tops: Ints, lefts: Ints, side_px: int, *, tile_rows: int, with_chm: bool
    ) -> None:
        self._plot = plot
        self._grid = grid
        self._tops, self._lefts = tops, lefts
        self._side_px = side_px
        self._tile_rows = tile_rows
        self._with_chm = with_chm
        self._left = int(lefts.min())
        self._width = int(lefts.max()) + side_px - self._left
        self._rows: dict[int, _Row] = {}
        rule = plot.ortho.info.rule
        is_float = np.issubdtype(np.dtype(plot.ortho.info.dtype), np.floating)
        # A colour that stands for "nothing" is told from a black shadow in the whole crop, so its cells keep it.
        self._keeps_colour = not is_float and (bool(rule.extra) or any(value is not None for value in rule.nodata))

    def window(
        self, top: int, left: int, cancel: CancelToken
    ) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_], npt.NDArray[np.float32] | None]:
        """Picture (3, S, S), validity (S, S) and heights (S, S) of a crop; crops are asked for from top to bottom.

        Raises:
            Cancelled: the user stopped it.
            RasterError: a file is damaged.
        """
        side, height = self._side_px, self._tile_rows
        first, last = top // height, (top + side - 1) // height
        for passed in [number for number in self._rows if number < first]:
            del self._rows[passed]
        cols = slice(left - self._left, left - self._left + side)
        parts = []
        for number in range(first, last + 1):
            if number not in self._rows:
                self._rows[number] = self._read_row(number, cancel)
            rows = slice(max(0, top - number * height), min(height, top + side - number * height))
            parts.append((self._rows[number], rows))
        rgb = np.concatenate([row.rgb[:, rows, cols] for row, rows in parts], axis=1)
        valid = np.concatenate([row.valid[rows, cols] for row, rows in parts])
        if not self._with_chm:
            return rgb, valid, None
        chm_m = np.concatenate([row.chm_m[rows, cols] for row, rows in parts if row.chm_m is not None])
        return rgb, valid, chm_m

    def _read_row(self, number: int, cancel: CancelToken) -> _Row:
        """Read what crops need of a row of tiles; memory for the rest is never touched."""
        shape = (self._tile_rows, self._width)
        row = _Row(
            np.zeros((3, *shape), np.uint8),
            np.zeros(shape, np.bool_),
            np.zeros(shape, np.float32) if self._with_chm else None,
        )
        for start, end in self._runs(number):
            cancel.check()
            grid = self._grid.window(number * self._tile_rows, self._left + start, self._tile_rows, end - start)
            block = self._read_ortho(grid)
            shown = RasterBlock(block.data, np.ones_like(block.valid)) if self._keeps_colour else block
            row.rgb[:, :, start:end] = to_rgb8(shown, self._plot.stretch)
            row.valid[:, start:end] = block.valid
            if row.chm_m is not None and self._plot.elevation is not None:
                row.chm_m[:, start:end] = self._plot.elevation.chm_m(grid)
        return row

    def _runs(self, number: int) -> Iterator[tuple[int, int]]:
        """Spans of columns that crops need of a row of tiles, cut into reads of bearable length."""
        first = np.searchsorted(self._tops // self._tile_rows, number - math.ceil(self._side_px / self._tile_rows))
        last = np.searchsorted(self._tops // self._tile_rows, number, side="right")
        reaches = (self._tops[first:last] + self._side_px - 1) // self._tile_rows >= number
        lefts = self._lefts[first:last][reaches] - self._left
        change = np.zeros(self._width + 1, np.int64)
        np.add.at(change, lefts, 1)
        np.add.at(change, lefts + self._side_px, -1)
        needed = np.cumsum(change[:-1]) > 0
        edges = np.flatnonzero(np.diff(np.concatenate([[False], needed, [False]])))
        ratio = self._grid.cell_crs * self._plot.unit_m / self._plot.gsd_m
        longest = max(TILE_CELLS, int(_READ_AT_ONCE_PX / (self._tile_rows * max(ratio, 1.0) ** 2)))
        for start, end in edges.reshape(-1, 2).tolist():
            for cut in range(start, end, longest):
                yield cut, min(cut + longest, end)

    def _read_ortho(self, grid: Grid) -> RasterBlock:
        """Averaged when shrinking; when enlarging, with a margin, so that interpolation sees across the seam."""
        ratio = grid.cell_crs * self._plot.unit_m / self._plot.gsd_m
        if ratio > 1.0:
            return self._plot.ortho.read_grid(grid, resampling="average")
        margin = math.ceil(1.0 / ratio) + 1
        wide = grid.window(-margin, -margin, grid.height_px + 2 * margin, grid.width_px + 2 * margin)
        block = self._plot.ortho.read_grid(wide, resampling="bilinear")
        inner = (slice(margin, -margin), slice(margin, -margin))
        return RasterBlock(block.data[:, *inner], block.valid[inner])
