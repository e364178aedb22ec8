"""The tools that the map has, for the tool column and the map itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from birchtree_gui.canvas.tools.adjust import GrowTool, SimplifyTool, SmoothTool
from birchtree_gui.canvas.tools.area import AreaTool
from birchtree_gui.canvas.tools.area_corners import AreaCornersTool
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
from birchtree_gui.languages.marks import QT_TRANSLATE_NOOP


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
    ToolInfo("select", QT_TRANSLATE_NOOP("Tool", "Select"), "V", "select", SelectTool),
    ToolInfo("pan", QT_TRANSLATE_NOOP("Tool", "Move the map"), "", "pan", PanTool),
    ToolInfo("click", QT_TRANSLATE_NOOP("Tool", "Outline a crown by click"), "Q", "click", ClickTool),
    ToolInfo("box", QT_TRANSLATE_NOOP("Tool", "Outline a crown by box"), "W", "click_box", BoxTool),
    ToolInfo("draw", QT_TRANSLATE_NOOP("Tool", "Draw a crown"), "P", "draw", DrawTool),
    ToolInfo("freehand", QT_TRANSLATE_NOOP("Tool", "Draw a crown freehand"), "F", "freehand", FreehandTool),
    ToolInfo("vertex", QT_TRANSLATE_NOOP("Tool", "Edit corners"), "E", "vertex", VertexTool),
    ToolInfo("reshape", QT_TRANSLATE_NOOP("Tool", "Reshape a border"), "R", "reshape", ReshapeTool),
    ToolInfo("brush", QT_TRANSLATE_NOOP("Tool", "Paint and erase"), "B", "brush", BrushTool),
    ToolInfo("cut", QT_TRANSLATE_NOOP("Tool", "Cut crowns"), "X", "cut", CutTool),
    ToolInfo("merge", QT_TRANSLATE_NOOP("Tool", "Merge crowns"), "M", "merge", MergeTool),
    ToolInfo("hole", QT_TRANSLATE_NOOP("Tool", "Cut and fill holes"), "H", "hole", HoleTool),
    ToolInfo(
        "subtract",
        QT_TRANSLATE_NOOP("Tool", "Subtract a crown"),
        "Shift+X",
        "subtract",
        SubtractTool,
        in_column=False,
    ),
    ToolInfo("simplify", QT_TRANSLATE_NOOP("Tool", "Simplify"), "Shift+S", "simplify", SimplifyTool, in_column=False),
    ToolInfo("smooth", QT_TRANSLATE_NOOP("Tool", "Smooth"), "Shift+R", "smooth", SmoothTool, in_column=False),
    ToolInfo("grow", QT_TRANSLATE_NOOP("Tool", "Grow or shrink"), "Shift+B", "grow", GrowTool, in_column=False),
    ToolInfo("lasso", QT_TRANSLATE_NOOP("Tool", "Select with a lasso"), "L", "lasso", LassoTool, in_column=False),
    ToolInfo("measure", QT_TRANSLATE_NOOP("Tool", "Measure"), "U", "measure", MeasureTool),
    ToolInfo("profile", QT_TRANSLATE_NOOP("Tool", "Height profile"), "Shift+U", "profile", ProfileTool),
    ToolInfo("area", QT_TRANSLATE_NOOP("Tool", "Draw a complete area"), "Shift+A", "panels", AreaTool, in_column=False),
    ToolInfo(
        "area_corners",
        QT_TRANSLATE_NOOP("Tool", "Edit corners of an area"),
        "Shift+E",
        "vertex",
        AreaCornersTool,
        in_column=False,
    ),
)


def make_tools(surface: MapSurface) -> dict[str, Tool]:
    """One of each, by id."""
    return {info.id: info.make(surface) for info in TOOLS}
