"""BandStyler: another stretch or other bands for the orthomosaic, worked out in a thread, then painted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from birchtree_gui.canvas.raster_stack import RasterStack
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from inference.errors import BirchtreeError

if TYPE_CHECKING:
    from inference.plot.display import PlotLayers
    from inference.plot.display_style import BandStyle


class BandStyler(QObject):
    """Only the newest wish counts; it is forgotten when the plot closes."""

    def __init__(self, document: PlotDocument, rasters: RasterStack, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._rasters = rasters
        self._background = Background("bands", self)
        self._ticket = 0
        document.closing.connect(self._background.forget)

    @property
    def is_busy(self) -> bool:
        """Whether tiles in another style are still to come."""
        return self._background.is_busy

    def set_style(self, style: BandStyle) -> None:
        """Show the orthomosaic like this."""
        layers = self._rasters.plot_layers
        if layers is not None:
            self._background.drop(self._ticket)
            self._ticket = self._background.run(partial(_restyle, layers, style), self._show, self._fail)

    def shut_down(self) -> None:
        """End the thread."""
        self._background.shut_down()

    def _show(self, _: None) -> None:
        self._rasters.reload("ortho")

    def _fail(self, error: BirchtreeError) -> None:
        self._document.message.emit("warning", str(error))


def _restyle(layers: PlotLayers, style: BandStyle) -> None:
    layers.restyle(style)
