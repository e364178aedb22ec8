"""MapScene: all that belongs to the plot on the map: raster tiles, crowns, the selection and a run's outlines."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QRect, QRectF, Signal, Slot
from PySide6.QtGui import QColor, QPainter

from birchtree_gui.canvas.colours import LIGHT_CANVAS, CanvasColours, ColourBy
from birchtree_gui.canvas.crown_colouring import Colouring
from birchtree_gui.canvas.crown_labels import LabelBy
from birchtree_gui.canvas.crown_layer import CrownLayer
from birchtree_gui.canvas.crown_look import CrownLook, crowns_look, selected_look, staged_look
from birchtree_gui.canvas.crown_source import SelectedCrowns, StagedCrowns, TableCrowns
from birchtree_gui.canvas.georeference import Georeference
from birchtree_gui.canvas.raster_stack import RasterStack
from birchtree_gui.canvas.tile_store import CACHE_BYTES
from birchtree_gui.canvas.view_transform import ViewTransform
from birchtree_gui.document import PlotDocument
from inference.plot.grid import Bounds
from inference.traits.palette import Palette

if TYPE_CHECKING:
    from inference.crowns.table import CrownTable
    from inference.plot.plot import Plot

# How long a frame may spend on drawing crowns, and how long what is left is drawn between two looks at the events.
_SLICE_S, _BETWEEN_S = 0.006, 0.012
# Crowns that grow in sight show themselves this often: a frame costs as much as some fifty crowns.
_SHOW_S = 0.05
# An edit of more crowns than this draws everything anew instead of their boxes.
_MANY = 64


class MapScene(QObject):
    """Follows the document.

    Signals:
        changed(): a new frame would look different.
        partChanged(QRect): so it would inside these screen pixels.
    """

    changed = Signal()
    partChanged = Signal(QRect)

    def __init__(
        self, document: PlotDocument, parent: QObject | None = None, *, limit_bytes: int = CACHE_BYTES
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.rasters = RasterStack(QColor(LIGHT_CANVAS.background), self, limit_bytes=limit_bytes)
        self._label_by: LabelBy = "colour"
        self.colouring = Colouring()
        self._species_palette: Palette | None = None
        self._crowns = CrownLayer(self._crowns_look())
        self._selected = CrownLayer(selected_look(LIGHT_CANVAS.accent))
        self._staged = CrownLayer(staged_look())
        self._table_crowns: TableCrowns | None = None
        self._selected_crowns: SelectedCrowns | None = None
        self._staged_crowns = StagedCrowns()
        self._crowns_visible = True
        self._crowns_hidden = False
        self._selection_hidden = False
        self._painted_s = 0.0
        self._known: tuple[np.ndarray, np.ndarray] = (np.zeros(0, np.int64), np.zeros((0, 4)))
        self.georeference: Georeference | None = None
        self.size_px: tuple[int, int] | None = None
        self.rasters.changed.connect(self.changed)
        self.rasters.partChanged.connect(self._tell)
        self.rasters.failed.connect(self._report_layer)
        document.opened.connect(self.show_plot)
        document.closing.connect(self.release_plot)
        document.crownsChanged.connect(self._take_crowns)
        document.selectionChanged.connect(self._take_selection)
        document.stagedChanged.connect(self._take_staged)
        self.show_plot()

    # ---- the plot

    @Slot()
    def show_plot(self) -> None:
        """Show what the document has open."""
        plot, table = self._document.plot, self._document.table
        if plot is None or table is None:
            self.release_plot()
            return
        self._show(plot, table)

    def _show(self, plot: Plot, table: CrownTable) -> None:
        info = plot.ortho.info
        self.size_px = (info.width_px, info.height_px)
        self.rasters.show(plot)
        self.georeference = Georeference(plot)
        self.colouring = Colouring.of(self.colouring.colour_by, table, self._species_palette)
        self._table_crowns = TableCrowns(table, self.colouring)
        self._table_crowns.label(self._label_by)
        self._selected_crowns = SelectedCrowns(table, self.colouring)
        self._selected_crowns.select(self._document.selection)
        self._staged_crowns = StagedCrowns()
        self._crowns.set_look(self._crowns_look())
        self._crowns.set_source(self._table_crowns, self.georeference)
        self._selected.set_source(self._selected_crowns, self.georeference)
        self._staged.set_source(self._staged_crowns, self.georeference)
        self._known = (table.ids, table.bounds_crs)
        self._take_staged()
        self.changed.emit()

    @Slot()
    def release_plot(self) -> None:
        """Show nothing; when this returns, no thread reads the plot's files any more."""
        self.rasters.release()
        self.georeference = self.size_px = self._table_crowns = self._selected_crowns = None
        self._staged_crowns = StagedCrowns()
        for layer in (self._crowns, self._selected, self._staged):
            layer.set_source(None, None)
        self.changed.emit()

    # ---- what is shown of it

    def set_crowns_visible(self, visible: bool) -> None:
        """Show crowns, or leave them off."""
        self._crowns_visible = visible
        self.changed.emit()

    def hide_crowns(self, hidden: bool) -> None:
        """Leave crowns off for a while."""
        self._crowns_hidden = hidden
        self.changed.emit()

    def hide_selection(self, hidden: bool) -> None:
        """Leave the selection's outline off, while a tool draws it."""
        if hidden != self._selection_hidden:
            self._selection_hidden = hidden
            self.changed.emit()

    @property
    def shows_crowns(self) -> bool:
        """Whether crowns are on the map now."""
        return self._crowns_visible and not self._crowns_hidden

    def set_colour_by(self, colour_by: ColourBy) -> None:
        """Colour crowns by an attribute."""
        self.colouring = Colouring.of(colour_by, self._document.table, self._species_palette)
        if self._table_crowns is not None:
            self._table_crowns.recolour(self.colouring)
        if self._selected_crowns is not None:
            self._selected_crowns.recolour(self.colouring)
        self._crowns.set_look(self._crowns_look())
        self.changed.emit()

    def set_species_palette(self, palette: Palette | None) -> None:
        """Colour species as this list does."""
        self._species_palette = palette
        if self.colouring.colour_by == "species":
            self.set_colour_by("species")

    def _crowns_look(self) -> CrownLook:
        return crowns_look(self.colouring.palette, thematic=self.colouring.colour_by != "review")

    def set_theme(self, colours: CanvasColours) -> None:
        """Take over a theme's colours."""
        self.rasters.set_background(QColor(colours.background))
        self._selected.set_look(selected_look(colours.accent))
        self.changed.emit()

    @property
    def shows_crowns_usually(self) -> bool:
        """Whether crowns are on the map when no key hides them."""
        return self._crowns_visible

    @property
    def has_crowns(self) -> bool:
        """Whether the plot has crowns that are not deleted."""
        table = self._document.table
        return table is not None and bool(table.visible.any())

    @property
    def has_crs(self) -> bool:
        """Whether the plot's north is known."""
        plot = self._document.plot
        return plot is not None and bool(plot.crs_wkt)

    def set_label_by(self, label_by: LabelBy) -> None:
        """Write another attribute into large crowns."""
        self._label_by = label_by
        if self._table_crowns is not None:
            self._table_crowns.label(label_by)
            self._crowns.invalidate()
            self.changed.emit()

    def show_only(self, kinds: frozenset[int]) -> None:
        """Show only crowns of these kinds of the colouring; none given: all."""
        for crowns in (self._table_crowns, self._selected_crowns):
            if crowns is not None:
                crowns.only(kinds)
        self._crowns.invalidate()
        self._selected.invalidate()
        self.changed.emit()

    def shown_among(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Those of some ids that the legend does not leave off."""
        return ids if self._table_crowns is None else self._table_crowns.passing(ids)

    def crown_at(self, x_crs: float, y_crs: float) -> int | None:
        """The smallest crown at a place that is on the map now."""
        return self._table_crowns.at(x_crs, y_crs) if self._table_crowns is not None and self.shows_crowns else None

    # ---- frames

    def paint(self, painter: QPainter, view: ViewTransform) -> bool:
        """Paint a frame; False when crowns are still to be drawn and another frame should follow."""
        painter.save()
        painter.scale(1 / view.dpr, 1 / view.dpr)
        self.rasters.paint(painter, view)
        complete = self._paint_crowns(painter, view) if self.shows_crowns else True
        painter.restore()
        return complete

    def _paint_crowns(self, painter: QPainter, view: ViewTransform) -> bool:
        self._painted_s = time.perf_counter()
        layers = self._crown_layers()
        for layer in reversed(layers):
            layer.prepare(view)
            if layer.grows_in_sight:  # else it waits for the end of the zoom: the next frame may be of another scale
                layer.work(self._painted_s + _SLICE_S)
        for layer in layers:
            layer.draw(painter, view)
        return all(layer.is_complete for layer in layers)

    def _crown_layers(self) -> list[CrownLayer]:
        layers = [self._crowns, self._staged]
        return layers if self._selection_hidden else [*layers, self._selected]

    def draw_on(self) -> bool:
        """Draw crowns that the latest frame left over; whether a new frame would show more by now."""
        layers = self._crown_layers()
        until_s = time.perf_counter() + _BETWEEN_S
        for layer in reversed(layers):
            layer.work(until_s)
        if all(layer.is_complete for layer in layers):
            return True
        grows = any(layer.grows_in_sight for layer in layers)
        return grows and time.perf_counter() > self._painted_s + _SHOW_S

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to come: every tile is there and every crown drawn."""
        drawn = all(layer.is_complete for layer in self._crown_layers())
        return self.rasters.store.pending == 0 and (drawn or not self.shows_crowns)

    def shows(self, view: ViewTransform) -> bool:
        """Whether a view is the one that the latest frame showed."""
        return self.georeference is None or self.rasters.shows(view)

    # ---- changes

    @Slot(str)
    def _report_layer(self, sentence: str) -> None:
        self._document.message.emit("warning", sentence)

    @Slot(object)
    def _take_crowns(self, ids: frozenset[int] | None) -> None:
        table = self._document.table
        if table is None or self._table_crowns is None:
            return
        before, self._known = self._known, (table.ids, table.bounds_crs)
        if ids is None or len(ids) > _MANY:
            self.set_colour_by(self.colouring.colour_by)
            self._selected.invalidate()
        else:
            self._redraw([*_boxes(before, ids), *_boxes(self._known, ids)])

    @Slot()
    def _take_selection(self) -> None:
        if self._selected_crowns is not None:
            self._selected_crowns.select(self._document.selection)
            self._selected.invalidate()
            self.changed.emit()

    @Slot()
    def _take_staged(self) -> None:
        before = len(self._staged_crowns)
        boxes = self._staged_crowns.replace(self._document.staged_outlines)
        grown = len(self._staged_crowns) == before + len(boxes) and before > 0
        if grown and len(boxes):
            around = (*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist())
            self._staged.invalidate_box(around)
        elif not grown:
            self._staged.invalidate()
        self.changed.emit()

    def _redraw(self, boxes: Iterable[Bounds]) -> None:
        for box in boxes:
            self._tell(self._crowns.invalidate_box(box).united(self._selected.invalidate_box(box)))

    @Slot(QRect)
    def _tell(self, rect_dev: QRect) -> None:
        """Ask for a new frame of a part of the view."""
        view = self.rasters.view
        if rect_dev.isEmpty() or view is None:
            return
        x, y = rect_dev.x() - view.left_dev, rect_dev.y() - view.top_dev
        part = QRectF(x / view.dpr, y / view.dpr, rect_dev.width() / view.dpr, rect_dev.height() / view.dpr)
        self.partChanged.emit(part.toAlignedRect())


def _boxes(known: tuple[np.ndarray, np.ndarray], wanted: frozenset[int]) -> list[Bounds]:
    """Boxes of crowns in a table's (ids, bounds) as they were at some moment."""
    ids, bounds = known
    if not len(ids):
        return []
    keys = np.fromiter(wanted, np.int64)
    places = np.minimum(np.searchsorted(ids, keys), len(ids) - 1)
    return [tuple(box) for box in bounds[places[ids[places] == keys]].tolist()]
