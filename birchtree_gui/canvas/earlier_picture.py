"""EarlierPicture: lies over the map and shows the orthomosaic of the other date, at the same place and scale."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QShowEvent

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.map_overlay import MapOverlay
from birchtree_gui.canvas.view import MapView
from birchtree_gui.jobs.background import Background
from inference.errors import BirchtreeError
from inference.plot.sources import PlotSources

_SETTLES_MS = 120
_MARGIN = 0.15


class EarlierPicture(MapOverlay):
    """Sees no mouse. While it is shown, a thread reads what is on the screen; until then the last picture is moved."""

    def __init__(self, map_view: MapView) -> None:
        super().__init__(map_view)
        self._background = Background("earlier-picture", self)
        self._sources: PlotSources | None = None
        self._title = ""
        self._image: tuple[QImage, float, float, float] | None = None
        self._ticket: int | None = None
        self._timer = QTimer(self, singleShot=True, interval=_SETTLES_MS)
        self._timer.timeout.connect(self._read)
        self.lower()
        self.hide()

    def set_sources(self, sources: PlotSources | None, title: str) -> None:
        """Show this survey from now on, or none."""
        self._sources, self._title, self._image = sources, title, None
        if sources is None:
            self.hide()
        elif self.isVisible():
            self._read()

    @property
    def is_ready(self) -> bool:
        """Whether a picture is there."""
        return self._image is not None

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is on the screen."""
        super().showEvent(event)
        self._read()

    def shut_down(self) -> None:
        """End the thread."""
        self._timer.stop()
        self._background.shut_down()

    def map_moved(self) -> None:
        """Move the last picture along, and read the new one when the map has come to rest."""
        if self.isVisible():
            self._timer.start()
            self.update()

    def _read(self) -> None:
        from inference.change.picture import picture

        plot, sources = self._map.document.plot, self._sources
        if plot is None or sources is None or self._map.georeference is None:
            return
        view = self._map.view
        margin_px = _MARGIN * view.width / view.scale
        left, top = view.left_px - margin_px, view.top_px - margin_px
        step = 1 / view.scale
        width = round((view.width / view.scale + 2 * margin_px) / step)
        height = round((view.height / view.scale + 2 * margin_px) / step)
        affine = tuple(plot.ortho.transform)[:6]
        crs_wkt = plot.crs_wkt
        if self._ticket is not None:
            self._background.drop(self._ticket)

        def work() -> tuple[bytes, int, int]:
            rgba = picture(sources, crs_wkt, affine, left_px=left, top_px=top, step_px=step, width=width, height=height)
            return rgba.tobytes(), width, height

        def done(made: tuple[bytes, int, int]) -> None:
            data, wide, tall = made
            image = QImage(data, wide, tall, 4 * wide, QImage.Format.Format_RGBA8888).copy()
            self._image = (image, left, top, step)
            self.update()

        self._ticket = self._background.run(work, done, self._fail)

    def _fail(self, error: BirchtreeError) -> None:
        self._map.document.message.emit("warning", str(error))
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture where it belongs, and whose it is."""
        del event
        painter = QPainter(self)
        if self._image is not None:
            image, left, top, step = self._image
            view = self._map.view
            x, y = (left - view.left_px) * view.scale, (top - view.top_px) * view.scale
            size = (image.width() * step * view.scale, image.height() * step * view.scale)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(x, y, *size), image)
        text = self._title if self._image is not None else self.tr("{title}: reading…").format(title=self._title)
        metrics = painter.fontMetrics()
        label = QRectF(0, 12, metrics.horizontalAdvance(text) + 24, metrics.height() + 10)
        label.moveLeft((self.width() - label.width()) / 2)
        painter.fillRect(label, colours.with_alpha(self._map.colours.panel, 0.92))
        painter.setPen(QColor(self._map.colours.panel_text))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)
        self.paint_furniture(painter)
        painter.end()
