"""Charts of classes that are brushed: a histogram of upright bars, and a list of names with bars across."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from birchtree_gui import species_names, units
from birchtree_gui.widgets.charts.chart import Chart, Places, mode_of
from inference.report.histogram import Histogram

_NAMES_SHARE = 0.55  # at most
_LEAST_ROW = 12
_NONE = np.zeros(0, np.int64)


class ClassChart(Chart):
    """K classes of trees; a class, or several beside each other, are brushed with mouse or keys."""

    def __init__(self, title: str, axis: str, parent: QWidget | None = None) -> None:
        super().__init__(title, axis, parent)
        self._classes: Places = _NONE  # (N,) class of each tree, -1 for none
        self._counts: Places = _NONE
        self._selected: Places = _NONE
        self._from: int | None = None
        self._to = 0
        self._by_mouse = False

    # ---- what is shown

    @property
    def counts(self) -> Places:
        """(K,) trees in each class."""
        return self._counts

    @property
    def selected(self) -> Places:
        """(K,) selected trees in each class; all zero while nothing is selected."""
        return self._selected

    def show_classes(self, classes: Places, count: int) -> None:
        """Show (N,) trees by their class, -1 for none."""
        self._classes = classes
        self._counts = np.bincount(classes[classes >= 0], minlength=count).astype(np.int64)
        self._selected = np.zeros(count, np.int64)
        self._from = None
        self.setAccessibleDescription(self._description())
        self.update()

    def show_selected(self, places: Places) -> None:
        """Mark the trees at these places."""
        here = self._classes[places]
        self._selected = np.bincount(here[here >= 0], minlength=len(self._counts)).astype(np.int64)
        self.setAccessibleDescription(self._description())
        self.update()

    @abstractmethod
    def class_at(self, at: QPointF) -> int:
        """Number of the class at a place, the nearest one outside."""

    @abstractmethod
    def class_name(self, number: int) -> str:
        """A class in words."""

    @property
    def brushed_range(self) -> tuple[int, int] | None:
        """First and last class of what is being brushed, or of the keys' place."""
        return None if self._from is None else (min(self._from, self._to), max(self._from, self._to))

    def told_at(self, at: QPoint) -> str:
        """The class under the mouse and its trees."""
        if not len(self._counts) or not self.area.contains(QPointF(at)):
            return ""
        return self._words(self.class_at(QPointF(at)))

    def _words(self, number: int) -> str:
        text = f"{self.class_name(number)}: {units.crowns(int(self._counts[number]))}"
        chosen = int(self._selected[number])
        return self.tr("{text}, {count} selected").format(text=text, count=units.count(chosen)) if chosen else text

    def _description(self) -> str:
        if self._from is not None and self._to < len(self._counts):
            return self._words(self._to)
        return units.crowns(int(self._counts.sum()))

    # ---- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to brush."""
        if event.button() == Qt.MouseButton.LeftButton and len(self._counts):
            self._from = self._to = self.class_at(event.position())
            self._by_mouse = True
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Brush on."""
        if self._by_mouse and event.buttons() & Qt.MouseButton.LeftButton:
            self._to = self.class_at(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What was brushed becomes the selection."""
        if event.button() == Qt.MouseButton.LeftButton and self._by_mouse:
            self._by_mouse = False
            self._tell(event.modifiers())
            self._from = None
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from class to class, with Shift they brush several; Enter selects, Esc selects nothing."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if not len(self._counts):
            super().keyPressEvent(event)
        elif key in steps:
            self._step(steps[key], extends=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._from is not None:
            self._tell(event.modifiers())
        elif key == Qt.Key.Key_Escape:
            self._from = None
            self.brushed.emit(_NONE, "replace")
            self.update()
        else:
            super().keyPressEvent(event)

    def _step(self, step: int, *, extends: bool) -> None:
        last = len(self._counts) - 1
        self._to = (0 if step > 0 else last) if self._from is None else min(max(self._to + step, 0), last)
        if self._from is None or not extends:
            self._from = self._to
        self.setAccessibleDescription(self._description())
        self.update()

    def _tell(self, modifiers: Qt.KeyboardModifier) -> None:
        chosen = self.brushed_range
        if chosen is not None:
            inside = (self._classes >= chosen[0]) & (self._classes <= chosen[1])
            self.brushed.emit(np.flatnonzero(inside).astype(np.int64), mode_of(modifiers))


class HistogramChart(ClassChart):
    """How many trees are in each class of a measure."""

    def __init__(self, title: str, axis: str, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(title, axis, parent)
        self._unit = unit
        self._histogram = Histogram(np.zeros(0), _NONE)

    def show_histogram(self, classes: Histogram, places: Places) -> None:
        """Show (N,) trees by their class in `classes`."""
        self._histogram = classes
        self.show_classes(places, len(classes))

    def class_at(self, at: QPointF) -> int:
        """Number of the class at a place."""
        area = self.area
        share = (at.x() - area.left()) / area.width()
        return int(min(max(share * len(self.counts), 0), len(self.counts) - 1))

    def class_name(self, number: int) -> str:
        """Its limits."""
        low, high = (float(self._histogram.edges[number + more]) for more in (0, 1))
        decimals = 0 if self._histogram.step == round(self._histogram.step) else 1
        return f"{units.number(low, decimals)} – {units.quantity(high, self._unit, decimals)}"

    def bar(self, number: int, count: int) -> QRectF:
        """Where a bar of `count` trees is."""
        area, many = self.area, len(self.counts)
        left = area.left() + number * area.width() / many
        right = area.left() + (number + 1) * area.width() / many
        height = area.height() * count / max(1, int(self.counts.max(initial=1)))
        return QRectF(left + 0.5, area.bottom() - height, max(1.0, right - left - 1), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, the selected part of each in the accent colour."""
        del event
        painter = QPainter(self)
        self.paint_title(painter)
        if not len(self.counts):
            self.paint_empty(painter, self.tr("not measured"))
            painter.end()
            return
        edges, highest = self._histogram.edges, float(self.counts.max(initial=1))
        self.paint_axes(painter, (float(edges[0]), float(edges[-1])), (0.0, max(1.0, highest)), whole_y=True)
        nothing = not self.selected.any()
        for number, (count, chosen) in enumerate(zip(self.counts.tolist(), self.selected.tolist(), strict=True)):
            painter.fillRect(self.bar(number, count), self.fill(selected=nothing))
            painter.fillRect(self.bar(number, chosen), self.fill(selected=True))
        brushed = self.brushed_range
        if brushed is not None:
            band = self.bar(brushed[0], int(highest)).united(self.bar(brushed[1], int(highest)))
            painter.fillRect(band, self.band())
            painter.setPen(QPen(self.ink(), 1, Qt.PenStyle.DotLine))
            painter.drawRect(band)
        painter.end()


class NameChart(ClassChart):
    """How many trees have each name; the commonest first, as many as fit."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, "", parent)
        self._names: tuple[str, ...] = ()
        self._unsure: Places = _NONE

    def show_names(self, names: tuple[str, ...], places: Places, unsure: Places) -> None:
        """Show (N,) trees by the place of their name among `names`; `unsure`: (K,) of which a model is not sure."""
        self._names = names
        self._unsure = unsure
        self.show_classes(places, len(names))

    @property
    def rows_shown(self) -> int:
        """How many names fit."""
        return max(
            1, min(len(self._names), int(self._whole.height() // max(_LEAST_ROW, self.fontMetrics().height() + 1)))
        )

    @property
    def _whole(self) -> QRectF:
        top = self.fontMetrics().height() + 6
        return QRectF(4, top, self.width() - 12, max(1, self.height() - top - 4))

    @property
    def area(self) -> QRectF:
        """Where the bars are, right of the names."""
        whole = self._whole
        longest = max(map(self.fontMetrics().horizontalAdvance, self._names), default=0)
        names = min(longest + 12.0, whole.width() * _NAMES_SHARE)
        return QRectF(whole.left() + names, whole.top(), max(1.0, whole.width() - names), whole.height())

    def class_at(self, at: QPointF) -> int:
        """Number of the name at a place."""
        return int(min(max((at.y() - self._whole.top()) // self._row_height, 0), self.rows_shown - 1))

    def class_name(self, number: int) -> str:
        """The name."""
        unsure = int(self._unsure[number])
        name = self._names[number]
        return self.tr("{name} ({count} unsure)").format(name=name, count=units.count(unsure)) if unsure else name

    @property
    def _row_height(self) -> float:
        return min(self._whole.height() / self.rows_shown, self.fontMetrics().height() * 1.6)

    def told_at(self, at: QPoint) -> str:
        """The name and its trees, also over the name."""
        inside = len(self.counts) and self._whole.contains(QPointF(at))
        return self._words(self.class_at(QPointF(at))) if inside else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """A row for each name; what a model is not sure of is hatched."""
        del event
        painter = QPainter(self)
        left_out = len(self._names) - self.rows_shown
        notes = [self.tr("{count} more").format(count=left_out)] if left_out > 0 else []
        notes += [self.tr("hatched: unsure")] if self._unsure.any() else []
        self.paint_title(painter, ", ".join(notes))
        if not self._names:
            self.paint_empty(painter, self.tr("no crowns"))
        for number in range(self.rows_shown if self._names else 0):
            self._paint_row(painter, number)
        painter.end()

    def _paint_row(self, painter: QPainter, number: int) -> None:
        whole, area, row = self._whole, self.area, self._row_height
        top = whole.top() + number * row
        counted, chosen = int(self.counts[number]), int(self.selected[number])
        text = units.count(counted)
        room = area.width() - self.fontMetrics().horizontalAdvance(text) - 6
        longest = max(1, int(self.counts.max(initial=1)))
        bar = QRectF(area.left(), top + 2, max(1.0, room * counted / longest), max(2.0, row - 4))
        painter.fillRect(bar, self.fill(selected=not self.selected.any()))
        part = QRectF(bar.left(), bar.top(), bar.width() * chosen / max(1, counted), bar.height())
        painter.fillRect(part, self.fill(selected=True))
        if self._unsure[number]:
            width = bar.width() * int(self._unsure[number]) / max(1, counted)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._hatching())
            painter.drawRect(QRectF(bar.right() - width, bar.top(), width, bar.height()))
        name = QRectF(whole.left(), top, area.left() - whole.left() - 6, row)
        shown = species_names.fitting(self._names[number], self.fontMetrics(), int(name.width()))
        painter.setPen(self.ink())
        painter.drawText(name, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.drawText(QRectF(bar.right() + 4, top, 80, row), int(Qt.AlignmentFlag.AlignVCenter), text)
        brushed = self.brushed_range
        if brushed is not None and brushed[0] <= number <= brushed[1]:
            painter.fillRect(QRectF(whole.left(), top, whole.width(), row), self.band())

    def _hatching(self) -> QBrush:
        return QBrush(self.palette().window().color(), Qt.BrushStyle.BDiagPattern)
