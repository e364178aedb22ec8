"""Where drawn crowns come from: the crown table, the selection in it, or what a run has outlined so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt
import shapely

from birchtree_gui.canvas.crown_colouring import Colouring
from birchtree_gui.canvas.crown_labels import LabelBy, texts
from birchtree_gui.canvas.crown_marks import MarkBook, Marks, Places
from birchtree_gui.canvas.qt_shapes import Outlines
from inference.plot.grid import Bounds

if TYPE_CHECKING:
    from inference.crowns.table import CrownTable

Rows = npt.NDArray[np.int64]
Boxes = npt.NDArray[np.float64]


class CrownSource(Protocol):
    """Crowns to draw. `rows` are handles that stay right while crowns change; `places` are positions right now."""

    def has_any(self) -> bool:
        """Whether there is anything to look for."""
        ...

    def rows(self, bounds_crs: Bounds) -> Rows:
        """Handles of what may be visible in a box of the plot CRS."""
        ...

    def places(self, rows: Rows) -> Places:
        """Positions of those of the handles that still exist, in their order."""
        ...

    def outlines(self, places: Places) -> Outlines:
        """(N,) polygons in the plot CRS."""
        ...

    def boxes_crs(self, places: Places) -> Boxes:
        """(N, 4) min x, min y, max x, max y."""
        ...

    def marks(self, places: Places) -> Marks:
        """How each is drawn."""
        ...

    def labels(self, places: Places) -> list[str]:
        """A short text for each, "" for none."""
        ...

    def typical_crs(self) -> float:
        """Side of a middling crown in units of the plot CRS; 0 when there is none."""
        ...


def typical_side(boxes: Boxes) -> float:
    """Median of the geometric mean of width and height."""
    if not len(boxes):
        return 0.0
    sides = np.sqrt((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]))
    return float(np.median(sides))


class TableCrowns:
    """The visible crowns of a table; handles are their ids."""

    def __init__(self, table: CrownTable, colouring: Colouring) -> None:
        self._table = table
        self._colouring = colouring
        self._book = MarkBook(table, colouring)
        self._typical_crs = 0.0
        self._counted = -1
        self._label_by: LabelBy = "colour"
        self._kinds: frozenset[int] = frozenset()
        self._passing: tuple[int, npt.NDArray[np.bool_]] | None = None

    def recolour(self, colouring: Colouring) -> None:
        """Colour by something else."""
        self._colouring = colouring
        self._book = MarkBook(self._table, colouring)
        self._passing = None

    def label(self, label_by: LabelBy) -> None:
        """Write something else into large crowns."""
        self._label_by = label_by

    def only(self, kinds: frozenset[int]) -> None:
        """Leave off all crowns but those of these kinds (`Colouring.kinds`); none given: all are shown."""
        self._kinds, self._passing = kinds, None

    def passing(self, ids: Rows) -> Rows:
        """Those of some ids that are not left off."""
        if not self._kinds or not len(ids):
            return ids
        revision = self._table.revision
        if self._passing is None or self._passing[0] != revision:
            self._passing = (revision, np.isin(self._colouring.kinds(self._table), list(self._kinds)))
        found: Rows = ids[self._passing[1][self._table.places(ids.tolist())]]
        return found

    def at(self, x_crs: float, y_crs: float) -> int | None:
        """The smallest crown at a place that is not left off."""
        table = self._table
        found = table.at(x_crs, y_crs)
        if found is None or len(self.passing(np.array([found]))):
            return found
        near = self.passing(table.within((x_crs, y_crs, x_crs, y_crs)))
        outlines = table.outlines[table.places(near.tolist())]
        hit = shapely.intersects_xy(outlines, x_crs, y_crs)
        return int(near[np.argmin(np.where(hit, shapely.area(outlines), np.inf))]) if hit.any() else None

    def has_any(self) -> bool:
        """Whether the table has crowns, seen or deleted."""
        return len(self._table) > 0

    def rows(self, bounds_crs: Bounds) -> Rows:
        """Ids whose boxes meet the bounds."""
        return self.passing(self._table.within(bounds_crs))

    def places(self, rows: Rows) -> Places:
        """Positions in the table of ids that are there and not deleted."""
        ids = self._table.ids
        if not len(ids):
            return np.zeros(0, np.intp)
        found = np.minimum(np.searchsorted(ids, rows), len(ids) - 1)
        present: Places = found[(ids[found] == rows) & self._table.visible[found]]
        return present

    def outlines(self, places: Places) -> Outlines:
        """As in the table."""
        return self._table.outlines[places]

    def boxes_crs(self, places: Places) -> Boxes:
        """As in the table."""
        return self._table.bounds_crs[places]

    def marks(self, places: Places) -> Marks:
        """Colour by the chosen attribute, dashes and glyphs by review."""
        return self._book.marks().at(places)

    def labels(self, places: Places) -> list[str]:
        """The chosen attribute."""
        return texts(self._table, places, self._label_by, self._colouring.colour_by)

    def typical_crs(self) -> float:
        """Looked up again only when the number of crowns changed by a tenth: the level of detail must not flicker."""
        count = len(self._table)
        if abs(count - self._counted) * 10 > self._counted:
            self._counted = count
            self._typical_crs = typical_side(self._table.bounds_crs)
        return self._typical_crs


class SelectedCrowns(TableCrowns):
    """The selected ones among a table's visible crowns."""

    def __init__(self, table: CrownTable, colouring: Colouring) -> None:
        super().__init__(table, colouring)
        self._selection: Rows = np.zeros(0, np.int64)

    def select(self, ids: Iterable[int]) -> None:
        """These are selected now."""
        self._selection = np.sort(np.fromiter(ids, np.int64))

    def has_any(self) -> bool:
        """Whether any is selected."""
        return len(self._selection) > 0

    def rows(self, bounds_crs: Bounds) -> Rows:
        """Selected ids whose boxes meet the bounds."""
        if not len(self._selection):
            return self._selection
        return np.intersect1d(super().rows(bounds_crs), self._selection, assume_unique=True)

    def marks(self, places: Places) -> Marks:
        """All alike."""
        return Marks.alike(len(places), dashed=False)

    def labels(self, places: Places) -> list[str]:
        """None: the crown under it has one."""
        return [""] * len(places)


