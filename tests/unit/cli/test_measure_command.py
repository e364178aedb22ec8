"""`birchtree measure --model`: what it prints, its exit codes, and what it refuses."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from inference import paths
from inference.cli import program
from inference.project.store import Project

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "traits"))

from leafy_plots import crown_at, install_tiny, new_project, patchwork, write_plot

COLOURS = [(230, 40, 60), (60, 220, 30), (30, 60, 240)]


def _no_window(_files: list[str]) -> int:
    raise AssertionError("the window must not open")


@pytest.fixture
def plot(tmp_path: Path) -> Path:
    """A project with three crowns, and the tiny model among the user's own."""
    sources = write_plot(tmp_path, patchwork(30.0, 0.25, COLOURS), 0.25)
    path = tmp_path / "t.birch.gpkg"
    new_project(path, sources, [crown_at(n + 1, 5 + 10 * n, 15) for n in range(3)])
    install_tiny(paths.data_dir() / "models", site="Quebec")
    return path


def run(*words: object) -> int:
    return program.run([str(word) for word in words], _no_window)


def test_a_run_tells_what_it_did(plot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("measure", plot, "--model", "tiny", "--progress", "none") == 0
    out = capsys.readouterr().out
    assert "3 crowns measured, 3 with a height (DSM-DTM)" in out
    assert "3 crowns read by tiny, 3 got a species; 0 were up to date." in out
    assert "note: tiny was trained at: Quebec" in out
    assert run("measure", plot, "--model", "tiny", "--progress", "none", "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["measured"] == 0
    assert (facts["traits"]["read"], facts["traits"]["up_to_date"]) == (0, 3)


def test_json_progress(plot: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert run("measure", plot, "--model", "tiny", "--progress", "json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == {"event": "start", "command": "measure"}
    told = [line for line in lines if line["event"] == "progress" and line["stage"] == "read crowns"]
    assert (told[0]["done"], told[-1]["done"], told[-1]["total"]) == (0, 3, 3)
    assert lines[-1]["event"] == "result"
    assert lines[-1]["traits"]["named"] == 3


def test_heights_are_chosen_on_the_command_line(plot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("measure", plot, "--model", "tiny", "--height", "model", "--top-k", "2") == 0
    with Project.open(plot) as project:
        row = project.table.get(1).measures
        assert row is not None
        assert row.height_source == "model"
        assert (row.species_topk or "").count(";") == 1
    assert run("measure", plot, "--height", "chm") == 0
    with Project.open(plot) as project:
        row = project.table.get(1).measures
        assert row is not None
        assert (row.height_source, row.height_m) == ("DSM-DTM", 12.0)
        assert row.height_model_m is not None
    capsys.readouterr()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--model", "nosuch"), 4, "There is no model nosuch on this computer. Installed are: "),
        (("--resume",), 3, "--resume belongs to a run of a trait model"),
        (("--top-k", "3"), 3, "--top-k belongs to a run of a trait model"),
        (("--model", "tiny", "--top-k", "0"), 3, "from 1 to 20, not 0"),
        (("--height", "tall"), 2, "invalid choice"),
    ],
)
def test_what_is_refused(
    plot: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    assert run("measure", plot, *words) == code
    assert said in capsys.readouterr().err
    with Project.open(plot) as project:
        assert project.runs() == ()


def test_exports_tell_the_model_and_come_back_the_same(plot: Path, tmp_path: Path) -> None:
    assert run("measure", plot, "--model", "tiny") == 0
    out, again = tmp_path / "out", tmp_path / "again"
    assert run("export", plot, "-o", out / "crowns.shp") == 0
    sidecar = json.loads((out / "crowns.shp.json").read_text(encoding="utf-8"))
    (told,) = sidecar["trait_models"]
    assert (told["model"], told["site"], told["licence"]) == ("tiny", "Quebec", "CC0-1.0")
    assert len(told["sha256"]["traits"]) == 64
    second = tmp_path / "second.birch.gpkg"
    with Project.open(plot) as project:
        Project.create(second, project.locate_rasters(), crs_wkt=project.crs_wkt).close()
    assert run("import", second, out / "crowns.gpkg") == 0
    assert run("export", second, "-o", again / "crowns.geojson") == 0
    assert run("export", plot, "-o", out / "crowns.geojson") == 0
    assert (again / "crowns.geojson").read_text(encoding="utf-8") == (out / "crowns.geojson").read_text(
        encoding="utf-8"
    )
    with Project.open(plot) as one, Project.open(second) as two:
        pairs = list(zip(one.table.crowns(), two.table.crowns(), strict=True))
    assert len(pairs) == 3
    assert all(replace(there, outline=here.outline) == here for here, there in pairs)
