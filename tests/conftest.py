"""Fixtures for every test: private BirchTree folders, small and real plots, and logs that fail a test."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inference import env, logs

if TYPE_CHECKING:
    from inference.plot.sources import PlotSources
    from inference.sample import SamplePlot

# Before any test module imports rasterio, as main.py does for the program.
env.scrub()
logs.quiet_libraries()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tests run side by side: BLAS threads that wait for a busy core spin, and take many times as long as one thread alone.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED_DATA = REPOSITORY.parent / "shared" / "data"


@pytest.fixture(autouse=True)
def birchtree_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, cache, logs and data of this test alone."""
    home = tmp_path_factory.mktemp("birchtree_home")
    monkeypatch.setenv("BIRCHTREE_HOME", str(home))
    return home


@pytest.fixture
def shared_data() -> Path:
    """The folder of real plots; the test is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("real plots (../shared/data) are not beside this checkout")
    return SHARED_DATA


@pytest.fixture
def shared_fixtures() -> Path:
    """The folder of golden values; the test is skipped where it is absent."""
    folder = SHARED_DATA.parent / "fixtures"
    if not folder.is_dir():
        pytest.skip("golden values (../shared/fixtures) are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def tiny_plot(tmp_path_factory: pytest.TempPathFactory) -> SamplePlot:
    """A procedural forest of 40 x 40 m: orthomosaic, DSM, DTM and true crowns. Only read it."""
    from inference.sample import ensure_sample_plot

    return ensure_sample_plot(tmp_path_factory.mktemp("tiny_plot"), "tiny")


@pytest.fixture(scope="session")
def tiny_sources(tiny_plot: SamplePlot) -> PlotSources:
    """The rasters of the small plot."""
    from inference.plot.sources import PlotSources

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
def repository() -> Path:
    """Root of the checkout."""
    return REPOSITORY


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_unexpected_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """A logged warning or error fails the test, unless it is marked `logs_warnings("reason")`."""
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield
    root.removeHandler(collector)
    if request.node.get_closest_marker("logs_warnings"):
        return
    messages = [f"{record.name}: {record.getMessage()}" for record in collector.records]
    assert not messages, f"the test logged {messages}"
