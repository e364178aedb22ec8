"""The second survey of the same place: opened, compared and carried over in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from inference.errors import BirchtreeError, InputError
from inference.jobs import CancelToken
from inference.plot.sources import PlotSources
from inference.project.naming import is_named_as_project

if TYPE_CHECKING:  # what reads rasters and matches crowns loads with the first comparison, not with the window
    from inference.change.carry import Carried
    from inference.change.report import ChangeReport
    from inference.change.survey import Survey

T = TypeVar("T")


@dataclass(frozen=True)
class Second:
    """The earlier survey: its rasters, and its crowns in the CRS of the open plot.

    `name` is that of its file, after its folder's where this plot has a file of that name, too.
    """

    name: str
    sources: PlotSources
    survey: Survey


class SecondSurvey(QObject):
    """Holds the earlier survey of the open plot; GUI thread, work in one thread.

    Signals:
        busyChanged(): work began or ended.
        opened(), closed(): there is a second survey, or none any more.
        compared(): `report` is new.
        carried(Carried): proposals are ready to be added.
        failed(sentence).
    """

    busyChanged = Signal()
    opened = Signal()
    closed = Signal()
    compared = Signal()
    carried = Signal(object)
    failed = Signal(str)

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("two-dates", self)
        self._cancel = CancelToken()
        self.second: Second | None = None
        self.report: ChangeReport | None = None
        document.closing.connect(self.close)

    @property
    def is_busy(self) -> bool:
        """Whether something is read or compared."""
        return self._background.is_busy

    def open(self, path: Path) -> None:
        """Take a project, or an orthomosaic with what lies beside it, as the earlier survey, and compare."""
        self.close()
        crs_wkt = self._document.project.crs_wkt
        here, plot = self._document.project.path, self._document.plot
        taken = {here.name} if plot is None else {here.name, plot.sources.ortho.name}
        name = f"{path.parent.name}/{path.name}" if path.name in taken else path.name
        self._start(lambda: replace(_read(path, crs_wkt, here), name=name), self._take)

    def close(self) -> None:
        """Forget the second survey."""
        self._cancel.cancel()
        self._cancel = CancelToken()
        self._background.forget()
        had_one = self.second is not None
        self.second = self.report = None
        if had_one:
            self.closed.emit()
        self.busyChanged.emit()

    def compare(self, dates: tuple[date | None, date | None] | None = None) -> None:
        """Match the crowns as they are now; `dates` of the earlier and the open survey, where known."""
        from inference.change.report import compare_opened

        second, plot = self.second, self._document.plot
        if second is None or plot is None:
            return
        later, sources = self._later(), plot.sources
        earlier = second.survey
        if dates is not None:
            earlier, later = replace(earlier, surveyed=dates[0]), replace(later, surveyed=dates[1])
        self._start(lambda: compare_opened(earlier, later, (second.sources, sources)), self._take_report)

    def carry(self, model_id: str) -> None:
        """Make proposals of the earlier crowns that have no partner; `model_id` outlines them, "" the heights."""
        from inference.change.carry import carry_opened

        second, plot = self.second, self._document.plot
        if second is None or plot is None:
            return
        later, sources, cancel = self._later(), plot.sources, self._cancel
        pair = (second.sources, sources)
        self._start(lambda: carry_opened(model_id, second.survey, later, pair, cancel), self._take_carried)

    def shut_down(self) -> None:
        """End the thread."""
        self._cancel.cancel()
        self._background.shut_down()

    def _later(self) -> Survey:
        from inference.change.survey import DATE_KEY, Survey, day

        project = self._document.project
        return Survey.of_table(project.table, project.path.name, project.crs_wkt, day(project.meta(DATE_KEY)))

    def _start(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        def end(result: T) -> None:
            done(result)
            self.busyChanged.emit()

        self._background.run(work, end, self._fail)
        self.busyChanged.emit()

    def _take(self, second: Second) -> None:
        self.second = second
        self.opened.emit()
        self.compare()

    def _take_report(self, report: ChangeReport) -> None:
        self.report = report
        self.compared.emit()

    def _take_carried(self, carried: Carried) -> None:
        self.carried.emit(carried)

    def _fail(self, error: BirchtreeError) -> None:
        self.busyChanged.emit()
        self.failed.emit(str(error))


def _read(path: Path, crs_wkt: str, here: Path) -> Second:
    """The earlier survey. Runs in the thread."""
    from inference.change.survey import Survey
    from inference.plot.plot import Plot, guess_elevation
    from inference.project.store import Project

    if path.exists() and here.exists() and path.samefile(here):
        raise InputError("change.same", "This is the plot that is open. Choose the project of another survey.")
    if is_named_as_project(path):
        with Project.open(path) as project:
            return Second(path.name, project.locate_rasters(), Survey.of(project, crs_wkt))
    dsm, dtm = guess_elevation(path)
    sources = PlotSources(path, dsm, dtm)
    Plot.open(sources, check=False).close()
    return Second(path.name, sources, Survey.empty(path.name, crs_wkt))
