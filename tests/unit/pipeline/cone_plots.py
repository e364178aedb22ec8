"""Plots of cone-shaped trees on a slope, written as real GeoTIFFs: every crown's place and size is known."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine

from inference.plot.plot import PlotSources
from inference.project.store import Project

CRS = "EPSG:32618"
LEFT, TOP = 500_000.0, 5_100_000.0


@dataclass(frozen=True, slots=True)
class Cone:
    """A tree: place in metres east and south of the plot's corner, crown radius and height in metres."""

    east_m: float
    south_m: float
    radius_m: float
    height_m: float


def scattered(size_m: float, spacing_m: float = 8.0, seed: int = 3) -> tuple[Cone, ...]:
    """Trees on a jittered lattice, so that no two touch and no border is spared."""
    rng = np.random.default_rng(seed)
    lattice = np.arange(spacing_m / 2, size_m, spacing_m)
    cones = []
    for south in lattice:
        for east in lattice:
            shift = rng.uniform(-0.9, 0.9, 2)
            radius = float(rng.uniform(1.8, 2.9))
            cones.append(Cone(float(east + shift[0]), float(south + shift[1]), radius, float(3 + 4 * radius)))
    return tuple(cones)


def write_plot(
    folder: Path, cones: tuple[Cone, ...], size_m: float, *, gsd_m: float = 0.25, with_dsm: bool = True
) -> PlotSources:
    """Write orthomosaic, DSM and DTM of a square plot."""
    cells = round(size_m / gsd_m)
    south, east = (np.mgrid[:cells, :cells] + 0.5) * gsd_m
    height, shade = np.zeros((cells, cells)), np.zeros((cells, cells))
    for cone in cones:
        reach = round(cone.radius_m / gsd_m) + 2
        row, col = round(cone.south_m / gsd_m), round(cone.east_m / gsd_m)
        part = (slice(max(row - reach, 0), row + reach), slice(max(col - reach, 0), col + reach))
        away = np.hypot(south[part] - cone.south_m, east[part] - cone.east_m) / cone.radius_m
        crown = np.where(away < 1.0, cone.height_m * (1.0 - 0.35 * away), 0.0)
        height[part] = np.maximum(height[part], crown)
        shade[part] = np.maximum(shade[part], np.where(away < 1.0, 1.0 - 0.5 * away, 0.0))
    ground = 200.0 + 0.1 * east
    noise = np.random.default_rng(1).normal(0.0, 4.0, (3, cells, cells))
    colour = np.array([60.0, 90.0, 40.0])[:, None, None] * shade + np.array([70.0, 65.0, 60.0])[:, None, None]
    rgb = np.clip(colour + noise, 1, 255).astype(np.uint8)
    transform = Affine(gsd_m, 0, LEFT, 0, -gsd_m, TOP)
    ortho, dsm, dtm = folder / "ortho.tif", folder / "dsm.tif", folder / "dtm.tif"
    _write(ortho, rgb, transform)
    if not with_dsm:
        return PlotSources(ortho)
    _write(dsm, (ground + height)[None].astype(np.float32), transform)
    _write(dtm, ground[None].astype(np.float32), transform)
    return PlotSources(ortho, dsm, dtm)


def new_project(path: Path, sources: PlotSources) -> Project:
    """An empty project of the plot."""
    with rasterio.open(sources.ortho) as ortho:
        return Project.create(path, sources, crs_wkt=ortho.crs.to_wkt(), unit_m=1.0)


def _write(path: Path, data: np.ndarray, transform: Affine) -> None:
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=data.shape[2],
        height=data.shape[1],
        count=data.shape[0],
        dtype=data.dtype,
        crs=CRS,
        transform=transform,
        tiled=True,
        blockxsize=256,
        blockysize=256,
        compress="deflate",
    ) as raster:
        raster.write(data)
