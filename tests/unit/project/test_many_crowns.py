"""Edits of very many crowns go another way into the file than small ones, and keep every promise of theirs."""

import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from random_edits import digest, squares, with_crowns

from inference.crowns import columns, edits
from inference.crowns.crown import Crown, Measures
from inference.crowns.edits import CrownEdit
from inference.errors import EditConflict
from inference.project import change_log, codec, gpkg
from inference.project.outline_keys import outline_keys, quick_keys
from inference.project.store import Project

COUNT = change_log.MANY + 100
ROOT = Path(__file__).resolve().parents[3]


def some(project: Project, rng: random.Random) -> list[Crown]:
    ids = project.table.ids.tolist()
    return project.table.crowns(rng.sample(ids, change_log.MANY + 1))


def large_edit(project: Project, rng: random.Random) -> CrownEdit:
    """A large edit of any kind."""
    chosen = some(project, rng)
    kind = rng.randrange(6)
    if kind == 0:
        return edits.delete(chosen, by="a", at="b")
    if kind == 1:
        return edits.change("Name", chosen, lambda c: replace(c, species=rng.choice(["A", "B"]), species_score=None))
    if kind == 2:
        return edits.change("Field", chosen, lambda c: c.with_custom("no", rng.choice([1, True, 1.0, "1", None])))
    if kind == 3:
        heights = [Measures(height_m=rng.random(), dbh_cm=3.0) for _ in chosen]
        return edits.set_fields("Measure", chosen, {"measures": heights})
    if kind == 4:
        moved = [c.with_outline(shapely.transform(c.outline, lambda xy: xy + 0.5)) for c in chosen]
        return CrownEdit("Move", tuple(chosen), (*moved[:300], *[replace(c, note="n") for c in chosen[300:]]))
    return CrownEdit("Replace", tuple(chosen), tuple(squares(project.take_ids(change_log.MANY + 5), note="new")))


def triggers(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))


def check_index(project: Project) -> None:
    """The spatial index holds the box of every crown, rounded outwards by no more than it must."""
    query = "SELECT id, minx, miny, maxx, maxy FROM rtree_crowns_geom ORDER BY id"
    rows = project._connection.execute(query).fetchall()
    assert [row[0] for row in rows] == project.table.ids.tolist()
    boxes = np.array([row[1:] for row in rows])
    assert np.allclose(boxes, project.table.bounds_crs, rtol=1e-6)
    assert (boxes[:, :2] <= project.table.bounds_crs[:, :2]).all()
    assert (boxes[:, 2:] >= project.table.bounds_crs[:, 2:]).all()


@pytest.mark.parametrize("seed", range(3))
def test_large_edits_are_in_the_file_and_undone_and_done_again_after_reopening(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path, COUNT) as project:
        before = triggers(path)
        states = [digest(project.table)]
        for _ in range(6):
            project.apply(large_edit(project, rng))
            states.append(digest(project.table))
            check_index(project)
            assert project._connection.execute("SELECT sum(outside) FROM birch_changes").fetchone() == (0,)
    assert triggers(path) == before
    with Project.open(path) as project:
        assert digest(project.table) == states[-1]
        for state in reversed(states[:-1]):
            project.undo()
            assert digest(project.table) == state
        check_index(project)
    with Project.open(path) as project:
        assert digest(project.table) == states[0]
        for state in states[1:]:
            project.redo()
            assert digest(project.table) == state
    with Project.open(path) as project:
        assert digest(project.table) == states[-1]


_CRASH = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from inference.crowns import edits
from inference.project.store import Project
project = Project.open(Path(sys.argv[1]))
with project._crowns.editing() as editing:
    editing.write(edits.change("Note", project.table.crowns(), lambda crown: replace(crown, note="n")))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
