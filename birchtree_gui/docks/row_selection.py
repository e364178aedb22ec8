"""Keeps the selected rows of the crown table in step with the document, also for a hundred thousand crowns.

Qt's selection model takes seconds for thousands of scattered rows (it merges ranges pairwise and asks for the flags of
every selected row). So Qt selects rows only as long as they are few; beyond that its selection stays empty and a
delegate paints the rows that the document has selected.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView

from birchtree_gui import species_names
from birchtree_gui.docks.cell_editors import CellEditors
from birchtree_gui.docks.crowns_model import CrownsModel
from birchtree_gui.document import PlotDocument

_MOST_ROWS = 1000
_CELL_PADDING = 18  # around a cell's text, both sides together


class _SelectedRows(CellEditors):
    """Paints the rows that the document has selected as selected."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """As usual, plus the selection; long names of species keep what tells them apart."""
        super().initStyleOption(option, index)
        if self._model.columns[index.column()].name == "species":
            option.text = species_names.fitting(option.text, option.fontMetrics, option.rect.width() - _CELL_PADDING)
        if int(self._model.shown[index.row()]) in self._document.selection:
            option.state |= QStyle.StateFlag.State_Selected


class RowSelection(QObject):
    """The link between the view's rows and the document's selection."""

    def __init__(self, document: PlotDocument, model: CrownsModel, view: QTableView) -> None:
        super().__init__(view)
        self._document = document
        self._model = model
        self._view = view
        self._in_step = False
        view.setItemDelegate(_SelectedRows(document, model, self))
        model.layoutAboutToBeChanged.connect(self._let_go)
        model.layoutChanged.connect(self._take_up)
        model.modelAboutToBeReset.connect(self._let_go)
        model.modelReset.connect(self._take_up)
        document.selectionChanged.connect(self._show)
        view.selectionModel().selectionChanged.connect(self._take)

    def _let_go(self) -> None:
        """Rows are about to move: empty Qt's selection, which it would otherwise carry over cell by cell."""
        self._in_step = True
        self._view.selectionModel().clear()

    def _take_up(self) -> None:
        self._in_step = False
        self._show()

    def _take(self) -> None:
        """The user has selected rows."""
        if self._in_step:
            return
        rows = _rows(self._view.selectionModel().selection())
        chosen = frozenset(self._model.shown[rows].tolist())
        toggles = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        if toggles and len(self._document.selection) > _MOST_ROWS:
            chosen = self._document.selection ^ chosen  # Qt does not know what is selected already
        self._in_step = True
        self._document.set_selection(chosen)
        if len(chosen) > _MOST_ROWS:
            self._view.selectionModel().clearSelection()
        self._in_step = False
        self._view.viewport().update()

    def _show(self) -> None:
        """The selection was changed elsewhere, or the rows have moved."""
        if self._in_step:
            return
        rows = self._model.rows_of(self._document.selection)
        chosen = QItemSelection()
        if len(rows) <= _MOST_ROWS:
            last = self._model.columnCount() - 1
            for first_row, last_row in _stretches(rows):
                chosen.select(self._model.index(first_row, 0), self._model.index(last_row, last))
        self._in_step = True
        self._view.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._in_step = False
        self._view.viewport().update()
        if rows and len(rows) <= _MOST_ROWS:
            self._view.scrollTo(self._model.index(rows[0], max(0, self._view.columnAt(0))))


def _rows(selection: QItemSelection) -> npt.NDArray[np.intp]:
    parts = [selection.at(place) for place in range(selection.count())]
    ranges = [np.arange(part.top(), part.bottom() + 1) for part in parts]
    return np.unique(np.concatenate(ranges)) if ranges else np.zeros(0, np.intp)


def _stretches(rows: list[int]) -> list[tuple[int, int]]:
    """Ascending row numbers as ranges of neighbours (first, last)."""
    if not rows:
        return []
    array = np.asarray(rows)
    breaks = np.flatnonzero(np.diff(array) > 1)
    firsts = array[np.concatenate(([0], breaks + 1))]
    lasts = array[np.concatenate((breaks, [len(array) - 1]))]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
