"""The crown table as a Qt model: rows are looked up only when painted; sorting and filtering work on whole columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from birchtree_gui import decisions
from birchtree_gui.docks import crown_filter
from birchtree_gui.docks.columns import Column, columns, text_of, value_of
from birchtree_gui.document import PlotDocument, now
from inference.crowns.table import CrownTable

Index = QModelIndex | QPersistentModelIndex
Ids = npt.NDArray[np.int64]
_NO_IDS: Ids = np.zeros(0, np.int64)
# Above this many changed crowns one reset is cheaper than a signal for each row.
_FEW = 64


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column, and which way."""

    column: str = "tree_id"
    descending: bool = False


def sort_order(table: CrownTable, sorting: Sorting) -> npt.NDArray[np.intp]:
    """(N,) row numbers of the crown table in sorted order; unknown values last either way, ties by id."""
    values = table.column(sorting.column)
    if values.dtype == object:
        known = np.array([value is not None and value != "" for value in values], bool)
        _, ranks = np.unique(np.array([str(value).casefold() for value in values[known]]), return_inverse=True)
        keys = np.full(len(values), np.nan)
        keys[known] = ranks
    else:
        keys = values.astype(np.float64)
    # Negating keeps NaN at the end, and a stable sort keeps ties in order of id.
    return np.argsort(-keys if sorting.descending else keys, kind="stable")


class CrownsModel(QAbstractTableModel):
    """Visible crowns that pass the filter, in the chosen order.

    Signals:
        shownChanged(shown, total): how many crowns pass the filter, of how many.
    """

    shownChanged = Signal(int, int)

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._columns = columns()
        self._sorting = Sorting()
        self._filter: crown_filter.Filter | None = None
        self._shown: Ids = _NO_IDS
        self._row_of: dict[int, int] | None = None
        self._total = 0
        document.opened.connect(self._start_over)
        document.closed.connect(self._start_over)
        document.crownsChanged.connect(self._follow)
        self._take(self._arranged())

    # ---- what Qt asks for

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Number of crowns shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Number of columns, hidden ones included."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment or the editable value of a cell."""
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        table = self._document.table
        if table is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        tree_id = int(self._shown[index.row()])
        if tree_id not in table:
            return None
        value = value_of(table.get(tree_id), column.name, table.unit_m)
        return text_of(value, column) if role == Qt.ItemDataRole.DisplayRole else value

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Column titles and what they mean; rows have no headers."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.explanation
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Species and note can be edited while the plot can."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._columns[index.column()].is_editable and self._document.is_editable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a species or note as one edit."""
        table = self._document.table
        if role != Qt.ItemDataRole.EditRole or table is None:
            return False
        crown = table.get(int(self._shown[index.row()]))
        change = {"species": decisions.name_species, "note": decisions.write_note}[self._columns[index.column()].name]
        edit = change([crown], str(value or ""), by=self._document.by, at=now())
        return edit is not None and self._document.do(edit)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column of numbers or text."""
        self._sorting = Sorting(self._columns[column].name, order == Qt.SortOrder.DescendingOrder)
        self._arrange()

    # ---- for the panel

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the model."""
        return self._columns

    @property
    def shown(self) -> Ids:
        """(N,) ids in the order of the rows."""
        return self._shown

    @property
    def sorting(self) -> Sorting:
        """The order in use."""
        return self._sorting

    def rows_of(self, ids: frozenset[int]) -> list[int]:
        """Rows of those of these crowns that are shown, ascending."""
        if not ids:
            return []
        if self._row_of is None:
            self._row_of = dict(zip(self._shown.tolist(), range(len(self._shown)), strict=True))
        return sorted(self._row_of[tree_id] for tree_id in ids if tree_id in self._row_of)

    def set_filter(self, line: str) -> None:
        """Show only the crowns that pass.

        Raises:
            FilterError: the line is not understood; what is shown stays.
        """
        self._filter = crown_filter.parse(line) if line.strip() else None
        self._arrange()

    # ---- following the document

    def _start_over(self) -> None:
        self.beginResetModel()
        self._take(self._arranged())
        self.endResetModel()
        self._announce()

    def _follow(self, changed: frozenset[int] | None) -> None:
        arranged = self._arranged()
        if not np.array_equal(arranged, self._shown):
            self._arrange(arranged)
        elif changed is None or len(changed) > _FEW:
            if len(self._shown):
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(self._columns) - 1))
        else:
            for row in self.rows_of(changed):
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))
        self._announce()

    def _arrange(self, arranged: Ids | None = None) -> None:
        """Show other rows or another order; the panel keeps the selection, which the document holds."""
        self.layoutAboutToBeChanged.emit()
        self._take(self._arranged() if arranged is None else arranged)
        self.changePersistentIndexList(self.persistentIndexList(), [QModelIndex() for _ in self.persistentIndexList()])
        self.layoutChanged.emit()
        self._announce()

    def _arranged(self) -> Ids:
        table = self._document.table
        if table is None:
            self._total = 0
            return _NO_IDS
        wanted = table.visible
        self._total = int(np.count_nonzero(wanted))
        if self._filter is not None:
            wanted = wanted & self._filter(table)
        if self._sorting.column == "tree_id" and not self._sorting.descending:
            return table.ids[wanted]
        order = sort_order(table, self._sorting)
        made: Ids = table.ids[order[wanted[order]]]
        return made

    def _take(self, arranged: Ids) -> None:
        self._shown = arranged
        self._row_of = None

    def _announce(self) -> None:
        self.shownChanged.emit(len(self._shown), self._total)
