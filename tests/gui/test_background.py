"""Functions in threads whose answers arrive on the GUI thread."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from birchtree_gui.jobs.background import Background
from inference.errors import BirchtreeError, InputError


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background("test")
    yield made
    made.shut_down()


def refuse(_: object) -> None:
    raise AssertionError("not this one")


def test_answers_arrive_on_the_gui_thread(qtbot: QtBot, background: Background) -> None:
    seen: list[tuple[threading.Thread, threading.Thread]] = []
    background.run(threading.current_thread, lambda worker: seen.append((worker, threading.current_thread())), refuse)
    qtbot.waitUntil(lambda: bool(seen))
    worker, receiver = seen[0]
    assert receiver is threading.main_thread()
    assert worker is not receiver
    assert not background.is_busy


def test_errors_for_the_user_go_to_their_receiver(qtbot: QtBot, background: Background) -> None:
    def fail() -> None:
        raise InputError("test.bad", "no good")

    seen: list[BirchtreeError] = []
    background.run(fail, refuse, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].code == "test.bad"


def test_bugs_are_raised_again(qtbot: QtBot, background: Background) -> None:
    with qtbot.captureExceptions() as caught:
        background.run(lambda: 1 // 0, refuse, refuse)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_dropped_answers_never_arrive(qtbot: QtBot, background: Background) -> None:
    gate = threading.Event()
    ticket = background.run(gate.wait, refuse, refuse)
    background.drop(ticket)
    background.run(gate.wait, refuse, refuse)
    background.forget()
    seen: list[int] = []
    background.run(lambda: 7, seen.append, refuse)
    gate.set()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [7]
