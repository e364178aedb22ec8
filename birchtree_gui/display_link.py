"""DisplayLink: puts a plot's remembered display upon panel and map when it opens, and keeps it when it closes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from birchtree_gui.canvas.georeference import Georeference
from birchtree_gui.display_memory import Display, DisplayMemory

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow


class DisplayLink(QObject):
    """Follows the document; call `connect_last` after everything else that follows it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document = window.services.document
        self._memory = DisplayMemory()
        self._georeference: Georeference | None = None  # the map has put its own away when the plot is closing

    def connect_last(self) -> None:
        """The panels are there and have been connected."""
        self._document.opened.connect(self._restore)
        self._document.closing.connect(self.keep)

    def keep(self) -> None:
        """Remember how the open plot is shown."""
        if self._document.is_open:
            self._memory.keep(self._document.project.path, self._now())

    def _now(self) -> Display:
        window, panel, style = self._window, self._window.layers, self._window.layers.ortho_style
        actions, map_view = window.actions_by_name, window.map
        stretch, per_band, bands = style.choice
        return Display(
            colour_by=str(panel.colour_by_now),
            label_by=str(panel.label_by_now),
            compared=panel.compared_layer,
            crowns=panel.crowns.isChecked(),
            areas=actions["view.areas"].isChecked(),
            overview=actions["view.overview"].isChecked(),
            legend=actions["view.legend"].isChecked(),
            shown=tuple(layer.id for layer in panel.layers if layer.visible),
            opacity_percent=tuple(
                (layer.id, round(100 * layer.opacity)) for layer in panel.layers if layer.opacity < 1
            ),
            stretch=stretch,
            per_band=per_band,
            bands=bands,
            middle_crs=self._middle(),
            m_per_screen_px=map_view.m_per_screen_px,
        )

    def _middle(self) -> tuple[float, ...]:
        """Where the map is; () when it shows the whole plot, so that a window of another size shows it, too."""
        map_view = self._window.map
        if self._georeference is None or map_view.camera.shows_all:
            return ()
        return self._georeference.point_to_crs(*map_view.view.centre_px)

    def _restore(self) -> None:
        display = self._memory.of(self._document.project.path)
        self._georeference = self._window.map.georeference
        panel, actions = self._window.layers, self._window.actions_by_name
        panel.show_choices(display.colour_by, display.label_by, display.compared)
        panel.show_stack(frozenset(display.shown), dict(display.opacity_percent))
        panel.crowns.setChecked(display.crowns)
        panel.ortho_style.choose(display.stretch, display.per_band, display.bands)
        actions["view.areas"].setChecked(display.areas)
        actions["view.overview"].setChecked(display.overview)
        actions["view.legend"].setChecked(display.legend)
        self._go_to(display)

    def _go_to(self, display: Display) -> None:
        map_view, plot = self._window.map, self._document.plot
        if plot is None or map_view.georeference is None or not display.middle_crs or display.m_per_screen_px <= 0:
            return
        x_px, y_px = map_view.georeference.to_px(np.array([display.middle_crs]))[0].tolist()
        width_px, height_px = plot.ortho.info.width_px, plot.ortho.info.height_px
        if not (0 <= x_px <= width_px and 0 <= y_px <= height_px):
            return  # another orthomosaic has taken this one's place
        view, scale = map_view.view, plot.gsd_m / display.m_per_screen_px
        left_px, top_px = x_px - view.width / 2 / scale, y_px - view.height / 2 / scale
        map_view.camera.take_place(replace(view, left_px=left_px, top_px=top_px, scale=scale))
