"""Two real processes: the second start hands its files over and ends; crashes and other users are no obstacle."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from birchtree_gui.main_window import MainWindow
from birchtree_gui.open_plots import OpenPlots
from birchtree_gui.single_instance import SingleInstance
from birchtree_gui.window_state import reachable

PATIENCE_MS = 120_000
REPOSITORY = Path(__file__).resolve().parents[2]
# A process that is first, says so, says what it is asked for, and ends when its input does.
FIRST = """
import sys, threading
from PySide6.QtCore import QCoreApplication
from birchtree_gui.single_instance import SingleInstance
application = QCoreApplication([])
instance = SingleInstance(application)
sys.stdout.write("first\\n" if instance.take() else "second\\n"); sys.stdout.flush()
def told(files):
    sys.stdout.write("|".join(map(str, files)) + "\\n"); sys.stdout.flush()
instance.asked.connect(told)
def wait():
    sys.stdin.read(); application.quit()
threading.Thread(target=wait, daemon=True).start()
application.exec()
"""
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from birchtree_gui.single_instance import SingleInstance
application = QCoreApplication([])
instance = SingleInstance(application)
taken = instance.take()
handed = False if taken else instance.hand_over([Path(word) for word in sys.argv[1:]])
sys.stdout.write(f"{taken} {handed} {instance.is_first}")
"""


def environment(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "BIRCHTREE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", **more}


@pytest.fixture
def first(birchtree_home: Path) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    started: list[subprocess.Popen[str]] = []

    def start(**more: str) -> "subprocess.Popen[str]":
        made = subprocess.Popen(
            [sys.executable, "-c", FIRST],
            cwd=REPOSITORY,
            env=environment(birchtree_home, **more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(made)
        return made

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def second(home: Path, *words: str, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SECOND, *words],
        cwd=REPOSITORY,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def line_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_files_are_handed_over(first: Callable[..., "subprocess.Popen[str]"], birchtree_home: Path) -> None:
    running = first()
    assert line_of(running) == "first"
    assert second(birchtree_home, "/plots/a b.birch.gpkg", "é.tif") == "False True False"
    assert line_of(running) == f"/plots/a b.birch.gpkg|{REPOSITORY / 'é.tif'}"


def test_a_crashed_window_blocks_nothing(first: Callable[..., "subprocess.Popen[str]"], birchtree_home: Path) -> None:
    running = first()
    assert line_of(running) == "first"
    running.kill()
    running.wait()
    assert second(birchtree_home) == "True False True"


def test_a_window_that_hangs_blocks_nothing(
    first: Callable[..., "subprocess.Popen[str]"], birchtree_home: Path
) -> None:
    running = first()
    assert line_of(running) == "first"
    os.kill(running.pid, 19)  # stopped: it lives, and answers nobody
    began_s = time.monotonic()
    taken, handed, _ = second(birchtree_home).split()
    assert (taken, handed) == ("False", "False")
    assert time.monotonic() - began_s < 60


@pytest.mark.skipif(sys.platform == "win32", reason="names of users come from the environment on Unix only")
def test_another_user_has_a_window_too(first: Callable[..., "subprocess.Popen[str]"], birchtree_home: Path) -> None:
    running = first(LOGNAME="anna")
    assert line_of(running) == "first"
    assert second(birchtree_home, LOGNAME="pekka") == "True False True"
    assert second(birchtree_home, LOGNAME="anna") == "False True False"


def test_rubbish_on_the_socket_is_refused(qtbot: QtBot, birchtree_home: Path) -> None:
    instance = SingleInstance()
    assert instance.take()
    heard: list[object] = []
    instance.asked.connect(heard.append)
    for words in (b"rubbish\n", b'{"files": [1]}\n', b'{"files": "x"}\n', json.dumps([1]).encode() + b"\n"):
        socket = QLocalSocket()
        socket.connectToServer(instance._name)
        qtbot.waitUntil(lambda socket=socket: socket.state() == QLocalSocket.LocalSocketState.ConnectedState)
        socket.write(words)
        qtbot.waitUntil(lambda socket=socket: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert heard == []
    instance.give_up()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_program_itself_ends_with_0(qtbot: QtBot, birchtree_home: Path, project_path: Path) -> None:
    command = [sys.executable, "main.py", "gui"]
    env = environment(birchtree_home)
    running = subprocess.Popen(command, cwd=REPOSITORY, env=env)
    try:
        qtbot.waitUntil(lambda: any(birchtree_home.glob("data/window-*.lock")), timeout=PATIENCE_MS)
        done = subprocess.run([*command, str(project_path)], cwd=REPOSITORY, env=env, check=False, timeout=240)
        assert done.returncode == 0
        # The first window opened the plot.
        qtbot.waitUntil(lambda: any(birchtree_home.glob("data/open/*.lock")), timeout=PATIENCE_MS)
    finally:
        running.terminate()
        assert running.wait(PATIENCE_MS // 1000) == 0


def test_a_plot_in_two_windows_is_told(qtbot: QtBot, plot_window: MainWindow) -> None:
    document = plot_window.services.document
    told: list[str] = []
    document.message.connect(lambda level, text: told.append(text))
    other = OpenPlots(document, plot_window)
    other._mark()
    assert any("another BirchTree window" in text for text in told)
    plot_window.app.open_plots.release()
    told.clear()
    other._mark()
    assert told == []
    other.release()


def test_a_plot_that_is_open_already_is_told(plot_window: MainWindow) -> None:
    path = plot_window.services.document.project.path
    plot_window.app.come_forward((path,))
    current = plot_window.messages.current
    assert current is not None
    assert "open already" in current.text


def test_a_window_out_of_reach_is_brought_back() -> None:
    small, second_screen = QRect(0, 0, 1366, 768), QRect(1366, 0, 1920, 1080)
    assert reachable(QRect(100, 100, 900, 600), [small]) is None
    assert reachable(QRect(1500, 100, 900, 600), [small, second_screen]) is None
    for lost in (QRect(1500, 100, 900, 600), QRect(-880, 0, 900, 600), QRect(100, -300, 900, 600)):
        made = reachable(lost, [small])
        assert made is not None
        assert small.contains(made)
    huge = reachable(QRect(5000, 5000, 4000, 3000), [small])
    assert huge is not None
    assert small.contains(huge)
    assert reachable(QRect(5000, 0, 10, 10), []) is None
