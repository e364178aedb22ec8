"""Scores of the proposed crowns as bars over a slider: left of it is what a threshold would take away."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QSlider, QVBoxLayout, QWidget

from birchtree_gui import units

STEPS = 100
_PAUSE_MS = 40
_FADED = 0.35
_HALF_HANDLE_PX = 7


class _Bars(QWidget):
    """The bars alone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.counts: npt.NDArray[np.intp] = np.zeros(1, np.intp)
        self.threshold = 0.0
        self.setMinimumHeight(44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Flat."""
        return QSize(240, 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hollow bars are below the threshold, full ones above it."""
        del event
        painter = QPainter(self)
        area = self.rect().adjusted(_HALF_HANDLE_PX, 1, -_HALF_HANDLE_PX, -1)
        colour = self.palette().color(QPalette.ColorRole.Accent)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        bars, highest = len(self.counts), max(1, int(self.counts.max(initial=0)))
        for place, crowns in enumerate(self.counts.tolist()):
            left = area.left() + place * area.width() // bars
            right = area.left() + (place + 1) * area.width() // bars
            # The square root keeps the few doubtful crowns visible beside the many good ones.
            height = max(2 if crowns else 0, round(area.height() * (crowns / highest) ** 0.5))
            bar = QRect(left, area.bottom() - height + 1, max(1, right - left - 1), height)
            if (place + 1) / bars <= self.threshold + 1e-9:
                faded = ink
                faded.setAlphaF(_FADED)
                painter.setPen(faded)
                painter.drawRect(bar.adjusted(0, 0, -1, -1))
            else:
                painter.fillRect(bar, colour)
        ink.setAlphaF(0.7)
        painter.setPen(ink)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        at = area.left() + round(self.threshold * area.width())
        if self.threshold > 0:
            painter.drawLine(at, area.top(), at, area.bottom())
        painter.end()


class ConfidenceHistogram(QWidget):
    """Bars and slider.

    Signals:
        thresholdChanged(float): 0..1, shortly after the slider came to rest.
    """

    thresholdChanged = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = _Bars(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, STEPS)
        self.slider.setPageStep(5)
        self.slider.setMinimumHeight(24)
        self.slider.setAccessibleName(self.tr("Threshold of the score"))
        self.slider.setToolTip(self.tr("Proposed crowns below this score are dimmed on the map"))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.thresholdChanged.emit(self.threshold))
        self.slider.valueChanged.connect(self._follow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bars, 1)
        layout.addWidget(self.slider)

    @property
    def threshold(self) -> float:
        """0..1."""
        return self.slider.value() / STEPS

    def show_counts(self, counts: npt.NDArray[np.intp]) -> None:
        """Show these bars, from score 0 to 1."""
        self._bars.counts = counts
        self._bars.setToolTip(self.tr("{count} by score").format(count=units.crowns(int(counts.sum()))))
        self._bars.update()

    def clear_threshold(self) -> None:
        """Back to 0: nothing goes; told at once."""
        self.slider.setValue(0)
        self._pause.stop()
        self.thresholdChanged.emit(0.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets the threshold go before it does anything else."""
        if event.key() == Qt.Key.Key_Escape and self.slider.value():
            self.clear_threshold()
            return
        super().keyPressEvent(event)

    def _follow(self, value: int) -> None:
        self._bars.threshold = value / STEPS
        self._bars.update()
        self._pause.start()
