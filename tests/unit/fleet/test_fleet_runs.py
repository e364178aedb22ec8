"""Work spread over Dask workers gives the crowns and figures of one machine, bit for bit, also when workers die."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

pytest.importorskip("distributed")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "pipeline"))

from cone_plots import new_project, scattered, write_plot
from local_cluster import LocalCluster, kill, local_cluster

from inference.cli import program
from inference.crowns.crown import Crown
from inference.errors import BirchtreeError, Cancelled
from inference.fleet import link as link_module
from inference.fleet import worker
from inference.fleet.crew import FleetCrew
from inference.fleet.link import FleetLink
from inference.fleet.orders import OutlineOrder, PlotAddress, SegmenterAddress, versions
from inference.jobs import CancelToken, JobContext, Progress
from inference.pipeline.conclusion import PlotRules
from inference.pipeline.crew import Crew
from inference.pipeline.measure_plot import measure_plot
from inference.pipeline.measure_traits import measure_traits
from inference.pipeline.segment_plot import RunSummary, segment_plot
from inference.pipeline.tiling import plan_tiles
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project
from inference.segment.watershed import WatershedParameters, WatershedSegmenter
from inference.traits.registry import PLAIN, make_trait_model

SIZE_M = 48.0
TILES = 9


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> PlotSources:
    return write_plot(tmp_path_factory.mktemp("plot"), scattered(SIZE_M), SIZE_M)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    with local_cluster(tmp_path_factory.mktemp("cluster"), workers=2) as running:
        yield running


@pytest.fixture
def link(cluster: LocalCluster) -> Iterator[FleetLink]:
    """Two workers, whatever the test before did to them."""
    cluster.workers = [process for process in cluster.workers if process.poll() is None]
    while len(cluster.workers) < 2:
        cluster.add_worker()
    with FleetLink.connect(cluster.address, patience_s=60.0, cancel=CancelToken()) as connected:
        yield connected


@pytest.fixture(scope="module")
def alone(sources: PlotSources, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    """What one machine finds."""
    path = tmp_path_factory.mktemp("alone") / "t.birch.gpkg"
    segment(sources, path, None)
    measure(sources, path, None)
    found = facts(path)
    assert len(found) == 36
    return found


def segment(
    sources: PlotSources, path: Path, crew: Crew | None, ctx: JobContext | None = None, *, resume: bool = False
) -> RunSummary:
    if not path.exists():
        new_project(path, sources).close()
    segmenter = WatershedSegmenter(replace(WatershedParameters(), core_m=18.0, halo_m=9.0))
    with Plot.open(sources) as plot, Project.open(path) as project:
        return segment_plot(plot, project, segmenter, ctx or JobContext(), resume=resume, crew=crew)


def measure(sources: PlotSources, path: Path, crew: Crew | None) -> None:
    model = make_trait_model(PLAIN)
    with Plot.open(sources) as plot, Project.open(path) as project:
        measure_plot(plot, project, JobContext(), crew=crew)
        measure_traits(plot, project, model, JobContext(), crew=crew)
    model.close()


def facts(path: Path) -> list[tuple[object, ...]]:
    """All that must be the same of every crown; the run's name is drawn anew each time."""
    with Project.open(path) as project:
        crowns: list[Crown] = project.table.crowns()
        readings = project.readings.facts(PLAIN)
        return [
            (
                crown.tree_id,
                shapely.to_wkb(crown.outline),
                crown.score,
                crown.edge,
                crown.measures,
                (found := readings.get(crown.tree_id)) and found.species,
            )
            for crown in crowns
        ]


def test_crowns_measures_and_readings_are_those_of_one_machine(
    sources: PlotSources, link: FleetLink, alone: list[tuple[object, ...]], tmp_path: Path
) -> None:
    path = tmp_path / "t.birch.gpkg"
    summary = segment(sources, path, FleetCrew(link))
    measure(sources, path, FleetCrew(link))
    assert summary.tiles == TILES
    assert facts(path) == alone


@pytest.mark.logs_warnings("Dask's client tells of results that were lost with their worker")
def test_a_worker_that_is_killed_in_the_middle_changes_nothing(
    sources: PlotSources, cluster: LocalCluster, link: FleetLink, alone: list[tuple[object, ...]], tmp_path: Path
) -> None:
    doomed = cluster.workers[0]

    def kill_at_the_third_tile(progress: Progress) -> None:
        if progress.stage == "segment" and progress.done == 3:
            kill(doomed)

    path = tmp_path / "t.birch.gpkg"
    segment(sources, path, FleetCrew(link), JobContext(kill_at_the_third_tile))
    assert doomed.poll() is not None
    measure(sources, path, FleetCrew(link))
    assert facts(path) == alone


@pytest.mark.logs_warnings("Dask's client tells of results that were lost with their worker")
def test_without_any_worker_left_it_says_so_and_goes_on_later(
    sources: PlotSources, cluster: LocalCluster, alone: list[tuple[object, ...]], link: FleetLink, tmp_path: Path
) -> None:
    def kill_all(progress: Progress) -> None:
        if progress.stage == "segment" and progress.done == 2:
            cluster.kill_all_workers()

    path = tmp_path / "t.birch.gpkg"
    with (
        FleetLink.connect(cluster.address, patience_s=1.0, cancel=CancelToken()) as impatient,
        pytest.raises(BirchtreeError, match=r"All workers .* --resume") as caught,
    ):
        segment(sources, path, FleetCrew(impatient), JobContext(kill_all))
    assert caught.value.code == "fleet.workers_lost"
    resumed = segment(sources, path, None, resume=True)
    assert 2 <= resumed.resumed_tiles < TILES
    measure(sources, path, None)
    assert facts(path) == alone


