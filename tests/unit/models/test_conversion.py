"""The converter as a program of its own: what it says, how it fails and how it is stopped."""

import importlib.util
import os
import sys
import threading
from pathlib import Path

import pytest

from inference.errors import Cancelled, InputError, ModelError
from inference.jobs import CancelToken, JobContext
from inference.models import conversion

_SAY = "import json, sys\ndef tell(**event): print(json.dumps(event), flush=True)\n"


@pytest.fixture
def converter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands in for `training.convert`: a module whose text a test writes."""
    package = tmp_path / "stand_in_for_training"
    package.mkdir()
    (package / "__init__.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(conversion, "_MODULE", "stand_in_for_training.convert")
    (tmp_path / "weights.pth").write_bytes(b"weights")
    return package / "convert.py"


def run(tmp_path: Path, context: JobContext | None = None) -> tuple[Path, list[str]]:
    told: list[str] = []
    checkpoint = tmp_path / "weights.pth"
    return conversion.convert(checkpoint, ["--id", "x"], tmp_path / "out", context or JobContext(), told.append), told


def test_notes_and_the_result(converter: Path, tmp_path: Path) -> None:
    converter.write_text(
        _SAY + "print('a word of some library')\nprint('[1]')\ntell(event='note', text=' '.join(sys.argv[1:]))\n"
        "tell(event='result', folder='/made/here')"
    )
    folder, told = run(tmp_path)
    assert folder == Path("/made/here")
    assert told == [f"{tmp_path / 'weights.pth'} -o {tmp_path / 'out'} --id x --progress json"]


@pytest.mark.parametrize(("exit_code", "kind"), [(3, InputError), (4, ModelError)])
def test_its_errors_are_ours(exit_code: int, kind: type[Exception], converter: Path, tmp_path: Path) -> None:
    converter.write_text(
        _SAY + f"tell(event='error', code='convert.odd', message='It is {{odd}}.')\nsys.exit({exit_code})"
    )
    with pytest.raises(kind, match=r"It is \{odd\}") as caught:
        run(tmp_path)
    assert caught.value.code == "convert.odd"  # type: ignore[attr-defined]


def test_words_that_it_does_not_understand(converter: Path, tmp_path: Path) -> None:
    converter.write_text("import sys; sys.stderr.write('usage: ...\\nconvert: no such thing\\n'); sys.exit(2)")
    with pytest.raises(InputError, match="no such thing"):
        run(tmp_path)


def test_a_fault_of_its_own_is_one_of_ours(converter: Path, tmp_path: Path) -> None:
    converter.write_text("raise ZeroDivisionError('in the converter')")
    with pytest.raises(RuntimeError, match="in the converter"):
        run(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are a thing of Unix")
def test_one_that_the_system_ends(converter: Path, tmp_path: Path) -> None:
    converter.write_text("import os; os.kill(os.getpid(), 9)")
    with pytest.raises(ModelError, match="signal 9"):
        run(tmp_path)


@pytest.mark.parametrize("deaf", [False, True])
def test_stopping(deaf: bool, converter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the converter does not listen to being told to end."""
    monkeypatch.setattr(conversion, "_ENDING_S", 0.5)
    ignoring = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" if deaf else ""
    converter.write_text(
        _SAY + ignoring + "tell(event='note', text='begun')\nimport threading; threading.Event().wait(60)"
    )
    token = CancelToken()
    checkpoint = tmp_path / "weights.pth"
    before = set(threading.enumerate())  # other tests of this process may have left some
    with pytest.raises(Cancelled):
        conversion.convert(checkpoint, [], tmp_path, JobContext(cancel=token), lambda _text: token.cancel())
    assert set(threading.enumerate()) <= before


def test_an_installation_without_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "torch" else there(name))
    with pytest.raises(ModelError, match="make setup-all"):
        conversion.demand_converter()


def test_no_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.pth"):
        conversion.convert(tmp_path / "none.pth", [], tmp_path, JobContext(), lambda _text: None)


def test_our_packages_are_found_from_anywhere() -> None:
    path = conversion._environment()["PYTHONPATH"].split(os.pathsep)
    assert (Path(path[0]) / "inference" / "models").is_dir()
