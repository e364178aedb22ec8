"""Which windows of a plot a clicking model embeds: a fixed lattice, so that who comes back finds the place embedded."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from inference.errors import ModelError
from inference.models.card import ModelCard
from inference.plot.grid import Bounds, Grid
from inference.prompt.base import Place

# A window serves places that lie at least this share of its side inside it ...
_MARGIN = 1 / 8
# ... and the lattice steps by half of what a window serves: the best window of any place then has it within 3/16 of
# its side around the middle, and every second window is enough to serve a whole view.
_STEP = 3 / 8

_DEFAULT_GSD_M = 0.05
_LEVELS_OF_SAM = (-2, 2)
_LEVELS_OF_TRAINED = (-1, 1)
_FINEST_OVER_ORTHO = 0.5


@dataclass(frozen=True, slots=True)
class Window:
    """One window of the lattice: `row` counts northwards, `col` eastwards, cells of `level` are 2**level as large."""

    level: int
    row: int
    col: int
    grid: Grid

    @property
    def key(self) -> str:
        """Tells this window from all others of any lattice in the same CRS."""
        grid = self.grid
        return f"{grid.cell_crs!r}:{grid.left_crs!r}:{grid.top_crs!r}:{grid.width_px}"

    def serves(self, x_crs: float, y_crs: float) -> bool:
        """Whether a place lies far enough inside for its crown to be seen whole."""
        left, bottom, right, top = self.served_crs
        return left <= x_crs <= right and bottom <= y_crs <= top

    def holds(self, bounds_crs: Bounds) -> bool:
        """Whether a box lies in the window with a sixteenth of its side to spare."""
        return _within(bounds_crs, _shrunk(self.grid, _MARGIN / 2))

    @property
    def served_crs(self) -> Bounds:
        """(left, bottom, right, top) of the part that the window serves."""
        return _shrunk(self.grid, _MARGIN)


@dataclass(frozen=True, slots=True)
class Lattice:
    """All windows of a model on a plot, at cell sizes that are powers of two apart.

    Attributes:
        crs_wkt: the plot CRS.
        side_px: cells of a window's side.
        cell_crs: cell of level 0 in CRS units.
        lowest, highest: the levels there are, finest and coarsest.
    """

    crs_wkt: str
    side_px: int
    cell_crs: float
    lowest: int
    highest: int

    @classmethod
    def of(cls, card: ModelCard, *, crs_wkt: str, unit_m: float, ortho_gsd_m: float) -> "Lattice":
        """The lattice of a model on a plot.

        Level 0 has the cell size that the model was made for. `settings.click_levels` ([finest, coarsest]) says how
        far from it the model may be used: by default two steps for SAM, which has seen things of any size, one for a
        model that was trained on crowns. No level is finer than half an orthomosaic pixel.

        Raises:
            ModelError: the card has no tile size, or `click_levels` is not a pair of whole numbers.
        """
        if card.tile_px < 16:
            raise ModelError(
                "prompt.no_tile",
                "The model {id} does not say how large its input is (tile_px in its card). It cannot be used for "
                "clicking; get it again, or ask whoever made it.",
                id=card.id,
            )
        gsd_m = card.gsd_m or _DEFAULT_GSD_M
        lowest, highest = _levels(card)
        finest = math.ceil(math.log2(_FINEST_OVER_ORTHO * ortho_gsd_m / gsd_m) - 1e-9)
        lowest = min(max(lowest, finest), highest)
        return cls(crs_wkt, card.tile_px, gsd_m / unit_m, lowest, highest)

    def level_for(self, cell_crs: float) -> int:
        """The level whose cells come closest to the wanted size (a pixel of the screen, in CRS units)."""
        return min(max(round(math.log2(cell_crs / self.cell_crs)), self.lowest), self.highest)

    def cell_at(self, level: int) -> float:
        """Side of a cell of a level in CRS units."""
        return self.cell_crs * 2.0**level

    def window(self, level: int, row: int, col: int) -> Window:
        """One window by its numbers."""
        cell = self.cell_at(level)
        left, bottom = col * self._step_px * cell, row * self._step_px * cell
        return Window(
            level,
            row,
            col,
            Grid(self.crs_wkt, left, bottom + self.side_px * cell, cell, self.side_px, self.side_px),
        )

    def best(self, xy_crs: Place, level: int) -> Window:
        """The window in whose middle a place lies."""
        col, row = (round(self._number(value, level)) for value in xy_crs)
        return self.window(level, row, col)

    def serving(self, xy_crs: Place, level: int) -> list[Window]:
        """All windows of a level that serve a place, that with the place nearest to its middle first."""
        best = self.best(xy_crs, level)
        near = (one for one in self.around(best) if one.serves(*xy_crs))
        # Halfway between two middles rounding decides, and `best` must have said the same.
        return sorted(near, key=lambda one: (one != best, _distance(one, xy_crs)))

    def around(self, window: Window) -> list[Window]:
        """A window and its eight neighbours, which overlap it."""
        steps = (-1, 0, 1)
        return [self.window(window.level, window.row + row, window.col + col) for row in steps for col in steps]

    def holding(self, bounds_crs: Bounds, level: int) -> list[Window]:
        """Windows that hold a box, nearest to its middle first, of the finest level from `level` on that has any."""
        middle = ((bounds_crs[0] + bounds_crs[2]) / 2, (bounds_crs[1] + bounds_crs[3]) / 2)
        for wider in range(level, self.highest + 1):
            found = [one for one in self.serving(middle, wider) if one.holds(bounds_crs)]
            if found:
                return found
        return []

    def levels_near(self, level: int) -> list[int]:
        """`level` and its neighbours, the finer one first: what is embedded there is good enough to click at once."""
        return [one for one in (level, level - 1, level + 1) if self.lowest <= one <= self.highest]

    def covering(self, bounds_crs: Bounds, level: int) -> list[Window]:
        """Windows that together serve a box, those nearest to its middle first."""
        left, bottom, right, top = bounds_crs
        middle = ((left + right) / 2, (bottom + top) / 2)
        first = self.best(middle, level)
        span = 2 * self._step_px * first.grid.cell_crs
        west, south, east, north = first.served_crs
        cols = range(-math.ceil((west - left) / span), math.ceil((right - east) / span) + 1)
        rows = range(-math.ceil((south - bottom) / span), math.ceil((top - north) / span) + 1)
        windows = [self.window(level, first.row + 2 * row, first.col + 2 * col) for row in rows for col in cols]
        return sorted(windows, key=lambda one: _distance(one, middle))

    @property
    def _step_px(self) -> int:
        return math.floor(_STEP * self.side_px)

    def _number(self, value_crs: float, level: int) -> float:
        return (value_crs / self.cell_at(level) - self.side_px / 2) / self._step_px


def _levels(card: ModelCard) -> tuple[int, int]:
    default = _LEVELS_OF_SAM if card.family == "sam" else _LEVELS_OF_TRAINED
    said = card.settings.get("click_levels", list(default))
    if (
        not isinstance(said, list)
        or len(said) != 2
        or not all(isinstance(level, int) and -8 <= level <= 8 for level in said)
    ):
        raise ModelError(
            "prompt.levels",
            "The card of the model {id} says click_levels = {said}; two whole numbers such as [-1, 1] belong there.",
            id=card.id,
            said=said,
        )
    finest, coarsest = sorted(int(level) for level in said if isinstance(level, int))
    return finest, coarsest


def _shrunk(grid: Grid, share: float) -> Bounds:
    inset = share * grid.width_px * grid.cell_crs
    left, bottom, right, top = grid.bounds_crs
    return (left + inset, bottom + inset, right - inset, top - inset)


def _within(inner: Bounds, outer: Bounds) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _distance(window: Window, xy_crs: Sequence[float]) -> float:
    left, bottom, right, top = window.grid.bounds_crs
    return math.hypot((left + right) / 2 - xy_crs[0], (bottom + top) / 2 - xy_crs[1])
