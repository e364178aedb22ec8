"""`birchtree gui --self-test` paints the window with a plot in it, and says when it could not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from birchtree_gui.window_trial import _colours


def _try(repository: Path, *files: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "main.py", "gui", "--self-test", *map(str, files)],
        cwd=repository,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_window_with_a_plot(repository: Path, project_path: Path) -> None:
    done = _try(repository, project_path)
    assert done.returncode == 0, done.stderr
    assert "crowns painted (offscreen)" in done.stdout


def test_a_plot_that_does_not_open(repository: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.birch.gpkg"
    broken.write_bytes(b"no database at all")
    done = _try(repository, broken)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "not painted" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("qapp")
def test_an_empty_picture_has_one_colour() -> None:
    from PySide6.QtGui import QImage

    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(0)
    assert _colours(picture) == 1
