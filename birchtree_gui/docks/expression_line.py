"""ExpressionLine: a line for expressions that offers columns, values and words while one types."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from birchtree_gui.docks import crown_filter
from birchtree_gui.document import PlotDocument
from birchtree_gui.widgets.offers_list import offers_list
from inference.crowns.expression.completing import Completions, complete
from inference.crowns.expression.names import ColumnName

_MOST_VALUES = 60
_MOST_ROWS = 10
_ASKS = ("=", "(", ",", "~", "like")


class ExpressionLine(QLineEdit):
    """Offers what fits by itself once a word has begun, and at Ctrl+Space anywhere."""

    def __init__(self, document: PlotDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._offered = Completions(0, ())
        self._model = QStringListModel(self)
        self._values: dict[str, tuple[int, list[str]]] = {}
        self._list, self._popup = offers_list(self, self._model, self.tr("What may follow"), _MOST_ROWS)
        self._list.activated.connect(self._insert)
        self._popup.installEventFilter(self)
        self.textEdited.connect(self._offer)

    @property
    def offered(self) -> tuple[str, ...]:
        """What is offered now; () while nothing is."""
        return self._offered.texts if self._popup.isVisible() else ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Space offers what may follow."""
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._show(self._found())
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the list, Enter takes what is marked and else ends the line; Tab takes the first."""
        if watched is self._popup and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            marked = self._popup.currentIndex().isValid()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not marked:
                self._popup.hide()
                self.returnPressed.emit()
                return True
            if event.key() == Qt.Key.Key_Tab and self._offered.texts:
                text = str(self._popup.currentIndex().data()) if marked else self._offered.texts[0]
                self._popup.hide()
                self._insert(text)
                return True
        return super().eventFilter(watched, event)

    def _found(self) -> Completions:
        names = crown_filter.names_of(self._document)
        return complete(self.text(), self.cursorPosition(), names, self._values_of)

    def _offer(self) -> None:
        found = self._found()
        before = self.text()[: self.cursorPosition()].rstrip()
        begun = found.start < self.cursorPosition()
        asked = before.casefold().endswith(_ASKS) and len(before) > 1
        self._show(found if begun or asked else Completions(0, ()))

    def _show(self, found: Completions) -> None:
        self._offered = found
        if not found.texts or not self._document.is_open:
            self._popup.hide()
            return
        self._model.setStringList(list(found.texts))
        self._list.complete()
        self._popup.setCurrentIndex(self._popup.rootIndex())

    def _insert(self, text: str) -> None:
        line, cursor = self.text(), self.cursorPosition()
        added = text if text.endswith("(") else f"{text} "
        self.setText(line[: self._offered.start] + added + line[cursor:].lstrip())
        self.setCursorPosition(self._offered.start + len(added))
        self.setFocus()

    def _values_of(self, column: ColumnName) -> list[str]:
        """The texts of a column, commonest first; counted once for each state of the table."""
        table = self._document.table
        if table is None or column.name in crown_filter.MARKS:
            return []
        kept = self._values.get(column.name)
        if kept is None or kept[0] != table.revision:
            counted = Counter(value for value in table.column(column.name).tolist() if value)
            kept = (table.revision, [str(value) for value, _ in counted.most_common(_MOST_VALUES)])
            self._values[column.name] = kept
        return kept[1]
