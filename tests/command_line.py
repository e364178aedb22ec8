"""The program as its user starts it: `python main.py ...` in a process of its own."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Birchtree = Callable[..., "subprocess.CompletedProcess[str]"]
"""Runs a command line; gives its exit code and what it wrote."""

_LIMIT_S = 240


def birchtree_in(repository: Path) -> Birchtree:
    """Starts this checkout's program; words make its command line, keywords go to `subprocess.run`."""

    def run(*words: object, **more: Any) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, str(repository / "main.py"), *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, timeout=_LIMIT_S, check=False, **more)

    return run
