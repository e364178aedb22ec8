"""Whether the window goes on while a plot is run: the longest pause of its event loop, in the real window.

    python -m benchmarks.bench_run [--json] [--taking-over]

The sample plot (1.4 ha) is opened, outlined by the model inside and measured by the worker process; then another
program adds 25,000 crowns to a file that is open, which the window takes over as it does after a run. The thread's
waiting for a core is taken off where the system tells it, since a worker and two tile threads want the cores too.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from inference import env

env.scrub()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from benchmarks import bench_crowns  # noqa: E402
from benchmarks.bench_bulk import read_crowns  # noqa: E402
from benchmarks.heartbeat import Heartbeat  # noqa: E402
from benchmarks.reporting import Report  # noqa: E402
from birchtree_gui.app import build, make_application  # noqa: E402
from birchtree_gui.jobs.catching_up import CatchingUp  # noqa: E402
from birchtree_gui.main_window import MainWindow  # noqa: E402
from inference.crowns import edits  # noqa: E402
from inference.plot.plot import PlotSources  # noqa: E402
from inference.project.store import Project  # noqa: E402
from inference.sample import ensure_sample_plot  # noqa: E402

LIMIT_S = 0.1
MANY = 25_000
_PAUSE_S = 1.0
_RUN_S = 600.0


def turn(seconds: float, until: Callable[[], bool] = lambda: False) -> None:
    """Handle events for a while, or until something has happened."""
    ends_s = time.perf_counter() + seconds
    while time.perf_counter() < ends_s and not until():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def measure_run(window: MainWindow, folder: Path, report: Report) -> None:
    """A whole run on the sample plot."""
    document, runs = window.services.document, window.services.runs
    plot = ensure_sample_plot(folder / "sample", "demo")
    heart = Heartbeat()
    document.open_ortho(PlotSources(plot.ortho, plot.dsm, plot.dtm), folder / "run.birch.gpkg")
    turn(60, lambda: document.is_open and window.map.is_settled)
    turn(_PAUSE_S)
    report.add("opening a plot: longest pause", heart.taken(), "s")
    found: list[int] = []
    runs.segmented.connect(found.append)
    runs.segment("birch-crowns")
    turn(_RUN_S, lambda: bool(found))
    turn(_PAUSE_S)
    if not found:
        raise RuntimeError("the run did not end")
    report.add(f"outlining and measuring {found[0]:,} crowns: longest pause", heart.taken(), "s", limit=LIMIT_S)
    document.close()


def measure_taking_over(window: MainWindow, folder: Path, report: Report) -> None:
    """25,000 crowns more in the open file."""
    path = bench_crowns.make_project(folder, read_crowns)
    document = window.services.document
    window.files.open_path(path)
    turn(120, lambda: document.is_open and window.map.is_settled)
    turn(_PAUSE_S)
    with Project.open(path) as other:
        known = other.table.crowns(range(1, MANY + 1))
        fresh = [replace(crown, tree_id=number) for crown, number in zip(known, other.take_ids(MANY), strict=True)]
        other.apply(edits.add("Run", fresh))
    heart = Heartbeat()
    done: list[bool] = []
    started_s = time.perf_counter()
    CatchingUp(document, window).start(lambda: done.append(True))
    turn(60, lambda: bool(done))
    report.add(f"taking over {MANY:,} crowns: until all are there", time.perf_counter() - started_s, "s")
    turn(_PAUSE_S, lambda: window.map.is_settled)
    report.add(f"taking over {MANY:,} crowns: longest pause", heart.taken(), "s", limit=LIMIT_S)


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_run", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--taking-over", action="store_true", help="only what follows a large run")
    asked = parser.parse_args()
    report = Report("The window while a plot is run: pauses of its event loop")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["BIRCHTREE_HOME"] = str(folder / "home")
        window, root = build(make_application([]))
        window.resize(1366, 768)
        window.show()
        (folder / "many").mkdir()
        if not asked.taking_over:
            measure_run(window, folder, report)
        measure_taking_over(window, folder / "many", report)
        window.close()
        root.deleteLater()
    report.print(json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
