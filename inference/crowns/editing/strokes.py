"""Lines as hands draw them: thinned to what matters, freed of loops, and led over the border they are meant for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

from inference.errors import InputError

Points = npt.NDArray[np.float64]

# How far a stroke that is led to the border goes beyond it, as a share of the way, so that it really crosses.
_BEYOND = 0.02


def stroke(points: Points | Sequence[tuple[float, float]], tolerance: float) -> shapely.LineString:
    """A drawn line with the points that matter and without loops.

    Args:
        points: (N, 2) plot coordinates in the order in which they were drawn.
        tolerance: how far the line may move where points are left out, in CRS units.

    Raises:
        InputError: it has no length.
    """
    drawn = np.asarray(points, np.float64).reshape(-1, 2)
    keep = np.ones(len(drawn), bool)
    keep[1:] = np.any(drawn[1:] != drawn[:-1], axis=1)
    drawn = drawn[keep]
    if len(drawn) < 2:
        raise InputError("geometry.no_stroke", "The line is too short. Draw it across the border of the crown.")
    line = shapely.simplify(shapely.LineString(drawn), tolerance, preserve_topology=False)
    return line if line.is_simple else without_loops(line)


def without_loops(line: shapely.LineString) -> shapely.LineString:
    """The line from its first to its last point; where it crosses itself the loop between is left out."""
    points = shapely.get_coordinates(line)
    walked: list[Points] = [points[0]]
    for goal in points[1:]:
        met = _first_meeting(np.array(walked), goal)
        if met is not None:
            place, crossing = met
            walked = [*walked[: place + 1], crossing]
        if np.any(walked[-1] != goal):
            walked.append(goal)
    if len(walked) < 2:
        return line
    return shapely.LineString(walked)


def _first_meeting(walked: Points, goal: Points) -> tuple[int, Points] | None:
    """Where the step from the last walked point to `goal` crosses the way so far: the side's number and the place."""
    if len(walked) < 3:
        return None
    start, sides = walked[-1], walked[:-1]
    step, along = goal - start, walked[1:-1] - sides[:-1]
    if not len(along):
        return None
    away = start - sides[:-1]
    cross = along[:, 0] * step[1] - along[:, 1] * step[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        on_side = (away[:, 0] * step[1] - away[:, 1] * step[0]) / cross
        on_step = (away[:, 0] * along[:, 1] - away[:, 1] * along[:, 0]) / cross
    hits = np.flatnonzero((on_side >= 0) & (on_side <= 1) & (on_step > 0) & (on_step <= 1))
    if not len(hits):
        return None
    # The earliest side cuts off the longest loop, and with it whatever else the step crosses.
    place = int(hits[0])
    return place, sides[place] + on_side[place] * along[place]


def led_to_border(line: shapely.LineString, outline: shapely.Polygon, reach: float) -> shapely.LineString:
    """The line with each end that stops within `reach` of the crown's border led over it."""
    border, points = outline.boundary, shapely.get_coordinates(line)
    return shapely.LineString(
        np.concatenate([_over(points[0], border, reach), points, _over(points[-1], border, reach)])
    )


def _over(point: Points, border: shapely.Geometry, reach: float) -> Points:
    """(1, 2) the place just over the border that is nearest to a point; (0, 2) where it is too far."""
    end = shapely.Point(point)
    if not 0 < end.distance(border) <= reach:
        return np.zeros((0, 2))
    nearest = shapely.get_coordinates(shapely.shortest_line(end, border))[1]
    beyond: Points = nearest + (nearest - point) * _BEYOND
    return beyond[None]


def closed(points: Points | Sequence[tuple[float, float]], tolerance: float) -> shapely.Polygon:
    """The ground that a drawn loop encloses, as the hand closed it: its largest part.

    Raises:
        InputError: it encloses nothing.
    """
    from inference.crowns.geometry import to_valid_polygon

    drawn = np.asarray(points, np.float64).reshape(-1, 2)
    ring = None
    if len(np.unique(drawn, axis=0)) >= 3:
        ring = to_valid_polygon(shapely.Polygon(drawn).simplify(tolerance, preserve_topology=True))
    if ring is None:
        raise InputError("geometry.no_loop", "The line encloses nothing. Draw around the crown and back to the start.")
    return ring
