"""ChipGrid: crowns as a grid of small pictures; only what is seen is painted, so 100,000 cost as much as 40."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QRubberBand, QToolTip, QWidget

from birchtree_gui.widgets.chip_painting import CHIP, TEXT, ChipFacts, paint_chip

Ids = npt.NDArray[np.int64]
_GAP = 6
_AHEAD_ROWS = 2
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class ChipGrid(QAbstractScrollArea):
    """The grid. Its selection is the document's: it tells what the user chose, and shows what it is told.

    Signals:
        chosen(frozenset[int]): these ids are selected now.
        zoomAsked(int): a double click.
        scrolled(): other crowns are seen.
    """

    chosen = Signal(object)
    zoomAsked = Signal(int)
    scrolled = Signal()

    def __init__(
        self,
        picture: Callable[[int, int], QImage | None],
        facts: Callable[[int], ChipFacts | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.installEventFilter(self)
        self.viewport().installEventFilter(self)
        self._picture = picture
        self._facts = facts
        self._ids: Ids = np.zeros(0, np.int64)
        self._selection: frozenset[int] = frozenset()
        self._anchor = self._current = -1
        self._press: QPoint | None = None
        self._before: frozenset[int] = frozenset()
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self.viewport())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self.viewport().setAutoFillBackground(True)
        self.verticalScrollBar().valueChanged.connect(self._scroll)

    # ---- what is shown

    @property
    def ids(self) -> Ids:
        """(N,) the crowns, in their order."""
        return self._ids

    def show_ids(self, ids: Ids, *, keep_place: bool) -> None:
        """Show other crowns, or the same in another order."""
        self._ids = ids
        self._anchor = self._current = -1
        self._set_range()
        if not keep_place:
            self.verticalScrollBar().setValue(0)
        self.viewport().update()
        self.scrolled.emit()

    def show_selection(self, selection: frozenset[int], *, scroll: bool = False) -> None:
        """Show what is selected; with `scroll` the first of them comes into sight."""
        self._selection = selection
        if scroll and selection and len(self._ids):
            rows = np.flatnonzero(np.isin(self._ids, np.fromiter(selection, np.int64)))
            if len(rows):
                self._bring_to_sight(int(rows[0]))
        self.viewport().update()

    @property
    def side_px(self) -> int:
        """Side of a picture in physical pixels."""
        return round(CHIP * self.devicePixelRatioF())

    def seen(self) -> list[int]:
        """Ids in sight, and after them those of the next rows."""
        first = self.verticalScrollBar().value() // self._cell.height() * self._columns
        count = (self.viewport().height() // self._cell.height() + 2) * self._columns
        ahead = _AHEAD_ROWS * self._columns
        listed: list[int] = self._ids[first : first + count + ahead].tolist()
        return listed

    def rect_of(self, place: int) -> QRect:
        """Where a crown of the order is in the viewport."""
        row, column = divmod(place, self._columns)
        top = row * self._cell.height() - self.verticalScrollBar().value()
        return QRect(QPoint(_GAP + column * self._cell.width(), _GAP + top), self._cell - QSize(_GAP, _GAP))

    @property
    def _cell(self) -> QSize:
        return QSize(CHIP + _GAP, CHIP + TEXT + _GAP)

    @property
    def _columns(self) -> int:
        return max(1, (self.viewport().width() - _GAP) // self._cell.width())

    def _set_range(self) -> None:
        rows = -(-len(self._ids) // self._columns)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, rows * self._cell.height() + _GAP - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self._cell.height() // 3)

    def _scroll(self) -> None:
        self.viewport().update()
        self.scrolled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns."""
        super().resizeEvent(event)
        self._set_range()
        self.scrolled.emit()

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The crowns in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = self.verticalScrollBar().value() // self._cell.height() * self._columns
        count = (self.viewport().height() // self._cell.height() + 2) * self._columns
        for place in range(first, min(first + count, len(self._ids))):
            rect = self.rect_of(place)
            if rect.intersects(event.rect()):
                self._paint_cell(painter, rect, int(self._ids[place]), place)
        painter.end()

    def _paint_cell(self, painter: QPainter, rect: QRect, tree_id: int, place: int) -> None:
        chip = QRect(rect.topLeft(), QSize(CHIP, CHIP))
        image, facts, selected = self._picture(tree_id, self.side_px), self._facts(tree_id), tree_id in self._selection
        paint_chip(painter, chip, image, facts, self, selected=selected)
        if place == self._current and self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(chip.adjusted(1, 1, -1, -1))

    # ---- mouse

    def _place_at(self, at: QPoint) -> int | None:
        column, row = (at.x() - _GAP // 2) // self._cell.width(), at.y() + self.verticalScrollBar().value()
        place = row // self._cell.height() * self._columns + column
        inside = 0 <= column < self._columns and 0 <= place < len(self._ids)
        return place if inside and self.rect_of(place).contains(at) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select one; Ctrl adds or takes away, Shift selects up to it; on empty ground a box begins."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at = event.position().toPoint()
        self._press, self._before = at, self._selection
        place = self._place_at(at)
        if place is not None:
            self._go(place, event.modifiers())
        elif not event.modifiers() & (_SHIFT | _CTRL):
            self._before = frozenset()
            self._choose(frozenset())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A drag is a box."""
        at = event.position().toPoint()
        if self._press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (at - self._press).manhattanLength() < QApplication.startDragDistance() and not self._band.isVisible():
            return
        box = QRect(self._press, at).normalized()
        self._band.setGeometry(box)
        self._band.show()
        first = self.verticalScrollBar().value() // self._cell.height() * self._columns
        last = first + (self.viewport().height() // self._cell.height() + 2) * self._columns
        inside = [p for p in range(first, min(last, len(self._ids))) if self.rect_of(p).intersects(box)]
        found = frozenset(self._ids[inside].tolist())
        keeps = event.modifiers() & (_SHIFT | _CTRL)
        self._choose(self._before | found if keeps else found)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The box is done."""
        del event
        self._press = None
        self._band.hide()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show it on the map."""
        place = self._place_at(event.position().toPoint())
        if place is not None:
            self.zoomAsked.emit(int(self._ids[place]))

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go, Shift+arrows select on the way, Ctrl+A selects all that are shown."""
        page = max(1, self.viewport().height() // self._cell.height()) * self._columns
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self._columns, Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page, Qt.Key.Key_Home: -len(self._ids),
            Qt.Key.Key_End: len(self._ids),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is not None and len(self._ids):
            place = min(max(max(self._current, 0) + step, 0), len(self._ids) - 1)
            self._go(place, event.modifiers() & _SHIFT)
            self._bring_to_sight(place)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._choose(frozenset(self._ids.tolist()))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._current < len(self._ids):
            self.zoomAsked.emit(int(self._ids[self._current]))
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+A means what is shown here, not every crown of the plot; tooltips tell of the crown under the mouse.

        A filter for the reason that `MapInput` has.
        """
        if watched is self.viewport() and isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._place_at(event.pos())
            facts = None if place is None else self._facts(int(self._ids[place]))
            QToolTip.showText(event.globalPos(), "" if facts is None else facts.tip, self)
            return True
        is_wish = watched is self and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if is_wish and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.SelectAll):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys are."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """They are elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _go(self, place: int, modifiers: Qt.KeyboardModifier) -> None:
        tree_id = int(self._ids[place])
        self._current = place
        if modifiers & _SHIFT and self._anchor >= 0:
            low, high = sorted((self._anchor, place))
            stretch = frozenset(self._ids[low : high + 1].tolist())
            self._choose(self._selection | stretch if modifiers & _CTRL else stretch)
            return
        self._anchor = place
        self._choose(self._selection ^ {tree_id} if modifiers & _CTRL else frozenset({tree_id}))

    def _choose(self, ids: frozenset[int]) -> None:
        if ids != self._selection:
            self._selection = ids
            self.chosen.emit(ids)
        self.viewport().update()

    def _bring_to_sight(self, place: int) -> None:
        rect, bar = self.rect_of(place), self.verticalScrollBar()
        if rect.top() < 0:
            bar.setValue(bar.value() + rect.top() - _GAP)
        elif rect.bottom() > self.viewport().height():
            bar.setValue(bar.value() + rect.bottom() - self.viewport().height() + _GAP)
