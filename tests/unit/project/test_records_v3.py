"""Areas, custom fields and control crowns: kept, undone, migrated, and safe when killed on the way."""

import gzip
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from random_edits import new_project, with_crowns

from inference.crowns import columns, edits
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.crowns.records import Area, Control, CustomField, RecordChange
from inference.errors import EditConflict, InputError
from inference.project import codec, custom_fields, gpkg, schema
from inference.project.store import Project

ROOT = Path(__file__).resolve().parents[3]
# Four crowns, one with a note, one deleted; a reshape that is undone.
MADE_BY_VERSION_2 = Path(__file__).with_name("version2.birch.gpkg.gz")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.birch.gpkg"
    path.write_bytes(gzip.decompress(MADE_BY_VERSION_2.read_bytes()))
    return path


def an_area(project: Project, **more: object) -> Area:
    outline = shapely.Polygon([(0, 0), (20, 0), (20, 15.5), (0, 15.5)], [[(3, 3), (3, 5), (5, 5), (5, 3)]])
    return replace(Area(project.take_area_ids(1).start, "complete", outline, "North"), **more)


def add_area(project: Project, **more: object) -> Area:
    area = an_area(project, **more)
    project.apply(edits.record("Draw area", RecordChange(None, area)), by="ann")
    return area


def test_a_version_2_file_is_brought_up_to_date(old: Path) -> None:
    with Project.open(old) as project:
        assert project.meta("schema_version") == str(schema.SCHEMA_VERSION)
        assert project.notes == ("Brought up to date; the file as it was is in old.birch.version2.gpkg.",)
        assert project.table.get(1).note == "leans"
        assert project.areas() == ()
        assert project.redo_name == "Reshape"
        project.redo()
        for _ in range(4):
            project.undo()
        assert len(project.table) == 0
        for _ in range(4):
            project.redo()
        area = add_area(project)
        assert project.areas() == (area,)


