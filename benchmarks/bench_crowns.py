"""The map with 100,000 crowns of 40 vertices: frames at four zooms, picking, box selection, and an edit."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from PySide6.QtGui import QImage, QPainter, QPen

from benchmarks import repeated_tiff
from benchmarks.map_stage import MAP_SIZE, Stage, stage
from benchmarks.reporting import Report
from birchtree_gui.canvas.qt_shapes import rings_of, to_polygons
from inference.crowns import edits
from inference.crowns.crown import REVIEWS, Crown, Measures
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project

SIDE = 317
COUNT, VERTICES, SPACING_M, GSD_M = 100_000, 40, 5.0, 0.05
# An edit is on disk and its crown repainted within one frame; `bench_project` measures the disk alone against 10 ms.
FRAME_LIMIT_MS, PICK_LIMIT_MS, EDIT_LIMIT_MS = 33.0, 5.0, 33.0
# Side of a crown on screen for each level of detail but the coarsest, which is the full extent.
VIEWS = (("crowns of 12 px", 12.0), ("crowns of 30 px", 30.0), ("crowns of 90 px", 90.0))
_PANS = 60


def crowns(left: float, top: float, ids: range) -> list[Crown]:
    """COUNT ragged circles on a jittered lattice, of every review but mostly proposals."""
    rng = np.random.default_rng(0)
    col, row = np.arange(COUNT) % SIDE, np.arange(COUNT) // SIDE
    middles = np.stack([left + (col + 0.7) * SPACING_M, top - (row + 0.7) * SPACING_M], axis=1)
    middles += rng.uniform(-0.8, 0.8, middles.shape)
    angles = np.linspace(0.0, 2 * np.pi, VERTICES, endpoint=False)
    radii = rng.uniform(1.6, 2.8, (COUNT, 1)) * (1 + 0.06 * rng.standard_normal((COUNT, VERTICES)))
    rings = middles[:, None] + np.stack([np.cos(angles) * radii, np.sin(angles) * radii], axis=2)
    outlines = shapely.polygons(rings)
    kinds = rng.choice(len(REVIEWS), COUNT, p=[0.7, 0.15, 0.08, 0.05, 0.02]).tolist()
    heights = rng.gamma(6.0, 3.0, COUNT).tolist()
    return [
        Crown(tree_id, outline, score=0.5, review=REVIEWS[kind], measures=Measures(height_m=height))
        for tree_id, outline, kind, height in zip(ids, outlines, kinds, heights, strict=True)
    ]


def make_project(folder: Path, make: Callable[[float, float, range], list[Crown]] = crowns) -> Path:
    """A plot of 1.6 km with its crowns."""
    ortho, path = folder / "mosaic.tif", folder / "mosaic.birch.gpkg"
    side_px = round((SIDE + 0.5) * SPACING_M / GSD_M)
    repeated_tiff.write(ortho, side_px, side_px, gsd_m=GSD_M)
    with Plot.open(PlotSources(ortho)) as plot:
        left, _, _, top = plot.bounds_crs
        with Project.create(path, plot.sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as project:
            project.apply(edits.add("Import", make(left, top, project.take_ids(COUNT))))
    return path


def timed_ms(what: Callable[[], object]) -> float:
    """How long a call takes."""
    started_s = time.perf_counter()
    what()
    return (time.perf_counter() - started_s) * 1000


def plain_drawing_ms(made: Stage) -> float:
    """The same outlines drawn one by one with QPainter, as a map without levels of detail does."""
    table, georeference = made.document.table, made.map.georeference
    if table is None or georeference is None:
        raise RuntimeError("no plot is open")
    rings = rings_of(table.outlines)
    rings = replace(rings, xy=made.map.view.to_screen(georeference.to_px(rings.xy)))
    shapes = to_polygons(rings, len(table))
    image = QImage(MAP_SIZE, QImage.Format.Format_ARGB32_Premultiplied)

    def draw() -> None:
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen())
        for shape in shapes:
            painter.drawPolygon(shape)
        painter.end()

    return min(timed_ms(draw) for _ in range(3))


def measure_views(made: Stage, report: Report) -> None:
    """Frames while panning and zooming, and how long a whole new picture of the crowns takes."""
    made.map.zoom_to_plot()
    made.settle()
    full_scale = made.map.view.scale
    plain_ms = plain_drawing_ms(made)
    for name, side_px in (("full extent", 0.0), *VIEWS):
        scale = side_px * GSD_M / 4.2 if side_px else full_scale
        made.map.zoom_by(scale / made.map.view.scale)
        made.settle()
        pans = made.frames(made.pans(_PANS, -16, -9))
        made.settle()
        zooms = made.frames(made.zooms(24, 1.06))
        started_s = time.perf_counter()
        made.map.zoom_by(0.97)
        made.settle()
        whole_ms = (time.perf_counter() - started_s) * 1000
        report.add(f"{name}: pan p50", pans.p50, "ms")
        report.add(f"{name}: pan p95", pans.p95, "ms", limit=FRAME_LIMIT_MS)
        peer = {"peer": "QPainter, each outline", "peer_value": plain_ms} if not side_px else {}
        report.add(f"{name}: zoom p50", zooms.p50, "ms", **peer)
        report.add(f"{name}: zoom p95", zooms.p95, "ms", limit=FRAME_LIMIT_MS)
        report.add(f"{name}: zoom p95, CPU of the GUI thread", zooms.p95_cpu, "ms", limit=FRAME_LIMIT_MS)
        report.add(f"{name}: until all is sharp", whole_ms, "ms")


def measure_acts(made: Stage, report: Report) -> None:
    """Picking, selecting in a box, and an edit with its new picture."""
    document, view = made.document, made.map
    table, georeference = document.table, view.georeference
    if table is None or georeference is None:
        raise RuntimeError("no plot is open")
    boxes = table.bounds_crs
    rng = np.random.default_rng(1)
    places = ((boxes[:, :2] + boxes[:, 2:]) / 2)[rng.integers(0, COUNT, 300)].tolist()
    report.add(
        "pick p95",
        float(np.percentile([timed_ms(lambda at=at: table.at(*at)) for at in places], 95)),
        "ms",
        limit=PICK_LIMIT_MS,
    )
    view.zoom_to_plot()
    made.settle()
    select = view.belt.tool
    report.add("select all in a box", box_select_ms(made, select), "ms", limit=100.0)
    report.add("selected", float(len(document.selection)), "crowns")
    pans = made.frames(made.pans(_PANS, -16, -9))
    report.add("full extent, all selected: pan p95", pans.p95, "ms", limit=FRAME_LIMIT_MS)
    document.set_selection(())
    ids = rng.choice(table.ids[table.visible], 40, replace=False).tolist()
    view.zoom_to_ids(ids[:1])
    view.zoom_by(30.0 * GSD_M / 4.2 / view.view.scale)
    made.settle()
    report.add(
        "edit and repaint p95",
        float(np.percentile([edit_ms(made, tree_id) for tree_id in ids], 95)),
        "ms",
        limit=EDIT_LIMIT_MS,
    )


def box_select_ms(made: Stage, select: object) -> float:
    """Drag a box over the whole map with the mouse."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    far = QPoint(MAP_SIZE.width() - 2, MAP_SIZE.height() - 2)
    QTest.mousePress(made.map, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(2, 2))
    QTest.mouseMove(made.map, far)
    made.turn()
    return timed_ms(
        lambda: QTest.mouseRelease(made.map, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, far)
    )


def edit_ms(made: Stage, tree_id: int) -> float:
    """Move one crown in view by 0.2 m: project file, table, and the picture that shows it."""
    table, georeference = made.document.table, made.map.georeference
    if table is None or georeference is None:
        raise RuntimeError("no plot is open")
    made.map.zoom_to_ids([tree_id])
    made.map.zoom_by(30.0 * GSD_M / 4.2 / made.map.view.scale)
    made.settle()
    crown = table.get(tree_id)
    moved = crown.with_outline(shapely.transform(crown.outline, lambda xy: xy + 0.2))
    edit = edits.change("Move", [crown], lambda _: moved)

    def act() -> None:
        made.document.do(edit)
        made.turn()

    return timed_ms(act)


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_crowns", description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    report = Report(f"Map with {COUNT:,} crowns of {VERTICES} vertices, 1920 x 1080")
    with tempfile.TemporaryDirectory() as folder:
        path = make_project(Path(folder))
        with stage() as made:
            started_s = time.perf_counter()
            made.document.open_project(path)
            made.wait_until(lambda: made.document.is_open)
            report.add("open", time.perf_counter() - started_s, "s")
            measure_views(made, report)
            measure_acts(made, report)
    report.print(json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
