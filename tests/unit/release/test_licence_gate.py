"""Nothing under the GPL, nothing of unknown licence and nothing without its text gets into a package."""

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]


@pytest.fixture
def licences(load: Load) -> ModuleType:
    return load("licences")


@pytest.mark.parametrize(
    "expression",
    [
        "MIT",
        "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0",
        "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        "(MIT OR GPL-3.0-only) AND Apache-2.0",
    ],
)
def test_accepted(load: Load, expression: str) -> None:
    assert load("spdx").judge(expression) == ""


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        ("GPL-3.0-only", "GPL-3.0-only"),
        ("AGPL-3.0-or-later", "AGPL"),
        ("MIT AND GPL-2.0-only", "GPL-2.0-only"),
        ("MIT AND (GPL-2.0-only OR AGPL-3.0-only)", "AGPL"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "Classpath"),
        ("Proprietary", "Proprietary"),
        ("", "no licence"),
        ("MIT AND", "not accepted"),
    ],
)
def test_refused(load: Load, expression: str, named: str) -> None:
    assert named in load("spdx").judge(expression)


def test_all_that_birchtree_depends_on_is_in_order(licences: ModuleType) -> None:
    everything, _unknown = licences.components()
    assert len(everything) > 20
    assert licences.faults(everything) == []


def test_the_table_of_libraries_is_accepted_and_has_its_texts(licences: ModuleType) -> None:
    parts = [licences._native(entry) for entry in licences.native_table()]
    assert licences.faults(parts) == []
    assert all(part.copyright and part.source for part in parts)


def _installed(folder: Path, name: str, *headers: str, text: bool = True) -> None:
    """A package as pip leaves it."""
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("\n".join([f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0", *headers, ""]))
    files = [f"{about.name}/METADATA"]
    if text:
        (about / "LICENSE").write_text("the terms")
        files.append(f"{about.name}/LICENSE")
    (about / "RECORD").write_text("".join(f"{file},,\n" for file in files))


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        (["License-Expression: GPL-3.0-only"], "GPL-3.0-only"),
        (["License: GPLv3"], "GPLv3"),
        (["Classifier: License :: OSI Approved :: BSD License"], ""),
        (["License: MIT"], ""),
        ([], "tells no licence"),
    ],
)
def test_what_a_package_says(
    headers: list[str], told: str, licences: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _installed(tmp_path, "guest", *headers)
    monkeypatch.syspath_prepend(str(tmp_path))
    found = licences.faults([licences.python_component("guest")])
    assert (told in found[0]) if told else (found == [])


def test_a_licence_without_its_text(licences: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _installed(tmp_path, "silent", "License-Expression: MIT", text=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "text of its licence" in licences.faults([licences.python_component("silent")])[0]


def _build(folder: Path, *libraries: str) -> Path:
    inside = folder / "_internal"
    inside.mkdir(parents=True)
    (folder / "birchtree").write_bytes(b"\x7fELF")
    for name in libraries:
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_bytes(b"\x7fELF")
    return folder


def test_a_library_that_nobody_accounts_for_stops_the_build(licences: ModuleType, tmp_path: Path) -> None:
    said: list[str] = []
    folder = _build(tmp_path / "app", "libgdal-1234abcd.so.36", "libreadline.so.8", "PySide6/Qt/lib/libQt6Core.so.6")
    assert licences.main(["--folder", str(folder)], said.append) == 1
    assert any("libreadline.so.8" in line for line in said)
    assert not any("libgdal" in line or "libQt6Core" in line for line in said)


def test_the_file_of_all_licences(licences: ModuleType, tmp_path: Path) -> None:
    folder = _build(tmp_path / "app", "libgeos-1234abcd.so.3.14", "rasterio.libs/libtiff-fb65e6fb.so.6")
    assert licences.main(["--folder", str(folder)], lambda _line: None) == 0
    text = (folder / licences.NOTICES).read_text(encoding="utf-8")
    for part in ("numpy", "PySide6_Essentials", "GEOS", "LibTIFF", "PyInstaller's bootloader", "Python"):
        assert f"\n{part} " in text, part
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "DarkGarden" not in text


def test_the_list_of_parts(load: Load, tmp_path: Path, repository: Path) -> None:
    sbom = load("sbom")
    folder = _build(tmp_path / "app", "libgeos-1234abcd.so.3.14")
    assert sbom.main(["--folder", str(folder)]) == 0
    file = folder / sbom.FILE
    first = file.read_bytes()
    told = json.loads(first)
    assert told["specVersion"] == "1.6"
    names = {entry["name"] for entry in told["components"]}
    shipped = {card.parent.name for card in (repository / "resources" / "models").glob("*/card.json")}
    assert {"numpy", "GEOS", "rasterio", *shipped} <= names
    references = [entry["bom-ref"] for entry in told["components"]]
    assert len(set(references)) == len(references)
    assert told["dependencies"][0]["dependsOn"] == references
    sbom.main(["--folder", str(folder)])
    assert file.read_bytes() == first, "equal builds give equal lists"
