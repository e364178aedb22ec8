"""An export that a person corrected in a GIS comes back: what it changed, added, dropped and left as it was."""

import runpy
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from small_projects import LEFT, TOP, UTM, new_project, with_crowns

from inference.cli.program import run
from inference.crowns.crown import Crown, Review
from inference.errors import VectorError
from inference.formats.api import export_crowns, import_crowns
from inference.formats.reader import read_rows
from inference.project.store import Project

Change = Callable[[dict[int, shapely.Polygon]], list[tuple[int, shapely.Polygon]]]


def box(x_m: float, y_m: float, size_m: float = 6.0) -> shapely.Polygon:
    return shapely.box(LEFT + x_m, TOP - y_m - size_m, LEFT + x_m + size_m, TOP - y_m)


@pytest.fixture
def plot(tmp_path: Path) -> Path:
    """Five proposals 10 m apart, the fifth accepted."""
    with new_project(tmp_path / "plot") as project:
        reviews: tuple[Review, ...] = ("auto", "auto", "auto", "auto", "accepted")
        with_crowns(
            project,
            [Crown(n + 1, box(10.0 * n + 2.0, 10.0), score=0.5, review=review) for n, review in enumerate(reviews)],
        )
        return project.path


def corrected(plot: Path, change: Change, name: str = "corrected.shp") -> Path:
    """What comes out of a GIS: the exported shapefile with other rows, every attribute as it was."""
    exported, path = plot.parent / "export.shp", plot.parent / name
    with Project.open(plot, read_only=True) as project:
        export_crowns(project, exported)
    meta, _, wkb, columns = pyogrio.raw.read(exported)
    ids = columns[list(meta["fields"]).index("tree_id")].tolist()
    rows = change(dict(zip(ids, shapely.from_wkb(wkb).tolist(), strict=True)))
    source = [ids.index(tree_id) for tree_id, _ in rows]
    outlines = np.array([outline for _, outline in rows] + [None], object)[:-1]
    pyogrio.raw.write(
        path,
        shapely.to_wkb(outlines),
        [column[source] for column in columns],
        list(meta["fields"]),
        crs=UTM,
        geometry_type="Polygon",
    )
    return path


def told(plot: Path) -> dict[int, tuple[str, str | None]]:
    with Project.open(plot, read_only=True) as project:
        return {crown.tree_id: (crown.review, crown.edited_by) for crown in project.table.crowns()}


def test_a_corrected_export_says_all_that_a_person_did(plot: Path) -> None:
    before = told(plot)
    new = box(62.0, 10.0)
    # 1 stays, 2 moves so far that little of it is left, 3 is dropped, 4 is cut in two by the GIS, which copies its id.
    halves = (box(32.0, 10.0).intersection(box(32.0, 10.0, 4.0)), box(36.0, 10.0, 2.0))
    path = corrected(plot, lambda was: [(1, was[1]), (2, box(16.0, 10.0)), (4, halves[1]), (4, halves[0]), (5, was[5])])
    add_row(path, new)
    with Project.open(plot) as project:
        summary = import_crowns(project, path, by="Ana", corrected=True)
        assert (summary.changed, summary.added, summary.deleted, summary.accepted, summary.unchanged) == (2, 2, 1, 1, 1)
        assert "1 that the file lacks were deleted, 1 that it left as they were accepted" in summary.sentence()
        crowns = {crown.tree_id: crown for crown in project.table.crowns()}
        assert crowns[2].outline.equals(box(16.0, 10.0)), "the id says more than the place"
        assert crowns[4].outline.equals(halves[0]), "of two rows with one id the one that fits best"
        assert sorted(crowns[n].outline.area for n in (6, 7)) == pytest.approx([4.0, 36.0])
    assert told(plot) == {
        1: ("accepted", "Ana"),
        2: ("edited", "Ana"),
        3: ("deleted", "Ana"),
        4: ("edited", "Ana"),
        5: ("accepted", None),
        6: ("added", "Ana"),
        7: ("added", "Ana"),
    }
    with Project.open(plot) as project:
        assert project.undo_name == "Take in corrections from corrected.shp"
        project.undo()
    assert told(plot) == before


def add_row(path: Path, outline: shapely.Polygon) -> None:
    """A crown drawn in the GIS: every attribute empty."""
    meta, _, wkb, columns = pyogrio.raw.read(path)
    fields = list(meta["fields"])
    grown = []
    for column in columns:
        empty = np.zeros(1, column.dtype) if column.dtype.kind in "if" else np.array([None], object)
        grown.append(np.concatenate([column, empty]))
    outlines = np.array([*shapely.from_wkb(wkb), outline], object)
    pyogrio.raw.write(path, shapely.to_wkb(outlines), grown, fields, crs=UTM, geometry_type="Polygon")


