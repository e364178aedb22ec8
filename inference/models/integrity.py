"""Whether a model's files are those that its card describes: size at every look, hash once per state of the file."""

import functools
import hashlib
from pathlib import Path

from inference.errors import ModelError
from inference.models.card import GraphFile


def check_file(file: Path, entry: GraphFile, model_id: str) -> None:
    """Compare a file with its card: size, then hash.

    Raises:
        ModelError: it is missing or another.
    """
    check_size(file, entry, model_id)
    state = file.stat()
    try:
        found = _sha256(file, state.st_size, state.st_mtime_ns, state.st_ino)
    except OSError as error:
        raise _unreadable(file, model_id, error) from error
    if found != entry.sha256:
        raise wrong_hash(entry, model_id)


def wrong_hash(entry: GraphFile, model_id: str) -> ModelError:
    """The error for a file of the right size that is another one."""
    return ModelError(
        "model.hash",
        "The file {name} of the model {model_id} is not the one that its card describes (its SHA-256 differs), so "
        "it is not run. Get the model again.",
        name=entry.file,
        model_id=model_id,
    )


def wrong_size(entry: GraphFile, found_bytes: int, model_id: str) -> ModelError:
    """The error for a file that is cut off or too long."""
    what = "more than" if found_bytes > entry.size_bytes else f"{found_bytes} bytes instead of"
    return ModelError(
        "model.size",
        "The file {name} of the model {model_id} has {what} {expected} bytes: it is cut off or another file. Get the "
        "model again.",
        name=entry.file,
        model_id=model_id,
        what=what,
        expected=entry.size_bytes,
    )


def check_size(file: Path, entry: GraphFile, model_id: str) -> None:
    """Compare a file's size with its card, without reading it.

    Raises:
        ModelError: it is missing, cut off or another.
    """
    try:
        size_bytes = file.stat().st_size
    except OSError as error:
        raise _unreadable(file, model_id, error) from error
    if size_bytes != entry.size_bytes or not file.is_file():
        raise wrong_size(entry, size_bytes, model_id)


def _unreadable(file: Path, model_id: str, error: OSError) -> ModelError:
    return ModelError(
        "model.graph_missing",
        "The file {name} of the model {model_id} cannot be read ({reason}). Get the model again.",
        name=file.name,
        model_id=model_id,
        reason=error.strerror or error,
    )


def forget() -> None:
    """Read every file again at its next check: for a check of the disk itself."""
    _sha256.cache_clear()


@functools.lru_cache(maxsize=512)
def _sha256(file: Path, size_bytes: int, modified_ns: int, inode: int) -> str:
    """Hash of a file in a certain state; the state is only a key of the memory."""
    del size_bytes, modified_ns, inode
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
