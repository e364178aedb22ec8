"""The panel with the history: every edit of the plot, also of earlier sessions; a click goes back to that state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from birchtree_gui import units
from birchtree_gui.document import PlotDocument
from birchtree_gui.languages.told import told
from birchtree_gui.plain import plain_tip
from birchtree_gui.theme import Theme

if TYPE_CHECKING:
    from inference.project.store import HistoryEntry

Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """Edits, newest first; those that were undone are pale."""

    def __init__(self, document: PlotDocument, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._theme = theme
        self._entries: tuple[HistoryEntry, ...] = ()
        document.historyChanged.connect(self.read_again)
        document.closed.connect(self.read_again)

    def read_again(self) -> None:
        """Read the history of the project."""
        self.beginResetModel()
        self._entries = tuple(reversed(self._document.history()))
        self.endResetModel()

    def entry(self, row: int) -> HistoryEntry:
        """The edit in a row."""
        return self._entries[row]

    def steps_to(self, row: int) -> int:
        """How many edits to undo (positive) or redo (negative) so that this edit is the last one that holds."""
        undone = sum(entry.undone for entry in self._entries)
        return row - undone

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Number of edits."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name and time of an edit."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        when = units.local_time(entry.at)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{told(entry.name)}    {when}"
        if role == Qt.ItemDataRole.ToolTipRole:
            who = f"{when}, {entry.by}" if entry.by else when
            tip = self.tr("{who}. Undone: redo brings it back.").format(who=who) if entry.undone else who
            return plain_tip(tip)
        if role == Qt.ItemDataRole.ForegroundRole and entry.undone:
            return QColor(self._theme.colours.faint)
        if role == Qt.ItemDataRole.FontRole and entry.undone:
            font = QFont()
            font.setItalic(True)
            return font
        return None


class HistoryPanel(QWidget):
    """List of edits."""

    def __init__(self, document: PlotDocument, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.model = HistoryModel(document, theme, self)
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(True)
        self.view.setAccessibleName(self.tr("History of edits"))
        self.view.setToolTip(self.tr("Double-click an edit to go back to the state after it"))
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        self.view.activated.connect(self._go_to)

    def _go_to(self, index: QModelIndex) -> None:
        steps = self.model.steps_to(index.row())
        for _ in range(abs(steps)):
            if steps > 0:
                self._document.undo()
            else:
                self._document.redo()
