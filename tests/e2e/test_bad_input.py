"""Wrong input from the command line: a sentence, a documented exit code, and nothing lost."""

import json
from pathlib import Path

import pytest
from command_line import Birchtree

from inference.sample import SamplePlot


def _refused(done: object, exit_code: int, *words: str) -> None:
    assert done.returncode == exit_code, done.stderr  # type: ignore[attr-defined]
    error = done.stderr  # type: ignore[attr-defined]
    assert "Traceback" not in error
    for word in words:
        assert word in error


def test_rasters(tiny_plot: SamplePlot, tmp_path: Path, birchtree: Birchtree) -> None:
    out = tmp_path / "p.birch.gpkg"
    text = tmp_path / "notes.tif"
    text.write_text("not a raster")
    truncated = tmp_path / "truncated.tif"
    truncated.write_bytes(tiny_plot.ortho.read_bytes()[:5000])
    _refused(birchtree("segment", tmp_path / "none.tif", "-o", out), 3, "none.tif")
    _refused(birchtree("segment", text, "-o", out), 3, "notes.tif")
    _refused(birchtree("segment", truncated, "--dsm", tiny_plot.dsm, "-o", out), 3, "truncated.tif")
    _refused(birchtree("segment", tiny_plot.ortho, "--dsm", text, "-o", out), 3, "notes.tif")


def test_models(tiny_plot: SamplePlot, tmp_path: Path, birchtree: Birchtree) -> None:
    out = tmp_path / "p.birch.gpkg"
    _refused(birchtree("segment", tiny_plot.ortho, "--model", "oracle", "-o", out), 4, "oracle", "watershed")
    _refused(birchtree("segment", tiny_plot.ortho, "--model", "watershed", "-o", out), 4, "DSM")
    words = ("segment", tiny_plot.ortho, "--dsm", tiny_plot.dsm, "-o", out)
    _refused(birchtree(*words, "--set", "min_height_m=tall"), 3, "min_height_m")
    _refused(birchtree(*words, "--set", "colour=red"), 3, "colour")
    assert not out.exists()


def test_projects(tiny_plot: SamplePlot, tmp_path: Path, birchtree: Birchtree) -> None:
    _refused(birchtree("measure", tmp_path / "none.birch.gpkg"), 3, "none.birch.gpkg")
    _refused(birchtree("export", tiny_plot.truth, "-o", tmp_path / "x.shp"), 3, tiny_plot.truth.name)
    _refused(birchtree("segment", tiny_plot.ortho, "--dsm", tiny_plot.dsm, "-o", tmp_path / "p.gpkg"), 3, ".birch.gpkg")
    file = tmp_path / "p.birch.gpkg"
    rasters = (tiny_plot.ortho, "--dsm", tiny_plot.dsm)
    assert birchtree("segment", *rasters, "--model", "watershed", "-o", file).returncode == 0
    _refused(birchtree("export", file, "-o", tmp_path / "crowns.xyz"), 3, ".xyz")
    _refused(birchtree("import", file, tiny_plot.ortho), 3, tiny_plot.ortho.name)
    _refused(birchtree("evaluate", file, "--truth", tmp_path / "none.shp"), 3, "none.shp")


def test_errors_for_programs(tmp_path: Path, birchtree: Birchtree) -> None:
    done = birchtree("measure", tmp_path / "none.birch.gpkg", "--progress", "json")
    assert done.returncode == 3
    event = json.loads(done.stdout.splitlines()[-1])
    assert event["event"] == "error"
    assert event["exit_code"] == 3


def test_foreign_proj_and_gdal_paths_do_no_harm(
    tmp_path: Path, birchtree: Birchtree, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("PROJ_LIB", "GDAL_DATA", "PROJ_DATA"):
        monkeypatch.setenv(variable, str(tmp_path))
    done = birchtree("doctor", "--self-test")
    assert done.returncode == 0, done.stdout
    assert "FAILED" not in done.stdout


def test_the_window_without_a_screen_says_so(birchtree: Birchtree, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    _refused(birchtree("gui"), 3, "no screen")
