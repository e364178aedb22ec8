"""What a killed export left behind is cleared by the next one of the same name, and nothing that is in use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from inference.drafts import BACKUP, draft_folder

_WORK = """
import sys, time
from pathlib import Path
from inference.drafts import BACKUP, draft_folder
with draft_folder(Path(sys.argv[1])) as folder:
    (folder / "half").write_bytes(b"half")
    if sys.argv[2] == "backup":
        (folder / BACKUP).mkdir()
        (folder / BACKUP / "crowns.shp").write_bytes(b"the only one")
    print(folder, flush=True)
    time.sleep(120)
"""


def working(out: Path, repository: Path, *, backup: bool = False) -> tuple["subprocess.Popen[str]", Path]:
    """A process in the middle of a draft, and its folder."""
    command = [sys.executable, "-c", _WORK, str(out), "backup" if backup else ""]
    process = subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def end(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()


def drafts(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name.endswith(".new")}


def test_a_dead_draft_is_cleared_and_a_living_one_is_not(tmp_path: Path, repository: Path) -> None:
    out = tmp_path / "crowns.shp"
    living, busy = working(out, repository)
    dead, left = working(out, repository)
    other, of_another = working(tmp_path / "crowns", repository)  # whose name is the start of ours
    end(dead)
    end(other)
    try:
        assert drafts(tmp_path) == {busy.name, left.name, of_another.name}
        with draft_folder(out) as folder:
            assert drafts(tmp_path) == {busy.name, of_another.name, folder.name}
        assert drafts(tmp_path) == {busy.name, of_another.name}
        assert (busy / "half").read_bytes() == b"half"
    finally:
        end(living)


def test_the_last_copy_of_older_files_stays_until_there_are_new_ones(tmp_path: Path, repository: Path) -> None:
    out = tmp_path / "crowns.shp"
    dead, left = working(out, repository, backup=True)
    end(dead)
    with pytest.raises(ValueError, match="this one fails"), draft_folder(out):
        raise ValueError("this one fails")
    assert (left / BACKUP / "crowns.shp").read_bytes() == b"the only one"
    with draft_folder(out):
        assert left.exists()
    assert drafts(tmp_path) == set()


def test_where_no_lock_tells_age_does(tmp_path: Path) -> None:
    out = tmp_path / "crowns[1].shp"
    old, young = (tmp_path / f".crowns[1].shp.{name}.new" for name in ("aaaaaaa1", "aaaaaaa2"))
    for folder in (old, young):
        folder.mkdir()
        (folder / "half").write_bytes(b"half")
    os.utime(old, (0, 0))
    with draft_folder(out):
        pass
    assert drafts(tmp_path) == {young.name}


def test_the_export_itself_clears_up(tmp_path: Path, repository: Path) -> None:
    from inference.formats.atomic import publish, staging

    out = tmp_path / "crowns.geojson"
    dead, left = working(out, repository)
    end(dead)
    assert left.is_dir()
    with staging(out) as folder:
        (folder / out.name).write_text("{}")
        publish([folder / out.name], folder=out.parent)
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
