"""The areas of the open plot as a Qt model: ticked, named and noted in place, each change one edit."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from birchtree_gui import units
from birchtree_gui.document import PlotDocument, now
from inference.crowns import area_edits
from inference.crowns.records import Area, AreaKind

Index = QModelIndex | QPersistentModelIndex
NAME, KIND, GROUND, NOTE = range(4)
"""The columns."""


class AreasModel(QAbstractTableModel):
    """Areas of the kinds that are shown; names and notes are typed in place, the tick says that the work is done."""

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._kind: AreaKind | None = None
        self._areas: tuple[Area, ...] = ()
        self._titles = (self.tr("Area"), self.tr("Kind"), self.tr("Ground"), self.tr("Note"))
        self.kind_names: dict[AreaKind, str] = {
            "complete": self.tr("Complete area"),
            "control": self.tr("Control plot"),
            "cell": self.tr("Grid cell"),
        }
        for signal in (document.opened, document.closed, document.recordsChanged):
            signal.connect(self.read_again)

    @property
    def areas(self) -> tuple[Area, ...]:
        """What is listed."""
        return self._areas

    def show_kind(self, kind: AreaKind | None) -> None:
        """List areas of this kind, or all."""
        self._kind = kind
        self.read_again()

    def read_again(self) -> None:
        """List the areas as they are in the project now; the same rows stay selected, with the keys in them."""
        areas = self._document.project.areas(self._kind) if self._document.is_open else ()
        if areas and [area.area_id for area in areas] == [area.area_id for area in self._areas]:
            self._areas = areas
            self.dataChanged.emit(self.index(0, 0), self.index(len(areas) - 1, NOTE))
            return
        self.beginResetModel()
        self._areas = areas
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Number of areas."""
        return 0 if parent.isValid() else len(self._areas)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Number of columns."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles."""
        is_title = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._titles[section] if is_title else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names and notes can be typed, the first column can be ticked."""
        flags = super().flags(index)
        if index.isValid() and self._document.is_editable:
            if index.column() in (NAME, NOTE):
                flags |= Qt.ItemFlag.ItemIsEditable
            if index.column() == NAME:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        if not index.isValid():
            return None
        area, column = self._areas[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == NAME:
            return Qt.CheckState.Checked if area.done else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and column == GROUND:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        unit_m = self._document.project.unit_m
        ground = units.quantity(area.outline.area * unit_m**2, "m²", 0)
        texts = (area.name, self.kind_names[area.kind], ground, area.note)
        return texts[column]

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename, note or tick off, as one edit."""
        if not index.isValid():
            return False
        area, by, at = self._areas[index.row()], self._document.by, now()
        if role == Qt.ItemDataRole.CheckStateRole:
            edit = area_edits.change([area], done=Qt.CheckState(value) == Qt.CheckState.Checked, by=by, at=at)
        elif index.column() == NAME:
            edit = area_edits.change([area], name=str(value).strip(), by=by, at=at)
        else:
            edit = area_edits.change([area], note=str(value).strip(), by=by, at=at)
        return edit is not None and self._document.do(edit)
