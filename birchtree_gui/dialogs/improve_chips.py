"""ChipPair: one piece of held-out ground twice, with what the model found before and after, over the true crowns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from birchtree_gui import units
from birchtree_gui.plain import plain_tip

if TYPE_CHECKING:
    from inference.datasets.chips import Chip, ShownCrown, View

_SIDE = 300
# Told apart by brightness and by the kind of line too: not everybody sees the colours.
_HALO = QColor(0, 0, 0, 190)
_RIGHT = QColor(90, 220, 255)
_WRONG = QColor(255, 150, 40)
_MISSED = QColor(255, 255, 255)


def legend() -> tuple[tuple[QColor, Qt.PenStyle, str], ...]:
    """Colour and line of each kind of crown, by name: "right", "wrong", "missed"."""
    return (
        (_RIGHT, Qt.PenStyle.SolidLine, "right"),
        (_WRONG, Qt.PenStyle.DashDotLine, "wrong"),
        (_MISSED, Qt.PenStyle.DotLine, "missed"),
    )


class ChipView(QWidget):
    """A picture with outlines; a model's crowns that match a true one, those that do not, and true ones it missed."""

    def __init__(self, image: QImage, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = image
        self._view = view
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFixedSize(_SIDE, _SIDE)
        self.setAccessibleName(self.caption())
        self.setToolTip(plain_tip(self.caption()))

    def caption(self) -> str:
        """How many it found and got wrong."""
        truth, found = self._view.truth, self._view.found
        return self.tr("{hits} of {crowns} found, {wrong} wrong").format(
            hits=sum(crown.hit for crown in truth),
            crowns=units.crowns(len(truth)),
            wrong=sum(not crown.hit for crown in found),
        )

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture, then outlines, each with a dark rim so that it shows on any ground."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = float(min(self.width(), self.height()))
        painter.drawImage(QRectF(0.0, 0.0, side, side), self._image)
        scale = side / max(self._image.width(), 1)
        right, wrong, missed = legend()
        for crowns, (colour, style, _) in (
            ([one for one in self._view.truth if not one.hit], missed),
            ([one for one in self._view.found if not one.hit], wrong),
            ([one for one in self._view.found if one.hit], right),
        ):
            self._outline(painter, crowns, scale, colour, style)
        painter.end()

    @staticmethod
    def _outline(painter: QPainter, crowns: list[ShownCrown], scale: float, colour: QColor, style: Qt.PenStyle) -> None:
        shapes = [QPolygonF([QPointF(x * scale, y * scale) for x, y in crown.ring_px.tolist()]) for crown in crowns]
        for pen in (QPen(_HALO, 3.6), QPen(colour, 1.8, style)):
            painter.setPen(pen)
            for shape in shapes:
                painter.drawPolygon(shape)


class LegendMark(QWidget):
    """A short line as the chips draw it."""

    def __init__(self, colour: QColor, style: Qt.PenStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pen = QPen(colour, 2.4, style)
        self.setFixedSize(34, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line on a dark ground, as on a picture of trees."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(60, 70, 55))
        painter.setPen(self._pen)
        painter.drawLine(QPointF(4.0, 8.0), QPointF(30.0, 8.0))
        painter.end()


class ChipPair(QWidget):
    """Before and after, side by side; after alone where there is no before."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        image = picture(chip)
        name = QLabel(chip.survey, self, textFormat=Qt.TextFormat.PlainText)
        name.setProperty("role", "heading")
        name.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(name, 0, 0, 1, 2)
        views = [(self.tr("Before"), chip.before), (self.tr("After"), chip.after)]
        for column, (title, view) in enumerate((title, view) for title, view in views if view is not None):
            shown = ChipView(image, view, self)
            caption = QLabel(f"{title}: {shown.caption()}", self, textFormat=Qt.TextFormat.PlainText)
            caption.setProperty("role", "muted")
            grid.addWidget(shown, 1, column)
            grid.addWidget(caption, 2, column)
        grid.setColumnStretch(2, 1)


def picture(chip: Chip) -> QImage:
    """The chip's pixels."""
    pixels = np.ascontiguousarray(chip.rgb.transpose(1, 2, 0))
    rows, columns = pixels.shape[:2]
    return QImage(pixels.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()
