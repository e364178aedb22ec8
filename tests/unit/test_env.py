"""Other programs' PROJ and GDAL paths are gone before our libraries look at them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from inference import env


@pytest.fixture
def foreign_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in env.FOREIGN_VARIABLES:
        monkeypatch.setenv(name, "/opt/another/program/share")


@pytest.mark.usefixtures("foreign_environment")
def test_scrub_removes_every_foreign_variable_and_names_them() -> None:
    assert env.scrub() == env.FOREIGN_VARIABLES
    assert not set(env.FOREIGN_VARIABLES) & set(os.environ)


@pytest.mark.usefixtures("foreign_environment")
def test_scrub_leaves_other_variables_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GDAL_CACHEMAX", "64")
    env.scrub()
    assert os.environ["GDAL_CACHEMAX"] == "64"


def test_scrub_of_a_clean_environment_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in env.FOREIGN_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    assert env.scrub() == ()


def test_a_foreign_proj_folder_does_not_break_crs_lookups(tmp_path: Path, repository: Path) -> None:
    """A proj.db of another program (rasterio#2103) makes rasterio fail, unless it is scrubbed first."""
    (tmp_path / "proj.db").write_bytes(b"not a database of ours")
    program = (
        "from inference import env; env.scrub()\nfrom rasterio.crs import CRS; print(CRS.from_epsg(32618).to_epsg())\n"
    )
    foreign = {
        **os.environ,
        "PROJ_LIB": str(tmp_path),
        "PROJ_DATA": str(tmp_path),
        "GDAL_DATA": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=repository,
        env=foreign,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "32618", done.stderr
