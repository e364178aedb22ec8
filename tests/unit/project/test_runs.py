"""Runs and their tiles survive a crash, and end in one step of the history."""

from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from random_edits import squares, with_crowns

from inference.crowns import edits
from inference.crowns.edits import CrownEdit
from inference.errors import EditConflict
from inference.project.runs import RunRecord
from inference.project.store import Project, StagedCrown

RUN = RunRecord(
    "r1",
    "segment",
    "watershed",
    parameters={"min_height_m": 2.0, "fast": True, "name": "é", "none": None},
    plan={"tiles": [[0, 0], [1, 0]]},
    sources_key="abc",
    started_at="2026-11-21T10:00:00+00:00",
    app_version="0.1",
)


def one(project: Project) -> RunRecord:
    return project.runs()[0]


def staged(tile: int, count: int) -> list[StagedCrown]:
    return [
        StagedCrown(
            tile,
            shapely.box(10 * n, tile, 10 * n + 1 / 3, tile + 5),
            score=n / 7,
            edge=n == 1,
            anchor=(10 * n + 0.1, tile + 0.2),
            species_hints={"Picea": 0.7, "Épinette": 0.1} if n else {},
        )
        for n in range(count)
    ]


def test_runs_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path) as project:
        project.create_run(RUN)
        project.create_run(replace(RUN, run_id="r2", parameters={}, summary={"crowns": 3}, state="cancelled"))
    with Project.open(path) as project:
        assert project.runs() == (
            RUN,
            replace(RUN, run_id="r2", parameters={}, summary={"crowns": 3}, state="cancelled"),
        )
        assert one(project) == RUN
        with pytest.raises(KeyError):
            project.set_run_state("r3", "done")


def test_tiles_are_kept_until_the_run_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path) as project:
        project.create_run(RUN)
        project.stage_tile("r1", 12, staged(12, 2))
        project.stage_tile("r1", 3, staged(3, 3))
        project.stage_tile("r1", 7, [])
        project.stage_tile("other", 1, staged(1, 1))
    with Project.open(path) as project:
        assert project.staged_tiles("r1") == {3, 7, 12}
        assert project.staged("r1") == staged(3, 3) + staged(12, 2)
        assert project.staged("r1", [12, 99]) == staged(12, 2)
        project.stage_tile("r1", 12, staged(12, 1))
        assert project.staged("r1") == staged(3, 3) + staged(12, 1)
        project.finish_run("r1", edits.add("Segment plot", squares(project.take_ids(2))), {"crowns": 2}, by="ana")
        assert project.staged("r1") == []
        assert project.staged_tiles("other") == {1}
        (run,) = project.runs()
        assert (run.state, run.summary) == ("done", {"crowns": 2})
        assert run.finished_at is not None
        assert len(project.table) == 5
        assert project.history()[-1].name == "Segment plot"
        project.undo()
        assert len(project.table) == 3


def test_a_run_without_crowns_is_no_step(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        project.create_run(RUN)
        project.finish_run("r1", None, {"measured": 3})
        project.create_run(replace(RUN, run_id="r2"))
        project.finish_run("r2", CrownEdit("Segment plot: 0 crowns"))
        assert [run.state for run in project.runs()] == ["done", "done"]
        assert len(project.history()) == 1


def test_a_run_that_conflicts_keeps_its_tiles(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as window, Project.open(window.path) as worker:
        worker.create_run(RUN)
        worker.stage_tile("r1", 1, staged(1, 2))
        edit = CrownEdit("Segment plot", removed=tuple(worker.table.crowns([1])))
        window.apply(edits.change("Accept", window.table.crowns([1]), lambda c: replace(c, review="accepted")))
        with pytest.raises(EditConflict):
            worker.finish_run("r1", edit, {})
        assert worker.staged_tiles("r1") == {1}
        assert one(worker).state == "running"
        assert worker.table.crowns() == window.table.crowns()


def test_a_cancelled_run_can_go_on_and_be_given_up(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        project.create_run(RUN)
        project.stage_tile("r1", 1, staged(1, 1))
        project.set_run_state("r1", "cancelled", summary={"tiles": 1})
        assert one(project).finished_at is not None
        assert project.staged_tiles("r1") == {1}
        project.set_run_state("r1", "running")
        assert (one(project).finished_at, one(project).summary) == (None, {"tiles": 1})
        project.drop_staged("r1")
        assert project.staged_tiles("r1") == set()
