"""ToolBelt: the map's tools, of which one is in hand."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from birchtree_gui.canvas.toolbox import make_tools
from birchtree_gui.canvas.tools.base import MapSurface, Tool


class ToolBelt(QObject):
    """Signals: changed(id) another tool is in hand; hintChanged(sentence) it says something new."""

    changed = Signal(str)
    hintChanged = Signal(str)

    def __init__(self, surface: MapSurface, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = make_tools(surface)
        self.tool_id = next(iter(self._tools))
        self.hint = ""

    @property
    def tool(self) -> Tool:
        """The one in hand."""
        return self._tools[self.tool_id]

    def take(self, tool_id: str) -> None:
        """Take another tool; the gesture of the one in hand is dropped."""
        if tool_id != self.tool_id:
            self.tool.stop()
            self.tool_id = tool_id
            self.tool.start()
            self.changed.emit(tool_id)
        self.refresh_hint()

    def start_over(self) -> None:
        """Another plot is open."""
        self.tool.stop()
        self.tool.start()
        self.refresh_hint()

    def refresh_hint(self) -> None:
        """Tell what the tool says, if it is new."""
        hint = self.tool.hint()
        if hint != self.hint:
            self.hint = hint
            self.hintChanged.emit(hint)

    @Slot()
    def crowns_changed(self) -> None:
        """Crowns or the selection are others."""
        self.tool.crowns_changed()
