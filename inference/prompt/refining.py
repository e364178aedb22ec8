"""Refines a crown that is there: only the parts that a click points at change, all else stays as it is."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.geometry import to_valid_polygon
from inference.prompt.base import Prompt

ObjectArray = npt.NDArray[np.object_]


def refined(outline: shapely.Polygon, answer: shapely.Polygon, prompt: Prompt, reach_crs: float) -> shapely.Polygon:
    """The crown with what the clicks say.

    Where the model's answer reaches out of the crown, that part is added if a click on the crown lies in it; where the
    crown reaches out of the answer, that part is taken away if a click beside the crown lies in it. A prompt without
    clicks (a box around the crown, or nothing) takes the whole answer.

    Args:
        outline: the crown as it is.
        answer: the model's outline for the same tree.
        prompt: the clicks.
        reach_crs: a click this far beside a part still means it.
    """
    include, exclude = (shapely.points(prompt.places(include=kind)) for kind in (True, False))
    if len(include) == 0 and len(exclude) == 0:
        return answer
    added = _pointed_at(shapely.difference(answer, outline), include, reach_crs)
    taken = _pointed_at(shapely.difference(outline, answer), exclude, reach_crs)
    changed = shapely.difference(shapely.union_all([outline, *added]), shapely.union_all(taken))
    return part_with(changed, include) or outline


def trimmed(outline: shapely.Polygon, neighbours: Iterable[shapely.Polygon], prompt: Prompt) -> shapely.Polygon | None:
    """The crown without the ground of its neighbours; None when nothing is left."""
    overlapping = [one for one in neighbours if shapely.relate_pattern(outline, one, "T********")]
    if not overlapping:
        return outline
    rest = shapely.difference(outline, shapely.union_all(overlapping))
    return part_with(rest, shapely.points(prompt.places(include=True)))


def part_with(geometry: shapely.Geometry, points: ObjectArray) -> shapely.Polygon | None:
    """The polygon in `geometry` that holds most of the points, of several the largest; None when it has no area."""
    parts = [part for part in shapely.get_parts(geometry) if part.area > 0]
    if not parts:
        return None
    best = max(parts, key=lambda part: (int(shapely.intersects(part, points).sum()), part.area))
    return to_valid_polygon(best)


def _pointed_at(geometry: shapely.Geometry, points: ObjectArray, reach_crs: float) -> list[shapely.Geometry]:
    """The parts of `geometry` that hold one of the points, or come near one."""
    return [
        part
        for part in shapely.get_parts(geometry)
        if part.area > 0 and bool((shapely.distance(part, points) <= reach_crs).any())
    ]
