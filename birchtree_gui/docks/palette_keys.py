"""PaletteKeys: Shift+1 to Shift+9 name crowns by the species list, 1 to 9 by what the model holds likely."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from birchtree_gui.docks.review_keys import digit_of
from birchtree_gui.species_desk import SpeciesDesk

_SHIFT = Qt.KeyboardModifier.ShiftModifier


class PaletteKeys(QObject):
    """Listens to map, table and gallery before they do.

    A digit alone takes the model's species of that rank for one selected crown. In the gallery, which shows no ranks,
    it is the list's, with and without Shift.
    """

    def __init__(self, desk: SpeciesDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._platform = QGuiApplication.platformName()
        self._of_list: set[int] = set()

    def listen(self, widget: QWidget, *, digits_of_list: bool = False) -> None:
        """Take the digits of a widget."""
        widget.installEventFilter(self)
        if digits_of_list:
            self._of_list.add(id(widget))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take digits; a shortcut of the menus, or a table's own search, must not get them first."""
        if not isinstance(event, QKeyEvent) or event.type() not in (
            QEvent.Type.ShortcutOverride,
            QEvent.Type.KeyPress,
        ):
            return False
        number = digit_of(event, self._platform)
        if number is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            if event.modifiers() & _SHIFT or id(watched) in self._of_list:
                self._desk.name_by_key(number)
            else:
                self._desk.name_likely(number)
        return True
