"""What is installed here and whether it works: the facts behind `birchtree doctor` and the window's About page."""

import os
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from inference import __version__, paths
from inference.errors import BirchtreeError
from inference.models import providers
from inference.models.store import ModelStore

_PACKAGES = (
    "numpy",
    "scipy",
    "scikit-image",
    "shapely",
    "rasterio",
    "pyogrio",
    "onnxruntime",
    "PySide6-Essentials",
)


@dataclass(frozen=True, slots=True)
class Check:
    """Outcome of one part of the self-test."""

    name: str
    passed: bool
    detail: str


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def facts() -> dict[str, str]:
    """Versions, devices and folders, as text to print or to send with a question."""
    import onnxruntime
    import rasterio
    import shapely

    return {
        "BirchTree": __version__,
        "Python": f"{platform.python_version()} ({sys.executable})",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}, {os.cpu_count()} cores",
        **{package: _version(package) for package in _PACKAGES},
        "GDAL": rasterio.__gdal_version__,
        "PROJ": rasterio.__proj_version__,
        "GEOS": shapely.geos_version_string,
        "ONNX providers": f"{', '.join(onnxruntime.get_available_providers())} ({providers.describe()})",
        **_model_facts(),
        "cache": str(paths.cache_dir()),
        "settings": str(paths.config_dir()),
        "logs": str(paths.log_dir()),
    }


def _model_facts() -> dict[str, str]:
    """Installed models, and what lies in their folders and cannot be used."""
    store = ModelStore()
    names = [f"{model.card.id} {model.card.version} ({model.card.task})" for model in store.models()]
    told = {"models": ", ".join(names) or "none beside the built-in methods", "model folder": str(store.folders[0])}
    if problems := store.problems():
        told["model problems"] = " ".join(problem.sentence for problem in problems)
    return told


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
    fault = providers.try_provider(providers.CPU)
    if fault:
        raise ValueError(fault)
    return f"a small network computed the known result; {providers.describe()}"


def _check_installed_models(_folder: Path) -> str:
    store = ModelStore()
    names = {model.card.id for model in store.models()} | {problem.model_id for problem in store.problems()}
    faults = [sentence for name in sorted(names) for sentence in store.verify(name)]
    if faults:
        raise ValueError(" ".join(faults))
    return f"{len(names)} verified" if names else "none installed; watershed and valley need no files"


_CHECKS: tuple[tuple[str, Callable[[Path], str]], ...] = (
    ("raster", _check_raster),
    ("reprojection", _check_reprojection),
    ("vector", _check_vector),
    ("model", _check_model),
    ("installed models", _check_installed_models),
)


def self_test() -> tuple[Check, ...]:
    """Try every part for real in a temporary folder; a part that fails is reported, not raised."""
    checks = []
    with tempfile.TemporaryDirectory(prefix="birchtree-doctor-") as folder:
        for name, attempt in _CHECKS:
            try:
                checks.append(Check(name, True, attempt(Path(folder))))
            except (OSError, ValueError, RuntimeError, ImportError, BirchtreeError) as error:
                checks.append(Check(name, False, f"{type(error).__name__}: {error}"))
    return tuple(checks)
