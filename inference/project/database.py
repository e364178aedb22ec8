"""Connections to project files: how they are opened, made durable and shared, and what their errors mean."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from inference.errors import ProjectError
from inference.project import gpkg
from inference.project.naming import SUFFIX

_SQLITE_MAGIC = b"SQLite format 3\x00"
# Pages of 4 kB in the write-ahead log before it is folded into the file: 16 MB, some thousand edits.
_CHECKPOINT_PAGES = 4000
# The window must answer within a moment, yet a run that writes 100,000 crowns holds the file for seconds.
BUSY_MS = 10_000
# Largest text or blob that is read from a file: the outlines of a million crowns in one step of the history.
MAX_VALUE_BYTES = 1 << 29


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection, and why it cannot write ("" when it can)."""

    connection: sqlite3.Connection
    read_only_reason: str


def connect(path: Path, check: Callable[[sqlite3.Connection], object], *, read_only: bool) -> Opened:
    """Open an existing SQLite file, for writing when that is possible and wanted.

    A committed transaction survives a killed process, and, as far as disk and system tell the truth, a power cut:
    write-ahead log with a flush per commit, or a rollback journal where that log does not work (network drives).
    `check` looks at the file before anything of it is touched, and raises when it is none of ours.

    Raises:
        ProjectError: missing, a folder, empty, no SQLite file, not readable, or locked.
    """
    _look_at(path)
    reason = "" if not read_only else "it was opened for reading only"
    if not reason and not os.access(path, os.W_OK):
        reason = "the file is write-protected"
    if not reason and not os.access(path.parent, os.W_OK):
        reason = "its folder is write-protected"
    with plain_errors(path):
        if not reason:
            try:
                return Opened(_opened(path, "rw", check, _make_durable), "")
            except sqlite3.OperationalError as error:
                if not (_is_denied(error) or _has_no_log(error)):
                    raise
            try:
                # Network drives that cannot share memory between programs have no write-ahead log.
                return Opened(_opened(path, "rw", _stay_alone, check, _make_durable_without_log), "")
            except sqlite3.OperationalError as error:
                if not _is_denied(error):
                    raise
                reason = "the disk is write-protected"
        try:
            return Opened(_opened(path, "ro", check), reason)
        except sqlite3.OperationalError as error:
            if not _is_denied(error):
                raise
            _refuse_waiting_log(path)
            # A file in write-ahead mode on a read-only disk: nothing can change it, so it is read without locks.
            return Opened(_opened(path, "ro&immutable=1", check), reason)


def create(path: Path) -> sqlite3.Connection:
    """A connection to a new, empty file; without a write-ahead log, so that it can be renamed when closed."""
    with plain_errors(path):
        return _opened(path, "rwc", lambda connection: connection.execute("PRAGMA synchronous = FULL"))


def close(connection: sqlite3.Connection, *, read_only: bool) -> None:
    """Close; the last one out leaves one ordinary file behind that can be copied and read from anywhere."""
    try:
        if not read_only:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError:
        # Another process has the file open and will fold the log when it closes; or the file is damaged, which is told
        # to whoever reads it.
        pass
    finally:
        connection.close()


def _look_at(path: Path) -> None:
    """Tell the plain cases apart before SQLite gives them all one message."""
    if path.is_dir():
        raise ProjectError("project.is_folder", "{path} is a folder, not a BirchTree project.", path=path)
    try:
        with path.open("rb") as file:
            start = file.read(len(_SQLITE_MAGIC))
    except FileNotFoundError as error:
        raise ProjectError("project.missing", "There is no file {path}.", path=path) from error
    except OSError as error:
        raise ProjectError(
            "project.unreadable", "{path} cannot be read: {why}.", path=path, why=error.strerror or str(error)
        ) from error
    if not start:
        raise ProjectError(
            "project.empty",
            "{name} is empty (0 bytes): it was never written or was lost in copying. Fetch it again from where it "
            "came, or start a new project from the orthomosaic.",
            name=path.name,
        )
    if start != _SQLITE_MAGIC:
        raise ProjectError(
            "project.foreign",
            "{name} is not a BirchTree project ({suffix} file). Open its orthomosaic instead, or choose a project.",
            name=path.name,
            suffix=SUFFIX,
        )


