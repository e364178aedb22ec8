"""Small pictures of crowns cut from the orthomosaic, made in a thread for the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from inference.crowns.crown import Crown
from inference.errors import BirchtreeError

if TYPE_CHECKING:
    from inference.plot.plot import Plot

_MARGIN = 0.25
_SMALLEST_PX = 24
_EMPTY_GREY = 128


def cut(plot: Plot, crown: Crown, side_px: int) -> QImage:
    """A square picture of a crown with its outline on it.

    Args:
        plot: where the pixels come from.
        crown: what to show.
        side_px: side of the picture in physical pixels.
    """
    import numpy as np
    import shapely

    from inference.plot.style import to_rgb8

    ring_px = plot.crs_to_px(shapely.get_coordinates(crown.outline.exterior))
    low, high = ring_px.min(axis=0), ring_px.max(axis=0)
    side = max(float((high - low).max()) * (1 + 2 * _MARGIN), _SMALLEST_PX)
    left, top = (low + high) / 2 - side / 2
    col0, row0, size = int(np.floor(left)), int(np.floor(top)), int(np.ceil(side))
    block = plot.ortho.read_window(
        col0, row0, size, size, side_px, side_px, resampling="average" if size > side_px else "bilinear"
    )
    rgb = to_rgb8(block, plot.stretch)
    rgb[:, ~block.valid] = _EMPTY_GREY
    pixels = np.ascontiguousarray(rgb.transpose(1, 2, 0))
    image = QImage(pixels.data, side_px, side_px, 3 * side_px, QImage.Format.Format_RGB888).copy()
    outline = QPolygonF([QPointF(x, y) for x, y in (ring_px - (col0, row0)) * (side_px / size)])
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour, width in ((QColor(0, 0, 0, 150), 3.0), (QColor(255, 255, 255), 1.5)):
        painter.setPen(QPen(colour, width * side_px / 96))
        painter.drawPolygon(outline)
    painter.end()
    return image


class ChipMaker(QObject):
    """Cuts the chip of one crown at a time; only the newest wish is fulfilled.

    Signals:
        chipReady(tree_id, QImage).
    """

    chipReady = Signal(int, object)

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("chips", self)
        document.closing.connect(self._background.forget)

    def ask(self, crown: Crown, side_px: int) -> None:
        """Cut the chip of a crown; the answer comes with `chipReady`."""
        plot = self._document.plot
        if plot is None:
            return
        self._background.forget()
        self._background.run(lambda: (crown.tree_id, cut(plot, crown, side_px)), self._take, self._fail)

    def shut_down(self) -> None:
        """End the thread."""
        self._background.shut_down()

    def _take(self, answer: tuple[int, QImage]) -> None:
        self.chipReady.emit(*answer)

    def _fail(self, _error: BirchtreeError) -> None:
        """A crown without a picture keeps the empty frame; the map shows what is wrong with the raster."""
