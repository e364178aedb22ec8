"""The crown table as a Qt model: rows are looked up only when painted; sorting and filtering work on whole columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from birchtree_gui import decisions, species_names
from birchtree_gui.docks import crown_filter
from birchtree_gui.docks.columns import Column, columns, text_of, value_of
from birchtree_gui.docks.row_order import Sorting, sort_order
from birchtree_gui.document import PlotDocument, now
from birchtree_gui.languages.told import told
from birchtree_gui.plain import plain_tip
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.crowns.records import CustomField
from inference.errors import InputError
from inference.traits.palette import PaletteSpecies

Index = QModelIndex | QPersistentModelIndex
Ids = npt.NDArray[np.int64]
_NO_IDS: Ids = np.zeros(0, np.int64)
# Above this many changed crowns one reset is cheaper than a signal for each row.
_FEW = 64


class CrownsModel(QAbstractTableModel):
    """Visible crowns that pass the filter, in the chosen order.

    Signals:
        shownChanged(shown, total): how many crowns pass the filter, of how many.
        columnsChanged(): the plot's own fields are others now; follows the reset.
        refused(str): what was typed into a cell cannot be its value.
    """

    shownChanged = Signal(int, int)
    columnsChanged = Signal()
    refused = Signal(str)

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._columns = columns()
        self._sorting = Sorting()
        self._filter: crown_filter.Filter | None = None
        self._line = ""
        self._quick: tuple[str, ...] = ()
        self._marks: Callable[[Ids], Mapping[str, npt.NDArray[np.bool_]]] = lambda _: {}
        self._shown: Ids = _NO_IDS
        self._row_of: dict[int, int] | None = None
        self._total = 0
        self.meant: Callable[[str], PaletteSpecies] = PaletteSpecies
        """The species that a typed text is the name, common name or code of."""
        document.opened.connect(self._start_over)
        document.closed.connect(self._start_over)
        document.crownsChanged.connect(self._follow)
        document.recordsChanged.connect(self._follow_fields)
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
        if role != Qt.ItemDataRole.DisplayRole:
            return value
        return species_names.shown(str(value or "")) if column.name == "species" else text_of(value, column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Column titles and what they mean; rows have no headers."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(column.explanation)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Species, note and the plot's own fields can be edited while the plot can."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._columns[index.column()].is_editable and self._document.is_editable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write what was typed as one edit."""
        table, column = self._document.table, self._columns[index.column()]
        if role != Qt.ItemDataRole.EditRole or table is None or not column.is_editable:
            return False
        crown, text = table.get(int(self._shown[index.row()])), str(value or "")
        try:
            edit = self._edit_of(crown, column, text)
        except InputError as error:
            self.refused.emit(told(str(error)))
            return False
        return edit is not None and self._document.do(edit)

    def _edit_of(self, crown: Crown, column: Column, text: str) -> CrownEdit | None:
        by, at = self._document.by, now()
        if column.field is not None:
            from inference.project import custom_fields

            return custom_fields.set_values(
                [crown], column.field, custom_fields.parse(column.field, text), by=by, at=at
            )
        if column.name == "species":
            species = self.meant(text)
            return decisions.name_species([crown], species.name, code=species.code, by=by, at=at)
        return decisions.write_note([crown], text, by=by, at=at)

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
        self._set_filter(line, self._quick)

    def set_quick(self, conditions: tuple[str, ...]) -> None:
        """Show only the crowns for which all of these hold, too."""
        self._set_filter(self._line, conditions)

    @property
    def condition(self) -> str:
        """What decides which crowns are shown, as one line; "" for all."""
        parts = [*self._quick, *([self._line] if self._line.strip() else [])]
        return " and ".join(f"({part})" for part in parts) if len(parts) > 1 else "".join(parts)

    def use_marks(self, marks: Callable[[Ids], Mapping[str, npt.NDArray[np.bool_]]]) -> None:
        """Where conditions that are no columns are known; for the crowns of some ids."""
        self._marks = marks

    def arrange_again(self) -> None:
        """What the filter looks at has changed without an edit."""
        self._follow(None)

    def _set_filter(self, line: str, quick: tuple[str, ...]) -> None:
        before = self._line, self._quick
        self._line, self._quick = line, quick
        try:
            self._filter = self._parsed()
        except crown_filter.FilterError:
            self._line, self._quick = before
            raise
        self._arrange()

    def _parsed(self) -> crown_filter.Filter | None:
        crown_filter.parse(self._line, names := crown_filter.names_of(self._document))  # by itself, for its places
        return crown_filter.parse(self.condition, names) if self.condition else None

    # ---- following the document

    def _start_over(self) -> None:
        self.beginResetModel()
        before, self._columns = self._columns, columns(self._fields())
        self._renew_filter()
        if all(column.name != self._sorting.column for column in self._columns):
            self._sorting = Sorting()
        self._take(self._arranged())
        self.endResetModel()
        if before != self._columns:
            self.columnsChanged.emit()
        self._announce()

    def _fields(self) -> tuple[CustomField, ...]:
        return self._document.project.custom_fields() if self._document.is_open else ()

    def _renew_filter(self) -> None:
        """Read the filter again: its words may mean something else, or nothing, on another plot."""
        try:
            self._filter = self._parsed()
        except crown_filter.FilterError:
            self._line, self._filter = "", None

    def _follow_fields(self) -> None:
        if columns(self._fields()) != self._columns:
            self._start_over()

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
            wanted = wanted & self._filter(crown_filter.MarkedRows(table, self._marks(table.ids)))
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
