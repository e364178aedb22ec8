"""What commands say to programs that read it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from command_line import Birchtree


@pytest.fixture(scope="session")
def birchtree_json(birchtree: Birchtree) -> Callable[..., dict[str, Any]]:
    """Run a command with `--json` and read its object; fails the test when the command fails."""

    def run(*words: object) -> dict[str, Any]:
        done = birchtree(*words, "--json")
        assert done.returncode == 0, done.stderr
        facts: dict[str, Any] = json.loads(done.stdout)
        return facts

    return run
