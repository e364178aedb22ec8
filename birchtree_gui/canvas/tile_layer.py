"""TileLayer: the raster layers, blended into one picture of the view, so that a moved map costs one blit."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from birchtree_gui.canvas.layers import LayerState
from birchtree_gui.canvas.picture import Picture, rects_of
from birchtree_gui.canvas.tile_store import TileStore
from birchtree_gui.canvas.tiles import TileKey, TilePyramid
from birchtree_gui.canvas.view_transform import ViewTransform
from inference.plot.grid import Bounds

# Above this many device pixels per orthomosaic pixel, the pixels themselves are shown.
_CRISP_SCALE = 4.0
# Stand-ins that are magnified by up to 2 to this are smoothed.
_SMOOTH_STEPS = 2


class TileLayer:
    """Paints the visible layers; where a tile is missing, the nearest coarser one that is there stands in for it."""

    def __init__(self, store: TileStore, background: QColor) -> None:
        self._store = store
        self._background = background
        self._picture = Picture(QImage.Format.Format_RGB32)
        self._dirty = QRegion()
        self._pyramid = TilePyramid(1, 1)
        self._layers: tuple[LayerState, ...] = ()

    def set_pyramid(self, pyramid: TilePyramid) -> None:
        """Show an orthomosaic of another size."""
        self._pyramid = pyramid
        self.invalidate()

    def set_layers(self, layers: tuple[LayerState, ...]) -> None:
        """Show these layers, the first at the bottom."""
        shown = tuple(layer for layer in layers if layer.visible and layer.opacity > 0)
        if shown != self._layers:
            self._layers = shown
            self.invalidate()

    def set_background(self, colour: QColor) -> None:
        """The colour where no layer has anything."""
        self._background = colour
        self.invalidate()

    def invalidate(self) -> None:
        """Paint everything anew at the next frame."""
        self._picture.scale_dev = 0.0

    def tile_arrived(self, key: TileKey) -> QRect:
        """Note that a tile can be painted; returns the part of the view (`_dev`) that this changes, maybe empty."""
        rect = key.rect_dev(self._picture.scale_dev).intersected(self._picture.done_dev)
        if rect.isEmpty() or all(layer.id != key.layer for layer in self._layers):
            return QRect()
        self._dirty += QRegion(rect) if key.level <= self._level else self._lacking(key, rect)
        return rect.intersected(self._picture.rect_dev)

    @property
    def _level(self) -> int:
        """Of the tiles that the picture is made of."""
        return self._pyramid.level_for(self._picture.scale_dev)

    def _lacking(self, key: TileKey, rect_dev: QRect) -> QRegion:
        """The part of a coarse tile for which it has to stand in: where those of the picture's level are not there."""
        region, scale = QRegion(rect_dev), self._picture.scale_dev
        for finer in self._pyramid.keys(key.layer, self._level, _bounds_px(rect_dev, scale)):
            if finer in self._store.cache:
                region -= QRegion(finer.rect_dev(scale))
        return region

    def reach(self, view: ViewTransform) -> tuple[tuple[int, ...], ...]:
        """What `needed` and `around` depend on."""
        level = self._pyramid.level_for(view.scale_dev)
        coarse = self._coarser(level)
        return ((level,), self._pyramid.reach(level, view.bounds_px), self._pyramid.reach(coarse, view.bounds_px))

    def _coarser(self, level: int) -> int:
        return min(level + 2, self._pyramid.top_level)

    def needed(self, view: ViewTransform) -> list[TileKey]:
        """Tiles of this view in the order of need: the coarsest, which fill every hole, then what is in view."""
        level = self._pyramid.level_for(view.scale_dev)
        shown = [layer.id for layer in self._layers]
        keys = [TileKey(layer, self._pyramid.top_level, 0, 0) for layer in shown]
        for layer in shown:
            keys += self._pyramid.wanted(layer, level, view.bounds_px)
        return keys

    def around(self, view: ViewTransform) -> list[TileKey]:
        """Tiles around this view, coarser ones first; some are in it, too."""
        level = self._pyramid.level_for(view.scale_dev)
        coarse = self._coarser(level)
        keys: list[TileKey] = []
        for layer in (state.id for state in self._layers):
            keys += self._pyramid.wanted(layer, coarse, view.bounds_px, ring=1)
            keys += self._pyramid.wanted(layer, level, view.bounds_px, ring=1)
        return keys

    def paint(self, painter: QPainter, view: ViewTransform) -> None:
        """Paint the layers on a device in its own pixels."""
        exposed = self._picture.follow(view)
        wanted = QRegion() if self._picture.rect_dev in exposed else self._dirty & QRegion(self._picture.done_dev)
        self._dirty = QRegion()
        for rect in exposed:
            wanted += QRegion(rect)
        for rect in rects_of(wanted):
            self._paint_part(rect)
        self._picture.draw(painter, view)

    def _paint_part(self, rect_dev: QRect) -> None:
        painter = self._picture.begin(rect_dev)
        painter.fillRect(rect_dev, self._background)
        scale = self._picture.scale_dev
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < _CRISP_SCALE)
        level = self._pyramid.level_for(scale)
        for layer in self._layers:
            painter.setOpacity(layer.opacity)
            for key in self._pyramid.keys(layer.id, level, _bounds_px(rect_dev, scale)):
                self._paint_tile(painter, key, scale)
        painter.end()

    def _paint_tile(self, painter: QPainter, key: TileKey, scale_dev: float) -> None:
        cache = self._store.cache
        if key in cache:
            image = cache.get(key)
            if image is not None:
                painter.drawImage(key.rect_dev(scale_dev), image)
            return
        for steps in range(1, self._pyramid.top_level - key.level + 1):
            ancestor = key.ancestor(steps)
            if ancestor in cache:
                _draw_part(painter, cache.get(ancestor), key, steps, scale_dev)
                break
        if key.level > 0 and painter.opacity() == 1.0:
            for child in key.children():
                if child in cache and (finer := cache.get(child)) is not None:
                    painter.drawImage(child.rect_dev(scale_dev), finer)


def _bounds_px(rect_dev: QRect, scale_dev: float) -> Bounds:
    """(left, top, right, bottom) in level-0 pixels."""
    left, top = rect_dev.x(), rect_dev.y()
    return (
        left / scale_dev,
        top / scale_dev,
        (left + rect_dev.width()) / scale_dev,
        (top + rect_dev.height()) / scale_dev,
    )


def _draw_part(painter: QPainter, image: QImage | None, key: TileKey, steps: int, scale_dev: float) -> None:
    """Draw the part of an ancestor's image that covers a tile."""
    if image is None:
        return
    part = image.width() / (1 << steps)
    col, row = key.col & ((1 << steps) - 1), key.row & ((1 << steps) - 1)
    smooth = painter.testRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    # So coarse that nobody looks at it: to blur it takes longer than to read the tile that it stands in for.
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth and steps <= _SMOOTH_STEPS)
    painter.drawImage(QRectF(key.rect_dev(scale_dev)), image, QRectF(col * part, row * part, part, part))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
