"""A packaged program finds its training pack, refuses that of another version, and says how to get one."""

import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from inference import __version__, env, launching, paths
from inference.errors import ModelError
from inference.models import conversion, teaching

Load = Callable[[str], ModuleType]


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As in a packaged program; returns the folder of its programs."""
    folder = tmp_path / "app"
    folder.mkdir()
    for name in ("birchtree", "birchtree-cli"):
        (folder / name).touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "birchtree"))
    monkeypatch.delenv(launching.TRAINING_VARIABLE, raising=False)
    return folder


def _pack(folder: Path, version: str) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").touch()
    (folder / launching.VERSION_FILE).write_text(version + "\n")
    return folder


def test_a_packaged_program_starts_its_console_twin(packaged: Path) -> None:
    assert launching.command_line() == [str(packaged / "birchtree-cli")]
    (packaged / "birchtree-cli").unlink()
    assert launching.command_line() == [str(packaged / "birchtree")]


def test_a_checkout_starts_main(repository: Path) -> None:
    assert launching.command_line() == [sys.executable, str(repository / "main.py")]
    assert launching.module_command("training.train") == [sys.executable, "-m", "training.train"]


def test_without_a_pack(packaged: Path) -> None:
    assert launching.training_python() is None
    with pytest.raises(ModelError, match="pack of its own") as caught:
        teaching.demand_training()
    assert caught.value.code == "train.not_installed"
    with pytest.raises(ModelError, match="Converting a checkpoint"):
        conversion.demand_converter()
    assert packaged.is_dir()


@pytest.mark.usefixtures("packaged")
def test_a_pack_in_the_data_folder_is_found() -> None:
    pack = _pack(paths.data_dir() / "training-pack", __version__)
    assert launching.training_python() == pack / "bin" / "python"
    teaching.demand_training()
    assert launching.module_command("training.train") == [str(pack / "bin" / "python"), "-m", "training.train"]
    assert "PYTHONPATH" not in {*conversion._environment()} - {*os.environ}


def test_the_named_pack_goes_first(packaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pack(packaged / "training-pack", __version__)
    assert launching.training_python() == packaged / "training-pack" / "bin" / "python"
    named = _pack(tmp_path / "mine", __version__)
    monkeypatch.setenv(launching.TRAINING_VARIABLE, str(named))
    assert launching.training_python() == named / "bin" / "python"


@pytest.mark.usefixtures("packaged")
def test_the_pack_of_another_version_is_refused_by_name() -> None:
    _pack(paths.data_dir() / "training-pack", "0.0.1")
    with pytest.raises(ModelError, match=r"made for BirchTree 0\.0\.1"):
        teaching.demand_training()


def test_programs_that_a_package_starts_get_their_own_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/app/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/opt/mine")
    environment = os.environ
    env.scrub()
    assert environment["LD_LIBRARY_PATH"] == "/opt/mine"
    env.scrub()
    assert "LD_LIBRARY_PATH" not in environment


def test_the_installer_of_the_pack_and_the_program_mean_one_folder(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    installer = load("install_training")
    assert installer.data_folder() == paths.data_dir()
    monkeypatch.delenv("BIRCHTREE_HOME")
    assert str(installer.data_folder()) == paths._DIRS.user_data_dir
    assert installer._VERSION_FILE == launching.VERSION_FILE


def test_the_installer_wants_one_wheel(load: Load, tmp_path: Path) -> None:
    installer = load("install_training")
    with pytest.raises(SystemExit, match="0 wheels"):
        installer.wheel(tmp_path)
    (tmp_path / "birchtree-1.2.3-py3-none-any.whl").touch()
    assert installer.version_of(installer.wheel(tmp_path)) == "1.2.3"


def test_the_pack_needs_torch_but_no_window(load: Load, tmp_path: Path) -> None:
    file = tmp_path / "birchtree-1.2.3-py3-none-any.whl"
    told = [
        "Metadata-Version: 2.4",
        "Name: birchtree",
        "Requires-Dist: numpy>=2.0",
        'Requires-Dist: PySide6-Essentials>=6.8; python_version >= "3.12"',
        'Requires-Dist: torch<2.14,>=2.13; extra == "train"',
        'Requires-Dist: pytest; extra == "dev"',
    ]
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("birchtree-1.2.3.dist-info/METADATA", "\n".join([*told, ""]))
    assert load("install_training").needs(file) == ["numpy>=2.0", "torch<2.14,>=2.13"]
