"""Stopping a command cleanly: Ctrl-C, a termination signal, or the line "cancel" from the window."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from inference.jobs import CancelToken


def _listen(token: CancelToken, descriptor: int, *, ends_with_it: bool) -> None:
    """Read standard input until "cancel" comes or the parent closes it.

    `os.read` instead of `sys.stdin`: a thread blocked inside a buffered reader holds its lock, and the interpreter
    aborts when it cannot take that lock at exit.
    """
    received = b""
    try:
        while chunk := os.read(descriptor, 1024):
            received += chunk
            if b"cancel" in received.split():
                token.cancel()
                return
    except OSError:  # a folder, or a descriptor that somebody closed: nobody can say "cancel" there
        return
    if ends_with_it:
        token.cancel()


def _input_descriptor() -> int | None:
    """Standard input's descriptor; None where there is none: closed, or replaced by something that is no file."""
    try:
        return None if sys.stdin is None else sys.stdin.fileno()
    except (OSError, ValueError):
        return None


@contextmanager
def cancellable(*, listen_on_stdin: bool, ends_with_it: bool = False) -> Iterator[CancelToken]:
    """A token that the first Ctrl-C or SIGTERM sets; a second Ctrl-C ends the process at once.

    Args:
        listen_on_stdin: also obey a line "cancel"; used by the window, whose signals cannot reach us on Windows.
        ends_with_it: also stop when standard input is closed, as it is when the program that started us has died.
    """
    token = CancelToken()

    def stop(number: int, _frame: FrameType | None) -> None:
        if token.is_cancelled and number == signal.SIGINT:
            raise KeyboardInterrupt
        token.cancel()

    numbers = [signal.SIGINT, signal.SIGTERM]
    in_main_thread = threading.current_thread() is threading.main_thread()
    before = {number: signal.signal(number, stop) for number in numbers} if in_main_thread else {}
    descriptor = _input_descriptor() if listen_on_stdin else None
    if descriptor is not None:
        arguments, more = (token, descriptor), {"ends_with_it": ends_with_it}
        threading.Thread(target=_listen, args=arguments, kwargs=more, name="cancel-listener", daemon=True).start()
    try:
        yield token
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
