"""From crown masks to polygons that run along the edges of the cells: the area of a polygon is that of its mask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import rasterio.features
import shapely

from inference.plot.grid import Grid
from inference.segment.base import Proposal

BoolArray = npt.NDArray[np.bool_]
Float64Array = npt.NDArray[np.float64]

# Masks are laid side by side on sheets of about this width, so that GDAL is called a few times a tile, not a
# few thousand times: a call costs 0.4 ms, the tracing of a crown of 24 x 24 cells 0.05 ms.
_SHEET_WIDTH_CELLS = 2048
_SHEET_HEIGHT_CELLS = 1024

# Corners of two tiles' cells differ by rounding (1e-9 m in UTM); a micrometre makes them equal again, so that
# neighbours share their border exactly.
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mask on a sheet: cell (row, column) of the sheet is cell (row + d_row, column + d_col) of the tile."""

    d_row: int
    d_col: int


def outlines(proposals: Sequence[Proposal], grid: Grid, *, min_hole_cells: float) -> list[shapely.Polygon | None]:
    """Trace each proposal's largest part.

    Parts are joined over cell edges, not over corners, so the outline is always one valid polygon.

    Args:
        proposals: N masks in the cells of `grid`.
        grid: the tile's grid.
        min_hole_cells: holes of fewer cells are filled.

    Returns:
        N polygons in the plot CRS, exterior counter-clockwise, vertices only where the border turns; None for an
        empty mask.
    """
    found: list[shapely.Polygon | None] = [None] * len(proposals)
    for sheet, places in _sheets(proposals):
        for label, rings in _largest_parts(sheet).items():
            found[label] = _to_crs(rings, places[label], grid, min_hole_cells)
    return found


def _sheets(proposals: Sequence[Proposal]) -> Iterator[tuple[npt.NDArray[np.int32], dict[int, _Placed]]]:
    """Lay masks in rows on sheets of labels (index + 1), one empty cell between them."""
    widest = max((proposal.mask.shape[1] for proposal in proposals), default=0)
    width = max(_SHEET_WIDTH_CELLS, widest)
    places: dict[int, _Placed] = {}
    on_sheet: list[tuple[int, int, int]] = []
    row, col, shelf = 0, 0, 0
    for index, proposal in enumerate(proposals):
        height_px, width_px = proposal.mask.shape
        if col and col + width_px > width:
            row, col, shelf = row + shelf + 1, 0, 0
        if row and row + height_px > _SHEET_HEIGHT_CELLS:
            yield _draw(proposals, on_sheet, width), places
            places, on_sheet = {}, []
            row, col, shelf = 0, 0, 0
        places[index] = _Placed(proposal.row0 - row, proposal.col0 - col)
        on_sheet.append((index, row, col))
        col += width_px + 1
        shelf = max(shelf, height_px)
    if on_sheet:
        yield _draw(proposals, on_sheet, width), places


def _draw(proposals: Sequence[Proposal], on_sheet: Sequence[tuple[int, int, int]], width: int) -> npt.NDArray[np.int32]:
    height = max(row + proposals[index].mask.shape[0] for index, row, _ in on_sheet)
    sheet = np.zeros((height, width), dtype=np.int32)
    for index, row, col in on_sheet:
        mask = proposals[index].mask
        sheet[row : row + mask.shape[0], col : col + mask.shape[1]] = mask * np.int32(index + 1)
    return sheet


def _largest_parts(sheet: npt.NDArray[np.int32]) -> dict[int, list[Float64Array]]:
    """Rings (exterior first, (V, 2) columns and rows) of the largest part of each label, by proposal index."""
    best: dict[int, list[Float64Array]] = {}
    areas: dict[int, float] = {}
    for geometry, value in rasterio.features.shapes(sheet, mask=sheet > 0, connectivity=4):
        rings = [np.asarray(ring, dtype=np.float64) for ring in geometry["coordinates"]]
        index = int(value) - 1
        area = _ring_area(rings[0]) - sum(_ring_area(ring) for ring in rings[1:])
        if area > areas.get(index, 0.0):
            best[index], areas[index] = rings, area
    return best


def _ring_area(ring: Float64Array) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2.0


def _to_crs(rings: Sequence[Float64Array], place: _Placed, grid: Grid, min_hole_cells: float) -> shapely.Polygon:
    exterior, *holes = (
        np.round(
            np.column_stack(
                (
                    grid.left_crs + (ring[:, 0] + place.d_col) * grid.cell_crs,
                    grid.top_crs - (ring[:, 1] + place.d_row) * grid.cell_crs,
                )
            ),
            _DECIMALS,
        )
        for ring in (rings[0], *(hole for hole in rings[1:] if _ring_area(hole) >= min_hole_cells))
    )
    return shapely.orient_polygons(shapely.Polygon(exterior, holes), exterior_cw=False)
