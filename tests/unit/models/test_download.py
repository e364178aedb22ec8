"""Downloads against a real server on this computer that drops, lies, redirects, stalls and refuses."""

import hashlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from inference.errors import BirchtreeError, Cancelled, InputError, ModelError
from inference.jobs import CancelToken, JobContext, Progress
from inference.models.download import Patience, RemoteFile, fetch

CONTENT = os.urandom(3_000_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
HASTY = Patience(silence_s=5.0, pauses_s=(0.01, 0.01))


@dataclass
class Behaviour:
    """How the server treats the next requests.

    Attributes:
        content, etag: what it gives, and what it calls it ("" for no name).
        ranges: whether it can go on in the middle.
        drop_after: bytes after which it drops the connection, one entry for each request.
        statuses: answers instead of the file, one entry for each request; 0 is the file.
        location: where it redirects to, for the statuses 301 to 308.
        says_length: whether it tells the length.
        hold: set to let a request that waits go on.
        asked: the `Range` of every request.
    """

    content: bytes = CONTENT
    etag: str = '"one"'
    ranges: bool = True
    drop_after: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    location: str = ""
    says_length: bool = True
    stall_after: int = -1
    hold: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    behaviour: Behaviour

    def do_GET(self) -> None:
        now = self.behaviour
        asked = self.headers.get("Range", "")
        now.asked.append(asked)
        status = now.statuses.pop(0) if now.statuses and "moved" not in self.path else 0
        if status:
            self.send_response(status)
            if now.location:
                self.send_header("Location", now.location)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and now.ranges else 0
        if self.headers.get("If-Range", now.etag) != now.etag:
            start = 0
        if start and start >= len(now.content):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(now.content)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._give(now, start)

    def _give(self, now: Behaviour, start: int) -> None:
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(now.content) - 1}/{len(now.content)}")
        if now.etag:
            self.send_header("ETag", now.etag)
        if now.says_length:
            self.send_header("Content-Length", str(len(now.content) - start))
        self.end_headers()
        rest = now.content[start:]
        if now.drop_after:
            rest = rest[: now.drop_after.pop(0)]
        if now.stall_after >= 0:
            self.wfile.write(rest[: now.stall_after])
            self.wfile.flush()
            now.reached.set()
            now.hold.wait(30)
            rest = rest[now.stall_after :]
        self.wfile.write(rest)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing on the console."""


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Behaviour]]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    behaviour = Behaviour()
    served = QuietServer(("127.0.0.1", 0), type("Bound", (Handler,), {"behaviour": behaviour}))
    served.daemon_threads = True
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}", behaviour
    behaviour.hold.set()
    served.shutdown()
    thread.join()
    served.server_close()


Server = tuple[str, Behaviour]


def remote(server: Server, *, sha256: str = SHA256, size: int | None = len(CONTENT)) -> RemoteFile:
    return RemoteFile(f"{server[0]}/model.pth", sha256, size)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_whole_file(server: Server, tmp_path: Path) -> None:
    seen: list[Progress] = []
    target = fetch(remote(server), tmp_path / "new" / "model.pth", context=JobContext(seen.append))
    assert target.read_bytes() == CONTENT
    assert left(target.parent) == ["model.pth"]
    assert (seen[-1].done, seen[-1].total) == (2, 2)


def test_a_file_that_is_there_is_not_asked_for(server: Server, tmp_path: Path) -> None:
    (tmp_path / "model.pth").write_bytes(CONTENT)
    fetch(remote(server), tmp_path / "model.pth")
    assert server[1].asked == []


def test_another_file_in_its_place_is_replaced(server: Server, tmp_path: Path) -> None:
    (tmp_path / "model.pth").write_bytes(b"older")
    assert fetch(remote(server), tmp_path / "model.pth").read_bytes() == CONTENT


@pytest.mark.parametrize("etag", ['"one"', ""])
def test_a_dropped_connection_is_taken_up_again(etag: str, server: Server, tmp_path: Path) -> None:
    server[1].etag = etag
    server[1].drop_after = [1_000_000, 500_000]
    assert fetch(remote(server), tmp_path / "model.pth", patience=HASTY).read_bytes() == CONTENT
    assert server[1].asked == ["", "bytes=1000000-", "bytes=1500000-"]


def test_a_server_that_cannot_go_on_begins_anew(server: Server, tmp_path: Path) -> None:
    server[1].ranges = False
    server[1].drop_after = [1_000_000]
    assert fetch(remote(server), tmp_path / "model.pth", patience=HASTY).read_bytes() == CONTENT


def test_a_file_that_changed_meanwhile_begins_anew(server: Server, tmp_path: Path) -> None:
    old = Behaviour(content=b"x" * len(CONTENT))
    _url, behaviour = server
    behaviour.content, behaviour.etag, behaviour.drop_after = old.content, '"old"', [1_000_000, 0, 0, 0]
    with pytest.raises(InputError):
        fetch(remote(server), tmp_path / "model.pth", patience=HASTY)
    assert left(tmp_path) == ["model.pth.part", "model.pth.part.json"]
    behaviour.content, behaviour.etag, behaviour.drop_after = CONTENT, '"new"', []
    assert fetch(remote(server), tmp_path / "model.pth", patience=HASTY).read_bytes() == CONTENT


def test_an_interrupted_download_goes_on_in_the_next_run(server: Server, tmp_path: Path) -> None:
    token = CancelToken()

    def stop_at_one_megabyte(progress: Progress) -> None:
        if progress.done >= 1:
            token.cancel()

    with pytest.raises(Cancelled):
        fetch(remote(server), tmp_path / "model.pth", context=JobContext(stop_at_one_megabyte, token))
    had = (tmp_path / "model.pth.part").stat().st_size
    assert 1_000_000 < had < len(CONTENT)
    assert fetch(remote(server), tmp_path / "model.pth").read_bytes() == CONTENT
    assert server[1].asked == ["", f"bytes={had}-"]
    assert left(tmp_path) == ["model.pth"]


def test_what_is_left_of_another_file_is_not_gone_on_with(server: Server, tmp_path: Path) -> None:
    server[1].drop_after = [1_000_000, 0, 0, 0]
    with pytest.raises(InputError):
        fetch(remote(server, sha256="0" * 64), tmp_path / "model.pth", patience=HASTY)
    fetch(remote(server), tmp_path / "model.pth")
    assert server[1].asked[-1] == ""


def test_damaged_notes_begin_anew(server: Server, tmp_path: Path) -> None:
    (tmp_path / "model.pth.part").write_bytes(b"rubbish")
    for notes in (b"", b"[]", b"{}", b"\xff", b'{"url": 1}'):
        (tmp_path / "model.pth.part.json").write_bytes(notes)
        assert fetch(remote(server), tmp_path / "model.pth").read_bytes() == CONTENT
        (tmp_path / "model.pth").unlink()


def test_a_part_that_is_whole_already(server: Server, tmp_path: Path) -> None:
    """Killed between the last byte and the new name; the server answers 416 where the size is not known."""
    server[1].drop_after = [len(CONTENT) - 1, 0, 0, 0]
    with pytest.raises(InputError):
        fetch(remote(server), tmp_path / "model.pth", patience=HASTY)
    with (tmp_path / "model.pth.part").open("ab") as part:
        part.write(CONTENT[-1:])
    assert fetch(remote(server, size=None), tmp_path / "model.pth").read_bytes() == CONTENT


def test_a_part_that_is_too_long(server: Server, tmp_path: Path) -> None:
    server[1].drop_after = [1000, 0, 0, 0]
    with pytest.raises(InputError):
        fetch(remote(server), tmp_path / "model.pth", patience=HASTY)
    with (tmp_path / "model.pth.part").open("ab") as part:
        part.write(bytes(4_000_000))
    assert fetch(remote(server), tmp_path / "model.pth", patience=HASTY).read_bytes() == CONTENT


def test_the_wrong_hash(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="SHA-256") as caught:
        fetch(remote(server, sha256="0" * 64), tmp_path / "model.pth")
    assert caught.value.code == "download.hash"
    assert left(tmp_path) == []


@pytest.mark.parametrize("length", [0, 100, len(CONTENT) + 1])
def test_another_size(length: int, server: Server, tmp_path: Path) -> None:
    server[1].content = bytes(length)
    with pytest.raises(BirchtreeError) as caught:
        fetch(remote(server), tmp_path / "model.pth", patience=HASTY)
    assert caught.value.code == "download.changed"
    assert left(tmp_path) == []


def test_more_than_was_announced(server: Server, tmp_path: Path) -> None:
    server[1].says_length = False
    server[1].content = CONTENT + b"more"
    with pytest.raises(BirchtreeError):
        fetch(remote(server), tmp_path / "model.pth", patience=HASTY)
    assert not (tmp_path / "model.pth").exists()


def test_a_length_that_is_not_told(server: Server, tmp_path: Path) -> None:
    server[1].says_length = False
    assert fetch(remote(server, size=None), tmp_path / "model.pth").read_bytes() == CONTENT


def test_an_empty_file(server: Server, tmp_path: Path) -> None:
    server[1].content = b""
    nothing = remote(server, sha256=hashlib.sha256(b"").hexdigest(), size=None)
    assert fetch(nothing, tmp_path / "model.pth").read_bytes() == b""


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status: int, server: Server, tmp_path: Path) -> None:
    server[1].statuses = [status]
    server[1].location = f"{server[0]}/moved/model.pth"
    assert fetch(remote(server), tmp_path / "model.pth").read_bytes() == CONTENT


@pytest.mark.parametrize("location", ["http://example.org/x", "ftp://127.0.0.1/x", "file:///etc/passwd"])
def test_redirects_to_unsafe_places_are_not(location: str, server: Server, tmp_path: Path) -> None:
    server[1].statuses = [302]
    server[1].location = location
    with pytest.raises(InputError, match="safe") as caught:
        fetch(remote(server), tmp_path / "model.pth")
    assert caught.value.code == "download.address"
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    "url", ["http://example.org/x", "file:///etc/passwd", "ftp://a/b", "x", "", "https://", "https://["]
)
def test_addresses_that_are_not_safe(url: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        fetch(RemoteFile(url, SHA256), tmp_path / "x")
    assert caught.value.code == "download.address"


@pytest.mark.parametrize(
    ("status", "code", "word"),
    [(401, "login", "browser"), (403, "login", "browser"), (404, "gone", "no longer"), (410, "gone", "no longer")],
)
def test_refusals(status: int, code: str, word: str, server: Server, tmp_path: Path) -> None:
    server[1].statuses = [status]
    with pytest.raises(InputError, match=word) as caught:
        fetch(remote(server), tmp_path / "model.pth", patience=HASTY)
    assert caught.value.code == f"download.{code}"
    assert len(server[1].asked) == 1


def test_a_busy_server_is_asked_again(server: Server, tmp_path: Path) -> None:
    server[1].statuses = [503, 429]
    assert fetch(remote(server), tmp_path / "model.pth", patience=HASTY).read_bytes() == CONTENT


def test_a_server_that_stays_busy(server: Server, tmp_path: Path) -> None:
    server[1].statuses = [503] * 10
    with pytest.raises(InputError, match="503"):
        fetch(remote(server), tmp_path / "model.pth", patience=HASTY)
    assert len(server[1].asked) == 1 + len(HASTY.pauses_s)


def test_a_silent_server_is_left(server: Server, tmp_path: Path) -> None:
    server[1].stall_after = 0
    patience = Patience(silence_s=0.2, pauses_s=())
    with pytest.raises(InputError, match="does not answer") as caught:
        fetch(remote(server), tmp_path / "model.pth", patience=patience)
    assert caught.value.code == "download.interrupted"


@pytest.mark.parametrize("stall_after", [0, 200_000])
def test_a_silent_server_does_not_hold_up_stopping(stall_after: int, server: Server, tmp_path: Path) -> None:
    server[1].stall_after = stall_after
    token = CancelToken()

    def stop() -> None:
        server[1].reached.wait(20)
        token.cancel()

    stopper = threading.Thread(target=stop)
    stopper.start()
    with pytest.raises(Cancelled):
        fetch(remote(server), tmp_path / "model.pth", context=JobContext(cancel=token))
    assert not server[1].hold.is_set()
    stopper.join()


def test_a_server_that_accepts_and_says_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"http://127.0.0.1:{mute.getsockname()[1]}/x"
        token = CancelToken()
        threading.Timer(0.2, token.cancel).start()
        with pytest.raises(Cancelled):
            fetch(RemoteFile(address, SHA256), tmp_path / "x", context=JobContext(cancel=token))
        with pytest.raises(InputError, match="does not answer"):
            fetch(RemoteFile(address, SHA256), tmp_path / "x", patience=Patience(0.2, ()))


def answering(words: bytes) -> tuple[str, Callable[[], None]]:
    """A server that answers everything with the same bytes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line:
                line.recv(4096)
                line.sendall(words)

    thread = threading.Thread(target=serve)
    thread.start()

    def close() -> None:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()

    return f"http://127.0.0.1:{listener.getsockname()[1]}/x", close


