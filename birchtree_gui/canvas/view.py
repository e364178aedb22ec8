"""MapView: the map widget; passes events to navigation and the tool in hand, and paints what they and the scene show.

A plain QWidget with a raster painter: no OpenGL, so it looks the same over remote desktops, in virtual machines and
offscreen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QPointF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from birchtree_gui.canvas.band_styler import BandStyler
from birchtree_gui.canvas.colours import LIGHT_CANVAS, CanvasColours, ColourBy
from birchtree_gui.canvas.crown_labels import LabelBy
from birchtree_gui.canvas.edit_options import EditOptions
from birchtree_gui.canvas.furniture import MapFurniture
from birchtree_gui.canvas.georeference import Georeference, Points
from birchtree_gui.canvas.layers import LayerState
from birchtree_gui.canvas.line_heights import LineHeights
from birchtree_gui.canvas.map_input import MapInput
from birchtree_gui.canvas.scene import MapScene
from birchtree_gui.canvas.tile_store import CACHE_BYTES
from birchtree_gui.canvas.tool_belt import ToolBelt
from birchtree_gui.canvas.tools.base import Pointer
from birchtree_gui.canvas.view_transform import ViewTransform
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.clicks import CrownClicks

if TYPE_CHECKING:
    from inference.plot.display_style import BandStyle
    from inference.traits.palette import Palette


# So long after a frame the next may still follow, as in a pan or a zoom; crowns are drawn between frames only after it.
_REST_MS = 12


class MapView(MapInput):
    """The map of a document's plot.

    Signals:
        cursorMoved(x_crs, y_crs): plot coordinates under the mouse, at most 30 times a second.
        cursorLeft(): the mouse is not over the map any more.
        scaleChanged(m_per_screen_px): metres on the ground per device-independent pixel.
        toolChanged(id), hintChanged(sentence): the tool in hand, and what mouse and keys do in it.
        tilesPending(count): raster tiles still to come.
        crownMenuRequested(global position, tree_id or None): right click outside a gesture.
    """

    cursorMoved = Signal(float, float)
    cursorLeft = Signal()
    scaleChanged = Signal(float)
    toolChanged = Signal(str)
    hintChanged = Signal(str)
    tilesPending = Signal(int)
    crownMenuRequested = Signal(QPoint, object)

    def __init__(
        self, document: PlotDocument, parent: QWidget | None = None, *, cache_bytes: int = CACHE_BYTES
    ) -> None:
        super().__init__(document, parent)
        self.colours = LIGHT_CANVAS
        self.clicks: CrownClicks | None = None
        self.line_heights = LineHeights(document, self)
        self._scene = MapScene(document, self, limit_bytes=cache_bytes)
        self._styler = BandStyler(document, self._scene.rasters, self)
        self.furniture = MapFurniture(self, self.camera, self._scene)
        self.overlays = self.furniture.overlays
        self._slice = QTimer(self, singleShot=True)
        self.edit_options = EditOptions()
        self.marks: list[Callable[[QPainter], None]] = []  # painted over crowns, under the tool
        self.belt = ToolBelt(self, self)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(120, 90)
        self.setAccessibleName(self.tr("Map"))
        self._connect()
        self._show_plot()

    def _connect(self) -> None:
        self._slice.timeout.connect(self._draw_on)
        self.camera.moved.connect(self.update)
        self.camera.moved.connect(self._look_under_mouse)
        self.camera.scaled.connect(self._tell_scale)
        self._scene.changed.connect(self.update)
        self._scene.partChanged.connect(self.update)
        self._scene.rasters.store.pendingChanged.connect(self.tilesPending)
        self.reporter.moved.connect(self._tell_cursor)
        self.reporter.left.connect(self.cursorLeft)
        self.menuRequested.connect(self._ask_for_menu)
        self.belt.changed.connect(self.toolChanged)
        self.belt.hintChanged.connect(self.hintChanged)
        self.document.opened.connect(self._show_plot)
        self.document.closed.connect(self._show_plot)
        self.document.crownsChanged.connect(self.belt.crowns_changed)
        self.document.selectionChanged.connect(self.belt.crowns_changed)

    # ---- what is shown

    @property
    def georeference(self) -> Georeference | None:
        """How pixels and plot coordinates relate; None when nothing is open."""
        return self._scene.georeference

    @property
    def m_per_screen_px(self) -> float:
        """Metres on the ground per device-independent pixel; 0 when nothing is open."""
        plot = self.document.plot
        return 0.0 if plot is None else plot.gsd_m / self.view.scale

    @property
    def is_settled(self) -> bool:
        """Whether all tiles are there and all crowns drawn; for pictures of the map."""
        at_rest = not self._slice.isActive() and not self._styler.is_busy
        return at_rest and self._scene.is_settled and self._scene.shows(self.view)

    @property
    def available_layers(self) -> frozenset[str]:
        """Ids of the raster layers that the open plot has."""
        return self._scene.rasters.store.layers

    @property
    def layers(self) -> tuple[LayerState, ...]:
        """The raster layers, the first at the bottom."""
        return self._scene.rasters.layers

    def set_view(self, view: ViewTransform) -> None:
        """Show another part of the plot."""
        self.camera.set_view(view)

    def zoom_by(self, factor: float) -> None:
        """Larger by `factor` about the middle."""
        self.camera.zoom_by(factor)

    def set_scale(self, m_per_screen_px: float) -> None:
        """Zoom about the middle to so many metres per device-independent pixel."""
        if self.m_per_screen_px > 0 and m_per_screen_px > 0:
            self.zoom_by(self.m_per_screen_px / m_per_screen_px)

    def zoom_to_plot(self) -> None:
        """Show the whole plot."""
        self.camera.show_all()

    def zoom_to_ids(self, ids: Iterable[int]) -> None:
        """Show these crowns, with some ground around them."""
        table, georeference = self.document.table, self.georeference
        wanted = [] if table is None else [tree_id for tree_id in ids if tree_id in table]
        if table is None or georeference is None or not wanted:
            return
        boxes = table.bounds_crs[table.places(wanted)]
        around = (*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist())
        self.camera.fit(georeference.box_to_px(around), margin=0.2)

    @property
    def shows_crowns(self) -> bool:
        """Whether crowns are on the map now."""
        return self._scene.shows_crowns

    def set_layers(self, layers: tuple[LayerState, ...]) -> None:
        """Show these raster layers, the first at the bottom."""
        self._scene.rasters.set_layers(layers)

    def set_crowns_visible(self, visible: bool) -> None:
        """Show crowns, or leave them off."""
        self._scene.set_crowns_visible(visible)
        self.look_again()

    def set_colour_by(self, colour_by: ColourBy) -> None:
        """Colour crowns by review, height, score or species."""
        self._scene.set_colour_by(colour_by)

    def set_species_palette(self, palette: Palette | None) -> None:
        """Colour species as a list does."""
        self._scene.set_species_palette(palette)

    def set_label_by(self, label_by: LabelBy) -> None:
        """Write an attribute into large crowns, or nothing."""
        self._scene.set_label_by(label_by)

    def set_band_style(self, style: BandStyle) -> None:
        """Show the orthomosaic in these bands and this stretch."""
        self._styler.set_style(style)

    def shown_among(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Those of some ids that the legend does not leave off."""
        return self._scene.shown_among(ids)

    def set_theme(self, colours: CanvasColours) -> None:
        """Take over a theme's colours."""
        self.colours = colours
        self.furniture.set_look(colours)
        self._scene.set_theme(colours)

    def peek(self, on: bool) -> None:
        """Lay the DSM's relief over the map, as while D is held."""
        if not self._scene.rasters.peek("hillshade" if on else None) and self.document.is_open:
            self.document.message.emit("info", self.tr("This plot has no DSM, so there is no relief to show."))

    def hide_crowns(self, hidden: bool) -> None:
        """Leave the crowns off, as while C is held."""
        self._scene.hide_crowns(hidden)
        self.look_again()

    def reload_tiles(self) -> None:
        """Read the rasters anew, when their overviews have been built."""
        self._scene.rasters.reload()

    def shut_down(self) -> None:
        """Stop the tile threads; call it before the program ends."""
        self._slice.stop()
        self.reporter.stop()
        self._styler.shut_down()
        self.line_heights.shut_down()
        self._scene.rasters.store.stop()

    # ---- tools

    @property
    def current_tool(self) -> str:
        """Id of the tool in hand."""
        return self.belt.tool_id

    def undo_point(self) -> bool:
        """Take back the last point of an outline that is being drawn; False when there is none."""
        return self.belt.tool.undo_point()

    @property
    def hint(self) -> str:
        """What mouse and keys do now."""
        return self.belt.hint

    def refresh_hint(self) -> None:
        """The tool in hand says something else."""
        self.belt.refresh_hint()

    def refuse(self, sentence: str) -> None:
        """Say why something was not done."""
        self.document.message.emit("refusal", sentence)

    def crown_at(self, pointer: Pointer) -> int | None:
        """The smallest visible crown under the mouse; none while crowns are left off."""
        if self.georeference is None:
            return None
        return self._scene.crown_at(*self.georeference.point_to_crs(pointer.x_px, pointer.y_px))

    def to_screen(self, xy_crs: Points) -> Points:
        """(N, 2) plot coordinates -> (N, 2) pixels of the widget."""
        return xy_crs if self.georeference is None else self.view.to_screen(self.georeference.to_px(xy_crs))

    # ---- events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rasters, crowns, the gesture in hand, scale bar and legend."""
        self.camera.set_dpr(self.devicePixelRatioF())
        self._scene.hide_selection(self.belt.tool.paints_selection)
        painter = QPainter(self)
        if not self._scene.paint(painter, self.view):
            self._slice.start(_REST_MS)
        for paint_marks in self.marks:
            paint_marks(painter)
        self.belt.tool.paint(painter)
        self.furniture.paint(painter, self.m_per_screen_px)
        if self.shows_focus:
            self.furniture.hud.paint_focus(painter, self.rect())
        painter.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A map that is a window of its own ends its threads."""
        self.shut_down()
        super().closeEvent(event)

    def sizeHint(self) -> QSize:
        """Most of a small laptop's screen."""
        return QSize(900, 600)

    # ---- inside

    @Slot()
    def _draw_on(self) -> None:
        """Draw what is left of the crowns; most of it costs no frame, since nobody would see it yet."""
        if self._scene.draw_on():
            self.update()
        else:
            self._slice.start(0)

    @Slot()
    def _show_plot(self) -> None:
        self.furniture.legend.clear_choice()
        self.camera.look_at(self._scene.size_px, fit_at_next_size=not self.isVisible())
        self.belt.start_over()
        self.look_again()
        self.update()

    @Slot()
    def _look_under_mouse(self) -> None:
        if self.has_mouse:
            self.look_again()

    @Slot()
    def _tell_scale(self) -> None:
        self.scaleChanged.emit(self.m_per_screen_px)

    @Slot(QPointF)
    def _tell_cursor(self, screen: QPointF) -> None:
        if self.georeference is not None:
            self.cursorMoved.emit(*self.georeference.point_to_crs(*self.view.to_px(screen)))

    @Slot(object)
    def _ask_for_menu(self, pointer: Pointer) -> None:
        found = self.crown_at(pointer)
        if found is not None and found not in self.document.selection:
            self.document.set_selection((found,))
        self.crownMenuRequested.emit(self.mapToGlobal(pointer.screen.toPoint()), found)
