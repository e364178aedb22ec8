"""LineHeights: heights along a line and at points of the plot, read in a thread for the measuring tools."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from birchtree_gui.canvas.georeference import Points
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from inference.errors import BirchtreeError, Cancelled
from inference.jobs import CancelToken

if TYPE_CHECKING:
    from inference.plot.display_profile import HeightProfile
    from inference.plot.elevation import Elevation, ElevationSample


class LineHeights(QObject):
    """Only the newest question of each kind is answered.

    Signals:
        profileKnown(HeightProfile), profileCleared(): the line is another, or gone.
        pointsKnown(ElevationSample): at the points asked for last.
    """

    profileKnown = Signal(object)
    profileCleared = Signal()
    pointsKnown = Signal(object)

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("line", self)
        self._cancel = CancelToken()
        self._profile_ticket = self._points_ticket = 0
        document.closing.connect(self._forget)

    @property
    def has_heights(self) -> bool:
        """Whether the plot has a DSM."""
        plot = self._document.plot
        return plot is not None and plot.elevation is not None

    def ask_profile(self, line_crs: Points) -> None:
        """Heights along an (N, 2) line in the plot CRS, N >= 2."""
        plot = self._document.plot
        if plot is None or plot.elevation is None:
            return
        self._cancel.cancel()
        self._cancel = CancelToken()
        self._background.drop(self._profile_ticket)
        work = partial(_profile, plot.elevation, line_crs, self._cancel)
        self._profile_ticket = self._background.run(work, self.profileKnown.emit, self._fail)

    def clear_profile(self) -> None:
        """There is no line any more."""
        self._cancel.cancel()
        self._background.drop(self._profile_ticket)
        self.profileCleared.emit()

    def ask_points(self, points_crs: Points) -> None:
        """Heights at (N, 2) points in the plot CRS."""
        plot = self._document.plot
        if plot is None or plot.elevation is None:
            return
        self._background.drop(self._points_ticket)
        work = partial(_sample, plot.elevation, np.array(points_crs))
        self._points_ticket = self._background.run(work, self.pointsKnown.emit, self._fail)

    def shut_down(self) -> None:
        """End the thread."""
        self._cancel.cancel()
        self._background.shut_down()

    def _fail(self, error: BirchtreeError) -> None:
        if not isinstance(error, Cancelled):
            self._document.message.emit("warning", str(error))

    @Slot()
    def _forget(self) -> None:
        self._cancel.cancel()
        self._background.forget()
        self.profileCleared.emit()


def _profile(elevation: Elevation, line_crs: Points, cancel: CancelToken) -> HeightProfile:
    from inference.plot.display_profile import height_profile

    return height_profile(elevation, line_crs, cancel=cancel)


def _sample(elevation: Elevation, points_crs: Points) -> ElevationSample:
    return elevation.sample(points_crs)
