"""Packaged resources are found."""

import subprocess
import sys
from pathlib import Path

import pytest

import resources


def test_path_of_a_packaged_file() -> None:
    assert resources.path("forest/plot.py").is_file()
    assert resources.path("forest").is_dir()


def test_what_is_not_packaged_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"no/such\.svg"):
        resources.path("no/such.svg")


def test_the_forest_needs_numpy_and_scipy_only(repository: Path) -> None:
    code = (
        "import sys; from resources.forest.plot import ForestSpec, make_plot;"
        "assert 'scipy' not in sys.modules;"
        "make_plot(ForestSpec(seed=1, width_m=10.0, height_m=10.0));"
        "bad = {'inference', 'rasterio', 'shapely', 'skimage', 'pandas', 'torch', 'PySide6'} & set(sys.modules);"
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], cwd=repository, check=True, timeout=120)
