"""MapKeys: what keys do while the map has the focus: navigation, peeking while held, the tool's own, Esc and Del."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from birchtree_gui.canvas.edit_options import EditOptions
from birchtree_gui.canvas.navigation import Navigation
from birchtree_gui.canvas.tools.base import Tool
from birchtree_gui.document import PlotDocument, now
from birchtree_gui.keys.keymap import pressed
from inference.crowns import edits


class KeyedMap(Protocol):
    """What keys work on."""

    document: PlotDocument
    edit_options: EditOptions

    def peek(self, on: bool) -> None:
        """Show the relief."""
        ...

    def hide_crowns(self, hidden: bool) -> None:
        """Leave crowns off."""
        ...

    def set_tool(self, tool_id: str) -> None:
        """Take another tool."""
        ...


class MapKeys:
    """Methods return True when a key was the map's."""

    def __init__(self, target: KeyedMap, navigation: Navigation) -> None:
        self._target = target
        self._navigation = navigation
        self._held: dict[int, bool] = {}

    def wants(self, event: QKeyEvent, tool: Tool) -> bool:
        """Whether a key must come here before any menu shortcut."""
        if event.key() == Qt.Key.Key_Escape or self._navigation.wants_key(event) or tool.wants_key(event):
            return True
        return self._peeks(event) is not None

    def pressed(self, event: QKeyEvent, tool: Tool) -> bool:
        """A key went down (or repeats)."""
        if tool.key(event) or self._navigation.key_pressed(event):
            return True
        peeks = self._peeks(event)
        if peeks is not None:
            if not event.isAutoRepeat():
                self._held[event.key()] = peeks
                self._show(peeks, True)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._escape(tool)
            return True
        if event.key() == Qt.Key.Key_Delete:
            self._delete_selected()
            return True
        return False

    def released(self, event: QKeyEvent) -> bool:
        """A key went up."""
        if event.key() in self._held:
            if not event.isAutoRepeat():
                self._show(self._held.pop(event.key()), False)
            return True
        return self._navigation.key_released(event)

    def reset(self) -> None:
        """Let go of everything that is held."""
        self._navigation.reset()
        while self._held:
            self._show(self._held.popitem()[1], False)

    def _peeks(self, event: QKeyEvent) -> bool | None:
        """True for a key that shows the relief while held, False for one that hides crowns, None for another."""
        keys, key = self._target.edit_options.keys, pressed(event)
        if key and key in keys.peek:
            return True
        return False if key and key in keys.hide else None

    def _show(self, peeks: bool, on: bool) -> None:
        if peeks:
            self._target.peek(on)
        else:
            self._target.hide_crowns(on)

    def _escape(self, tool: Tool) -> None:
        """First the gesture, then the selection, then back to Select; never more than one at a time."""
        document = self._target.document
        if tool.cancel():
            return
        if document.selection:
            document.set_selection(())
        else:
            self._target.set_tool("select")

    def _delete_selected(self) -> None:
        document = self._target.document
        table = document.table
        crowns = [] if table is None else [table.get(i) for i in sorted(document.selection) if document.is_visible(i)]
        if crowns and document.is_editable:
            document.do(edits.delete(crowns, by=document.by, at=now()))
