"""The command line's parsing, dispatch and exit codes."""

from pathlib import Path

import pytest

from inference.cli import program
from inference.cli.segment import _overrides
from inference.errors import InputError


def _no_window(_files: list[str]) -> int:
    raise AssertionError("the window must not open")


def test_a_file_or_nothing_opens_the_window() -> None:
    opened: list[list[str]] = []

    def window(files: list[str]) -> int:
        opened.append(files)
        return 7

    assert program.run([], window) == 7
    assert program.run(["plot.birch.gpkg"], window) == 7
    assert program.run(["gui", "a.tif"], window) == 7
    assert opened == [[], ["plot.birch.gpkg"], ["a.tif"]]


@pytest.mark.parametrize(
    "words",
    [
        ["--no-such-option"],
        ["segment"],
        ["segment", "a.tif", "-o"],
        ["models"],
        ["export", "p.birch.gpkg"],
        ["measure"],
        ["segmnt", "a.tif"],
    ],
)
def test_wrong_usage_is_exit_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run(words, _no_window) == 2
    assert "usage:" in capsys.readouterr().err


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for command in program._COMMANDS:
        assert program.run([command, "--help"], _no_window) == 0
        assert "Exit codes" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run(["--version"], _no_window) == 0
    assert capsys.readouterr().out.startswith("BirchTree ")


def test_missing_raster_is_exit_code_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["segment", str(tmp_path / "no.tif"), "-o", str(tmp_path / "p.birch.gpkg")]
    assert program.run(words, _no_window) == 3
    error = capsys.readouterr().err
    assert "no.tif" in error
    assert "Traceback" not in error


def test_a_sample_plot_where_a_file_is_in_the_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("x")
    assert program.run(["sample", "-o", str(tmp_path / "taken"), "--size", "tiny"], _no_window) == 3
    assert "another folder" in capsys.readouterr().err


@pytest.mark.logs_warnings("the fault is written to the log")
def test_a_fault_is_logged_exit_code_70(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from inference.cli import doctor

    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(doctor, "run", broken)
    assert program.run(["doctor"], _no_window) == 70
    assert "boom" in capsys.readouterr().err


def test_a_parameter_needs_name_and_value() -> None:
    assert _overrides(["min_height_m=3", "x="]) == {"min_height_m": "3", "x": ""}
    for word in ("min_height_m", "=3"):
        with pytest.raises(InputError, match="NAME=VALUE"):
            _overrides([word])
