"""One cell of the gallery: the picture of a crown with its species below."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from birchtree_gui import species_names
from birchtree_gui.canvas import colours

CHIP = 88  # side of a picture
TEXT = 18  # height of the line below it
_SPOT = 8
_INTO_GAP = 4  # of the gap between two pictures a name may use so much


@dataclass(frozen=True, slots=True)
class ChipFacts:
    """What stands below a picture.

    Attributes:
        text: the species, or the crown's number where it has none.
        colour: of its spot, None for none.
        is_sure: whether a person said so.
        tip: more about the crown.
    """

    text: str
    colour: str | None
    is_sure: bool
    tip: str = ""


def paint_chip(
    painter: QPainter, chip: QRect, image: QImage | None, facts: ChipFacts | None, widget: QWidget, *, selected: bool
) -> None:
    """Paint a picture (grey while it is being cut) and its line; a selected one stands on the accent."""
    palette = widget.palette()
    if selected:
        painter.fillRect(chip.adjusted(-3, -3, 3, TEXT + 1), palette.color(QPalette.ColorRole.Accent))
    if image is None:
        painter.fillRect(chip, palette.color(QPalette.ColorRole.Midlight))
    else:
        painter.drawImage(chip, image)
    if facts is not None:
        line = QRect(QPoint(chip.left(), chip.bottom() + 1), QSize(chip.width(), TEXT))
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        _paint_line(painter, line, facts, widget, palette.color(role))


def _paint_line(painter: QPainter, line: QRect, facts: ChipFacts, widget: QWidget, ink: QColor) -> None:
    left = line.left() + 1
    if facts.colour is not None:
        painter.setPen(QPen(QColor(colours.CASING), 1.0))
        painter.setBrush(QColor(facts.colour))
        painter.drawEllipse(QRect(left + 1, line.top() + 5, _SPOT, _SPOT))
        left += _SPOT + 5
    font = widget.font()
    font.setPixelSize(11)
    font.setItalic(not facts.is_sure)
    painter.setFont(font)
    painter.setPen(ink)
    room = line.right() - left + _INTO_GAP
    text = species_names.fitting(facts.text, QFontMetrics(font), room)
    painter.drawText(QRect(left, line.top(), room, line.height()), Qt.AlignmentFlag.AlignVCenter, text)
