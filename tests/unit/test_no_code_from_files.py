"""Nothing in a file is ever run: no pickle, no eval, no shell; shown by looking at the code and by files that try."""

import ast
import io
import os
import pickle
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import torch  # noqa: TID253 - what reads checkpoints is made of it

from birchtree_gui.settings import SettingsStore
from inference.array_files import read_arrays
from inference.crowns.edits import CrownEdit
from inference.datasets.chips import read_chips
from inference.errors import BirchtreeError, ProjectError
from inference.models.data_files import check_data
from inference.project.store import Project
from inference.traits.npz import unpack
from tests.unit.formats.small_projects import new_project, round_crown, with_crowns
from training.balsam2.weights import read_weights as read_balsam2
from training.checkpoints import read_checkpoint
from training.state_file import read_state
from training.traits.weights import read_weights as read_traits

REPOSITORY = Path(__file__).resolve().parents[2]
SHIPPED = ("inference", "birchtree_gui", "training", "resources")
PICKLES = ("pickle", "cPickle", "dill", "joblib", "marshal", "shelve")


class Evil:
    """A pickle that leaves a file behind when it is loaded."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"touch '{self.marker}'",)


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "owned"


@pytest.fixture
def payload(marker: Path) -> bytes:
    return pickle.dumps({"state_dict": Evil(marker), "format": "fuzz"}, protocol=2)


def _calls() -> list[tuple[str, ast.Call]]:
    found = []
    for path in [
        REPOSITORY / "main.py",
        *(one for part in SHIPPED for one in sorted((REPOSITORY / part).rglob("*.py"))),
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                found.append((f"{path.relative_to(REPOSITORY)}:{node.lineno}", node))
    return found


def _name(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _of(call: ast.Call) -> str:
    value = getattr(call.func, "value", None)
    return value.id if isinstance(value, ast.Name) else ""


def _keyword(call: ast.Call, name: str) -> object:
    return next((ast.literal_eval(one.value) for one in call.keywords if one.arg == name), None)


def _fault(call: ast.Call) -> str:
    """What is wrong with a call; "" for nothing."""
    name, of = _name(call), _of(call)
    if isinstance(call.func, ast.Name) and name in ("eval", "exec", "compile", "__import__"):
        return f"{name} of a text"
    if of == "os" and name in ("system", "popen"):
        return f"os.{name}"
    if of in PICKLES and name in ("load", "loads", "open", "Unpickler"):
        return f"{of}.{name}"
    if (of, name) == ("torch", "load") and _keyword(call, "weights_only") is not True:
        return "torch.load without weights_only=True"
    if (of, name) == ("np", "load") or name == "read_array":
        return "" if _keyword(call, "allow_pickle") is False else f"{name} without allow_pickle=False"
    if name in ("extractall", "unpack_archive"):
        return f"{name}: a member's name may lead out of the folder"
    if name in ("enable_load_extension", "load_extension"):
        return name
    return "shell=True" if _keyword_is_true(call, "shell") else ""


def test_the_code_runs_nothing_that_is_in_a_file() -> None:
    assert [f"{place}: {fault}" for place, call in _calls() if (fault := _fault(call))] == []


def _keyword_is_true(call: ast.Call, name: str) -> bool:
    return any(
        one.arg == name and isinstance(one.value, ast.Constant) and one.value.value is True for one in call.keywords
    )


def test_the_payload_is_alive(payload: bytes, marker: Path) -> None:
    pickle.loads(payload)
    assert marker.exists()


def _object_npz(folder: Path, payload: bytes) -> Path:
    """An .npz whose array is of objects: NumPy keeps those as a pickle."""
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "|O", "fortran_order": False, "shape": ()})
    path = folder / "evil.npz"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("chips.npy", "facts.npy", "config.npy", "a.npy"):
            archive.writestr(name, header.getvalue() + payload)
    return path


def test_arrays(tmp_path: Path, payload: bytes, marker: Path) -> None:
    path = _object_npz(tmp_path, payload)
    with np.load(path, allow_pickle=True) as loaded:  # what it would do
        loaded["a"]
    assert marker.exists()
    marker.unlink()
    with pytest.raises(ValueError, match="Object arrays cannot be loaded"):
        read_arrays(path)
    for read in (
        lambda: read_chips(path),
        lambda: check_data(path, "m"),
        lambda: unpack(path.read_bytes(), what="the head", format_name="x", shapes={}),
        lambda: read_balsam2(path),
        lambda: read_traits(path),
    ):
        with pytest.raises(BirchtreeError):
            read()
    assert not marker.exists()


def test_checkpoints_and_training_states(tmp_path: Path, payload: bytes, marker: Path) -> None:
    plain, packed = tmp_path / "old.pth", tmp_path / "new.pt"
    plain.write_bytes(payload)
    torch.save({"format": "fuzz", "model": Evil(marker)}, packed)
    for path in (plain, packed):
        with pytest.raises(BirchtreeError):
            read_checkpoint(path)
        with pytest.raises(BirchtreeError):
            read_state(path, "fuzz", ("model",))
    assert not marker.exists()


def test_projects(tmp_path: Path, payload: bytes, marker: Path) -> None:
    """A pickle wherever a project keeps bytes, and SQL wherever it keeps names."""
    project = with_crowns(new_project(tmp_path), [round_crown(1, 20, 20)])
    crown = project.table.get(1)
    project.apply(CrownEdit("Note'; DROP TABLE crowns; --", (crown,), (crown.with_outline(crown.outline.buffer(1)),)))
    path = project.path
    project.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE birch_journal SET payload = ?", (payload,))
        connection.execute("INSERT INTO birch_species_heads VALUES (1, 'h', 'm', '1', 'now', '{}', ?)", (payload,))
        connection.commit()
    with Project.open(path) as project:
        assert project.undo_name == "Note'; DROP TABLE crowns; --"
        with pytest.raises(ProjectError) as refused:
            project.undo()
        assert refused.value.code == "project.corrupt"
        (head,) = project.species_heads()
        with pytest.raises(BirchtreeError):
            unpack(head.payload, what="the head", format_name="x", shapes={})
        assert len(project.table) == 1
    assert not marker.exists()


def test_settings(tmp_path: Path, payload: bytes, marker: Path) -> None:
    path = tmp_path / "settings.toml"
    for content in (payload, b"author = !!python/object/apply:os.system ['true']", b"theme = \"__import__('os')\""):
        path.write_bytes(content)
        assert SettingsStore(path).value.theme == "system"
    assert not marker.exists()
