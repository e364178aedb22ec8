"""Legend: what the crowns' colours mean, as buttons on the map: pressing some shows only those crowns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.colours import LIGHT_CANVAS, CanvasColours
from birchtree_gui.canvas.crown_colouring import Colouring, LegendEntry
from birchtree_gui.canvas.device_frame import paint_frame

_ROW = 24
_LEFT, _TEXT_LEFT, _RIGHT = 9, 28, 12
_WIDEST = 230
_DIMMED = 0.45


class LegendButton(QAbstractButton):
    """One line: a dot in the crowns' colour and what it stands for. The heading has no dot and folds the legend."""

    def __init__(self, text: str, colour: str | None, parent: Legend) -> None:
        super().__init__(parent)
        self._colour = colour
        self._legend = parent
        self.setText(text)
        self.setCheckable(True)
        self.setFont(parent.font())
        # A click leaves the keyboard to the map; the Tab key comes here.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """As wide as its text."""
        wide = self.fontMetrics().horizontalAdvance(self.text()) + _TEXT_LEFT + _RIGHT
        return QSize(min(wide, _WIDEST), _ROW)

    def minimumSizeHint(self) -> QSize:
        """The same: the map leaves room or folds the legend."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dot and text; faint while others are chosen."""
        del event
        look = self._legend.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), colours.with_alpha(look.panel_text, 0.08))
        dimmed = self._colour is not None and self._legend.is_filtering and not self.isChecked()
        middle = self.height() / 2
        if self._colour is None:
            self._paint_arrow(painter, look)
        else:
            painter.setOpacity(_DIMMED if dimmed else 1.0)
            # A ring of the text's colour: dark violet on the dark panel would be lost.
            painter.setPen(QPen(colours.with_alpha(look.panel_text, 0.6), 1.0))
            painter.setBrush(QColor(self._colour))
            painter.drawEllipse(QPointF(_LEFT + 7, middle), 5.5, 5.5)
            painter.setOpacity(1.0)
        painter.setPen(QColor(look.panel_muted if dimmed else look.panel_text))
        room = self.width() - _TEXT_LEFT - _RIGHT + 4
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(_TEXT_LEFT, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        if self.hasFocus():
            paint_frame(painter, QRectF(self.rect()), QColor(look.accent), width=2.0)
        painter.end()

    def _paint_arrow(self, painter: QPainter, look: CanvasColours) -> None:
        x, y = _LEFT + 7, self.height() / 2
        painter.setPen(QPen(QColor(look.panel_muted), 1.5))
        lift = -2.0 if self.isChecked() else 2.0
        painter.drawLine(QPointF(x - 4, y - lift), QPointF(x, y + lift))
        painter.drawLine(QPointF(x, y + lift), QPointF(x + 4, y - lift))


class Legend(QFrame):
    """The legend of a map.

    Signals:
        kindsChosen(frozenset[int]): show only these (`LegendEntry.kind`); none: all.
        resized(): it takes more or less room.
    """

    kindsChosen = Signal(object)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = LIGHT_CANVAS
        self._entries: tuple[LegendEntry, ...] = ()
        self._rows: list[LegendButton] = []
        self._chosen: frozenset[int] = frozenset()
        self._one_at_a_time = False
        font = self.font()
        font.setPixelSize(12)
        self.setFont(font)
        self._heading = LegendButton("", None, self)
        self._heading.toggled.connect(self._fold)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._heading)
        self.setAccessibleName(self.tr("Legend"))

    @property
    def is_filtering(self) -> bool:
        """Whether only some kinds are shown."""
        return bool(self._chosen)

    @property
    def chosen(self) -> frozenset[int]:
        """The kinds that are shown; none: all."""
        return self._chosen

    @property
    def buttons(self) -> Sequence[QAbstractButton]:
        """The lines, in their order, without the heading."""
        return tuple(self._rows)

    @property
    def heading(self) -> QAbstractButton:
        """Folds the legend."""
        return self._heading

    def show_colouring(self, colouring: Colouring) -> None:
        """Tell what the crowns' colours mean; the choice stays while the lines are the same."""
        titles = {
            "review": self.tr("Status"),
            "height": self.tr("Height"),
            "score": self.tr("Score"),
            "species": self.tr("Species"),
        }
        self._one_at_a_time = False
        self._show(titles[colouring.colour_by], colouring.legend())

    def show_others(self, title: str, entries: tuple[LegendEntry, ...], chosen: int | None) -> None:
        """Tell what the colours of something else mean, of which one kind or every kind (None) is shown."""
        self._one_at_a_time = True
        self._show(title, entries)
        for entry, row in zip(entries, self._rows, strict=True):
            row.setChecked(entry.kind == chosen)
        self._chosen = frozenset() if chosen is None else frozenset({chosen})
        self.update()

    def _show(self, title: str, entries: tuple[LegendEntry, ...]) -> None:
        if entries == self._entries and title == self._heading.text():
            return
        kept = {(one.kind, one.text) for one in self._entries if one.kind in self._chosen}
        if title != self._heading.text():
            kept = set()
        self._entries = entries
        self._heading.setText(title)
        self._heading.setAccessibleName(self.tr("Legend: {attribute}").format(attribute=title))
        self._heading.setToolTip(self.tr("Fold or unfold the legend"))
        for row in self._rows:
            self._layout.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(entry) for entry in entries]
        for entry, row in zip(entries, self._rows, strict=True):
            row.setChecked((entry.kind, entry.text) in kept)
        self._take()
        self._fold()

    def clear_choice(self) -> None:
        """Show every kind again."""
        for row in self._rows:
            row.setChecked(False)
        self._take()

    def set_look(self, look: CanvasColours) -> None:
        """Take over a theme's colours."""
        self.look = look
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A panel behind the lines."""
        del event
        painter = QPainter(self)
        look = self.look
        paint_frame(painter, QRectF(self.rect()), QColor(look.panel_border), fill=QColor(look.panel))
        painter.end()

    def _row(self, entry: LegendEntry) -> LegendButton:
        row = LegendButton(entry.text, entry.colour, self)
        row.setAccessibleName(self.tr("Only {kind}").format(kind=entry.text))
        many = self.tr("Show only these crowns; press several to see several kinds, press again for all")
        one = self.tr("Colour only these trees; press again for all")
        row.setToolTip(one if self._one_at_a_time else many)
        row.clicked.connect(self._take)
        self._layout.addWidget(row)
        return row

    def _take(self) -> None:
        chosen = frozenset(entry.kind for entry, row in zip(self._entries, self._rows, strict=True) if row.isChecked())
        if self._one_at_a_time and len(chosen) > 1:
            chosen -= self._chosen
            for entry, row in zip(self._entries, self._rows, strict=True):
                row.setChecked(entry.kind in chosen)
        self.update()
        if chosen != self._chosen:
            self._chosen = chosen
            self.kindsChosen.emit(chosen)

    def _fold(self) -> None:
        for row in self._rows:
            row.setVisible(not self._heading.isChecked())
        self._layout.activate()
        self.resize(self.sizeHint())
        self.resized.emit()
