"""Pictures of crowns for trait models: time per crop at several pixel sizes, against reading each by itself; memory.

The share of a run with DINOvTree-B is bounded from above: the model cannot be faster than its multiplications at the
speed that a matrix product reaches on this machine (`bench_traits` runs the model itself).
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from benchmarks import repeated_tiff
from benchmarks.reporting import Report
from inference.crowns.crown import Crown
from inference.plot.plot import Plot
from inference.plot.sources import PlotSources
from inference.traits.crops import CropSize, corners, crop_grid, read_crops

SIZE = CropSize(9.73, 512)  # DINOvTree-B, Quebec Trees
GFLOP_PER_CROP = 239.2  # specs/dinovtree.md, section 7.3
MAX_SHARE = 0.10
MEMORY_LIMIT_MB = 1024.0
CROWNS_PER_HA = 400
# Pixel size of the orthomosaic and its side in pixels.
SURVEYS = ((0.019, 8_000), (0.05, 3_000), (0.008, 12_000))
_ALONE = 60
_SOME = 2000


def survey(folder: Path, gsd_m: float, side_px: int) -> Path:
    """A square orthomosaic in tiles of 512 pixels, deflated, with overviews."""
    path = folder / f"ortho_{side_px}_{round(1000 * gsd_m)}.tif"
    repeated_tiff.write(path, side_px, side_px, gsd_m=gsd_m)
    return path


def scattered(plot: Plot, count: int) -> list[Crown]:
    """Crowns anywhere in the plot, in no order."""
    left, bottom, right, top = plot.bounds_crs
    places = np.random.default_rng(1).uniform((left, bottom), (right, top), (count, 2))
    return [Crown(n + 1, shapely.Point(*place).buffer(1.7)) for n, place in enumerate(places.tolist())]


def used_up(items: Iterable[object]) -> int:
    """Go through all items without keeping any."""
    return sum(1 for _ in items)


def ms_per_crop(path: Path) -> tuple[float, float, int]:
    """Milliseconds of processor time per crop read in order, and per crop read by itself; number of crops."""
    with Plot.open(PlotSources(path), check=False) as plot:
        left, bottom, right, top = plot.bounds_crs
        crowns = scattered(plot, round((right - left) * (top - bottom) / 10_000 * CROWNS_PER_HA))
        started_s = time.process_time()
        count = used_up(read_crops(plot, crowns, SIZE))
        ordered_s = (time.process_time() - started_s) / count
        alone = read_alone(plot, crowns[:_ALONE])
    return 1000 * ordered_s, 1000 * alone, count


def large_plot_ms(path: Path) -> tuple[float, float]:
    """Milliseconds of processor time per crop of a plot that no cache holds: the first rows in order, and alone."""
    with Plot.open(PlotSources(path), check=False) as plot:
        left, bottom, right, top = plot.bounds_crs
        crowns = scattered(plot, round((right - left) * (top - bottom) / 10_000 * CROWNS_PER_HA))
        alone = read_alone(plot, crowns[:_ALONE])
        started_s = time.process_time()
        count = used_up(islice(read_crops(plot, crowns, SIZE), _SOME))
        return 1000 * (time.process_time() - started_s) / count, 1000 * alone


def read_alone(plot: Plot, crowns: Sequence[Crown]) -> float:
    """Seconds per crop when each is one read of its own window, in the order of the table."""
    grid = crop_grid(plot, SIZE)
    tops, lefts = corners(crowns, grid, SIZE.side_px)
    started_s = time.process_time()
    for top, left in zip(tops.tolist(), lefts.tolist(), strict=True):
        window = grid.window(top, left, SIZE.side_px, SIZE.side_px)
        plot.ortho.read_grid(window, resampling="average" if SIZE.cell_m > plot.gsd_m else "bilinear")
    return (time.process_time() - started_s) / len(crowns)


def matrix_gflops() -> float:
    """What single-precision matrix products reach on all cores, in 10^9 operations a second."""
    one: npt.NDArray[np.float32] = np.random.default_rng(0).random((2048, 2048), np.float32)
    taken_s = []
    for _ in range(5):
        started_s = time.perf_counter()
        one @ one
        taken_s.append(time.perf_counter() - started_s)
    return 2 * 2048**3 / statistics.median(taken_s[1:]) / 1e9


def peak_mb(path: Path, count: int) -> float:
    """Peak memory of a process of its own that reads `count` crops."""
    command = [sys.executable, "-m", "benchmarks.bench_crops", "--child", str(path), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout))


def child(path: Path, count: int) -> None:
    """Read crops and print the peak memory in MB."""
    with Plot.open(PlotSources(path), check=False) as plot:
        used_up(islice(read_crops(plot, scattered(plot, count), SIZE), count))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main(arguments: Sequence[str]) -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.child:
        child(Path(asked.child[0]), int(asked.child[1]))
        return 0
    report = Report("Crops of crowns, 512 cells, 9.73 m")
    with tempfile.TemporaryDirectory() as name:
        slowest_ms = 0.0
        for gsd_m, side_px in SURVEYS:
            path = survey(Path(name), gsd_m, side_px)
            ordered_ms, alone_ms, count = ms_per_crop(path)
            what = f"{count} crops from pixels of {100 * gsd_m:.1f} cm, each"
            report.add(what, ordered_ms, "ms", peer="one by one", peer_value=alone_ms)
            slowest_ms = max(slowest_ms, ordered_ms)
        speed = matrix_gflops()
        report.add("matrix product, all cores", speed, "GFLOP/s")
        model_s = GFLOP_PER_CROP / speed
        report.add("DINOvTree-B at that speed, a crop", model_s, "s")
        # The reading thread shares the cores with the model, so its processor time is what it costs.
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        report.add("share of crop reading in such a run, at most", slowest_ms / 1000 / cores / model_s, "", MAX_SHARE)
        path = survey(Path(name), 0.019, 24_000)
        ordered_ms, alone_ms = large_plot_ms(path)
        report.add(
            "crops of a plot beyond GDAL's cache, each", ordered_ms, "ms", peer="one by one", peer_value=alone_ms
        )
        few, many = peak_mb(path, 400), peak_mb(path, 4000)
        report.add("peak memory, 400 crops of 21 ha", few, "MB", MEMORY_LIMIT_MB)
        report.add("peak memory, 4000 crops of 21 ha", many, "MB", MEMORY_LIMIT_MB)
    report.print(asked.json)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
