"""Outlines as pure functions: made valid, joined, cut, and changed corner by corner.

Every function takes and gives valid polygons without Z, exterior counter-clockwise, in the plot CRS; lengths and areas
are in CRS units. A corner is addressed by its ring (0 = exterior, 1... = holes) and its index in the ring, where the
closing point that repeats the first one does not count.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
import shapely

from inference.errors import InputError
from inference.plot.tangles import is_tangled

Point = tuple[float, float]
Corner = tuple[int, int]
Ring = npt.NDArray[np.float64]

_POLYGON = 3


def to_valid_polygon(geometry: shapely.Geometry, *, min_hole_area: float = 0.0) -> shapely.Polygon | None:
    """The one polygon that best stands for any geometry.

    Self-crossings are resolved, Z is dropped, the largest part is kept, the exterior runs counter-clockwise and holes
    smaller than `min_hole_area` are filled. None when nothing with an area is left, or when it crosses itself without
    end (`plot.tangles`).
    """
    if geometry is None or geometry.is_empty or not np.isfinite(shapely.get_coordinates(geometry)).all():
        return None
    flat = shapely.force_2d(geometry) if geometry.has_z else geometry
    if is_tangled(flat):
        return None
    if flat.geom_type != "Polygon" or not flat.is_valid:
        flat = _largest(shapely.make_valid(flat, method="structure", keep_collapsed=False))
    if flat is None or not flat.area > 0:
        return None
    return _oriented(fill_holes(flat, below_area=min_hole_area))


def merge(outlines: Sequence[shapely.Polygon], *, gap: float = 0.0) -> shapely.Polygon:
    """The union of crowns as one outline.

    Args:
        outlines: at least one.
        gap: parts that lie at most so far apart are joined over the gap, and holes that a gap leaves are filled.

    Raises:
        InputError: they are further apart.
    """
    union = shapely.union_all(list(outlines))
    if union.geom_type != "Polygon" and gap > 0:
        # The parts grown together and shrunk again; mitred, so that straight borders stay where they were.
        grown = shapely.buffer(union, gap / 2 * (1 + 1e-9), join_style="mitre")
        union = shapely.union(union, shapely.buffer(grown, -gap / 2, join_style="mitre"))
    if union.geom_type != "Polygon":
        raise InputError(
            "geometry.apart",
            "These {count} crowns do not touch each other, so they cannot become one. Merge neighbours only.",
            count=len(outlines),
        )
    return _oriented(fill_holes(union, below_area=gap**2))


def split(outline: shapely.Polygon, line: shapely.LineString) -> tuple[shapely.Polygon, ...]:
    """The parts of a crown on the sides of a line, largest first; together they are the crown.

    Raises:
        InputError: the line does not cut the crown through.
    """
    faces = shapely.polygonize([shapely.union(outline.boundary, line)])
    parts = [face for face in shapely.get_parts(faces) if outline.contains(shapely.point_on_surface(face))]
    if len(parts) < 2:
        raise InputError(
            "geometry.no_cut",
            "The line does not cut the crown in two. Start and end it outside the crown.",
        )
    return tuple(sorted(map(_oriented, parts), key=lambda part: -part.area))


def subtract(outline: shapely.Polygon, others: Iterable[shapely.Polygon]) -> shapely.Polygon:
    """What is left of a crown when the ground of others is taken away: the largest part.

    Raises:
        InputError: nothing is left.
    """
    rest = _largest(shapely.difference(outline, shapely.union_all(list(others))))
    if rest is None:
        raise InputError(
            "geometry.nothing_left",
            "Nothing of the crown would be left. Delete it instead.",
        )
    return _oriented(rest)


def add_hole(outline: shapely.Polygon, hole: shapely.Polygon) -> shapely.Polygon:
    """Cut a hole into a crown.

    Raises:
        InputError: the hole is not wholly inside, or it meets another hole.
    """
    if not shapely.contains_properly(outline, hole):
        raise InputError("geometry.hole_outside", "A hole must lie wholly inside its crown. Draw it smaller.")
    return _oriented(shapely.difference(outline, hole))


def fill_holes(outline: shapely.Polygon, *, below_area: float = np.inf) -> shapely.Polygon:
    """The crown without its holes, or without those smaller than `below_area`."""
    holes = [ring for ring in outline.interiors if shapely.Polygon(ring).area >= below_area]
    return outline if len(holes) == len(outline.interiors) else shapely.Polygon(outline.exterior, holes)


def simplify(outline: shapely.Polygon, tolerance: float) -> shapely.Polygon:
    """The crown with fewer corners, none of the old ones further than `tolerance` from the new border."""
    corners = shapely.points(shapely.get_coordinates(outline))
    reach = tolerance
    # GEOS goes too far where a ring starts (3.14), so what comes out is checked; a smaller reach then helps.
    while reach > tolerance / 10:
        simpler = to_valid_polygon(shapely.simplify(outline, reach, preserve_topology=True))
        if simpler is not None and shapely.distance(corners, simpler.boundary).max() <= tolerance:
            return simpler
        reach /= 2
    return outline


def translate(outline: shapely.Polygon, dx: float, dy: float) -> shapely.Polygon:
    """The crown moved by (dx, dy).

    Coordinates are rounded anew there, which closes a gap of a few nanometres: such an outline is mended.

    Raises:
        InputError: so small that nothing is left of it.
    """
    moved = shapely.transform(outline, lambda corners: corners + np.array([dx, dy]))
    sound = moved if moved.is_valid else to_valid_polygon(moved)
    if sound is None:
        raise InputError(
            "geometry.too_small", "This crown is too small to be moved there: nothing would be left of it."
        )
    return _oriented(sound)


def rings(outline: shapely.Polygon) -> list[Ring]:
    """Corners of the exterior and of each hole, (N, 2) float64, without the closing points."""
    return [shapely.get_coordinates(ring)[:-1] for ring in chain([outline.exterior], outline.interiors)]


def from_rings(corners: Sequence[npt.ArrayLike]) -> shapely.Polygon:
    """The outline with these corners (exterior first), as `rings` gives them.

    Raises:
        InputError: a ring has fewer than three corners, or the border would cross or touch itself.
    """
    arrays = [np.asarray(ring, np.float64).reshape(-1, 2) for ring in corners]
    if any(len(ring) < 3 for ring in arrays):
        raise InputError("geometry.too_few", "A crown needs at least three corners.")
    outline = shapely.Polygon(arrays[0], arrays[1:])
    if not outline.is_valid:
        raise InputError(
            "geometry.crossed", "The outline would cross itself. Put the corner where its two sides stay free."
        )
    return _oriented(outline)


def move_corners(outline: shapely.Polygon, places: Mapping[Corner, Point]) -> shapely.Polygon:
    """Put some corners elsewhere.

    Raises:
        InputError: the outline would cross itself.
        IndexError: no such corner.
    """
    moved = rings(outline)
    for (ring, index), place in places.items():
        _check(moved, ring, index)
        moved[ring][index] = place
    return from_rings(moved)


def insert_corner(outline: shapely.Polygon, corner: Corner, place: Point) -> shapely.Polygon:
    """Add a corner right after `corner`, on the side towards the next one.

    Raises:
        InputError: the outline would cross itself.
        IndexError: no such corner.
    """
    ring, index = corner
    changed: list[Ring] = rings(outline)
    _check(changed, ring, index)
    changed[ring] = np.insert(changed[ring], index + 1, place, axis=0)
    return from_rings(changed)


def delete_corners(outline: shapely.Polygon, corners: Iterable[Corner]) -> shapely.Polygon:
    """Take some corners away; a hole left with fewer than three goes altogether.

    Raises:
        InputError: the exterior would have fewer than three, or the outline would cross itself.
        IndexError: no such corner.
    """
    changed = rings(outline)
    gone: dict[int, list[int]] = {}
    for ring, index in corners:
        _check(changed, ring, index)
        gone.setdefault(ring, []).append(index)
    left = [np.delete(corners_, gone.get(ring, []), axis=0) for ring, corners_ in enumerate(changed)]
    return from_rings([ring for place, ring in enumerate(left) if place == 0 or len(ring) >= 3])


def _check(corners: Sequence[Ring], ring: int, index: int) -> None:
    if not 0 <= ring < len(corners) or not 0 <= index < len(corners[ring]):
        raise IndexError(f"no corner {index} in ring {ring}")


def _oriented(outline: shapely.Polygon) -> shapely.Polygon:
    """Exterior counter-clockwise, holes clockwise; the very same object when it is so already."""
    turned: shapely.Polygon = shapely.orient_polygons(outline, exterior_cw=False)
    return outline if turned == outline else turned


def _largest(geometry: shapely.Geometry) -> shapely.Polygon | None:
    """The largest polygon in a geometry of any kind; None when there is none with an area."""
    pieces = shapely.get_parts(shapely.get_parts(geometry))
    polygons = pieces[(shapely.get_type_id(pieces) == _POLYGON) & (shapely.area(pieces) > 0)]
    return polygons[np.argmax(shapely.area(polygons))] if len(polygons) else None
