"""A whole plot through the model-free segmenter: speed, the share of time outside the segmenter, memory at two sizes.

Also the merging of 130,000 candidates against intersecting every pair, and outlines against one GDAL call a mask.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.features
import shapely
from affine import Affine
from rasterio.windows import Window

from benchmarks.reporting import Report
from inference.jobs import CancelToken, JobContext
from inference.pipeline.merge import MergeRules, merge_seams
from inference.plot.grid import Grid
from inference.plot.tile import Tile
from inference.segment.base import Proposal
from inference.segment.polygonise import outlines
from inference.segment.watershed import WatershedSegmenter

SIDES_M = (200, 600)
GSD_M, DSM_M = 0.05, 0.1
MEMORY_LIMIT_MB = 1024.0
_PATTERN_M = 100


def write_survey(folder: Path, side_m: int) -> tuple[Path, Path, Path]:
    """A square survey that repeats one hectare of cone-shaped trees: orthomosaic 5 cm, DSM 10 cm, DTM 1 m."""
    height = _pattern(DSM_M)
    fine = np.kron(height, np.ones((round(DSM_M / GSD_M),) * 2, dtype=np.float32))
    grain = np.random.default_rng(2).integers(0, 30, fine.shape)
    rgb = np.stack([40 + 4 * fine + grain, 55 + 6 * fine + grain, 35 + 3 * fine + grain]).clip(1, 255).astype(np.uint8)
    paths = (folder / f"ortho_{side_m}.tif", folder / f"dsm_{side_m}.tif", folder / f"dtm_{side_m}.tif")
    ground = np.full((1, _PATTERN_M, _PATTERN_M), 100.0, dtype=np.float32)
    patterns = (rgb, height[None] + np.float32(100.0), ground)
    for path, pattern in zip(paths, patterns, strict=True):
        _write_repeated(path, pattern, side_m)
    return paths


def _pattern(cell_m: float, seed: int = 1) -> npt.NDArray[np.float32]:
    """Heights of one hectare of some 330 trees that repeats without a seam."""
    cells = round(_PATTERN_M / cell_m)
    rng = np.random.default_rng(seed)
    height = np.zeros((cells, cells), dtype=np.float32)
    for south in np.arange(2.75, _PATTERN_M, 5.5):
        for east in np.arange(2.75, _PATTERN_M, 5.5):
            radius_m = rng.uniform(1.5, 3.4)
            reach = round(radius_m / cell_m)
            offsets = np.arange(-reach, reach + 1)
            away = np.hypot(offsets[:, None], offsets[None, :]) * cell_m / radius_m
            crown = np.where(away < 1.0, (4.0 + 4.0 * radius_m) * (1.0 - 0.5 * away), 0.0).astype(np.float32)
            row, col = (round((place + rng.uniform(-0.8, 0.8)) / cell_m) for place in (south, east))
            place = np.ix_((row + offsets) % cells, (col + offsets) % cells)
            height[place] = np.maximum(height[place], crown)
    return height


def _write_repeated(path: Path, pattern: npt.NDArray[Any], side_m: int) -> None:
    bands, rows, cols = pattern.shape
    cell_m, times = _PATTERN_M / rows, side_m // _PATTERN_M
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=cols * times,
        height=rows * times,
        count=bands,
        dtype=pattern.dtype,
        crs="EPSG:32618",
        transform=Affine(cell_m, 0, 500_000, 0, -cell_m, 5_100_000),
        tiled=True,
        blockxsize=512,
        blockysize=512,
        compress="deflate",
        zlevel=1,
        interleave="pixel",
    ) as raster:
        for row in range(times):
            for col in range(times):
                raster.write(pattern, window=Window(col * cols, row * rows, cols, rows))


class Timed(WatershedSegmenter):
    """The watershed with a stopwatch."""

    inside_s = 0.0

    def segment(self, tile: Tile, cancel: CancelToken) -> Sequence[Proposal]:
        """As the watershed."""
        started_s = time.perf_counter()
        found = super().segment(tile, cancel)
        self.inside_s += time.perf_counter() - started_s
        return found


def run_plot(paths: Sequence[str]) -> dict[str, float]:
    """Segment a survey in this process; called in a process of its own, so that its peak memory means something."""
    from inference.pipeline.segment_plot import segment_plot
    from inference.plot.plot import Plot, PlotSources
    from inference.project.store import Project

    ortho, dsm, dtm = map(Path, paths)
    sources, segmenter = PlotSources(ortho, dsm, dtm), Timed()
    path = ortho.with_suffix(".birch.gpkg")
    with Plot.open(sources) as plot, Project.create(path, sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as project:
        before_mb, started_s = _peak_mb(), time.perf_counter()
        summary = segment_plot(plot, project, segmenter, JobContext())
        whole_s = time.perf_counter() - started_s
    return {
        "tiles": summary.tiles,
        "crowns": summary.crowns,
        "whole_s": whole_s,
        "inside_s": segmenter.inside_s,
        "before_mb": before_mb,
        "peak_mb": _peak_mb(),
    }


def _peak_mb() -> float:
    """Peak resident memory since this program started.

    On Linux `ru_maxrss` of a child begins with the peak of the process that started it, so it says nothing here.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def measure_plots(folder: Path, report: Report) -> None:
    """Two sizes of the same forest."""
    for side_m in SIDES_M:
        paths = write_survey(folder, side_m)
        command = [sys.executable, "-m", "benchmarks.bench_pipeline", "--plot", *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        hectares = side_m**2 / 1e4
        name = f"{hectares:g} ha at {GSD_M * 100:g} cm"
        report.add(f"{name}: crowns", found["crowns"], "")
        report.add(f"{name}: whole run", found["whole_s"], "s")
        report.add(f"{name}: area a minute", hectares / found["whole_s"] * 60, "ha/min")
        report.add(f"{name}: tiles a second", found["tiles"] / found["whole_s"], "1/s")
        report.add(f"{name}: share outside the segmenter", 1 - found["inside_s"] / found["whole_s"], "")
        report.add(f"{name}: peak memory", found["peak_mb"], "MB", limit=MEMORY_LIMIT_MB)
        report.add(f"{name}: memory before the run", found["before_mb"], "MB")


def measure_merge(report: Report) -> None:
    """130,000 candidates, 30,000 of them seen twice, against exact intersection of every pair whose boxes meet."""
    crowns = _canopy(100_000)
    again = np.random.default_rng(0).choice(len(crowns), 30_000, replace=False)
    both = np.concatenate([crowns, shapely.transform(crowns[again], lambda xy: xy + 0.02)])
    scores = np.random.default_rng(1).random(len(both))
    started_s = time.perf_counter()
    kept, _ = merge_seams(both, scores, MergeRules(trim=False), CancelToken())
    ours_s = time.perf_counter() - started_s
    started_s = time.perf_counter()
    first, second = shapely.STRtree(both).query(both)
    once = first < second
    shapely.area(shapely.intersection(both[first[once]], both[second[once]]))
    plain_s = time.perf_counter() - started_s
    report.add("merge 130,000 candidates", ours_s, "s")
    report.add("merge against all-pairs intersection", ours_s / plain_s, "", limit=0.5)
    report.add("merge: crowns left", len(kept), "")


def _canopy(count: int) -> npt.NDArray[np.object_]:
    """Touching crowns of 40 corners on a lattice."""
    side = int(np.ceil(np.sqrt(count)))
    rng = np.random.default_rng(3)
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    centres = np.stack(np.mgrid[:side, :side], axis=2).reshape(-1, 2)[:count] * 6.0
    radius = 2.9 + rng.uniform(-0.3, 0.3, (count, 40))
    rings = centres[:, None] + radius[..., None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return np.asarray(shapely.polygons(rings), dtype=object)


def measure_outlines(report: Report) -> None:
    """2,000 crown masks against one GDAL call each."""
    from scipy import ndimage

    rng = np.random.default_rng(0)
    masks = [ndimage.gaussian_filter(rng.random((24, 24)), 3) > 0.49 for _ in range(2000)]
    proposals = [Proposal(0, 0, mask, 1.0, (0, 0)) for mask in masks]
    started_s = time.perf_counter()
    outlines(proposals, Grid("", 0, 0, 0.25, 24, 24), min_hole_cells=0)
    ours_s = time.perf_counter() - started_s
    started_s = time.perf_counter()
    for mask in masks:
        list(rasterio.features.shapes(mask.astype(np.uint8), mask=mask))
    plain_s = time.perf_counter() - started_s
    report.add("outlines of 2,000 masks", ours_s, "s")
    report.add("outlines against one GDAL call a mask", ours_s / plain_s, "", limit=0.5)


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_pipeline", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--plot", nargs=3, metavar=("ORTHO", "DSM", "DTM"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.plot:
        print(json.dumps(run_plot(asked.plot)))
        return 0
    report = Report("Plot pipeline with the watershed")
    with tempfile.TemporaryDirectory() as folder:
        measure_plots(Path(folder), report)
    measure_merge(report)
    measure_outlines(report)
    report.print(json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
