"""Licences of everything inside a packaged BirchTree: the gate that refuses the GPL, and the file of all texts.

    python packaging/licences.py --check                     # what BirchTree depends on (lint and CI)
    python packaging/licences.py --folder dist/birchtree     # every library in a build too; writes the file

Both end with 1 when a licence is copyleft without a choice or exception, unknown, or without its text.
"""

import argparse
import re
import site
import sys
import sysconfig
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from spdx import judge  # noqa: E402

ROOT = HERE.parent
NOTICES = "THIRD-PARTY-LICENSES.txt"

# What packages wrote before there were expressions.
_LOOSE = {
    "mit license": "MIT",
    "bsd": "BSD-3-Clause",
    "new bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "3-clause bsd license": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
}
_TEXT_FILE = re.compile(r"(licen[cs]e|copying|notice|copyright)[^/]*$", re.IGNORECASE)
_NO_TEXT = re.compile(r"DarkGarden|\.(py|pyc|pyi|so|rst)$")
# Packages that carry no text of their own licence: the name of a file in licence_texts/.
_TEXTS_OF = {"pyside6-essentials": "LGPL-3.0", "shiboken6": "LGPL-3.0", "flatbuffers": "Apache-2.0"}
_NATIVE = re.compile(r"\.(so(\.\d+)*|dll|pyd|dylib|exe)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Component:
    """Something inside that others made: `kind` is "python" or "native", `texts` are (title, text)."""

    name: str
    version: str
    licence: str
    source: str
    kind: str
    texts: tuple[tuple[str, str], ...] = ()
    copyright: str = ""


# ---- what Python packages tell


def expression_of(about: "metadata.PackageMetadata") -> str:
    """A package's licence as SPDX: its expression, else its licence line, else its classifier; "" if none fits."""
    if said := _first(about, "License-Expression"):
        return said
    line = _first(about, "License").split("\n")[0].strip()
    classifiers = [str(text) for text in about.get_all("Classifier") or () if text.startswith("License ::")]
    for text in (line, *(text.rpartition(" :: ")[2] for text in classifiers)):
        if text.lower() in _LOOSE:
            return _LOOSE[text.lower()]
        # Refused licences count as told, so that the sentence can name them.
        if text and re.fullmatch(r"[A-Za-z0-9.+() -]+", text) and (not judge(text) or re.search(r"\bA?GPL", text)):
            return text
    return ""


def _first(about: "metadata.PackageMetadata", field: str) -> str:
    return str(next(iter(about.get_all(field) or ()), ""))


def closure(requirements: Iterable[str]) -> list[str]:
    """Names of everything that `requirements` pull in on this machine, sorted."""
    found: set[str] = set()
    waiting = [Requirement(line) for line in requirements]
    while waiting:
        wanted = waiting.pop()
        needed = wanted.marker is None or wanted.marker.evaluate({"extra": ""})
        if needed and wanted.name.lower() not in found:
            found.add(wanted.name.lower())
            waiting += [Requirement(line) for line in metadata.distribution(wanted.name).requires or ()]
    return sorted(found)


def requirements(root: Path = ROOT) -> list[str]:
    """What BirchTree itself asks for, without extras."""
    table = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return list(table["project"]["dependencies"])


def python_component(name: str) -> Component:
    """An installed package with its licence and texts."""
    package = metadata.distribution(name)
    about = package.metadata
    texts = []
    for file in package.files or ():
        if _TEXT_FILE.search(str(file)) and not _NO_TEXT.search(str(file)):
            path = Path(str(package.locate_file(file)))
            if path.is_file():
                texts.append((file.name, path.read_text(encoding="utf-8", errors="replace").strip()))
    if not texts and name in _TEXTS_OF:
        texts.append((f"{_TEXTS_OF[name]}", text_of(_TEXTS_OF[name])))
    urls = [str(line).partition(", ")[2] for line in about.get_all("Project-URL") or ()]
    home = _first(about, "Home-page") or (urls[0] if urls else "")
    return Component(about["Name"], about["Version"], expression_of(about), home, "python", _without_doubles(texts))


def _without_doubles(texts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    kept = {text: title for title, text in texts}
    return tuple((title, text) for text, title in kept.items())


def interpreter() -> Component:
    """Python itself."""
    places = [Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix), Path(site.__file__).parent]
    files = [place / name for place in places for name in ("LICENSE.txt", "LICENSE")]
    files.append(Path("/usr/share/doc/python3/copyright"))
    text = next((file.read_text(encoding="utf-8", errors="replace") for file in files if file.is_file()), "")
    texts = (("LICENSE.txt", text.strip()),) if text else ()
    return Component("Python", sys.version.split()[0], "PSF-2.0", "https://www.python.org", "python", texts)


# ---- what lies in the build


def text_of(name: str) -> str:
    """A licence's text: of `licence_texts/`, or the Apache licence, which is BirchTree's own."""
    file = ROOT / "LICENSE" if name == "Apache-2.0" else HERE / "licence_texts" / f"{name}.txt"
    return file.read_text(encoding="utf-8").rstrip()


def native_table() -> list[dict[str, object]]:
    """The libraries of native_licences.toml."""
    table = tomllib.loads((HERE / "native_licences.toml").read_text(encoding="utf-8"))
    return list(table["library"])


def native_components(folder: Path) -> tuple[list[Component], list[str]]:
    """The compiled libraries in a build, and files that nobody accounts for.

    Extension modules belong to the Python package that installed them, everything else must stand in the table.
    """
    table = native_table()
    owned = _extension_modules()
    found: dict[str, Component] = {}
    unknown = []
    for file in sorted(folder.rglob("*")):
        is_program = file.parent == folder and file.stem in ("birchtree", "birchtree-cli")
        if file.is_symlink() or not file.is_file() or not (is_program or _NATIVE.search(file.name)):
            continue
        entry = next((row for row in table if _is_of(row, file.name)), None)
        inside = file.relative_to(folder).as_posix().removeprefix("_internal/")
        if entry is not None:
            found.setdefault(str(entry["name"]), _native(entry))
        elif inside not in owned and "lib-dynload" not in inside and not inside.endswith(".pyd"):
            unknown.append(inside)
    return list(found.values()), unknown


def _is_of(entry: dict[str, object], name: str) -> bool:
    patterns = entry["files"]
    assert isinstance(patterns, list)
    is_module = re.search(r"\.(cpython-\d+|abi3)[^/]*\.so$|\.pyd$", name) is not None
    return not is_module and any(re.match(pattern, name.removeprefix("lib")) for pattern in patterns)


def _extension_modules() -> frozenset[str]:
    names = set()
    for name in closure(requirements()):
        for file in metadata.distribution(name).files or ():
            if _NATIVE.search(file.name) and ".libs" not in file.parts[0]:
                names.add(file.as_posix())
    return frozenset(names)


def _native(entry: dict[str, object]) -> Component:
    licence, told_by = str(entry["licence"]), str(entry.get("told_by", ""))
    name = str(entry.get("text", licence))
    text = f"Its licence stands under {told_by} in this file." if told_by else text_of(name) if name else ""
    told = ((name or licence, text),) if text else ((licence, str(entry["copyright"])),)
    return Component(str(entry["name"]), "", licence, str(entry["source"]), "native", told, str(entry["copyright"]))


def components(folder: Path | None = None) -> tuple[list[Component], list[str]]:
    """Everything inside, and what nobody accounts for; without `folder` the Python side alone."""
    known = [interpreter(), *(python_component(name) for name in closure(requirements()))]
    if folder is None:
        return known, []
    native, unknown = native_components(folder)
    told = {part.name.lower() for part in known}
    return [*known, *(part for part in native if part.name.lower() not in told)], unknown


# ---- judging and writing


def faults(everything: Iterable[Component]) -> list[str]:
    """What stands in the way of passing it on, in sentences."""
    told = []
    for part in everything:
        if problem := judge(part.licence):
            told.append(f"{part.name} {part.version}: {problem}.")
        elif not part.texts:
            told.append(f"{part.name} {part.version}: the text of its licence ({part.licence}) was not found.")
    return told


def notices(everything: Sequence[Component]) -> str:
    """The file of all licences."""
    rule = "=" * 100
    ordered = sorted(everything, key=lambda part: part.name.lower())
    lines = ["BirchTree is under the Apache License 2.0 (LICENSE). It carries the following along.", ""]
    lines += [f"  {part.name} {part.version}".ljust(44) + part.licence for part in ordered]
    lines += [
        "",
        "The libraries under the LGPL (Qt, PySide, GEOS) are separate files in this folder: you may replace each by",
    ]
    lines += [
        "your own build. Their sources are at the addresses below; the GNU GPL that the LGPL refers to ends this file."
    ]
    for part in ordered:
        lines += ["", rule, f"{part.name} {part.version}   {part.licence}   {part.source}".rstrip(), rule]
        lines += [part.copyright] if part.copyright else []
        for title, text in part.texts:
            lines += ["", f"--- {title}", "", text]
    lines += ["", rule, "GNU General Public License, version 3", rule, "", text_of("GPL-3.0"), ""]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None, say: Callable[[str], object] = print) -> int:
    """Check, and write the file beside a build; 1 when something stands in the way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only the Python packages that BirchTree depends on")
    parser.add_argument("--folder", type=Path, help="a build; its libraries are looked at, and the file is written")
    parser.add_argument("--allow-unlisted", action="store_true", help="name libraries that nobody accounts for, go on")
    given = parser.parse_args(arguments)
    everything, unknown = components(given.folder)
    told = faults(everything)
    for name in unknown:
        say(f"{name}: no package and no line of packaging/native_licences.toml accounts for it.")
    for sentence in told:
        say(sentence)
    if given.folder is not None:
        (given.folder / NOTICES).write_text(notices(everything), encoding="utf-8")
    ends_badly = bool(told) or (bool(unknown) and not given.allow_unlisted)
    say(f"Licences of {len(everything)} components: {'not' if ends_badly else 'all'} in order.")
    return int(ends_badly)


if __name__ == "__main__":
    sys.exit(main())
