"""A model from a web server to a verified installation, through the real command line."""

import hashlib
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from command_line import Birchtree

from inference import paths
from tests.unit.models import tiny_models as tiny


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing on the console."""


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that a web server on this computer gives out, with a catalogue of its own."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "served"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    archive = tiny.pack(tiny.write_traits(tmp_path / "given").folder, folder / "tiny.zip")
    write_catalogue(folder, server.server_port, archive, hashlib.sha256(archive.read_bytes()).hexdigest())
    yield folder
    server.shutdown()
    thread.join()
    server.server_close()


def write_catalogue(folder: Path, port: int, archive: Path, sha256: str) -> None:
    (folder / "models.toml").write_text(
        f"""
[licences."Own Terms"]
title = "Own Terms 1.0"
url = "https://example.org/terms"
free = false

[models.tiny-traits]
title = "A model of a few weights"
task = "traits"
family = "dinovtree"
kind = "model"
url = "http://127.0.0.1:{port}/{archive.name}"
size_bytes = {archive.stat().st_size}
sha256 = "{sha256}"
licence = "Own Terms"
source = "a test"
"""
    )


def test_download_verify_and_list(served: Path, birchtree: Birchtree) -> None:
    words = ("models", "download", "tiny-traits", "--catalogue", served / "models.toml")
    unread = birchtree(*words)
    assert unread.returncode == 4
    assert "https://example.org/terms" in unread.stderr
    assert not (paths.cache_dir() / "downloads").exists()
    done = birchtree(*words, "--accept-licence", "--progress", "json")
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert events[0] == {"event": "start", "command": "models download"}
    assert {event["stage"] for event in events if event["event"] == "progress"} == {"download", "add"}
    assert events[-1]["id"] == "tiny-traits"
    assert birchtree("models", "verify").stdout == "ok      birch-crowns\nok      birch-traits\nok      tiny-traits\n"
    assert list((paths.cache_dir() / "downloads").iterdir()) == []


def test_the_wrong_hash_installs_nothing(served: Path, birchtree: Birchtree) -> None:
    catalogue = served / "models.toml"
    right = hashlib.sha256((served / "tiny.zip").read_bytes()).hexdigest()
    catalogue.write_text(catalogue.read_text().replace(right, "0" * 64))
    done = birchtree("models", "download", "tiny-traits", "--catalogue", catalogue, "--accept-licence")
    assert done.returncode == 4
    assert "SHA-256" in done.stderr
    assert list((paths.cache_dir() / "downloads").iterdir()) == []
    assert not (paths.data_dir() / "models").exists()


def test_a_hash_that_the_user_states(served: Path, birchtree: Birchtree) -> None:
    """Where the catalogue has none, the file must be the one that the user knows the hash of."""
    catalogue = served / "models.toml"
    right = hashlib.sha256((served / "tiny.zip").read_bytes()).hexdigest()
    catalogue.write_text(catalogue.read_text().replace(right, ""))
    words = ("models", "download", "tiny-traits", "--catalogue", catalogue, "--accept-licence")
    assert birchtree(*words).returncode == 4
    assert birchtree(*words, "--sha256", "0" * 64).returncode == 4
    assert birchtree(*words, "--sha256", right).returncode == 0
