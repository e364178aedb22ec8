"""A project keeps what it is told, and says plainly what it cannot do."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from random_edits import new_project, sources, squares, with_crowns

from inference.crowns import edits
from inference.crowns.crown import Crown, Measures
from inference.crowns.edits import CrownEdit
from inference.errors import EditConflict, InputError, ProjectError
from inference.project import store
from inference.project.store import Project

FULL = Crown(
    1,
    shapely.Polygon([(0.1, 0.2), (1e7, 0.2), (1e7, 5e6 + 1 / 3)], [[(9e6, 1e5), (9e6, 2e5), (9.5e6, 2e5)]]),
    score=1 / 3,
    review="edited",
    label="Picea",
    species="Picea mariana (Mill.) Britton, Sterns & Poggenb.",
    species_code="PIMA",
    species_score=0.1 + 0.2,
    edge=True,
    note="“cassé” \\ 'x'\n2 lines; 樹",
    edited_by="Zoë",
    edited_at="2026-11-21T10:00:00+00:00",
    run_id="r1",
    measures=Measures(12.5, 11.25, "DSM-DTM", (500_000.125, 5_000_000.5), 22.2, 173.4, "Jucker2017:global"),
)


def test_everything_about_a_crown_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "plot é.birch.gpkg"
    with new_project(path) as project:
        project.apply(edits.add("Add", [FULL, Crown(2, shapely.box(0, 0, 1, 1))]))
    with Project.open(path) as project:
        assert project.table.crowns() == [FULL, Crown(2, shapely.box(0, 0, 1, 1))]
        assert not project.read_only
        assert project.notes == ()


def test_an_edit_is_in_the_file_at_once(tmp_path: Path) -> None:
    project = with_crowns(tmp_path / "a.birch.gpkg")
    with Project.open(project.path, read_only=True) as reader:
        assert reader.table.crowns() == project.table.crowns()
    project.close()


def test_closing_leaves_one_ordinary_file(tmp_path: Path) -> None:
    with_crowns(tmp_path / "a.birch.gpkg").close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.birch.gpkg", "ortho.tif"]


def test_facts(tmp_path: Path) -> None:
    with new_project(tmp_path / "a.birch.gpkg", crs_wkt='LOCAL_CS["grid"]', unit_m=1200 / 3937) as project:
        assert project.crs_wkt == 'LOCAL_CS["grid"]'
        assert project.unit_m == 1200 / 3937
        assert project.meta("zoom") is None
        project.set_meta("zoom", "3")
        project.set_meta("zoom", "4")
        assert project.meta("zoom") == "4"
        project.set_meta("zoom", None)
        assert project.meta("zoom") is None
        assert project.meta("format") == "birchtree-project"


def test_ids_are_never_given_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with new_project(path) as project:
        assert project.take_ids(3) == range(1, 4)
        assert project.take_ids(0) == range(4, 4)
        assert project.take_ids(1) == range(4, 5)
    with Project.open(path) as project:
        assert project.take_ids(2) == range(5, 7)
        project.apply(edits.add("Import", squares([100])))
        assert project.take_ids(1) == range(101, 102)
        project.undo()
        assert project.take_ids(1) == range(102, 103)


def test_undo_and_redo_have_names_and_ends(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg", 2) as project:
        project.apply(edits.change("Accept", project.table.crowns([1]), lambda c: replace(c, review="accepted")))
        assert (project.undo_name, project.redo_name) == ("Accept", None)
        taken_back = project.undo()
        assert taken_back is not None
        assert taken_back.touched_ids == {1}
        assert (project.undo_name, project.redo_name) == ("Add crowns", "Accept")
        project.undo()
        assert len(project.table) == 0
        assert project.undo() is None
        assert project.undo_name is None
        project.redo()
        assert project.redo() is not None
        assert project.redo() is None
        assert project.table.get(1).review == "accepted"


def test_a_new_edit_drops_what_was_undone(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg", 2) as project:
        for note in "abc":
            project.apply(edits.change(note, project.table.crowns([1]), lambda c, n=note: replace(c, note=n)))
        project.undo(), project.undo()
        project.apply(edits.change("d", project.table.crowns([2]), lambda c: replace(c, note="d")), by="ana")
        assert [(e.name, e.by, e.undone) for e in project.history()] == [
            ("Add crowns", None, False),
            ("a", None, False),
            ("d", "ana", False),
        ]
        assert project.redo_name is None
        assert len({entry.seq for entry in project.history()}) == 3


def test_a_conflict_changes_nothing_in_table_or_file(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        before, revision, history = project.table.crowns(), project.table.revision, project.history()
        stale = replace(before[0], note="as it never was")
        with pytest.raises(EditConflict, match="crown 1 was changed meanwhile"):
            project.apply(CrownEdit("Mixed", removed=(before[1], stale), added=tuple(squares([77]))))
        with pytest.raises(EditConflict, match="already a crown 2"):
            project.apply(CrownEdit("Mixed", removed=(before[0],), added=tuple(squares([50, 2]))))
        assert (project.table.crowns(), project.table.revision, project.history()) == (before, revision, history)
    with Project.open(project.path) as project:
        assert project.table.crowns() == before


def test_measures_are_no_step_of_the_history(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    high = Measures(height_m=20.0, height_source="DSM-est", treetop_crs=(1.5, 2.5))
    with with_crowns(path) as project:
        project.set_measures({1: high, 2: Measures(), 99: high})
        assert project.undo_name == "Add crowns"
        assert [c.measures for c in project.table.crowns()] == [high, Measures(), None]
    with Project.open(path) as project:
        assert [c.measures for c in project.table.crowns()] == [high, Measures(), None]
        project.set_measures({1: None})
    with Project.open(path) as project:
        assert project.table.get(1).measures is None


def test_a_new_outline_drops_measures_in_the_file_too(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path) as project:
        project.set_measures({1: Measures(height_m=20.0)})
        project.apply(
            edits.change("Move", project.table.crowns([1]), lambda c: c.with_outline(shapely.box(0, 0, 2, 2)))
        )
    with Project.open(path) as project:
        assert project.table.get(1).measures is None
        project.undo()
        assert project.table.get(1).measures == Measures(height_m=20.0)


def test_rasters_are_found_beside_the_project_first(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with with_crowns(home / "a.birch.gpkg") as project:
        (raster,) = project.rasters
        assert (raster.role, raster.relative, raster.absolute) == ("ortho", "ortho.tif", str(home / "ortho.tif"))
        assert raster.size_bytes == (home / "ortho.tif").stat().st_size
    moved = tmp_path / "moved"
    home.rename(moved)
    with Project.open(moved / "a.birch.gpkg") as project:
        assert project.locate_rasters().ortho == moved / "ortho.tif"
        (moved / "ortho.tif").unlink()
        with pytest.raises(InputError, match=r"The orthomosaic of this plot is not at .*ortho\.tif any more") as caught:
            project.locate_rasters()
        assert caught.value.code == "project.raster_missing"
        home.mkdir()
        project.set_sources(sources(home))
        assert project.locate_rasters().ortho == home / "ortho.tif"
        assert project.rasters[0].relative == "../home/ortho.tif"
        (moved / "a.birch.gpkg").replace(tmp_path / "elsewhere.birch.gpkg")
    with Project.open(tmp_path / "elsewhere.birch.gpkg") as project:
        assert project.locate_rasters().ortho == home / "ortho.tif"


def test_all_four_files_of_a_plot_are_remembered(tmp_path: Path) -> None:
    for name in ("dsm.tif", "dtm.tif", "aoi.shp"):
        (tmp_path / name).write_bytes(b"x")
    files = sources(tmp_path)
    files.dsm, files.dtm, files.aoi = (tmp_path / name for name in ("dsm.tif", "dtm.tif", "aoi.shp"))
    with Project.create(tmp_path / "a.birch.gpkg", files, crs_wkt="") as project:
        assert [raster.role for raster in project.rasters] == ["ortho", "dsm", "dtm", "aoi"]
        found = project.locate_rasters()
        assert (found.ortho, found.dsm, found.dtm, found.aoi) == (files.ortho, files.dsm, files.dtm, files.aoi)


def test_creating_over_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    path.write_text("precious")
    with pytest.raises(ProjectError, match="exists already") as caught:
        new_project(path)
    assert caught.value.code == "project.exists"
    assert path.read_text() == "precious"


def test_creating_in_a_missing_folder_or_without_rasters_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        Project.create(tmp_path / "no" / "a.birch.gpkg", sources(tmp_path), crs_wkt="")
    assert caught.value.code == "project.not_creatable"
    files = sources(tmp_path)
    files.dsm = tmp_path / "no_dsm.tif"
    with pytest.raises(InputError, match="The DSM of this plot"):
        Project.create(tmp_path / "a.birch.gpkg", files, crs_wkt="")
    assert [path.name for path in tmp_path.iterdir()] == ["ortho.tif"]


def test_a_half_made_project_of_a_crash_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / ".a.birch.gpkg.new").write_bytes(b"half")
    with_crowns(tmp_path / "a.birch.gpkg").close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.birch.gpkg", "ortho.tif"]


def test_a_copy_holds_the_latest_edit(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        project.save_copy(tmp_path / "b.birch.gpkg")
        with pytest.raises(ProjectError, match="exists already"):
            project.save_copy(tmp_path / "b.birch.gpkg")
        with Project.open(tmp_path / "b.birch.gpkg") as copy:
            assert copy.table.crowns() == project.table.crowns()
            assert copy.take_ids(1) == project.take_ids(1)


def test_an_empty_edit_is_a_step(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        project.apply(CrownEdit("Nothing"))
        assert project.undo() == CrownEdit("Nothing")


@pytest.mark.parametrize("name", ["50% #1?.birch.gpkg", "a b'c\".birch.gpkg", "Québec 樹.birch.gpkg"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    with_crowns(tmp_path / name).close()
    with Project.open(tmp_path / name, read_only=True) as project:
        assert len(project.table) == 3


def test_a_project_opened_in_one_thread_is_used_in_another(tmp_path: Path) -> None:
    with_crowns(tmp_path / "a.birch.gpkg").close()
    with ThreadPoolExecutor(1) as pool:
        project = pool.submit(Project.open, tmp_path / "a.birch.gpkg").result()
    project.undo()
    assert len(project.table) == 0
    project.close()


def test_the_moment_is_utc_to_the_second() -> None:
    assert len(store.now()) == len("2026-11-21T10:00:00+00:00")
    assert store.now().endswith("+00:00")
