"""Answers keys of the map whose command cannot be done now: a key that does nothing at all seems broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

from birchtree_gui.widgets.message_bar import Message

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow


class UnheardKeys(QObject):
    """Hears what neither the map nor any shortcut took; a disabled action's shortcut takes nothing."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say why a key did nothing; it stays unheard."""
        if watched is self._window and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._answer(event)
        return False

    def _answer(self, event: QKeyEvent) -> None:
        window = self._window
        document, actions = window.services.document, window.actions_by_name
        if event.isAutoRepeat() or not document.is_open or not window.map.hasFocus():
            return
        name = actions.heard(event, "map")
        if name is None or actions[name].isEnabled():
            return
        why = actions.why_not(name)
        text = self.tr("{action}: {reason}").format(action=actions[name].iconText(), reason=why[:1].lower() + why[1:])
        window.messages.show_message(Message("info", text))
