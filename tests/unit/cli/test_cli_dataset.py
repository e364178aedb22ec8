"""`birchtree dataset` on the command line."""

import json
from pathlib import Path

import pytest
import shapely
from factories_training import write_plot, write_project

from inference.cli import program
from inference.crowns.crown import Crown
from inference.errors import ExitCode


def run(*words: str | Path) -> int:
    return program.run([str(word) for word in words], lambda _: 0)


@pytest.fixture
def projects(tmp_path: Path) -> list[Path]:
    found = []
    for number in range(5):
        sources, outlines = write_plot(tmp_path, f"p{number}", east_m=300.0 * number, seed=number)
        crowns = [Crown(tree, shapely.orient_polygons(one)) for tree, one in enumerate(outlines, 1)]
        found.append(write_project(tmp_path, sources, crowns, f"p{number}"))
    return found


def test_a_set_from_projects(projects: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "set"
    words: list[str | Path] = ["dataset", *projects, "--complete", "all", "-o", folder]
    assert run(*words, "--gsd", "0.2", "--tile", "128", "--json") == ExitCode.OK
    facts = json.loads(capsys.readouterr().out)
    assert facts["folder"] == str(folder)
    assert facts["split_by"] == "place"
    assert facts["places"] == 5
    assert set(facts["tiles"]) == {"train", "valid", "test"}
    assert sum(facts["crowns"].values()) >= 5 * 7
    assert json.loads((folder / "manifest.json").read_text())["options"]["gsd_m"] == 0.2


def test_progress_as_lines(projects: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("dataset", projects[0], "--complete", "all", "-o", tmp_path / "set", "--gsd", "0.2", "--tile", "128")
    assert run(*words, "--progress", "none") == ExitCode.OK
    assert "Nothing is left for validation" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "It is not known where every crown is outlined"),
        (("--complete", "all", "--split", "a,b"), "cannot be read"),
        (("--complete", "all", "--split", "0,1,0"), "training needs more than 0"),
        (("--complete", "all", "--tile", "1"), "cannot be made"),
        (("--complete", "all", "--block", "0"), "Blocks of 0.0 m"),
        (("--complete", "missing.gpkg"), "cannot be read"),
    ],
)
def test_sentences(
    words: tuple[str, ...], sentence: str, projects: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("dataset", projects[0], "-o", tmp_path / "set", *words) == ExitCode.BAD_INPUT
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told
    assert not (tmp_path / "set").exists()


def test_a_folder_in_use(projects: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("dataset", projects[0], "--complete", "all", "-o", tmp_path) == ExitCode.BAD_INPUT
    assert "needs a folder of its own" in capsys.readouterr().err
