"""What a package holds, that its version has one place, and that the scripts which make and install it are sound."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from inference import __version__
from inference.cli import program

Load = Callable[[str], ModuleType]
REPOSITORY = Path(__file__).resolve().parents[3]
SCRIPTS = sorted((REPOSITORY / "packaging").rglob("*.sh"))


@pytest.fixture
def contents(load: Load) -> ModuleType:
    return load("contents")


def test_the_version_has_one_place(contents: ModuleType) -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    assert contents.version(REPOSITORY) == __version__
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "inference.__version__"}
    files = [file for file in (REPOSITORY / "packaging").rglob("*") if file.suffix in (".sh", ".nsi", ".spec", ".in")]
    for file in files:
        told = [
            line for line in file.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith(("#", ";"))
        ]
        assert not [line for line in told if re.search(rf"\b{re.escape(__version__)}\b", line)], file


@pytest.mark.parametrize(
    "target",
    [
        "PySide6/QtCore.abi3.so",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/plugins/platforms/qwindows.dll",
        "libQt6Gui.so.6",
        "rasterio.libs/libgdal-c8c9c467.so.36.3.10.3",
        "rasterio/proj_data/proj.db",
        "reportlab/fonts/Vera.ttf",
        "resources/models/birch-crowns/encoder.onnx",
        "resources/icons/birchtree.svg",
        "skimage/__init__.pyi",
        "skimage/segmentation/__init__.pyi",
    ],
)
def test_belongs_inside(contents: ModuleType, target: str) -> None:
    assert contents.is_wanted(target)


@pytest.mark.parametrize(
    "target",
    [
        "reportlab/fonts/DarkGardenMK.pfb",
        "reportlab/fonts/DarkGarden-copying-gpl.txt",
        "PySide6/QtQml.abi3.so",
        "PySide6/Qt/lib/libQt6WaylandCompositor.so.6",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "PySide6/Qt/translations/qtdeclarative_fr.qm",
        "libQt6Quick.so.6",
        "scipy/ndimage/tests/data/label_inputs.npz/tests/x.npy",
        "resources/models/birch-crowns/training/log.jsonl",
        "resources/forest/plot.py",
    ],
)
def test_stays_outside(contents: ModuleType, target: str) -> None:
    assert not contents.is_wanted(target)


def test_from_the_build_machine_only_what_a_desktop_may_lack(contents: ModuleType) -> None:
    assert contents.is_wanted("libxcb-cursor.so.0", "/usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0")
    assert contents.is_wanted("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3")
    for name in ("libstdc++.so.6", "libfontconfig.so.1", "libreadline.so.8", "libGL.so.1", "libxkbcommon.so.0"):
        assert not contents.is_wanted(name, f"/usr/lib/x86_64-linux-gnu/{name}")


def test_torch_tests_and_training_stay_outside(contents: ModuleType) -> None:
    excluded = set(contents.excluded_modules())
    assert {"torch", "training", "benchmarks", "tests", "readline", "_gdbm", "distributed"} <= excluded
    assert not excluded & set(contents.PACKAGES)


def test_the_models_are_inside(contents: ModuleType) -> None:
    targets = {f"{folder}/{Path(file).name}" for file, folder in contents.resource_files(REPOSITORY)}
    models = {file.relative_to(REPOSITORY).as_posix() for file in REPOSITORY.glob("resources/models/*/*.onnx")}
    assert models
    assert models <= targets
    assert not [target for target in targets if target.endswith((".py", ".pyc"))]


def test_the_documentation_is_inside(contents: ModuleType) -> None:
    targets = {f"{folder}/{Path(file).name}" for file, folder in contents.documentation_files(REPOSITORY)}
    assert {"docs/packaging.md", "docs/models/store.md", "docs/images/crowns.png"} <= targets
    assert {"docs/fr/first-plot.md", "docs/es/first-plot.md"} <= targets


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_scripts_can_be_read(script: Path) -> None:
    subprocess.run(["bash", "-n", str(script)], check=True)
    if shutil.which("shellcheck"):
        done = subprocess.run(
            ["shellcheck", "-x", str(script)], cwd=REPOSITORY, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.skipif(shutil.which("makensis") is None, reason="Debian's nsis is not installed")
def test_the_windows_installer_compiles() -> None:
    done = subprocess.run(
        ["bash", "packaging/windows/check_nsi.sh"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_windows_installer_removes_every_file_that_lies_beside_the_program() -> None:
    text = (REPOSITORY / "packaging" / "windows" / "birchtree.nsi").read_text(encoding="utf-8")
    beside = re.search(
        r"^cp (LICENSE .*) \"\$folder/\"$", (REPOSITORY / "packaging/build.sh").read_text(), re.MULTILINE
    )
    assert beside is not None
    for name in [*beside.group(1).split(), "THIRD-PARTY-LICENSES.txt", "sbom.cdx.json", "birchtree-cli.exe"]:
        assert f'Delete "$INSTDIR\\{name}"' in text, name


def test_packages_for_tests_are_not_demanded_of_users(load: Load) -> None:
    table = load("needed").listed()
    assert table["libEGL.so.1"] == "libegl1"
    assert not {"xvfb", "xauth"} & set(table.values())


@pytest.mark.skipif(sys.platform != "linux", reason="reads ELF files")
def test_what_a_program_needs_is_read_from_its_file(load: Load) -> None:
    needed = load("needed")
    told = needed.dynamic([Path(sys.executable).resolve()])
    assert needed.glibc(told).startswith("2.")


def test_the_man_page_has_every_command(load: Load) -> None:
    page = load("manpage").page()
    for name in program._COMMANDS:
        assert f".SS birchtree {name}\n" in page
    assert "\\-\\-self\\-test" in page
    if shutil.which("groff"):
        done = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww", "-z"], input=page, capture_output=True, text=True, check=False
        )
        assert done.stderr == ""


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """The archive as a user unpacks it, with a stand-in for the program."""
    folder = tmp_path / "unpacked with spaces"
    (folder / "app" / "_internal").mkdir(parents=True)
    for name in ("birchtree", "birchtree-cli"):
        (folder / "app" / name).write_text("#!/bin/sh\necho BirchTree 9.9.9\n")
        (folder / "app" / name).chmod(0o755)
    (folder / "share" / "applications").mkdir(parents=True)
    shutil.copy(REPOSITORY / "packaging" / "birchtree.desktop", folder / "share" / "applications")
    shutil.copy(REPOSITORY / "packaging" / "linux" / "install.sh", folder)
    return folder


def _run(script: Path, prefix: Path | None, *words: str) -> str:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(script.parents[1])}
    if prefix is not None:
        environment["PREFIX"] = str(prefix)
    done = subprocess.run(["sh", str(script), *words], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="the installer of the Linux archive")
def test_installing_upgrading_and_removing_without_root(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "home of mine" / ".local"
    assert "9.9.9" in _run(unpacked / "install.sh", prefix)
    app = prefix / "lib" / "birchtree"
    assert (prefix / "bin" / "birchtree").resolve() == app / "birchtree"
    entry = (prefix / "share" / "applications" / "birchtree.desktop").read_text(encoding="utf-8")
    assert f'Exec="{app}/birchtree" %F' in entry
    (app / "_internal" / "of the old version").touch()
    (app / "training-pack").mkdir()
    _run(unpacked / "install.sh", prefix)
    assert not (app / "_internal" / "of the old version").exists()
    assert (app / "training-pack").is_dir()
    _run(app / "install.sh", None, "--uninstall")
    assert [path for path in prefix.rglob("*") if not path.is_dir() and path.name != "mimeinfo.cache"] == []
