"""Heights off the GUI thread: the one under the cursor, and those of crowns whose outline has just changed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from PySide6.QtCore import QObject, QTimer, Signal

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from inference.crowns.crown import Crown, Measures
from inference.errors import BirchtreeError

if TYPE_CHECKING:
    import numpy as np

    from inference.plot.plot import Plot

# More than this many unmeasured crowns is a run or an import: the measure command does those in its own process.
FEW_CROWNS = 64
_PAUSE_MS = 60


@dataclass(frozen=True, slots=True)
class Heights:
    """Elevation of the surface and height above the ground at one place, metres; None where unknown."""

    surface_m: float | None
    height_m: float | None


def _heights_at(plot: Plot, x_crs: float, y_crs: float) -> Heights:
    import numpy as np

    if plot.elevation is None:
        return Heights(None, None)
    found = plot.elevation.sample(np.array([[x_crs, y_crs]]))
    return Heights(_known(found.dsm_m[0]), _known(found.chm_m[0]))


def _known(value: np.float32) -> float | None:
    return None if math.isnan(value) else float(value)


class HeightProbe(QObject):
    """Heights under the cursor; only the newest question is answered.

    Signals:
        heightsKnown(Heights): at the place asked for last.
    """

    heightsKnown = Signal(object)

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("probe", self)
        self._asked: tuple[float, float] | None = None
        self._is_busy = False
        document.closing.connect(self._forget)

    def ask(self, x_crs: float, y_crs: float) -> None:
        """Find the height at a place of the plot; the answer comes with `heightKnown`."""
        self._asked = (x_crs, y_crs)
        self._start()

    def shut_down(self) -> None:
        """End the thread."""
        self._background.shut_down()

    def _start(self) -> None:
        plot = self._document.plot
        if self._is_busy or self._asked is None or plot is None or plot.elevation is None:
            return
        (x_crs, y_crs), self._asked = self._asked, None
        self._is_busy = True
        self._background.run(lambda: _heights_at(plot, x_crs, y_crs), self._take, self._fail)

    def _take(self, heights: Heights) -> None:
        self._is_busy = False
        if self._asked is None:
            self.heightsKnown.emit(heights)
        else:
            self._start()

    def _fail(self, _error: BirchtreeError) -> None:
        self._is_busy = False
        self.heightsKnown.emit(Heights(None, None))

    def _forget(self) -> None:
        self._asked = None
        self._is_busy = False
        self._background.forget()


def _measure(crowns: list[Crown], plot: Plot) -> Mapping[int, Measures]:
    from inference.pipeline.heights import measure_crowns

    return measure_crowns(crowns, plot.elevation, unit_m=plot.unit_m)


class Remeasurer(QObject):
    """Measures a few crowns again as soon as their outline has changed, in a thread."""

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("measure", self)
        self._stale: set[int] = set()
        self._tried: dict[int, shapely.Polygon] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._start)
        self._is_busy = False
        document.crownsChanged.connect(self._look_at)
        document.closing.connect(self._forget)

    def shut_down(self) -> None:
        """End the thread."""
        self._pause.stop()
        self._background.shut_down()

    def _look_at(self, changed: frozenset[int] | None) -> None:
        table = self._document.table
        if changed is None or len(changed) > FEW_CROWNS or table is None or not self._document.is_editable:
            return
        self._stale |= {tree_id for tree_id in changed if self._wants(tree_id)}
        if self._stale:
            self._pause.start()

    def _wants(self, tree_id: int) -> bool:
        table = self._document.table
        if table is None or not self._document.is_visible(tree_id):
            return False
        crown = table.get(tree_id)
        # Measuring may find nothing; the same outline is not tried for ever.
        return crown.needs_measuring and self._tried.get(tree_id) is not crown.outline

    def _start(self) -> None:
        table, plot = self._document.table, self._document.plot
        if self._is_busy or table is None or plot is None:
            return
        crowns = [table.get(tree_id) for tree_id in sorted(self._stale) if self._document.is_visible(tree_id)]
        self._stale.clear()
        if not crowns:
            return
        self._is_busy = True
        self._tried.update((crown.tree_id, crown.outline) for crown in crowns)
        measured = {crown.tree_id: crown for crown in crowns}
        self._background.run(
            lambda: _measure(crowns, plot), lambda found: self._take(plot, measured, found), self._fail
        )

    def _take(self, plot: Plot, measured: dict[int, Crown], found: Mapping[int, Measures]) -> None:
        self._is_busy = False
        table = self._document.table
        if table is not None and self._document.plot is plot:
            # A crown that was edited again meanwhile keeps its place in the queue instead.
            current = {
                tree_id: measures
                for tree_id, measures in found.items()
                if tree_id in table and table.get(tree_id).outline == measured[tree_id].outline
            }
            self._document.set_measures(current)
        if self._stale:
            self._start()

    def _fail(self, error: BirchtreeError) -> None:
        self._is_busy = False
        self._document.message.emit("warning", str(error))

    def _forget(self) -> None:
        self._stale.clear()
        self._tried.clear()
        self._pause.stop()
        self._is_busy = False
        self._background.forget()
