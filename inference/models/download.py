"""Fetches one file from the web: resumable, checked against its SHA-256, and complete or not there at all."""

import errno
import hashlib
import http.client
import json
import os
import shutil
import threading
import time
import urllib.error
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from inference import json_text
from inference.errors import InputError, ModelError
from inference.jobs import CancelToken, JobContext, Progress
from inference.models import web
from inference.models.web import Dropped

_BLOCK_BYTES = 1 << 18
_SPARE_BYTES = 64 << 20  # left free on the user's disk
_MAX_BYTES = 32 << 30  # no model is larger
_LOOK_S = 0.2
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """What is fetched.

    Attributes:
        url: https; http only on this computer.
        sha256: of the whole file, lower case. There is no download without it: an unknown file is never verified.
        size_bytes: exact; None where it is not known.
    """

    url: str
    sha256: str
    size_bytes: int | None = None

    @property
    def host(self) -> str:
        """Who gives it."""
        return urlsplit(self.url).hostname or self.url


@dataclass(frozen=True, slots=True)
class Patience:
    """How long silence is borne, and the pauses before new attempts that follow one without a single byte."""

    silence_s: float = 30.0
    pauses_s: Sequence[float] = (1.0, 4.0, 10.0)


def fetch(
    remote: RemoteFile, target: Path, *, context: JobContext | None = None, patience: Patience | None = None
) -> Path:
    """Bring a file onto this computer.

    What has come lies beside `target` as `NAME.part`; an earlier attempt is gone on with, and so is a connection that
    drops.

    Args:
        remote: the file.
        target: where it goes; a file there that has the hash already is left as it is.
        context: progress in MB, and stopping.
        patience: waiting times; for tests.

    Returns:
        `target`, whose SHA-256 is that of `remote`.

    Raises:
        Cancelled: the user stopped; what has come is kept.
        InputError: the network or the server does not give the file, or the disk is full.
        ModelError: what came is another file ("download.hash"); it is removed.
    """
    context = context or JobContext()
    web.check_address(remote.url)
    with _disk(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_file() and _hash_of(target, context.cancel).hexdigest() == remote.sha256:
            return target
        part = _Part.found(target, remote, context.cancel)
        _check_room(target, remote, part)
        _attempts(remote, part, context, patience or Patience())
        return part.publish(target, remote)


@dataclass(slots=True)
class _Part:
    """What has come so far: on disk, and as a running hash."""

    file: Path
    notes: Path
    done_bytes: int = 0
    digest: Any = field(default_factory=hashlib.sha256)
    validator: str = ""  # ETag or date of the file that the bytes are of

    @classmethod
    def found(cls, target: Path, remote: RemoteFile, cancel: CancelToken) -> "_Part":
        """What an earlier attempt left, if it is of the same file."""
        part = cls(target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.part.json"))
        try:
            notes = json_text.parse(part.notes.read_text(encoding="utf-8"))
            same = notes["url"] == remote.url and notes["sha256"] == remote.sha256
            validator = str(notes["validator"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            same, validator = False, ""
        if same and part.file.is_file():
            part.digest = _hash_of(part.file, cancel)
            part.done_bytes, part.validator = part.file.stat().st_size, validator
        else:
            part.clear()
        return part

    def begin(self, remote: RemoteFile, validator: str) -> None:
        """Start afresh with a file that the server knows by `validator`."""
        self.clear()
        self.validator = validator
        facts = {"url": remote.url, "sha256": remote.sha256, "validator": validator}
        self.notes.write_text(json.dumps(facts), encoding="utf-8")

    def clear(self) -> None:
        """Forget everything."""
        self.file.unlink(missing_ok=True)
        self.notes.unlink(missing_ok=True)
        self.done_bytes, self.digest, self.validator = 0, hashlib.sha256(), ""

    def publish(self, target: Path, remote: RemoteFile) -> Path:
        """Compare the hash, and give the file its name."""
        if self.digest.hexdigest() != remote.sha256:
            self.clear()
            raise ModelError(
                "download.hash",
                "What came from {host} is not the file that was asked for (its SHA-256 differs), so it was removed. "
                "Run the command again; if it stays so, the file at {url} has been changed.",
                host=remote.host,
                url=remote.url,
            )
        with self.file.open("rb+") as stream:
            os.fsync(stream.fileno())
        self.file.replace(target)
        self.notes.unlink(missing_ok=True)
        return target


def _attempts(remote: RemoteFile, part: _Part, context: JobContext, patience: Patience) -> None:
    """Fetch until everything is there; give up after some attempts in a row that brought nothing."""
    pauses = iter(patience.pauses_s)
    while True:
        before = part.done_bytes
        try:
            _one_attempt(remote, part, context, patience.silence_s)
        except Dropped as drop:
            if part.done_bytes > before:
                pauses = iter(patience.pauses_s)
                continue
            pause_s = next(pauses, None)
            if pause_s is None:
                raise _given_up(remote, part, str(drop)) from drop
            _wait(pause_s, context.cancel)
        else:
            return


def _one_attempt(remote: RemoteFile, part: _Part, context: JobContext, silence_s: float) -> None:
    """One connection, after which the file is complete.

    Raises:
        Dropped: it is not.
    """
    if part.done_bytes and part.done_bytes == remote.size_bytes:
        return
    headers = {}
    if part.done_bytes:
        headers["Range"] = f"bytes={part.done_bytes}-"
        if part.validator:  # without one the hash alone tells whether the pieces are of one file
            headers["If-Range"] = part.validator
    try:
        with web.answer(remote.url, headers, context.cancel, silence_s=silence_s) as response:
            total = _settle(response, remote, part)
            with part.file.open("ab") as stream:
                _stream(response, stream, part, total, context)
    except urllib.error.HTTPError as error:  # 416: the server has nothing from there on
        with error:
            if error.headers.get("Content-Range", "") == f"bytes */{part.done_bytes}":
                return
        part.clear()
        raise Dropped("the server's file is shorter than what is here") from error
    if total is not None and part.done_bytes < total:
        raise Dropped("the connection broke")


def _settle(response: http.client.HTTPResponse, remote: RemoteFile, part: _Part) -> int | None:
    """Go on with what is here, or begin anew when the server does; the size of the whole file where it is told."""
    length = response.headers.get("Content-Length", "")
    coming = int(length) if length.isdecimal() else None
    if response.status == http.client.PARTIAL_CONTENT:
        if not response.headers.get("Content-Range", "").startswith(f"bytes {part.done_bytes}-"):
            part.clear()
            raise Dropped("the server goes on at another place")
    else:
        part.begin(remote, _validator(response.headers))
    total = None if coming is None else part.done_bytes + coming
    if remote.size_bytes is not None and total is not None and total != remote.size_bytes:
        part.clear()
        raise ModelError(
            "download.changed",
            "The file at {host} has {found} bytes instead of {expected}: it is another one than was asked for, and was "
            "not fetched. Look for a newer BirchTree.",
            host=remote.host,
            found=total,
            expected=remote.size_bytes,
        )
    return total if total is not None else remote.size_bytes


def _validator(headers: Message) -> str:
    """What the server calls this state of the file; "" when it says nothing that is exact."""
    tag = headers.get("ETag", "")
    return tag if tag and not tag.startswith("W/") else headers.get("Last-Modified", "")


def _stream(
    response: http.client.HTTPResponse, stream: IO[bytes], part: _Part, total: int | None, context: JobContext
) -> None:
    started_s, started_bytes = time.monotonic(), part.done_bytes
    while block := web.read_some(response, _BLOCK_BYTES, context.cancel):
        if part.done_bytes + len(block) > (_MAX_BYTES if total is None else total):
            part.clear()
            raise Dropped("more came than was announced")
        stream.write(block)
        stream.flush()
        part.digest.update(block)
        part.done_bytes += len(block)
        context.on_progress(_progress(part.done_bytes, total, started_bytes, started_s))


def _progress(done: int, total: int | None, started_bytes: int, started_s: float) -> Progress:
    rate = (done - started_bytes) / max(time.monotonic() - started_s, 1e-3)
    whole = done if total is None else total
    return Progress("download", done >> 20, max(whole >> 20, 1), eta_s=(whole - done) / rate, note="MB")


def _wait(pause_s: float, cancel: CancelToken) -> None:
    until_s = time.monotonic() + pause_s
    while (left_s := until_s - time.monotonic()) > 0:
        cancel.check()
        threading.Event().wait(min(left_s, _LOOK_S))


def _hash_of(file: Path, cancel: CancelToken) -> Any:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES * 4):
            cancel.check()
            digest.update(block)
    return digest


def _check_room(target: Path, remote: RemoteFile, part: _Part) -> None:
    if remote.size_bytes is None:
        return
    if shutil.disk_usage(target.parent).free < remote.size_bytes - part.done_bytes + _SPARE_BYTES:
        raise _disk_full(target)


@contextmanager
def _disk(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if isinstance(error, InputError):
            raise
        if error.errno in _FULL:
            raise _disk_full(target) from error
        raise InputError(
            "download.not_writable",
            "The file cannot be written to {folder} ({reason}). Check that you may write there.",
            folder=target.parent,
            reason=error.strerror or error,
        ) from error


def _disk_full(target: Path) -> InputError:
    return InputError(
        "download.disk_full",
        "The disk with {folder} has no room for {name}. Make room and run the command again: it goes on where it "
        "stopped.",
        folder=target.parent,
        name=target.name,
    )


def _given_up(remote: RemoteFile, part: _Part, why: str) -> InputError:
    return InputError(
        "download.interrupted",
        "{host} stopped giving the file: {why}. {done} MB have come and are kept; run the command again to go on.",
        host=remote.host,
        why=why.rstrip("."),
        done=part.done_bytes >> 20,
    )
