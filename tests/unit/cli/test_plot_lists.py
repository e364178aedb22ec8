"""Many plots on a command line: folders, lists, and one that fails among others."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "pipeline"))

from cone_plots import scattered, write_plot

from inference.cli import program
from inference.cli.plot_lists import is_one_file, plot_tasks, project_paths
from inference.errors import InputError


def touched(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).touch()


def run(*words: object) -> int:
    return program.run([str(word) for word in words], lambda _: 70)


def test_a_folder_gives_its_orthomosaics_with_the_elevation_beside_them(tmp_path: Path) -> None:
    touched(tmp_path / "in", *(f"{n}_{role}.tif" for n in ("a", "b") for role in ("rgb", "dsm", "dtm", "chm")), "notes")
    found = plot_tasks([tmp_path / "in"], tmp_path / "out")
    assert [task.name for task in found] == ["a_rgb", "b_rgb"]
    assert found[1].sources.dsm == (tmp_path / "in" / "b_dsm.tif").resolve()
    assert found[1].sources.dtm == (tmp_path / "in" / "b_dtm.tif").resolve()
    assert found[0].output == tmp_path / "out" / "a_rgb.birch.gpkg"


def test_a_list_says_all_itself(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("\ufeffOrtho;DSM;output\nx.tif;;x.birch.gpkg\n\ny.tif;h.tif;\n", encoding="utf-8")
    first, second = plot_tasks([tmp_path / "l.csv"], tmp_path)
    assert (first.sources.ortho, first.sources.dsm, first.output) == (
        tmp_path / "x.tif",
        None,
        tmp_path / "x.birch.gpkg",
    )
    assert (second.sources.dsm, second.output) == (tmp_path / "h.tif", tmp_path / "y.birch.gpkg")


def test_what_is_one_file_and_what_is_many(tmp_path: Path) -> None:
    assert is_one_file([tmp_path / "a.tif"])
    assert not any(map(is_one_file, ([tmp_path], [tmp_path / "l.CSV"], [Path("a.tif"), Path("b.tif")])))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "plots.list_empty"),
        ("ortho,output\n", "plots.list_empty"),
        ("picture\na.tif\n", "plots.list_column"),
        ("ortho\na.tif\n", "plots.output"),
        ("ortho,output\na.tif,p.birch.gpkg\nb.tif,p.birch.gpkg\n", "plots.same_output"),
    ],
)
def test_a_list_that_cannot_be_used(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "l.csv").write_text(text)
    with pytest.raises(InputError) as caught:
        plot_tasks([tmp_path / "l.csv"], None)
    assert caught.value.code == code


def test_folders_and_lists_without_anything(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no orthomosaic"):
        plot_tasks([tmp_path], tmp_path)
    with pytest.raises(InputError, match="no project"):
        project_paths([tmp_path])
    with pytest.raises(InputError, match="cannot be read"):
        plot_tasks([tmp_path / "none.csv"], tmp_path)
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read"):
        plot_tasks([tmp_path / "binary.csv"], tmp_path)


def test_projects_are_named_once(tmp_path: Path) -> None:
    touched(tmp_path / "p", "a.birch.gpkg", "b.birch.gpkg", "b.gpkg")
    a, b = (tmp_path / "p" / f"{name}.birch.gpkg" for name in "ab")
    (tmp_path / "l.csv").write_text("ortho,output\nx.tif,p/b.birch.gpkg\n")
    assert project_paths([tmp_path / "p", tmp_path / "l.csv"]) == (a, b)


def test_a_plot_that_fails_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_plot(tmp_path / name, scattered(16.0), 16.0)
    (tmp_path / "bad.tif").write_text("no raster")
    words = ("--progress", "none", "--model", "watershed")
    plots = (tmp_path / "a" / "ortho.tif", tmp_path / "bad.tif")
    assert run("segment", *plots, "-o", tmp_path / "out", *words) == 3
    told = capsys.readouterr()
    table = [line.split() for line in told.out.splitlines()][-3:]
    assert [row[:2] for row in table] == [["plot", "state"], ["ortho", "done"], ["bad", "failed"]]
    assert "1 of 2 plots could not be done: bad" in told.err
    assert (tmp_path / "out" / "ortho.birch.gpkg").exists()
    # Only mend the bad one, and go on: the finished plot stays as it is.
    list_file = tmp_path / "l.csv"
    list_file.write_text("ortho,dsm,dtm,output\na/ortho.tif,a/dsm.tif,a/dtm.tif,out/ortho.birch.gpkg\n"
                         "b/ortho.tif,b/dsm.tif,b/dtm.tif,out/b.birch.gpkg\n")  # fmt: skip
    assert run("segment", list_file, *words, "--resume", "--json") == 0
    ends = json.loads(capsys.readouterr().out)["plots"]
    assert [(end["plot"], end["resumed_tiles"]) for end in ends] == [("ortho", 1), ("b", 0)]
    assert run("measure", tmp_path / "out", "--model", "none", "--progress", "json") == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(event["plot"], event["done"]) for event in events if event["event"] == "plot"] == [("b", 1), ("ortho", 2)]
    assert {event["note"] for event in events if event["event"] == "progress"} == {"b", "ortho"}


def test_one_raster_for_many_plots_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("segment", tmp_path, "--dsm", "x.tif", "-o", tmp_path) == 3
    assert "--dsm belongs to one plot" in capsys.readouterr().err
    assert run("segment", tmp_path / "a.tif") == 3
    assert "-o" in capsys.readouterr().err
