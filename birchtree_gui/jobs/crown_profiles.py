"""Heights along the long axis of one crown, read in a thread for the inspector; only the newest wish is fulfilled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from inference.crowns.crown import Crown
from inference.errors import BirchtreeError
from inference.jobs import CancelToken

if TYPE_CHECKING:
    from inference.plot.plot import Plot

_MOST_CELLS = 160
_BEYOND = 0.15  # of the axis, on either side: the ground or the neighbours beside the crown


@dataclass(frozen=True, slots=True)
class CrownProfile:
    """Heights along a crown.

    Attributes:
        tree_id: whose they are.
        distance_m: (N,) metres from the start of the line, ascending.
        height_m: (N,) above ground; NaN where unknown.
        border_m: where the crown begins and ends on the line.
        length_m: of the whole line.
    """

    tree_id: int
    distance_m: npt.NDArray[np.float64]
    height_m: npt.NDArray[np.float64]
    border_m: tuple[float, float]
    length_m: float


class CrownProfiles(QObject):
    """Reads the profile of one crown at a time.

    Signals:
        ready(CrownProfile).
    """

    ready = Signal(object)

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("profile", self)
        self._cancel = CancelToken()
        document.closing.connect(self._forget)

    @property
    def is_there(self) -> bool:
        """Whether the open plot has heights that are at hand; a ground is not estimated for a small picture."""
        plot = self._document.plot
        return plot is not None and plot.elevation is not None and plot.elevation.ground_is_ready

    def ask(self, crown: Crown) -> None:
        """Read along a crown; the answer comes with `ready`."""
        plot = self._document.plot
        self._forget()
        if plot is not None and self.is_there:
            cancel = self._cancel
            self._background.run(lambda: read(plot, crown, cancel), self.ready.emit, self._fail)

    def shut_down(self) -> None:
        """End the thread."""
        self._cancel.cancel()
        self._background.shut_down()

    def _forget(self) -> None:
        self._cancel.cancel()
        self._cancel = CancelToken()
        self._background.forget()

    def _fail(self, _error: BirchtreeError) -> None:
        """A crown without a profile keeps the empty frame; the map shows what is wrong with the raster."""


def read(plot: Plot, crown: Crown, cancel: CancelToken) -> CrownProfile | None:
    """For a thread: the profile of a crown; None without heights."""
    from inference.crowns.shape import long_axis
    from inference.plot.display_profile import height_profile

    if plot.elevation is None:
        return None
    axis = long_axis(crown.outline)
    beyond = (axis[1] - axis[0]) * _BEYOND
    line = np.array([axis[0] - beyond, axis[1] + beyond])
    found = height_profile(plot.elevation, line, most_cells=_MOST_CELLS, cancel=cancel)
    whole_m = float(np.hypot(*(line[1] - line[0]))) * plot.unit_m
    share = _BEYOND / (1 + 2 * _BEYOND)
    return CrownProfile(
        crown.tree_id, found.distance_m, found.height_m, (share * whole_m, (1 - share) * whole_m), whole_m
    )