def test_old_and_new_files_are_alike(old: Path, tmp_path: Path) -> None:
    new_project(tmp_path / "new.birch.gpkg").close()
    Project.open(old).close()
    with closing(sqlite3.connect(old)) as one, closing(sqlite3.connect(tmp_path / "new.birch.gpkg")) as two:
        query = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        assert set(one.execute(query)) == set(two.execute(query))
        query = "SELECT table_name, data_type, description FROM gpkg_contents"
        assert set(one.execute(query)) == set(two.execute(query))
        tables = [row[0] for row in one.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            query = f"PRAGMA table_info({table})"
            assert {r[1:3] for r in one.execute(query)} == {r[1:3] for r in two.execute(query)}, table


_KILL_AT = """
import os, signal, sqlite3, sys
from pathlib import Path
from inference.project import schema
from inference.project.store import Project
wanted, seen = int(sys.argv[2]), 0
def kill(connection, script):
    global seen
    for part in script.split(";")[:-1]:
        pass
    original(connection, script)
    seen += 1
    if seen == wanted:
        os.kill(os.getpid(), signal.SIGKILL)
original, schema.run_script = schema.run_script, kill
real = schema.register_tables
def late(connection, described):
    real(connection, described)
    if wanted == 3:
        os.kill(os.getpid(), signal.SIGKILL)
schema.register_tables = late
Project.open(Path(sys.argv[1]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
@pytest.mark.parametrize("step", [1, 2, 3])
def test_killed_while_it_is_brought_up_to_date_the_file_is_as_it_was(old: Path, step: int) -> None:
    done = subprocess.run([sys.executable, "-c", _KILL_AT, str(old), str(step)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT value FROM birch_meta WHERE key = 'schema_version'").fetchone() == ("2",)
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'areas'").fetchone() == (0,)
    with Project.open(old) as project:
        assert project.meta("schema_version") == str(schema.SCHEMA_VERSION)
        assert len(project.table) == 4
        assert project.areas() == ()
    assert old.with_name("old.birch.version2.gpkg").exists()


def test_areas_are_drawn_changed_deleted_and_undone_across_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path) as project:
        area = add_area(project)
        done = replace(area, done=True, note="windy", edited_by="bob", edited_at="2026-01-01T00:00:00+00:00")
        project.apply(edits.record("Finish area", RecordChange(area, done)))
        project.apply(edits.record("Delete area", RecordChange(done, None)))
        assert project.areas() == ()
    with Project.open(path) as project:
        project.undo()
        assert project.areas() == (done,)
        project.undo()
        assert project.areas("complete") == (area,)
        assert project.areas("cell") == ()
        project.undo()
        assert project.areas() == ()
        assert len(project.table) == 3
        for _ in range(2):
            project.redo()
        assert project.areas() == (done,)
        assert [entry.name for entry in project.history()][-3:] == ["Draw area", "Finish area", "Delete area"]
        assert project.take_area_ids(1).start > area.area_id


def test_one_step_changes_crowns_and_records_together_or_not_at_all(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        area = an_area(project)
        crown = project.table.get(1)
        both = CrownEdit("Both", (crown,), (replace(crown, note="x"),), (RecordChange(None, area),))
        project.apply(both)
        assert (project.table.get(1).note, project.areas()) == ("x", (area,))
        stale = edits.record("Late", RecordChange(replace(area, note="other"), None))
        with pytest.raises(EditConflict) as caught:
            project.apply(replace(stale, removed=(project.table.get(2),)))
        assert caught.value.code == "edit.record_changed"
        assert project.areas() == (area,)
        assert 2 in project.table
        undone = project.undo()
        assert undone is not None
        assert undone.records == (RecordChange(area, None),)
        assert (project.table.get(1).note, project.areas()) == ("", ())


def test_what_other_programs_write_into_areas_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path) as project:
        before = project.records_revision
        with closing(sqlite3.connect(path)) as connection, connection:
            gpkg.register_functions(connection)
            bow = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
            blob = gpkg.encode(np.array([bow], object), 0)[0]
            connection.execute("INSERT INTO areas (geom, kind) VALUES (?, 'plot')", (blob,))
            connection.execute("INSERT INTO areas (geom) VALUES (NULL)")
        assert project.records_revision > before
        (area,) = project.areas()
        assert area.kind == "complete"
        assert area.outline.is_valid
        project.apply(edits.record("Delete area", RecordChange(area, None)))
        assert project.areas() == ()


def test_controls(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        drawn = [Control(i, "s1", "2026-01-01T00:00:00+00:00") for i in (1, 3)]
        project.apply(edits.record("Draw 2 control crowns", *(RecordChange(None, one) for one in drawn)))
        judged = replace(drawn[0], verdict="right", decided_by="ann", decided_at="2026-01-02T00:00:00+00:00")
        project.apply(edits.record("Judge", RecordChange(drawn[0], judged)))
        assert project.controls() == (judged, drawn[1])
        project.undo()
        assert project.controls() == tuple(drawn)


KINDS = [
    ("text", "Oak by the road", "Oak by the road"),
    ("integer", "12", 12),
    ("real", "3,5", 3.5),
    ("flag", "Yes", True),
    ("date", "2026-07-31", "2026-07-31"),
    ("choice", "GOOD", "good"),
]


@pytest.mark.parametrize(("kind", "typed_in", "value"), KINDS)
def test_values_of_each_kind_survive_edits_undo_and_a_restart(
    tmp_path: Path, kind: str, typed_in: str, value: object
) -> None:
    path = tmp_path / "a.birch.gpkg"
    with with_crowns(path) as project:
        project.apply(custom_fields.new_field(project, "Vigour", kind, ("good", "bad")))  # type: ignore[arg-type]
        (field,) = project.custom_fields()
        parsed = custom_fields.parse(field, typed_in)
        assert parsed == value
        assert custom_fields.typed(field, parsed) == value
        edit = custom_fields.set_values(project.table.crowns([1, 2]), field, parsed, by="ann", at="t")
        assert edit is not None
        project.apply(edit)
        project.apply(
            edits.change("Reshape", [project.table.get(1)], lambda c: c.with_outline(shapely.box(0, 0, 2, 2)))
        )
        assert project.table.column("custom:vigour").tolist() == [value, value, None]
    with Project.open(path) as project:
        assert project.table.column("custom:vigour").tolist() == [value, value, None]
        assert project.table.get(1).custom_value("vigour") == value
        project.apply(custom_fields.delete_field(field))
        assert project.custom_fields() == ()
        assert custom_fields.new_field(project, "Vigour", "text").records[0].after.key == "vigour_2"  # type: ignore[union-attr]
        for _ in range(3):
            project.undo()
        assert project.custom_fields() == (field,)
        assert project.table.column("custom:vigour").tolist() == [None] * 3


@pytest.mark.parametrize(("kind", "text"), [("integer", "1.5"), ("real", "inf"), ("flag", "maybe"), ("date", "31.7.")])
def test_what_is_no_value_is_refused_in_words(kind: str, text: str) -> None:
    field = CustomField(1, "f", "F", kind)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="is not a value of F"):
        custom_fields.parse(field, text)
    assert custom_fields.parse(field, "  ") is None


def test_fields_need_a_name_of_their_own(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        project.apply(custom_fields.new_field(project, "Height_m", "real"))
        assert project.custom_fields()[0].key == "height_m_2"
        for name, kind, choices in (("", "text", ()), ("height_M", "text", ()), ("c", "choice", (" ",))):
            with pytest.raises(InputError):
                custom_fields.new_field(project, name, kind, choices)  # type: ignore[arg-type]


def test_rows_of_every_version_are_completed() -> None:
    crown = Crown(1, shapely.box(0, 0, 1, 1), custom=(("a", 1), ("b", "x")))
    row = columns.row_of(crown)
    assert columns.crown_of(1, crown.outline, row) == crown
    assert columns.crown_of(1, crown.outline, columns.completed(row[:24])) == replace(crown, custom=())
    assert len(columns.completed(row[:20])) == len(columns.STORED)


VALUES = st.one_of(
    st.text(max_size=20), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.booleans()
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text("abc_", min_size=1, max_size=5), VALUES, max_size=4))
def test_the_journal_and_rows_keep_values_exactly(values: dict[str, str | int | float | bool]) -> None:
    crown = Crown(1, shapely.box(0, 0, 1, 1))
    for key, value in values.items():
        crown = crown.with_custom(key, value)
    area = Area(4, "cell", shapely.box(0.1, 0.2, 0.3, 1 / 3), "ä", "", True)
    edit = CrownEdit("x", added=(crown,), records=(RecordChange(None, area), RecordChange(area, None)))
    back = codec.unpack_edit("x", codec.pack_edit(edit))
    assert back == edit
    assert {key: crown.custom_value(key) for key in values} == values
    assert columns.crown_of(1, crown.outline, columns.row_of(crown)) == crown
