"""The window stays alive while a plot is segmented: nothing slow runs on its own thread."""

import time
from pathlib import Path

from pytestqt.qtbot import QtBot

from benchmarks.heartbeat import Heartbeat
from birchtree_gui.main_window import MainWindow
from inference.plot.sources import PlotSources

OPEN_MS = 20_000
RUN_MS = 120_000
# The product promises 100 ms, which benchmarks/bench_run.py measures by the clock. Here other tests and a worker want
# the same cores and disk, so only what this thread itself works counts; real work on the wrong thread (reading a
# raster, measuring crowns, importing scipy) lasts longer than 250 ms.
_LONGEST_STALL_S = 0.25


def test_the_window_never_stalls_during_a_run(
    window: MainWindow, tiny_sources: PlotSources, tmp_path: Path, qtbot: QtBot
) -> None:
    document, runs = window.services.document, window.services.runs
    with qtbot.waitSignal(document.opened, timeout=OPEN_MS):
        document.open_ortho(tiny_sources, tmp_path / "run.birch.gpkg")
    qtbot.waitUntil(lambda: window.map.is_settled, timeout=OPEN_MS)
    heart = Heartbeat(window)
    with qtbot.waitSignal(runs.segmented, timeout=RUN_MS):
        runs.segment("watershed")
    qtbot.waitUntil(lambda: window.map.is_settled, timeout=OPEN_MS)
    assert heart.beats > 20
    assert heart.longest_busy_s < _LONGEST_STALL_S


def test_the_heartbeat_feels_work_on_the_wrong_thread(window: MainWindow, qtbot: QtBot) -> None:
    heart = Heartbeat(window)
    qtbot.waitUntil(lambda: heart.beats > 2)
    end_s = time.thread_time() + 2 * _LONGEST_STALL_S
    while time.thread_time() < end_s:
        sum(range(1000))
    before = heart.beats
    qtbot.waitUntil(lambda: heart.beats > before)
    assert heart.longest_busy_s > _LONGEST_STALL_S
