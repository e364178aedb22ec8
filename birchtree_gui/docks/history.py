"""The panel with the history: every edit of the plot, also of earlier sessions; a click goes back to that state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from birchtree_gui import units
from birchtree_gui.document import PlotDocument
from birchtree_gui.languages.told import told
from birchtree_gui.plain import plain_tip
from birchtree_gui.theme import Theme

if TYPE_CHECKING:
    from inference.project.store import HistoryEntry

Index = QModelIndex | QPersistentModelIndex
NAME, WHEN = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_BESIDE_PX = 12


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
        if role == NAME:
            return told(entry.name)
        if role == WHEN:
            return units.short_time(entry.at)
        if role == Qt.ItemDataRole.ToolTipRole:
            who = f"{when}, {entry.by}" if entry.by else when
            tip = self.tr("{who}. Undone: redo brings it back.").format(who=who) if entry.undone else who
            return plain_tip(f"{told(entry.name)}\n{tip}")
        if role == Qt.ItemDataRole.ForegroundRole and entry.undone:
            return QColor(self._theme.colours.faint)
        if role == Qt.ItemDataRole.FontRole and entry.undone:
            font = QFont()
            font.setItalic(True)
            return font
        return None


class HistoryRow(QStyledItemDelegate):
    """Paints an edit's name, and its time at the right, where a long name leaves it in sight."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        when = str(index.data(WHEN) or "")
        super().paint(painter, option, index)
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        painter.save()
        painter.setFont(own.font)
        chosen = bool(own.state & QStyle.StateFlag.State_Selected)
        painter.setPen(own.palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text))
        room = own.rect.adjusted(0, 0, -_BESIDE_PX // 2, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
        painter.restore()

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The name, cut where the time begins."""
        super().initStyleOption(option, index)
        when = option.fontMetrics.horizontalAdvance(str(index.data(WHEN) or ""))
        room = option.rect.width() - when - 2 * _BESIDE_PX
        option.text = option.fontMetrics.elidedText(str(index.data(NAME)), Qt.TextElideMode.ElideRight, max(0, room))


class HistoryPanel(QWidget):
    """List of edits."""

    def __init__(self, document: PlotDocument, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.model = HistoryModel(document, theme, self)
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(HistoryRow(self.view))
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
