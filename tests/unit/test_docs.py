"""The documentation keeps up with the program: columns, commands, exit codes, targets, links and pictures."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from birchtree_gui.manual.pages import headings_of
from inference.cli import program
from inference.errors import ExitCode
from inference.formats.schema import FIELDS, LONG_FIELDS

REPOSITORY = Path(__file__).resolve().parents[2]
DOCS = REPOSITORY / "docs"
PAGES = [REPOSITORY / "README.md", REPOSITORY / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
# Where an error's code stands in a call: InputError("raster.missing", ...), or a function that makes one.
_ERROR_MAKERS = re.compile(r"Error$|Finding$|^Refusal$|^EditConflict$|^_\w*(error|refused|bad)$")


def page(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def test_every_column_is_explained_under_both_names() -> None:
    rows = [line for line in page("docs/formats.md").splitlines() if line.startswith("|")]
    short = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    long = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[2])}
    assert {field.short for field in FIELDS} <= short
    assert {field.name for field in LONG_FIELDS} <= long


def test_every_command_is_explained() -> None:
    text = page("docs/command-line.md")
    assert [name for name in program._COMMANDS if not re.search(rf"`\[?{name}\b", text)] == []


@pytest.mark.parametrize("name", ["README.md", "docs/command-line.md"])
def test_every_exit_code_is_explained(name: str) -> None:
    text = page(name)
    assert all(f"**{code}**" in text or f"| {code} |" in text for code in map(int, ExitCode))


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))
    for path in PAGES:
        named = re.findall(r"(?:`|^)make ([a-z]+)\b", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert set(named) <= targets, path.name


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_and_pictures_are_there(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_to_headings_meet_one(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]*\.md)?#([^)]+)\)", path.read_text(encoding="utf-8"))
    lost = [
        f"{name}#{anchor}"
        for name, anchor in links
        if anchor not in headings_of((path.parent / name if name else path).read_text(encoding="utf-8"))
    ]
    assert lost == []


def test_every_family_of_errors_is_in_the_troubleshooting() -> None:
    families = set()
    for path in (file for package in ("inference", "birchtree_gui", "training") for file in package_files(package)):
        for call in (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if is_error(node)):
            families.add(call.args[0].value.split(".")[0])  # type: ignore[attr-defined]
    assert len(families) > 40
    text = page("docs/troubleshooting.md")
    assert sorted(name for name in families if f"`{name}." not in text) == []


def package_files(package: str) -> list[Path]:
    return sorted((REPOSITORY / package).rglob("*.py"))


def is_error(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
        return False
    name, code = getattr(node.func, "id", getattr(node.func, "attr", "")), node.args[0].value
    is_code = isinstance(code, str) and bool(re.fullmatch(r"[a-z_]+\.[a-z_]+", code))
    return is_code and bool(_ERROR_MAKERS.search(name))


def test_the_page_on_accuracy_has_the_figures_of_the_tables() -> None:
    made = subprocess.run(
        [
            sys.executable,
            "-c",
            "import accuracy_page as a; print(a.renewed(a.PAGE.read_text(encoding='utf-8')), end='')",
        ],
        cwd=DOCS,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert made.stdout == page("docs/accuracy-limits.md"), "run: python docs/accuracy_page.py"


def test_the_first_page_leads_to_every_chapter_of_the_site() -> None:
    named = re.findall(r"^ +- [^:]+: (\S+\.md)$", page("mkdocs.yml"), re.MULTILINE)
    assert len(named) > 30
    assert [name for name in named[1:] if f"({name})" not in page("docs/index.md")] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_files_that_are_named_exist(path: Path) -> None:
    """Paths in back quotes, from the root or from within the engine or the window."""
    named = set(re.findall(r"`((?:[a-z_.]+/)+(?:[a-z_]+\.(?:py|sh|txt|csv))?)`", path.read_text(encoding="utf-8")))
    named -= {"demo_out/"}  # made by `make demo`
    roots = [REPOSITORY / name for name in (".", "inference", "birchtree_gui", "tests")]
    assert sorted(name for name in named if not any((root / name).exists() for root in roots)) == []
