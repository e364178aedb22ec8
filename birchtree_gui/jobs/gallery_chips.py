"""GalleryChips: pictures of many crowns, cut in two threads, what is seen now first; the latest ones are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from birchtree_gui.jobs.chips import cut
from inference.crowns.crown import Crown
from inference.errors import BirchtreeError

if TYPE_CHECKING:
    from inference.plot.plot import Plot  # rasterio comes with the first plot

_THREADS = 2
_BATCH = 4
_KEPT_BYTES = 64 * 2**20
_Key = tuple[int, int]


class GalleryChips(QObject):
    """Pictures by crown and size.

    Signals:
        ready(): some more are there.
    """

    ready = Signal()

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("gallery-chips", self, threads=_THREADS)
        self._kept: OrderedDict[_Key, tuple[object, QImage]] = OrderedDict()
        self._bytes = 0
        self._wanted: list[int] = []
        self._side_px = 0
        self._running = 0
        self._missing: set[_Key] = set()
        document.closing.connect(self.forget)

    @property
    def is_busy(self) -> bool:
        """Whether pictures are being cut."""
        return self._running > 0

    def find(self, crown: Crown, side_px: int) -> QImage | None:
        """The picture if it is there and shows the crown as it is now."""
        key = (crown.tree_id, side_px)
        kept = self._kept.get(key)
        if kept is None or kept[0] is not crown.outline:
            return None
        self._kept.move_to_end(key)
        return kept[1]

    def want(self, ids: Sequence[int], side_px: int) -> None:
        """Cut these next, in this order; earlier wishes that nobody sees any more are dropped."""
        self._side_px = side_px
        self._wanted = list(ids)
        self._start()

    def forget(self) -> None:
        """Drop all."""
        self._background.forget()
        self._kept.clear()
        self._missing.clear()
        self._wanted, self._bytes, self._running = [], 0, 0

    def shut_down(self) -> None:
        """End the threads."""
        self._background.shut_down()

    # ---- inside

    def _start(self) -> None:
        plot, table = self._document.plot, self._document.table
        if plot is None or table is None:
            return
        while self._running < _THREADS and self._wanted:
            batch: list[Crown] = []
            while self._wanted and len(batch) < _BATCH:
                crown = table.find(self._wanted.pop(0))
                if crown is None or (crown.tree_id, self._side_px) in self._missing:
                    continue
                if self.find(crown, self._side_px) is None:
                    batch.append(crown)
            if batch:
                self._cut(plot, batch, self._side_px)

    def _cut(self, plot: Plot, batch: list[Crown], side_px: int) -> None:
        self._running += 1

        def work() -> list[tuple[Crown, QImage]]:
            return [(crown, cut(plot, crown, side_px)) for crown in batch]

        def fail(_error: BirchtreeError) -> None:
            # The map shows what is wrong with the raster; asking again and again would only keep it busy.
            self._missing.update((crown.tree_id, side_px) for crown in batch)
            self._end()

        self._background.run(work, lambda made: self._take(made, side_px), fail)

    def _take(self, made: list[tuple[Crown, QImage]], side_px: int) -> None:
        for crown, image in made:
            key = (crown.tree_id, side_px)
            old = self._kept.pop(key, None)
            self._bytes += image.sizeInBytes() - (0 if old is None else old[1].sizeInBytes())
            self._kept[key] = (crown.outline, image)
        while self._bytes > _KEPT_BYTES and self._kept:
            _, (_, image) = self._kept.popitem(last=False)
            self._bytes -= image.sizeInBytes()
        self._end()
        self.ready.emit()

    def _end(self) -> None:
        self._running = max(0, self._running - 1)
        self._start()
