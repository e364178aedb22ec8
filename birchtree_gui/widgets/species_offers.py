"""SpeciesOffers: while a species is typed into a line, offers those of the lists by name, common name or code."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit

from birchtree_gui.widgets.offers_list import offers_list
from inference.traits.palette import PaletteSpecies

_NAME = Qt.ItemDataRole.UserRole
_MOST = 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SpeciesOffers(QObject):
    """A list under a line; Enter or a click takes what is marked, Tab the first.

    Signals:
        chosen(): the line holds a name from the list now.

    Args:
        line: where one types.
        find: species that fit a text, the best first.
    """

    chosen = Signal()

    def __init__(self, line: QLineEdit, find: Callable[[str], Sequence[PaletteSpecies]]) -> None:
        super().__init__(line)
        self._line = line
        self._find = find
        self._model = QStandardItemModel(0, 1, self)
        self._list, self._popup = offers_list(line, self._model, self.tr("Species that fit"), _MOST)
        self._list.setCompletionRole(_NAME)
        self._list.activated.connect(self._take)
        self._popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._popup.installEventFilter(self)
        line.textEdited.connect(self._offer)

    @property
    def offered(self) -> tuple[str, ...]:
        """Names that are offered now; () while none is."""
        if not self._popup.isVisible():
            return ()
        return tuple(self._model.item(row).data(_NAME) for row in range(self._model.rowCount()))

    def _offer(self, text: str) -> None:
        found = self._find(text)[:_MOST] if text.strip() else ()
        self._model.clear()
        for one in found:
            common = one.common(QLocale().name())
            told = ", ".join(filter(None, (common, one.code)))
            item = QStandardItem(f"{one.name}   {told}" if told else one.name)
            item.setData(one.name, _NAME)
            self._model.appendRow(item)
        if not found:
            self._popup.hide()
            return
        self._list.complete()
        self._popup.setCurrentIndex(self._popup.rootIndex())

    def _take(self, name: str) -> None:
        self._line.setText(name)
        self._line.setModified(True)
        self.chosen.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the list, Enter takes what is marked, and ends the line where nothing is; Tab takes the first."""
        if watched is not self._popup or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        marked = self._popup.currentIndex()
        if event.key() in _ENTER and not marked.isValid():
            self._popup.hide()
            self._line.editingFinished.emit()
            self._line.returnPressed.emit()
            return True
        if event.key() in (*_ENTER, Qt.Key.Key_Tab) and self._model.rowCount():
            self._popup.hide()
            row = marked.row() if marked.isValid() else 0
            self._take(self._model.item(row).data(_NAME))
            return True
        return super().eventFilter(watched, event)
