"""The crowns model inside on a hectare at 2 cm, by the command line as a user starts it, and what a click waits for."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine

from benchmarks.reporting import Report, median_s
from inference.models.store import ModelStore
from inference.segment.balsam2 import Graphs
from training.data.synthetic import synthetic_plot

MODEL = "birch-crowns"
SIDE_M, MADE_M, FINE = 100, 0.1, 5  # made on cells of 10 cm, each cut into 5 x 5: 5,000 x 5,000 cells of 2 cm
KIND = "broadleaf"
HECTARE_LIMIT_S, EMBEDDING_LIMIT_S = 60.0, 0.5
_LOOKS = 15


def write_hectare(folder: Path) -> tuple[Path, Path, int]:
    """Orthomosaic at 2 cm, canopy height as a DSM on flat ground at 10 cm, and how many crowns there are."""
    plot = synthetic_plot(11, 0, MADE_M, SIDE_M, kind=KIND)
    grain = np.random.default_rng(3).integers(-9, 10, (3, *(FINE * side for side in plot.rgb.shape[1:])))
    rgb = (plot.rgb.repeat(FINE, 1).repeat(FINE, 2) + grain).clip(1, 255).astype(np.uint8)
    ortho, dsm = folder / "ortho.tif", folder / "dsm.tif"
    assert plot.chm_m is not None
    for path, values, cell_m in ((ortho, rgb, MADE_M / FINE), (dsm, plot.chm_m[None] + np.float32(300.0), MADE_M)):
        bands, rows, cols = values.shape
        with rasterio.open(
            path,
            "w",
            driver="GTiff",
            width=cols,
            height=rows,
            count=bands,
            dtype=values.dtype,
            crs="EPSG:32618",
            transform=Affine(cell_m, 0, 500_000, 0, -cell_m, 5_100_000),
            tiled=True,
            compress="deflate",
            zlevel=1,
        ) as raster:
            raster.write(values)
    return ortho, dsm, len(plot.boxes)


def hectare(report: Report, folder: Path) -> None:
    """The whole command, start of the program and project file included."""
    ortho, dsm, true = write_hectare(folder)
    for name, elevation in (("", ["--dsm", str(dsm)]), (", no DSM", [])):
        out = folder / f"{len(elevation)}.birch.gpkg"
        command = [
            sys.executable,
            "main.py",
            "segment",
            str(ortho),
            *elevation,
            "--model",
            MODEL,
            "-o",
            str(out),
            "--json",
        ]
        before_s, started_s = _children_s(), time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1])
        wall_s, processor_s = time.perf_counter() - started_s, _children_s() - before_s
        crowns = json.loads(done.stdout)["crowns"]
        report.add(f"1 ha at 2 cm{name}: {crowns} crowns of {true}", wall_s, "s", limit=HECTARE_LIMIT_S)
        report.add(f"1 ha at 2 cm{name}: processor time", processor_s, "s")


def _children_s() -> float:
    times = os.times()
    return times.children_user + times.children_system


def embedding(report: Report) -> None:
    """What the first click in a view waits for: the encoder on one tile."""
    model = ModelStore().get(MODEL)
    graphs, side = Graphs.open(model), model.card.tile_px
    rng = np.random.default_rng(0)
    rgb = rng.uniform(0, 255, (1, 3, side, side)).astype(np.float32)
    elevation_m = rng.uniform(0, 30, (1, 1, side, side)).astype(np.float32)
    taken_s = median_s(lambda: graphs.encoder.run({"rgb": rgb, "elevation": elevation_m}), _LOOKS)
    report.add("embedding of a view", taken_s, "s", limit=EMBEDDING_LIMIT_S)


def main() -> int:
    """Print the report; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    report = Report(f"{MODEL}, the model inside")
    with tempfile.TemporaryDirectory() as folder:
        embedding(report)
        hectare(report, Path(folder))
    report.print(json=options.json)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
