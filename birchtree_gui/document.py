"""PlotDocument: the open plot, its crowns and the selection, with a signal for each thing that changes (GUI thread)."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from PySide6.QtCore import QObject, Signal

from birchtree_gui import opening
from birchtree_gui.jobs.background import Background
from birchtree_gui.opening import Opened
from birchtree_gui.wait_cursor import is_long, waiting
from inference.clock import now
from inference.crowns.crown import Crown, Measures
from inference.crowns.edits import CrownEdit
from inference.errors import BirchtreeError
from inference.plot.sources import PlotSources

if TYPE_CHECKING:  # rasterio loads when the first plot opens, not with the window
    from inference.crowns.table import CrownTable
    from inference.plot.finding import Finding
    from inference.plot.plot import Plot
    from inference.project.store import HistoryEntry, Project


__all__ = ["PlotDocument", "now"]


class PlotDocument(QObject):
    """At most one open plot. Everything here is called on the GUI thread; opening reads files in a thread of its own.

    Signals:
        openingStarted(str): file name; ends with `opened` or `openFailed`.
        opened(): a plot is there.
        closing(), closed(): the plot is about to go (its files are still open: stop reading), and is gone. Both also
            come before another plot is opened.
        openFailed(Path, BirchtreeError): nothing changed.
        crownsChanged(frozenset[int] | None): these ids are new, changed or gone; None for all.
        selectionChanged(), historyChanged(), findingsChanged().
        recordsChanged(): areas, custom fields or control crowns are others now.
        restored(ids): undo or redo brought these crowns back to an earlier state; follows crownsChanged.
        stagedChanged(): a run has outlined more crowns (`staged_outlines`), or they became part of the table.
        message(level, text): one sentence for the message bar; level "info", "success", "refusal", "warning", "error".
    """

    openingStarted = Signal(str)
    opened = Signal()
    openFailed = Signal(object, object)
    closing = Signal()
    closed = Signal()
    crownsChanged = Signal(object)
    selectionChanged = Signal()
    recordsChanged = Signal()
    restored = Signal(object)
    historyChanged = Signal()
    findingsChanged = Signal()
    stagedChanged = Signal()
    message = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._plot: Plot | None = None
        self._selection: frozenset[int] = frozenset()
        self._staged_outlines: tuple[shapely.Polygon, ...] = ()
        self._background = Background("open", self)
        self._asked = 0
        self._is_opening = False
        self._records_revision = -1
        self.by = getpass.getuser()

    # ---- what is open

    @property
    def is_open(self) -> bool:
        """Whether a plot is open."""
        return self._project is not None

    @property
    def is_opening(self) -> bool:
        """Whether a plot is being opened."""
        return self._is_opening

    @property
    def is_editable(self) -> bool:
        """Whether crowns can be changed: a plot is open, and its file can be written."""
        return self._project is not None and not self._project.read_only

    @property
    def project(self) -> Project:
        """The open project; ask `is_open` first."""
        if self._project is None:
            raise RuntimeError("no plot is open")
        return self._project

    @property
    def plot(self) -> Plot | None:
        """The open plot's rasters; None when nothing is open."""
        return self._plot

    @property
    def table(self) -> CrownTable | None:
        """The crowns; None when nothing is open."""
        return None if self._project is None else self._project.table

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks at opening found."""
        return () if self._plot is None else self._plot.findings

    # ---- opening and closing

    def open_project(self, path: Path) -> None:
        """Open a `.birch.gpkg` and its rasters."""
        self._start(path, lambda: opening.open_project(path))

    def open_moved(self, path: Path, moved: Mapping[Path, Path]) -> None:
        """Open a `.birch.gpkg` some of whose rasters lie elsewhere now: from recorded to new place."""
        places = dict(moved)
        self._start(path, lambda: opening.open_moved(path, places))

    def open_with_rasters(self, sources: PlotSources, path: Path) -> None:
        """Open a `.birch.gpkg` with other rasters than it knows."""
        self._start(path, lambda: opening.open_with_rasters(path, sources))

    def open_ortho(self, sources: PlotSources, project_path: Path) -> None:
        """Make a new project at `project_path` for an orthomosaic and open it."""
        self._start(project_path, lambda: opening.create_project(project_path, sources))

    def _start(self, path: Path, read: Callable[[], Opened]) -> None:
        self._asked += 1
        number = self._asked
        self._is_opening = True
        self.openingStarted.emit(path.name)
        self._background.run(
            read, lambda opened: self._take(number, opened), lambda error: self._refuse(number, path, error)
        )

    def _take(self, number: int, opened: Opened) -> None:
        if number != self._asked:  # the user has asked for another plot meanwhile
            opened.project.close()
            opened.plot.close()
            return
        self._is_opening = False
        self.close()
        self._project, self._plot = opened.project, opened.plot
        self._records_revision = opened.project.records_revision
        self.opened.emit()
        self.findingsChanged.emit()
        self.historyChanged.emit()

    def _refuse(self, number: int, path: Path, error: BirchtreeError) -> None:
        if number == self._asked:
            self._is_opening = False
            self.openFailed.emit(path, error)

    def close(self) -> None:
        """Close the plot, if one is open; nothing is lost, since every edit is on disk."""
        if self._project is None or self._plot is None:
            return
        self.closing.emit()
        project, plot = self._project, self._plot
        self._project = self._plot = None
        self._selection, self._staged_outlines = frozenset(), ()
        project.close()
        plot.close()
        self.closed.emit()

    def shut_down(self) -> None:
        """Close the plot and end the opening thread, before the program ends."""
        self._background.shut_down()
        self.close()

    # ---- edits

    def do(self, edit: CrownEdit) -> bool:
        """Apply an edit and write it to disk; a failure becomes a message and returns False."""
        try:
            self.refresh()
            with waiting(is_long(edit)):
                self.project.apply(edit, by=self.by)
        except BirchtreeError as error:
            self.message.emit("error", str(error))
            return False
        self._announce(edit.touched_ids)
        return True

    def note_down(self, key: str, text: str) -> bool:
        """Write what the window remembers of the plot; a failure becomes a message and returns False."""
        try:
            self.project.set_meta(key, text)
        except BirchtreeError as error:
            self.message.emit("error", str(error))
            return False
        return True

    def undo(self) -> None:
        """Take the latest edit back; a failure becomes a message."""
        self._restore(self.project.undo, undone=False)

    def redo(self) -> None:
        """Do again what was taken back; a failure becomes a message."""
        self._restore(self.project.redo, undone=True)

    @property
    def undo_name(self) -> str | None:
        """Name of the edit that `undo` would take back."""
        return None if self._project is None else self._project.undo_name

    @property
    def redo_name(self) -> str | None:
        """Name of the edit that `redo` would do again."""
        return None if self._project is None else self._project.redo_name

    def history(self) -> tuple[HistoryEntry, ...]:
        """Every edit so far, oldest first."""
        return () if self._project is None else self._project.history()

    def set_measures(self, measures: Mapping[int, Measures | None]) -> None:
        """Write what was measured of some crowns; not an edit. A failure becomes a message."""
        table = self.project.table
        here = {tree_id: values for tree_id, values in measures.items() if tree_id in table}
        if not here:
            return
        try:
            self.project.set_measures(here)
        except BirchtreeError as error:
            self.message.emit("error", str(error))
            return
        self.refresh()  # writing takes over what others wrote meanwhile
        self.crownsChanged.emit(frozenset(here))

    def refresh(self) -> None:
        """Read what a worker process wrote into the file."""
        changed = self.project.refresh()
        if changed is not None:
            self._announce(changed)
        else:
            self._look_at_records()

    def refresh_some(self, most: int) -> bool:
        """Read as many crowns of what a worker process wrote; whether there are more (`jobs.catching_up`)."""
        changed = self.project.refresh(most)
        if changed is not None:
            self._tell(changed)
        else:
            self._look_at_records()
        return self.project.is_behind

    def _restore(self, step: Callable[[], CrownEdit | None], *, undone: bool) -> None:
        try:
            with waiting(self.project.is_long(undone=undone)):
                edit = step()
        except BirchtreeError as error:
            self.message.emit("error", str(error))
            return
        if edit is not None:
            self._announce(edit.touched_ids)
            self.restored.emit(edit.touched_ids)

    def _announce(self, ids: frozenset[int]) -> None:
        self._tell(ids | (self.project.refresh() or frozenset()))

    def _tell(self, ids: frozenset[int]) -> None:
        # The selection is put right first: whoever hears of the crowns may ask for the selected ones.
        kept = self.project.table.shown(self._selection)
        selection_changed, self._selection = kept != self._selection, kept
        self.crownsChanged.emit(ids)
        self._look_at_records()
        self.historyChanged.emit()
        if selection_changed:
            self.selectionChanged.emit()

    def _look_at_records(self) -> None:
        revision = self.project.records_revision
        if revision != self._records_revision:
            self._records_revision = revision
            self.recordsChanged.emit()

    # ---- crowns and selection

    def is_visible(self, tree_id: int) -> bool:
        """Whether a crown exists and is not deleted."""
        table = self.table
        return table is not None and tree_id in table and table.get(tree_id).review != "deleted"

    @property
    def selection(self) -> frozenset[int]:
        """Ids of the selected crowns."""
        return self._selection

    def set_selection(self, ids: Iterable[int]) -> None:
        """Select these crowns and no others; those that are gone meanwhile (undone, say) are left out."""
        table = self.table
        chosen = frozenset(int(tree_id) for tree_id in ids if table is not None and int(tree_id) in table)
        if chosen != self._selection:
            self._selection = chosen
            self.selectionChanged.emit()

    def selected_crowns(self) -> list[Crown]:
        """The selected crowns in ascending order of id."""
        table = self.table
        return [] if table is None or not self._selection else table.crowns(sorted(self._selection))

    def take_ids(self, count: int) -> Sequence[int]:
        """Fresh ids for new crowns; never given to others, also after a crash."""
        return self.project.take_ids(count)

    # ---- a run in progress

    @property
    def staged_outlines(self) -> tuple[shapely.Polygon, ...]:
        """What a run has outlined so far, before seams are merged, in the plot CRS; empty when no run is going on."""
        return self._staged_outlines

    def set_staged_outlines(self, outlines: Iterable[shapely.Polygon]) -> None:
        """Show the outlines of a run in progress; an empty list removes them."""
        self._staged_outlines = tuple(outlines)
        self.stagedChanged.emit()
