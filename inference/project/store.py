"""Project: one plot's crowns, rasters, runs and history in one file that is always saved."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

import inference
from inference.clock import now
from inference.crowns.crown import Measures
from inference.crowns.edits import CrownEdit
from inference.crowns.table import CrownTable
from inference.project import copies, creation, database, migrate, rasters, soundness
from inference.project.codec import StagedCrown
from inference.project.crown_file import CrownFile
from inference.project.journal import HistoryEntry, Journal
from inference.project.rasters import RasterRecord, Sources
from inference.project.readings import Readings
from inference.project.record_access import RecordAccess
from inference.project.runs import Json, RunRecord, RunState, RunStore
from inference.project.species_heads import SpeciesHeadRecord, SpeciesHeads

if TYPE_CHECKING:
    from inference.plot.plot import PlotSources

__all__ = ["HistoryEntry", "Project", "RasterRecord", "RunRecord", "StagedCrown", "now"]


class Project(RecordAccess):
    """An open project file; get one with `create` or `open`.

    Every change is one transaction that is on disk when the method returns. Other processes may change the file at the
    same time; each change first takes over what they wrote, and raises `EditConflict` if it no longer fits. May be
    opened in one thread and used in another, by one thread at a time.

    Every method raises `ProjectError` when the file cannot be read or written; nothing is then half done.
    `read_only_reason` is "" when changes are accepted; `notes` are sentences about what was found when opening;
    `readings` is what trait models read.
    """

    def __init__(self, path: Path, opened: database.Opened, *, notes: Iterable[str] = ()) -> None:
        self.path = path
        self.read_only_reason = opened.read_only_reason
        self._connection = opened.connection
        self._runs = RunStore(self._connection)
        self._crowns = CrownFile(self._connection, path, unit_m=self.unit_m, read_only_reason=self.read_only_reason)
        self._journal = Journal(self._connection, self._crowns.table.look_up)
        self._heads = SpeciesHeads(self._connection, self._crowns)
        self.readings = Readings(self._connection, self._crowns, path)
        self.notes: tuple[str, ...] = (*notes, *self._crowns.notes)

    # ---- opening and closing

    @classmethod
    def create(cls, path: Path, sources: Sources, *, crs_wkt: str, unit_m: float = 1.0) -> "Project":
        """Make a new project file and open it.

        Args:
            path: must not exist yet; by custom it ends in ".birch.gpkg".
            sources: the plot's files (a `PlotSources`).
            crs_wkt: the plot CRS, "" when unknown.
            unit_m: metres per unit of the plot CRS.

        Raises:
            ProjectError: the file exists already, or cannot be written there.
            InputError: one of the sources is not there.
        """
        facts = {
            "app_version": inference.__version__,
            "created_at": now(),
            "crs_wkt": crs_wkt,
            "unit_m": repr(float(unit_m)),
        }
        creation.create(Path(path), sources, facts)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "Project":
        """Open a project file; for reading only when asked or when it cannot be written.

        Raises:
            ProjectError: missing, empty, damaged, locked, of another program, or of a newer BirchTree.
        """
        path = Path(path)
        opened = database.connect(path, lambda connection: migrate.check(connection, path), read_only=read_only)
        try:
            with database.plain_errors(path):
                opened, notes = migrate.up_to_date(opened, path)
                soundness.check(opened.connection)
                return cls(path, opened, notes=notes)
        except BaseException:
            database.close(opened.connection, read_only=bool(opened.read_only_reason))
            raise

    def close(self) -> None:
        """Close the file. There is nothing to save."""
        database.close(self._connection, read_only=self.read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Whether changes are refused."""
        return bool(self.read_only_reason)

    def save_copy(self, path: Path) -> None:
        """Write the project as it is now to another file, which must not exist yet."""
        creation.refuse_existing(path)
        with database.plain_errors(path):
            copies.write_copy(self._connection, path)

    # ---- facts and rasters

    @property
    def crs_wkt(self) -> str:
        """The plot CRS, "" when unknown."""
        return self.meta("crs_wkt") or ""

    @property
    def unit_m(self) -> float:
        """Metres per unit of the plot CRS."""
        with database.plain_errors(self.path), soundness.sound("its unit"):
            unit_m = float(self.meta("unit_m") or 1.0)
            if not 1e-6 < unit_m < 1e6:
                raise ValueError(f"{unit_m} m")
            return unit_m

    def meta(self, key: str) -> str | None:
        """A fact about the project, None when there is none of that name."""
        with database.plain_errors(self.path):
            row = self._connection.execute("SELECT value FROM birch_meta WHERE key = ?", (key,)).fetchone()
        return None if row is None or row[0] is None else str(row[0])

    def set_meta(self, key: str, value: str | None) -> None:
        """Remember a fact about the project; None forgets it."""
        with self._crowns.writing():
            self._connection.execute("DELETE FROM birch_meta WHERE key = ?", (key,))
            if value is not None:
                self._connection.execute("INSERT INTO birch_meta (key, value) VALUES (?, ?)", (key, value))

    @property
    def rasters(self) -> tuple[RasterRecord, ...]:
        """The plot's files as recorded: orthomosaic, DSM, DTM, area of interest."""
        with database.plain_errors(self.path):
            return rasters.read(self._connection)

    def locate_rasters(self) -> "PlotSources":
        """Where the plot's files are now: beside the project first, then at their old place.

        Raises:
            InputError: one of them is at neither.
        """
        return rasters.locate(self.rasters, self.path)

    def set_sources(self, sources: Sources) -> None:
        """Record where the plot's files are now."""
        with self._crowns.writing():
            rasters.write(self._connection, rasters.records(sources, self.path.parent))

    # ---- crowns and history

    @property
    def table(self) -> CrownTable:
        """The crowns; change them through this class only."""
        return self._crowns.table

    def take_ids(self, n: int) -> range:
        """`n` fresh tree ids that nobody else will ever get, also when they are not used."""
        return self._crowns.take_ids(n)

    def apply(self, edit: CrownEdit, *, by: str | None = None) -> None:
        """Make an edit, on disk and in the table; steps that were undone can then no longer be done again.

        Raises:
            EditConflict: its crowns have changed meanwhile; nothing was done.
        """
        with self._crowns.editing() as editing:
            self._journal.append(editing.write(edit), at=now(), by=by)

    def undo(self) -> CrownEdit | None:
        """Take back the latest step and return the edit that did so; None when there is none.

        Raises:
            EditConflict: another program has changed its crowns since; nothing was done.
        """
        with self._crowns.editing() as editing:
            step = self._journal.last_done()
            if step is None:
                return None
            self._journal.mark(step[0], undone=True)
            return editing.replay(step[1].inverse(), "undone")

    def redo(self) -> CrownEdit | None:
        """Do again the step that was taken back last and return the edit; None when there is none.

        Raises:
            EditConflict: another program has changed its crowns since; nothing was done.
        """
        with self._crowns.editing() as editing:
            step = self._journal.first_undone()
            if step is None:
                return None
            self._journal.mark(step[0], undone=False)
            return editing.replay(step[1], "done again")

    @property
    def undo_name(self) -> str | None:
        """Name of the step that `undo` would take back."""
        with database.plain_errors(self.path):
            return self._journal.last_done_name()

    @property
    def redo_name(self) -> str | None:
        """Name of the step that `redo` would do."""
        with database.plain_errors(self.path):
            return self._journal.first_undone_name()

    def is_long(self, *, undone: bool) -> bool:
        """Whether the next step to undo, or to redo (`undone`), takes a moment: it is about thousands of crowns."""
        with database.plain_errors(self.path):
            return self._journal.is_long(undone=undone)

    def history(self) -> tuple[HistoryEntry, ...]:
        """Every step, oldest first; also those of earlier sessions and other processes."""
        with database.plain_errors(self.path):
            return self._journal.entries()

    def set_measures(self, measures: Mapping[int, Measures | None]) -> None:
        """Write what was measured of some crowns; no step of the history.

        Crowns that are gone, or whose outline another process has changed since the last `refresh`, are passed over.
        """
        self._crowns.set_measures(measures)

    def embeddings(self, model_id: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """(N,) ids and (N, E) float32 of the visible crowns whose outline is still the one that the model saw."""
        return self.readings.embeddings(model_id)

    def save_species_head(self, head: SpeciesHeadRecord) -> None:
        """Keep a head that was taught here, in place of one of the same id; no step of the history."""
        self._heads.save(head)

    def species_heads(self) -> tuple[SpeciesHeadRecord, ...]:
        """The heads that were taught here, oldest first."""
        with database.plain_errors(self.path):
            return self._heads.all()

    def refresh(self, most: int | None = None) -> frozenset[int] | None:
        """Take over what others wrote, `most` crowns at a time; ids of those that changed, None when none did."""
        return self._crowns.refresh(most) or None

    @property
    def is_behind(self) -> bool:
        """Whether the latest `refresh` left something for the next."""
        return self._crowns.is_behind

    # ---- runs

    def create_run(self, run: RunRecord) -> None:
        """Record a run before its first tile."""
        with self._crowns.writing():
            self._runs.add(run)

    def runs(self) -> tuple[RunRecord, ...]:
        """Every run, oldest first."""
        with database.plain_errors(self.path):
            return self._runs.all()

    def set_run_state(self, run_id: str, state: RunState, *, summary: Json = None) -> None:
        """Note that a run goes on, is done or was cancelled; what was staged stays."""
        with self._crowns.writing():
            self._end_run(run_id, state, summary)

    def stage_tile(self, run_id: str, tile_index: int, crowns: Sequence[StagedCrown]) -> None:
        """Keep what a finished tile gave: the point from which the run goes on after a crash."""
        with self._crowns.writing():
            self._runs.stage(run_id, tile_index, crowns)

    def staged_tiles(self, run_id: str) -> set[int]:
        """Tiles of a run that are finished, also those without a crown."""
        with database.plain_errors(self.path):
            return self._runs.staged_tiles(run_id)

    def staged(self, run_id: str, tiles: Sequence[int] | None = None) -> list[StagedCrown]:
        """What the finished tiles of a run gave, or some of them, in tile order and within a tile as staged."""
        with database.plain_errors(self.path):
            return self._runs.staged(run_id, tiles)

    def finish_run(
        self, run_id: str, edit: CrownEdit | None, summary: Json = None, *, by: str | None = None, settles: str = ""
    ) -> None:
        """End a run: its crowns become one step of the history, its staged tiles go, all in one transaction.

        `settles` names the trait model whose species are in the edit.

        Raises:
            EditConflict: crowns that it replaces have changed meanwhile; nothing was done.
        """
        with self._crowns.editing() as editing:
            if edit is not None and (edit.removed or edit.added):
                self._journal.append(editing.write(edit), at=now(), by=by)
            self._runs.drop_staged(run_id)
            if settles:
                self.readings.settle(settles)
            self._end_run(run_id, "done", summary)

    def drop_staged(self, run_id: str) -> None:
        """Give up what the tiles of an unfinished run gave."""
        with self._crowns.writing():
            self._runs.drop_staged(run_id)

    def _end_run(self, run_id: str, state: RunState, summary: Json) -> None:
        at = None if state == "running" else now()
        if not self._runs.set_state(run_id, state, at=at, summary=summary):
            raise KeyError(run_id)
