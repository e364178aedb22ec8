"""What lies over the map and does not move with it: the scale bar and the north arrow."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap, QPolygonF

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.colours import CanvasColours
from birchtree_gui.canvas.device_frame import paint_frame

_MARGIN = 12.0
_BAR_HEIGHT = 4.0
_LONGEST_BAR = 160.0
_PANEL_HEIGHT = 30.0


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


def metres(value_m: float) -> str:
    """A round step in metres, with the digits that it has."""
    return f"{QLocale().toString(value_m, 'g', 3)} m"


class Hud:
    """Paints the north arrow and the scale bar (lower left) in screen pixels."""

    def __init__(self, look: CanvasColours) -> None:
        self.look = look
        self._north: tuple[tuple[float, ...], QPixmap] | None = None
        self._bar: tuple[tuple[float, ...], QPixmap] | None = None

    def paint_scale_bar(self, painter: QPainter, height: float, m_per_screen_px: float, *, left: float = 0.0) -> float:
        """A bar of a round length, readable on any imagery; `left` is room for what comes before. Returns its width."""
        dpr = painter.device().devicePixelRatio()
        if self._bar is None or self._bar[0] != (m_per_screen_px, dpr):
            self._bar = ((m_per_screen_px, dpr), self._bar_picture(m_per_screen_px, dpr))
        return _lay(painter, self._bar[1], height, left)

    def _bar_picture(self, m_per_screen_px: float, dpr: float) -> QPixmap:
        """Made once for a scale: texts cost more than all else in a frame of a pan."""
        length_m = scale_bar_length(m_per_screen_px)
        long = length_m / m_per_screen_px
        text = length_text(length_m)
        wide = max(long, float(QFontMetrics(_font()).horizontalAdvance(text)))
        box = QRectF(0, 0, wide + 16, _PANEL_HEIGHT)
        picture = _blank(box, dpr)
        painter = QPainter(picture)
        painter.setFont(_font())
        self._panel(painter, box)
        painter.setPen(QColor(self.look.panel_text))
        painter.drawText(box.adjusted(8, 2, 0, -11), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        bar = QRectF(box.left() + 8, box.bottom() - 9, long, _BAR_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(bar, QColor(self.look.panel_text))
        painter.fillRect(bar.adjusted(long / 2, 1, -1, -1), QColor(self.look.panel))
        painter.end()
        return picture

    def paint_words(self, painter: QPainter, height: float, text: str, *, left: float) -> None:
        """A few words beside the scale bar."""
        painter.save()
        painter.setFont(_font())
        wide = painter.fontMetrics().horizontalAdvance(text) + 16
        box = QRectF(_MARGIN + left, height - _MARGIN - _PANEL_HEIGHT, wide, _PANEL_HEIGHT)
        self._panel(painter, box)
        painter.setPen(QColor(self.look.panel_text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def paint_north(self, painter: QPainter, height: float, turn_rad: float) -> float:
        """An arrow to grid north, `turn_rad` clockwise from the top, in the lower left corner; returns its width."""
        dpr = painter.device().devicePixelRatio()
        if self._north is None or self._north[0] != (turn_rad, dpr):
            self._north = ((turn_rad, dpr), self._north_picture(turn_rad, dpr))
        return _lay(painter, self._north[1], height, 0.0)

    def _north_picture(self, turn_rad: float, dpr: float) -> QPixmap:
        box = QRectF(0, 0, _PANEL_HEIGHT, _PANEL_HEIGHT)
        picture = _blank(box, dpr)
        painter = QPainter(picture)
        self._panel(painter, box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(box.center())
        painter.rotate(math.degrees(turn_rad))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.look.panel_text))
        painter.drawPolygon(QPolygonF([QPointF(0, -12), QPointF(5, 2), QPointF(0, -1), QPointF(-5, 2)]))
        font = _font()
        font.setPixelSize(10)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(self.look.panel_text))
        painter.drawText(QRectF(-8, 1, 16, 12), Qt.AlignmentFlag.AlignCenter, self._north_letter())
        painter.end()
        return picture

    def _north_letter(self) -> str:
        return QCoreApplication.translate("Hud", "N")

    def paint_focus(self, painter: QPainter, rect: QRect) -> None:
        """A frame: the map has the keyboard."""
        paint_frame(painter, QRectF(rect), QColor(self.look.accent), width=2.0)

    def _panel(self, painter: QPainter, box: QRectF) -> None:
        paint_frame(painter, box, QColor(self.look.panel_border), fill=colours.with_alpha(self.look.panel, 0.88))


def _blank(box: QRectF, dpr: float) -> QPixmap:
    picture = QPixmap(math.ceil(box.width() * dpr), math.ceil(box.height() * dpr))
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _lay(painter: QPainter, picture: QPixmap, height: float, left: float) -> float:
    """Lay a picture into the lower left corner, `left` from what comes before; returns its width."""
    painter.drawPixmap(QPointF(_MARGIN + left, height - _MARGIN - _PANEL_HEIGHT), picture)
    return picture.width() / picture.devicePixelRatio()


def _font() -> QFont:
    font = QFont()
    font.setPixelSize(12)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
