"""The whole program as a user starts it: `python main.py gui PLOT`, closed by Ctrl-C in the terminal."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest


def _until(is_true: Callable[[], bool], limit_s: float = 40.0) -> None:
    deadline_s = time.monotonic() + limit_s
    while not is_true():
        assert time.monotonic() < deadline_s, "it did not come to that"
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_the_program_opens_a_plot_and_ends_on_ctrl_c(
    project_path: Path, birchtree_home: Path, repository: Path, tmp_path: Path
) -> None:
    log = tmp_path / "stderr.txt"
    with log.open("wb") as words:
        program = subprocess.Popen(
            [sys.executable, str(repository / "main.py"), "gui", str(project_path)],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stderr=words,
        )
    mark = birchtree_home / "data" / "session.pid"
    settings = birchtree_home / "config" / "settings.toml"
    _until(lambda: settings.exists() and "recent" in settings.read_text(encoding="utf-8"))
    assert mark.read_text(encoding="ascii") == str(program.pid)
    program.send_signal(signal.SIGINT)
    assert program.wait(timeout=30) == 0
    assert not mark.exists()
    assert (birchtree_home / "config" / "window.ini").exists()
    assert not list(project_path.parent.glob("*-wal"))
    assert "Traceback" not in log.read_text(encoding="utf-8")
