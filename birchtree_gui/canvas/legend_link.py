"""LegendLink: the legend in step with the crowns: when the first comes, the last goes, a species is new or gone."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from birchtree_gui.canvas.second_view import MapDesk
from birchtree_gui.document import PlotDocument

# A run or a person's quick keys bring edits in bursts; to look through 100,000 names takes some milliseconds.
_PAUSE_MS = 120


class LegendLink(QObject):
    """Looks soon after crowns have changed; an edit of a few crowns redraws only these, and no legend."""

    def __init__(self, document: PlotDocument, desk: MapDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._desk = desk
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        document.crownsChanged.connect(self._look_soon)
        document.closing.connect(self._pause.stop)

    @Slot()
    def _look_soon(self) -> None:
        self._pause.start()

    @Slot()
    def _look(self) -> None:
        table = self._document.table
        for view in self._desk.maps:
            colouring = view.furniture.colouring
            if table is not None and colouring.lacks_range(table):
                view.set_colour_by(colouring.colour_by)
            elif table is not None:
                colouring.count(table)
            view.furniture.follow()
