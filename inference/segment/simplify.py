"""Straighten outlines that follow cell edges, so that they look drawn by a person, and keep shared borders shared."""

import math

import numpy as np
import numpy.typing as npt
import shapely

from inference.jobs import CancelToken

ObjectArray = npt.NDArray[np.object_]

# An outline that would change its area by more than this keeps its corners: a crown of a dozen cells has too
# few of them to lose any.
MAX_AREA_CHANGE = 0.08

# GEOS takes 0.2 ms a crown and cannot be stopped.
_PORTION = 1000


def simplify_crowns(
    outlines: ObjectArray,
    cell_crs: float,
    tolerance_cells: float,
    cancel: CancelToken,
    *,
    along_cells: bool = True,
) -> ObjectArray:
    """Remove the steps of the cells from all outlines of a run at once.

    Crowns that touch share their border before and after, because the border between two crowns is simplified
    once (coverage simplification by Visvalingam & Whyatt 1993, as GEOS does it). For that the outlines are first
    cut at every cell, so that a corner of one crown on the border of another is a vertex of both.

    Args:
        outlines: (N,) valid polygons along the edges of cells of `cell_crs`; others pass, but may then overlap a
            neighbour by a fraction of a cell.
        cell_crs: side of a cell in CRS units.
        tolerance_cells: side of the square whose area a removed corner may have, in cells; 0 leaves all as it is.
        cancel: looked at between portions of crowns.
        along_cells: their corners are those of cells, and are rounded off; False for contours, which have none.

    Returns:
        (N,) valid polygons; an outline that would become invalid or change its area by more than `MAX_AREA_CHANGE`
        keeps its corners, less the slivers that a neighbour's straight border takes from it.
    """
    if tolerance_cells <= 0.0 or len(outlines) == 0:
        return outlines
    tree = shapely.STRtree(outlines)
    simple = outlines.copy()
    for portion in _portions(outlines):
        cancel.check()
        # How a border is simplified depends on the crowns on both sides and at its ends: all of them touch ours.
        near = np.unique(tree.query(outlines[portion])[1])
        noded = shapely.segmentize(outlines[near], cell_crs * 1.0001)
        noded = shapely.set_precision(noded, 1e-6, mode="pointwise")
        drawn = _rounded(noded) if along_cells else noded
        together = shapely.coverage_simplify(drawn, tolerance_cells * cell_crs, simplify_boundary=True)
        simple[portion] = together[np.searchsorted(near, portion)]
    before, after = shapely.area(outlines), shapely.area(simple)
    sound = (
        shapely.is_valid(simple)
        & (shapely.get_type_id(simple) == shapely.GeometryType.POLYGON)
        & (np.abs(after - before) <= MAX_AREA_CHANGE * before)
    )
    simple[~sound] = outlines[~sound]
    _cut_back(simple, np.flatnonzero(~sound))
    return np.asarray(shapely.orient_polygons(simple, exterior_cw=False), dtype=object)


def _rounded(noded: ObjectArray) -> ObjectArray:
    """Polygons through the middles of the sides of cells instead of through the cells' corners.

    Straight runs stay where they are, and with them each crown's extent; a corner loses, or gains, an eighth of a cell.
    A side that two crowns share has one middle, so they share their border as before.
    """
    rings, owner = shapely.get_rings(noded, return_index=True)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    is_side = ring[1:] == ring[:-1]
    middles = ((corners[1:] + corners[:-1]) / 2.0)[is_side]
    made = shapely.linearrings(middles, indices=ring[1:][is_side])
    return np.asarray(shapely.polygons(made, indices=owner), dtype=object)


def _cut_back(outlines: ObjectArray, unchanged: npt.NDArray[np.intp]) -> None:
    """Take from crowns that kept their corners the slivers into which a neighbour's straightened border reaches."""
    tree = shapely.STRtree(outlines)
    for index, near in zip(*(places.tolist() for places in tree.query(outlines[unchanged])), strict=True):
        own = unchanged[index]
        if near != own and shapely.relate_pattern(outlines[own], outlines[near], "T********"):
            parts = shapely.get_parts(shapely.difference(outlines[own], outlines[near]))
            outlines[own] = max(parts, key=shapely.area, default=outlines[own])


def _portions(outlines: ObjectArray) -> list[npt.NDArray[np.intp]]:
    """Groups of neighbours: strips from west to east, cut into pieces from south to north."""
    boxes = shapely.bounds(outlines)
    x, y = boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]
    per_strip = math.ceil(math.sqrt(len(outlines) * _PORTION))
    by_x = np.argsort(x, kind="stable")
    strips = (by_x[start : start + per_strip] for start in range(0, len(by_x), per_strip))
    ordered = np.concatenate([strip[np.argsort(y[strip], kind="stable")] for strip in strips])
    return [np.sort(ordered[start : start + _PORTION]) for start in range(0, len(ordered), _PORTION)]
