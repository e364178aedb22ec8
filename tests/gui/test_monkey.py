"""Random keys and mouse events in the real window: no crash, no hang, no Qt warning, no logged error, a sound plot."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import shapely
from monkey import Monkey
from pytestqt.qtbot import QtBot

from birchtree_gui.jobs import worker_client
from birchtree_gui.main_window import MainWindow
from inference.project.store import Project

_LONG_MS = 3_000_000


def let_loose(window: MainWindow, qtbot: QtBot, seed: int, count: int) -> Monkey:
    window.activateWindow()
    window.map.setFocus()
    trail = Path("trail.txt")
    monkey = Monkey(window, seed, count, trail)
    monkey.start()
    with qtbot.captureExceptions() as raised:
        qtbot.waitUntil(lambda: monkey.is_over or bool(raised), timeout=_LONG_MS)
    if raised:
        print("".join(trail.read_text().splitlines(keepends=True)[-12:]))
        monkey.stop()
        raise raised[0][1]
    return monkey


def check_sound(window: MainWindow, path: Path) -> None:
    """What is in memory is what is in the file, which is whole."""
    document = window.services.document
    if document.is_open:
        assert document.table is not None
        with Project.open(document.project.path, read_only=True) as project:
            assert project.table.crowns() == document.table.crowns()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Project.open(path) as project:
        assert shapely.is_valid([crown.outline for crown in project.table.crowns()]).all()
        while project.undo() is not None:
            pass


@pytest.fixture
def caged(plot_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The window in a folder of its own; commands end at once, as a worker does that cannot work."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(worker_client, "command_line", lambda: ["/bin/false"])
    return plot_window


def test_a_monkey_at_the_window(caged: MainWindow, project_path: Path, qtbot: QtBot) -> None:
    monkey = let_loose(caged, qtbot, seed=int(os.environ.get("BIRCHTREE_MONKEY_SEED", "1")), count=800)
    assert monkey.done.total() >= 800
    check_sound(caged, project_path)


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_ten_thousand_events_of_a_monkey(caged: MainWindow, project_path: Path, qtbot: QtBot) -> None:
    monkey = let_loose(caged, qtbot, seed=2026, count=10_000)
    print(dict(monkey.done))
    assert monkey.done.total() >= 10_000
    check_sound(caged, project_path)
