"""Small real rasters for tests: painted trees on known ground, written in any layout that drone programs use."""

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from affine import Affine
from rasterio.crs import CRS
from rasterio.enums import ColorInterp
from rasterio.errors import NotGeoreferencedWarning
from rasterio.warp import transform as transform_points

FloatArray = npt.NDArray[np.float64]
Surface = Callable[[FloatArray, FloatArray], FloatArray]

ORIGIN = (500_000.0, 5_100_000.0)
"""Lower left corner of the scenes, in the CRS of `CRS_WKT`."""
CRS_WKT = str(CRS.from_epsg(32619).to_wkt())


def write_raster(
    path: Path,
    data: npt.NDArray[Any],
    *,
    transform: Affine | None = None,
    crs: str | None = CRS_WKT,
    alpha: npt.NDArray[Any] | None = None,
    mask: npt.NDArray[np.bool_] | None = None,
    gcps: list[Any] | None = None,
    unit: str | None = None,
    **profile: Any,
) -> Path:
    """Write (C, H, W) or (H, W) as a GeoTIFF.

    Args:
        path: file to write.
        data: the bands.
        transform: pixel to CRS; 0.1 m north-up at `ORIGIN` where None (and no GCPs).
        crs: WKT or "EPSG:..."; None for none.
        alpha: (H, W) band added as alpha.
        mask: (H, W) internal mask, True = data.
        gcps: control points instead of a transform.
        unit: unit tag of the bands.
        **profile: creation options (compress, tiled, blockxsize, nodata, ...).
    """
    bands = data if data.ndim == 3 else data[None]
    if alpha is not None:
        bands = np.concatenate([bands, alpha[None].astype(bands.dtype)])
    count, height, width = bands.shape
    if transform is None and gcps is None:
        transform = Affine(0.1, 0, ORIGIN[0], 0, -0.1, ORIGIN[1] + 0.1 * height)
    settings: dict[str, Any] = {"driver": "GTiff", "dtype": bands.dtype, "count": count, "crs": crs} | profile
    if count in (3, 4) and bands.dtype == np.uint8:
        settings.setdefault("photometric", "ycbcr" if profile.get("compress") == "jpeg" else "rgb")
    if gcps is not None:
        settings |= {"gcps": gcps}
    else:
        settings |= {"transform": transform}
    with (
        warnings.catch_warnings(),
        rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
    ):
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path, "w", height=height, width=width, **settings) as target:
            if alpha is not None:
                target.colorinterp = [*target.colorinterp[:-1], ColorInterp.alpha]
            target.write(bands)
            if mask is not None:
                target.write_mask(mask)
            if unit is not None:
                target.units = [unit] * count
    return path


def cell_centres(transform: Affine, height: int, width: int) -> tuple[FloatArray, FloatArray]:
    """(H, W) x and y of the pixel centres."""
    cols, rows = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    return (
        transform.a * cols + transform.b * rows + transform.c,
        transform.d * cols + transform.e * rows + transform.f,
    )


