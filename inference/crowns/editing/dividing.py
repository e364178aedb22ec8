"""Crowns taken apart and taken from each other: cut by a line, subtracted, with holes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import shapely

from inference.crowns import geometry
from inference.crowns.editing.limits import Limits, nothing_left, one_of, parts_of
from inference.errors import InputError


def cut(outline: shapely.Polygon, line: shapely.LineString, limits: Limits) -> tuple[shapely.Polygon, ...]:
    """The parts of a crown on the sides of a line, largest first; together they are the crown.

    A sliver that the line leaves stays with the part that it has the longest border with.

    Raises:
        InputError: the line does not cut the crown through.
    """
    parts = with_slivers_returned(geometry.split(outline, line), limits)
    if len(parts) < 2:
        raise InputError(
            "geometry.no_cut",
            "The line does not cut the crown in two. Start and end it outside the crown.",
        )
    return parts


def with_slivers_returned(parts: Sequence[shapely.Polygon], limits: Limits) -> tuple[shapely.Polygon, ...]:
    """Parts of one crown in which no sliver is left: each joined to the part that it shares most border with."""
    whole = [part for part in parts if limits.keeps(part)]
    for sliver in sorted((part for part in parts if not limits.keeps(part)), key=lambda part: -part.area):
        shared = [shapely.intersection(sliver.boundary, part.boundary).length for part in whole]
        if not shared or max(shared) <= 0:
            continue
        place = shared.index(max(shared))
        whole[place] = one_of(shapely.union(whole[place], sliver), Limits())
    return tuple(sorted(whole, key=lambda part: -part.area))


def subtract(
    outline: shapely.Polygon, others: Iterable[shapely.Polygon], limits: Limits
) -> tuple[shapely.Polygon, ...]:
    """What is left of a crown without the ground of others, largest part first.

    Raises:
        InputError: they do not overlap, or nothing is left.
    """
    ground = shapely.union_all(list(others))
    if not shapely.relate_pattern(outline, ground, "T********"):
        raise InputError("geometry.no_overlap", "These crowns do not overlap, so there is nothing to take away.")
    parts = parts_of(shapely.difference(outline, ground), limits)
    if not parts:
        raise nothing_left()
    return parts


def add_hole(outline: shapely.Polygon, hole: shapely.Polygon, limits: Limits) -> shapely.Polygon:
    """Cut a hole into a crown; where it meets another hole the two become one.

    Raises:
        InputError: the hole does not lie wholly inside the crown's outer border, or the crown would fall apart.
    """
    if not shapely.contains_properly(shapely.Polygon(outline.exterior), hole):
        raise InputError("geometry.hole_outside", "A hole must lie wholly inside its crown. Draw it smaller.")
    if not shapely.relate_pattern(outline, hole, "T********"):
        raise InputError("geometry.hole_there", "There is a hole already.")
    return one_of(shapely.difference(outline, hole), limits)


def fill_hole(outline: shapely.Polygon, place: tuple[float, float]) -> shapely.Polygon:
    """The crown without the hole at a place.

    Raises:
        InputError: there is no hole.
    """
    point = shapely.Point(place)
    holes = [ring for ring in outline.interiors if not shapely.Polygon(ring).intersects(point)]
    if len(holes) == len(outline.interiors):
        raise InputError("geometry.no_hole", "There is no hole of this crown at that place.")
    return shapely.Polygon(outline.exterior, holes)
