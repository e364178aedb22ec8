"""Pictures of the crown under review and of the next one, cut ahead so that the next is there when it is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from birchtree_gui.jobs.chips import cut
from inference.crowns.crown import Crown
from inference.errors import BirchtreeError

_KEPT = 12


class ReviewChips(QObject):
    """Cuts and keeps a few pictures.

    Signals:
        ready(tree_id, QImage).
    """

    ready = Signal(int, object)

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("review-chips", self)
        self._kept: dict[int, tuple[Crown, int, QImage]] = {}
        document.closing.connect(self.forget)

    def find(self, crown: Crown, side_px: int) -> QImage | None:
        """The picture if it is there already."""
        kept = self._kept.get(crown.tree_id)
        return kept[2] if kept is not None and kept[0].outline is crown.outline and kept[1] == side_px else None

    def ask(self, crown: Crown, side_px: int) -> None:
        """Cut a picture unless it is there; it comes with `ready`."""
        plot = self._document.plot
        if plot is None or self.find(crown, side_px) is not None:
            return
        self._background.run(lambda: cut(plot, crown, side_px), lambda image: self._take(crown, side_px, image), _skip)

    def forget(self) -> None:
        """Drop all."""
        self._background.forget()
        self._kept.clear()

    def shut_down(self) -> None:
        """End the thread."""
        self._background.shut_down()

    def _take(self, crown: Crown, side_px: int, image: QImage) -> None:
        self._kept.pop(crown.tree_id, None)
        self._kept[crown.tree_id] = (crown, side_px, image)
        while len(self._kept) > _KEPT:
            self._kept.pop(next(iter(self._kept)))
        self.ready.emit(crown.tree_id, image)


def _skip(error: BirchtreeError) -> None:
    """A crown without a picture keeps the empty frame; the map shows what is wrong with the raster."""
    del error
