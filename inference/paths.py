"""Where BirchTree keeps its own files: settings, cache, logs, models; `BIRCHTREE_HOME` moves them all to one folder."""

import contextlib
import os
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("BirchTree", appauthor=False)


def _folder(name: str, default: str) -> Path:
    home = os.environ.get("BIRCHTREE_HOME")
    folder = Path(home) / name if home else Path(default)
    # A write-protected home or a full disk: whoever writes there finds out, and most of it can be done without.
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def cache_dir() -> Path:
    """Files that can be made again: overviews, ground estimates, embeddings."""
    return _folder("cache", _DIRS.user_cache_dir)


def config_dir() -> Path:
    """Settings and the list of recent plots."""
    return _folder("config", _DIRS.user_config_dir)


def data_dir() -> Path:
    """Models and the sample plot."""
    return _folder("data", _DIRS.user_data_dir)


def log_dir() -> Path:
    """Rotating logs."""
    return _folder("log", _DIRS.user_log_dir)
