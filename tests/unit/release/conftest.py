"""The modules of packaging/, which is no Python package: they are loaded from its folder."""

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]


@pytest.fixture
def load(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Imports a module of packaging/ by name."""
    monkeypatch.syspath_prepend(str(repository / "packaging"))
    monkeypatch.syspath_prepend(str(repository / "packaging" / "linux"))
    return importlib.import_module
