"""`birchtree report`: outcome, exit codes, and words for people and programs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from factories_rasters import write_raster
from factories_stand import tree

from inference.cli import program
from inference.crowns.edits import CrownEdit
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project
from inference.report.area import CHOICES


def run(*words: str | Path) -> int:
    return program.run([str(word) for word in words], lambda _files: 0)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    ortho = write_raster(tmp_path / "ortho.tif", np.full((3, 300, 300), 120, np.uint8))
    path = tmp_path / "plot.birch.gpkg"
    sources = PlotSources(ortho)
    with (
        Plot.open(sources) as plot,
        Project.create(path, sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as made,
    ):
        made.apply(CrownEdit("Draw", (), (tree(1, 10, 10, 4), tree(2, 20, 10, 4))), by="Ana")
    return path


def test_a_report_in_words(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "folder" / "report.html"
    assert run("report", project, "-o", out, "--progress", "none") == 0
    told = capsys.readouterr().out
    assert f"Report: {out}" in told
    assert "2 trees, 22 per hectare over 0.09 ha, canopy cover 4 %." in told
    assert out.stat().st_size > 5000


def test_a_report_for_programs(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", project, "-o", tmp_path / "report.html", "--json", "--progress", "none") == 0
    facts: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert facts["stand"]["trees"] == 2
    assert facts["stand"]["cover"] == pytest.approx(32 / 900)
    assert facts["area"]["basis"] == "valid"
    assert facts["species"][0]["name"] is None
    assert facts["provenance"]["rasters"][0]["name"] == "ortho.tif"


def test_progress_as_lines(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", project, "-o", tmp_path / "report.html", "--progress", "line") == 0
    assert "report 3/3" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "exit_code", "told"),
    [
        (["-o", "report.docx"], 3, ".html or .pdf"),
        (["-o", "report.html", "--over", "aoi"], 3, "no area of interest"),
        (["-o", "report.html", "--over", "complete"], 3, "no complete area"),
        (["-o", "report.html", "--aoi", "missing.gpkg"], 3, "missing.gpkg"),
        (["-o", "report.html", "--truth", "missing.gpkg"], 3, "missing.gpkg"),
        (["-o", "report.html", "--language", "tlh"], 3, "language"),
        (["-o", "report.html", "--over", "nowhere"], 2, "--over"),
        ([], 2, "-o"),
    ],
)
def test_what_cannot_be_done_is_said(
    words: list[str],
    exit_code: int,
    told: str,
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("report", project, *words) == exit_code
    captured = capsys.readouterr()
    assert told in captured.err
    assert "Traceback" not in captured.err
    assert not list(tmp_path.glob("report.*"))


def test_a_missing_plot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", tmp_path / "none.birch.gpkg", "-o", tmp_path / "report.html") == 3
    assert "none.birch.gpkg" in capsys.readouterr().err


def test_the_areas_are_those_of_the_engine() -> None:
    from inference.cli import report

    assert report._AREAS == CHOICES


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
def test_a_full_disk_leaves_the_older_report(project: Path, tmp_path: Path, repository: Path) -> None:
    """No file may grow beyond 20 kB here; the report needs more."""
    resource = pytest.importorskip("resource")
    out = tmp_path / "report.html"
    out.write_text("older")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    command = [sys.executable, str(repository / "main.py"), "report", str(project), "-o", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert done.returncode == 3, done.stderr
    assert "report.html cannot be written" in done.stderr
    assert out.read_text() == "older"
