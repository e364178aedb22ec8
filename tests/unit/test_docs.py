"""The documentation keeps up with the program: columns, commands, exit codes, targets, links and pictures."""

import re
from pathlib import Path

import pytest

from inference.cli import program
from inference.errors import ExitCode
from inference.formats.schema import FIELDS, LONG_FIELDS

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = [REPOSITORY / "README.md", REPOSITORY / "CHANGELOG.md", *sorted((REPOSITORY / "docs").glob("*.md"))]


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
def test_files_that_are_named_exist(path: Path) -> None:
    """Paths in back quotes, from the root or from within the engine or the window."""
    named = set(re.findall(r"`((?:[a-z_.]+/)+(?:[a-z_]+\.(?:py|sh|txt|csv))?)`", path.read_text(encoding="utf-8")))
    named -= {"demo_out/"}  # made by `make demo`
    roots = [REPOSITORY / name for name in (".", "inference", "birchtree_gui", "tests")]
    assert sorted(name for name in named if not any((root / name).exists() for root in roots)) == []
