"""The tools that the map has, for the tool column and the map itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from birchtree_gui.canvas.tools.base import MapSurface, Tool
from birchtree_gui.canvas.tools.click import BoxTool, ClickTool
from birchtree_gui.canvas.tools.draw import DrawTool
from birchtree_gui.canvas.tools.pan import PanTool
from birchtree_gui.canvas.tools.select import SelectTool
from birchtree_gui.canvas.tools.vertex import VertexTool


@dataclass(frozen=True, slots=True)
class ToolInfo:
    """A tool as the window shows it.

    Attributes:
        id: what `MapView.set_tool` takes.
        title: English, to be translated in the context "Tool".
        letter: the key that chooses it; "" for none.
        icon: name of its icon.
        make: makes it for a map.
    """

    id: str
    title: str
    letter: str
    icon: str
    make: Callable[[MapSurface], Tool]


TOOLS: tuple[ToolInfo, ...] = (
    ToolInfo("select", "Select", "V", "select", SelectTool),
    ToolInfo("pan", "Move the map", "", "pan", PanTool),
    ToolInfo("click", "Outline a crown by click", "Q", "click", ClickTool),
    ToolInfo("box", "Outline a crown by box", "W", "click_box", BoxTool),
    ToolInfo("draw", "Draw a crown", "P", "draw", DrawTool),
    ToolInfo("vertex", "Edit corners", "E", "vertex", VertexTool),
)


def make_tools(surface: MapSurface) -> dict[str, Tool]:
    """One of each, by id."""
    return {info.id: info.make(surface) for info in TOOLS}
