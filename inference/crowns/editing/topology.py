"""Neighbours: new ground ends where another crown begins, and a shared border moves with both crowns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import shapely

from inference.crowns import geometry
from inference.crowns.editing.limits import Limits, parts_of
from inference.crowns.geometry import Corner, Point
from inference.errors import InputError

# Corners nearer than this (CRS units) are one and the same: outlines of one run agree to 1e-6.
SAME_PLACE = 1e-4


def trimmed(
    outline: shapely.Polygon, neighbours: Iterable[shapely.Polygon], limits: Limits, *, before: shapely.Polygon | None
) -> shapely.Polygon:
    """The largest part of an outline that takes no ground from its neighbours.

    Args:
        outline: new or changed.
        neighbours: outlines that stay as they are.
        limits: what is too small to be left.
        before: the outline as it was. What overlapped then may do so now: people outline a small tree under a large
            one on purpose. None for a new crown.

    Raises:
        InputError: nothing is left.
    """
    gained = outline if before is None else shapely.difference(outline, before)
    near = [other for other in neighbours if shapely.relate_pattern(gained, other, "T********")]
    if not near:
        return outline
    taken = shapely.union_all(near)
    if before is not None:
        taken = shapely.difference(taken, before)
    parts = parts_of(shapely.difference(outline, taken), limits)
    if not parts:
        raise InputError(
            "geometry.occupied",
            "The outline lies wholly on other crowns. Switch off “Keep crowns apart” to let crowns overlap.",
        )
    return parts[0]


def shared_corners(neighbour: shapely.Polygon, places: Iterable[Point]) -> dict[Point, Corner]:
    """Corners of a neighbour that lie at given places, by place."""
    rings = geometry.rings(neighbour)
    found: dict[Point, Corner] = {}
    for place in places:
        for number, ring in enumerate(rings):
            away = np.hypot(*(ring - np.array(place)).T)
            if away.min() <= SAME_PLACE:
                found[place] = (number, int(np.argmin(away)))
                break
    return found


def drag_along(neighbour: shapely.Polygon, moves: Mapping[Point, Point]) -> shapely.Polygon | None:
    """A neighbour after corners of a crown were moved, with those that it shares; None when it shares none.

    A corner that lies on a side of the neighbour becomes a corner of the neighbour as well.

    Args:
        neighbour: another crown.
        moves: places of the corners before, and after.

    Raises:
        InputError: the neighbour's border would cross itself.
    """
    noded = neighbour
    for place in moves:
        if not shared_corners(noded, [place]):
            noded = _with_corner(noded, place)
    corners = shared_corners(noded, moves)
    if not corners:
        return None
    return geometry.move_corners(noded, {corner: moves[place] for place, corner in corners.items()})


def drop_along(neighbour: shapely.Polygon, places: Iterable[Point]) -> shapely.Polygon | None:
    """A neighbour without the corners that it shares at some places; None when it shares none.

    Raises:
        InputError: too few corners would be left, or the border would cross itself.
    """
    corners = shared_corners(neighbour, places)
    return geometry.delete_corners(neighbour, corners.values()) if corners else None


def _with_corner(outline: shapely.Polygon, place: Point) -> shapely.Polygon:
    """The outline with a corner at a place on one of its sides; the very same when it is on none."""
    point = np.array(place)
    for number, ring in enumerate(geometry.rings(outline)):
        along = np.roll(ring, -1, axis=0) - ring
        share = np.clip(((point - ring) * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-30), 0, 1)
        away = np.hypot(*(ring + share[:, None] * along - point).T)
        if away.min() <= SAME_PLACE:
            return _inserted(outline, (number, int(np.argmin(away))), place)
    return outline


def _inserted(outline: shapely.Polygon, after: Corner, place: Point) -> shapely.Polygon:
    try:
        return geometry.insert_corner(outline, after, place)
    except InputError:  # the place is off the side by less than it takes to cross a neighbouring one
        return outline


def overlapping(outline: shapely.Polygon, others: Sequence[shapely.Polygon]) -> list[int]:
    """Places in `others` of the outlines whose ground meets this one's."""
    return [place for place, other in enumerate(others) if shapely.relate_pattern(outline, other, "T********")]
