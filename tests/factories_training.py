"""Small surveys with known crowns, training sets made of them, and labelled plots in memory."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from affine import Affine
from factories_rasters import CRS_WKT, ORIGIN, Scene, cell_centres, scatter, write_raster

from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.datasets.build import build_dataset
from inference.datasets.splitting import DatasetOptions
from inference.datasets.surveys import LabelledCrown, Survey
from inference.jobs import JobContext
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project

SIZE_M = 24.0


def write_plot(
    folder: Path,
    name: str = "a",
    *,
    east_m: float = 0.0,
    size_m: float = SIZE_M,
    gsd_m: float = 0.2,
    trees: int = 9,
    seed: int = 0,
    elevation: str = "whole",
    crs: str | None = CRS_WKT,
    unit_m: float = 1.0,
    turned_deg: float = 0.0,
) -> tuple[PlotSources, tuple[shapely.Polygon, ...]]:
    """Rasters of a plot `east_m` from `ORIGIN`, and the outlines of its trees in its CRS.

    Args:
        folder, name: of the files.
        east_m: where.
        size_m, gsd_m: side and cell.
        trees, seed: of the scene.
        elevation: "whole", "holes" (NaN in a part), "nothing" (all NaN), or "none" (no files).
        crs: of the plot, whose unit is `unit_m` metres.
        unit_m: of the CRS.
        turned_deg: the orthomosaic's rows do not run east.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scene = scatter(seed, size_m, trees, radius_m=(1.2, 2.2))
    side = round(size_m / gsd_m)
    left, top = ORIGIN[0] / unit_m + east_m / unit_m, (ORIGIN[1] + size_m) / unit_m
    cell = gsd_m / unit_m
    transform = Affine(cell, 0, left, 0, -cell, top)
    if turned_deg:
        middle = (left + side * cell / 2, top - side * cell / 2)
        transform = Affine.rotation(turned_deg, middle) @ transform
    x, y = cell_centres(transform, side, side)
    x_m, y_m = x * unit_m - ORIGIN[0] - east_m, y * unit_m - ORIGIN[1]
    ortho = write_raster(folder / f"{name}_rgb.tif", scene.picture(x_m, y_m), transform=transform, crs=crs)
    dsm = dtm = None
    if elevation != "none":
        surface, ground = scene.surface(x_m, y_m).astype(np.float32), scene.ground(x_m, y_m).astype(np.float32)
        if elevation == "holes":
            surface[: side // 2, : side // 2] = np.nan
        elif elevation == "nothing":
            surface[:] = np.nan
        dsm = write_raster(folder / f"{name}_dsm.tif", surface, transform=transform, crs=crs)
        dtm = write_raster(folder / f"{name}_dtm.tif", ground, transform=transform, crs=crs)
    return PlotSources(ortho, dsm, dtm), outlines_of(scene, size_m, (left, top - size_m / unit_m), unit_m)


def outlines_of(
    scene: Scene, size_m: float, corner_crs: tuple[float, float], unit_m: float = 1.0
) -> tuple[shapely.Polygon, ...]:
    """Discs around the trees, cut by the square that the scene fills."""
    square = shapely.box(0.0, 0.0, size_m, size_m)
    discs = [shapely.Point(tree.x_m, tree.y_m).buffer(tree.radius_m, quad_segs=6) for tree in scene.trees]
    placed = [shapely.intersection(disc, square) for disc in discs]
    scale = 1.0 / unit_m
    return tuple(shapely.transform(one, lambda xy: xy * scale + np.array(corner_crs)) for one in placed)


def survey_of(
    sources: PlotSources,
    outlines: Sequence[shapely.Polygon],
    *,
    name: str = "a",
    complete: shapely.Geometry | None = None,
    **changes: Any,
) -> Survey:
    """A survey of a plot; complete everywhere by default."""
    with Plot.open(sources, check=False) as plot:
        area = shapely.box(*plot.bounds_crs) if complete is None else complete
        crowns = tuple(
            LabelledCrown(number, outline, "Tree", None, None, "added") for number, outline in enumerate(outlines, 1)
        )
        parts = shapely.MultiPolygon([one for one in shapely.get_parts(area) if isinstance(one, shapely.Polygon)])
        return replace(Survey(name, plot.sources, crowns, parts, plot.crs_wkt, plot.unit_m, None), **changes)


def some_surveys(folder: Path, count: int = 6, **plot: Any) -> list[Survey]:
    """Plots 200 m apart: as many places."""
    surveys = []
    for number in range(count):
        name = f"p{number}"
        sources, outlines = write_plot(folder, name, east_m=200.0 * number, seed=number, **plot)
        surveys.append(survey_of(sources, outlines, name=name))
    return surveys


OPTIONS = DatasetOptions(gsd_m=0.2, tile_px=128, overlap=0.25, shares=(0.5, 0.25, 0.25))


def write_set(folder: Path, surveys: Sequence[Survey], **changes: Any) -> Path:
    """A training set of surveys."""
    build_dataset(surveys, folder, replace(OPTIONS, **changes), JobContext())
    return folder


def write_project(folder: Path, sources: PlotSources, crowns: Sequence[Crown], name: str = "plot") -> Path:
    """A project of a plot with crowns that have their own ids."""
    with Plot.open(sources, check=False) as plot:
        path = folder / f"{name}.birch.gpkg"
        with Project.create(path, sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as project:
            project.take_ids(max(crown.tree_id for crown in crowns))
            project.apply(CrownEdit("Add crowns", added=tuple(crowns)))
    return path
