"""A thousand random edits, undone to the start and done again to the end, across restarts."""

import random
from pathlib import Path

import pytest
from random_edits import RandomEditor, digest, new_project

from inference.project.store import Project


@pytest.mark.parametrize("seed", [1, 2])
def test_a_thousand_edits_undone_are_the_start_and_redone_the_end(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "a.birch.gpkg"
    project = new_project(path)
    editor = RandomEditor(project, seed)
    for _ in range(20):
        editor.step()
    start, states = digest(project.table), []
    for number in range(1000):
        editor.step()
        states.append(digest(project.table))
        if number in (300, 700):
            project.close()
            project = editor.project = Project.open(path)
            assert digest(project.table) == states[-1]
    rng = random.Random(seed)
    reopen_at = set(rng.sample(range(1000), 3))
    for number in range(999, -1, -1):
        assert project.undo() is not None
        assert digest(project.table) == (states[number - 1] if number else start)
        if number in reopen_at:
            project.close()
            project = Project.open(path)
    assert digest(project.table) == start
    assert sum(entry.undone for entry in project.history()) == 1000
    project.close()
    project = Project.open(path)
    assert digest(project.table) == start
    for _ in range(1000):
        assert project.redo() is not None
    assert digest(project.table) == states[-1]
    assert project.redo_name is None
    project.close()
    with Project.open(path) as project:
        assert digest(project.table) == states[-1]
        assert len(project.history()) == 1020


def test_undo_and_redo_in_any_order_follow_the_history(tmp_path: Path) -> None:
    with new_project(tmp_path / "a.birch.gpkg") as project:
        editor, rng = RandomEditor(project, 5), random.Random(5)
        states = [digest(project.table)]
        place = 0
        for _ in range(300):
            match rng.choice(["edit", "undo", "redo"]):
                case "edit":
                    editor.step()
                    place += 1
                    states[place:] = [digest(project.table)]
                case "undo":
                    assert (project.undo() is None) == (place == 0)
                    place = max(0, place - 1)
                case "redo":
                    assert (project.redo() is None) == (place == len(states) - 1)
                    place = min(len(states) - 1, place + 1)
            assert digest(project.table) == states[place]
        assert len(project.history()) == len(states) - 1
