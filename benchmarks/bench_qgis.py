"""Our map beside QGIS in one run: cold views of a 30,000 px raster, a pan of what is there, and 100,000 crowns.

QGIS is Debian's `python3-qgis`, in a process of its own that renders the same extents at the same size; the two take
turns, so both see the same machine. Without it only our own figures are told.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks import repeated_tiff
from benchmarks.bench_crowns import COUNT, make_project
from benchmarks.map_stage import FRAME_S, MAP_SIZE, Frames, Stage, stage
from benchmarks.reporting import Report
from birchtree_gui.canvas.view_transform import ViewTransform
from inference.plot.plot import PlotSources

SIDE_PX = 30_000
COLD_LIMIT, CACHED_LIMIT, CROWNS_LIMIT = 0.8, 0.05, 0.4
_PYTHON = "/usr/bin/python3"
_ROUNDS = 5
# Scale in screen pixels per raster pixel, and how far each next view is moved, as a share of the map (None: anywhere).
COLD_VIEWS: tuple[tuple[str, float, float | None], ...] = (
    ("1:1, moved by a quarter", 1.0, 0.25),
    ("1:1, anywhere", 1.0, None),
    ("1:2.6, anywhere", 1 / 2.6, None),
    ("1:8, moved by a quarter", 1 / 8, 0.25),
    ("2:1, anywhere", 2.0, None),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds on the clock, and of processors in all threads; on a busy machine compare these."""

    ms: float
    cpu_ms: float


@contextmanager
def stopwatch(found: list[Taken]) -> Iterator[None]:
    """Note what the block takes."""
    started_s, worked_s = time.perf_counter(), time.process_time()
    yield
    spent_s, cpu_s = time.perf_counter() - started_s, time.process_time() - worked_s
    found.append(Taken(spent_s * 1000, cpu_s * 1000))


class Qgis:
    """QGIS in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]", version: str) -> None:
        self._process = process
        self.version = version

    def render(self, layer: str, extent: tuple[float, float, float, float]) -> "Taken":
        """One picture of an extent in the layer's CRS (min x, min y, max x, max y)."""
        assert self._process.stdin is not None
        print(json.dumps({"layer": layer, "extent": extent}), file=self._process.stdin, flush=True)
        answer = _answer(self._process)
        return Taken(float(answer["ms"]), float(answer["cpu_ms"]))


def _answer(process: "subprocess.Popen[str]") -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError("QGIS ended")
    found: dict[str, Any] = json.loads(line)
    return found


