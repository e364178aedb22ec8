"""Each dependency has its paragraph in docs/dependencies.md, and none brings the GPL or AGPL along."""

import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

COPYLEFT = re.compile(r"\bA?GPL", re.IGNORECASE)  # not LGPL: no word boundary inside it
PERMISSIVE_CHOICE = re.compile(r"\bLGPL", re.IGNORECASE)


@pytest.fixture
def project(repository: Path) -> dict[str, Any]:
    """The `[project]` table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    return table["project"]


def closure(requirements: list[str]) -> set[str]:
    """Names of everything that `requirements` pull in on this machine."""
    found: set[str] = set()
    waiting = [Requirement(line) for line in requirements]
    while waiting:
        requirement = waiting.pop()
        needed = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if not needed or requirement.name.lower() in found:
            continue
        found.add(requirement.name.lower())
        waiting += [Requirement(line) for line in metadata.distribution(requirement.name).requires or ()]
    return found


def licence_of(name: str) -> str:
    """What a package says of its licence: the expression, else the classifiers, else the text's first line."""
    about = metadata.distribution(name).metadata
    classifiers = [line for line in about.get_all("Classifier", []) if line.startswith("License")]
    text = about.get("License", "").split("\n")[0]
    return about.get("License-Expression") or "; ".join(classifiers) or text


def test_every_direct_dependency_has_its_paragraph(repository: Path, project: dict[str, Any]) -> None:
    text = (repository / "docs" / "dependencies.md").read_text(encoding="utf-8")
    headings = {line[4:].strip().lower() for line in text.splitlines() if line.startswith("### ")}
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    named = {Requirement(line).name.lower() for line in [*project["dependencies"], *extras]}
    assert named - headings == set()
    assert headings - named == set(), "a paragraph on a package that is not used"


def test_nothing_that_is_shipped_is_under_the_gpl_alone(project: dict[str, Any]) -> None:
    licences = {name: licence_of(name) for name in closure(project["dependencies"])}
    assert len(licences) >= len(project["dependencies"]) - 1  # one of the two PySide6 lines applies
    assert all(licences.values()), licences
    copyleft = {
        name: licence
        for name, licence in licences.items()
        if COPYLEFT.search(licence) and not PERMISSIVE_CHOICE.search(licence)
    }
    assert copyleft == {}
