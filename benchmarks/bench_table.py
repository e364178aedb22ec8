"""How fast the crown table is: filtering and sorting 100,000 crowns, and changing 25,000 at once.

    python -m benchmarks.bench_table [--json] [--crowns N]

Process time, because the machine may have other work: what the window's thread would be busy with.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from benchmarks.bench_project import random_crowns
from benchmarks.reporting import Report
from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.crowns.in_columns import same_for_all
from inference.crowns.records import CustomField
from inference.crowns.table import CrownTable
from inference.project import bulk, custom_fields
from inference.project.store import Project

LIMIT_MS, BULK_LIMIT_S = 200.0, 0.5
BULK = 25_000
LINES = (
    "height_m > 20 and label = 'Species a'",
    "note ~ road or label in ('Species a', 'Species b')",
    "label like 'Species _' and not score < 0.5 and area > 8",
    "height_m / diameter_m > 2 and abs(height_m - dbh_cm) < 5",
    "plot_number = 7 and health = good or leaning is null",
    "species a",
)
SORTS = ("height_m", "label", "note", "area_m2", "custom:health", "custom:plot_number")


def process_ms(act: Callable[[], object], times: int = 5) -> float:
    """Median processor time of an act, milliseconds."""
    taken = []
    for _ in range(times):
        started_s = time.process_time()
        act()
        taken.append(time.process_time() - started_s)
    return float(np.median(taken)) * 1000


def dressed(crowns: Sequence[Crown]) -> list[Crown]:
    """Crowns with notes and own fields, every note another."""
    rng = np.random.default_rng(5)
    plots = rng.integers(0, 40, len(crowns)).tolist()
    return [
        replace(
            crown,
            note=f"{'road' if number % 9 == 0 else 'tree'} {number}",
            custom=(("health", ("good", "fair", "poor")[number % 3]), ("plot_number", plots[number])),
        )
        for number, crown in enumerate(crowns)
    ]


def measure_rows(table: CrownTable, fields: Sequence[CustomField], report: Report) -> None:
    """Filter lines and sort orders on the columns, the first time and again."""
    from birchtree_gui.docks import crown_filter
    from birchtree_gui.docks.row_order import Sorting, sort_order
    from inference.crowns.expression.names import Names

    names = Names(fields, crown_filter.MARKS)
    for line in LINES:
        first_ms = process_ms(lambda line=line: crown_filter.parse(line, names)(table), 1)  # type: ignore[misc]
        report.add(f"filter, first time: {line}", first_ms, "ms")
        again_ms = process_ms(lambda line=line: crown_filter.parse(line, names)(table))  # type: ignore[misc]
        report.add(f"filter: {line}", again_ms, "ms", limit=LIMIT_MS)
    for name in SORTS:
        table.column(name)
        taken_ms = process_ms(lambda name=name: sort_order(table, Sorting(name, True)))  # type: ignore[misc]
        report.add(f"sort by {name}", taken_ms, "ms", limit=LIMIT_MS)


def accepted(crowns: Sequence[Crown]) -> CrownEdit:
    """All of them accepted, as the window does it."""
    return edits.set_fields("Accept", crowns, same_for_all(review="accepted", edited_by="a", edited_at="2026-08-01"))


def measure_bulk(project: Project, report: Report) -> None:
    """Accepting many crowns, giving them a species, and taking it back: on disk and in the table."""
    ids = project.table.ids[:BULK].tolist()
    crowns = project.table.crowns(ids)
    size_before = project.path.stat().st_size
    started_s = time.process_time()
    project.apply(accepted(crowns))
    report.add(f"accept {BULK:,} crowns", time.process_time() - started_s, "s", limit=BULK_LIMIT_S)
    started_s = time.process_time()
    crowns = project.table.crowns(ids)
    edit = bulk.set_values(crowns, ["Picea glauca"] * BULK, bulk.Target("species"), by="a", at="2026-08-01")
    if edit is not None:
        project.apply(edit)
    report.add(f"set the species of {BULK:,} crowns", time.process_time() - started_s, "s", limit=BULK_LIMIT_S)
    started_s = time.process_time()
    project.undo()
    report.add("undo that", time.process_time() - started_s, "s", limit=BULK_LIMIT_S)
    report.add("the file grew by", (project.path.stat().st_size - size_before) / 1e6, "MB")


def main() -> int:
    """Read the command line and measure."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_table", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--crowns", type=int, default=100_000)
    asked = parser.parse_args()
    report = Report(f"Crown table with {asked.crowns:,} crowns")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plot.birch.gpkg"
        ortho = path.with_name("ortho.tif")
        ortho.write_bytes(b"named, never read")
        sources = SimpleNamespace(ortho=ortho, dsm=None, dtm=None, aoi=None)
        with Project.create(path, sources, crs_wkt="") as project:
            for name, kind, choices in (
                ("Plot number", "integer", ()),
                ("Health", "choice", ("good", "fair", "poor")),
                ("Leaning", "flag", ()),
            ):
                project.apply(custom_fields.new_field(project, name, kind, choices))  # type: ignore[arg-type]
            project.apply(edits.add("Segment", dressed(random_crowns(project.take_ids(asked.crowns)))))
        with Project.open(path) as project:
            measure_rows(project.table, project.custom_fields(), report)
            measure_bulk(project, report)
    report.print(json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
