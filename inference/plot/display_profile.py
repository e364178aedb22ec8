"""Heights along a line on the plot: surface, ground and what stands between them."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from affine import Affine

from inference.jobs import CancelToken
from inference.plot.elevation import Elevation
from inference.plot.frame import AffineFrame
from inference.plot.lines import line_length_m

FloatArray = npt.NDArray[np.float64]

# A screen shows no more; a piece is read at once, so that a slanting line does not read the box around all of it.
MOST_CELLS = 600
_PIECE_CELLS = 48


@dataclass(frozen=True, slots=True)
class HeightProfile:
    """Elevations along a line.

    Attributes:
        distance_m: (N,) metres from the start, ascending.
        xy_crs: (N, 2) where that is in the plot CRS.
        dsm_m: (N,) surface in metres, the highest within the cell; NaN where unknown.
        ground_m: (N,) ground in metres; NaN where unknown.
        height_source: "DSM-DTM", or "DSM-est" when the ground is estimated.
    """

    distance_m: FloatArray
    xy_crs: FloatArray
    dsm_m: FloatArray
    ground_m: FloatArray
    height_source: str

    @property
    def length_m(self) -> float:
        """Of the whole line, to the middle of its last cell."""
        return float(self.distance_m[-1]) if len(self.distance_m) else 0.0

    @property
    def height_m(self) -> FloatArray:
        """(N,) surface above ground, not below 0; NaN where unknown."""
        above: FloatArray = np.maximum(self.dsm_m - self.ground_m, 0.0)
        return above


def height_profile(
    elevation: Elevation, line_crs: FloatArray, *, most_cells: int = MOST_CELLS, cancel: CancelToken | None = None
) -> HeightProfile:
    """Elevations along an (N, 2) line in the plot CRS, N >= 2, in cells no finer than the DSM's.

    Raises:
        Cancelled: nobody waits for it any more.
        RasterError: a file is damaged.
    """
    unit_m = elevation.unit_m
    whole_m = line_length_m(line_crs, unit_m)
    cell_m = max(whole_m / most_cells, elevation.cell_m, 1e-3)
    parts: list[tuple[FloatArray, FloatArray, FloatArray, FloatArray]] = []
    done_m = 0.0
    for start, end in pairwise(line_crs):
        span_m = float(np.hypot(*(end - start))) * unit_m
        cells = max(1, round(span_m / cell_m))
        for first in range(0, cells if span_m > 0 else 0, _PIECE_CELLS):
            if cancel is not None:
                cancel.check()
            places = np.arange(first, min(first + _PIECE_CELLS, cells))
            frame = _strip(elevation.crs_wkt, start, end, cells, first, len(places))
            along = (places + 0.5) / cells
            dsm, ground = elevation.dsm_m(frame)[0], elevation.ground_m(frame)[0]
            xy = start + along[:, None] * (end - start)
            parts.append((done_m + along * span_m, xy, dsm.astype(np.float64), ground.astype(np.float64)))
        done_m += span_m
    if not parts:
        empty = np.zeros(0)
        return HeightProfile(empty, np.zeros((0, 2)), empty, empty, elevation.source)
    distance, xy, dsm, ground = (np.concatenate(column) for column in zip(*parts, strict=True))
    return HeightProfile(distance, xy, dsm, ground, elevation.source)


def _strip(crs_wkt: str, start: FloatArray, end: FloatArray, cells: int, first: int, count: int) -> AffineFrame:
    """A row of square cells along a line, its columns running from start to end."""
    dx, dy = ((end - start) / cells).tolist()
    # The row's own direction is a quarter turn away; half a cell of it lies on either side of the line.
    corner_x = float(start[0]) + first * dx - dy / 2
    corner_y = float(start[1]) + first * dy + dx / 2
    return AffineFrame(crs_wkt, Affine(dx, dy, corner_x, dy, -dx, corner_y), 1, count)
