"""A project from a stranger names rasters: only existing raster files are opened, whatever the paths say."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from factories_rasters import write_raster

from inference.errors import BirchtreeError
from inference.plot.plot import Plot
from inference.project.store import Project
from tests.unit.formats.small_projects import new_project

SECRET = "the key is under the mat\n"


def _named(folder: Path, relative: object, absolute: object) -> Path:
    project = new_project(folder)
    path = project.path
    project.close()
    (folder / "plot_rgb.tif").unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE birch_rasters SET relative = ?, absolute = ?", (relative, absolute))
        connection.commit()
    return path


@pytest.mark.parametrize(
    ("relative", "absolute"),
    [
        ("../secret.txt", "/nowhere"),
        (None, "{folder}/secret.txt"),
        (None, "/etc/passwd"),
        ("../../../../../../../../etc/passwd", "/etc/passwd"),
        (None, "/vsicurl/http://127.0.0.1:9/x.tif"),
        ("http://127.0.0.1:9/x.tif", "https://127.0.0.1:9/x.tif"),
        (None, "/vsizip/{folder}/x.zip/x.tif"),
        (None, "/dev/zero"),
        ("a\x00b", "a\x00b"),
        (b"bytes", 17),
        ("x" * 70_000, "y" * 70_000),
        (".", "{folder}"),
    ],
)
def test_paths_that_are_no_rasters(tmp_path: Path, relative: object, absolute: object) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    filled = absolute.format(folder=tmp_path) if isinstance(absolute, str) else absolute
    path = _named(tmp_path / "plot", relative, filled)
    with Project.open(path) as project, pytest.raises(BirchtreeError) as refused:
        Plot.open(project.locate_rasters())
    assert "under the mat" not in str(refused.value)


def test_a_raster_elsewhere_on_the_disk_still_opens(tmp_path: Path) -> None:
    """People keep large rasters on another disk than the project."""
    path = _named(tmp_path / "plot", None, str(tmp_path / "elsewhere.tif"))
    write_raster(tmp_path / "elsewhere.tif", np.full((3, 80, 80), 90, np.uint8))
    with Project.open(path) as project, Plot.open(project.locate_rasters(), check=False) as plot:
        assert plot.ortho.info.width_px == 80
