"""Disks that are full, slow files and plots for the tests of faults."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from injections import SmallDisk, mounted

from inference.plot.sources import PlotSources
from inference.sample import SamplePlot


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
