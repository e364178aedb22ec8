"""A north-up grid of square cells in the plot's CRS: the common ground on which rasters of any kind meet."""

import math
from dataclasses import dataclass

from affine import Affine

Bounds = tuple[float, float, float, float]
_ON_A_LINE = 1e-6  # cells


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows run south, columns run east; cells are square.

    Attributes:
        crs_wkt: CRS of the coordinates, as WKT; "" for a raster without CRS.
        left_crs, top_crs: outer corner of cell (0, 0).
        cell_crs: side of a cell in CRS units (metres in most plots; `Plot.unit_m` converts).
        height_px, width_px: number of rows and columns.
    """

    crs_wkt: str
    left_crs: float
    top_crs: float
    cell_crs: float
    height_px: int
    width_px: int

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return (self.height_px, self.width_px)

    @property
    def transform(self) -> Affine:
        """Affine from (column, row) to (x, y) in the CRS."""
        return Affine(self.cell_crs, 0.0, self.left_crs, 0.0, -self.cell_crs, self.top_crs)

    @property
    def bounds_crs(self) -> Bounds:
        """(left, bottom, right, top)."""
        return (
            self.left_crs,
            self.top_crs - self.cell_crs * self.height_px,
            self.left_crs + self.cell_crs * self.width_px,
            self.top_crs,
        )

    def window(self, row0: int, col0: int, height_px: int, width_px: int) -> "Grid":
        """The part of this grid that starts at (row0, col0); it may reach outside."""
        return Grid(
            self.crs_wkt,
            self.left_crs + col0 * self.cell_crs,
            self.top_crs - row0 * self.cell_crs,
            self.cell_crs,
            height_px,
            width_px,
        )

    @classmethod
    def covering(cls, crs_wkt: str, bounds_crs: Bounds, cell_crs: float) -> "Grid":
        """The smallest grid over `bounds_crs` whose lines lie on multiples of `cell_crs`.

        Anchoring at multiples makes every window of the same place fall on the same cells, whichever tile
        asks. Bounds within a millionth of a cell of a line end on it: float64 cannot tell them apart far from
        the origin (a northing of 9,000,000 m in cells of 0.3 m is known to 4e-9 of a cell).
        """
        left, bottom, right, top = bounds_crs
        col0 = math.floor(left / cell_crs + _ON_A_LINE)
        row0 = math.ceil(top / cell_crs - _ON_A_LINE)
        width = max(1, math.ceil(right / cell_crs - _ON_A_LINE) - col0)
        height = max(1, row0 - math.floor(bottom / cell_crs + _ON_A_LINE))
        return cls(crs_wkt, col0 * cell_crs, row0 * cell_crs, cell_crs, height, width)
