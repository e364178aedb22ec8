"""Keeps the crown table in memory and the layer in the file the same, whoever writes the file."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from inference.crowns import in_columns
from inference.crowns.collecting import without_collecting
from inference.crowns.crown import Crown, Measures, same_outline
from inference.crowns.edit_parts import EditParts, parts_of
from inference.crowns.edits import CrownEdit
from inference.crowns.fitting import fit
from inference.crowns.table import CrownTable
from inference.errors import EditConflict, ProjectError
from inference.project import copies, database, rows, soundness
from inference.project.records import RecordFile

# Behind every crown's number: all changes of a revision are known.
_ALL = (1 << 63) - 1


class CrownFile:
    """The crowns of an open project file.

    Triggers count every row change in `birch_state.revision` and note its crown in `birch_changes`, so that changes by
    other processes are found by comparing one number. Rows written by other programs carry `outside = 1` until this
    class has checked them.

    Attributes:
        table: as of `refresh`, or of the last change made here.
        records: what the file keeps beside the crowns.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, *, unit_m: float, read_only_reason: str) -> None:
        self._connection = connection
        self._path = path
        self._unit_m = unit_m
        self._read_only_reason = read_only_reason
        self._identity = copies.identity(path)
        self.records = RecordFile(connection)
        self._srs_id = self._number("SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = 'crowns'")
        if not -(1 << 31) <= self._srs_id < 1 << 31:
            raise sqlite3.DatabaseError(f"the number of its CRS is {self._srs_id}")
        self._data_version = self._number("PRAGMA data_version")
        with self._snapshot():
            self._revision = self._number("SELECT revision FROM birch_state")
            self.table, self._shapeless = rows.read_table(connection, unit_m)
        self._last_id = _ALL  # of that revision; less while a change is taken over in portions
        # What changes of ours took over from other processes on the way, until `refresh` tells.
        self._unheard: frozenset[int] = frozenset()
        self._checked = -1  # up to which revision the rows of other programs were checked
        self._adopt()

    @property
    def notes(self) -> list[str]:
        """What a person should know about the rows of the file."""
        ids = sorted(self._shapeless)
        some = ", ".join(str(tree_id) for tree_id in ids[:5]) + (", …" if len(ids) > 5 else "")
        return [f"{len(ids)} rows without a usable outline are left out (tree_id {some})."] if ids else []

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction, refused when the file cannot be written."""
        if self._read_only_reason:
            raise ProjectError(
                "project.read_only",
                "{name} is open for reading only: {why}. Save a copy where you may write, and work on that.",
                name=self._path.name,
                why=self._read_only_reason,
            )
        with database.plain_errors(self._path):
            copies.demand_in_place(self._connection, self._path, self._identity)
            with database.transaction(self._connection):
                yield

    @contextmanager
    def editing(self) -> Iterator["Editing"]:
        """A transaction that changes crowns; the table follows once it is on disk."""
        try:
            with without_collecting(), self.writing():
                self._unheard |= self._repair()
                session = Editing(
                    self._connection, self.table, self._shapeless, self.records, self._srs_id, self._unit_m
                )
                yield session
                revision = self._mark_ours()
        except BaseException:
            # The repairs of other programs' rows were rolled back too; look at those rows again next time.
            self._checked = -1
            raise
        self._know(revision)
        for follow in session.then:
            follow()

    def take_ids(self, n: int) -> range:
        """`n` fresh tree ids."""
        with self.writing():
            query = "UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'crowns' RETURNING seq"
            ((last,),) = self._connection.execute(query, (n,)).fetchall()
        return range(last - n + 1, last + 1)

    def set_measures(self, measures: Mapping[int, Measures | None], beside: Callable[[], object] | None = None) -> None:
        """Write what was measured on the outlines of the table; crowns that are gone or were moved are passed over.

        `beside` writes more in the same transaction.
        """
        table = self.table
        ids = list(measures)
        before = table.look_up(ids)
        with self.editing() as editing:
            pairs = zip(ids, before, table.look_up(ids), strict=True)
            still = (i for i, was, now in pairs if was is not None and now is not None and same_outline(was, now))
            editing.measure({tree_id: measures[tree_id] for tree_id in still})
            if beside is not None:
                beside()

    @property
    def is_behind(self) -> bool:
        """Whether the latest `refresh` left something for the next."""
        return self._last_id != _ALL

    def refresh(self, most: int | None = None) -> frozenset[int]:
        """Take over what other processes wrote; ids of the crowns that changed.

        `most` is how many crowns to read before coming back, so that nobody has to wait for a whole run; `is_behind`
        tells whether there are more. Any change made here takes over the rest first.
        """
        with without_collecting(), database.plain_errors(self._path):
            data_version = self._number("PRAGMA data_version")
            is_known = data_version == self._data_version and not self.is_behind
            changed = frozenset() if is_known else self._adopt(most)
            self._data_version = data_version
            unheard, self._unheard = self._unheard, frozenset()
            return changed | unheard

    def _adopt(self, most: int | None = None) -> frozenset[int]:
        """Catch up, and write back what had to be put right in the rows of other programs."""
        outside = self._connection.execute("SELECT 1 FROM birch_changes WHERE outside = 1 LIMIT 1").fetchone()
        if outside is None or self._read_only_reason:
            with self._snapshot():
                return self._catch_up(most)[0]
        with database.transaction(self._connection):
            changed = self._repair()
            revision = self._mark_ours()
        self._know(revision)
        return changed

    def _know(self, revision: int) -> None:
        self._revision = self._checked = revision
        self._last_id = _ALL

    def _repair(self) -> frozenset[int]:
        """Catch up inside a transaction; ids of the crowns that changed."""
        changed, repaired = self._catch_up()
        rows.update(self._connection, repaired, srs_id=self._srs_id, unit_m=self._unit_m)
        return changed

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Read one state of the file, however others go on writing."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def _catch_up(self, most: int | None = None) -> tuple[frozenset[int], tuple[Crown, ...]]:
        """Read the crowns that changed since the revision we know; their ids, and the crowns to write back.

        A portion of `most` leaves off at a crown of a revision: what is changed again meanwhile gets a later one.
        """
        revision = self._number("SELECT revision FROM birch_state")
        if revision == self._checked:
            return frozenset(), ()
        ours = self._connection.execute(
            "SELECT tree_id, revision FROM birch_changes WHERE outside = 0 AND (revision, tree_id) > (?, ?) "
            "ORDER BY revision, tree_id LIMIT ?",
            (self._revision, self._last_id, -1 if most is None else most),
        ).fetchall()
        changed, _ = self._read(frozenset(tree_id for tree_id, _ in ours), check=False)
        if len(ours) == most:
            self._last_id, self._revision = ours[-1]
            return changed, ()
        since = "SELECT tree_id FROM birch_changes WHERE outside = 1 AND revision > ?"
        more, repaired = self._read(self._ids(since, self._checked), check=True)
        self._know(revision)
        return changed | more, repaired

    def _read(self, ids: frozenset[int], *, check: bool) -> tuple[frozenset[int], tuple[Crown, ...]]:
        """Bring these crowns of the table up to the file; the ids that differed, and the crowns to write back."""
        found = rows.read_some(self._connection, ids, self._unit_m, check=check)
        self._shapeless = (self._shapeless - ids) | found.shapeless
        table = self.table
        known = table.look_up([crown.tree_id for crown in found.crowns])
        fresh = [crown for crown, now in zip(found.crowns, known, strict=True) if now is None or now != crown]
        gone = [i for i in ids.difference(crown.tree_id for crown in found.crowns) if i in table]
        table.overwrite(fresh, gone)
        return frozenset(gone).union(crown.tree_id for crown in fresh), found.repaired

    def _mark_ours(self) -> int:
        """Tell our rows from those of other programs; the new revision."""
        self._connection.execute("UPDATE birch_changes SET outside = 0 WHERE outside = 1")
        return self._number("SELECT revision FROM birch_state")

    def _ids(self, query: str, *values: int) -> frozenset[int]:
        return frozenset(tree_id for (tree_id,) in self._connection.execute(query, values))

    def _number(self, query: str) -> int:
        with soundness.sound("a count"):
            return int(self._connection.execute(query).fetchone()[0])


class Editing:
    """What may be done to crowns inside one transaction.

    Attributes:
        then: what to do to the table after the commit.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        table: CrownTable,
        shapeless: frozenset[int],
        records: RecordFile,
        srs_id: int,
        unit_m: float,
    ) -> None:
        self._connection = connection
        self._table = table
        self._shapeless = shapeless
        self._records = records
        self._srs_id = srs_id
        self._unit_m = unit_m
        self.then: list[Callable[[], object]] = []

    def write(self, edit: CrownEdit) -> EditParts:
        """Write an edit to the layer and return it as it really happened.

        Raises:
            EditConflict: its crowns have changed meanwhile.
        """
        parts = parts_of(fit(edit, self._table.look_up))
        for crown in parts.new:
            if crown.tree_id in self._shapeless:
                raise EditConflict(
                    "edit.shapeless",
                    "“{name}” cannot be done: another program left a row {tree_id} without an outline in the file.",
                    name=edit.name,
                    tree_id=crown.tree_id,
                )
        self._records.write(edit.name, edit.records)
        rows.write(self._connection, parts, srs_id=self._srs_id, unit_m=self._unit_m)
        self.then.append(lambda: self._table.follow(parts))
        return parts

    def replay(self, edit: CrownEdit, what: str) -> CrownEdit:
        """Write a step of the history, or its inverse; `what` says in the error what cannot be ("undone")."""
        try:
            return self.write(edit).edit
        except EditConflict as conflict:
            if conflict.code == "edit.record_changed":
                raise
            raise EditConflict(
                "edit.overtaken",
                "“{name}” can no longer be {what}, because crown {tree_id} was changed by another program since.",
                name=edit.name,
                what=what,
                tree_id=conflict.facts["tree_id"],
            ) from conflict

    def measure(self, measures: Mapping[int, Measures | None]) -> None:
        """Write what was measured of crowns that are in the table."""
        crowns = in_columns.changed(self._table.crowns(measures), {"measures": measures.values()})
        rows.update_attributes(self._connection, crowns, ("measures",))
        self.then.append(lambda: self._table.set_measures(measures))