def test_the_same_corrections_once_more_change_nothing(plot: Path) -> None:
    path = corrected(plot, lambda was: [(1, was[1]), (2, was[2].buffer(0.5)), (5, was[5])])
    with Project.open(plot) as project:
        import_crowns(project, path, by="Ana", corrected=True)
    after = told(plot)
    with Project.open(plot) as project:
        again = import_crowns(project, path, by="Ben", corrected=True)
        assert (again.changed, again.added, again.deleted, again.accepted) == (0, 0, 0, 0)
    assert told(plot) == after


def test_a_file_of_another_plot_does_not_delete_everything(plot: Path) -> None:
    path = corrected(plot, lambda was: [(1, box(10.0, 70.0)), (2, box(30.0, 70.0))])
    before = told(plot)
    with Project.open(plot) as project, pytest.raises(VectorError, match="all of them would be deleted") as refused:
        import_crowns(project, path, by="Ana", corrected=True)
    assert refused.value.code == "vector.not_corrected"
    assert told(plot) == before


def test_an_older_export_takes_back_no_decision(plot: Path) -> None:
    path = corrected(plot, lambda was: list(was.items()))
    with Project.open(plot) as project:
        import_crowns(project, path, by="Ana", corrected=True)
        again = import_crowns(project, path, by="Ben")
    assert (again.changed, again.unchanged) == (0, 5)
    assert told(plot)[1] == ("accepted", "Ana")


def test_what_the_export_could_not_have_stays(plot: Path) -> None:
    """The file is corrected in its place, so its sidecar still says when and how it was exported."""
    with Project.open(plot) as project:
        path = plot.parent / "export.gpkg"
        export_crowns(project, path, reviewed_only=True)
        assert len(read_rows(path).outlines) == 1
        later = Crown(6, box(62.0, 10.0), review="added", edited_by="Ben", edited_at="2999-01-01T00:00:00+00:00")
        with_crowns(project, [later])
        summary = import_crowns(project, path, by="Ana", corrected=True)
    assert (summary.deleted, summary.accepted, summary.unchanged) == (0, 0, 1)
    assert "5 crowns that the export did not have yet, or left out, stay as they are." in summary.sentence()
    assert [review for review, _ in told(plot).values()] == ["auto"] * 4 + ["accepted", "added"]


def test_from_the_command_line(plot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = corrected(plot, lambda was: [(1, was[1]), (2, was[2])])
    assert run(["import", str(plot), str(path), "--corrected"], lambda files: 70) == 0
    assert "3 that the file lacks were deleted, 2 that it left as they were accepted" in capsys.readouterr().out
    assert [review for review, _ in told(plot).values()] == ["accepted", "accepted", "deleted", "deleted", "deleted"]


def test_labels_correct_an_export_as_a_person_would(plot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`docs/corrected_in_gis.py`, with which `docs/whole_chain.sh` plays the person."""
    program = Path(__file__).parents[3] / "docs" / "corrected_in_gis.py"
    labels, exported, path = (plot.parent / name for name in ("labels.gpkg", "export.shp", "by_hand.shp"))
    truth = np.array([box(2.5, 10.0), box(14.0, 8.0), box(72.0, 10.0), box(2.0, 10.0)], object)
    plots = np.array(["plot", "plot", "plot", "another"], object)
    pyogrio.raw.write(labels, shapely.to_wkb(truth), [plots], ["plot"], crs=UTM, geometry_type="Polygon")
    with Project.open(plot, read_only=True) as project:
        export_crowns(project, exported)
    assert runpy.run_path(str(program))["main"]([str(one) for one in (exported, labels, "plot", path)]) == 0
    assert "plot: 1 left, 1 reshaped, 3 dropped, 1 drawn" in capsys.readouterr().out
    with Project.open(plot) as project:
        import_crowns(project, path, by="Ana", corrected=True)
        crowns = {crown.tree_id: crown for crown in project.table.crowns()}
    reviews = [crowns[n].review for n in range(1, 7)]
    assert reviews == ["accepted", "edited", "deleted", "deleted", "deleted", "added"]
    assert crowns[2].outline.equals(box(14.0, 8.0))
    assert (crowns[6].species, crowns[6].score) == (None, None)
