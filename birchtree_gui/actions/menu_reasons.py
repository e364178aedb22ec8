"""Shows in the menus why an entry is grey."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QMenu, QToolTip

from birchtree_gui.actions.registry import ActionRegistry


class MenuReasons(QObject):
    """Shows the reason beside a disabled entry of a menu, and nothing beside others, whose text says all."""

    def __init__(self, actions: ActionRegistry, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions

    def watch(self, menu: QMenu) -> None:
        """Explain the entries of a menu and of those inside it."""
        menu.installEventFilter(self)
        for inner in menu.findChildren(QMenu):
            inner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The mouse rests on an entry."""
        if isinstance(watched, QMenu) and isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            entry = watched.actionAt(event.pos())
            why_not = "" if entry is None else self._actions.why_not(entry.objectName())
            if why_not:
                QToolTip.showText(event.globalPos(), why_not, watched)
            else:
                QToolTip.hideText()
            return True
        return False