def carried(source: str, target: str, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Coordinates in another CRS."""
    xs, ys = transform_points(source, target, x.ravel(), y.ravel())
    return np.asarray(xs).reshape(x.shape), np.asarray(ys).reshape(y.shape)


@dataclass(frozen=True)
class Tree:
    """A cone-shaped tree; place in metres from `ORIGIN`."""

    x_m: float
    y_m: float
    radius_m: float
    height_m: float


@dataclass(frozen=True)
class Scene:
    """Trees on ground; all functions take coordinates in metres from `ORIGIN`."""

    trees: tuple[Tree, ...]
    ground: Surface

    def canopy(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Height above ground: cones of which the lowest third is missing."""
        height = np.zeros(x.shape)
        for tree in self.trees:
            distance = np.hypot(x - tree.x_m, y - tree.y_m)
            cone = tree.height_m * (1.0 - 2.0 / 3.0 * distance / tree.radius_m)
            height = np.where(distance < tree.radius_m, np.maximum(height, cone), height)
        return height

    def surface(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Elevation of the tops."""
        return self.ground(x, y) + self.canopy(x, y)

    def picture(self, x: FloatArray, y: FloatArray) -> npt.NDArray[np.uint8]:
        """(3, H, W) green discs on brown soil, lit from the south-west."""
        canopy = self.canopy(x, y)
        step = 0.25
        slope = (self.surface(x + step, y) - self.surface(x - step, y)) / (2 * step)
        slope_y = (self.surface(x, y + step) - self.surface(x, y - step)) / (2 * step)
        light = np.clip((0.5 * slope + 0.5 * slope_y + 0.7) / np.sqrt(slope**2 + slope_y**2 + 1), 0.15, 1.0)
        tree = canopy > 0
        colours = [np.where(tree, 60, 150), np.where(tree, 130, 120), np.where(tree, 50, 90)]
        return np.clip(np.stack([band * (0.4 + light) for band in colours]), 1, 254).astype(np.uint8)


def flat(elevation_m: float = 100.0) -> Surface:
    """Level ground."""
    return lambda x, y: np.full(x.shape, elevation_m)


def slope(degrees: float, elevation_m: float = 100.0) -> Surface:
    """Ground rising to the north, with a little roll."""
    return lambda x, y: elevation_m + math.tan(math.radians(degrees)) * y + 0.4 * np.sin(x / 15.0) * np.cos(y / 19.0)


def ridge(degrees: float, at_m: float, elevation_m: float = 200.0) -> Surface:
    """Two slopes that meet in a rounded crest running north."""
    steep = math.tan(math.radians(degrees))
    return lambda x, y: elevation_m - steep * np.sqrt((x - at_m) ** 2 + 36.0) + 0.3 * np.sin(y / 11.0)


def scatter(
    seed: int, size_m: float, count: int, *, radius_m: tuple[float, float] = (1.5, 3.5), ground: Surface | None = None
) -> Scene:
    """A scene with `count` trees at random places of a square."""
    rng = np.random.default_rng(seed)
    radii = rng.uniform(*radius_m, count)
    places = rng.uniform(0, size_m, (count, 2))
    trees = tuple(
        Tree(float(x), float(y), float(r), float(4.5 * r + rng.uniform(0, 3)))
        for (x, y), r in zip(places, radii, strict=True)
    )
    return Scene(trees, ground or flat())


def north_up(gsd_m: float, size_m: float) -> tuple[Affine, int]:
    """Transform and side in pixels of a square from `ORIGIN` on."""
    side = round(size_m / gsd_m)
    return Affine(gsd_m, 0, ORIGIN[0], 0, -gsd_m, ORIGIN[1] + size_m), side


def write_scene_ortho(path: Path, scene: Scene, *, gsd_m: float = 0.25, size_m: float = 60.0, **options: Any) -> Path:
    """The picture of a scene, north-up in `CRS_WKT`."""
    transform, side = north_up(gsd_m, size_m)
    x, y = cell_centres(transform, side, side)
    return write_raster(path, scene.picture(x - ORIGIN[0], y - ORIGIN[1]), transform=transform, **options)


def write_surface(
    path: Path,
    surface: Surface,
    *,
    gsd_m: float = 0.5,
    size_m: float = 60.0,
    margin_m: float = 0.0,
    shift_m: tuple[float, float] = (0.0, 0.0),
    factor: float = 1.0,
    crs: str | None = CRS_WKT,
    **options: Any,
) -> Path:
    """An elevation model of a surface.

    Args:
        path: file to write.
        surface: elevation from metres past `ORIGIN`.
        gsd_m: cell size in metres.
        size_m, margin_m: side of the square, and how far it reaches beyond.
        shift_m: (east, north) by which everything lies beside its place.
        factor: what elevations are multiplied by (1 / 0.3048 for feet).
        crs: CRS to write in; its grid is north-up there.
        **options: for `write_raster`.
    """
    side = math.ceil((size_m + 2 * margin_m) / gsd_m)
    left, top = ORIGIN[0] - margin_m, ORIGIN[1] - margin_m + side * gsd_m
    transform = Affine(gsd_m, 0, left, 0, -gsd_m, top)
    if crs is not None and crs != CRS_WKT:
        corner_x, corner_y = carried(CRS_WKT, crs, np.array([left, left]), np.array([top, top - side * gsd_m]))
        transform = Affine(gsd_m, 0, float(corner_x.min()) - margin_m, 0, -gsd_m, float(corner_y.max()) + margin_m)
        side += math.ceil(4 * margin_m / gsd_m)
    x, y = cell_centres(transform, side, side)
    if crs is not None and crs != CRS_WKT:
        x, y = carried(crs, CRS_WKT, x, y)
    data = surface(x - ORIGIN[0] - shift_m[0], y - ORIGIN[1] - shift_m[1]) * factor
    return write_raster(path, data.astype(np.float32), transform=transform, crs=crs, **options)