def test_a_stopped_run_keeps_its_tiles(sources: PlotSources, link: FleetLink, tmp_path: Path) -> None:
    ctx = JobContext()

    def stop(progress: Progress) -> None:
        if progress.stage == "segment" and progress.done == 2:
            ctx.cancel.cancel()

    ctx.on_progress = stop
    path = tmp_path / "t.birch.gpkg"
    with pytest.raises(Cancelled):
        segment(sources, path, FleetCrew(link), ctx)
    with Project.open(path) as project:
        assert project.runs()[-1].state == "cancelled"
        assert len(project.staged_tiles(project.runs()[-1].run_id)) >= 2


def order_of(sources: PlotSources, **changed: object) -> OutlineOrder:
    segmenter = WatershedSegmenter()
    with Plot.open(sources) as plot:
        address = PlotAddress.of(plot)
        tiles = plan_tiles(plot, segmenter.card)[:1]
    asked = SegmenterAddress(segmenter.card.id, tuple(segmenter.parameters.items()))
    return replace(OutlineOrder(address, asked, PlotRules(), tiles), **changed)  # type: ignore[arg-type]


def error_of(link: FleetLink, order: OutlineOrder) -> BirchtreeError:
    with pytest.raises(BirchtreeError) as caught:
        list(link.run(worker.outline, [order], CancelToken()))
    assert "tcp://" in str(caught.value)
    return caught.value


def test_a_worker_that_cannot_do_it_says_why(sources: PlotSources, link: FleetLink, tmp_path: Path) -> None:
    elsewhere = PlotAddress(replace(sources, ortho=tmp_path / "not_there.tif"), "key")
    error = error_of(link, order_of(sources, plot=elsewhere))
    assert (error.code, "not_there.tif" in str(error)) == ("fleet.rasters", True)
    changed = PlotAddress(sources, "another key")
    assert "not the same file" in str(error_of(link, order_of(sources, plot=changed)))
    unknown = error_of(link, order_of(sources, segmenter=SegmenterAddress("my-own", ())))
    assert (unknown.code, int(unknown.exit_code), "my-own" in str(unknown)) == ("fleet.model", 4, True)
    other = SegmenterAddress("watershed", (("min_height_m", 99.0),))
    differs = str(error_of(link, order_of(sources, segmenter=other)))
    for what_why_and_remedy in (
        "watershed is installed on that machine",
        "would not match",
        "--replace",
        "stop that w",
    ):
        assert what_why_and_remedy in differs


def test_a_worker_with_other_versions_is_refused(sources: PlotSources, link: FleetLink) -> None:
    link._ours = {**versions(), "shapely": "1.0"}
    error = error_of(link, order_of(sources))
    assert error.code == "fleet.versions"
    assert "instead of 1.0" in str(error)


def test_what_cannot_be_reached_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_module, "_CONNECT_S", 0.5)
    with pytest.raises(BirchtreeError, match=r"No scheduler answers at tcp://127\.0\.0\.1:1") as caught:
        FleetLink.connect("tcp://127.0.0.1:1", patience_s=1.0, cancel=CancelToken())
    assert caught.value.code == "fleet.unreachable"
    with pytest.raises(BirchtreeError, match="No scheduler answers at nonsense://x"):
        FleetLink.connect("nonsense://x", patience_s=1.0, cancel=CancelToken())
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BirchtreeError, match="fleet") as caught:
        FleetLink.connect("tcp://127.0.0.1:1", patience_s=1.0, cancel=CancelToken())
    assert caught.value.code == "fleet.not_installed"


def test_many_plots_by_the_command_line(
    link: FleetLink, cluster: LocalCluster, sources: PlotSources, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "plots.csv"
    rows = [f"{sources.ortho},{sources.dsm},{sources.dtm},{name}.birch.gpkg" for name in ("a", "b")]
    table.write_text("\n".join(["ortho,dsm,dtm,output", *rows, "gone.tif,,,c.birch.gpkg"]))
    words = ["--scheduler", cluster.address, "--json", "--progress", "none"]
    segmenting = ["segment", str(table), "--model", "watershed", "--set", "core_m=30", *words]
    assert program.run(segmenting, lambda _: 70) == 3
    told = json.loads(capsys.readouterr().out)
    assert (told["done"], told["failed"]) == (2, 1)
    assert [end["state"] for end in told["plots"]] == ["done", "done", "failed"]
    assert told["plots"][0]["crowns"] == told["plots"][1]["crowns"] == 36
    plots = [str(tmp_path / f"{name}.birch.gpkg") for name in ("a", "b")]
    assert program.run(["measure", *plots, "--model", "none", *words], lambda _: 70) == 0
    told = json.loads(capsys.readouterr().out)
    assert [end["measured"] for end in told["plots"]] == [36, 36]
