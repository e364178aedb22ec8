"""Plots work in the menus: the area tool, the panel of areas, and the way to the next one that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from birchtree_gui.actions.needs import PlotNeeds
from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.canvas.area_layer import AreaLayer
from birchtree_gui.canvas.tools.area import AreaTool
from birchtree_gui.canvas.tools.area_corners import AreaCornersTool
from birchtree_gui.docks.plot_work import PlotWorkPanel
from inference.crowns.records import Area

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow

_DRAW_AREAS = ("area", "area_corners")


class PlotWorkActions(QObject):
    """Connects map, panel and menus."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document = window.services.document
        self.layer = AreaLayer(window.map)
        self.panel: PlotWorkPanel | None = None

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions."""
        opened = PlotNeeds(self._document).opened
        return (
            ActionSpec(
                "areas.show",
                self.tr("&Areas and plot grid"),
                self.show_panel,
                ("Ctrl+Shift+G",),
                "panels",
                self.tr("List complete areas, grid cells and control plots with what is done"),
                opened,
            ),
            ActionSpec(
                "areas.next",
                self.tr("&Next open area"),
                self.go_to_next,
                ("Ctrl+G",),
                "",
                self.tr("Go to the next area or grid cell that is not done"),
                opened,
            ),
            ActionSpec(
                "view.areas",
                self.tr("&Areas"),
                self.layer.set_shown,
                ("Ctrl+5",),
                "",
                self.tr("Show complete areas, plot grid and control plots on the map"),
                opened,
                checked=True,
            ),
        )

    def make_panel(self) -> PlotWorkPanel:
        """The panel with the areas."""
        actions = self._window.actions_by_name
        panel = PlotWorkPanel(self._document, actions["tool.area"], actions["areas.next"], self._window)
        panel.chosen.connect(self.layer.choose)
        panel.zoomAsked.connect(self._zoom_to)
        panel.kindsShown.connect(self.layer.show_kinds)
        panel.reshape_button.clicked.connect(self._draw_anew)
        panel.corners_button.clicked.connect(self._edit_corners)
        self._document.recordsChanged.connect(self._window.map.belt.crowns_changed)
        self._window.map.toolChanged.connect(self._show_what_is_drawn)
        self.panel = panel
        return panel

    def show_panel(self) -> None:
        """Bring the panel to the front."""
        dock = self._window.docks["areas"]
        dock.show()
        dock.raise_()
        self._window.actions_by_name["view.areas"].setChecked(True)

    def _show_what_is_drawn(self, tool: str) -> None:
        if tool in _DRAW_AREAS:
            self._window.actions_by_name["view.areas"].setChecked(True)

    def draw(self) -> None:
        """Take the area tool in hand."""
        self._window.map.set_tool("area")
        self._window.map.setFocus()

    def go_to_next(self) -> None:
        """Show the next open area."""
        self.show_panel()
        if self.panel is not None:
            self.panel.go_to_next_open()

    def _draw_anew(self) -> None:
        chosen = [] if self.panel is None else self.panel.selected
        if len(chosen) == 1:
            self.draw()
            tool = self._window.map.belt.tool
            if self._window.map.current_tool == "area":
                cast(AreaTool, tool).reshapes = chosen[0].area_id

    def _edit_corners(self) -> None:
        """Take the area in hand, where it can be seen."""
        chosen = [] if self.panel is None else self.panel.selected
        if len(chosen) == 1:
            self._zoom_to(chosen[0])
            self._window.map.set_tool("area_corners")
            cast(AreaCornersTool, self._window.map.belt.tool).take(chosen[0].area_id)
            self._window.map.setFocus()

    def _zoom_to(self, area: Area) -> None:
        map_view = self._window.map
        if map_view.georeference is not None:
            map_view.camera.fit(map_view.georeference.box_to_px(area.outline.bounds), margin=0.15)
