"""A project that cannot be written opens for reading, says why, and refuses changes with a sentence."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from protection import write_protected
from random_edits import new_project, sources, squares, with_crowns

from inference.crowns import edits
from inference.errors import ProjectError
from inference.project.runs import RunRecord
from inference.project.store import Project

CHANGES: dict[str, Callable[[Project], object]] = {
    "apply": lambda project: project.apply(edits.add("Add", squares([50]))),
    "undo": lambda project: project.undo(),
    "redo": lambda project: project.redo(),
    "take_ids": lambda project: project.take_ids(1),
    "set_meta": lambda project: project.set_meta("a", "b"),
    "set_measures": lambda project: project.set_measures({1: None}),
    "create_run": lambda project: project.create_run(RunRecord("r", "segment", "watershed")),
    "stage_tile": lambda project: project.stage_tile("r", 1, []),
    "finish_run": lambda project: project.finish_run("r", None),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_refused_and_nothing_else(tmp_path: Path, change: str) -> None:
    path = tmp_path / "a.birch.gpkg"
    with_crowns(path).close()
    content = path.read_bytes()
    with Project.open(path, read_only=True) as project:
        assert project.read_only
        crowns, revision = project.table.crowns(), project.table.revision
        with pytest.raises(ProjectError, match="is open for reading only") as caught:
            CHANGES[change](project)
        assert caught.value.code == "project.read_only"
        assert (project.table.crowns(), project.table.revision) == (crowns, revision)
        assert project.undo_name == "Add crowns"
        assert project.refresh() is None
    assert path.read_bytes() == content
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.birch.gpkg", "ortho.tif"]


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_write_protected_project_opens_for_reading(tmp_path: Path, what: str) -> None:
    path = tmp_path / "a.birch.gpkg"
    with_crowns(path).close()
    with write_protected(path if what == "file" else tmp_path), Project.open(path) as project:
        assert project.read_only
        assert "write-protected" in project.read_only_reason
        assert len(project.table) == 3
        assert project.undo_name == "Add crowns"
        with pytest.raises(ProjectError, match="Save a copy where you may write"):
            project.undo()
    with Project.open(path) as project:
        assert not project.read_only


def test_a_project_in_write_ahead_mode_opens_from_a_write_protected_folder(tmp_path: Path) -> None:
    # As a file copied from a running computer: its header says write-ahead log, but there is none beside it.
    path = tmp_path / "a.birch.gpkg"
    project = with_crowns(path)
    project._connection.close()
    assert path.read_bytes()[18] == 2
    with write_protected(tmp_path), Project.open(path) as reader:
        assert reader.read_only
        assert len(reader.table) == 3


def test_what_the_system_denies_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Access lists and network shares deny what permission bits allow; only the system's answer counts.
    path = tmp_path / "a.birch.gpkg"
    with_crowns(path).close()
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: (Path(p), mode) != (path, os.W_OK) and allowed(p, mode))
    with Project.open(path) as project:
        assert project.read_only_reason == "the file is write-protected"


def test_a_reader_sees_what_a_writer_does(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path) as writer, Project.open(path, read_only=True) as reader:
        writer.apply(edits.add("Add", squares([50])))
        assert reader.refresh() == {50}
        assert len(reader.table) == 4


def test_a_new_project_in_a_write_protected_folder(tmp_path: Path) -> None:
    sources(tmp_path)
    with write_protected(tmp_path), pytest.raises(ProjectError, match="cannot be made in") as caught:
        new_project(tmp_path / "a.birch.gpkg")
    assert caught.value.code == "project.not_creatable"