@contextmanager
def qgis(raster: Path, vector: Path) -> Iterator[Qgis | None]:
    """QGIS with the two files open; None where it is not installed."""
    has_it = subprocess.run([_PYTHON, "-c", "import qgis.core"], capture_output=True, check=False, env=_clean())
    if has_it.returncode:
        yield None
        return
    script = Path(__file__).with_name("qgis_side.py")
    with subprocess.Popen(
        [_PYTHON, str(script), str(raster), f"{vector}|layername=crowns"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=_clean(),
    ) as process:
        yield Qgis(process, str(_answer(process)["version"]))
        assert process.stdin is not None
        process.stdin.close()


def _clean() -> dict[str, str]:
    """Our own GDAL, PROJ and Python must not get into QGIS."""
    foreign = ("PYTHON", "GDAL", "PROJ", "VIRTUAL_ENV", "QT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return {**kept, "QT_QPA_PLATFORM": "offscreen"}


def extent_of(made: Stage) -> tuple[float, float, float, float]:
    """What the map shows, in the plot CRS."""
    georeference = made.map.georeference
    assert georeference is not None
    return georeference.box_to_crs(made.map.view.bounds_px)


def show_cold(made: Stage, view: ViewTransform) -> Taken:
    """From the wish for a view to its last tile on the map; what comes around it later does not count."""
    rasters, loop = made.map._scene.rasters, QEventLoop()

    def look() -> None:
        if rasters.has_all(made.map.view):
            loop.quit()

    rasters.store.tileReady.connect(look)
    found: list[Taken] = []
    with stopwatch(found):  # waits for signals: to ask again and again would cost more than the tiles
        made.map.set_view(view)
        made.turn()
        if not rasters.has_all(made.map.view):
            loop.exec()
        made.turn()
    rasters.store.tileReady.disconnect(look)
    made.settle()
    return found[0]


def views(made: Stage, scale: float, step: float | None, rng: np.random.Generator) -> Iterator[ViewTransform]:
    """Views at a scale, none of which was seen before."""
    view = made.map.view
    room_px = np.array([view.width, view.height]) / scale
    corner = rng.uniform(0, np.maximum(SIDE_PX - room_px * (1 + (step or 0) * _ROUNDS), 1))
    for _ in range(_ROUNDS):
        yield replace(view, scale=scale, left_px=float(corner[0]), top_px=float(corner[1]))
        corner = corner + room_px * step if step else rng.uniform(0, np.maximum(SIDE_PX - room_px, 1))


def measure_raster(made: Stage, other: Qgis | None, report: Report) -> None:
    """Cold views and a cached pan."""
    rng = np.random.default_rng(5)
    made.map._scene.rasters.reload()
    for name, scale, step in COLD_VIEWS:
        ours: list[Taken] = []
        theirs: list[Taken] = []
        for number, view in enumerate(views(made, scale, step, rng)):
            taken = show_cold(made, view)
            rendered = [] if other is None else [other.render("raster", extent_of(made))]
            if number or step is None:  # the first of a walk is where it starts from
                ours.append(taken)
                theirs += rendered
        add(report, f"cold view {name}", ours, theirs, COLD_LIMIT)
        for how, pace_s in (("one after the other", 0.0), ("at a screen's pace", FRAME_S)):
            pans = made.frames(made.pans(80, -3, -2), pace_s=pace_s)
            frames = [Taken(*pair) for pair in zip(pans.times_ms, pans.cpu_ms, strict=True)]
            add(report, f"cached pan {name}, {how}", frames, theirs, CACHED_LIMIT)
    bare = bare_blit()
    report.add("a bare widget that paints one picture, at a screen's pace", statistics.median(bare.times_ms), "ms")
    made.map.zoom_to_plot()
    made.settle()
    ours, theirs = [], []
    for _ in range(_ROUNDS):
        made.map._scene.rasters.reload()
        ours.append(show_cold(made, replace(made.map.view, left_px=made.map.view.left_px + 1e-3)))
        theirs += [] if other is None else [other.render("raster", extent_of(made))]
    add(report, "full extent, tiles made anew", ours, theirs, COLD_LIMIT)


class Bare(QWidget):
    """What no map can be faster than: one picture of its size, already there."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage(MAP_SIZE, QImage.Format.Format_RGB32)
        self._picture.fill(0)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.resize(MAP_SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture."""
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture)
        painter.end()


def bare_blit() -> Frames:
    """Frames of the bare widget."""
    widget, found = Bare(), Frames()
    widget.show()
    for _ in range(80):
        QApplication.processEvents()
        started_s = time.perf_counter()
        widget.update()
        QApplication.processEvents()
        spent_s = time.perf_counter() - started_s
        found.times_ms.append(spent_s * 1000)
        time.sleep(max(0.0, FRAME_S - spent_s))
    widget.close()
    return found


def measure_crowns(made: Stage, other: Qgis | None, report: Report) -> None:
    """The crowns alone, each as the program shows them at that scale."""
    made.map.set_layers(())
    made.map.zoom_to_plot()
    made.settle()
    full = made.map.view.scale
    scene = made.map._scene
    for name, scale in (("full extent", full), ("an eighth", full * 2.8), ("a hundredth", full * 10)):
        made.map.zoom_by(scale / made.map.view.scale)
        made.settle()
        ours: list[Taken] = []
        theirs: list[Taken] = []
        for _ in range(_ROUNDS):
            scene._crowns.invalidate()
            with stopwatch(ours):
                made.map.repaint()  # begins the new picture and draws its first slice
                made.wait_until(lambda: made.map.is_settled)
                made.turn()  # the frame that shows it
            theirs += [] if other is None else [other.render("vector", extent_of(made))]
        add(report, f"{COUNT:,} crowns, {name}", ours, theirs, CROWNS_LIMIT)
        pans = made.frames(made.pans(20, -16, -9))
        report.add(f"{COUNT:,} crowns, {name}: pan p95", pans.p95, "ms", limit=33.0)


def add(report: Report, name: str, ours: list[Taken], theirs: list[Taken], share: float) -> None:
    """Our medians; their limit is a share of QGIS's medians in the same run."""
    clocks = (("", lambda taken: taken.ms), (", CPU", lambda taken: taken.cpu_ms))
    for suffix, read in clocks:
        value = statistics.median(map(read, ours))
        if theirs:
            peer = statistics.median(map(read, theirs))
            report.add(name + suffix, value, "ms", limit=share * peer, peer="QGIS", peer_value=peer)
        else:
            report.add(name + suffix, value, "ms")


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_qgis", description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raster = folder / "raster.tif"
        repeated_tiff.write(raster, SIDE_PX, SIDE_PX)
        (folder / "crowns").mkdir()
        crowned = make_project(folder / "crowns")
        with qgis(raster, crowned) as other:
            version = "not installed" if other is None else other.version
            report = Report(f"Our map beside QGIS ({version}), 1920 x 1080, medians of {_ROUNDS}")
            with stage() as made:
                made.document.open_ortho(PlotSources(raster), folder / "raster.birch.gpkg")
                made.wait_until(lambda: made.document.is_open)
                made.settle()
                measure_raster(made, other, report)
            with stage() as made:
                made.document.open_project(crowned)
                made.wait_until(lambda: made.document.is_open)
                measure_crowns(made, other, report)
    report.print(json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
