"""Asks on the map by how much crowns are simplified, smoothed or grown, and tells what comes of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot

from birchtree_gui.canvas.tools.adjust import AdjustTool
from birchtree_gui.canvas.view import MapView
from birchtree_gui.document import PlotDocument
from birchtree_gui.widgets.map_strip import AmountStrip


class Adjusting(QObject):
    """The strip of the adjusting tools, there while one is in hand and a crown selected."""

    def __init__(self, document: PlotDocument, map_view: MapView, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._map = document, map_view
        self.strip = AmountStrip(map_view)
        map_view.toolChanged.connect(self._follow)
        document.selectionChanged.connect(self._follow)
        self.strip.amountChanged.connect(self._set_amount)
        self.strip.taken.connect(self._take)
        self.strip.dropped.connect(self._leave)

    @property
    def _tool(self) -> AdjustTool | None:
        tool = self._map.belt.tool
        return tool if isinstance(tool, AdjustTool) else None

    @Slot()
    def _follow(self) -> None:
        tool = self._tool
        if tool is None or not self._document.selection:
            if self.strip.isVisible():
                self._map.setFocus(Qt.FocusReason.OtherFocusReason)
            self.strip.hide()
            return
        titles = {
            "Simplify": self.tr("Simplify by"),
            "Smooth": self.tr("Smooth by"),
            "Grow": self.tr("Grow or shrink by"),
        }
        kind = tool.kind
        tool.looked = self._tell
        self.strip.ask(titles[kind.verb], kind.least_m, kind.largest_m, kind.steps, tool.amount_m)
        self._tell()

    def _tell(self) -> None:
        """The tool shows something else: by its keys, or because the crowns are others."""
        if (tool := self._tool) is not None and self.strip.isVisible():
            self.strip.show_amount(tool.amount_m)
            self.strip.show_effect(tool.effect())

    @Slot(float)
    def _set_amount(self, amount_m: float) -> None:
        if (tool := self._tool) is not None:
            tool.set_amount(amount_m)

    @Slot()
    def _take(self) -> None:
        if (tool := self._tool) is not None and tool.take():
            self._map.set_tool("select")

    @Slot()
    def _leave(self) -> None:
        if self._tool is not None:
            self._map.set_tool("select")
