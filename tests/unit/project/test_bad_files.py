"""Every file that is no good project gets a sentence of its own, and is left as it was."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely
from random_edits import squares, with_crowns

from inference.crowns import edits
from inference.errors import ProjectError
from inference.project import database
from inference.project.store import Project


def good(path: Path) -> Path:
    with_crowns(path, 200).close()
    return path


def zero(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("tree_id,height\n1,20\n")


def folder(path: Path) -> None:
    path.mkdir()


def plain_sqlite(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE birds (name TEXT)")
    connection.commit()
    connection.close()


def foreign_meta(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE birch_meta (name TEXT)")
    connection.commit()
    connection.close()


def foreign_gpkg(path: Path) -> None:
    box = np.array([shapely.to_wkb(shapely.box(0, 0, 1, 1))], object)
    names = np.array(["a"], object)
    pyogrio.raw.write(
        path, box, field_data=[names], fields=["name"], geometry_type="Polygon", crs="EPSG:32611", driver="GPKG"
    )


def truncated(path: Path) -> None:
    good(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def scrambled(path: Path) -> None:
    good(path)
    content = bytearray(path.read_bytes())
    content[8192:] = random.Random(1).randbytes(len(content) - 8192)
    path.write_bytes(content)


def header_only(path: Path) -> None:
    good(path)
    path.write_bytes(path.read_bytes()[:50])


def newer(path: Path) -> None:
    good(path)
    with Project.open(path) as project:
        project.set_meta("schema_version", "99")


CASES: list[tuple[Callable[[Path], object], str, str]] = [
    (lambda path: None, "project.missing", r"There is no file .*a\.birch\.gpkg"),
    (folder, "project.is_folder", "is a folder"),
    (zero, "project.empty", r"is empty \(0 bytes\)"),
    (text, "project.foreign", "is not a BirchTree project"),
    (plain_sqlite, "project.foreign", "is not a BirchTree project"),
    (foreign_meta, "project.foreign", "is not a BirchTree project"),
    (foreign_gpkg, "project.foreign", "then import a.birch.gpkg as crowns"),
    (truncated, "project.corrupt", "is damaged"),
    (scrambled, "project.corrupt", "is damaged"),
    (header_only, "project.corrupt", "is damaged"),
    (newer, "project.newer", "Update BirchTree"),
]
NAMES = ["missing", "folder", "zero bytes", "text", "sqlite", "foreign meta", "foreign gpkg"]
NAMES += ["truncated", "scrambled", "header only", "newer"]


@pytest.mark.parametrize("read_only", [False, True], ids=["writing", "reading"])
@pytest.mark.parametrize(("make", "code", "sentence"), CASES, ids=NAMES)
def test_a_bad_file_gets_its_sentence(
    tmp_path: Path, make: Callable[[Path], object], code: str, sentence: str, read_only: bool
) -> None:
    path = tmp_path / "a.birch.gpkg"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(ProjectError, match=sentence) as caught:
        Project.open(path, read_only=read_only)
    assert caught.value.code == code
    if before is not None:
        assert path.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} <= {"a.birch.gpkg", "ortho.tif"}


@pytest.mark.parametrize("seed", range(12))
def test_damage_anywhere_is_never_a_crash(tmp_path: Path, seed: int) -> None:
    # Some damage hides in a page that opening does not read; then an edit or the history may find it. Either way the
    # user gets a sentence, never a traceback.
    path = good(tmp_path / "a.birch.gpkg")
    content = bytearray(path.read_bytes())
    rng = random.Random(seed)
    for _ in range(3):
        page = rng.randrange(1, len(content) // 4096)
        content[page * 4096 : page * 4096 + 200] = rng.randbytes(200)
    path.write_bytes(content)
    with suppress(ProjectError), Project.open(path) as project:
        project.history()
        project.apply(edits.add("Add", squares([900])))
        project.undo()
        project.undo()


def test_a_file_that_another_program_keeps_to_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 20)
    path = good(tmp_path / "a.birch.gpkg")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for read_only in (False, True):
        with pytest.raises(ProjectError, match="in use by another program") as caught:
            Project.open(path, read_only=read_only)
        assert caught.value.code == "project.locked"
    other.execute("ROLLBACK")
    other.close()
    Project.open(path).close()


def test_an_edit_while_another_program_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 20)
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        before = project.table.crowns()
        other = sqlite3.connect(project.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProjectError) as caught:
            project.undo()
        assert caught.value.code == "project.locked"
        assert project.table.crowns() == before
        other.execute("ROLLBACK")
        other.close()
        project.undo()
        assert len(project.table) == 0


def test_a_full_disk_leaves_table_and_file_as_they_were(tmp_path: Path) -> None:
    with with_crowns(tmp_path / "a.birch.gpkg") as project:
        before = project.table.crowns()
        pages = project._connection.execute("PRAGMA page_count").fetchone()[0]
        project._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ProjectError, match="The disk is full") as caught:
            project.apply(edits.add("Add", squares(list(range(1000, 2000)))))
        assert caught.value.code == "project.disk_full"
        assert project.table.crowns() == before
        assert len(project.history()) == 1
        project._connection.execute("PRAGMA max_page_count = 1000000")
        project.apply(edits.add("Add", squares([1000])))
    with Project.open(project.path) as project:
        assert len(project.table) == 4
