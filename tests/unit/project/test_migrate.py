"""Files of earlier versions are brought up to date after a copy was made; files of later ones are left alone."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from random_edits import with_crowns

from inference.errors import ProjectError
from inference.project import migrate, schema
from inference.project.store import Project


def set_version(path: Path, version: int) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE birch_meta SET value = ? WHERE key = 'schema_version'", (str(version),))


@pytest.fixture
def version_0(tmp_path: Path) -> Path:
    """A project as a version 0 might have been: without the note on where a crown was changed, with an old fact."""
    path = tmp_path / "old.birch.gpkg"
    with with_crowns(path) as project:
        project.set_meta("old_fact", "7")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP INDEX birch_changes_outside")
    set_version(path, 0)
    return path


def _to_1(connection: sqlite3.Connection) -> None:
    schema.run_script(
        connection,
        "CREATE INDEX birch_changes_outside ON birch_changes (tree_id) WHERE outside = 1;"
        "UPDATE birch_meta SET key = 'new_fact', value = value + 1 WHERE key = 'old_fact';",
    )


def _breaks(connection: sqlite3.Connection) -> None:
    _to_1(connection)
    connection.execute("INSERT INTO no_such_table VALUES (1)")


def with_steps(monkeypatch: pytest.MonkeyPatch, steps: Mapping[int, migrate.Step], version: int = 1) -> None:
    monkeypatch.setattr(migrate, "STEPS", steps)
    monkeypatch.setattr(schema, "SCHEMA_VERSION", version)


def test_a_version_0_file_is_brought_up_to_date_after_a_copy(version_0: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_steps(monkeypatch, {0: _to_1})
    with Project.open(version_0) as project:
        assert project.meta("new_fact") == "8"
        assert project.meta("old_fact") is None
        assert project.meta("schema_version") == "1"
        assert project.notes == ("Brought up to date; the file as it was is in old.birch.version0.gpkg.",)
        assert len(project.table) == 3
        project.undo()
    snapshot = version_0.with_name("old.birch.version0.gpkg")
    with closing(sqlite3.connect(snapshot)) as connection:
        facts = dict(connection.execute("SELECT key, value FROM birch_meta"))
        assert (facts["schema_version"], facts["old_fact"]) == ("0", "7")
        assert connection.execute("SELECT count(*) FROM crowns").fetchone() == (3,)
    with Project.open(version_0) as project:
        assert project.notes == ()


def test_several_steps_run_in_order_and_an_older_copy_is_not_overwritten(
    version_0: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def to_2(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE birch_meta SET value = value * 10 WHERE key = 'new_fact'")

    earlier = version_0.with_name("old.birch.version0.gpkg")
    earlier.write_text("an earlier copy")
    with_steps(monkeypatch, {0: _to_1, 1: to_2}, version=2)
    with Project.open(version_0) as project:
        assert project.meta("new_fact") == "80"
        assert project.meta("schema_version") == "2"
    assert earlier.read_text() == "an earlier copy"
    assert version_0.with_name("old.birch.version0-1.gpkg").exists()


def test_a_step_that_fails_leaves_the_file_at_its_version(version_0: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_steps(monkeypatch, {0: _breaks})
    with pytest.raises(ProjectError, match="no_such_table"):
        Project.open(version_0)
    with closing(sqlite3.connect(version_0)) as connection:
        facts = dict(connection.execute("SELECT key, value FROM birch_meta"))
    assert (facts["schema_version"], facts["old_fact"]) == ("0", "7")
    with_steps(monkeypatch, {0: _to_1})
    with Project.open(version_0) as project:
        assert project.meta("new_fact") == "8"


def test_an_old_file_is_read_without_being_changed(version_0: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_steps(monkeypatch, {0: _to_1})
    content = version_0.read_bytes()
    with Project.open(version_0, read_only=True) as project:
        assert project.meta("schema_version") == str(schema.SCHEMA_VERSION)
        assert "stays as it is" in project.notes[0]
    assert version_0.read_bytes() == content


def test_versions_without_a_step_and_from_the_future_are_refused(version_0: Path) -> None:
    with pytest.raises(ProjectError, match="trial version") as caught:
        Project.open(version_0)
    assert caught.value.code == "project.too_old"
    set_version(version_0, schema.SCHEMA_VERSION + 1)
    with pytest.raises(ProjectError, match="newer BirchTree") as caught:
        Project.open(version_0)
    assert caught.value.code == "project.newer"
    assert caught.value.facts["version"] == schema.SCHEMA_VERSION + 1
    assert not list(version_0.parent.glob("*version*"))


def test_every_earlier_version_has_a_step() -> None:
    assert set(migrate.STEPS) == set(range(1, schema.SCHEMA_VERSION))
