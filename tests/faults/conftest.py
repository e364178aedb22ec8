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
from inference.sample import SamplePlot, ensure_sample_plot


@pytest.fixture
def birchtree(repository: Path) -> Birchtree:
    """Run a command line; gives its exit code and what it wrote."""

    def run(*words: object, **more: Any) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, str(repository / "main.py"), *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, **more)

    return run


@pytest.fixture(scope="session")
def tiny_plot(tmp_path_factory: pytest.TempPathFactory) -> SamplePlot:
    """A forest of 40 x 40 m. Only read it."""
    return ensure_sample_plot(tmp_path_factory.mktemp("tiny_plot"), "tiny")


@pytest.fixture(scope="session")
def tiny_sources(tiny_plot: SamplePlot) -> PlotSources:
    """The rasters of the small plot."""
    return PlotSources(tiny_plot.ortho, tiny_plot.dsm, tiny_plot.dtm)


@pytest.fixture(scope="session")
def crowned_project(tiny_plot: SamplePlot, tiny_sources: PlotSources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the small plot with its true crowns. Copy it before opening."""
    from inference.formats.api import import_crowns
    from inference.plot.plot import Plot
    from inference.project.store import Project

    path = tmp_path_factory.mktemp("crowned") / "forest.birch.gpkg"
    with (
        Plot.open(tiny_sources) as plot,
        Project.create(path, plot.sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as project,
    ):
        import_crowns(project, tiny_plot.truth, by="tester")
    return path


@pytest.fixture
def project_path(crowned_project: Path, tmp_path: Path) -> Path:
    """A project with crowns for one test."""
    return Path(shutil.copy(crowned_project, tmp_path / "forest.birch.gpkg"))


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
