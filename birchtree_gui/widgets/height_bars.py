"""A small histogram of crown heights, for the plot's facts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from birchtree_gui import units
from birchtree_gui.theme import tabular

_MOST_BARS = 24
_STEPS_M = (1, 2, 5, 10)
_GAP_PX = 2
_INK_ALPHA = 0.7


def bin_heights(heights_m: npt.NDArray[np.floating]) -> tuple[int, npt.NDArray[np.intp]]:
    """Width of a class in whole metres, and how many crowns are in each class from 0 m up; none for no heights."""
    known = heights_m[~np.isnan(heights_m)]
    if not len(known):
        return _STEPS_M[0], np.zeros(0, np.intp)
    top_m = float(known.max())
    step_m = next((step for step in _STEPS_M if top_m < step * _MOST_BARS), _STEPS_M[-1])
    counts = np.bincount((np.clip(known, 0, None) // step_m).astype(np.intp))
    return step_m, counts


class HeightBars(QWidget):
    """One bar for each height class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step_m = 1
        self._counts: npt.NDArray[np.intp] = np.zeros(0, np.intp)
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(150)
        self.setAccessibleName(self.tr("Crowns by height"))

    def show_heights(self, heights_m: npt.NDArray[np.floating]) -> None:
        """Show these heights, metres; NaN is left out."""
        self._step_m, self._counts = bin_heights(heights_m)
        self.setVisible(len(self._counts) > 0)
        self.setToolTip(self.tr("Crowns in height classes of {step} m").format(step=self._step_m))
        self.update()

    def sizeHint(self) -> QSize:
        """A flat picture."""
        return QSize(240, 120)

    def minimumSizeHint(self) -> QSize:
        """Small enough for a low window."""
        return QSize(120, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, a base line, and the lowest and highest class below it."""
        del event
        count = len(self._counts)
        if not count:
            return
        painter = QPainter(self)
        line = self.fontMetrics().height()
        area = self.rect().adjusted(0, 2, -1, -line - 4)
        colour = self.palette().color(QPalette.ColorRole.Accent)
        first = int(np.flatnonzero(self._counts)[0])
        shown = self._counts[first:]
        for place, crowns in enumerate(shown):
            left = area.left() + place * area.width() // len(shown)
            right = area.left() + (place + 1) * area.width() // len(shown)
            height = max(1 if crowns else 0, round(area.height() * int(crowns) / int(shown.max())))
            bar = QRect(left, area.bottom() - height + 1, max(1, right - left - _GAP_PX), height)
            painter.fillRect(bar, colour)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        ink.setAlphaF(_INK_ALPHA)
        painter.setPen(ink)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        below = QRect(area.left(), area.bottom() + 3, area.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, units.quantity(first * self._step_m, "m", 0))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, units.quantity(count * self._step_m, "m", 0))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self.tr("crowns by height"))
        painter.end()
