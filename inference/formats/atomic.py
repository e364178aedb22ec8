"""Writes files so that an export that fails leaves the older files whole."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from inference import disk
from inference.drafts import BACKUP, draft_folder
from inference.errors import InputError, VectorError


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A fresh folder beside `out` for its new files; gone at the end, whatever happens (see `drafts.draft_folder`).

    It lies on the same disk as `out`, so that moving a file out of it is one step.

    Raises:
        VectorError: nothing can be written there, or the block failed to write.
        InputError: the disk is full ("disk.full").
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with draft_folder(out) as folder:
            yield folder
    except InputError as error:
        # Of the draft in our hidden folder the user knows nothing.
        if error.code == disk.FULL:
            raise disk.full(out) from error
        raise
    except OSError as error:
        raise _not_writable(out, error) from error


def publish(staged: Sequence[Path], *, folder: Path, remove: Sequence[Path] = ()) -> None:
    """Move staged files into `folder` over their older namesakes: all of them or none.

    The files of a shapefile cannot be exchanged in one step. So its .shp, without which no program reads the others, is
    away while they are: a crash then may leave it missing, which anybody notices, but never outlines of one export with
    the table of another.

    Args:
        staged: finished files in a `staging` folder, the main one first.
        folder: where they go.
        remove: files of an older export that would contradict the new one, as a spatial index does.

    Raises:
        OSError: a file is held open by another program (Windows) or the disk failed; the older files are back.
    """
    backup = staged[0].parent / BACKUP
    backup.mkdir()
    for path in staged:
        _flush(path)
    try:
        for path in staged:
            # A single file stays in place until the new one takes it in one step: a crash never leaves neither.
            _keep(folder / path.name, backup)
        if staged[0].suffix.lower() == ".shp":
            (folder / staged[0].name).unlink(missing_ok=True)
        for path in remove:
            if path.exists():
                path.replace(backup / path.name)
        for path in reversed(staged):
            path.replace(folder / path.name)
    except OSError:
        _restore(staged, folder, backup)
        raise


def _keep(older: Path, backup: Path) -> None:
    if not older.exists():
        return
    try:
        os.link(older, backup / older.name)
    except OSError:  # a disk without hard links (FAT, some network shares)
        shutil.copy2(older, backup / older.name)


def _restore(staged: Sequence[Path], folder: Path, backup: Path) -> None:
    for path in staged:
        is_published = not path.exists()
        if is_published and not (backup / path.name).exists():
            (folder / path.name).unlink()
    for older in backup.iterdir():
        older.replace(folder / older.name)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _not_writable(out: Path, error: OSError) -> InputError:
    if disk.is_full(error):
        return disk.full(out)
    return VectorError(
        "export.not_writable",
        "{name} cannot be written in {folder} ({reason}). Close it in other programs, or choose another folder.",
        name=out.name,
        folder=out.parent,
        reason=error.strerror or str(error) or type(error).__name__,
    )
