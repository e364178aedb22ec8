"""`measure --model` killed in the middle: what was read is there, the next command goes on, the result is the same."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from leafy_plots import crown_at, install_tiny, new_project, patchwork, write_plot

from inference import paths
from inference.crowns.crown import Crown
from inference.project.store import Project

COLOURS = [(230, 40, 60), (60, 220, 30), (30, 60, 240)]


@pytest.fixture
def plot(tmp_path: Path) -> Path:
    """529 crowns, and a model that takes a moment for each."""
    sources = write_plot(tmp_path, patchwork(50.0, 0.25, COLOURS), 0.25)
    places = [(x, y) for y in range(3, 49, 2) for x in range(3, 49, 2)]
    path = tmp_path / "t.birch.gpkg"
    new_project(path, sources, [crown_at(n + 1, *place, 0.9) for n, place in enumerate(places)])
    install_tiny(paths.data_dir() / "models", slow=3)
    return path


def command(repository: Path, path: Path, *more: str) -> list[str]:
    program = [sys.executable, str(repository / "main.py"), "measure", str(path), "--model", "tiny"]
    return [*program, "--progress", "json", *more]


def crowns(path: Path) -> list[Crown]:
    with Project.open(path) as project:
        return project.table.crowns()


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_a_killed_run_goes_on(plot: Path, repository: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.birch.gpkg"
    whole.write_bytes(plot.read_bytes())
    subprocess.run(command(repository, whole), capture_output=True, check=True)
    with subprocess.Popen(
        command(repository, plot), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            told = json.loads(line)
            if told["event"] == "progress" and told["stage"] == "read crowns" and told["done"] >= 150:
                os.kill(process.pid, signal.SIGKILL)
                break
    with Project.open(plot) as project:
        held = len(project.embeddings("tiny")[0])
        assert 128 <= held < 529
        assert project.undo_name == "Draw"
        assert project.runs()[-1].state == "running"
    done = subprocess.run(command(repository, plot, "--resume"), capture_output=True, check=True, text=True)
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["traits"]["resumed"] == held
    assert result["traits"]["read"] == 529 - held
    assert crowns(plot) == crowns(whole)
