"""The self-test of an installation: every part that packaging can break is tried for real in a temporary folder.

It is the acceptance test of each packaged BirchTree: rasters, reprojection, vector files, ONNX Runtime, the models
that came along, the sample plot from its pixels to its crowns, and the window with that plot, in a process of its own.
"""

import importlib.util
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inference import launching
from inference.errors import BirchtreeError

_PROJECT = "self_test.birch.gpkg"
_WINDOW_PARTS = ("birchtree_gui", "PySide6")  # looked for, never imported here
_WINDOW_LIMIT_S = 300.0
_LEAST_REPORT_BYTES = 10_000
_MAX_TOLD_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Check:
    """Outcome of one part of the self-test."""

    name: str
    passed: bool
    detail: str
    seconds: float = 0.0


def _check_raster(folder: Path) -> str:
    import numpy as np
    import rasterio

    file = folder / "raster.tif"
    values = np.arange(64 * 64, dtype=np.float32).reshape(64, 64)
    profile = {
        "driver": "GTiff",
        "dtype": "float32",
        "count": 1,
        "height": 64,
        "width": 64,
        "crs": "EPSG:2950",
    }
    with rasterio.open(
        file, "w", transform=rasterio.Affine(1, 0, 3e5, 0, -1, 5e6), compress="deflate", **profile
    ) as raster:
        raster.write(values, 1)
    with rasterio.open(file) as raster:
        if not np.array_equal(raster.read(1), values):
            raise ValueError("the pixels read are not those written")
    return "GeoTIFF written and read"


def _check_reprojection(_folder: Path) -> str:
    from rasterio.warp import transform

    (easting,), (northing,) = transform("EPSG:4326", "EPSG:32618", [-75.0], [45.0])
    # The central meridian of UTM zone 18 has easting 500 km by definition; northing from the WGS84 meridian arc.
    if abs(easting - 500_000) > 0.01 or abs(northing - 4_982_950.4) > 0.1:
        raise ValueError(f"45 N 75 W became {easting:.2f}, {northing:.2f}")
    return "EPSG:4326 to EPSG:32618 within 0.1 m"


def _check_vector(folder: Path) -> str:
    import numpy as np
    import pyogrio.raw
    import shapely

    square = shapely.to_wkb(np.array([shapely.box(0, 0, 1, 1)], dtype=object))
    for suffix in (".gpkg", ".shp"):
        file = folder / f"vector{suffix}"
        pyogrio.raw.write(file, square, [np.array([1])], ["tree_id"], geometry_type="Polygon", crs="EPSG:2950")
        if pyogrio.read_info(file)["features"] != 1:
            raise ValueError(f"the crown written to {suffix} cannot be read")
    return "GeoPackage and shapefile written and read"


def _check_model(_folder: Path) -> str:
    from inference.models import providers

    fault = providers.try_provider(providers.CPU)
    if fault:
        raise ValueError(fault)
    return f"a small network computed the known result; {providers.describe()}"


def _check_installed_models(_folder: Path) -> str:
    from inference.models.store import ModelStore

    store = ModelStore()
    names = {model.card.id for model in store.models()} | {problem.model_id for problem in store.problems()}
    faults = [sentence for name in sorted(names) for sentence in store.verify(name)]
    if faults:
        raise ValueError(" ".join(faults))
    return f"{len(names)} verified" if names else "none installed; watershed and valley need no files"


def _check_sample_plot(folder: Path) -> str:
    """The main job, small: survey to crowns, without a model and with the one that the program takes by itself."""
    from inference.formats.api import export_crowns
    from inference.jobs import JobContext
    from inference.pipeline.segment_plot import segment_plot
    from inference.plot.plot import Plot
    from inference.plot.sources import PlotSources
    from inference.project.store import Project
    from inference.sample import ensure_sample_plot
    from inference.segment import registry

    files = ensure_sample_plot(folder / "sample", "tiny")
    model_id = registry.default_id(has_dsm=True)
    found = {}
    with (
        Plot.open(PlotSources(files.ortho, files.dsm, files.dtm)) as plot,
        Project.create(folder / _PROJECT, plot.sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as project,
    ):
        for name in ("watershed", model_id):  # scikit-image and scipy, then ONNX Runtime
            found[name] = segment_plot(plot, project, registry.make_segmenter(name), JobContext()).crowns
            if not found[name]:
                raise ValueError(f"{name} found no crown on the sample plot")
        export_crowns(project, folder / "crowns.shp")
    told = ", ".join(f"{count} with {name}" for name, count in found.items())
    return f"crowns outlined on 40 x 40 m: {told}; written as a shapefile"


def _check_report(folder: Path) -> str:
    """The fonts, pictures and tables that a report needs."""
    from inference.jobs import JobContext
    from inference.report.collect import ReportOptions
    from inference.report.wording import wording
    from inference.report.writing import write_report

    for suffix in (".html", ".pdf"):
        file = folder / f"report{suffix}"
        write_report(folder / _PROJECT, file, ReportOptions(), words=wording("fr"), context=JobContext())
        if file.stat().st_size < _LEAST_REPORT_BYTES:
            raise ValueError(f"the report {suffix} is empty")
    return "the sample plot's report written as HTML and PDF"


def _check_window(folder: Path) -> str:
    """In a process of its own, without a screen: a missing library of Qt ends a process, it raises nothing."""
    if not launching.is_packaged() and not all(importlib.util.find_spec(name) for name in _WINDOW_PARTS):
        return "left out: this is the command line without the window"
    project = folder / _PROJECT
    command = [*launching.command_line(), "gui", "--self-test", *([str(project)] if project.exists() else [])]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "BIRCHTREE_HOME": str(folder / "home")}
    done = subprocess.run(
        command,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=_WINDOW_LIMIT_S,
        check=False,
    )
    if done.returncode:
        told = (done.stderr.strip() or done.stdout.strip() or "it said nothing")[-_MAX_TOLD_CHARACTERS:]
        raise RuntimeError(f"the window ended with {done.returncode}: {told}")
    return done.stdout.strip()


_CHECKS: tuple[tuple[str, Callable[[Path], str]], ...] = (
    ("raster", _check_raster),
    ("reprojection", _check_reprojection),
    ("vector", _check_vector),
    ("model", _check_model),
    ("installed models", _check_installed_models),
    ("sample plot", _check_sample_plot),
    ("report", _check_report),
    ("window", _check_window),
)


def self_test() -> tuple[Check, ...]:
    """Try every part for real in a temporary folder; a part that fails is reported, not raised."""
    checks = []
    with tempfile.TemporaryDirectory(prefix="birchtree-doctor-", ignore_cleanup_errors=True) as folder:
        for name, attempt in _CHECKS:
            begun_s = time.perf_counter()
            try:
                passed, detail = True, attempt(Path(folder))
            except (OSError, ValueError, RuntimeError, ImportError, BirchtreeError, subprocess.TimeoutExpired) as error:
                passed, detail = False, f"{type(error).__name__}: {error}"
            checks.append(Check(name, passed, detail, round(time.perf_counter() - begun_s, 2)))
    return tuple(checks)
