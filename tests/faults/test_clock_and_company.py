"""A clock that jumps back, and two programs at one project."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from injections import clock_shim, own_environment

from inference.project.store import Project

_EDIT = """
import os, sys
from pathlib import Path
from inference.crowns import edits
from inference.jobs import JobContext
from inference.project.store import Project
with Project.open(Path(sys.argv[1])) as project:
    for number in range(6):
        if number == 3:
            Path(os.environ["SINCE"]).touch()
        crown = project.table.crowns()[number]
        project.apply(edits.delete([crown], by="ann", at="2026-11-21T10:00:00+00:00"))
    for item in JobContext(print).track(range(2), stage="work", total=2):
        Path(os.environ["SINCE"]).unlink(missing_ok=True)
    project.undo()
"""


def test_a_clock_that_jumps_back_mixes_nothing_up(project_path: Path, tmp_path: Path, repository: Path) -> None:
    jump_s = 400 * 86_400
    since = tmp_path / "since"
    environment = own_environment(LD_PRELOAD=str(clock_shim(tmp_path)), SINCE=str(since), BACK=str(jump_s))
    command = [sys.executable, "-c", _EDIT, str(project_path)]
    done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "eta_s=-" not in done.stdout
    with Project.open(project_path) as project:
        history = project.history()[-6:]
        ages_s = [(datetime.now(UTC) - datetime.fromisoformat(step.at)).total_seconds() for step in history]
        # The clock did jump, and what was done before it still counts as done before.
        assert all(age < 86_400 for age in ages_s[:3])
        assert all(age > jump_s - 86_400 for age in ages_s[3:])
        assert [step.undone for step in history] == [False] * 5 + [True]
        assert [step.seq for step in history] == sorted(step.seq for step in history)
        while project.redo() is not None:
            pass
        assert [step.name for step in project.history()[-6:]] == [step.name for step in history]
        for _ in range(6):
            project.undo()
        assert not (project.table.column("review") == "deleted").any()


_TWO = """
import sys
from dataclasses import replace
from pathlib import Path
from inference.crowns import edits
from inference.errors import EditConflict
from inference.project.store import Project
done = conflicts = 0
with Project.open(Path(sys.argv[1])) as project:
    for number in range(40):
        project.refresh()
        crown = project.table.crowns()[(number * int(sys.argv[2])) % 10]
        note = f"{sys.argv[2]}/{number}"
        try:
            project.apply(edits.change("Note", [crown], lambda c: replace(c, note=note)), by=sys.argv[2])
            done += 1
        except EditConflict:
            conflicts += 1
print(done, conflicts)
"""


def test_two_programs_at_one_project_lose_no_edit(project_path: Path, repository: Path) -> None:
    with Project.open(project_path) as project:
        before = len(project.history())
        command = [sys.executable, "-c", _TWO, str(project_path)]
        two = [subprocess.Popen([*command, who], cwd=repository, stdout=subprocess.PIPE, text=True) for who in "37"]
        told = [tuple(map(int, process.communicate()[0].split())) for process in two]
        assert [process.returncode for process in two] == [0, 0]
        assert [done + conflicts for done, conflicts in told] == [40, 40]
        project.refresh()
        steps = project.history()[before:]
        assert len(steps) == sum(done for done, _ in told)
        assert {step.by for step in steps} == {"3", "7"}
        assert [step.seq for step in steps] == sorted({step.seq for step in steps})
    for leftover in ("-wal", "-shm"):
        assert not project_path.with_name(project_path.name + leftover).exists()
    with Project.open(project_path) as project:
        for _ in steps:
            project.undo()
        assert all(not crown.note.startswith(("3/", "7/")) for crown in project.table.crowns())
