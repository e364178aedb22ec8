"""Crowns out and in: 100,000 to and from every format, heights of 10,000, and an evaluation of 100,000."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyogrio
import rasterio
import shapely
from affine import Affine
from rasterio.features import geometry_mask

from benchmarks.reporting import Report
from inference.crowns import edits
from inference.crowns.crown import Crown, Measures
from inference.evaluation.matching import greedy, overlaps
from inference.formats.api import export_crowns, import_crowns
from inference.pipeline.heights import blocks, heights_of, measure_crowns
from inference.plot.grid import Grid
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project

COUNT, SIDE = 100_000, 317
FEW = 10_000
SPACING_M, LEFT, TOP = 5.0, 500_000.0, 5_000_000.0
UTM = "EPSG:32611"
FORMATS = ("crowns.shp", "crowns.gpkg", "crowns.geojson", "crowns.csv", "coco.json")
EXPORT_LIMIT_S, IMPORT_LIMIT_S, HEIGHTS_LIMIT_S = 15.0, 30.0, 5.0
T = TypeVar("T")


def timed(act: Callable[[], T]) -> tuple[float, T]:
    """Seconds that an act takes, and what it gives."""
    started_s = time.perf_counter()
    result = act()
    return time.perf_counter() - started_s, result


def crowns() -> list[Crown]:
    """Ragged circles of 33 vertices on a jittered lattice, all measured."""
    rng = np.random.default_rng(0)
    col, row = np.arange(COUNT) % SIDE, np.arange(COUNT) // SIDE
    x, y = LEFT + (col + 0.7) * SPACING_M, TOP - (row + 0.7) * SPACING_M
    centres = shapely.points(x + rng.uniform(-0.8, 0.8, COUNT), y + rng.uniform(-0.8, 0.8, COUNT))
    outlines = shapely.orient_polygons(shapely.buffer(centres, rng.uniform(1.6, 2.8, COUNT)))
    heights = np.round(rng.gamma(6.0, 3.0, COUNT), 3).tolist()
    return [
        Crown(
            number,
            outline,
            score=0.5,
            species="Picea mariana",
            measures=Measures(height, height, "DSM-DTM", (px, py), 20.0, 100.0, "Jucker2017/global"),
        )
        for number, (outline, height, px, py) in enumerate(
            zip(outlines, heights, x.tolist(), y.tolist(), strict=True), 1
        )
    ]


def write_rasters(folder: Path) -> PlotSources:
    """An orthomosaic, a rough DSM at 0.25 m, and flat ground."""
    side_m = (SIDE + 0.5) * SPACING_M
    rng = np.random.default_rng(1)
    cells = round(side_m / 0.25)
    data = {
        "ortho": (np.full((3, 100, 100), 90, np.uint8), side_m / 100),
        "dsm": (100 + rng.gamma(3, 4, (1, cells, cells)).astype(np.float32), 0.25),
        "dtm": (np.full((1, 100, 100), 100, np.float32), side_m / 100),
    }
    for name, (array, cell_m) in data.items():
        profile = {"driver": "GTiff", "count": len(array), "height": array.shape[1], "width": array.shape[2]}
        placed = Affine(cell_m, 0, LEFT, 0, -cell_m, TOP)
        with rasterio.open(
            folder / f"{name}.tif", "w", crs=UTM, transform=placed, dtype=array.dtype, tiled=True, **profile
        ) as dataset:
            dataset.write(array)
    return PlotSources(folder / "ortho.tif", folder / "dsm.tif", folder / "dtm.tif")


def measure_formats(folder: Path, sources: PlotSources, everyone: list[Crown], report: Report) -> None:
    """Every format out and into a fresh project."""
    wkt = rasterio.crs.CRS.from_string(UTM).to_wkt()
    with Project.create(folder / "from.birch.gpkg", sources, crs_wkt=wkt) as project:
        project.take_ids(COUNT)
        seconds, _ = timed(lambda: project.apply(edits.add("Add", everyone)))
        report.add(f"put {COUNT:,} crowns into a project, a part of each import", seconds, "s")
        for name in FORMATS:
            seconds, _ = timed(lambda name=name: export_crowns(project, folder / name))  # type: ignore[misc]
            peer = bare_write(folder, everyone) if name == "crowns.shp" else None
            extra = {} if peer is None else {"peer": "pyogrio, outline and one number", "peer_value": peer}
            report.add(f"export {COUNT:,} to {name}", seconds, "s", limit=EXPORT_LIMIT_S, **extra)
    for name in FORMATS:
        with Project.create(folder / f"into_{name}.birch.gpkg", sources, crs_wkt=wkt) as project:
            seconds, summary = timed(lambda name=name: import_crowns(project, folder / name, by=None))  # type: ignore[misc]
            if summary.added != COUNT:
                raise RuntimeError(f"{name}: {summary.sentence()}")
            report.add(f"import {COUNT:,} from {name}", seconds, "s", limit=IMPORT_LIMIT_S)


def bare_write(folder: Path, everyone: list[Crown]) -> float:
    """Seconds for the least that any program could do: a shapefile with one column."""
    wkb = shapely.to_wkb([crown.outline for crown in everyone])
    ids = [np.arange(COUNT, dtype=np.int32)]
    options = {"geometry_type": "Polygon", "driver": "ESRI Shapefile", "crs": UTM}
    return timed(lambda: pyogrio.raw.write(folder / "bare.shp", wkb, ids, ["tree_id"], **options))[0]


def measure_heights(sources: PlotSources, everyone: list[Crown], report: Report) -> None:
    """Heights of many crowns, against one mask and one read of the DSM per crown."""
    few = everyone[:FEW]
    with Plot.open(sources, check=False) as plot:
        seconds, measured = timed(lambda: measure_crowns(few, plot.elevation))
    if any(measures.height_m is None for measures in measured.values()):
        raise RuntimeError("a crown has no height")
    peer_s = mask_per_crown(sources, few)
    report.add(
        f"heights of {FEW:,} crowns",
        seconds,
        "s",
        limit=HEIGHTS_LIMIT_S,
        peer="rasterio, a read and geometry_mask per crown",
        peer_value=peer_s,
    )
    report.add(f"cells of {FEW:,} crowns in memory", cells_only(few), "s")


def mask_per_crown(sources: PlotSources, few: list[Crown]) -> float:
    """Seconds for the loop that everyone writes first."""

    def loop() -> None:
        with rasterio.open(sources.dsm) as dsm:
            for crown in few:
                window = rasterio.windows.from_bounds(*crown.outline.bounds, dsm.transform)
                window = window.round_offsets().round_lengths(op="ceil")
                values = dsm.read(1, window=window)
                mask = geometry_mask([crown.outline], values.shape, dsm.window_transform(window), invert=True)
                inside = values[mask]
                inside.max()
                np.percentile(inside, 95)

    return timed(loop)[0]


def cells_only(few: list[Crown]) -> float:
    """Seconds for the arithmetic alone."""

    class Flat:
        def chm_m(self, grid: Grid) -> np.ndarray:  # type: ignore[type-arg]
            return np.ones(grid.shape, np.float32)

    outlines = np.array([crown.outline for crown in few], object)

    def all_blocks() -> None:
        for grid, places in blocks(outlines, Grid("", LEFT, TOP, 0.25, 1, 1)):
            heights_of(outlines[places], Flat(), grid)

    return timed(all_blocks)[0]


def measure_evaluation(everyone: list[Crown], report: Report) -> None:
    """Overlaps of two sets of crowns, and greedy matching."""
    outlines = np.array([crown.outline for crown in everyone], object)
    moved = shapely.transform(outlines, lambda xy: xy + 0.7)
    seconds, found = timed(lambda: overlaps(moved, outlines))
    report.add(f"overlaps of {COUNT:,} and {COUNT:,} crowns", seconds, "s")
    report.add("greedy matching of them", timed(lambda: greedy(found, np.ones(COUNT), 0.5))[0], "s")


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_formats", description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    report = Report(f"Crowns out and in: {COUNT:,} crowns, heights of {FEW:,}")
    everyone = crowns()
    with tempfile.TemporaryDirectory() as name:
        sources = write_rasters(Path(name))
        measure_heights(sources, everyone, report)
        measure_evaluation(everyone, report)
        measure_formats(Path(name), sources, everyone, report)
    report.print(json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
