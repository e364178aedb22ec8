"""Reviewing by keyboard in the real window, 5,000 crowns: key to the next crown painted; keystrokes for 300 crowns."""

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import shapely

from inference import env

env.scrub()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks.reporting import Report  # noqa: E402

CROWNS, DECISIONS, RANKED = 5_000, 300, 25_000
# What a person needs to see and judge a crown is not ours to measure; ten minutes for 300 crowns leave 2 s for each.
BUDGET_S = 600.0
LATENCY_LIMIT_MS = 100.0
_NAMES = ("Picea glauca", "Abies balsamea", "Betula papyrifera", "Acer rubrum")
# A reviewer's mix: most are right, some are none, some have the second species, a few are reshaped or put off.
_MIX = ("accept",) * 70 + ("reject",) * 12 + ("species",) * 12 + ("skip",) * 3 + ("back",) * 3


def crowns(count: int, bounds_crs: tuple[float, float, float, float], seed: int = 1) -> list[object]:
    """Proposals with everything that a model tells, on a grid over the plot."""
    from inference.crowns.crown import Crown, Measures

    generator = np.random.default_rng(seed)
    left, bottom, right, top = bounds_crs
    columns = int(np.ceil(np.sqrt(count * (right - left) / (top - bottom))))
    step = (right - left) / columns
    made: list[object] = []
    for number in range(count):
        x, y = left + (number % columns + 0.5) * step, bottom + (number // columns + 0.5) * step
        angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        radii = step * generator.uniform(0.3, 0.5) * (1 + 0.1 * generator.standard_normal(40))
        outline = shapely.Polygon(np.column_stack([x + radii * np.cos(angles), y + radii * np.sin(angles)]))
        p = np.sort(generator.dirichlet([0.6] * 4))[::-1]
        names = generator.permutation(_NAMES)
        told = Measures(
            height_m=12.0,
            height_chm_m=float(generator.uniform(5, 25)),
            height_model_m=float(generator.uniform(5, 25)),
            species_topk="; ".join(f"{name} {share:.3f}" for name, share in zip(names, p, strict=True)),
            species_ood=float(generator.uniform()),
        )
        made.append(
            Crown(
                number + 1,
                outline,
                score=float(generator.uniform(0.1, 1.0)),
                species=str(names[0]),
                species_score=float(p[0]),
                run_id="bench",
                measures=told,
            )
        )
    return made


def make_project(folder: Path) -> Path:
    """The sample plot with 5,000 proposals."""
    from inference.crowns import edits
    from inference.plot.plot import Plot
    from inference.plot.sources import PlotSources
    from inference.project.store import Project
    from inference.sample import ensure_sample_plot

    sample = ensure_sample_plot(folder / "sample", "demo")
    path = folder / "review.birch.gpkg"
    with (
        Plot.open(PlotSources(sample.ortho, sample.dsm, sample.dtm)) as plot,
        Project.create(path, plot.sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as project,
    ):
        project.apply(edits.add("Propose", crowns(CROWNS, plot.bounds_crs)))  # type: ignore[arg-type]
    return path


def review(path: Path, report: Report, decisions: int) -> None:
    """Decide on crowns by key, each time waiting until the next one is on the map with its picture."""
    from PySide6.QtCore import QEventLoop, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from birchtree_gui.app import build, make_application

    application = make_application([])
    window, root = build(application)
    window.resize(1366, 768)
    window.show()

    def until(done: object, limit_s: float = 120.0) -> None:
        ends_s = time.perf_counter() + limit_s
        while not done():  # type: ignore[operator]
            if time.perf_counter() > ends_s:
                raise TimeoutError("the window did not get there")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)

    window.files.open_path(path)
    until(lambda: window.services.document.is_open and window.map.is_settled)
    began_s = time.perf_counter()
    window.actions_by_name["review.start"].trigger()
    session = window.review.session
    until(lambda: session.current is not None)
    report.add("review begun: ranked, first crown chosen", time.perf_counter() - began_s, "s")
    until(lambda: not session.ranker._background.is_busy)
    until(lambda: window.map.is_settled)
    keys = {
        "accept": (Qt.Key.Key_Return,),
        "reject": (Qt.Key.Key_Delete,),
        "species": (Qt.Key.Key_2,),
        "skip": (Qt.Key.Key_K,),
        "back": (Qt.Key.Key_Backtab, Qt.Key.Key_Tab),
    }
    mix = np.random.default_rng(4).permutation(_MIX)
    key_ms: list[float] = []
    painted_ms: list[float] = []
    cpu_ms: list[float] = []
    strokes = 0
    decided_before = len(session.state.looked)
    number = 0
    while len(session.state.looked) - decided_before < decisions:
        for key in keys[mix[number % len(mix)]]:
            strokes += 1
            started_s, worked_s = time.perf_counter(), time.thread_time()
            QTest.keyClick(window.map, key)
            key_ms.append(1000 * (time.perf_counter() - started_s))
            window.map.repaint()
            cpu_ms.append(1000 * (time.thread_time() - worked_s))
            until(lambda: window.map.is_settled)
            painted_ms.append(1000 * (time.perf_counter() - started_s))
        number += 1
    report.add("key to next crown chosen, p50", float(np.percentile(key_ms, 50)), "ms")
    report.add("key to next crown chosen, p95", float(np.percentile(key_ms, 95)), "ms")
    cpu_p50, cpu_p95 = np.percentile(cpu_ms, [50, 95]).tolist()
    report.add("CPU of the GUI thread, key to frame, p50", cpu_p50, "ms")
    report.add("CPU of the GUI thread, key to frame, p95", cpu_p95, "ms", limit=LATENCY_LIMIT_MS)
    report.add("key to next crown wholly painted, p50", float(np.percentile(painted_ms, 50)), "ms")
    report.add("key to next crown wholly painted, p95", float(np.percentile(painted_ms, 95)), "ms")
    report.add(f"keystrokes for {decisions} decisions", strokes, "keys")
    waiting_s = sum(painted_ms) / 1000
    share_s = BUDGET_S * decisions / DECISIONS
    report.add(f"waiting for the window in {decisions} decisions", waiting_s, "s", limit=share_s)
    report.add("left for looking, each crown, of 10 minutes for 300", (share_s - waiting_s) / decisions, "s")
    window.close()
    root.deleteLater()


def ranking(report: Report) -> None:
    """Rank 25,000 crowns."""
    from inference.crowns.table import CrownTable
    from inference.review.queue import make_queue
    from inference.review.state import ReviewState

    table = CrownTable(crowns(RANKED, (0.0, 0.0, 700.0, 700.0)))  # type: ignore[arg-type]
    started_s, worked_s = time.perf_counter(), time.thread_time()
    frozen = table.frozen()
    report.add(
        f"copy of {RANKED:,} crowns for the thread, CPU", 1000 * (time.thread_time() - worked_s), "ms", limit=10.0
    )
    make_queue(frozen, ReviewState(seed=1))
    report.add(f"rank {RANKED:,} crowns", time.perf_counter() - started_s, "s")
    report.add(f"rank {RANKED:,} crowns, CPU", time.thread_time() - worked_s, "s", limit=1.0)


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_review", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--decisions", type=int, default=DECISIONS, help="how many; fewer are quicker")
    asked = parser.parse_args()
    report = Report(f"Review by keyboard, {CROWNS:,} crowns, 1366 x 768")
    folder = Path(tempfile.mkdtemp())
    os.environ["BIRCHTREE_HOME"] = str(folder / "home")
    try:
        ranking(report)
        review(make_project(folder), report, asked.decisions)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report.print(json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
