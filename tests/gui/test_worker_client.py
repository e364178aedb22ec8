"""The worker process, with the real command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from birchtree_gui.jobs.job_list import Job, JobList
from birchtree_gui.jobs.worker_client import WorkerClient, WorkerFailure
from inference.jobs import Progress
from inference.plot.sources import PlotSources

RUN_MS = 120_000


@pytest.fixture
def client(qtbot: QtBot) -> Iterator[WorkerClient]:
    made = WorkerClient()
    yield made
    made.end_now()


def segment(sources: PlotSources, output: Path) -> list[str]:
    rasters = ["--dsm", str(sources.dsm), "--dtm", str(sources.dtm)]
    return ["segment", str(sources.ortho), *rasters, "-o", str(output)]


def test_a_run_tells_progress_and_its_result(
    client: WorkerClient, tiny_sources: PlotSources, tmp_path: Path, qtbot: QtBot
) -> None:
    seen: list[Progress] = []
    client.progressed.connect(seen.append)
    with qtbot.waitSignal(client.finished, timeout=RUN_MS) as finished:
        client.start(segment(tiny_sources, tmp_path / "run.birch.gpkg"))
    assert finished.args[0]["crowns"] > 0
    assert seen
    assert seen[-1].done == seen[-1].total


def test_an_error_is_a_sentence_with_its_code(client: WorkerClient, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(client.failed, timeout=RUN_MS) as failed:
        client.start(["segment", str(tmp_path / "missing.tif"), "-o", str(tmp_path / "x.birch.gpkg")])
    failure: WorkerFailure = failed.args[0]
    assert failure.code.startswith("raster.")
    assert "missing.tif" in failure.message
    assert not failure.is_cancelled


def test_wrong_usage_keeps_what_the_process_said(client: WorkerClient, qtbot: QtBot) -> None:
    with qtbot.waitSignal(client.failed, timeout=RUN_MS) as failed:
        client.start(["segment"])
    assert failed.args[0].code == "worker.died"
    assert "usage" in failed.args[0].details


def test_a_command_without_progress_gives_its_result_too(client: WorkerClient, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(client.finished, timeout=RUN_MS) as finished:
        client.start(["sample", "--size", "tiny", "-o", str(tmp_path)], reports_progress=False)
    assert Path(finished.args[0]["ortho"]).exists()


def test_cancelling_ends_the_run(client: WorkerClient, tiny_sources: PlotSources, tmp_path: Path, qtbot: QtBot) -> None:
    client.progressed.connect(client.cancel)
    with qtbot.waitSignal(client.failed, timeout=RUN_MS) as failed:
        client.start(segment(tiny_sources, tmp_path / "run.birch.gpkg"))
    assert failed.args[0].is_cancelled
    assert not client.is_running


def test_killing_the_process_is_told(
    client: WorkerClient, tiny_sources: PlotSources, tmp_path: Path, qtbot: QtBot
) -> None:
    def kill() -> None:
        client._process.kill()  # as the system does when memory runs out

    client._process.started.connect(kill)
    with qtbot.waitSignal(client.failed, timeout=RUN_MS) as failed:
        client.start(segment(tiny_sources, tmp_path / "run.birch.gpkg"))
    assert failed.args[0].code == "worker.died"
    assert "kept" in failed.args[0].message


def test_jobs_run_one_after_the_other(qtbot: QtBot, tmp_path: Path) -> None:
    jobs = JobList()
    order: list[str] = []
    running: list[int] = []

    def watch(job: Job) -> None:
        if job.state == "running":
            running.append(job.number)

    jobs.changed.connect(watch)
    for kind in ("one", "two"):
        jobs.add(
            kind,
            kind,
            ["sample", "--size", "tiny", "-o", str(tmp_path / kind)],
            done=lambda _, kind=kind: order.append(kind),
            failed=lambda failure: pytest.fail(failure.message),
            reports_progress=False,
        )
    assert jobs.has("two")
    with qtbot.waitSignal(jobs.idle, timeout=RUN_MS):
        pass
    assert order == ["one", "two"]
    assert running == sorted(running)


def test_waiting_jobs_are_forgotten_when_all_is_cancelled(qtbot: QtBot, tmp_path: Path) -> None:
    jobs = JobList()
    states: dict[int, str] = {}
    jobs.changed.connect(lambda job: states.__setitem__(job.number, job.state))
    for number in range(2):
        arguments = ["sample", "--size", "tiny", "-o", str(tmp_path / str(number))]
        jobs.add("sample", "x", arguments, done=lambda _: None, failed=lambda _: None, reports_progress=False)
    with qtbot.waitSignal(jobs.idle, timeout=RUN_MS):
        jobs.cancel_all()
    assert states == {1: "stopped", 2: "stopped"}
