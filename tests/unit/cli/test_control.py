"""Stopping a command: signals and the window's word."""

import os
import signal
import subprocess
import sys

import pytest

from inference.cli.control import cancellable


def test_a_signal_sets_the_token_and_handlers_return() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with cancellable(listen_on_stdin=False) as token:
        os.kill(os.getpid(), signal.SIGTERM)
        assert token.is_cancelled
    assert signal.getsignal(signal.SIGTERM) is before


_CHILD = """
from inference.cli.control import cancellable
import time
with cancellable(listen_on_stdin=True) as token:
    print("ready", flush=True)
    deadline = time.monotonic() + 20
    while not token.is_cancelled and time.monotonic() < deadline:
        time.sleep(0.01)
    print("cancelled" if token.is_cancelled else "not", flush=True)
"""


def _child() -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_the_word_cancel_on_standard_input_stops() -> None:
    with _child() as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        out, err = child.communicate("cancel\n", timeout=30)
    assert (out, err, child.returncode) == ("cancelled\n", "", 0)


_QUICK = "from inference.cli.control import cancellable\nwith cancellable(listen_on_stdin=True):\n    pass\n"


def test_a_command_that_ends_first_does_not_hang_or_abort() -> None:
    with subprocess.Popen([sys.executable, "-c", _QUICK], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.wait(timeout=30) == 0
        assert child.stderr is not None
        assert child.stderr.read() == b""


@pytest.mark.parametrize("stdin", ["closed", "folder", "replaced"])
def test_without_a_real_standard_input_the_command_works(stdin: str) -> None:
    """As under a scheduler, in a notebook, or with `<&-`."""
    program = "import io, os, sys\n"
    program += {
        "closed": "os.close(0)\n",
        "folder": "os.dup2(os.open('.', os.O_RDONLY), 0)\n",
        "replaced": "sys.stdin = io.StringIO()\n",
    }[stdin]
    done = subprocess.run([sys.executable, "-c", program + _QUICK], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
