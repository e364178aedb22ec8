"""Fixtures for every test: private BirchTree folders, small and real plots, and logs that fail a test."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import Birchtree, birchtree_in
from hypothesis import settings

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

# The same examples in every run, and no limit on how long one takes on a busy machine;
# `pytest --hypothesis-profile searching` looks for new ones.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("searching", deadline=None, derandomize=False)
settings.load_profile("steady")

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED_DATA = REPOSITORY.parent / "shared" / "data"
MEMORY_DISK = Path("/dev/shm")
LEAST_FREE_BYTES = 6 << 30
TEMPORARY_ROOT = "PYTEST_DEBUG_TEMPROOT"  # pytest's own name for where its folders go


def pytest_configure(config: pytest.Config) -> None:
    """Keep the files of the tests in memory where there is plenty of it.

    A project is written through to the disk at every edit. On a disk that others use as well that is most of what many
    tests last, and the part of it that differs from run to run; the program does the same calls either way.
    """
    if config.option.basetemp is None and TEMPORARY_ROOT not in os.environ and _has_memory_to_spare():
        os.environ[TEMPORARY_ROOT] = str(MEMORY_DISK)


def _has_memory_to_spare() -> bool:
    if not os.access(MEMORY_DISK, os.W_OK) or not os.path.ismount(MEMORY_DISK):
        return False
    facts = dict(line.split(":") for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
    spare_bytes = 1024 * int(facts["MemAvailable"].split()[0])
    return min(shutil.disk_usage(MEMORY_DISK).free, spare_bytes) > LEAST_FREE_BYTES


@pytest.fixture(scope="session", autouse=True)
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Path]]:
    """One folder after the other for `birchtree_home`; what is made for many tests finds a folder of its own."""
    folder = tmp_path_factory.mktemp("homes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BIRCHTREE_HOME", str(folder / "shared"))
        # No name comes twice: a program of an earlier test may still be ending in its own.
        yield (folder / f"birchtree_home{number}" for number in count())


@pytest.fixture(autouse=True)
def birchtree_home(homes: Iterator[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Settings, cache, logs and data of this test alone; gone when it is over."""
    del tmp_path  # made before, and so gone after, every other fixture: a window closes before its project is removed
    home = next(homes)
    home.mkdir()
    monkeypatch.setenv("BIRCHTREE_HOME", str(home))
    yield home
    shutil.rmtree(home, ignore_errors=True)


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


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def birchtree(repository: Path) -> Birchtree:
    """Run a command line; gives its exit code and what it wrote."""
    return birchtree_in(repository)


@pytest.fixture(scope="session")
def balsam_home(tmp_path_factory: pytest.TempPathFactory, birchtree: Birchtree) -> Path:
    """BirchTree's folders with the golden BalSAM checkpoint converted, as a user does, into "golden-balsam"."""
    checkpoint = SHARED_DATA.parent / "fixtures" / "balsam" / "model.safetensors"
    if not checkpoint.is_file():
        pytest.skip("golden values (../shared/fixtures) are not beside this checkout")
    home = tmp_path_factory.mktemp("balsam_home")
    words = ("models", "convert", checkpoint, "--id", "golden-balsam", "--gsd", "0.1", "--json")
    done = birchtree(*words, env={**os.environ, "BIRCHTREE_HOME": str(home)})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["id"] == "golden-balsam"
    return home


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
