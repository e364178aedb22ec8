"""Real write protection, for root too: permission bits for others, the immutable attribute for root."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def write_protected(path: Path) -> Iterator[None]:
    """Nothing can write to `path` (a folder: make or remove files in it); skips the test where that cannot be done."""
    if os.geteuid() == 0:
        if subprocess.run(["chattr", "+i", path], capture_output=True, check=False).returncode != 0:
            pytest.skip("this file system cannot be write-protected against root (chattr +i)")
        try:
            yield
        finally:
            subprocess.run(["chattr", "-i", path], check=True)
    else:
        mode = path.stat().st_mode
        path.chmod(mode & ~0o222)
        try:
            yield
        finally:
            path.chmod(mode)
