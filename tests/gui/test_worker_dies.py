"""A worker that is killed or falls asleep: the window says so, offers to go on, and nothing that was done is lost."""

import os
import signal
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from birchtree_gui.jobs.job_list import Job
from birchtree_gui.main_window import MainWindow

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "traits"))

from leafy_plots import install_tiny

RUN_MS = 120_000

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no signals to send to a worker")


def send_once(window: MainWindow, number: int, stage: str, done: int) -> list[int]:
    """Send the worker a signal as soon as it has come so far; the list then holds its process id."""
    jobs, sent = window.services.jobs, list[int]()

    def look(job: Job) -> None:
        progress = job.progress
        if not sent and progress is not None and progress.stage == stage and progress.done >= done:
            assert jobs._client is not None
            sent.append(jobs._client.process_id)
            os.kill(sent[0], number)

    jobs.changed.connect(look)
    return sent


def test_a_reading_of_traits_that_was_killed_is_resumed(plot_window: MainWindow, qtbot: QtBot) -> None:
    from inference import paths

    install_tiny(paths.data_dir() / "models", side_px=16, footprint_m=4.0, slow=3)
    document, runs, messages = plot_window.services.document, plot_window.services.runs, plot_window.messages
    table = document.table
    assert table is not None
    sent = send_once(plot_window, signal.SIGKILL, "read crowns", 0)
    with qtbot.waitSignal(runs.failed, timeout=RUN_MS) as told:
        runs.read_traits("tiny", again=True)
    assert sent
    assert told.args[1].code == "worker.died"
    qtbot.waitUntil(lambda: messages.current is not None and messages.current.action is not None, timeout=RUN_MS)
    run = runs.interrupted()
    assert run is not None
    assert (run.task, run.state) == ("measure", "running")
    assert plot_window.actions_by_name["models.resume"].isEnabled()
    with qtbot.waitSignal(runs.traitsRead, timeout=RUN_MS) as read:
        assert messages.current is not None
        assert messages.current.action is not None
        messages.current.action.trigger()
    assert read.args[0] == int(table.visible.sum())
    assert runs.interrupted() is None
    assert [run.state for run in document.project.runs() if run.task == "measure"] == ["done"]


def test_a_worker_that_sleeps_for_a_while_is_waited_for(plot_window: MainWindow, qtbot: QtBot) -> None:
    from inference import paths

    install_tiny(paths.data_dir() / "models", side_px=16, footprint_m=4.0, slow=3)
    runs = plot_window.services.runs
    failures: list[object] = []
    runs.failed.connect(lambda _title, failure: failures.append(failure))
    sent = send_once(plot_window, signal.SIGSTOP, "read crowns", 0)
    with qtbot.waitSignal(runs.traitsRead, timeout=RUN_MS):
        runs.read_traits("tiny")
        qtbot.waitUntil(lambda: bool(sent), timeout=RUN_MS)
        with qtbot.assertNotEmitted(runs.traitsRead, wait=1500):
            pass
        assert plot_window.services.jobs.running is not None
        os.kill(sent[0], signal.SIGCONT)
    assert failures == []
