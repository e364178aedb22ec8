"""ProfileStrip: surface and ground along a line as a small chart under the map; the mouse or the arrow keys read it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from birchtree_gui import units
from birchtree_gui.canvas import colours
from birchtree_gui.theme import tabular

if TYPE_CHECKING:
    from inference.plot.display_profile import HeightProfile

HEIGHT = 168
_LEFT, _RIGHT, _TOP, _BOTTOM = 58.0, 14.0, 30.0, 24.0
_GROUND = "#a0622d"
_MOST_TICKS = 4
_FINEST_M = 0.5


def round_ticks(low: float, high: float, most: int = _MOST_TICKS) -> list[float]:
    """At most `most` + 1 round values that cover low..high from within."""
    span = max(high - low, 1e-6)
    decade = 10.0 ** math.floor(math.log10(span / most))
    step = next(s * decade for s in (1.0, 2.0, 5.0, 10.0) if span / (s * decade) <= most)
    first = math.ceil(low / step - 1e-9)
    return [number * step for number in range(first, math.floor(high / step + 1e-9) + 1)]


class ProfileStrip(QWidget):
    """Hidden until there is a profile.

    Signals:
        placeRead(x_crs, y_crs), placeLeft(): the place of the line that is being read.
    """

    placeRead = Signal(float, float)
    placeLeft = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile: HeightProfile | None = None
        self._read: int | None = None
        self.setFont(tabular(self.font()))
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Height profile"))
        self.hide()

    @property
    def profile(self) -> HeightProfile | None:
        """What is shown."""
        return self._profile

    @property
    def summary(self) -> str:
        """One line on the whole profile, or on the place that is being read."""
        profile = self._profile
        if profile is None:
            return ""
        if self._read is not None:
            parts = {
                "at": units.quantity(float(profile.distance_m[self._read]), "m"),
                "surface": units.quantity(float(profile.dsm_m[self._read]), "m"),
                "ground": units.quantity(float(profile.ground_m[self._read]), "m"),
                "height": units.quantity(float(profile.height_m[self._read]), "m"),
            }
            return self.tr("At {at}:   surface {surface}   ground {ground}   height {height}").format(**parts)
        height = profile.height_m
        highest = float(np.nanmax(height)) if np.isfinite(height).any() else math.nan
        text = self.tr("{length} long, highest {height} above the ground").format(
            length=units.quantity(profile.length_m, "m"), height=units.quantity(highest, "m")
        )
        return text + (self.tr("   (ground estimated)") if profile.height_source == "DSM-est" else "")

    @Slot(object)
    def show_profile(self, profile: HeightProfile) -> None:
        """Show another profile."""
        self._profile, self._read = profile, None
        self.setAccessibleDescription(self.summary)
        self.show()
        self.update()

    @Slot()
    def clear(self) -> None:
        """There is none."""
        self._profile, self._read = None, None
        self.placeLeft.emit()
        self.hide()

    # ---- reading

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the place under the mouse."""
        area = self._area()
        if self._profile is not None and area.width() > 0:
            share = (event.position().x() - area.left()) / area.width()
            self._read_at(round(share * (len(self._profile.distance_m) - 1)))

    def leaveEvent(self, event: object) -> None:
        """Read nothing."""
        del event
        self._read = None
        self.placeLeft.emit()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right read along the line, Home and End at its ends."""
        count = 0 if self._profile is None else len(self._profile.distance_m)
        at = -1 if self._read is None else self._read
        places = {
            Qt.Key.Key_Left: at - max(1, count // 100),
            Qt.Key.Key_Right: at + max(1, count // 100),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }
        if event.key() in places and count:
            self._read_at(places[Qt.Key(event.key())])
            self.setAccessibleDescription(self.summary)
        else:
            super().keyPressEvent(event)

    def _read_at(self, place: int) -> None:
        profile = self._profile
        if profile is None or not len(profile.distance_m):
            return
        self._read = min(max(place, 0), len(profile.distance_m) - 1)
        self.placeRead.emit(*profile.xy_crs[self._read].tolist())
        self.update()

    # ---- painting

    def _area(self) -> QRectF:
        return QRectF(_LEFT, _TOP, max(self.width() - _LEFT - _RIGHT, 1.0), self.height() - _TOP - _BOTTOM)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surface over ground, with round values at the sides."""
        del event
        painter = QPainter(self)
        palette = self.palette()
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Base))
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(QRectF(12, 4, self.width() - 24, 22), Qt.AlignmentFlag.AlignVCenter, self.summary)
        if self._profile is not None and len(self._profile.distance_m) > 1:
            self._paint_chart(painter, self._profile)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2.0))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_chart(self, painter: QPainter, profile: HeightProfile) -> None:
        known = np.concatenate([profile.dsm_m, profile.ground_m])
        known = known[np.isfinite(known)]
        if not len(known):
            painter.drawText(self._area(), Qt.AlignmentFlag.AlignCenter, self.tr("There is no DSM along this line."))
            return
        low, high = float(known.min()), float(known.max())
        spare = max((high - low) * 0.06, _FINEST_M)
        low, high = low - spare, high + spare
        self._paint_ticks(painter, profile, low, high)
        area = self._area()
        x = area.left() + profile.distance_m / max(profile.length_m, 1e-9) * area.width()
        surface = area.bottom() - (profile.dsm_m - low) / (high - low) * area.height()
        ground = area.bottom() - (profile.ground_m - low) / (high - low) * area.height()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = self.palette().color(QPalette.ColorRole.Accent)
        fill = QColor(accent)
        fill.setAlphaF(0.3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        for part in _known_runs(np.isfinite(surface) & np.isfinite(ground)):
            there, back = _points(x[part], surface[part]), _points(x[part], ground[part])
            painter.drawPolygon(QPolygonF([*there, *reversed(back)]))
        for values, colour in ((surface, accent), (ground, QColor(_GROUND))):
            painter.setPen(QPen(colour, 1.8))
            for part in _known_runs(np.isfinite(values)):
                painter.drawPolyline(QPolygonF(_points(x[part], values[part])))
        if self._read is not None:
            self._paint_reading(painter, float(x[self._read]), float(surface[self._read]), area)
        painter.restore()

    def _paint_reading(self, painter: QPainter, x: float, y: float, area: QRectF) -> None:
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        if not math.isnan(y):
            painter.setPen(QPen(QColor(colours.CASING), 1.0))
            painter.setBrush(QColor(colours.SELECTED))
            painter.drawEllipse(QPointF(x, y), 4.0, 4.0)

    def _paint_ticks(self, painter: QPainter, profile: HeightProfile, low: float, high: float) -> None:
        area, palette = self._area(), self.palette()
        line, words = palette.color(QPalette.ColorRole.Midlight), palette.color(QPalette.ColorRole.WindowText)
        digits = 0 if high - low > _MOST_TICKS else 1
        for value in round_ticks(low, high):
            y = area.bottom() - (value - low) / (high - low) * area.height()
            painter.setPen(line)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(words)
            box = QRectF(0, y - 9, _LEFT - 6, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _metres(value, digits))
        length = profile.length_m
        for value in round_ticks(0.0, length, 8):
            x = area.left() + value / max(length, 1e-9) * area.width()
            box = QRectF(min(x - 40, self.width() - 82), area.bottom() + 3, 80, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, _metres(value, 0 if length > 8 else 1))


def _metres(value: float, digits: int) -> str:
    return units.quantity(value, "m", digits)


def _points(x: np.ndarray, y: np.ndarray) -> list[QPointF]:
    return [QPointF(across, down) for across, down in zip(x.tolist(), y.tolist(), strict=True)]


def _known_runs(known: np.ndarray) -> list[slice]:
    """Slices of neighbours that are all known, two or more each."""
    padded = np.concatenate([[False], known, [False]])
    starts, ends = np.flatnonzero(padded[1:] & ~padded[:-1]), np.flatnonzero(~padded[1:] & padded[:-1])
    return [slice(a, b) for a, b in zip(starts.tolist(), ends.tolist(), strict=True) if b - a > 1]
