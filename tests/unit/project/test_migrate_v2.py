"""Files of version 1, made by the program that wrote them, become files of version 2."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from random_edits import new_project

from inference.crowns.crown import Measures
from inference.errors import ProjectError
from inference.project import gpkg, schema
from inference.project.readings import Reading, TraitModelRecord
from inference.project.store import Project

# Six crowns: heights above a DTM (since reshaped, so measured no more), above estimated ground, from the field; two
# without; one deleted. Four steps of history, the last undone. One crown drawn by another program, not yet looked at.
MADE_BY_VERSION_1 = Path(__file__).with_name("version1.birch.gpkg.gz")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.birch.gpkg"
    path.write_bytes(gzip.decompress(MADE_BY_VERSION_1.read_bytes()))
    return path


def columns_of(path: Path, table: str) -> set[tuple[str, str, int, str | None, int]]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[1:] for row in connection.execute(f"PRAGMA table_info({table})")}


def test_everything_is_there_afterwards_and_a_copy_beside(old: Path) -> None:
    before = old.read_bytes()
    with Project.open(old) as project:
        assert project.notes == ("Brought up to date; the file as it was is in old.birch.version1.gpkg.",)
        assert project.meta("schema_version") == str(schema.SCHEMA_VERSION)
        assert len(project.table) == 7
        second, third = project.table.get(2).measures, project.table.get(3).measures
        assert second is not None
        assert third is not None
        assert (second.height_m, second.height_chm_m, second.height_source) == (8.5, 8.5, "DSM-est")
        assert (third.height_m, third.height_chm_m, third.height_source) == (14.2, None, "field")
        assert project.table.get(1).measures is None
        assert project.table.get(5).measures == Measures()
        assert project.table.get(7).species == "Larix"
        assert [run.run_id for run in project.runs()] == ["r1"]
        assert len(project.staged("r1")) == 1
        assert project.readings.models() == ()
    snapshot = old.with_name("old.birch.version1.gpkg")
    with closing(sqlite3.connect(snapshot)) as connection:
        assert connection.execute("SELECT value FROM birch_meta WHERE key = 'schema_version'").fetchone() == ("1",)
        assert connection.execute("SELECT count(*) FROM crowns").fetchone() == (7,)
    assert before != old.read_bytes()
    with Project.open(old) as project:
        assert project.notes == ()


def test_the_history_of_version_1_is_undone_and_done_again(old: Path) -> None:
    with Project.open(old) as project:
        assert [entry.name for entry in project.history()] == ["Add 6 crowns", "Reshape", "Delete crown", "Species"]
        assert project.redo() is not None
        assert project.table.get(2).species == "Betula"
        for _ in range(3):
            project.undo()
        measures = project.table.get(1).measures
        assert measures is not None
        assert (measures.height_m, measures.height_p95_m, measures.height_chm_m) == (12.5, 11.25, 12.5)
        assert measures.allometry == "Jucker2017/global"
        project.undo()
        assert project.table.ids.tolist() == [7]
        for _ in range(4):
            project.redo()
        assert project.table.get(6).review == "deleted"
        assert project.table.get(3).measures is not None


def test_only_what_another_program_wrote_is_looked_through(old: Path) -> None:
    """Filling in a column of 100,000 rows must not make each of them a change by somebody else."""
    with closing(sqlite3.connect(old)) as connection:
        before = connection.execute("SELECT revision FROM birch_state").fetchone()[0]
    with Project.open(old), closing(sqlite3.connect(old)) as connection:
        revision = connection.execute("SELECT revision FROM birch_state").fetchone()[0]
        outside = connection.execute("SELECT count(*) FROM birch_changes WHERE outside = 1").fetchone()[0]
    assert (revision - before, outside) == (1, 0)


def test_changes_are_still_noticed(old: Path) -> None:
    with Project.open(old) as project:
        with closing(sqlite3.connect(old)) as connection, connection:
            gpkg.register_functions(connection)
            connection.execute("UPDATE crowns SET note = 'seen in QGIS' WHERE tree_id = 4")
        assert project.refresh() == {4}
        assert project.table.get(4).note == "seen in QGIS"


def test_old_and_new_files_have_the_same_tables(old: Path, tmp_path: Path) -> None:
    new_project(tmp_path / "new.birch.gpkg").close()
    Project.open(old).close()
    with closing(sqlite3.connect(old)) as one, closing(sqlite3.connect(tmp_path / "new.birch.gpkg")) as two:
        query = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        assert set(one.execute(query)) == set(two.execute(query))
        query = "SELECT table_name, data_type, description FROM gpkg_contents"
        assert set(one.execute(query)) == set(two.execute(query))
    for table in ("crowns", "birch_readings", "birch_embeddings", "birch_trait_models", "birch_species_heads"):
        assert columns_of(old, table) == columns_of(tmp_path / "new.birch.gpkg", table)


def test_readings_go_into_an_old_file(old: Path) -> None:
    with Project.open(old) as project:
        project.readings.use_model(TraitModelRecord("m", "key", "M", "{}", "2026-11-21T10:00:00+00:00"))
        project.readings.put("m", [Reading(2, 0, 7.5)], {}, run_id="r", at="2026-11-21T10:00:00+00:00")
        assert project.readings.facts("m") == {}  # of another outline


def test_an_old_file_that_cannot_be_written_is_left_alone(old: Path) -> None:
    content = old.read_bytes()
    with Project.open(old, read_only=True) as project:
        assert project.meta("schema_version") == str(schema.SCHEMA_VERSION)
        with pytest.raises(ProjectError) as caught:
            project.undo()
        assert caught.value.code == "project.read_only"
    assert old.read_bytes() == content
