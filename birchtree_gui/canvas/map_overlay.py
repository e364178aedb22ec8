"""MapOverlay: a sheet over the whole map that sees no mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from birchtree_gui.canvas.view import MapView


class MapOverlay(QWidget):
    """Stays as large as the map; its heirs paint, and hear in `map_moved` that it shows another place."""

    def __init__(self, map_view: MapView) -> None:
        super().__init__(map_view)
        self._map = map_view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        map_view.installEventFilter(self)
        map_view.camera.moved.connect(self.map_moved)
        self.setGeometry(map_view.rect())

    def map_moved(self) -> None:
        """The map shows another place, or has another size."""
        self.update()

    def paint_furniture(self, painter: QPainter) -> None:
        """Scale bar, north arrow and overview map once more, over what lies on the map."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._map.furniture.paint(painter, self._map.m_per_screen_px)
        painter.restore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with the map."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._map.rect())
            self.map_moved()
        return super().eventFilter(watched, event)
