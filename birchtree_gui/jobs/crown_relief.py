"""CrownRelief: what heights say about single crowns, off the GUI thread: borders on the valley, two peaks, splits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from PySide6.QtCore import QObject, QTimer, Signal

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from inference.crowns.crown import Crown
from inference.errors import BirchtreeError, InputError
from inference.jobs import CancelToken

if TYPE_CHECKING:
    from inference.plot.plot import Plot

Parts = tuple[shapely.Polygon, ...]
Place = tuple[float, float]

# More changed crowns than this are a run or an import, which the review queue looks at.
FEW_CROWNS = 64
_PAUSE_MS = 250
_FEW_SELECTED = 8


@dataclass(frozen=True, slots=True)
class Twin:
    """What was seen in a crown: its outline at that time, and the places of its tops; none where it has but one."""

    outline: shapely.Polygon
    tops_crs: tuple[Place, ...]


def _snapped(plot: Plot, crowns: list[Crown]) -> dict[int, Parts]:
    from inference.prompt.relief import read_relief, snapped_to_valley

    found: dict[int, Parts] = {}
    for crown in crowns:
        relief = read_relief(plot, crown.outline)
        if relief is not None:
            found[crown.tree_id] = (snapped_to_valley(crown.outline, relief),)
    return _some(found)


def _split(plot: Plot, crowns: list[Crown]) -> dict[int, Parts]:
    from inference.crowns.editing.limits import Limits
    from inference.prompt.relief import read_relief, split_at_peaks

    found: dict[int, Parts] = {}
    refusal: InputError | None = None
    for crown in crowns:
        relief = read_relief(plot, crown.outline)
        if relief is None:
            continue
        try:
            found[crown.tree_id] = split_at_peaks(crown.outline, relief, Limits.of(plot.unit_m))
        except InputError as error:
            refusal = error
    if not found and refusal is not None:
        raise refusal
    return _some(found)


def _some(found: dict[int, Parts]) -> dict[int, Parts]:
    if not found:
        raise InputError("relief.unknown", "The heights are not known there, so they cannot help with this crown.")
    return found


def _peaks(plot: Plot, crowns: list[Crown]) -> dict[int, Twin]:
    """As the filter `two_peaks` finds them."""
    from inference.review.marks import peaks_by_crown

    ordered = sorted(crowns, key=lambda crown: crown.tree_id)
    outlines = np.empty(len(ordered), object)
    outlines[:] = [crown.outline for crown in ordered]
    tops = peaks_by_crown(np.array([crown.tree_id for crown in ordered], np.int64), outlines, plot, CancelToken())
    return {crown.tree_id: Twin(crown.outline, tops.get(crown.tree_id, ())) for crown in ordered}


class CrownRelief(QObject):
    """Works on a few crowns at a time; answers come as plain calls on the GUI thread.

    Signals:
        twinsChanged(): other crowns hold two peaks now.
    """

    twinsChanged = Signal()

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("relief", self)
        self._seen: dict[int, Twin] = {}
        self._stale: set[int] = set()
        self._is_looking = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        document.crownsChanged.connect(self._note)
        document.selectionChanged.connect(self._note_selection)
        document.closing.connect(self._forget)

    def snap(self, crowns: list[Crown], done: Callable[[dict[int, Parts]], None]) -> None:
        """Move borders to the height valley; `done` gets the new outlines by id, or the reason is told."""
        self._run(crowns, _snapped, done)

    def split(self, crowns: list[Crown], done: Callable[[dict[int, Parts]], None]) -> None:
        """Cut crowns along the valleys between their peaks; `done` gets the parts by id, or the reason is told."""
        self._run(crowns, _split, done)

    def twins(self) -> dict[int, Twin]:
        """Crowns that hold two peaks or more, of those that were changed or selected since the plot was opened."""
        table = self._document.table
        if table is None:
            return {}
        return {
            tree_id: twin
            for tree_id, twin in self._seen.items()
            if twin.tops_crs and self._document.is_visible(tree_id) and table.get(tree_id).outline == twin.outline
        }

    def shut_down(self) -> None:
        """End the thread."""
        self._pause.stop()
        self._background.shut_down()

    def _run(
        self,
        crowns: list[Crown],
        work: Callable[[Plot, list[Crown]], dict[int, Parts]],
        done: Callable[[dict[int, Parts]], None],
    ) -> None:
        plot = self._document.plot
        if plot is not None and crowns:
            self._background.run(lambda: work(plot, crowns), done, self._refuse)

    def _refuse(self, error: BirchtreeError) -> None:
        self._document.message.emit("warning", str(error))

    def _note(self, changed: frozenset[int] | None) -> None:
        if changed is not None and len(changed) <= FEW_CROWNS:
            self._want(changed)

    def _note_selection(self) -> None:
        if len(self._document.selection) <= _FEW_SELECTED:
            self._want(self._document.selection)

    def _want(self, ids: Iterable[int]) -> None:
        plot, table = self._document.plot, self._document.table
        # An estimated ground takes a while: it is not made for a mark on a crown.
        if table is None or plot is None or plot.elevation is None or not plot.elevation.ground_is_ready:
            return
        for tree_id in ids:
            if self._document.is_visible(tree_id):
                seen = self._seen.get(tree_id)
                if seen is None or seen.outline != table.get(tree_id).outline:
                    self._stale.add(tree_id)
        if self._stale:
            self._pause.start()
        self.twinsChanged.emit()

    def _look(self) -> None:
        plot, table = self._document.plot, self._document.table
        if self._is_looking or plot is None or table is None:
            return
        crowns = [table.get(tree_id) for tree_id in sorted(self._stale) if self._document.is_visible(tree_id)]
        self._stale.clear()
        if crowns:
            self._is_looking = True
            self._background.run(lambda: _peaks(plot, crowns), self._take, self._fail)

    def _take(self, found: dict[int, Twin]) -> None:
        self._is_looking = False
        self._seen.update(found)
        self.twinsChanged.emit()
        if self._stale:
            self._pause.start()

    def _fail(self, _error: BirchtreeError) -> None:
        self._is_looking = False  # a mark that cannot be computed is not worth a message

    def _forget(self) -> None:
        self._stale.clear()
        self._seen.clear()
        self._pause.stop()
        self._is_looking = False
        self._background.forget()