@pytest.mark.parametrize(
    "words", [b"", b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab", b"\x00" * 70000]
)
def test_nonsense_instead_of_a_file(words: bytes, tmp_path: Path) -> None:
    address, close = answering(words)
    with pytest.raises(BirchtreeError):
        fetch(RemoteFile(address, SHA256), tmp_path / "x", patience=HASTY)
    close()


def test_nobody_there(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}/x"
    with pytest.raises(InputError, match="Check the network") as caught:
        fetch(RemoteFile(address, SHA256), tmp_path / "x", patience=HASTY)
    assert caught.value.code == "download.no_network"


def test_a_name_that_nobody_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(InputError, match="network"):
        fetch(RemoteFile("https://no-such-host.invalid/x", SHA256), tmp_path / "x", patience=Patience(5, ()))


def test_a_folder_that_cannot_be_written(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError) as caught:
        fetch(remote(server), tmp_path / "file" / "model.pth")
    assert caught.value.code == "download.not_writable"


def test_more_than_the_disk_has(server: Server, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        fetch(remote(server, size=1 << 60), tmp_path / "model.pth")
    assert caught.value.code == "download.disk_full"
    assert server[1].asked == []


_LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
from inference.errors import InputError
from inference.models.download import RemoteFile, fetch
try:
    fetch(RemoteFile(sys.argv[1], sys.argv[2]), Path(sys.argv[3]))
except InputError as error:
    sys.exit(error.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a thing of Unix")
def test_a_disk_that_fills_up_on_the_way(server: Server, tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk: the same error comes from the same call."""
    target = tmp_path / "model.pth"
    words = [sys.executable, "-c", _LIMITED, remote(server).url, SHA256, str(target)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr.strip() == "download.disk_full", done.stderr
    assert not target.exists()
    assert fetch(remote(server), target).read_bytes() == CONTENT
    assert server[1].asked == ["", "bytes=1500000-"]