class StagedCrowns:
    """Outlines of a run in progress; handles are their places in its list."""

    def __init__(self) -> None:
        self._outlines: Outlines = np.zeros(0, object)
        self._boxes: Boxes = np.zeros((0, 4))
        self._typical_crs = 0.0

    def __len__(self) -> int:
        return len(self._outlines)

    def replace(self, outlines: Iterable[shapely.Polygon]) -> Boxes:
        """Take a new list; returns the boxes of what was appended, or of everything when the list is another one."""
        listed = list(outlines)
        before = len(self._outlines)
        grown = before > 0 and len(listed) >= before and self._outlines[before - 1] is listed[before - 1]
        made = np.empty(len(listed), object)
        made[:] = listed
        fresh: Boxes = shapely.bounds(made[before:] if grown else made).reshape(-1, 4)
        self._outlines = made
        self._boxes = np.concatenate([self._boxes, fresh]) if grown else fresh
        self._typical_crs = typical_side(self._boxes)
        return fresh

    def has_any(self) -> bool:
        """Whether the run has outlined any."""
        return len(self._outlines) > 0

    def rows(self, bounds_crs: Bounds) -> Rows:
        """Places of outlines whose boxes meet the bounds."""
        left, bottom, right, top = bounds_crs
        boxes = self._boxes
        hit = (boxes[:, 0] <= right) & (boxes[:, 2] >= left) & (boxes[:, 1] <= top) & (boxes[:, 3] >= bottom)
        return np.flatnonzero(hit).astype(np.int64)

    def places(self, rows: Rows) -> Places:
        """Handles are places already; the list may have become shorter."""
        return rows[rows < len(self._outlines)].astype(np.intp)

    def outlines(self, places: Places) -> Outlines:
        """As the run made them."""
        return self._outlines[places]

    def boxes_crs(self, places: Places) -> Boxes:
        """Their boxes."""
        found: Boxes = self._boxes[places]
        return found

    def marks(self, places: Places) -> Marks:
        """All alike, dashed: nobody has looked at them."""
        return Marks.alike(len(places), dashed=True)

    def labels(self, places: Places) -> list[str]:
        """None."""
        return [""] * len(places)

    def typical_crs(self) -> float:
        """Median side."""
        return self._typical_crs
