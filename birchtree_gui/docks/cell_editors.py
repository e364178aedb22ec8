"""The editors of the crown table's cells: each kind of field has its own, species are offered from plot and lists."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from birchtree_gui.docks.crowns_model import CrownsModel
from birchtree_gui.document import PlotDocument
from birchtree_gui.widgets import typed_editors
from inference.project import custom_fields
from inference.traits import palette_lists

Index = QModelIndex | QPersistentModelIndex


class CellEditors(QStyledItemDelegate):
    """Makes an editor by the column's field, fills it and reads it."""

    def __init__(self, document: PlotDocument, model: CrownsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._model = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """One that can only hold what the column holds."""
        del option
        column = self._model.columns[index.column()]
        kind, choices = (column.field.kind, column.field.choices) if column.field is not None else ("text", ())
        editor = typed_editors.make_editor(kind, choices, parent)
        if column.name == "species":
            typed_editors.complete_with(editor, species_of(self._document))
        editor.setAccessibleName(column.title)
        editor.setAutoFillBackground(True)
        if isinstance(editor, QComboBox):
            editor.activated.connect(lambda _: self._take(editor))
        return editor

    def _take(self, editor: QWidget) -> None:
        """What is chosen from a list is meant: nobody wants to press Enter as well."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what the cell holds."""
        value = index.data(Qt.ItemDataRole.EditRole)
        typed_editors.show_value(editor, custom_fields.show(value))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Write what the editor holds."""
        model.setData(index, typed_editors.text_of(editor), Qt.ItemDataRole.EditRole)


def species_of(document: PlotDocument) -> set[str]:
    """Every species that a crown of the plot has, and those of the bundled lists."""
    table = document.table
    here = set() if table is None else {str(name) for name in table.column("species").tolist() if name}
    return here | set(palette_lists.known_species())
