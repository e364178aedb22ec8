"""How fast a project file is: opening, editing, picking, sorting, with 100,000 crowns.

    python -m benchmarks.bench_project [--json] [--crowns N]

Peers of the same run: GDAL reading the same layer whole, and a program that writes all crowns as one JSON file at each
save, as TagLab and labelme do.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyogrio.raw
import shapely

from benchmarks.reporting import Report, median_s, times_s
from inference.crowns import edits, geometry
from inference.crowns.crown import Crown, Measures
from inference.crowns.edits import CrownEdit
from inference.project.store import Project

OPEN_LIMIT_S = 1.0
EDIT_LIMIT_MS = 10.0
PICK_LIMIT_MS = 5.0
SORT_LIMIT_MS = 200.0
VERTICES = 40
EDITS = 2000
SEED = 3


def random_crowns(ids: range) -> list[Crown]:
    """Wobbly circles of 1-4 m radius at about 400 crowns a hectare, measured."""
    rng = np.random.default_rng(SEED)
    side_m = (len(ids) / 400 * 10_000) ** 0.5
    angles = np.linspace(0, 2 * np.pi, VERTICES, endpoint=False)
    centres = rng.uniform(0, side_m, (len(ids), 1, 2)) + np.array([500_000, 5_000_000])
    radii = rng.uniform(1, 4, (len(ids), 1)) * (1 + 0.1 * rng.standard_normal((len(ids), VERTICES)))
    outlines = shapely.polygons(centres + radii[..., None] * np.stack([np.cos(angles), np.sin(angles)], -1))
    heights = rng.uniform(3, 35, len(ids)).tolist()
    scores = rng.uniform(0, 1, len(ids)).tolist()
    labels = rng.choice([f"Species {letter}" for letter in "abcdefghijkl"], len(ids)).tolist()
    return [
        Crown(i, o, score=s, label=name, measures=Measures(h, h - 1, "DSM-DTM", (0.5, h), h, h * 9, "Jucker2017"))
        for i, o, s, h, name in zip(ids, outlines, scores, heights, labels, strict=True)
    ]


def percentiles(report: Report, name: str, taken_s: list[float], limit_ms: float) -> None:
    """Median, 99th percentile against the limit, and the slowest."""
    taken_ms = np.array(taken_s) * 1000
    report.add(f"{name}, median", float(np.median(taken_ms)), "ms")
    report.add(f"{name}, 99th percentile", float(np.percentile(taken_ms, 99)), "ms", limit=limit_ms)
    report.add(f"{name}, slowest", float(taken_ms.max()), "ms")


def bare_disk_s(folder: Path, times: int) -> list[float]:
    """What the disk itself takes to keep 64 kB, about what an edit writes."""
    block = os.urandom(65536)
    with (folder / "bare").open("wb") as file:
        file.write(block * 200)
        taken = []
        for number in range(times):
            file.seek(number % 200 * len(block))
            started_s = time.perf_counter()
            file.write(block)
            file.flush()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - started_s)
    return taken


def measure_file(path: Path, count: int, report: Report) -> None:
    """Writing all crowns as one edit, opening, and what GDAL takes to read the same layer."""
    ortho = path.with_name("ortho.tif")
    ortho.write_bytes(b"named, never read")
    with Project.create(path, SimpleNamespace(ortho=ortho, dsm=None, dtm=None, aoi=None), crs_wkt="") as project:
        crowns = random_crowns(project.take_ids(count))
        started_s = time.perf_counter()
        project.apply(edits.add("Segment plot", crowns))
        report.add(f"add {count:,} crowns in one edit", time.perf_counter() - started_s, "s")
        as_json_s = median_s(lambda: save_json(path.with_name("crowns.json"), crowns), 1)
    report.add("file", path.stat().st_size / 1e6, "MB")
    gdal_s = median_s(lambda: pyogrio.raw.read(path, layer="crowns"))
    open_s = median_s(lambda: Project.open(path).close())
    report.add("open", open_s, "s", OPEN_LIMIT_S, peer="GDAL reads the layer in", peer_value=gdal_s)
    measure_edits(path, as_json_s, report)


def save_json(path: Path, crowns: list[Crown]) -> None:
    """What a program does that keeps its crowns in one JSON file."""
    rows = [
        {"id": crown.tree_id, "score": crown.score, "points": shapely.get_coordinates(crown.outline).tolist()}
        for crown in crowns
    ]
    path.write_text(json.dumps(rows), encoding="utf-8")


def measure_edits(path: Path, as_json_s: float, report: Report) -> None:
    """One-crown edits on disk, undo and redo, merge and split, as a forester does them."""
    rng = np.random.default_rng(SEED)
    with Project.open(path) as project:
        ids = project.table.ids

        def reshape() -> None:
            crown = project.table.get(int(rng.choice(ids)))
            corners = geometry.rings(crown.outline)
            place = tuple((corners[0][3] + 0.01).tolist())
            moved = crown.with_outline(geometry.move_corners(crown.outline, {(0, 3): place}))
            project.apply(CrownEdit("Move corner", (crown,), (replace(moved, review="edited"),)))

        def add() -> None:
            (fresh,) = project.take_ids(1)
            project.apply(edits.add("Draw crown", [Crown(fresh, shapely.box(0, 0, 3, 3))]))

        def remove() -> None:
            last = project.table.get(int(project.table.ids[-1]))
            project.apply(CrownEdit("Remove crown", removed=(last,)))

        taken_s = plain_times_s(reshape, EDITS)
        percentiles(report, "edit one crown", taken_s, EDIT_LIMIT_MS)
        percentiles(report, "bare write and flush of 64 kB", bare_disk_s(path.parent, EDITS), EDIT_LIMIT_MS)
        one_ms = float(np.median(taken_s)) * 1000
        report.add("saving an edit", one_ms, "ms", peer="one JSON file rewritten", peer_value=as_json_s * 1000)
        percentiles(report, "add a crown", plain_times_s(add, 300), EDIT_LIMIT_MS)
        percentiles(report, "remove a crown", plain_times_s(remove, 300), EDIT_LIMIT_MS)
        percentiles(report, "undo", plain_times_s(project.undo, 500), EDIT_LIMIT_MS)
        percentiles(report, "redo", plain_times_s(project.redo, 500), EDIT_LIMIT_MS)
        report.add("history of all steps", median_s(project.history) * 1000, "ms")
        measure_table(project, report)


def plain_times_s(act: Callable[[], object], times: int) -> list[float]:
    """Seconds of each run, without the garbage collections between them that `times_s` makes."""
    taken = []
    for _ in range(times):
        started_s = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started_s)
    return taken


def measure_table(project: Project, report: Report) -> None:
    """Finding crowns by place, and columns for the attribute table."""
    table = project.table
    rng = np.random.default_rng(SEED)
    picks = iter(table.bounds_crs[rng.integers(0, len(table), 2000), :2] + 1.0)
    percentiles(report, "pick at a point", plain_times_s(lambda: table.at(*next(picks)), 2000), PICK_LIMIT_MS)
    min_x, min_y, *_ = table.bounds_crs.min(axis=0).tolist()
    frame = (min_x, min_y, min_x + 60.0, min_y + 60.0)
    percentiles(report, "crowns in a window", plain_times_s(lambda: table.within(frame), 2000), PICK_LIMIT_MS)
    for name in ("height_m", "label", "area_m2"):
        fresh_ms = median_s(lambda name=name: table._values(name, table.ids.tolist())) * 1000  # type: ignore[misc]
        report.add(f"column {name}, first time", fresh_ms, "ms", limit=SORT_LIMIT_MS)
        table.column(name)
        cached = max(times_s(lambda name=name: table.column(name), 5)) * 1000  # type: ignore[misc]
        report.add(f"column {name}, again", cached, "ms")
    by_height = median_s(lambda: np.argsort(table.column("height_m"), kind="stable")) * 1000
    report.add("sort by height", by_height, "ms", limit=SORT_LIMIT_MS)
    by_label = median_s(lambda: np.argsort(table.column("label"), kind="stable")) * 1000
    report.add("sort by label", by_label, "ms", limit=SORT_LIMIT_MS)


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_project", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--crowns", type=int, default=100_000)
    asked = parser.parse_args()
    report = Report(f"Project file with {asked.crowns:,} crowns of {VERTICES} vertices")
    with tempfile.TemporaryDirectory() as folder:
        measure_file(Path(folder) / "plot.birch.gpkg", asked.crowns, report)
    report.print(json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
