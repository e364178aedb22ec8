"""MapFurniture: all that lies over a map and does not move with it, kept in place and in step."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPointF, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.camera import Camera
from birchtree_gui.canvas.colours import LIGHT_CANVAS, CanvasColours
from birchtree_gui.canvas.crown_colouring import Colouring, LegendEntry
from birchtree_gui.canvas.hud import Hud, metres
from birchtree_gui.canvas.layers import LayerId, alone
from birchtree_gui.canvas.legend import Legend
from birchtree_gui.canvas.overlays import Overlays
from birchtree_gui.canvas.overview_map import OverviewMap
from birchtree_gui.canvas.scene import MapScene
from birchtree_gui.canvas.swipe import SwipeLine

_MARGIN = 12
_BAR = 30
_START = 0.5


class MapFurniture(QObject):
    """Scale bar, north arrow, legend, overview map, swipe line and the mark of another view's cursor.

    Signals:
        filterChosen(str): the legend leaves crowns off, in the words of the crown table's filter; "" for none.
        otherChosen(int or None): the line that was pressed of a legend of something else (`explain`); None: all.
    """

    filterChosen = Signal(str)
    otherChosen = Signal(object)

    def __init__(self, map_view: QWidget, camera: Camera, scene: MapScene) -> None:
        super().__init__(map_view)
        self._map = map_view
        self._camera = camera
        self._scene = scene
        self._mark_px: tuple[float, float] | None = None
        self._legend_wanted = True
        self._others: tuple[str, tuple[LegendEntry, ...]] | None = None
        self.hud = Hud(LIGHT_CANVAS)
        self.overview = OverviewMap(camera, scene.rasters, LIGHT_CANVAS)
        self.swipe = SwipeLine(camera, scene.rasters, LIGHT_CANVAS)
        self.overlays = Overlays((self.overview, self.swipe))
        self.legend = Legend(map_view)
        self.legend.hide()
        self.legend.kindsChosen.connect(self._show_only)
        self.legend.resized.connect(self.place)
        scene.changed.connect(self.follow)
        camera.resized.connect(self.place)

    # ---- what is shown

    def set_legend_shown(self, shown: bool) -> None:
        """Show the legend, or leave it off; without it every crown is shown."""
        self._legend_wanted = shown
        if not shown:
            self.legend.clear_choice()
        self.follow()

    def explain(self, title: str, entries: tuple[LegendEntry, ...], chosen: int | None = None) -> None:
        """Let the legend tell what is coloured over the crowns, one kind of it or all; no entries: the crowns again."""
        if bool(entries) != (self._others is not None):
            self.legend.clear_choice()  # what was left off by the other legend comes back
        self._others = (title, entries) if entries else None
        if entries:
            self.legend.show_others(title, entries, chosen)
        self.follow()

    def set_overview_shown(self, shown: bool) -> None:
        """Show the overview map when the map is close, or never."""
        self.overview.wanted = shown
        self._map.update()

    @property
    def is_swiping(self) -> bool:
        """Whether there is a swipe line."""
        return self._scene.rasters.swipe is not None

    def set_swipe(self, on: bool) -> None:
        """Show a line that uncovers other layers."""
        self._scene.rasters.set_swipe(_START if on else None)

    def compare_with(self, layer_id: LayerId, titles: tuple[str, str]) -> None:
        """What the swipe line uncovers, and the names of what lies left and right of it."""
        self.swipe.titles = titles
        self._scene.rasters.set_beyond(alone(layer_id))

    def set_mark(self, x_crs: float, y_crs: float) -> None:
        """Mark a place of the plot, as the cursor in another view or on the profile."""
        georeference = self._scene.georeference
        if georeference is not None:
            x_px, y_px = georeference.to_px(np.array([[x_crs, y_crs]]))[0].tolist()
            self._mark_px = (x_px, y_px)
            self._map.update()

    @property
    def has_mark(self) -> bool:
        """Whether a place is marked."""
        return self._mark_px is not None

    def clear_mark(self) -> None:
        """Mark nothing."""
        if self._mark_px is not None:
            self._mark_px = None
            self._map.update()

    def set_look(self, look: CanvasColours) -> None:
        """Take over a theme's colours."""
        self.hud = Hud(look)
        self.overview.look = self.swipe.look = look
        self.legend.set_look(look)

    @property
    def colouring(self) -> Colouring:
        """What the legend explains."""
        return self._scene.colouring

    # ---- in step

    @Slot()
    def follow(self) -> None:
        """The plot or the colours are others."""
        scene = self._scene
        self.overview.size_px = scene.size_px
        shown = self._legend_wanted and scene.has_crowns and scene.shows_crowns_usually
        if self._others is not None:
            shown = self._legend_wanted
        elif shown:
            self.legend.show_colouring(scene.colouring)
        self.legend.setVisible(shown)

    @Slot(object)
    def _show_only(self, kinds: frozenset[int]) -> None:
        if self._others is not None:
            self.otherChosen.emit(next(iter(kinds), None))
            return
        self._scene.show_only(kinds)
        self.filterChosen.emit(self._scene.colouring.expression(kinds))

    @Slot()
    def place(self) -> None:
        """Put everything into its corner."""
        width, height = self._map.width(), self._map.height()
        size = self.legend.sizeHint()
        self.legend.setGeometry(
            width - _MARGIN - size.width(), height - _MARGIN - size.height(), size.width(), size.height()
        )
        self.overview.bottom_left = QPointF(_MARGIN, height - _MARGIN - _BAR - 6)
        self._map.update()

    # ---- frames

    def paint(self, painter: QPainter, m_per_screen_px: float) -> None:
        """Paint over the map, in screen pixels."""
        if self._scene.size_px is None:
            return
        self._paint_mark(painter)
        height = self._camera.view.height
        north = self._north_rad()
        room = 0.0
        if north is not None:
            room = self.hud.paint_north(painter, height, north)
        room += self.hud.paint_scale_bar(painter, height, m_per_screen_px, left=room)
        interval_m = self._scene.rasters.contour_interval_m(self._camera.view)
        if interval_m is not None:
            self.hud.paint_words(painter, height, self.tr("Contours {step}").format(step=metres(interval_m)), left=room)
        self.overlays.paint(painter)

    def _north_rad(self) -> float | None:
        """How far grid north is turned from the top of the map, clockwise; None without a CRS."""
        georeference = self._scene.georeference
        return None if georeference is None or not self._scene.has_crs else georeference.north_rad

    def _paint_mark(self, painter: QPainter) -> None:
        if self._mark_px is None:
            return
        at: npt.NDArray[np.float64] = self._camera.view.to_screen(np.array([self._mark_px]))
        x, y = at[0].tolist()
        for colour, width, reach in ((colours.with_alpha(colours.CASING, 0.7), 4.0, 12), (QColor("#ffffff"), 2.0, 11)):
            painter.setPen(QPen(colour, width))
            for dx, dy in ((1, 0), (0, 1)):
                for sign in (-1, 1):
                    start = QPointF(x + sign * dx * 4, y + sign * dy * 4)
                    painter.drawLine(start, QPointF(x + sign * dx * reach, y + sign * dy * reach))
