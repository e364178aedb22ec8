"""RasterStack: the plot's raster layers on one map: which are shown, what the swipe line uncovers, their tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter

from birchtree_gui.canvas import sources
from birchtree_gui.canvas.layers import DEFAULT_LAYERS, LayerId, LayerState, peeked
from birchtree_gui.canvas.tile_layer import TileLayer
from birchtree_gui.canvas.tile_store import CACHE_BYTES, TileStore
from birchtree_gui.canvas.tiles import TileKey, TilePyramid
from birchtree_gui.canvas.view_transform import ViewTransform

if TYPE_CHECKING:
    from inference.plot.display import PlotLayers
    from inference.plot.display_style import BandStyle
    from inference.plot.plot import Plot

# Tiles that arrive within so many milliseconds are painted together: each frame costs as much as a tile.
_GATHER_MS = 40

Shown = tuple[tuple[LayerState, ...], tuple[LayerState, ...]]


class RasterStack(QObject):
    """Signals: changed(); partChanged(QRect), in `_dev` pixels of the view painted last; failed(sentence)."""

    changed = Signal()
    partChanged = Signal(QRect)
    failed = Signal(str)

    def __init__(self, background: QColor, parent: QObject | None = None, *, limit_bytes: int = CACHE_BYTES) -> None:
        super().__init__(parent)
        self.store = TileStore(self, limit_bytes=limit_bytes)
        self._main = TileLayer(self.store, background)
        self._other = TileLayer(self.store, background)
        self._layers = DEFAULT_LAYERS
        self._beyond: tuple[LayerState, ...] = ()
        self._peek: LayerId | None = None
        self._swipe: float | None = None
        self._opened: PlotLayers | None = None
        self._pyramid = TilePyramid(1, 1)
        self._requested: tuple[ViewTransform, Shown] | None = None
        self._reach: tuple[tuple[int, ...], ...] = ()
        self._needed: list[TileKey] = []  # of the latest frame
        self._missing: set[TileKey] = set()  # of these
        self._arrived = QRect()
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self._tell_arrived)
        self.store.tileReady.connect(self._take_tile)
        self.store.layerFailed.connect(lambda _, sentence: self.failed.emit(sentence))
        self._main.set_layers(self._layers)

    # ---- the plot

    def show(self, plot: Plot) -> None:
        """Show another plot."""
        info = plot.ortho.info
        self._pyramid = TilePyramid(info.width_px, info.height_px)
        self._open(sources.tile_sources(plot))

    def release(self) -> None:
        """Show nothing; when this returns, no thread reads the plot's files any more and those of ours are closed."""
        self._pyramid = TilePyramid(1, 1)
        self._open(None)

    def _open(self, opened: PlotLayers | None) -> None:
        before, self._opened = self._opened, opened
        self.store.set_sources(opened or {}, top_level=self._pyramid.top_level if opened else 0)
        if before is not None:
            before.close()
        for tiles in (self._main, self._other):
            tiles.set_pyramid(self._pyramid)
        self._requested = None

    @property
    def plot_layers(self) -> PlotLayers | None:
        """The engine's layers behind the tiles."""
        return self._opened

    def restyle(self, style: BandStyle) -> None:
        """Show the orthomosaic in other bands or another stretch. Reads the file: call it in a thread, then `reload`.

        Raises:
            BirchtreeError: there is no such band, or the file is damaged.
        """
        if self._opened is not None:
            self._opened.restyle(style)

    def reload(self, layer: str | None = None) -> None:
        """Make tiles anew."""
        self.store.reload(layer)
        for tiles in (self._main, self._other):
            tiles.invalidate()
        self._requested = None
        self.changed.emit()

    # ---- what is shown of it

    @property
    def layers(self) -> tuple[LayerState, ...]:
        """The raster layers, the first at the bottom."""
        return self._layers

    def set_layers(self, layers: tuple[LayerState, ...]) -> None:
        """Show these raster layers."""
        self._layers = layers
        self._stack()

    def peek(self, layer_id: LayerId | None) -> bool:
        """Lay one layer over all others for a while; False when the plot does not have it."""
        if layer_id is not None and layer_id not in self.store.layers:
            return False
        self._peek = layer_id
        self._stack()
        return True

    @property
    def swipe(self) -> float | None:
        """Where the swipe line stands, as a share of the map's width; None without one."""
        return self._swipe

    def set_swipe(self, share: float | None) -> None:
        """Show other layers to the right of a line, or everywhere the same."""
        if share != self._swipe:
            turned = (share is None) != (self._swipe is None)
            self._swipe = share
            if turned:
                self._requested = None
            self.changed.emit()

    def set_beyond(self, layers: tuple[LayerState, ...]) -> None:
        """What the swipe line uncovers."""
        self._beyond = layers
        self._stack()

    def set_background(self, colour: QColor) -> None:
        """The colour where no layer has anything."""
        for tiles in (self._main, self._other):
            tiles.set_background(colour)

    def invalidate(self) -> None:
        """Paint everything anew at the next frame."""
        self._main.invalidate()

    def _stack(self) -> None:
        self._main.set_layers(self._layers if self._peek is None else peeked(self._layers, self._peek))
        self._other.set_layers(self._beyond)
        self._requested = None
        self.changed.emit()

    def contour_interval_m(self, view: ViewTransform) -> float | None:
        """Metres between the contours of a view; None while there are none."""
        shown = any(layer.id == "contours" and layer.visible and layer.opacity > 0 for layer in self._layers)
        if not shown or self._opened is None:
            return None
        return self._opened.contour_interval_m(self._pyramid.level_for(view.scale_dev))

    @property
    def top_level(self) -> int:
        """The level at which one tile holds everything."""
        return self._pyramid.top_level

    def overview(self) -> QImage | None:
        """The coarsest tile of the orthomosaic, which holds all of it; None while it is not there."""
        return self.store.cache.get(TileKey("ortho", self._pyramid.top_level, 0, 0))

    # ---- frames

    def paint(self, painter: QPainter, view: ViewTransform) -> None:
        """Paint a frame on a device in its own pixels, and ask for the tiles that it lacks."""
        self._request(view)
        self._main.paint(painter, view)
        if self._swipe is None:
            return
        width, height = view.rect_dev.width(), view.rect_dev.height()
        left = round(self._swipe * width)
        painter.save()
        painter.setClipRect(QRect(left, 0, width - left, height))
        self._other.paint(painter, view)
        painter.restore()

    def has_all(self, view: ViewTransform) -> bool:
        """Whether every tile of a view has come, whatever is still prepared around it."""
        return all(key in self.store.cache for key in self._main.needed(view))

    def shows(self, view: ViewTransform) -> bool:
        """Whether a view is the one that the latest frame showed."""
        return self._requested == (view, self._shown())

    @property
    def view(self) -> ViewTransform | None:
        """The view of the latest frame."""
        return None if self._requested is None else self._requested[0]

    def _shown(self) -> Shown:
        return (self._layers, self._beyond if self._swipe is not None else ())

    def _request(self, view: ViewTransform) -> None:
        wish = (view, self._shown())
        if wish == self._requested:
            return
        before = (None if self._requested is None else self._requested[1], self._reach)
        self._requested, self._reach = wish, self._main.reach(view)
        if before == (wish[1], self._reach) and not self._has_lost_any():
            return  # the same tiles, asked for already
        stacks = [self._main] if self._swipe is None else [self._main, self._other]
        self._needed = [key for tiles in stacks for key in tiles.needed(view)]
        self._missing = {key for key in self._needed if key not in self.store.cache}
        around = [key for tiles in stacks for key in tiles.around(view)]
        self.store.want(dict.fromkeys([*self._needed, *around]))

    def _has_lost_any(self) -> bool:
        """Whether the cache has dropped a tile of the view since all had come."""
        return not self._missing and any(key not in self.store.cache for key in self._needed)

    @Slot(object)
    def _take_tile(self, key: TileKey) -> None:
        """Paint it soon with its neighbours, or at once when it is the last that the view lacks."""
        if not self._missing and (key.level,) not in self._reach:
            return  # what lies under the view, should another be missing one day
        self._arrived |= self._main.tile_arrived(key)
        if self._swipe is not None:
            self._arrived |= self._other.tile_arrived(key)
        if not self._missing:
            return  # it lies around the view: painted ahead with the next frame
        self._missing.discard(key)
        if not self._missing:
            self._tell_arrived()
        elif not self._gather.isActive():
            self._gather.start()

    @Slot()
    def _tell_arrived(self) -> None:
        self._gather.stop()
        part, self._arrived = self._arrived, QRect()
        self.partChanged.emit(part)
