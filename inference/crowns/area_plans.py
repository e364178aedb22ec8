"""Where people work on a plot: cells of a grid, control plots at random, and how much of it is done."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely

from inference.crowns.records import Area, AreaKind
from inference.errors import InputError

Shape = Literal["circle", "square"]

# A cell with less of its area than this inside the plot is left out.
_MIN_SHARE = 0.05
_MAX_CELLS = 10_000
# How often a place is tried before the plot counts as full.
_TRIES = 400
_QUAD_SEGMENTS = 16


@dataclass(frozen=True, slots=True)
class Plan:
    """An area that is still without an id: its name and its outline in the plot CRS."""

    name: str
    outline: shapely.Polygon


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """How far the work in some areas is: how many, how many done, and their ground (overlaps counted once)."""

    count: int = 0
    done: int = 0
    area_m2: float = 0.0
    done_m2: float = 0.0

    @property
    def share(self) -> float:
        """Of the ground that is done, 0..1; 0 without areas."""
        return self.done_m2 / self.area_m2 if self.area_m2 > 0 else 0.0


def grid_cells(ground: shapely.Geometry, side: float) -> list[Plan]:
    """Cells of a north-up grid over a plot, cut at its border, row by row from the north-west.

    Rows are letters and columns numbers: "A1" is in the north-west corner. Lines lie on multiples of `side`, so that
    surveys of two dates have the same cells.

    Args:
        ground: what holds data, in the plot CRS.
        side: of a cell in units of the CRS.

    Raises:
        InputError: no side, or too small for this plot.
    """
    if not math.isfinite(side) or side <= 0:
        raise InputError("areas.cell", "A cell of the grid needs a side of more than 0 m.")
    left, bottom, right, top = ground.bounds
    col0, row0 = math.floor(left / side), math.ceil(top / side)
    cols, rows = math.ceil(right / side) - col0, row0 - math.floor(bottom / side)
    if cols * rows > _MAX_CELLS:
        raise InputError(
            "areas.too_many_cells",
            "A grid of such cells would have {count} of them. Choose larger cells.",
            count=cols * rows,
        )
    numbers = [(row, col) for row in range(rows) for col in range(cols)]
    boxes = np.array(
        [shapely.box(x, y - side, x + side, y) for x, y in (((col0 + c) * side, (row0 - r) * side) for r, c in numbers)]
    )
    pieces = shapely.intersection(boxes, ground)
    plans = []
    for (row, col), piece in zip(numbers, pieces, strict=True):
        if piece.area < _MIN_SHARE * side * side:
            continue
        outline = max((p for p in shapely.get_parts(piece) if isinstance(p, shapely.Polygon)), key=lambda p: p.area)
        plans.append(Plan(f"{_letters(row)}{col + 1}", outline))
    return plans


def random_plots(
    ground: shapely.Geometry,
    count: int,
    size: float,
    *,
    shape: Shape,
    seed: int,
    taken: Iterable[shapely.Geometry] = (),
) -> list[Plan]:
    """Control plots at random: wholly on the ground, none over another.

    The same seed gives the same plots. Every place at which a plot fits is equally likely for the first one.

    Args:
        ground: what holds data, in the plot CRS.
        count: how many.
        size: radius of a circle or side of a square, in units of the CRS.
        shape: "circle" or "square".
        seed: of the draw.
        taken: areas that must stay free, such as earlier control plots.

    Raises:
        InputError: there is not room for so many.
    """
    if count < 1 or not math.isfinite(size) or size <= 0:
        raise InputError("areas.control", "Control plots need a number of at least 1 and a size of more than 0 m.")
    rng = np.random.default_rng(seed)
    shapely.prepare(ground)
    left, bottom, right, top = ground.bounds
    placed: list[shapely.Polygon] = []
    blocked = list(taken)
    for _ in range(count):
        for _try in range(_TRIES):
            x, y = rng.uniform(left, right), rng.uniform(bottom, top)
            outline = _outline(x, y, size, shape)
            if ground.covers(outline) and not any(other.intersects(outline) for other in (*blocked, *placed)):
                placed.append(outline)
                break
        else:
            raise InputError(
                "areas.no_room",
                "There is room for {found} such control plots on this plot, not for {count}. Choose fewer or smaller "
                "ones.",
                found=len(placed),
                count=count,
            )
    return [Plan(f"P{number}", outline) for number, outline in enumerate(placed, start=1)]


def progress(areas: Iterable[Area], unit_m: float, kind: AreaKind | None = None) -> AreaProgress:
    """How far the work is in the areas of a kind, or in all."""
    wanted = [area for area in areas if kind in (None, area.kind)]
    ground = [_ground(wanted), _ground([area for area in wanted if area.done])]
    return AreaProgress(len(wanted), sum(area.done for area in wanted), *(value * unit_m**2 for value in ground))


def next_open(areas: Sequence[Area], after: int | None) -> Area | None:
    """The next area that is not done, in the order given and round again; None when all are done."""
    if not areas:
        return None
    start = next((place + 1 for place, area in enumerate(areas) if area.area_id == after), 0)
    around = (*areas[start:], *areas[:start])
    return next((area for area in around if not area.done), None)


def _ground(areas: Sequence[Area]) -> float:
    return float(shapely.union_all([area.outline for area in areas]).area) if areas else 0.0


def _outline(x: float, y: float, size: float, shape: Shape) -> shapely.Polygon:
    if shape == "square":
        half = size / 2
        return shapely.box(x - half, y - half, x + half, y + half)
    circle: shapely.Polygon = shapely.Point(x, y).buffer(size, quad_segs=_QUAD_SEGMENTS)
    return circle


def _letters(number: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
