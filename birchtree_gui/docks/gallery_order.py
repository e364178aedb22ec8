"""GalleryOrder: makes the gallery's order in a thread; the newest wish wins, and edits do not shuffle what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from birchtree_gui.jobs.crown_likeness import CrownLikeness
from birchtree_gui.languages.told import told
from inference.errors import BirchtreeError
from inference.review.gallery import GalleryWish, arrange

if TYPE_CHECKING:
    from inference.traits.alikeness import Alikeness

_PAUSE_MS = 200


class GalleryOrder(QObject):
    """The crowns of the gallery.

    Signals:
        arranged(keep_place): `ids` are others; whether the grid should stay where it is.
    """

    arranged = Signal(bool)

    def __init__(self, document: PlotDocument, likeness: CrownLikeness, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._likeness = likeness
        self._background = Background("gallery", self)
        self.ids: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        self._wish: GalleryWish | None = None
        self._asked = 0
        self._is_watched = False
        self._waits = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._make(keep_place=True))
        likeness.ready.connect(self._go_on)

    def ask(self, wish: GalleryWish) -> None:
        """Show other crowns, or in another order."""
        self._wish = wish
        if wish.order == "alike":
            self._waits = True
            self._likeness.prepare()
        else:
            self._waits = False
            self._make(keep_place=False)

    def again(self) -> None:
        """The crowns have changed: the same wish, compared with the same crowns as before, soon."""
        if self._wish is not None and self._is_watched:
            self._pause.start()

    def watch(self, watched: bool) -> None:
        """Whether somebody looks."""
        self._is_watched = watched
        if not watched:
            self._pause.stop()

    def clear(self) -> None:
        """Show nothing."""
        self._pause.stop()
        self._background.forget()
        self._wish, self._waits = None, False
        self.ids = np.zeros(0, np.int64)
        self.arranged.emit(False)

    def shut_down(self) -> None:
        """End the thread."""
        self._background.shut_down()

    def _go_on(self, _alike: Alikeness) -> None:
        if self._waits:
            self._waits = False
            self._make(keep_place=False)

    def _make(self, *, keep_place: bool) -> None:
        table, wish = self._document.table, self._wish
        if table is None or wish is None:
            return
        self._asked += 1
        number, frozen, alike = self._asked, table.frozen(), self._likeness.known

        def take(ids: npt.NDArray[np.int64]) -> None:
            if number == self._asked:
                is_other = not np.array_equal(ids, self.ids)
                self.ids = ids
                if is_other or not keep_place:
                    self.arranged.emit(keep_place)

        self._background.run(lambda: arrange(frozen, wish, alike), take, self._fail)

    def _fail(self, error: BirchtreeError) -> None:
        self._document.message.emit("warning", told(str(error)))
