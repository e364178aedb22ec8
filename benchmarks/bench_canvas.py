"""The map on a 60,000 x 60,000 px orthomosaic: time to the first picture, memory, frames of pans and zooms."""

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import repeated_tiff
from benchmarks.reporting import Report

SIDE_PX = 60_000
OPEN_LIMIT_S, MEMORY_LIMIT_MB, FRAME_LIMIT_MS = 2.0, 1024.0, 50.0
_PANS, _ZOOMS = 240, 48


def peak_mb() -> float:
    """Peak resident memory of this process."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def write_in_child(path: Path) -> None:
    """Write the mosaic in another process, so that its memory does not count here."""
    child = multiprocessing.get_context("spawn").Process(target=repeated_tiff.write, args=(path, SIDE_PX, SIDE_PX))
    child.start()
    child.join()
    if child.exitcode:
        raise RuntimeError(f"writing {path} ended with code {child.exitcode}")


def measure(folder: Path, report: Report) -> None:
    """Open, look around, and add the figures."""
    ortho = folder / "mosaic.tif"
    write_in_child(ortho)
    started_s = time.perf_counter()
    from benchmarks.map_stage import stage
    from inference.plot.plot import PlotSources

    with stage() as made:
        made.turn()
        report.add("window and imports", time.perf_counter() - started_s, "s")
        opened_s = time.perf_counter()
        made.document.open_ortho(PlotSources(ortho), folder / "mosaic.birch.gpkg")
        made.wait_until(lambda: made.document.is_open)
        made.settle()
        report.add("open to first whole picture", time.perf_counter() - opened_s, "s", limit=OPEN_LIMIT_S)
        for name, scale in (("1:1", 1.0), ("1:2.6", 0.385), ("1:8", 0.125)):
            view = made.map.view
            made.map.zoom_by(scale / view.scale)
            made.settle()
            made.frames(made.pans(30, -24, -12))  # warm-up
            frames = made.frames(made.pans(_PANS, -24, -12))
            report.add(f"pan {name} p50", frames.p50, "ms")
            report.add(f"pan {name} p95", frames.p95, "ms")
            report.add(f"pan {name} p95, CPU of the GUI thread", frames.p95_cpu, "ms")
            report.add(f"pan {name} slowest frame", frames.slowest, "ms", limit=FRAME_LIMIT_MS)
            made.settle()
            cached = made.frames(made.pans(60, -3, -2))
            report.add(f"pan {name} within cached tiles p95", cached.p95, "ms")
        made.map.zoom_to_plot()
        made.settle()
        frames = made.frames(made.zooms(_ZOOMS, 2**0.5))
        report.add("zoom p95", frames.p95, "ms")
        report.add("zoom slowest frame", frames.slowest, "ms", limit=FRAME_LIMIT_MS)
        report.add("tile cache", made.map._scene.rasters.store.cache.used_bytes / 2**20, "MB")
        report.add("peak memory", peak_mb(), "MB", limit=MEMORY_LIMIT_MB)


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_canvas", description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    report = Report(f"Map on a {SIDE_PX:,} x {SIDE_PX:,} px orthomosaic, 1920 x 1080")
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), report)
    report.print(json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
