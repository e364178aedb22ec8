"""Other programs edit the file, open or closed, and BirchTree notices, checks and goes on."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pyogrio.raw
import pytest
import shapely
from random_edits import squares, with_crowns

from inference.crowns import edits
from inference.crowns.crown import Crown, Measures
from inference.errors import EditConflict
from inference.formats.exporting import export_crowns
from inference.project import gpkg
from inference.project.store import Project

# GDAL in a process of its own, as QGIS is: two SQLite libraries in one process break each other's file locks.
_GDAL = """
import sys
import numpy as np, pyogrio.raw, shapely
path, wkt, tree_label = sys.argv[1:]
box = np.array([shapely.to_wkb(shapely.from_wkt(wkt))], object)
pyogrio.raw.write(path, box, field_data=[np.array([tree_label], object)], fields=["label"], layer="crowns",
    geometry_type="Polygon", append=True, driver="GPKG", crs=None)
"""


def gdal_adds(path: Path, wkt: str, label: str = "From GDAL") -> None:
    subprocess.run([sys.executable, "-W", "ignore", "-c", _GDAL, path, wkt, label], check=True)


@contextmanager
def another_program(path: Path) -> Iterator[sqlite3.Connection]:
    """Plain SQL with the functions that every GeoPackage program brings."""
    with closing(sqlite3.connect(path)) as connection, connection:
        gpkg.register_functions(connection)
        yield connection


def blob(geometry: shapely.Geometry) -> bytes:
    return b"GP\x00\x01\xff\xff\xff\xff" + shapely.to_wkb(geometry)


@pytest.mark.parametrize("opened", [True, False], ids=["while open", "while closed"])
def test_gdal_appends_a_crown(tmp_path: Path, opened: bool) -> None:
    project = with_crowns(tmp_path / "a.birch.gpkg")
    if not opened:
        project.close()
    gdal_adds(project.path, "POLYGON ((50 50, 60 50, 60 60, 50 60, 50 50))")
    if opened:
        assert project.refresh() == {4}
    else:
        project = Project.open(project.path)
    crown = project.table.get(4)
    assert (crown.label, crown.review, crown.measures) == ("From GDAL", "added", None)
    assert crown.outline.area == 100
    assert project.table.at(55, 55) == 4
    assert project.take_ids(1) == range(5, 6)
    assert project.refresh() is None
    project.close()
    with Project.open(project.path) as project:
        assert project.table.get(4) == crown


def test_a_change_from_outside_is_found_at_refresh_and_before_an_edit(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        assert project.refresh() is None
        with another_program(project.path) as other:
            other.execute("UPDATE crowns SET species = 'Picea' WHERE tree_id = 2")
            other.execute("DELETE FROM crowns WHERE tree_id = 3")
        stale = project.table.get(2)
        with pytest.raises(EditConflict, match="crown 2 was changed meanwhile"):
            project.apply(edits.change("Note", [stale], lambda c: replace(c, note="x")))
        assert project.table.get(2).species == "Picea"
        assert 3 not in project.table
        assert project.history()[-1].name == "Add crowns"
        project.apply(edits.change("Note", project.table.crowns([2]), lambda c: replace(c, note="x")))
        project.undo()
        with pytest.raises(EditConflict, match="“Add crowns” can no longer be undone, because crown 2") as caught:
            project.undo()
        assert caught.value.code == "edit.overtaken"
        assert project.undo_name == "Add crowns"
        assert project.table.ids.tolist() == [1, 2]


def test_an_outline_moved_outside_loses_its_measures_and_gets_its_area(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        project.set_measures({1: Measures(height_m=9.0), 2: Measures(height_m=8.0)})
        with another_program(project.path) as other:
            other.execute("UPDATE crowns SET geom = ? WHERE tree_id = 1", (blob(shapely.box(0, 0, 3, 3)),))
            other.execute("UPDATE crowns SET note = 'seen' WHERE tree_id = 2")
        assert project.refresh() == {1, 2}
        assert project.table.get(1).measures is None
        assert project.table.get(2).measures == Measures(height_m=8.0)
        with another_program(project.path) as other:
            rows = other.execute("SELECT area_m2, height_m, measured FROM crowns WHERE tree_id < 3").fetchall()
        assert rows == [(9.0, None, 0), (16.0, 8.0, 1)]


@pytest.mark.parametrize("opened", [True, False], ids=["while open", "while closed"])
def test_odd_outlines_are_put_right_and_impossible_ones_left_alone(tmp_path: Path, opened: bool) -> None:
    project = with_crowns(tmp_path / "a.birch.gpkg", 9)
    odd = {
        1: shapely.Polygon([(0, 0), (4, 4), (4, 0), (0, 6)]),  # a bow tie
        2: shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 8, 8)]),
        3: shapely.Polygon([(0, 0, 7), (0, 5, 7), (5, 5, 7)]),
        4: shapely.LineString([(0, 0), (1, 1)]),
        5: shapely.Polygon(),
    }
    if not opened:
        project.close()
    with another_program(project.path) as other:
        for tree_id, geometry in odd.items():
            other.execute("UPDATE crowns SET geom = ? WHERE tree_id = ?", (blob(geometry), tree_id))
        other.execute("UPDATE crowns SET geom = NULL WHERE tree_id = 6")
        other.execute("UPDATE crowns SET geom = x'00' WHERE tree_id = 7")
        other.execute("UPDATE crowns SET geom = 'text', review = NULL WHERE tree_id = 8")
    if opened:
        assert project.refresh() == set(range(1, 9))
    else:
        project = Project.open(project.path)
    table = project.table
    assert table.ids.tolist() == [1, 2, 3, 9]
    assert all(c.outline.is_valid and c.outline.geom_type == "Polygon" for c in table.crowns())
    assert table.get(2).outline.area == 9
    assert not table.get(3).outline.has_z
    with pytest.raises(EditConflict, match="left a row 6 without an outline"):
        project.apply(edits.add("Add", squares([6])))
    project.close()
    with Project.open(project.path) as project:
        assert project.table.crowns() == table.crowns()
        assert project.notes == ("5 rows without a usable outline are left out (tree_id 4, 5, 6, 7, 8).",)
    with another_program(project.path) as other:
        assert other.execute("SELECT count(*) FROM crowns").fetchone() == (9,)
        index = other.execute("SELECT id FROM rtree_crowns_geom ORDER BY id").fetchall()
    assert {row[0] for row in index} >= {1, 2, 3, 9}


def test_rows_of_other_programs_are_read_again_only_once(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        with another_program(project.path) as other:
            other.execute("UPDATE crowns SET note = 'seen'")
        assert project.refresh() == {1, 2, 3}
        assert project._connection.execute("SELECT sum(outside) FROM birch_changes").fetchone() == (0,)
        revision = project.table.revision
        assert project.refresh() is None
        project.set_meta("a", "b")
        assert project.table.revision == revision


def test_a_crown_renumbered_outside(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        with another_program(project.path) as other:
            other.execute("UPDATE crowns SET tree_id = 30 WHERE tree_id = 3")
        assert project.refresh() == {3, 30}
        assert project.table.ids.tolist() == [1, 2, 30]
        assert project.take_ids(1)[0] > 3


def test_a_conflict_after_a_repair_repairs_again(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        with another_program(project.path) as other:
            other.execute("UPDATE crowns SET geom = ? WHERE tree_id = 1", (blob(shapely.box(0, 0, 3, 3)),))
        with pytest.raises(EditConflict):
            project.apply(edits.add("Add", squares([2])))
        project.set_meta("a", "b")
        project.apply(edits.add("Add", squares([20])))
        with another_program(project.path) as other:
            assert other.execute("SELECT area_m2 FROM crowns WHERE tree_id = 1").fetchone() == (9.0,)


def test_texts_that_are_no_utf8_do_not_lock_a_project(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path) as project:
        with another_program(path) as other:
            other.execute("UPDATE crowns SET note = CAST(x'C970696E65747465' AS TEXT) WHERE tree_id = 2")
        assert project.refresh() == {2}
        assert project.table.get(2).note == "\ufffdpinette"
    with another_program(path) as other:
        other.execute("UPDATE crowns SET species = CAST(x'C9' AS TEXT) WHERE tree_id = 3")
    with Project.open(path) as project:
        assert project.table.get(3).species == "\ufffd"


def test_what_gdal_reads_is_what_we_wrote(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    measures = Measures(12.5, 11.25, "DSM-DTM", (1.5, 2.5), 22.2, 173.4, "Jucker2017")
    crown = Crown(7, shapely.box(0, 0, 4, 4), score=0.25, species="Épinette", edge=True, measures=measures)
    with with_crowns(path, crs_wkt="", unit_m=1.0) as project:
        project.apply(edits.add("Add", [crown]))
    assert "crowns" in [name for name, _ in pyogrio.list_layers(path)]
    info = pyogrio.read_info(path, layer="crowns", force_total_bounds=True)
    assert info["features"] == 4
    assert info["geometry_type"] == "Polygon"
    assert info["fid_column"] == "tree_id"
    assert tuple(info["total_bounds"]) == (0.0, 0.0, 34.0, 4.0)
    meta, fids, shapes, values = pyogrio.raw.read(path, layer="crowns", return_fids=True, where="label = 'Tree'")
    row = dict(zip(meta["fields"], (column[-1] for column in values), strict=True))
    assert fids[-1] == 7
    assert shapely.from_wkb(shapes[-1]) == crown.outline
    assert row["species"] == "Épinette"
    assert bool(row["edge"])
    assert (row["height_m"], row["treetop_x"], row["area_m2"], row["score"]) == (12.5, 1.5, 16.0, 0.25)
    assert (row["diameter_m"], row["perimeter_m"]) == (pytest.approx(4.5135, abs=1e-4), 16.0)
    found = pyogrio.raw.read(path, layer="crowns", bbox=(30, 0, 40, 1), return_fids=True)[1]
    assert found.tolist() == [3]


def test_the_file_is_a_sound_database_and_its_index_complete(tmp_path: Path) -> None:
    moved = shapely.box(0, 9, 1, 10)
    with with_crowns(tmp_path / "a.birch.gpkg", 50) as project:
        project.apply(edits.change("Move", project.table.crowns([5]), lambda c: c.with_outline(moved)))
        project.undo()
        project.redo()
    with closing(sqlite3.connect(project.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT rtreecheck('rtree_crowns_geom')").fetchone() == ("ok",)
        assert connection.execute("SELECT * FROM rtree_crowns_geom WHERE id = 5").fetchone() == (5, 0.0, 1.0, 9.0, 10.0)
        assert connection.execute("SELECT count(*) FROM rtree_crowns_geom").fetchone() == (50,)
        assert connection.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_text_that_another_program_wrote_as_bytes_or_number_can_be_exported(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project, another_program(project.path) as other:
        other.execute("UPDATE crowns SET label = x'004750', note = 7 WHERE tree_id = 2")
    with Project.open(project.path) as project:
        assert project.table.column("label").tolist()[1] == "b'\\x00GP'"
        assert project.table.column("note").tolist()[1] == "7"
        export_crowns(project, tmp_path / "crowns.geojson")
        export_crowns(project, tmp_path / "crowns.gpkg")
    assert "GP" in (tmp_path / "crowns.geojson").read_text(encoding="utf-8")
