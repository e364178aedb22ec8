"""Reshaping: a stroke over the border gives a crown a new border between the places where it crosses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from inference.crowns import geometry
from inference.crowns.editing.limits import Limits, one_of, parts_of
from inference.crowns.editing.strokes import led_to_border
from inference.errors import InputError

# Places nearer than this (CRS units) are one: UTM coordinates in float64 are known to 1e-9 m.
_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Reshaped:
    """A crown after a stroke.

    Attributes:
        outline: as it is now.
        faces: the pieces of ground that were added or taken away, each with the places where its stroke meets the
            old border and whether it was added.
    """

    outline: shapely.Polygon
    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """Ground between a stroke and the border it replaces."""

    ground: shapely.Polygon
    ends: tuple[shapely.Point, shapely.Point]
    is_added: bool


def reshape(outline: shapely.Polygon, line: shapely.LineString, limits: Limits, *, reach: float = 0.0) -> Reshaped:
    """The crown with its border led along a stroke.

    Between two crossings the stroke runs either inside, where the smaller side is cut off, or outside, where the
    ground between stroke and border is added. Corners elsewhere stay to the last bit.

    Args:
        outline: a valid polygon.
        line: simple, see `strokes.stroke`.
        limits: what is too small to be left.
        reach: where the stroke alone crosses too little, an end that stops so near to the border (CRS units) is led
            over it.

    Raises:
        InputError: the stroke does not cross the border twice, or nothing is left.
    """
    current, faces = _along(outline, line)
    if not faces and reach > 0:
        current, faces = _along(outline, led_to_border(line, outline, reach))
    if not faces:
        raise InputError(
            "geometry.no_reshape",
            "The stroke must cross the border of the crown twice. Start on one side of it and end on the border again.",
        )
    return Reshaped(one_of(current, limits), tuple(faces))


def _along(outline: shapely.Polygon, line: shapely.LineString) -> tuple[shapely.Polygon, list[Face]]:
    """The outline after each piece of the stroke, and what the pieces enclose; nothing for a stroke that is no line."""
    if not line.is_simple:
        return outline, []
    current, pieces = _noded(outline, line)
    faces: list[Face] = []
    for piece in pieces:
        made = _with(current, piece)
        if made is not None:
            current, face = made
            faces.append(face)
    return current, faces


def _noded(outline: shapely.Polygon, line: shapely.LineString) -> tuple[shapely.Polygon, list[shapely.LineString]]:
    """The outline with a corner wherever the line crosses it, and the pieces of the line between such corners."""
    border = outline.boundary
    edges = shapely.get_parts(shapely.union(border, line))
    middles = shapely.line_interpolate_point(edges, 0.5, normalized=True)
    is_border = shapely.distance(middles, border) <= _SAME
    faces = shapely.get_parts(shapely.polygonize(edges[is_border].tolist()))
    inside = [face for face in faces if outline.contains(shapely.point_on_surface(face))]
    noded = inside[0] if len(inside) == 1 else outline
    pieces = [
        edge
        for edge in edges[~is_border].tolist()
        if all(shapely.distance(shapely.get_point(edge, end), border) <= _SAME for end in (0, -1))
    ]
    return noded, pieces


def _with(current: shapely.Polygon, piece: shapely.LineString) -> tuple[shapely.Polygon, Face] | None:
    """The outline after one piece of the stroke; None when the piece encloses nothing with it."""
    faces = shapely.get_parts(shapely.polygonize([shapely.union(current.boundary, piece)]))
    middle = shapely.line_interpolate_point(piece, 0.5, normalized=True)
    is_added = not current.contains(middle)
    beside = [
        face
        for face in faces.tolist()
        if current.contains(shapely.point_on_surface(face)) != is_added
        and shapely.distance(face.boundary, middle) <= _SAME
    ]
    if not beside or (len(beside) < 2 and not is_added):
        return None
    smallest = min(beside, key=lambda face: face.area)
    ends = (shapely.get_point(piece, 0), shapely.get_point(piece, -1))
    if is_added:
        joined = parts_of(shapely.union(current, smallest), Limits())
        return (joined[0], Face(smallest, ends, is_added)) if len(joined) == 1 else None
    rest = max(beside, key=lambda face: face.area)
    return rest, Face(smallest, ends, is_added)


def border_moved_with(
    outline: shapely.Polygon, faces: Sequence[Face], neighbour: shapely.Polygon, limits: Limits
) -> shapely.Polygon | None:
    """A neighbour after a stroke has moved the border that it shares with a crown; None when it shares none of it.

    Args:
        outline: the crown before the stroke.
        faces: what the stroke added to the crown and took from it.
        neighbour: another crown.
        limits: what is too small to be left.

    Raises:
        InputError: nothing would be left of the neighbour, or it would fall apart.
    """
    shared = [face for face in faces if _is_shared(outline, face, neighbour)]
    if not shared:
        return None
    changed: shapely.Geometry = neighbour
    for face in shared:
        changed = (shapely.difference if face.is_added else shapely.union)(changed, face.ground)
    return geometry.to_valid_polygon(one_of(changed, limits))


def _is_shared(outline: shapely.Polygon, face: Face, neighbour: shapely.Polygon) -> bool:
    """Whether all of the border that a face replaces is also the neighbour's."""
    if any(shapely.distance(end, neighbour.boundary) > _SAME for end in face.ends):
        return False
    replaced = shapely.intersection(face.ground.boundary, shapely.buffer(outline.boundary, _SAME))
    beyond = shapely.difference(replaced, shapely.buffer(neighbour.boundary, 2 * _SAME))
    return bool(beyond.length <= 1e-3 * replaced.length)
