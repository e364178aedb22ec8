"""Disks that are full, slow files and plots for the tests of faults."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from injections import Birchtree, SmallDisk, mounted

from inference.plot.sources import PlotSources
from inference.sample import SamplePlot


@pytest.fixture
def birchtree(repository: Path) -> Birchtree:
    """Run a command line; gives its exit code and what it wrote."""

    def run(*words: object, **more: Any) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, str(repository / "main.py"), *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, **more)

    return run


@pytest.fixture
def own_plot(tiny_plot: SamplePlot, tmp_path: Path) -> PlotSources:
    """Rasters that a test may spoil."""
    folder = tmp_path / "rasters"
    folder.mkdir()
    ortho, dsm, dtm = (Path(shutil.copy(path, folder)) for path in (tiny_plot.ortho, tiny_plot.dsm, tiny_plot.dtm))
    return PlotSources(ortho, dsm, dtm)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of 8 MB of its own (tmpfs); the test is skipped where none can be mounted."""
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=8m", "tmpfs") as folder:
        yield SmallDisk(folder)
