"""A program that is held by its standard input ends well when whoever started it is gone."""

import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import threading
from inference.cli.control import cancellable
with cancellable(listen_on_stdin=True, ends_with_it=True) as token:
    print("ready", flush=True)
    cancelled = threading.Event()
    with token.stopping(cancelled.set):
        print("cancelled" if cancelled.wait(60.0) else "went on", flush=True)
"""


def test_the_end_of_standard_input_stops_it(repository: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM], cwd=repository, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "ready\n"
        process.stdin.close()
        assert process.stdout.readline() == "cancelled\n"
