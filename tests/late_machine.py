"""A pytest plugin that makes the window late, to find tests that count on its being quick; not part of any run.

    PYTHONPATH=tests .venv/bin/python -m pytest -p late_machine tests/gui

Pauses after which the window brings a text or a picture up to date last ten times as long, and every answer of a thread
comes 0.3 s later, as on a machine that others use. A test that fails under it and passes without it asserts too early.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6 import QtCore

_FACTOR, _LEAST_MS, _LONGEST_PAUSE_MS = 10, 500, 400
_ANSWER_S = 0.3


class LateTimer(QtCore.QTimer):
    """Waits longer where it is one of the window's short pauses."""

    def __init__(self, *arguments: Any, **properties: Any) -> None:
        interval_ms = properties.get("interval", 0)
        asker = sys._getframe(1).f_globals.get("__name__", "")
        if asker.startswith("birchtree_gui") and properties.get("singleShot") and 0 < interval_ms <= _LONGEST_PAUSE_MS:
            properties["interval"] = max(_FACTOR * interval_ms, _LEAST_MS)
        super().__init__(*arguments, **properties)


def pytest_configure() -> None:
    """Before any module of the window is imported."""
    QtCore.QTimer = LateTimer  # type: ignore[misc]
    from birchtree_gui.jobs.background import Background

    in_time = Background.run

    def run(self: Background, work: Callable[[], Any], done: Callable[[Any], Any], failed: Callable[..., Any]) -> int:
        def later() -> Any:
            time.sleep(_ANSWER_S)
            return work()

        return in_time(self, later, done, failed)

    Background.run = run  # type: ignore[method-assign]
