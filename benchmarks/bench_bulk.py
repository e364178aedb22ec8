"""Changing many of 100,000 crowns at once in the real window: what its thread is busy with, and the file by itself.

    python -m benchmarks.bench_bulk [--json]

Processor time of the window's thread beside the clock, because the machine may have other work. The peer is what SQLite
itself takes to update the same rows in one transaction, with the triggers that every GeoPackage has.
"""

import argparse
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from inference import env

env.scrub()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks import bench_crowns  # noqa: E402
from benchmarks.reporting import Report  # noqa: E402
from birchtree_gui.document import PlotDocument  # noqa: E402
from inference.crowns.crown import Crown, Measures  # noqa: E402
from inference.crowns.edits import CrownEdit  # noqa: E402
from inference.project import gpkg  # noqa: E402
from inference.project.store import Project  # noqa: E402

# A tenth of a second goes unnoticed; for more the window shows the wait cursor, which half a second bears.
LIMITS_S = {5_000: 0.1, 25_000: 0.5}
ALL_LIMIT_S = 2.0
_NAMES = ("Picea glauca", "Abies balsamea", "Betula papyrifera")
_NEW = "Acer rubrum"
_PAUSE_S = 1.5


@dataclass(frozen=True, slots=True)
class Taken:
    """How long an act took: processor time of this thread, and the clock."""

    busy_s: float
    wall_s: float


def taken(act: Callable[[], object]) -> Taken:
    """Time an act."""
    wall_s, busy_s = time.perf_counter(), time.thread_time()
    act()
    return Taken(time.thread_time() - busy_s, time.perf_counter() - wall_s)


def read_crowns(left: float, top: float, ids: range) -> list[Crown]:
    """Crowns as after a run that has read heights and species."""
    rng = np.random.default_rng(7)
    names, scores = rng.choice(_NAMES, len(ids)).tolist(), rng.uniform(0.1, 1, len(ids)).tolist()
    measures = Measures(height_m=12.0, height_chm_m=11.5, dbh_cm=30.0, agb_kg=100.0, allometry="bench", species_ood=0.2)
    return [
        replace(
            crown,
            review="auto",
            score=score,
            species=name,
            species_score=score,
            label=name,
            run_id="bench",
            measures=replace(measures, species_topk=f"{name} {score:.3f}"),
        )
        for crown, name, score in zip(bench_crowns.crowns(left, top, ids), names, scores, strict=True)
    ]


def bare_update_s(path: Path, count: int) -> float:
    """What SQLite takes to set three attributes of some rows."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        gpkg.register_functions(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        rows = ((f"2026-08-{number % 28 + 1}", number) for number in range(1, count + 1))
        query = "UPDATE crowns SET review = 'accepted', edited_by = 'a', edited_at = ? WHERE tree_id = ?"
        started_s = time.thread_time()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(query, rows)
        connection.execute("COMMIT")
        return time.thread_time() - started_s


def measure_file(path: Path, report: Report) -> None:
    """Every crown of the project, without a window."""
    from birchtree_gui import decisions

    with Project.open(path) as project:
        crowns = project.table.crowns()
        edit = decisions.name_species(crowns, "Quercus rubra", by="a", at="b")
        if edit is None:
            raise RuntimeError("nothing to name")
        for name, act in (("name", lambda: project.apply(edit)), ("undo", project.undo), ("redo", project.redo)):
            time_of = taken(act)
            report.add(f"file: {name} all {len(crowns):,}", time_of.busy_s, "s", limit=ALL_LIMIT_S)
            report.add(f"file: {name} all {len(crowns):,}, clock", time_of.wall_s, "s")


def do(document: PlotDocument, edit: CrownEdit | None) -> None:
    """Do an edit, which must be one."""
    if edit is None or not document.do(edit):
        raise RuntimeError("the edit was not made")


def measure_window(path: Path, report: Report, bare_s: dict[int, float]) -> None:
    """Accept, name, undo and redo of the selected crowns, with all panels that listen."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from birchtree_gui import decisions
    from birchtree_gui.app import build, make_application

    window, root = build(make_application([]))
    window.resize(1366, 768)
    window.show()

    def turn(seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        ends_s = time.perf_counter() + seconds
        while time.perf_counter() < ends_s and not until():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)

    document = window.services.document
    window.files.open_path(path)
    turn(120, lambda: document.is_open and window.map.is_settled)
    for count, limit_s in LIMITS_S.items():
        document.set_selection(document.project.table.ids[:count].tolist())
        turn(_PAUSE_S)
        acts: dict[str, Callable[[], object]] = {
            "accept": lambda: do(document, decisions.accept(document.selected_crowns(), by="a", at="b")),
            "name": lambda: do(document, decisions.name_species(document.selected_crowns(), _NEW, by="a", at="b")),
            "undo": document.undo,
            "redo": document.redo,
        }
        for name, act in acts.items():
            time_of = taken(act)
            turn(_PAUSE_S)
            peer = {"peer": "bare UPDATE of the rows", "peer_value": bare_s[count]}
            report.add(f"window: {name} {count:,}, its thread", time_of.busy_s, "s", limit=limit_s, **peer)  # type: ignore[arg-type]
            report.add(f"window: {name} {count:,}, clock", time_of.wall_s, "s")
    window.close()
    root.deleteLater()


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_bulk", description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    report = Report(f"Changing many of {bench_crowns.COUNT:,} crowns at once")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BIRCHTREE_HOME"] = str(Path(folder) / "home")
        path = bench_crowns.make_project(Path(folder), read_crowns)
        copy = path.with_name("bare.birch.gpkg")
        copy.write_bytes(path.read_bytes())
        bare_s = {count: bare_update_s(copy, count) for count in LIMITS_S}
        copy.unlink()
        measure_window(path, report, bare_s)
        measure_file(path, report)
    report.print(json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
