"""The program as its user starts it: `python main.py ...` in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Birchtree = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def birchtree(repository: Path) -> Birchtree:
    """Run a command line; gives its exit code and what it wrote."""

    def run(*words: object) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, str(repository / "main.py"), *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)

    return run


@pytest.fixture
def birchtree_json(birchtree: Birchtree) -> Callable[..., dict[str, Any]]:
    """Run a command with `--json` and read its object; fails the test when the command fails."""

    def run(*words: object) -> dict[str, Any]:
        done = birchtree(*words, "--json")
        assert done.returncode == 0, done.stderr
        facts: dict[str, Any] = json.loads(done.stdout)
        return facts

    return run
