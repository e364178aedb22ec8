"""Adds the crowns of the open plot up for the charts: columns read in small bites here, everything else in a thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from inference.errors import BirchtreeError
from inference.report.columns import TAKEN, CrownColumns, inside
from inference.report.histogram import Histogram, histogram
from inference.report.species_mix import SURE_FROM
from inference.report.stand import Stand, stand_of

if TYPE_CHECKING:
    from inference.plot.plot import Plot
    from inference.report.area import ReportArea

_PAUSE_MS = 120
_HEIGHT_STEP_M = 1.0
_DIAMETER_STEP_M = 0.5
_MOST_CLASSES = 30
_MOST_NAMES = 60
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ChartFigures:
    """What the charts show of N crowns.

    Attributes:
        ids: (N,) int64, ascending.
        height_m, diameter_m: (N,) NaN where unknown; crowns that the mosaic's border cuts have neither.
        heights, diameters: their classes; `height_class`, `diameter_class`: (N,) the class of each crown, -1 for none.
        names: (K,) species, the commonest first; "" for crowns without one, at the end.
        name_class: (N,) place of each crown's name; `unsure`: (K,) how many of them a model is not sure of.
        area: what per hectare is about; None while it is not known or cannot be told.
        stand: figures of the crowns in the area (on the plot while the area is not known); None without crowns.
    """

    ids: Places
    height_m: npt.NDArray[np.float64]
    diameter_m: npt.NDArray[np.float64]
    heights: Histogram
    height_class: Places
    diameters: Histogram
    diameter_class: Places
    names: tuple[str, ...]
    name_class: Places
    unsure: Places
    area: ReportArea | None
    stand: Stand | None

    def places(self, ids: frozenset[int]) -> Places:
        """Where crowns of these ids are; those that are not shown are left out."""
        wanted = np.fromiter(ids, np.int64, len(ids))
        found = np.searchsorted(self.ids, wanted)
        inside_range = found < len(self.ids)
        found, wanted = found[inside_range], wanted[inside_range]
        here: Places = found[self.ids[found] == wanted].astype(np.int64)
        return here


def figures_of(crowns: CrownColumns, area: ReportArea | None) -> ChartFigures:
    """Sort crowns into classes and add them up; runs in a thread."""
    height_m = np.where(crowns.edge, np.nan, crowns.height_m)
    diameter_m = np.where(crowns.edge, np.nan, crowns.diameter_m)
    heights = histogram(height_m, most_classes=_MOST_CLASSES, least_step=_HEIGHT_STEP_M)
    diameters = histogram(diameter_m, most_classes=_MOST_CLASSES, least_step=_DIAMETER_STEP_M)
    names, name_class = _names(crowns)
    doubtful = (crowns.species_score < SURE_FROM) & (name_class >= 0)
    unsure = np.bincount(name_class[doubtful], minlength=len(names)).astype(np.int64)
    if "" in names:
        unsure[names.index("")] = 0
    counted = crowns if area is None else crowns.chosen(inside(crowns, area.outline))
    return ChartFigures(
        ids=crowns.ids,
        height_m=height_m,
        diameter_m=diameter_m,
        heights=heights,
        height_class=heights.places(height_m),
        diameters=diameters,
        diameter_class=diameters.places(diameter_m),
        names=names,
        name_class=name_class,
        unsure=unsure,
        area=area,
        stand=stand_of(counted, 10_000.0 if area is None else area.area_m2) if len(counted) else None,
    )


def _names(crowns: CrownColumns) -> tuple[tuple[str, ...], Places]:
    """The commonest names and each crown's place among them; rarer ones than `_MOST_NAMES` have place -1."""
    texts = np.array([name or "" for name in crowns.species.tolist()], dtype=np.str_)
    if not len(texts):
        return (), np.zeros(0, np.int64)
    found, codes, counts = np.unique(texts, return_inverse=True, return_counts=True)
    order = sorted(range(len(found)), key=lambda place: (not found[place], -counts[place], str(found[place])))
    shown = order[:_MOST_NAMES]
    rank = np.full(len(found), -1, np.int64)
    rank[shown] = np.arange(len(shown))
    return tuple(str(found[place]) for place in shown), rank[codes]


class PlotStatistics(QObject):
    """Makes the figures anew whenever crowns change, as long as somebody looks at them (GUI thread).

    Reading a column of a hundred thousand crowns for the first time takes some 50 ms, so each is read in a turn of the
    event loop of its own; afterwards only what an edit changes is read.

    Signals:
        ready(ChartFigures | None): None when no plot is open.
    """

    ready = Signal(object)

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("statistics", self)
        self._area: ReportArea | None = None
        self._area_asked = False
        self._wanted = False
        self._is_old = True
        self._columns: dict[str, npt.NDArray[np.generic]] = {}
        self._revision = -1
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._begin)
        self._bite = QTimer(self, singleShot=True, interval=0)
        self._bite.timeout.connect(self._read_column)
        document.opened.connect(self._changed)
        document.crownsChanged.connect(self._changed)
        document.closing.connect(self._forget)

    def watch(self, wanted: bool, /) -> None:
        """Whether somebody looks at the figures; only then are they made."""
        self._wanted = wanted
        if wanted and self._is_old:
            self._begin()

    def shut_down(self) -> None:
        """End the thread."""
        self._forget()
        self._background.shut_down()

    @property
    def is_busy(self) -> bool:
        """Whether newer figures are on their way."""
        return self._pause.isActive() or self._bite.isActive() or self._background.is_busy

    # ---- one after the other: pause, columns, thread

    def _changed(self) -> None:
        self._is_old = True
        if self._wanted:
            self._pause.start()

    def _forget(self) -> None:
        self._pause.stop()
        self._bite.stop()
        self._background.forget()
        self._columns = {}
        self._area, self._area_asked, self._is_old = None, False, True
        self.ready.emit(None)

    def _begin(self) -> None:
        table, plot = self._document.table, self._document.plot
        if table is None or plot is None:
            return
        if not self._area_asked:
            self._area_asked = True
            self._background.run(lambda: _area_of(plot), self._take_area, self._no_area)
        self._is_old = False
        self._columns, self._revision = {}, table.revision
        self._bite.start()

    def _read_column(self) -> None:
        table = self._document.table
        if table is None:
            return
        if table.revision != self._revision:  # an edit came in between; `_changed` has started the pause
            return
        name = next((name for name in TAKEN if name not in self._columns), None)
        if name is not None:
            self._columns[name] = table.column(name)
            self._bite.start()
            return
        columns: Mapping[str, npt.NDArray[np.generic]] = self._columns
        ids, outlines, visible, area = table.ids, table.outlines, table.visible, self._area
        self._background.run(
            lambda: figures_of(CrownColumns.of_arrays(ids, outlines, visible, columns), area), self._take, self._failed
        )

    def _take(self, figures: ChartFigures) -> None:
        if not self._is_old:  # else newer ones are on their way
            self.ready.emit(figures)

    def _failed(self, _error: BirchtreeError) -> None:
        """Charts keep what they show; nothing that figures are made of can fail for the user to mend."""

    def _take_area(self, area: ReportArea) -> None:
        self._area = area
        self._changed()

    def _no_area(self, _error: BirchtreeError) -> None:
        """Per hectare stays unknown; the report says why."""


def _area_of(plot: Plot) -> ReportArea:
    # It reads pixels, and rasterio loads with it.
    from inference.report.area import report_area

    return report_area(plot, ())
