"""SecondView: the same place beside the map in another layer, moving and zooming with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from birchtree_gui.canvas.layers import LayerId, alone
from birchtree_gui.canvas.profile_strip import ProfileStrip
from birchtree_gui.canvas.view import MapView

_CACHE_BYTES = 128 * 2**20


class CameraLink(QObject):
    """Two maps that always show the same place, and each the other's cursor."""

    def __init__(self, one: MapView, two: MapView) -> None:
        super().__init__(two)
        self._maps = (one, two)
        self._is_moving = False
        for here, there in ((one, two), (two, one)):
            here.camera.moved.connect(self._follower(here, there))
            here.cursorMoved.connect(there.furniture.set_mark)
            here.cursorLeft.connect(there.furniture.clear_mark)

    def align(self) -> None:
        """The second shows what the first does."""
        one, two = self._maps
        two.set_view(two.view.at_place_of(one.view))

    def _follower(self, here: MapView, there: MapView) -> Callable[[], None]:
        def follow() -> None:
            # A hidden view is resized as well, and must not take the other one along.
            if not self._is_moving and here.isVisible() and there.isVisible():
                self._is_moving = True
                there.set_view(there.view.at_place_of(here.view))
                self._is_moving = False

        return follow


class MapDesk(QWidget):
    """The map, the second view beside it when asked for, and the height profile below both.

    Signals:
        secondMade(MapView): the second view, when it is first asked for.
        secondShown(bool).
    """

    secondMade = Signal(object)
    secondShown = Signal(bool)

    def __init__(self, map_view: MapView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = map_view
        self.second: MapView | None = None
        self._link: CameraLink | None = None
        self._layer: LayerId = "hillshade"
        self._splitter = QSplitter(self)
        self._splitter.setHandleWidth(5)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(map_view)
        self.profile = ProfileStrip(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self.profile)
        self.setFocusProxy(map_view)
        map_view.line_heights.profileKnown.connect(self.profile.show_profile)
        map_view.line_heights.profileCleared.connect(self.profile.clear)
        self.profile.placeRead.connect(map_view.furniture.set_mark)
        self.profile.placeLeft.connect(map_view.furniture.clear_mark)

    @property
    def maps(self) -> tuple[MapView, ...]:
        """The map, and the second view once it has been asked for."""
        return (self.map,) if self.second is None else (self.map, self.second)

    @property
    def shows_second(self) -> bool:
        """Whether the second view is there now."""
        return self.second is not None and not self.second.isHidden()

    def show_second(self, shown: bool) -> None:
        """Show the second view, or only the map."""
        if shown and self.second is None:
            self._make_second()
        if self.second is None or self._link is None:
            return
        self.second.setVisible(shown)
        if shown:
            half = max(self._splitter.width() // 2, 1)
            self._splitter.setSizes([half, half])
            self._link.align()
        else:
            self.map.furniture.clear_mark()
        self.secondShown.emit(shown)

    def compare_with(self, layer_id: LayerId) -> None:
        """What the second view shows."""
        self._layer = layer_id
        if self.second is not None:
            self.second.set_layers(alone(layer_id))

    @Slot()
    def reload_tiles(self) -> None:
        """Read the rasters anew, when their overviews have been built."""
        for view in self.maps:
            view.reload_tiles()

    def shut_down(self) -> None:
        """End the threads of the second view."""
        if self.second is not None:
            self.second.shut_down()

    def _make_second(self) -> None:
        second = MapView(self.map.document, self, cache_bytes=_CACHE_BYTES)
        second.setAccessibleName(self.tr("Second map"))
        second.set_theme(self.map.colours)
        second.set_layers(alone(self._layer))
        second.furniture.set_legend_shown(False)
        second.furniture.set_overview_shown(False)
        second.setMinimumWidth(160)
        second.camera.take_place(self.map.view)
        self._splitter.addWidget(second)
        self.second, self._link = second, CameraLink(self.map, second)
        second.camera.resized.connect(self._keep_aligned)
        self.secondMade.emit(second)

    @Slot()
    def _keep_aligned(self) -> None:
        if self._link is not None and self.shows_second:
            self._link.align()
