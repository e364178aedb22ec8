"""PlotSelection: reads in a thread what the plots chosen for a training hold, and what a set of them would be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from birchtree_gui.jobs.background import Background
from inference.errors import BirchtreeError

if TYPE_CHECKING:
    from inference.datasets.stock import Outlook, PlotStock


@dataclass(frozen=True, slots=True)
class Wish:
    """A plot in the list: its project, whether it is to be learned from, and whether all of it is reviewed."""

    path: Path
    chosen: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """What was read: the plots that could be, why others could not, and the outlook of the chosen ones."""

    stocks: dict[Path, PlotStock]
    problems: dict[Path, str]
    outlook: Outlook


class PlotSelection(QObject):
    """Only the newest wish is answered.

    Signals:
        read(Picture).
    """

    read = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background("training-plots", self)

    def ask(self, wishes: tuple[Wish, ...]) -> None:
        """Read the plots; the answer comes with `read`."""
        self._background.forget()
        self._background.run(lambda: picture_of(wishes), self.read.emit, self._fail)

    def shut_down(self) -> None:
        """End the thread."""
        self._background.shut_down()

    def _fail(self, error: BirchtreeError) -> None:
        """What a plot lacks is part of the picture; nothing else can fail."""
        raise error


def picture_of(wishes: tuple[Wish, ...]) -> Picture:
    """Read every plot; those that cannot be read are left out of the outlook."""
    from inference.datasets.stock import outlook, plot_stock

    stocks: dict[Path, PlotStock] = {}
    problems: dict[Path, str] = {}
    for wish in wishes:
        try:
            stocks[wish.path] = plot_stock(wish.path, whole=wish.whole)
        except BirchtreeError as error:
            problems[wish.path] = str(error)
    chosen = [stocks[wish.path] for wish in wishes if wish.chosen and wish.path in stocks]
    return Picture(stocks, problems, outlook(chosen))
