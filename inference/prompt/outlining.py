"""From a model's mask to the outline of one crown: traced between the cells, where the logits cross 0."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.geometry import to_valid_polygon
from inference.jobs import CancelToken
from inference.plot.grid import Grid
from inference.prompt.base import Float64Array, FloatArray
from inference.segment.simplify import simplify_crowns

_LIMIT = 32.0


@dataclass(frozen=True, slots=True)
class OutlineRules:
    """How masks become outlines.

    Attributes:
        min_hole_m2: smaller holes are filled, as in a run.
        simplify_cells: how far outlines are straightened, in cells of the mask, see `simplify_crowns`. A run
            straightens the steps of the cells away; an outline between the cells has none, so less is needed.
        preview_cells: how far corners of a preview may be off, in cells.
    """

    min_hole_m2: float = 4.0
    simplify_cells: float = 0.5
    preview_cells: float = 0.5


def trace(
    logits: FloatArray, grid: Grid, places_crs: Float64Array, *, min_hole_area_crs: float
) -> shapely.Polygon | None:
    """The part of a mask that a prompt means.

    Args:
        logits: (H, W) float32 on the cells of `grid`, positive inside.
        grid: the mask's.
        places_crs: (N, 2) clicked places. The part that holds most of them is taken, of several the largest; without
            any the largest part.
        min_hole_area_crs: smaller holes are filled.

    Returns:
        A valid polygon in the plot CRS, exterior counter-clockwise; None for an empty mask.
    """
    from skimage.measure import find_contours

    rows, cols = (np.flatnonzero((logits > 0).any(axis=axis)) for axis in (1, 0))
    if len(rows) == 0:
        return None
    row0, col0 = rows[0], cols[0]
    # A border of negative cells closes the contours of a mask that runs out of the window, half a cell outside it.
    inner = np.clip(np.nan_to_num(logits[row0 : rows[-1] + 1, col0 : cols[-1] + 1], nan=-_LIMIT), -_LIMIT, _LIMIT)
    rings = find_contours(_framed(logits, inner, row0, col0), 0.0)  # type: ignore[no-untyped-call]
    polygons = [_polygon(ring, row0 - 1, col0 - 1, grid) for ring in rings if len(ring) >= 4]
    return _meant(polygons, places_crs, min_hole_area_crs)


def straightened(outline: shapely.Polygon, cell_crs: float, tolerance_cells: float) -> shapely.Polygon:
    """The outline with fewer corners, as a run's outlines are straightened."""
    alone = np.array([outline], dtype=object)
    (simple,) = simplify_crowns(alone, cell_crs, tolerance_cells, CancelToken(), along_cells=False)
    return simple


def preview(outline: shapely.Polygon, tolerance_crs: float) -> shapely.Polygon:
    """The outline with as few corners as a glance needs."""
    return to_valid_polygon(shapely.simplify(outline, tolerance_crs, preserve_topology=True)) or outline


def _framed(logits: FloatArray, inner: FloatArray, row0: int, col0: int) -> FloatArray:
    """`inner` with a cell around it: the mask's own values where it has some, else those of the border, negative."""
    height_px, width_px = inner.shape
    framed = -np.pad(np.abs(inner), 1, mode="edge")
    framed[1:-1, 1:-1] = inner
    top, left = max(row0 - 1, 0), max(col0 - 1, 0)
    around = logits[top : row0 + height_px + 1, left : col0 + width_px + 1]
    place = (slice(top - row0 + 1, top - row0 + 1 + around.shape[0]), slice(left - col0 + 1, None))
    framed[place][:, : around.shape[1]] = np.clip(np.nan_to_num(around, nan=-_LIMIT), -_LIMIT, _LIMIT)
    return framed


def _polygon(ring: npt.NDArray[np.float64], row0: int, col0: int, grid: Grid) -> shapely.Polygon:
    """A contour in rows and columns of cell middles as a polygon on the map, not further than the grid reaches."""
    rows = np.clip(ring[:, 0] + row0 + 0.5, 0.0, grid.height_px)
    cols = np.clip(ring[:, 1] + col0 + 0.5, 0.0, grid.width_px)
    return shapely.Polygon(np.column_stack([grid.left_crs + cols * grid.cell_crs, grid.top_crs - rows * grid.cell_crs]))


def _meant(
    polygons: list[shapely.Polygon], places_crs: Float64Array, min_hole_area_crs: float
) -> shapely.Polygon | None:
    """Rings of one direction are outer borders, those of the other are holes: choose a border, then cut its holes."""
    areas = [_signed_area(polygon) for polygon in polygons]
    if not areas:
        return None
    # The largest ring is always an outer one.
    sign = np.sign(areas[int(np.argmax(np.abs(areas)))])
    outer = [polygon for polygon, area in zip(polygons, areas, strict=True) if area * sign > 0]
    holes = [
        polygon
        for polygon, area in zip(polygons, areas, strict=True)
        if area * sign < 0 and abs(area) >= min_hole_area_crs
    ]
    points = shapely.points(places_crs)
    best = max(outer, key=lambda one: (int(shapely.intersects(one, points).sum()), abs(_signed_area(one))))
    whole = shapely.Polygon(best.exterior)
    inner = [hole.exterior for hole in holes if shapely.contains(whole, hole)]
    return to_valid_polygon(shapely.Polygon(best.exterior, inner), min_hole_area=min_hole_area_crs)


def _signed_area(polygon: shapely.Polygon) -> float:
    x, y = shapely.get_coordinates(polygon.exterior).T
    return float(np.dot(x[:-1] - x[0], y[1:] - y[0]) - np.dot(x[1:] - x[0], y[:-1] - y[0])) / 2.0
