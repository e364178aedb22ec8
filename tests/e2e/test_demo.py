"""`make demo` does the main job from nothing: survey, crowns, heights, shapefile, picture."""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest


@pytest.mark.slow
def test_the_demo_ends_with_a_shapefile_of_measured_crowns(tmp_path: Path, repository: Path) -> None:
    if not (repository / ".venv").exists() or shutil.which("bash") is None:
        pytest.skip("the demo runs in .venv, which is not there")
    done = subprocess.run(
        ["bash", "packaging/demo.sh", str(tmp_path / "de mo")],
        cwd=repository,
        env={**os.environ, "CI": "true"},  # no window
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    meta, _, outlines, columns = pyogrio.raw.read(tmp_path / "de mo" / "crowns.shp")
    heights_m = dict(zip(meta["fields"], columns, strict=True))["height_m"]
    assert len(outlines) > 100
    assert meta["geometry_type"] == "Polygon"
    # A crown of which the mosaic's edge leaves a strip may lie beyond the last cell of elevation.
    known_m = heights_m[np.isfinite(heights_m)]
    assert len(known_m) > 0.98 * len(heights_m)
    assert ((known_m > 1.0) & (known_m < 60.0)).all()
    assert (tmp_path / "de mo" / "overview.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "de mo" / "sample.birch.gpkg").stat().st_size > 0
