"""A process killed at any moment loses nothing that it had acknowledged."""

import signal
import subprocess
import sys
from pathlib import Path

import kill_proof
import pytest
from protection import write_protected
from random_edits import digest, with_crowns

from inference.errors import ProjectError
from inference.project.store import Project

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")


def test_killed_twenty_five_times_nothing_is_lost(tmp_path: Path) -> None:
    proof = kill_proof.prove(tmp_path / "a.birch.gpkg", 25, seed=7)
    print(proof)
    assert proof.lost == 0
    assert proof.acknowledged >= 25


_CRASH_IN_TRANSACTION = """
import os, signal, sys
from pathlib import Path
from inference.crowns.edits import CrownEdit
from inference.project.store import Project
project = Project.open(Path(sys.argv[1]))
with project._crowns.editing() as editing:
    editing.write(CrownEdit("Remove", removed=tuple(project.table.crowns())))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_inside_a_transaction_the_edit_never_was(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg", 50) as project:
        before = digest(project.table)
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", _CRASH_IN_TRANSACTION, str(project.path)], cwd=root, check=False)
    assert done.returncode == -signal.SIGKILL
    with Project.open(project.path) as reopened:
        assert digest(reopened.table) == before
        assert len(reopened.history()) == 1


def test_a_killed_project_is_not_read_without_its_log_from_a_read_only_disk(tmp_path: Path) -> None:
    # SQLite needs to write beside the file to read a log; where it cannot, latest edits would silently be missing.
    path = tmp_path / "a.birch.gpkg"
    with_crowns(path).close()
    root = Path(__file__).resolve().parents[3]
    script = _CRASH_IN_TRANSACTION.replace("with project._crowns", "project.set_meta('x', 'y')\nwith project._crowns")
    subprocess.run([sys.executable, "-c", script, str(path)], cwd=root, check=False)
    log = tmp_path / "a.birch.gpkg-wal"
    assert log.stat().st_size > 0
    (tmp_path / "a.birch.gpkg-shm").unlink()
    with write_protected(tmp_path), pytest.raises(ProjectError, match="was not closed properly") as caught:
        Project.open(path)
    assert caught.value.code == "project.unfolded"
    with Project.open(path) as project:
        assert project.meta("x") == "y"