def test_killed_in_the_middle_of_a_large_edit_it_never_was_and_the_triggers_are_there(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path, COUNT) as project:
        state = digest(project.table)
    before = triggers(path)
    done = subprocess.run([sys.executable, "-c", _CRASH, str(path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    with Project.open(path) as project:
        assert digest(project.table) == state
    assert triggers(path) == before


def test_a_large_edit_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path, COUNT) as project:
        before, state = triggers(path), digest(project.table)
        note = edits.change("Note", project.table.crowns(), lambda crown: replace(crown, note="n"))
        failing = "CREATE TEMP TRIGGER no AFTER INSERT ON birch_journal BEGIN SELECT raise(ABORT, 'x'); END"
        project._connection.execute(failing)
        with pytest.raises(sqlite3.DatabaseError):
            project.apply(note)
        project._connection.execute("DROP TRIGGER no")
        assert digest(project.table) == state
        project.apply(note)
    assert triggers(path) == before


def test_large_edits_reach_the_other_process_and_conflicts_are_found(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path, COUNT) as here, Project.open(path) as there:
        ids = here.table.ids[: change_log.MANY].tolist()
        here.apply(edits.change("Note", here.table.crowns(ids), lambda crown: replace(crown, note="n")))
        assert there.refresh() == frozenset(ids)
        assert digest(there.table) == digest(here.table)
        one = there.table.crowns([ids[7]])
        there.apply(edits.change("Accept", one, lambda crown: replace(crown, review="accepted")))
        there._connection.execute("DELETE FROM birch_journal WHERE name = 'Accept'")
        state = digest(there.table)
        with pytest.raises(EditConflict, match=f"crown {ids[7]} was changed"):
            here.undo()
        assert digest(here.table) == state


def test_other_programs_are_noticed_after_a_large_edit(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path, COUNT) as project:
        project.apply(edits.change("Note", project.table.crowns(), lambda crown: replace(crown, note="n")))
        with closing(sqlite3.connect(path)) as other, other:
            gpkg.register_functions(other)
            other.execute("UPDATE crowns SET note = 'QGIS' WHERE tree_id = 5")
        assert project.refresh() == {5}
        assert project.table.get(5).note == "QGIS"


def test_taking_back_a_step_brings_no_older_measures_back(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path, 6) as project:
        low, high, new = Measures(height_m=1.0), Measures(height_m=2.0), Measures(height_m=3.0)
        project.set_measures(dict.fromkeys(range(1, 7), low))
        crowns = project.table.crowns()
        read = {crown.tree_id: high if crown.tree_id < 4 else crown.measures for crown in crowns}
        after = [replace(crown, species="A", measures=read[crown.tree_id]) for crown in crowns]
        project.apply(CrownEdit("Read traits", tuple(crowns), tuple(after)))
        project.set_measures({1: new, 5: new})
    with Project.open(path) as project:
        project.undo()
        heights = [crown.measures.height_m for crown in project.table.crowns() if crown.measures is not None]
        assert heights == [1.0, 1.0, 1.0, 1.0, 3.0, 1.0]
        assert {crown.species for crown in project.table.crowns()} == {None}


def test_steps_as_they_were_stored_before_are_still_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path, 3) as project:
        before = project.table.crowns()
        project.apply(edits.change("Note", before, lambda crown: replace(crown, note="n", custom=(("no", 7),))))
        keys = outline_keys(columns.objects(crown.outline for crown in before)).tolist()
        changed = {columns.POSITION["note"]: "n", columns.POSITION["custom"]: '{"no":7}'}
        kept = [[crown.tree_id, key, columns.row_of(crown), changed] for crown, key in zip(before, keys, strict=True)]
        payload = codec._squeeze({"format": 2, "removed": [], "added": [], "kept": kept}, [])
        project._connection.execute("UPDATE birch_journal SET payload = ? WHERE name = 'Note'", (payload,))
    with Project.open(path) as project:
        project.undo()
        assert project.table.crowns() == before


def test_large_steps_are_small_in_the_file_and_told_as_long(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path, 12_000) as project:
        assert project.is_long(undone=False)  # the outlines
        project.apply(edits.change("Note", project.table.crowns([1]), lambda crown: replace(crown, note="n")))
        assert not project.is_long(undone=False)
        assert not project.is_long(undone=True)
        project.apply(edits.delete(project.table.crowns(), by="a", at="b"))
        assert project.is_long(undone=False)
        query = "SELECT length(payload) FROM birch_journal ORDER BY seq DESC LIMIT 1"
        assert project._connection.execute(query).fetchone()[0] < 20 * 12_000
        project.undo()
        assert project.is_long(undone=True)


def test_quick_keys_tell_outlines_apart() -> None:
    hole = shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 5, 5))
    one, moved = shapely.box(0, 0, 4, 4), shapely.box(0, 0, 4, np.nextafter(4, 5))
    far = shapely.box(2.0**20, 0, 2.0**20 + 4, 4)
    crossed = shapely.Polygon([(0, 0), (4, 4), (4, 0), (0, 4)])
    kinds = [one, moved, far, crossed, hole, shapely.Polygon(hole.exterior), shapely.Point(0, 0).buffer(2)]
    keys = quick_keys(columns.objects([*kinds, shapely.Polygon()])).tolist()
    assert len(set(keys)) == len(kinds) + 1
    assert keys[-1] == 0
    many = kinds * 500
    assert quick_keys(columns.objects(many)).tolist() == keys[:-1] * 500
    read = shapely.from_wkb(shapely.to_wkb(columns.objects(kinds)))
    assert quick_keys(read).tolist() == keys[:-1]
    assert quick_keys(np.zeros(0, object)).shape == (0,)


def test_what_all_of_many_crowns_get_is_written_to_these_and_no_others(tmp_path: Path) -> None:
    path = tmp_path / "plot.birch.gpkg"
    with with_crowns(path, count=2 * COUNT) as project:
        chosen = project.table.crowns(project.table.ids[::2][: change_log.MANY + 7].tolist())
        values = {"species": "Acer rubrum", "note": "it's “all”", "species_score": None}
        named = {name: [value] * len(chosen) for name, value in values.items()}
        project.apply(edits.set_fields("Name", chosen, named))
        after = digest(project.table)
    with Project.open(path) as project:
        assert digest(project.table) == after
        ids = {crown.tree_id for crown in chosen}
        assert {crown.tree_id for crown in project.table.crowns() if crown.species == "Acer rubrum"} == ids
        project.undo()
        assert not [crown for crown in project.table.crowns() if crown.species == "Acer rubrum"]
