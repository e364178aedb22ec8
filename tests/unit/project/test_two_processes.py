"""Window and worker on one project: each sees what the other did, and neither overwrites it."""

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_edits import RandomEditor, digest, new_project, squares, with_crowns

from inference.crowns import edits
from inference.crowns.crown import Measures
from inference.crowns.edits import CrownEdit
from inference.errors import EditConflict
from inference.project.store import Project


def test_edits_of_one_reach_the_other(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as window, Project.open(window.path) as worker:
        worker.apply(edits.add("Add", squares(worker.take_ids(2))))
        worker.set_measures({1: Measures(height_m=3.0)})
        assert window.refresh() == {1, 4, 5}
        assert window.refresh() is None
        assert window.table.crowns() == worker.table.crowns()
        assert window.undo_name == "Add"
        window.undo()
        assert worker.refresh() == {4, 5}
        assert worker.history() == window.history()


def test_ids_are_shared(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as window, Project.open(window.path) as worker:
        taken = [*window.take_ids(2), *worker.take_ids(2), *window.take_ids(1)]
        assert taken == [4, 5, 6, 7, 8]


def test_edits_of_different_crowns_both_go_in(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as window, Project.open(window.path) as worker:
        first = edits.change("Window", window.table.crowns([1]), lambda c: replace(c, note="window"))
        second = edits.change("Worker", worker.table.crowns([2]), lambda c: replace(c, note="worker"))
        window.apply(first)
        worker.apply(second)
        assert [c.note for c in worker.table.crowns()] == ["window", "worker", ""]
        revision = window.table.revision
        window.apply(CrownEdit("Nothing"))
        assert window.table.changed_since(revision) == {2}
        assert window.table.crowns() == worker.table.crowns()


def test_the_second_edit_of_one_crown_conflicts_and_nothing_of_it_happens(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as window, Project.open(window.path) as worker:
        late = CrownEdit("Late", removed=tuple(worker.table.crowns([1, 2])), added=tuple(squares([2, 9], note="late")))
        window.apply(edits.change("Early", window.table.crowns([2]), lambda c: replace(c, note="early")))
        with pytest.raises(EditConflict, match="“Late” cannot be done: crown 2 was changed meanwhile"):
            worker.apply(late)
        assert worker.table.crowns() == window.table.crowns()
        assert [entry.name for entry in worker.history()] == ["Add crowns", "Early"]
        assert window.refresh() is None


def test_measuring_while_somebody_reshapes(tmp_path: Path) -> None:
    # The worker measured the old outline; the window has moved it since. Old heights must not land on the new outline.
    with with_crowns(tmp_path / "a.birch.gpkg") as window, Project.open(window.path) as worker:
        measured = {1: Measures(height_m=5.0), 2: Measures(height_m=6.0)}
        other = squares([8])[0].outline
        window.apply(edits.change("Reshape", window.table.crowns([1]), lambda c: c.with_outline(other)))
        worker.set_measures(measured)
        assert worker.table.get(1).measures is None
        assert worker.table.get(2).measures == Measures(height_m=6.0)


_WORKER = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from random_edits import RandomEditor
from inference.errors import EditConflict
from inference.project.store import Project
with Project.open(Path(sys.argv[1])) as project:
    editor = RandomEditor(project, int(sys.argv[4]))
    print("ready", flush=True)
    sys.stdin.readline()
    done = conflicts = 0
    while done < 150:
        try:
            editor.step()
            done += 1
        except EditConflict:
            conflicts += 1
            project.refresh()
    print(done, conflicts, flush=True)
"""


def test_three_processes_editing_at_once_end_in_one_history(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with new_project(path) as project:
        editor = RandomEditor(project, 0)
        for _ in range(30):
            editor.step()
        here = Path(__file__).resolve()
        command = [sys.executable, "-c", _WORKER, str(path), str(here.parent), str(here.parents[3])]
        workers = [
            subprocess.Popen([*command, str(n)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for n in (1, 2)
        ]
        for worker in workers:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.write("go\n")
            worker.stdin.flush()
        done = 0
        while done < 150:
            try:
                editor.step()
                done += 1
            except EditConflict:
                project.refresh()
        for worker in workers:
            output, _ = worker.communicate()
            assert worker.returncode == 0
            assert output.startswith("150 ")
        project.refresh()
        end = digest(project.table)
        assert len(project.history()) == 30 + 3 * 150
        with Project.open(path) as fresh:
            assert digest(fresh.table) == end
        for _ in range(480):
            project.undo()
        assert len(project.table) == 0
        for _ in range(480):
            project.redo()
        assert digest(project.table) == end


def test_a_large_change_is_taken_over_in_portions(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as window, Project.open(window.path) as worker:
        worker.apply(edits.add("Add", squares(worker.take_ids(10))))
        assert window.refresh(4) == {4, 5, 6, 7}
        assert window.is_behind
        gone = tuple(worker.table.crowns([5, 9]))  # one that is known already, one that is not
        worker.apply(CrownEdit("Remove", removed=gone))
        assert window.refresh(4) == {8, 10, 11, 12}
        assert window.refresh(4) == {5, 13}  # crown 9 was never seen here
        assert not window.is_behind
        assert window.refresh(4) is None
        assert window.table.crowns() == worker.table.crowns()


def test_an_edit_between_two_portions_takes_over_the_rest_first(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as window, Project.open(window.path) as worker:
        worker.apply(edits.add("Add", squares(worker.take_ids(10))))
        window.refresh(3)
        window.apply(edits.change("Name", window.table.crowns([1]), lambda c: replace(c, species="Betula papyrifera")))
        assert not window.is_behind
        assert window.refresh() == set(range(7, 14))  # what the edit took over is still told
        worker.refresh()
        assert window.table.crowns() == worker.table.crowns()


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 12)), max_size=8), st.integers(0, 2**31))
@settings(max_examples=15, deadline=None)
def test_portions_end_with_the_same_table_as_one_read(steps: list[tuple[int, int]], seed: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        new_project(Path(folder) / "a.birch.gpkg") as worker,
        Project.open(worker.path) as window,
    ):
        editor = RandomEditor(worker, seed)
        seen: set[int] = set()
        for many, portion in steps:
            for _ in range(many):
                editor.step()
            seen |= window.refresh(portion) or set()
        while window.is_behind:
            seen |= window.refresh(3) or set()
        window.refresh(1000)
        assert digest(window.table) == digest(worker.table)
        assert set(window.table.ids.tolist()) <= seen
