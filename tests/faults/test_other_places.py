"""Disks that cannot be written, drives without shared memory, and files that go away while they are open."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pyogrio
import pytest
import rasterio
from command_line import Birchtree
from injections import error_of, mounted, read_only_mount

from inference.crowns import edits
from inference.errors import BirchtreeError, ProjectError, RasterError
from inference.formats.api import export_crowns
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project

FIXTURES = Path(__file__).resolve().parents[1] / "unit" / "project"


def first_deleted(project: Project):  # type: ignore[no-untyped-def]
    return edits.delete(project.table.crowns()[:1], by="tester", at="2026-11-21T10:00:00+00:00")


# ---- disks that cannot be written


def test_a_project_on_a_disk_for_reading(project_path: Path, tmp_path: Path, birchtree: Birchtree) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    path = Path(shutil.move(project_path, folder))
    with read_only_mount(folder):
        with Project.open(path) as project:
            assert "write-protected" in project.read_only_reason
            with pytest.raises(ProjectError, match="for reading only"):
                project.apply(first_deleted(project))
            count = len(project.table)
        done = birchtree("export", path, "-o", folder / "crowns.shp")
        assert (done.returncode, done.stdout) == (3, "")
        assert "cannot be written" in done.stderr
        assert birchtree("export", path, "-o", tmp_path / "crowns.shp").returncode == 0
    assert pyogrio.read_info(tmp_path / "crowns.shp")["features"] == count
    assert [entry.name for entry in folder.iterdir()] == ["forest.birch.gpkg"]


@pytest.mark.parametrize("version", [1, 2])
def test_a_project_of_an_earlier_birchtree_is_read_where_it_cannot_be_changed(version: int, tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    path = folder / "old.birch.gpkg"
    path.write_bytes(gzip.decompress((FIXTURES / f"version{version}.birch.gpkg.gz").read_bytes()))
    content = path.read_bytes()
    with read_only_mount(folder), Project.open(path) as project:
        written = export_crowns(project, tmp_path / "crowns.gpkg")
        assert written.crowns == int(project.table.visible.sum()) > 0
        assert "earlier BirchTree" in project.notes[0]
        with pytest.raises(ProjectError, match="for reading only"):
            project.undo()
    assert path.read_bytes() == content
    assert [entry.name for entry in folder.iterdir()] == ["old.birch.gpkg"]


def test_a_home_that_cannot_be_written(
    project_path: Path, tmp_path: Path, birchtree: Birchtree, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("BIRCHTREE_HOME", str(home / "birchtree"))
    with read_only_mount(home):
        done = birchtree("measure", project_path, "--model", "none", "--all")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


# ---- drives without shared memory


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_drive_without_memory_shared_between_programs(mode: str, project_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(project_path)) as connection:
        assert connection.execute(f"PRAGMA journal_mode = {mode}").fetchone() == (mode,)
    # A folder where SQLite wants its file of shared memory: it cannot be made, as on some network drives.
    project_path.with_name(f"{project_path.name}-shm").mkdir()
    with Project.open(project_path) as project:
        assert not project.read_only
        count = int(project.table.visible.sum())
        project.apply(first_deleted(project))
        with Project.open(project_path) as second:
            assert int(second.table.visible.sum()) == count - 1
            second.undo()
        project.refresh()
        assert int(project.table.visible.sum()) == count
        project.apply(first_deleted(project))
    with Project.open(project_path) as project:
        assert int(project.table.visible.sum()) == count - 1


# ---- files that go away while they are open


@pytest.mark.parametrize("how", ["moved", "replaced", "deleted"])
def test_a_project_that_goes_away_loses_no_edit(how: str, project_path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.birch.gpkg"
    with Project.open(project_path) as project:
        project.apply(first_deleted(project))
        kept = project.table.crowns()
        if how == "deleted":
            project_path.unlink()
        else:
            shutil.copy(project_path, tmp_path / "other")
            project_path.rename(elsewhere)
        if how == "replaced":
            (tmp_path / "other").rename(project_path)
        with pytest.raises(ProjectError, match="moved, replaced or deleted") as caught:
            project.apply(first_deleted(project))
        assert caught.value.code == "project.moved"
        assert project.table.crowns() == kept
        if how == "deleted":
            project.save_copy(elsewhere)
    with Project.open(elsewhere) as project:
        assert project.table.crowns() == kept
        project.undo()


_SEGMENT = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[1:3]
import os, signal
from inference.plot import gdal_session
# So that pixels are read when they are needed, as of a raster larger than the cache.
gdal_session.CACHE_BYTES = 4096
from segment_child import say, small_tiles, tell
from inference.errors import BirchtreeError
from inference.jobs import JobContext
from inference.pipeline.segment_plot import segment_plot
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project
ortho, dsm, dtm, path = map(Path, sys.argv[3:7])

def stop_after_the_first(progress):
    tell(progress)
    if (progress.stage, progress.done) == ("segment", 1) and "resume" not in sys.argv:
        os.kill(os.getpid(), signal.SIGSTOP)

try:
    with Plot.open(PlotSources(ortho, dsm, dtm)) as plot, Project.open(path) as project:
        segment_plot(plot, project, small_tiles(), JobContext(stop_after_the_first), resume="resume" in sys.argv)
    say("finished")
except BirchtreeError as error:
    say(f"error {error.code} {error}")
"""


