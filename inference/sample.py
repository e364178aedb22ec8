"""Writes the sample plot: the procedural forest as the files that a drone survey delivers, and its true crowns."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio.enums import ColorInterp
from rasterio.io import MemoryFile

from inference import disk, json_text
from inference.errors import InputError
from inference.formats import ogr
from resources.forest.plot import VERSION, ForestPlot, ForestSpec, make_plot

SampleSize = Literal["demo", "tiny"]

SAMPLE_CRS = "EPSG:2950"  # NAD83(CSRS) / MTM zone 8, the one used around Montreal
LEFT_CRS, TOP_CRS = 266120.0, 5094480.0  # in the hills near Saint-Hippolyte, where such forest grows
NODATA_M = -9999.0

SPECS: dict[SampleSize, ForestSpec] = {
    "demo": ForestSpec(seed=7),
    "tiny": ForestSpec(seed=3, width_m=40.0, height_m=40.0),
}


@dataclass(frozen=True, slots=True)
class SamplePlot:
    """The files of a sample plot: orthomosaic (RGBA), surface model, ground model, true crowns (GeoPackage)."""

    ortho: Path
    dsm: Path
    dtm: Path
    truth: Path


def ensure_sample_plot(folder: Path, size: SampleSize = "demo") -> SamplePlot:
    """Make the sample plot in `folder` unless this version of it is there already.

    "demo" is 120 x 120 m at 5 cm and takes some seconds; "tiny" is 40 x 40 m for tests. Both may share a folder. Files
    appear whole or not at all, so an interrupted call leaves nothing half made.

    Raises:
        OSError: the folder cannot be written.
        InputError: the disk is full.
    """
    plot = SamplePlot(
        folder / f"{size}_ortho.tif",
        folder / f"{size}_dsm.tif",
        folder / f"{size}_dtm.tif",
        folder / f"{size}_crowns.gpkg",
    )
    manifest = folder / f"{size}_sample.json"
    wanted = {"forest_version": VERSION, "layout_version": 1, "spec": asdict(SPECS[size])}
    files = (plot.ortho, plot.dsm, plot.dtm, plot.truth)
    if _read_manifest(manifest) == wanted and all(file.is_file() for file in files):
        return plot
    folder.mkdir(parents=True, exist_ok=True)
    manifest.unlink(missing_ok=True)
    _write(make_plot(SPECS[size]), plot)
    _replace(manifest, lambda path: path.write_text(json.dumps(wanted, indent=1), encoding="utf-8"))
    return plot


def _read_manifest(path: Path) -> dict[str, Any] | None:
    try:
        content = json_text.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None  # absent or damaged: the plot is made again
    return content if isinstance(content, dict) else None


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a file beside `path`, then put it in its place in one step."""
    part = path.with_name(f".{os.getpid()}_{path.name}")
    try:
        write(part)
        part.replace(path)
    except (OSError, InputError) as error:
        if disk.is_full(error):
            raise disk.full(path) from error
        raise
    finally:
        part.unlink(missing_ok=True)


def _write(forest: ForestPlot, plot: SamplePlot) -> None:
    spec = forest.spec
    rgba = np.concatenate([forest.rgb, np.where(forest.valid, 255, 0).astype(np.uint8)[None]])
    _replace(plot.ortho, lambda path: _write_ortho(path, rgba, spec.gsd_m))
    _replace(plot.dsm, lambda path: _write_heights(path, forest.dsm_m, spec.dsm_cell_m))
    _replace(plot.dtm, lambda path: _write_heights(path, forest.dtm_m, spec.dtm_cell_m))
    _replace(plot.truth, lambda path: _write_truth(path, forest))


def _transform(cell_m: float) -> Affine:
    return Affine(cell_m, 0.0, LEFT_CRS, 0.0, -cell_m, TOP_CRS)


def _write_ortho(path: Path, rgba: NDArray[np.uint8], gsd_m: float) -> None:
    _write_raster(path, rgba, gsd_m, photometric="RGB", predictor=2)


def _write_heights(path: Path, heights_m: NDArray[np.float32], cell_m: float) -> None:
    filled = np.where(np.isnan(heights_m), np.float32(NODATA_M), heights_m)
    _write_raster(path, filled[None], cell_m, nodata=NODATA_M, predictor=3)


def _write_raster(path: Path, planes: NDArray[Any], cell_m: float, **options: Any) -> None:
    """Write (C, H, W); in memory first, since GDAL keeps silent about a disk that fills up while it closes a file."""
    count, height, width = planes.shape
    with MemoryFile() as memory:
        with memory.open(
            driver="GTiff", width=width, height=height, count=count, dtype=planes.dtype, crs=SAMPLE_CRS,
            transform=_transform(cell_m), tiled=True, blockxsize=256, blockysize=256, compress="deflate", zlevel=4,
            **options,
        ) as raster:  # fmt: skip
            if count == 4:
                raster.colorinterp = (ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.alpha)
            raster.write(planes)
        path.write_bytes(memory.getbuffer())


def truth_polygons(forest: ForestPlot) -> list[shapely.Polygon]:
    """Outline of every true crown in `SAMPLE_CRS`, in the order of `forest.crowns`."""
    gsd_m = forest.spec.gsd_m
    scale, origin = np.array([gsd_m, -gsd_m]), np.array([LEFT_CRS, TOP_CRS])
    return [
        shapely.Polygon(
            crown.outline.exterior * scale + origin, [hole * scale + origin for hole in crown.outline.holes]
        )
        for crown in forest.crowns
    ]


def _write_truth(path: Path, forest: ForestPlot) -> None:
    polygons = truth_polygons(forest)
    crowns, gsd_m = forest.crowns, forest.spec.gsd_m
    area_m2 = shapely.area(polygons)
    columns: dict[str, NDArray[Any]] = {
        "tree_id": np.array([crown.tree_id for crown in crowns], np.int32),
        "label": np.array(["Dead tree" if crown.species.is_dead else "Tree" for crown in crowns], object),
        "species": np.array([crown.species.scientific or None for crown in crowns], object),
        "species_code": np.array([crown.species.code or None for crown in crowns], object),
        "height_m": np.array([crown.height_m for crown in crowns]),
        "area_m2": area_m2,
        "diameter_m": 2.0 * np.sqrt(area_m2 / np.pi),
        "treetop_x": np.array([LEFT_CRS + crown.treetop_px[0] * gsd_m for crown in crowns]),
        "treetop_y": np.array([TOP_CRS - crown.treetop_px[1] * gsd_m for crown in crowns]),
        "dbh_cm": np.array([crown.dbh_cm for crown in crowns]),
        "edge": np.array([crown.edge for crown in crowns], bool),
    }
    outlines = np.array(polygons, object)
    crs_wkt = ogr.crs_to_wkt(SAMPLE_CRS)
    ogr.write(path, outlines, columns, crs_wkt=crs_wkt, driver="GPKG", layer="crowns")
