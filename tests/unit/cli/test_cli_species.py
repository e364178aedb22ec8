"""`birchtree species`: teach from confirmed crowns, undo in one step, list, doubt, export; mistakes are sentences."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine

from inference.cli import program
from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.plot.plot import PlotSources
from inference.project.store import Project

LEFT, TOP, SIDE_M, GSD_M = 500_000.0, 5_100_000.0, 56.0, 0.1
ROWS = 7
COUNT, LEFT_OVER = ROWS * ROWS, ROWS * ROWS - 15
KINDS = {"Quercus rubra": (130, 70, 50), "Picea abies": (50, 90, 60), "Betula papyrifera": (150, 150, 70)}
NAMES = tuple(KINDS)
Run = Callable[..., tuple[int, dict[str, Any], str]]


def write_ortho(path: Path, seed: int) -> None:
    """Trees on a lattice 8 m apart, their species in turn, each a disc of 2.5 m with its own colour and grain."""
    cells = round(SIDE_M / GSD_M)
    rng = np.random.default_rng(seed)
    rgb = np.clip(rng.normal(110, 6, (3, cells, cells)), 1, 255)
    rows, cols = np.mgrid[:cells, :cells] * GSD_M
    for number, (east, south) in enumerate(lattice()):
        disc = np.hypot(rows - south, cols - east) < 2.5
        colour = np.array(KINDS[NAMES[number % 3]]) * rng.normal(1.0, 0.12, 3)
        rgb[:, disc] = colour[:, None] * rng.normal(1.0, 0.08 + 0.05 * (number % 3), int(disc.sum()))
    with rasterio.open(
        path, "w", driver="GTiff", width=cells, height=cells, count=3, dtype="uint8", crs="EPSG:32618",
        transform=Affine(GSD_M, 0, LEFT, 0, -GSD_M, TOP),
    ) as raster:  # fmt: skip
        raster.write(np.clip(rgb, 1, 255).astype(np.uint8))


def lattice() -> list[tuple[float, float]]:
    return [(4.0 + 8.0 * col, 4.0 + 8.0 * row) for row in range(ROWS) for col in range(ROWS)]


def make_plot(folder: Path, name: str = "plot", seed: int = 1) -> Path:
    """A project with 49 crowns, ids from 1, true species in turn."""
    folder.mkdir(exist_ok=True)
    ortho = folder / f"{name}.tif"
    write_ortho(ortho, seed)
    path = folder / f"{name}.birch.gpkg"
    with rasterio.open(ortho) as raster:
        wkt = raster.crs.to_wkt()
    with Project.create(path, PlotSources(ortho), crs_wkt=wkt) as project:
        outlines = [shapely.Point(LEFT + east, TOP - south).buffer(2.4, 8) for east, south in lattice()]
        ids = project.take_ids(len(outlines))
        project.apply(edits.add("Draw", [Crown(i, outline) for i, outline in zip(ids, outlines, strict=True)]))
    return path


def mark(path: Path, per_species: int = 5, **more: str) -> set[int]:
    """Confirm the species of some crowns, far from each other."""
    chosen: dict[int, str] = {}
    for number in range(3):
        ids = [1 + place for place in range(COUNT) if place % 3 == number]
        chosen |= dict.fromkeys(ids[:: max(1, COUNT // 3 // max(per_species, 1))][:per_species], NAMES[number])
    chosen |= {int(key.removeprefix("tree")): name for key, name in more.items()}
    with Project.open(path) as project:
        crowns = project.table.crowns(sorted(chosen))
        project.apply(edits.change("Name", crowns, lambda one: replace(one, species=chosen[one.tree_id])))
    return set(chosen)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line: its exit code, JSON result, and errors."""

    def act(*words: object) -> tuple[int, dict[str, Any], str]:
        code = program.run([str(word) for word in words], lambda _: 1)
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out.startswith("{") else {"text": said.out}, said.err

    return act


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plot that is marked with five crowns of each species and measured by `plain`."""
    folder = tmp_path_factory.mktemp("measured")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BIRCHTREE_HOME", str(tmp_path_factory.mktemp("home")))
        path = make_plot(folder)
        mark(path)
        assert program.run(["measure", str(path), "--model", "plain", "--progress", "none"], lambda _: 1) == 0
    return folder


@pytest.fixture
def plot(tmp_path: Path, measured: Path) -> Path:
    """A copy of it."""
    for file in ("plot.tif", "plot.birch.gpkg"):
        shutil.copyfile(measured / file, tmp_path / file)
    return tmp_path / "plot.birch.gpkg"


def species_of(path: Path) -> dict[int, str | None]:
    with Project.open(path, read_only=True) as project:
        return {crown.tree_id: crown.species for crown in project.table.crowns()}


def test_teach_names_the_others_in_one_step_that_undo_takes_back(plot: Path, run: Run) -> None:
    before = species_of(plot)
    code, facts, _ = run("species", "teach", plot, "--threshold", "0", "--json")
    assert code == 0
    assert facts["model"] == "plain"
    assert facts["crowns"] == LEFT_OVER
    assert facts["renamed"] == LEFT_OVER
    assert facts["check"]["marks"] == 15
    assert facts["check"]["accuracy"] > 0.7
    after = species_of(plot)
    assert np.mean([after[i] == NAMES[(i - 1) % 3] for i in after if before[i] is None]) > 0.75
    assert all(after[i] == name for i, name in before.items() if name is not None)
    with Project.open(plot) as project:
        crown = project.table.get(next(tree_id for tree_id, name in before.items() if name is None))
        assert crown.species_score is not None
        assert crown.species_code in ("QURU", "PIAB", "BEPA")
        assert project.undo_name == f"Species by what was taught on plain: {LEFT_OVER} crowns"
        project.undo()
    assert species_of(plot) == before


def test_a_dry_run_changes_nothing(plot: Path, run: Run) -> None:
    body = plot.read_bytes()
    code, facts, _ = run("species", "teach", plot, "--dry-run")
    assert code == 0
    assert "named right by a head that had not seen them" in facts["text"]
    assert "Quercus rubra" in facts["text"]
    assert "nothing was changed" in facts["text"]
    assert plot.read_bytes() == body


def test_teaching_twice_changes_nothing_more(plot: Path, run: Run) -> None:
    assert run("species", "teach", plot, "--json")[1]["renamed"] > 0
    assert run("species", "teach", plot, "--json")[1]["renamed"] == 0
    _, listed, _ = run("species", "list", plot, "--json")
    assert [head["name"] for head in listed["heads"]] == ["species"]


def test_uncertain_crowns_get_a_coarser_name(plot: Path, run: Run) -> None:
    run("species", "teach", plot, "--threshold", "0.999", "--json")
    _, queue, _ = run("species", "doubtful", plot, "--top", "0", "--json")
    names = {crown["name"] for crown in queue["crowns"]}
    assert names & {None, "broadleaf", "conifer", "Pinaceae", "Quercus", "Betula", "Picea"}


def test_a_precision_can_be_asked_for(plot: Path, run: Run) -> None:
    code, facts, _ = run("species", "teach", plot, "--precision", "0.9", "--json")
    assert code == 0
    assert facts["crowns"] == LEFT_OVER


def test_the_queue_is_sorted_and_leaves_out_what_people_named(plot: Path, run: Run) -> None:
    run("species", "teach", plot)
    _, facts, _ = run("species", "doubtful", plot, "--top", "0", "--json")
    doubts = [crown["doubt"] for crown in facts["crowns"]]
    assert doubts == sorted(doubts, reverse=True)
    assert len(doubts) == LEFT_OVER
    first = facts["crowns"][0]["tree_id"]
    with Project.open(plot) as project:
        crowns = project.table.crowns([first])
        project.apply(edits.change("Name", crowns, lambda one: replace(one, species="Picea", species_score=None)))
    _, again, _ = run("species", "doubtful", plot, "--top", "0", "--json")
    assert first not in [crown["tree_id"] for crown in again["crowns"]]
    code, shown, _ = run("species", "doubtful", plot, "--top", "3")
    assert code == 0
    assert len(shown["text"].splitlines()) == 4


def test_several_plots_are_taught_together(plot: Path, tmp_path: Path, run: Run) -> None:
    other = make_plot(tmp_path / "other", "other", seed=8)
    assert run("measure", other, "--model", "plain", "--progress", "none")[0] == 0
    code, facts, _ = run("species", "teach", plot, other, "--threshold", "0", "--json")
    assert code == 0
    assert facts["crowns"] == LEFT_OVER + COUNT
    after = species_of(other)
    assert np.mean([after[i] == NAMES[(i - 1) % 3] for i in after]) > 0.8
    assert run("species", "teach", plot, plot)[0] == 3


def test_export_as_a_model_and_use_it_on_another_plot(plot: Path, tmp_path: Path, run: Run) -> None:
    run("species", "teach", plot)
    code, facts, _ = run("species", "export-model", plot, "-o", tmp_path / "out", "--id", "three-trees", "--json")
    assert code == 0
    assert facts["classes"] == sorted(NAMES)
    other = make_plot(tmp_path / "other", "other", seed=8)
    from inference.models.store import ModelStore

    ModelStore().add(tmp_path / "out")
    assert run("measure", other, "--model", "three-trees", "--progress", "none")[0] == 0
    with Project.open(other, read_only=True) as project:
        facts_of = project.readings.facts("three-trees")
    told = {i: reading.species.top[0][0] for i, reading in facts_of.items() if reading.species is not None}
    assert np.mean([told[i] == NAMES[(i - 1) % 3] for i in told]) > 0.8
    assert len(told) == COUNT
    assert run("species", "export-model", plot, "-o", tmp_path / "out")[0] == 3
    code, _, error = run("species", "export-model", plot, "-o", tmp_path / "new", "--name", "oaks")
    assert code == 3
    assert "there is: species" in error


def test_unknown_and_dead_and_rare_species(tmp_path: Path, run: Run) -> None:
    path = make_plot(tmp_path)
    mark(path, 4, tree2="unknown", tree5="dead", tree8="dead", tree11="Acer rubrum")
    run("measure", path, "--model", "plain", "--progress", "none")
    _, facts, _ = run("species", "teach", path, "--dry-run", "--json")
    assert "dead" in facts["classes"]
    assert "unknown" not in facts["classes"]
    assert facts["left_out"] == {"Acer rubrum": 1}


def test_names_are_taken_however_they_are_written(tmp_path: Path, run: Run) -> None:
    path = make_plot(tmp_path)
    mark(path, 4, tree1="QURU", tree4="quercus_rubra L.", tree2="PIAB", tree5="Rotfichte")
    table = tmp_path / "names.csv"
    table.write_text("name,synonyms\nPicea abies,Rotfichte\n", encoding="utf-8")
    run("measure", path, "--model", "plain", "--progress", "none")
    _, facts, _ = run("species", "teach", path, "--dry-run", "--json", "--names", table)
    assert facts["classes"] == sorted(NAMES)
    assert run("species", "teach", path, "--dry-run", "--names", tmp_path / "none.csv")[0] == 3


def test_what_is_missing_is_said(tmp_path: Path, run: Run) -> None:
    path = make_plot(tmp_path)
    code, _, error = run("species", "teach", path)
    assert code == 3
    assert "birchtree measure plot.birch.gpkg --model plain" in error
    run("measure", path, "--model", "plain", "--progress", "none")
    code, _, error = run("species", "teach", path)
    assert code == 3
    assert "at least two" in error
    assert run("species", "doubtful", path)[1]["text"].startswith("No crown got a species")
    assert run("species", "list", path)[1]["text"].startswith("Nothing was taught")
    assert run("species", "teach", path, "--model", "nothing")[0] == 3
    assert run("species", "teach", path, "--threshold", "2")[0] == 3
    assert run("species", "teach", tmp_path / "no.birch.gpkg")[0] == 3
    assert run("species")[0] == 2


def test_marks_that_were_not_measured_are_counted(plot: Path, run: Run) -> None:
    with Project.open(plot) as project:
        moved = project.table.crowns([1])
        project.apply(
            edits.change("Move", moved, lambda one: one.with_outline(shapely.affinity.translate(one.outline, 0.3)))
        )
    _, facts, _ = run("species", "teach", plot, "--dry-run", "--json")
    assert facts["marks_without_embedding"] == 1
    assert facts["check"]["marks"] == 14


def test_read_reads_and_measures_first(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIRCHTREE_HOME", str(tmp_path / "home"))
    path = make_plot(tmp_path / "fresh")
    marks = mark(path)
    code, _, error = run("species", "teach", path, "--json")
    assert code == 3
    assert "has been read" in error
    code, facts, _ = run("species", "teach", path, "--read", "--json", "--progress", "none")
    assert (code, facts["model"], facts["crowns_without_embedding"]) == (0, "plain", 0)
    with Project.open(path) as project:
        others = [one for one in project.table.crowns() if one.tree_id not in marks]
        assert all(one.measures is not None and one.measures.species_topk for one in others)
        assert (project.undo_name or "").startswith("Species by what was taught on")
