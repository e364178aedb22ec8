"""What lies over the map and does not move with it: the scale bar and the legend of the crowns' colours."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QLinearGradient, QPainter, QPen

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.colours import CanvasColours
from birchtree_gui.canvas.crown_colouring import Colouring

_MARGIN = 12.0
_BAR_HEIGHT = 4.0
_LONGEST_BAR = 160.0
_ROW = 20.0


def scale_bar_length(m_per_screen_px: float, longest: float = _LONGEST_BAR) -> float:
    """The largest 1, 2 or 5 times a power of ten, in metres, that fits into `longest` screen pixels."""
    room = longest * m_per_screen_px
    decade = 10.0 ** math.floor(math.log10(room))
    return max(step * decade for step in (1.0, 2.0, 5.0) if step * decade <= room * (1 + 1e-9))


def length_text(length_m: float) -> str:
    """A round length with its unit: 20 cm, 5 m, 2 km."""
    locale = QLocale()
    for factor, unit in ((1000.0, "km"), (1.0, "m"), (0.01, "cm")):
        if length_m >= factor * (1 - 1e-9):
            return f"{locale.toString(round(length_m / factor))} {unit}"
    return f"{locale.toString(length_m * 1000.0, 'g', 3)} mm"


class Hud:
    """Paints the scale bar (lower left) and the legend (lower right) in screen pixels."""

    def __init__(self, look: CanvasColours) -> None:
        self.look = look

    def paint_scale_bar(self, painter: QPainter, height: float, m_per_screen_px: float) -> None:
        """A bar of a round length, black and white, readable on any imagery."""
        length_m = scale_bar_length(m_per_screen_px)
        long = length_m / m_per_screen_px
        text = length_text(length_m)
        painter.save()
        painter.setFont(_font())
        wide = max(long, float(painter.fontMetrics().horizontalAdvance(text)))
        box = QRectF(_MARGIN, height - _MARGIN - 30, wide + 16, 30)
        self._panel(painter, box)
        painter.setPen(QColor(self.look.panel_text))
        painter.drawText(box.adjusted(8, 2, 0, -11), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        bar = QRectF(box.left() + 8, box.bottom() - 9, long, _BAR_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(bar, QColor(self.look.panel_text))
        painter.fillRect(bar.adjusted(long / 2, 1, -1, -1), QColor(self.look.panel))
        painter.restore()

    def paint_legend(self, painter: QPainter, width: float, height: float, colouring: Colouring) -> None:
        """What the crowns' colours mean; nothing for colours by review, which dashes and dots tell as well."""
        entries = colouring.legend()
        if colouring.colour_by == "review":
            return
        painter.save()
        painter.setFont(_font())
        if entries:
            metrics = painter.fontMetrics()
            wide = max(metrics.horizontalAdvance(entry.text) for entry in entries) + 38.0
            tall = _ROW * len(entries) + 8
            box = QRectF(width - _MARGIN - wide, height - _MARGIN - tall, wide, tall)
            self._panel(painter, box)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, entry in enumerate(entries):
                middle = box.top() + 4 + _ROW * (place + 0.5)
                painter.setPen(QPen(QColor(colours.CASING), 1.0))
                painter.setBrush(QColor(entry.colour))
                painter.drawEllipse(QPointF(box.left() + 15, middle), 5.5, 5.5)
                painter.setPen(QColor(self.look.panel_text))
                row = QRectF(box.left() + 28, middle - _ROW / 2, wide, _ROW)
                painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, entry.text)
        else:
            self._paint_ramp(painter, width, height, colouring)
        painter.restore()

    def _paint_ramp(self, painter: QPainter, width: float, height: float, colouring: Colouring) -> None:
        box = QRectF(width - _MARGIN - 196, height - _MARGIN - 56, 196, 56)
        self._panel(painter, box)
        bar = QRectF(box.left() + 10, box.top() + 22, box.width() - 20, 8)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        ramp = colouring.palette[:-1]
        for place, colour in enumerate(ramp):
            gradient.setColorAt(place / (len(ramp) - 1), QColor(colour))
        painter.fillRect(bar, gradient)
        locale = QLocale()
        is_height = colouring.colour_by == "height"
        title = (
            QCoreApplication.translate("Legend", "Height")
            if is_height
            else QCoreApplication.translate("Legend", "Score")
        )
        digits, unit = (1, " m") if is_height else (2, "")
        low, high = (locale.toString(value, "f", digits) + unit for value in (colouring.low, colouring.high))
        top = QRectF(bar.left(), box.top() + 3, bar.width(), 18)
        bottom = QRectF(bar.left(), bar.bottom() + 2, bar.width(), 18)
        painter.setPen(QColor(self.look.panel_text))
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setPen(QColor(self.look.panel_muted))
        painter.drawText(bottom, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, low)
        painter.drawText(bottom, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, high)

    def paint_focus(self, painter: QPainter, rect: QRect) -> None:
        """A frame: the map has the keyboard."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.look.accent), 2.0))
        painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _panel(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, colours.with_alpha(self.look.panel, 0.88))
        painter.setPen(QPen(QColor(self.look.panel_border), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0, 0, -1, -1))


def _font() -> QFont:
    font = QFont()
    font.setPixelSize(12)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
