"""Hidden folders beside a file that is being made anew: locked while in use, cleared once their maker is dead."""

import errno
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

BACKUP = "older"
"""Subfolder of files that were in place before; a draft that holds some may be the last to have them."""
_SUFFIX = ".new"
_LOCK = "in_use.lock"
_HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})
# Where nothing can be locked (some network shares, drafts of earlier versions), a younger draft may still be in use.
_STALE_S = 24 * 3600.0


@contextmanager
def draft_folder(out: Path) -> Iterator[Path]:
    """A fresh folder on the same disk as `out`, for what shall take its place; gone at the end, whatever happens.

    What a process that was killed left of an earlier draft for `out` is removed: at once, or after the block has
    succeeded where it holds the files that were in place before.

    Raises:
        OSError: nothing can be written beside `out`.
    """
    _clear(out, with_backups=False)
    folder, lock = _made(out)
    try:
        yield folder
    finally:
        lock.close()
        shutil.rmtree(folder, ignore_errors=True)
    _clear(out, with_backups=True)


def _made(out: Path) -> tuple[Path, BinaryIO]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=_SUFFIX, dir=out.parent))
        try:
            lock = (folder / _LOCK).open("xb")
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        # Somebody who clears up may have been faster than this lock: then the folder is lost, and another is made.
        if _take(lock) is not False and _is_in_place(lock, folder / _LOCK):
            return folder, lock
        lock.close()


def _take(lock: BinaryIO) -> bool | None:
    """Lock a file until it is closed or we end, however: False if another has it, None if that cannot be told."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _HELD else None
    return True


def _is_in_place(lock: BinaryIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(lock.fileno()), path.stat())
    except OSError:
        return False


def _clear(out: Path, *, with_backups: bool) -> None:
    """Remove the drafts for `out` whose makers are dead; those with backups only when `out` is there anew."""
    of_out = re.compile(rf"\.{re.escape(out.name)}\.[a-z0-9_]+{re.escape(_SUFFIX)}")
    for folder in [path for path in out.parent.iterdir() if of_out.fullmatch(path.name)]:
        with suppress(OSError):  # another process may clear up at the same time
            if with_backups or not _has_backup(folder):
                _remove_dead(folder)


def _has_backup(folder: Path) -> bool:
    return (folder / BACKUP).is_dir() and any((folder / BACKUP).iterdir())


def _remove_dead(folder: Path) -> None:
    """Remove a draft in which nobody works any more."""
    is_free: bool | None = None
    with suppress(OSError), (folder / _LOCK).open("rb+") as lock:
        is_free = _take(lock)
        if is_free:
            shutil.rmtree(folder, ignore_errors=True)  # while it is locked, so that nobody begins to work there
    if is_free is None and time.time() - folder.stat().st_mtime <= _STALE_S:
        return
    if is_free is not False:
        shutil.rmtree(folder, ignore_errors=True)  # what Windows keeps of an open file
