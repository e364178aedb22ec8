"""Splits by place: neighbouring ground never lies on both sides, or a model would be examined on what it learned."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from inference.plot.crs import WGS84_WKT, is_local, transform_xy

Points = npt.NDArray[np.object_]
Polygons = npt.NDArray[np.object_]

SPLITS = ("train", "valid", "test")
_EARTH = "earth"
_EARTH_RADIUS_M = 6_371_000.0
_FEWEST_PLACES = 5  # fewer places than this are cut into blocks


@dataclass(frozen=True, slots=True)
class Ground:
    """The footprint of one survey: bounds (left, bottom, right, top), CRS and metres per unit."""

    bounds_crs: tuple[float, float, float, float]
    crs_wkt: str
    unit_m: float


def places_of(grounds: Sequence[Ground], apart_m: float) -> npt.NDArray[np.int64]:
    """Number surveys by place: those nearer to each other than `apart_m` share a number, directly or by neighbours."""
    place = np.arange(len(grounds))
    boxes = [_on_earth(ground) for ground in grounds]
    for first in range(len(grounds)):
        for second in range(first):
            known, other = boxes[first], boxes[second]
            if known.crs == other.crs and known.distance_m(other) < apart_m:
                place[place == place[first]] = place[second]
    _, numbers = np.unique(place, return_inverse=True)
    return numbers.astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Box:
    """A footprint in degrees ("earth"), or in metres where it cannot be placed on the Earth; `crs` tells them apart."""

    crs: str
    left: float
    bottom: float
    right: float
    top: float

    def distance_m(self, other: "_Box") -> float:
        """Between the nearest points, to a per cent: plots are small beside the Earth."""
        across = max(self.left - other.right, other.left - self.right, 0.0)
        up = max(self.bottom - other.top, other.bottom - self.top, 0.0)
        if self.crs != _EARTH:
            return math.hypot(across, up)
        # Both with the same cosine: with one for each, far from Greenwich a kilometre apart would look like two.
        latitude = math.radians((self.bottom + self.top + other.bottom + other.top) / 4.0)
        return math.hypot(math.radians(across) * math.cos(latitude), math.radians(up)) * _EARTH_RADIUS_M


def _on_earth(ground: Ground) -> _Box:
    if is_local(ground.crs_wkt):
        return _Box(ground.crs_wkt, *(value * ground.unit_m for value in ground.bounds_crs))
    corners = shapely.get_coordinates(shapely.box(*ground.bounds_crs))
    degrees = transform_xy(ground.crs_wkt, WGS84_WKT, corners)
    return _Box(_EARTH, *degrees.min(axis=0).tolist(), *degrees.max(axis=0).tolist())


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a survey that goes to one split as a whole.

    Attributes:
        survey: number of the survey.
        place: number of its place.
        cell: number of the lattice cell of that place; surveys of one place share its cells, so that the same ground
            in two of them goes to the same split.
        area: in the CRS of the survey's plot.
        crowns: how many have their middle in it.
    """

    survey: int
    place: int
    cell: int
    area: shapely.Geometry
    crowns: int


def whole_block(survey: int, place: int, complete: shapely.MultiPolygon, middles: Points) -> Block:
    """The complete area of a survey as one block."""
    return Block(survey, place, 0, complete, int(shapely.intersects(complete, middles).sum()))


def blocks_of(survey: int, place: int, complete: shapely.MultiPolygon, middles: Points, cells: Polygons) -> list[Block]:
    """Cut a survey's complete area along the lattice of its place.

    Args:
        survey, place: numbers.
        complete: in the plot CRS.
        middles: (N,) points of its crowns.
        cells: of the lattice, in the plot CRS.
    """
    blocks = []
    for number, piece in enumerate(shapely.intersection(complete, cells)):
        parts = [part for part in shapely.get_parts(piece) if isinstance(part, shapely.Polygon) and not part.is_empty]
        if parts:
            area = shapely.MultiPolygon(parts)
            blocks.append(Block(survey, place, number, area, int(shapely.intersects(area, middles).sum())))
    return blocks


def lattice(grounds: Sequence[Ground], side_m: float) -> list[Polygons]:
    """Cells of about `side_m` over all surveys of one place, in the CRS of each.

    The cells are square in the CRS of the first; in another one the same ground is a slightly turned quadrangle.
    """
    first = grounds[0]
    carried = [_carried(shapely.box(*one.bounds_crs), one.crs_wkt, first.crs_wkt) for one in grounds]
    left, bottom, right, top = shapely.total_bounds(np.array(carried, object))
    side_crs = side_m / first.unit_m
    columns, rows = (max(1, round(float(length) / side_crs)) for length in (right - left, top - bottom))
    x, y = np.linspace(left, right, columns + 1), np.linspace(bottom, top, rows + 1)
    cells = [shapely.box(x[i], y[j], x[i + 1], y[j + 1]) for j in range(rows) for i in range(columns)]
    return [np.array([_carried(cell, first.crs_wkt, one.crs_wkt) for cell in cells], object) for one in grounds]


def _carried(shape: shapely.Geometry, source_wkt: str, target_wkt: str) -> shapely.Geometry:
    if source_wkt == target_wkt:
        return shape
    return shapely.transform(shape, lambda xy: transform_xy(source_wkt, target_wkt, xy))


def shared_out(blocks: Sequence[Block], shares: tuple[float, float, float], *, seed: int, by_place: bool) -> list[str]:
    """The split of each block, so that crowns are shared out as asked.

    Whole places go together when there are enough of them (`by_place`), largest first, each to the split that lacks
    most; a seed decides between equals.
    """
    rng = np.random.default_rng(seed)
    groups: dict[tuple[int, int], list[int]] = {}
    for number, block in enumerate(blocks):
        groups.setdefault((block.place, -1 if by_place else block.cell), []).append(number)
    order = sorted(groups.values(), key=lambda members: (-_crowns(blocks, members), rng.random()))
    total = max(sum(block.crowns for block in blocks), 1)
    given = np.zeros(len(SPLITS))
    wanted = np.array(shares, np.float64) / sum(shares)
    split = [""] * len(blocks)
    for members in order:
        lacking = np.where(wanted > 0.0, wanted - given / total, -np.inf)
        chosen = int(np.argmax(lacking + rng.random(len(SPLITS)) * 1e-6))
        given[chosen] += max(_crowns(blocks, members), 1e-3 * total)
        for number in members:
            split[number] = SPLITS[chosen]
    return split


def enough_places(places: Sequence[int]) -> bool:
    """Whether splits can be made of whole places."""
    return len(set(places)) >= _FEWEST_PLACES


def _crowns(blocks: Sequence[Block], members: Sequence[int]) -> int:
    return sum(blocks[number].crowns for number in members)
