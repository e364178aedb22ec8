"""ColumnChooser: the columns of a table as a list to tick and to arrange, by mouse or by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui.docks.table_columns import TableColumns
from birchtree_gui.plain import plain_tip

_SIZE = (300, 430)
_NAME = Qt.ItemDataRole.UserRole


class ColumnChooser(QDialog):
    """Every tick and every move takes effect at once; Esc closes.

    Signals:
        fieldsAsked(): the user wants to make or change fields of the plot.
    """

    fieldsAsked = Signal()

    def __init__(self, columns: TableColumns, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("finder")
        self._columns = columns
        hint = QLabel(
            self.tr("Tick what is shown; drag, or Ctrl+Up and Ctrl+Down, to arrange"),
            self,
            textFormat=Qt.TextFormat.PlainText,
        )
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Columns"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.installEventFilter(self)
        self.list.itemChanged.connect(self._tick)
        self.list.model().rowsMoved.connect(self._take_order)
        reset = QPushButton(self.tr("Reset"), self)
        reset.setToolTip(self.tr("The usual columns, in their usual order and width"))
        reset.clicked.connect(self._reset)
        fields = QPushButton(self.tr("Fields of this plot…"), self)
        fields.clicked.connect(self._ask_fields)
        buttons = QHBoxLayout()
        buttons.addWidget(fields)
        buttons.addStretch(1)
        buttons.addWidget(reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(hint)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        self.resize(*_SIZE)
        self._fill()

    def open_at(self, place: QPoint) -> None:
        """Show the list with its upper right corner there, on the screen."""
        room = self.screen().availableGeometry()
        top = max(room.top(), min(place.y(), room.bottom() - self.height()))
        self.move(max(room.left(), place.x() - self.width()), top)
        self.show()
        self.list.setFocus()

    def _fill(self) -> None:
        current = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for column in self._columns.ordered:
            item = QListWidgetItem(column.title, self.list)
            item.setData(_NAME, column.name)
            item.setToolTip(plain_tip(column.explanation))
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            wanted = self._columns.is_wanted(column.name)
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(max(current, 0))
        self.list.blockSignals(False)

    def _tick(self, item: QListWidgetItem) -> None:
        self._columns.set_shown(str(item.data(_NAME)), item.checkState() == Qt.CheckState.Checked)

    def _names(self) -> list[str]:
        return [str(self.list.item(row).data(_NAME)) for row in range(self.list.count())]

    def _take_order(self) -> None:
        self._columns.set_order(self._names())

    def _reset(self) -> None:
        self._columns.reset()
        self._fill()

    def _ask_fields(self) -> None:
        self.close()
        self.fieldsAsked.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl with an arrow key moves the marked column."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._shift(step)
                return True
        return super().eventFilter(watched, event)

    def _shift(self, step: int) -> None:
        names, row = self._names(), self.list.currentRow()
        target = row + step
        if row >= 0 and 0 <= target < len(names):
            names[row], names[target] = names[target], names[row]
            self._columns.set_order(names)
            self._fill()
            self.list.setCurrentRow(target)
