"""A small picture of the heights along a crown, its borders marked."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from birchtree_gui import units
from birchtree_gui.jobs.crown_profiles import CrownProfile
from birchtree_gui.theme import tabular

_HEIGHT = 66
_LEFT, _TOP, _BOTTOM = 44.0, 6.0, 4.0


class CrownProfileView(QWidget):
    """Empty until it is given a profile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.profile: CrownProfile | None = None
        font = tabular(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.88)
        self.setFont(font)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Heights along the crown"))

    def show_profile(self, profile: CrownProfile | None) -> None:
        """Show another profile; None for none."""
        self.profile = profile
        self.setAccessibleDescription(self.summary)
        self.setToolTip(self.summary)
        self.update()

    @property
    def summary(self) -> str:
        """One line on the profile."""
        profile = self.profile
        if profile is None or not np.isfinite(profile.height_m).any():
            return ""
        return self.tr("{length} along the crown's long axis, highest {height} above the ground").format(
            length=units.quantity(profile.border_m[1] - profile.border_m[0], "m"),
            height=units.quantity(float(np.nanmax(profile.height_m)), "m"),
        )

    def sizeHint(self) -> QSize:
        """Flat."""
        return QSize(240, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The heights as an area, with dashed lines where the crown begins and ends."""
        del event
        painter = QPainter(self)
        palette = self.palette()
        area = QRectF(_LEFT, _TOP, max(self.width() - _LEFT - 2, 1.0), self.height() - _TOP - _BOTTOM)
        line = palette.color(QPalette.ColorRole.Mid)
        painter.setPen(line)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        profile = self.profile
        known = None if profile is None else np.isfinite(profile.height_m)
        if profile is None or known is None or known.sum() < 2:
            painter.end()
            return
        top_m = max(float(profile.height_m[known].max()), 1.0) * 1.06
        self._paint_scale(painter, area, top_m)
        x = area.left() + profile.distance_m / max(profile.length_m, 1e-9) * area.width()
        y = area.bottom() - np.nan_to_num(profile.height_m) / top_m * area.height()
        points = [QPointF(a, b) for a, b in zip(x[known].tolist(), y[known].tolist(), strict=True)]
        accent = palette.color(QPalette.ColorRole.Accent)
        fill = QColor(accent)
        fill.setAlphaF(0.28)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        ends = [QPointF(points[-1].x(), area.bottom()), QPointF(points[0].x(), area.bottom())]
        painter.drawPolygon(QPolygonF([*points, *ends]))
        painter.setPen(QPen(accent, 1.6))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(palette.color(QPalette.ColorRole.WindowText), 1.0, Qt.PenStyle.DashLine))
        for border in profile.border_m:
            at = area.left() + border / max(profile.length_m, 1e-9) * area.width()
            painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()))
        painter.end()

    def _paint_scale(self, painter: QPainter, area: QRectF, top_m: float) -> None:
        step = next((s for s in (1.0, 2.0, 5.0, 10.0, 20.0) if top_m / s <= 3), 50.0)
        for number in range(1, int(top_m / step) + 1):
            at = area.bottom() - number * step / top_m * area.height()
            painter.setPen(self.palette().color(QPalette.ColorRole.Midlight))
            painter.drawLine(QPointF(area.left(), at), QPointF(area.right(), at))
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            box = QRectF(0, at - 8, _LEFT - 6, 16)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, units.quantity(number * step, "m", 0))
