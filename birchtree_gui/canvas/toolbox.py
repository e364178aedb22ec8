"""The tools that the map has, for the tool column and the map itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from birchtree_gui.canvas.tools.adjust import GrowTool, SimplifyTool, SmoothTool
from birchtree_gui.canvas.tools.area import AreaTool
from birchtree_gui.canvas.tools.base import MapSurface, Tool
from birchtree_gui.canvas.tools.brush import BrushTool
from birchtree_gui.canvas.tools.click import BoxTool, ClickTool
from birchtree_gui.canvas.tools.cut import CutTool
from birchtree_gui.canvas.tools.draw import DrawTool
from birchtree_gui.canvas.tools.freehand import FreehandTool
from birchtree_gui.canvas.tools.hole import HoleTool
from birchtree_gui.canvas.tools.lasso import LassoTool
from birchtree_gui.canvas.tools.measure import MeasureTool
from birchtree_gui.canvas.tools.merge import MergeTool
from birchtree_gui.canvas.tools.pan import PanTool
from birchtree_gui.canvas.tools.profile import ProfileTool
from birchtree_gui.canvas.tools.reshape import ReshapeTool
from birchtree_gui.canvas.tools.select import SelectTool
from birchtree_gui.canvas.tools.subtract import SubtractTool
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
        in_column: whether it has a button in the tool column; all are in the menu.
    """

    id: str
    title: str
    letter: str
    icon: str
    make: Callable[[MapSurface], Tool]
    in_column: bool = True


TOOLS: tuple[ToolInfo, ...] = (
    ToolInfo("select", "Select", "V", "select", SelectTool),
    ToolInfo("pan", "Move the map", "", "pan", PanTool),
    ToolInfo("click", "Outline a crown by click", "Q", "click", ClickTool),
    ToolInfo("box", "Outline a crown by box", "W", "click_box", BoxTool),
    ToolInfo("draw", "Draw a crown", "P", "draw", DrawTool),
    ToolInfo("freehand", "Draw a crown freehand", "F", "freehand", FreehandTool),
    ToolInfo("vertex", "Edit corners", "E", "vertex", VertexTool),
    ToolInfo("reshape", "Reshape a border", "R", "reshape", ReshapeTool),
    ToolInfo("brush", "Paint and erase", "B", "brush", BrushTool),
    ToolInfo("cut", "Cut crowns", "X", "cut", CutTool),
    ToolInfo("merge", "Merge crowns", "M", "merge", MergeTool),
    ToolInfo("hole", "Cut and fill holes", "H", "hole", HoleTool),
    ToolInfo("subtract", "Subtract a crown", "Shift+X", "subtract", SubtractTool, in_column=False),
    ToolInfo("simplify", "Simplify", "Shift+S", "simplify", SimplifyTool, in_column=False),
    ToolInfo("smooth", "Smooth", "Shift+R", "smooth", SmoothTool, in_column=False),
    ToolInfo("grow", "Grow or shrink", "Shift+B", "grow", GrowTool, in_column=False),
    ToolInfo("lasso", "Select with a lasso", "L", "lasso", LassoTool, in_column=False),
    ToolInfo("measure", "Measure", "U", "measure", MeasureTool),
    ToolInfo("profile", "Height profile", "Shift+U", "profile", ProfileTool),
    ToolInfo("area", "Draw a complete area", "Shift+A", "panels", AreaTool, in_column=False),
)


def make_tools(surface: MapSurface) -> dict[str, Tool]:
    """One of each, by id."""
    return {info.id: info.make(surface) for info in TOOLS}
