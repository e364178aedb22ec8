"""Cuts tiles: picture, elevation and labelled ground of one window, with the crowns that show in it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from inference.datasets.places import Block
from inference.datasets.surveys import LabelledCrown
from inference.plot.grid import Grid
from inference.plot.plot import Plot

_ON_A_LINE = 1e-6  # cells


@dataclass(frozen=True, slots=True)
class TileShape:
    """Tiles of `tile_px` cells of `gsd_m`, each sharing `overlap` of its side with the next."""

    gsd_m: float
    tile_px: int
    overlap: float
    least_visible: float


@dataclass(frozen=True, slots=True)
class TileCrown:
    """A crown as a tile shows it: `outline_px` in (column, row) cells of the tile, clipped to its labelled ground."""

    crown: LabelledCrown
    outline_px: shapely.Polygon
    visible: float


@dataclass(frozen=True, slots=True)
class TrainingTile:
    """One tile of T x T cells.

    Attributes:
        grid: its place in the plot CRS.
        column, row: of its first cell, counted from the corner of the survey.
        rgb: (3, T, T) uint8, 0 outside the block's ground (as geodataset masks areas of interest).
        dsm_m, chm_m: (T, T) float32, NaN where unknown or outside; None without elevation.
        labelled: (T, T) bool, where what is no crown is background: the block's ground with data, without the slivers
            of crowns that are not annotated.
        crowns: those of which enough shows.
    """

    grid: Grid
    column: int
    row: int
    rgb: npt.NDArray[np.uint8]
    dsm_m: npt.NDArray[np.float32] | None
    chm_m: npt.NDArray[np.float32] | None
    labelled: npt.NDArray[np.bool_]
    crowns: tuple[TileCrown, ...]


def windows_of(block: Block, whole: Grid, shape: TileShape) -> Iterator[tuple[int, int]]:
    """(column, row) of the first cells of a block's tiles, on the lines of the survey's grid.

    The last tile of a row ends with the block instead of beyond it, so that little of it is empty.
    """
    left, bottom, right, top = block.area.bounds
    first = (_cell((left - whole.left_crs) / whole.cell_crs), _cell((whole.top_crs - top) / whole.cell_crs))
    last = (_end((right - whole.left_crs) / whole.cell_crs), _end((whole.top_crs - bottom) / whole.cell_crs))
    for row in _starts(first[1], last[1], shape):
        for column in _starts(first[0], last[0], shape):
            yield column, row


def _cell(value: float) -> int:
    return math.floor(value + _ON_A_LINE)


def _end(value: float) -> int:
    return math.ceil(value - _ON_A_LINE)


def _starts(first: int, last: int, shape: TileShape) -> list[int]:
    step = max(1, round(shape.tile_px * (1.0 - shape.overlap)))
    if last - first <= shape.tile_px:
        return [first]
    count = math.ceil((last - first - shape.tile_px) / step) + 1
    return [round(first + (last - first - shape.tile_px) * number / (count - 1)) for number in range(count)]


def cut(
    plot: Plot, block: Block, whole: Grid, place: tuple[int, int], shape: TileShape, crowns: tuple[LabelledCrown, ...]
) -> TrainingTile | None:
    """One tile; None where the plot shows nothing or no ground is labelled.

    Args:
        plot: open.
        block: the ground that this tile may show; the rest belongs to another split.
        whole: grid of the survey.
        place: column and row of the tile's first cell.
        shape: of tiles.
        crowns: of the survey near the tile.
    """
    column, row = place
    grid = whole.window(row, column, shape.tile_px, shape.tile_px)
    ground = _burnt([block.area], grid)
    if not ground.any():
        return None
    tile = plot.read_tile(0, grid, grid.bounds_crs)
    ground &= tile.valid
    area = shapely.intersection(block.area, shapely.box(*grid.bounds_crs))
    shown, slivers = _shown(crowns, area, grid, shape.least_visible)
    # A crown of which too little shows to be learned is no background either.
    labelled = ground & ~_burnt(slivers, grid)
    if not labelled.any():
        return None
    return TrainingTile(
        grid=grid,
        column=column,
        row=row,
        rgb=np.where(ground, tile.rgb, 0).astype(np.uint8),
        dsm_m=None if tile.dsm_m is None else _only(tile.dsm_m, ground),
        chm_m=None if tile.chm_m is None else _only(tile.chm_m, ground),
        labelled=labelled,
        crowns=tuple(shown),
    )


def _burnt(areas: Sequence[shapely.Geometry], grid: Grid) -> npt.NDArray[np.bool_]:
    """Cells whose middle lies in one of the areas."""
    from rasterio.features import rasterize

    if not areas:
        return np.zeros(grid.shape, bool)
    burnt = rasterize(areas, out_shape=grid.shape, transform=grid.transform, fill=0, default_value=1, dtype="uint8")
    return np.asarray(burnt == 1)


def _only(values: npt.NDArray[np.float32], ground: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
    return np.where(ground, values, np.nan).astype(np.float32)


def _shown(
    crowns: tuple[LabelledCrown, ...], area: shapely.Geometry, grid: Grid, least_visible: float
) -> tuple[list[TileCrown], list[shapely.Geometry]]:
    """Crowns of which enough lies in the area, and what lies in it of the others."""
    shown: list[TileCrown] = []
    slivers: list[shapely.Geometry] = []
    for crown in crowns:
        part = shapely.intersection(crown.outline, area)
        pieces = [piece for piece in shapely.get_parts(part) if isinstance(piece, shapely.Polygon) and piece.area > 0.0]
        if not pieces:
            continue
        largest = max(pieces, key=lambda piece: float(piece.area))
        visible = float(largest.area / crown.outline.area)
        if visible >= least_visible:
            shown.append(TileCrown(crown, shapely.transform(largest, lambda xy: _to_cells(xy, grid)), visible))
            pieces.remove(largest)
        slivers += pieces
    return shown, slivers


def _to_cells(xy: npt.NDArray[np.float64], grid: Grid) -> npt.NDArray[np.float64]:
    return np.column_stack([(xy[:, 0] - grid.left_crs) / grid.cell_crs, (grid.top_crs - xy[:, 1]) / grid.cell_crs])