class Run:
    """A segmentation with small tiles in a process of its own, stopped (SIGSTOP) after its first tile."""

    def __init__(self, sources: PlotSources, path: Path, *words: str) -> None:
        unit = Path(__file__).resolve().parents[1] / "unit" / "pipeline"
        rasters = (sources.ortho, sources.dsm, sources.dtm)
        command = [sys.executable, "-c", _SEGMENT, str(unit.parents[2]), str(unit), *map(str, rasters), str(path)]
        self._process = subprocess.Popen([*command, *words], stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.lines: list[str] = []
        if "resume" not in words:
            _, status = os.waitpid(self._process.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status)

    def go_on(self) -> str:
        """Let it go on to its end; its last words."""
        os.kill(self._process.pid, signal.SIGCONT)
        assert self._process.stdout is not None
        self.lines += [line.strip() for line in self._process.stdout]
        self._process.stdout.close()
        self._process.wait()
        return self.lines[-1]


def _in_small_blocks(path: Path) -> Path:
    """The same raster in blocks that are read one by one, as in a raster of a real survey."""
    with rasterio.open(path) as source:
        pixels, profile = source.read(), source.profile
    with rasterio.open(path, "w", **{**profile, "blockxsize": 32, "blockysize": 32}) as target:
        target.write(pixels)
    return path


@pytest.fixture
def cones(tmp_path: Path) -> tuple[PlotSources, Path]:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "pipeline"))
    from cone_plots import new_project, scattered, write_plot

    sources = write_plot(tmp_path, scattered(54.0), 54.0)
    plot = PlotSources(*(_in_small_blocks(path) for path in (sources.ortho, sources.dsm, sources.dtm) if path))
    path = tmp_path / "run.birch.gpkg"
    new_project(path, plot).close()
    return plot, path


@pytest.mark.parametrize("what", ["ortho", "dsm"])
def test_a_raster_cut_short_in_the_middle_of_a_run(what: str, cones: tuple[PlotSources, Path]) -> None:
    sources, path = cones
    victim: Path = getattr(sources, what)
    content, times = victim.read_bytes(), victim.stat()
    run = Run(sources, path)
    os.truncate(victim, len(content) // 4)
    said = run.go_on()
    assert said.startswith("error raster."), said
    assert victim.name in said
    with Project.open(path) as project:
        (record,) = project.runs()
        assert record.state == "running"
        assert 1 <= len(project.staged_tiles(record.run_id)) < 9
    # Copied again from where it came, it is the same file, and the run goes on.
    victim.write_bytes(content)
    os.utime(victim, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert Run(sources, path, "resume").go_on() == "finished"
    with Project.open(path) as project:
        assert len(project.table) > 30


def test_a_run_asleep_for_a_while_wakes_up_and_ends(cones: tuple[PlotSources, Path]) -> None:
    sources, path = cones
    run = Run(sources, path)
    with pytest.raises(subprocess.TimeoutExpired):
        run._process.wait(1.0)
    assert run.go_on() == "finished"


@pytest.mark.parametrize("what", ["ortho", "dsm"])
def test_a_raster_deleted_or_replaced_while_the_plot_is_open(what: str, own_plot: PlotSources) -> None:
    victim: Path = getattr(own_plot, what)
    with Plot.open(own_plot, check=False) as plot:
        from inference.plot.grid import Grid

        left, _, _, top = plot.bounds_crs
        grid = Grid.covering(plot.crs_wkt, (left, top - 10, left + 10, top), 0.5)
        core = (left, top - 10, left + 10, top)
        before = plot.read_tile(0, grid, core)
        victim.unlink()
        victim.write_bytes(b"this is no raster")
        # What is open stays readable here; where it does not, the sentence names the file.
        said = str(victim.name)
        try:
            after = plot.read_tile(0, grid, core)
        except RasterError as error:
            said, after = str(error), before
        assert victim.name in said
        assert (after.rgb == before.rgb).all()
    with pytest.raises(BirchtreeError) as caught:
        Plot.open(own_plot)
    assert victim.name in str(caught.value)


def test_a_dsm_that_is_gone_is_named(project_path: Path, own_plot: PlotSources, birchtree: Birchtree) -> None:
    assert own_plot.dsm is not None
    with Project.open(project_path) as project:
        project.set_sources(own_plot)
    own_plot.dsm.unlink()
    done = birchtree("measure", project_path, "--model", "none", "--progress", "json")
    assert done.returncode == 3
    assert error_of(done)["code"] == "project.raster_missing"
    assert own_plot.dsm.name in error_of(done)["message"]


def test_a_mount_that_is_gone_is_told(crowned_project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    with mounted(folder, "-t", "tmpfs", "-o", "size=4m", "tmpfs"):
        path = Path(shutil.copy(crowned_project, folder))
        project = Project.open(path)
        subprocess.run(["umount", "--lazy", folder], check=True)
        with pytest.raises(ProjectError) as caught:
            project.apply(first_deleted(project))
        assert caught.value.code == "project.moved"
        project.save_copy(tmp_path / "saved.birch.gpkg")
        project.close()
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=True)
    with Project.open(tmp_path / "saved.birch.gpkg") as saved:
        assert len(saved.table) > 0
