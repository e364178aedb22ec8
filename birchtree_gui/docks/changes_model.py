"""The trees of two dates as a Qt model, sorted and filtered by whole columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from birchtree_gui import units
from birchtree_gui.canvas.change_layer import FATE_COLOURS

if TYPE_CHECKING:
    from inference.change.comparing import Change
    from inference.change.report import ChangeReport

Index = QModelIndex | QPersistentModelIndex
_FIRST_TOLD, _LAST_TOLD = 3, 7  # from the species to the growth a year


class ChangesModel(QAbstractTableModel):
    """One row a tree."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report: ChangeReport | None = None
        self._order: list[int] = []
        self._fate = ""
        self._sorted_by = (0, False)
        self.fate_names = {
            "survived": self.tr("Survived"),
            "died": self.tr("Died"),
            "gone": self.tr("Gone"),
            "new": self.tr("New"),
            "unclear_now": self.tr("Not outlined now"),
            "unclear_then": self.tr("Not outlined then"),
            "outside": self.tr("Outside or at an edge"),
        }
        self._titles = (
            self.tr("Fate"),
            self.tr("Then"),
            self.tr("Now"),
            self.tr("Species"),
            self.tr("Height then"),
            self.tr("Height now"),
            self.tr("Growth"),
            self.tr("Growth a year"),
            self.tr("Crown now"),
            self.tr("Crown growth"),
            self.tr("IoU"),
        )

    def set_report(self, report: ChangeReport | None) -> None:
        """Show another comparison."""
        self._report = report
        self._arrange()

    def show_fate(self, fate: str) -> None:
        """List trees of one fate, or all with ""."""
        self._fate = fate
        self._arrange()

    @property
    def told_columns(self) -> range:
        """Columns that may be empty as a whole: species, heights and growth, where nobody named and measured them."""
        return range(_FIRST_TOLD, _LAST_TOLD + 1)

    def tells(self, column: int) -> bool:
        """Whether a column has a value for any tree, of whatever fate."""
        changes = () if self._report is None else self._report.changes
        return any(self._value(change, column) not in (None, "") for change in changes)

    def place(self, row: int) -> int:
        """Which of the report's changes a row shows."""
        return self._order[row]

    def change(self, row: int) -> Change | None:
        """The tree of a row."""
        return None if self._report is None else self._report.changes[self._order[row]]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; unknown values last either way."""
        self._sorted_by = (column, order is Qt.SortOrder.DescendingOrder)
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        changes = () if self._report is None else self._report.changes
        self._order = [place for place, change in enumerate(changes) if self._fate in ("", change.fate)]
        column, descending = self._sorted_by
        values = [self._value(changes[place], column) for place in self._order]
        known = [value is not None and value != "" for value in values]
        ranks = np.full(len(values), np.inf)
        if any(known):
            told = np.array([value for value, is_known in zip(values, known, strict=True) if is_known])
            _, inverse = np.unique(told, return_inverse=True)
            ranks[np.flatnonzero(known)] = -inverse if descending else inverse
        self._order = [self._order[place] for place in np.argsort(ranks, kind="stable").tolist()]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Number of trees shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Number of columns."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles."""
        is_title = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._titles[section] if is_title else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        change = self.change(index.row()) if index.isValid() else None
        if change is None:
            return None
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return QColor(FATE_COLOURS[change.fate])
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() not in (0, 3):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        value = self._value(change, index.column())
        if not isinstance(value, float):
            return "" if value is None else str(value)
        unit = {8: "m²", 9: "m²", 10: ""}.get(index.column(), "m")
        decimals = 2 if index.column() in (6, 7, 10) else 1
        return units.quantity(value, unit, decimals) if unit else units.number(value, decimals)

    def _value(self, change: Change, column: int) -> str | int | float | None:
        years = None if self._report is None else self._report.years
        growth = change.growth_m
        values: tuple[str | int | float | None, ...] = (
            self.fate_names[change.fate],
            change.earlier_id,
            change.later_id,
            change.species,
            change.earlier_height_m,
            change.later_height_m,
            growth,
            growth / years if growth is not None and years else None,
            change.later_area_m2,
            change.area_growth_m2,
            change.iou,
        )
        return values[column]
