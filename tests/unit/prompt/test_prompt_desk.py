"""The desk between the window and a session: the newest request wins, errors are answers, closing ends both loops."""

import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click_plots import at, box_at, session_of, write_click_plot
from factories_disc_model import GSD_M, write_disc_model

from inference.plot.plot import Plot
from inference.prompt.base import Prompt
from inference.prompt.desk import Answer, PromptDesk
from inference.prompt.service import PromptSession

WAIT_S = 20.0


class Stage:
    """A desk whose loops run in two threads, and the answers in their order."""

    def __init__(self, session: PromptSession) -> None:
        self.session = session
        self.answers: queue.Queue[Answer] = queue.Queue()
        self.desk = PromptDesk(session, self.answers.put)
        self.threads = [threading.Thread(target=loop) for loop in (self.desk.answer_requests, self.desk.embed_ahead)]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.desk.close()
        for thread in self.threads:
            if thread.ident is not None:
                thread.join(WAIT_S)
            assert not thread.is_alive()

    def next(self, *kinds: str) -> Answer:
        while True:
            answer = self.answers.get(timeout=WAIT_S)
            if answer.kind in kinds:
                return answer


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Plot.open(write_click_plot(tmp_path / "plot", elevation=False)) as plot:
        made = Stage(session_of(plot, write_disc_model(tmp_path), tmp_path / "cache"))
        yield made
        made.stop()
        made.session.close()


def test_a_click_is_answered_with_its_ticket(stage: Stage) -> None:
    stage.start()
    prompt = Prompt().including(at(20.0, 30.0))
    ticket = stage.desk.click(prompt)
    answer = stage.next("click")
    assert (answer.ticket, answer.prompt) == (ticket, prompt)
    assert answer.result is not None


def test_of_requests_that_wait_only_the_newest_is_answered(stage: Stage) -> None:
    stage.desk.click(Prompt().including(at(20.0, 30.0)))
    stage.desk.hover(at(1.0, 1.0))
    newest = stage.desk.click(Prompt().including(at(21.0, 30.0)))
    assert stage.desk.hover(at(2.0, 2.0)) == 0  # a click waits
    stage.start()
    assert stage.next("click", "hover").ticket == newest
    assert stage.answers.empty()


def test_a_hover_gives_a_ghost_where_the_place_is_ready(stage: Stage) -> None:
    stage.start()
    stage.desk.hover(at(20.0, 30.0))
    assert stage.next("hover").outline is None
    stage.desk.click(Prompt().including(at(20.0, 30.0)))
    stage.next("click")
    ticket = stage.desk.hover(at(21.0, 31.0))
    answer = stage.next("hover")
    assert answer.ticket == ticket
    assert answer.outline is not None


def test_the_view_is_embedded_ahead_with_word_of_each_window(stage: Stage) -> None:
    stage.start()
    stage.desk.view(box_at(15.0, 15.0, 40.0, 40.0), GSD_M)
    stage.next("embedded")
    stage.desk.view(box_at(15.0, 15.0, 30.0, 30.0), GSD_M)
    while stage.session.pending():
        stage.next("embedded")
    assert stage.session.ready_for(at(20.0, 20.0))


def test_a_view_that_changes_while_the_encoder_works_is_followed(stage: Stage) -> None:
    stage.desk.view(box_at(0.0, 0.0, 60.0, 60.0), GSD_M)
    stage.start()
    stage.desk.view(box_at(40.0, 40.0, 45.0, 45.0), GSD_M)
    while not stage.session.ready_for(at(42.0, 42.0)):
        stage.next("embedded")


def test_an_error_is_an_answer_and_the_desk_goes_on(stage: Stage) -> None:
    stage.start()
    ticket = stage.desk.click(Prompt().including(at(-900.0, 0.0)).including(at(900.0, 0.0)))
    answer = stage.next("failed", "click")
    assert answer.kind == "failed"
    assert answer.ticket == ticket
    assert answer.error is not None
    assert answer.error.code == "prompt.too_wide"
    stage.desk.click(Prompt().including(at(20.0, 30.0)))
    assert stage.next("click").result is not None


def test_a_damaged_model_is_told_once_for_a_view(tmp_path: Path) -> None:
    with Plot.open(write_click_plot(tmp_path / "plot", elevation=False)) as plot:
        session = session_of(plot, write_disc_model(tmp_path), tmp_path / "cache")
        session._segmenter._encoder_path.write_bytes(b"no graph")  # type: ignore[attr-defined]
        stage = Stage(session)
        stage.start()
        stage.desk.view(box_at(15.0, 15.0, 40.0, 40.0), GSD_M)
        answer = stage.next("failed")
        assert answer.ticket == 0
        assert answer.error is not None
        stage.stop()
        assert stage.answers.empty()


def test_dropping_forgets_what_waits(stage: Stage) -> None:
    stage.desk.click(Prompt().including(at(20.0, 30.0)))
    stage.desk.drop()
    stage.start()
    ticket = stage.desk.click(Prompt().including(at(22.0, 30.0)))
    assert stage.next("click").ticket == ticket


def test_a_click_elsewhere_goes_before_the_view(stage: Stage) -> None:
    stage.desk.view(box_at(0.0, 0.0, 60.0, 60.0), GSD_M)
    ticket = stage.desk.click(Prompt().including(at(55.0, 55.0)))
    stage.start()
    assert stage.next("click").ticket == ticket
    while stage.session.pending():
        stage.next("embedded")
