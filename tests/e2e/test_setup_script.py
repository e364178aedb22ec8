"""`packaging/setup_env.sh` and its neighbours: what a newcomer reads when something is missing."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the scripts are for Linux and macOS")

TOOLS = ("bash", "cat", "dirname", "env", "id", "tail", "uname")


@pytest.fixture
def checkout(tmp_path: Path, repository: Path) -> Path:
    """A checkout without .venv, in a folder with a space."""
    folder = tmp_path / "bir ch"
    shutil.copytree(repository / "packaging", folder / "packaging")
    shutil.copy(repository / "pyproject.toml", folder)
    return folder


def set_up(checkout: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "packaging/setup_env.sh"],
        cwd=checkout,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def fake_python(folder: Path, *, exit_code: int) -> Path:
    path = folder / "python3"
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    path.chmod(0o755)
    return path


def test_without_a_suitable_python_it_says_which_one_is_needed(checkout: Path, tmp_path: Path) -> None:
    """A shim of a version manager that starts nothing does not count as Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (folder / tool).symlink_to(found)
    fake_python(folder, exit_code=127)
    done = set_up(checkout, {"PATH": str(folder)})
    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_named_python_that_does_not_do_is_refused(checkout: Path, tmp_path: Path) -> None:
    done = set_up(checkout, {**os.environ, "PYTHON": str(fake_python(tmp_path, exit_code=1))})
    assert done.returncode != 0
    assert "is not a Python of version 3.11 or newer" in done.stderr


def test_when_pip_fails_its_last_lines_and_what_to_do_are_shown(checkout: Path) -> None:
    """And no stamp is left, so that the next call tries again."""
    offline = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(checkout), "PIP_CONFIG_FILE": os.devnull}
    done = set_up(checkout, offline)
    assert done.returncode != 0
    assert "No matching distribution found" in done.stderr
    assert "run the same command again" in done.stderr
    assert not (checkout / ".venv" / "birchtree-stamp").exists()


@pytest.mark.parametrize("script", ["packaging/setup_env.sh", "packaging/demo.sh", "packaging/lint.sh", ".ci/run"])
def test_scripts_parse_and_can_be_started(repository: Path, script: str) -> None:
    subprocess.run(["bash", "-n", script], cwd=repository, check=True)
    assert os.access(repository / script, os.X_OK)
