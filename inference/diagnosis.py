"""What is installed here: the facts behind `birchtree doctor` and the window's About page."""

import os
import platform
import sys
from importlib import metadata

from inference import __version__, paths
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
