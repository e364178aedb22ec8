"""How much ground a person has seen around the crowns of the review, and which crowns drawn there had been missed."""

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from inference.crowns.table import CrownTable
from inference.review.accuracy import Estimate, rate

CONTEXT = 1.0
"""Ground that counts as seen on each side of a crown, as a share of its larger side; the map shows more."""
_CELL_M = 1.0
_HECTARE_M2 = 10_000.0


class SeenGround:
    """The union of the places that were looked at, in cells of a metre; grows by one crown at a time."""

    def __init__(self, unit_m: float = 1.0) -> None:
        self._cell_crs = _CELL_M / unit_m
        self._cells: set[tuple[int, int]] = set()

    @property
    def area_m2(self) -> float:
        """Each place counts once, however often it was shown."""
        return len(self._cells) * _CELL_M**2

    def look_at(self, box_crs: npt.NDArray[np.float64]) -> None:
        """The surroundings of a crown with this box (min x, min y, max x, max y) were shown."""
        left, bottom, right, top = box_crs.tolist()
        margin = CONTEXT * max(right - left, top - bottom)
        columns = range(self._cell(left - margin), self._cell(right + margin) + 1)
        for row in range(self._cell(bottom - margin), self._cell(top + margin) + 1):
            self._cells.update((column, row) for column in columns)

    def look_at_crowns(self, table: CrownTable, ids: Iterable[int]) -> None:
        """The surroundings of these crowns were shown; those that are gone are passed over."""
        for box in table.bounds_crs[table.places(tree_id for tree_id in ids if tree_id in table)]:
            self.look_at(box)

    def holds(self, x_crs: float, y_crs: float) -> bool:
        """Whether a place was shown."""
        return (self._cell(x_crs), self._cell(y_crs)) in self._cells

    def missed(self, table: CrownTable, since: str) -> Estimate | None:
        """Crowns drawn since a moment (ISO 8601, UTC) on the ground that was seen, for each hectare of it.

        None before any ground was seen. Seen ground lies around crowns, the doubtful ones first, so the rate holds
        for such ground, not for clearings.
        """
        drawn = np.flatnonzero(table.visible & np.asarray(table.column("review") == "added", bool))
        at = table.column("edited_at")[drawn]
        middles = (table.bounds_crs[drawn, :2] + table.bounds_crs[drawn, 2:]) / 2
        new = [place for place, moment in enumerate(at.tolist()) if moment is not None and moment >= since]
        count = sum(self.holds(*middles[place].tolist()) for place in new)
        return rate(count, self.area_m2 / _HECTARE_M2)

    def _cell(self, coordinate: float) -> int:
        return math.floor(coordinate / self._cell_crs)