def _opened(path: Path, mode: str, *steps: Callable[[sqlite3.Connection], object]) -> sqlite3.Connection:
    """A connection on which each step went well; closed again when one did not."""
    # May be opened in one thread and used in another; one at a time.
    connection = sqlite3.connect(_uri(path, mode), uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
        gpkg.register_functions(connection)
        for step in steps:
            step(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _uri(path: Path, mode: str) -> str:
    """SQLite's address of a file; `Path.as_uri` names the server of a network path where SQLite wants nothing."""
    place = quote(path.resolve().as_posix())
    return f"file://{'' if place.startswith('/') else '/'}{place}?mode={mode}"


def _make_durable(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
    # A lock that is taken and given back finds out now whether this file can be written at all.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def _stay_alone(connection: sqlite3.Connection) -> None:
    # Then a log that is there already is read without memory shared with others.
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")


def _make_durable_without_log(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA locking_mode = NORMAL")
    # The lock goes when the file is next let go.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def _has_no_log(error: sqlite3.OperationalError) -> bool:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL)


def _is_denied(error: sqlite3.OperationalError) -> bool:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def _refuse_waiting_log(path: Path) -> None:
    """Edits that wait in a log cannot be read where nothing can be written; without them the file would tell lies."""
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise ProjectError(
            "project.unfolded",
            "{name} was not closed properly, and its latest edits wait in {log}. Copy both to a folder where you may "
            "write, and open the copy.",
            name=path.name,
            log=log.name,
        )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, with the write lock from the start."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a sentence that helps."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _translated(error, path) from error
    except UnicodeDecodeError as error:  # a message of SQLite that quotes garbage from a damaged file
        raise _translated(sqlite3.DatabaseError("unreadable schema"), path) from error


# SQLite's primary result code: our code and sentence.
_SENTENCES = {
    sqlite3.SQLITE_BUSY: ("project.locked", "{name} is in use by another program. Close it there, or try again soon."),
    sqlite3.SQLITE_READONLY: ("project.read_only", "{name} cannot be written: it or its folder is write-protected."),
    sqlite3.SQLITE_FULL: ("project.disk_full", "The disk is full, so {name} was not changed. Make room and try again."),
    sqlite3.SQLITE_IOERR: (
        "project.disk",
        "The disk that holds {name} failed ({why}). Check the disk, then open the project again.",
    ),
    sqlite3.SQLITE_CANTOPEN: ("project.unreadable", "{name} cannot be opened: {why}."),
    sqlite3.SQLITE_CORRUPT: (
        "project.corrupt",
        "{name} is damaged ({why}). Take a copy from your backup; if there is none, QGIS may still read part of it.",
    ),
}
_SAME_AS = {
    sqlite3.SQLITE_LOCKED: sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_PERM: sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_AUTH: sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB: sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_TOOBIG: sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOMEM: sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_MISMATCH: sqlite3.SQLITE_CORRUPT,
}
# Another program took away or changed what BirchTree made; SQLite has but its general code for that.
_CHANGED_SCHEMA = (
    "no such table",
    "no such column",
    "has no column named",
    "it is a view",
    "malformed database",
    "to a view",
    "no such trigger",
    "duplicate column name",
    "already exists",
)


def _translated(error: sqlite3.DatabaseError, path: Path) -> Exception:
    # Python itself, not SQLite, finds texts that are no UTF-8, and gives them no number.
    number = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if number == sqlite3.SQLITE_ERROR and any(part in str(error) for part in _CHANGED_SCHEMA):
        number = sqlite3.SQLITE_CORRUPT
    found = _SENTENCES.get(_SAME_AS.get(number, number))
    return error if found is None else ProjectError(found[0], found[1], name=path.name, why=str(error))
