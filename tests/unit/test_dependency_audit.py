"""The audit of dependencies asks for every installed package, tells what is known, and says when it could not ask."""

import importlib.util
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def audit(repository: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", repository / "packaging" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class _Osv(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        names = [query["package"]["name"].lower() for query in asked]
        results = [{"vulns": [{"id": "GHSA-1"}, {"id": "GHSA-2"}]} if name == "numpy" else {} for name in names]
        body = json.dumps({"results": results}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Standard error belongs to the test."""


@pytest.fixture
def service() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Osv)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_is_known_is_told(
    audit: ModuleType, service: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.main(["--service", service]) == 1
    assert "numpy" in capsys.readouterr().out
    known = tmp_path / "known.txt"
    known.write_text("# looked at\nGHSA-1 not used here\n")
    assert audit.main(["--service", service, "--known", str(known)]) == 1
    told = capsys.readouterr().out
    assert "GHSA-2" in told
    assert "GHSA-1" not in told
    known.write_text("GHSA-1 not used here\nGHSA-2 nor this\n")
    assert audit.main(["--service", service, "--known", str(known)]) == 0
    assert "2 known and passed over" in capsys.readouterr().out


def test_it_says_when_nobody_could_be_asked(audit: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main(["--service", "http://127.0.0.1:1/"]) == 2
    assert "NOT AUDITED" in capsys.readouterr().out
    assert audit.main(["--service", "http://127.0.0.1:1/", "--may-be-offline"]) == 0


def test_an_answer_that_makes_no_sense_is_never_taken_for_a_missing_network(
    audit: ModuleType, service: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer(self: BaseHTTPRequestHandler) -> None:
        self.send_response(statuses[-1])
        self.end_headers()
        self.wfile.write(b"{}")

    monkeypatch.setattr(_Osv, "do_POST", answer)
    statuses = list[int]()
    for status, code in ((200, 2), (400, 2), (503, 0)):
        statuses.append(status)
        assert audit.main(["--service", service, "--may-be-offline"]) == code
        assert "NOT AUDITED" in capsys.readouterr().out


def test_packages_are_audited_when_they_are_built(repository: Path) -> None:
    workflow = (repository / ".github" / "workflows" / "build.yml").read_text(encoding="utf-8")
    linux = workflow.partition("\n  windows:\n")[0]
    build, audited, upload = map(linux.index, ("packaging/build.sh", "packaging/audit.py", "upload-artifact"))
    assert build < audited < upload
    assert "continue-on-error" not in linux


def test_it_asks_for_what_is_installed(audit: ModuleType) -> None:
    names = {name.lower() for name, _ in audit.installed()}
    assert {"numpy", "rasterio", "pyside6-essentials"} <= names | {name.replace("_", "-") for name in names}
    assert "birchtree" not in names
