"""Tells a full disk from the other reasons for which a file cannot be written, whichever library found out."""

import errno
import shutil
from pathlib import Path

from inference.errors import InputError

FULL = "disk.full"
_CODES = frozenset(number for name in ("ENOSPC", "EDQUOT") if (number := getattr(errno, name, None)) is not None)
# What GDAL, libtiff, SQLite and Windows say of it, in lower case.
_WORDS = ("no space left", "disk is full", "disk full", "not enough space on the disk", "quota exceeded")
# SQLite gives back what it had taken before anybody can look: with less room than this it is the disk all the same.
_NO_ROOM_BYTES = 1 << 20


def is_full(error: BaseException, folder: Path | None = None) -> bool:
    """Whether writing failed because the disk, or the user's share of it, is full.

    Args:
        error: what was raised; its causes are looked at, too.
        folder: where it was written, for libraries that do not say why they failed.
    """
    cause: BaseException | None = error
    while cause is not None:
        if getattr(cause, "errno", None) in _CODES or any(word in str(cause).lower() for word in _WORDS):
            return True
        cause = cause.__cause__ or cause.__context__
    return folder is not None and not isinstance(error, OSError) and has_no_room(folder)


def has_no_room(folder: Path) -> bool:
    """Whether there is next to nothing left on the disk of a folder."""
    try:
        return shutil.disk_usage(folder).free < _NO_ROOM_BYTES
    except OSError:
        return False


def full(path: Path) -> InputError:
    """The sentence for a file that was not written because the disk is full."""
    return InputError(
        FULL,
        "The disk is full, so {name} was not written in {folder}; an older file of that name is as it was. Make room "
        "and try again.",
        name=path.name,
        folder=path.absolute().parent,
    )
