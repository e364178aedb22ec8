"""PlotList: the plots that a training may learn from, one a row, with what each holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from birchtree_gui import units
from birchtree_gui.jobs.training_plots import Picture, Wish
from birchtree_gui.plain import plain_tip
from inference.project.naming import plot_name

_ROW_PX = 28


class PlotList(QTableWidget):
    """A table whose first column chooses the plot.

    Signals:
        wishesChanged(): other plots, or other wishes about one.
        currentMoved(): another row is marked.
    """

    wishesChanged = Signal()
    currentMoved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 7, parent)
        self._wishes: list[Wish] = []
        titles = (
            self.tr("Plot"),
            self.tr("Corrected"),
            self.tr("Accepted"),
            self.tr("Drawn"),
            self.tr("Not looked at"),
            self.tr("Complete areas"),
            self.tr("Crowns to learn"),
        )
        self.setHorizontalHeaderLabels(titles)
        self.setAccessibleName(self.tr("Plots to learn from"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(4 * _ROW_PX)
        self.itemChanged.connect(self._take_check)
        self.currentCellChanged.connect(lambda *_: self.currentMoved.emit())

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """All rows."""
        return tuple(self._wishes)

    @property
    def current(self) -> Wish | None:
        """The marked row."""
        row = self.currentRow()
        return self._wishes[row] if 0 <= row < len(self._wishes) else None

    def add(self, path: Path) -> None:
        """Put a plot into the list, chosen and marked; one that is there already is only marked."""
        path = path.resolve()
        known = [wish.path for wish in self._wishes]
        if path not in known:
            self._wishes.append(Wish(path, chosen=True, whole=False))
            self._fill()
        self.setCurrentCell([wish.path for wish in self._wishes].index(path), 0)
        if path not in known:
            self.wishesChanged.emit()

    def remove_current(self) -> None:
        """Take the marked plot out of the list; its file stays."""
        row = self.currentRow()
        if 0 <= row < len(self._wishes):
            del self._wishes[row]
            self._fill()
            self.wishesChanged.emit()
            self.currentMoved.emit()

    def change_current(self, how: Callable[[Wish], Wish]) -> None:
        """Change the wishes about the marked plot."""
        row = self.currentRow()
        if 0 <= row < len(self._wishes):
            self._wishes[row] = how(self._wishes[row])
            self.wishesChanged.emit()

    def show_picture(self, picture: Picture) -> None:
        """Fill in what was read."""
        blocker = QSignalBlocker(self)
        for row, wish in enumerate(self._wishes):
            stock = picture.stocks.get(wish.path)
            texts = [units.MISSING] * 6
            if stock is not None:
                hectares = units.quantity(stock.complete_ha, "ha", 2)
                areas = self.tr("none")
                if stock.whole:
                    areas = self.tr("all of it, {size}").format(size=hectares)
                elif stock.areas:
                    areas = self.tr("{count}, {size}").format(count=stock.areas, size=hectares)
                counts = (stock.edited, stock.accepted, stock.drawn, stock.proposed)
                texts = [*(units.count(number) for number in counts), areas, units.count(stock.inside)]
            for column, text in enumerate(texts, 1):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)
        blocker.unblock()

    def _fill(self) -> None:
        blocker = QSignalBlocker(self)
        self.setRowCount(len(self._wishes))
        for row, wish in enumerate(self._wishes):
            item = QTableWidgetItem(plot_name(wish.path))
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if wish.chosen else Qt.CheckState.Unchecked)
            item.setToolTip(plain_tip(str(wish.path)))
            self.setItem(row, 0, item)
        blocker.unblock()

    def _take_check(self, item: QTableWidgetItem) -> None:
        row = item.row()
        chosen = item.checkState() == Qt.CheckState.Checked
        if item.column() == 0 and self._wishes[row].chosen != chosen:
            old = self._wishes[row]
            self._wishes[row] = Wish(old.path, chosen, old.whole)
            self.wishesChanged.emit()
