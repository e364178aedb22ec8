"""Takes requests from the window and answers the newest: plain threads run its two loops, no Qt in it.

One loop answers clicks and hovers, the other embeds the view ahead: a hover is answered while the encoder works.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import shapely

from inference.errors import BirchtreeError, Cancelled
from inference.jobs import CancelToken
from inference.plot.grid import Bounds
from inference.prompt.base import Place, Prompt, PromptResult
from inference.prompt.service import PromptSession

Kind = Literal["click", "hover", "embedded", "failed"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request.

    Attributes:
        kind: "click" and "hover" answer one; "embedded" says that a window of the view has become ready; "failed" that
            a request ended with an error.
        ticket: what `click` or `hover` returned; 0 for windows of the view. An answer is stale when its ticket is not
            that of the last request of its kind: drop it.
        prompt: what was asked.
        result: of a click; None when nothing is there.
        outline: of a hover; None where the place is not ready.
        error: of "failed".
    """

    kind: Kind
    ticket: int
    prompt: Prompt | None = None
    result: PromptResult | None = None
    outline: shapely.Polygon | None = None
    error: BirchtreeError | None = None


@dataclass(frozen=True, slots=True)
class _Request:
    kind: Literal["click", "hover"]
    ticket: int
    prompt: Prompt
    cancel: CancelToken


class PromptDesk:
    """The newest request wins: a click ends an older click and any hover; a hover replaces the one that waits.

    `deliver` is called in the loops' threads; it must only hand the answer on (emit a signal).
    """

    def __init__(self, session: PromptSession, deliver: Callable[[Answer], None]) -> None:
        self._session = session
        self._deliver = deliver
        self._changed = threading.Condition()
        self._waiting: _Request | None = None
        self._running: _Request | None = None
        self._ticket = 0
        self._has_view = False
        self._resume_ahead = False
        self._ahead = CancelToken()
        self._closed = False

    def click(self, prompt: Prompt) -> int:
        """Ask for a crown; returns the ticket of the answer."""
        return self._ask("click", prompt)

    def hover(self, xy_crs: Place) -> int:
        """Ask for the preview at a place; returns the ticket, or 0 when it is not answered because a click is."""
        return self._ask("hover", Prompt().including(xy_crs))

    def view(self, bounds_crs: Bounds, gsd_m: float) -> None:
        """The view has changed; see `PromptSession.set_view`. Call it when the view has come to rest."""
        with self._changed:
            self._session.set_view(bounds_crs, gsd_m)
            self._ahead.cancel()
            self._ahead = CancelToken()
            self._has_view = True
            self._changed.notify_all()

    def drop(self) -> None:
        """Nobody waits for an answer any more (Esc, another tool)."""
        with self._changed:
            self._waiting = None
            if self._running is not None:
                self._running.cancel.cancel()

    def close(self) -> None:
        """End both loops; they return within one operator of a graph. The session stays open: close it after them."""
        with self._changed:
            self._closed = True
            self._waiting = None
            self._ahead.cancel()
            if self._running is not None:
                self._running.cancel.cancel()
            self._changed.notify_all()

    def answer_requests(self) -> None:
        """The loop that answers clicks and hovers, until `close`."""
        while (request := self._next_request()) is not None:
            try:
                answer = self._answered(request)
            except Cancelled:
                continue
            except BirchtreeError as error:
                answer = Answer("failed", request.ticket, request.prompt, error=error)
            finally:
                self._finished()
            self._deliver(answer)

    def embed_ahead(self) -> None:
        """The loop that embeds the view, until `close`; after an error it rests until the view changes."""
        while (cancel := self._next_view()) is not None:
            try:
                while self._session.embed_next(cancel):
                    self._deliver(Answer("embedded", 0))
            except Cancelled:
                continue
            except BirchtreeError as error:
                self._deliver(Answer("failed", 0, error=error))

    def _ask(self, kind: Literal["click", "hover"], prompt: Prompt) -> int:
        with self._changed:
            busy = [one for one in (self._waiting, self._running) if one is not None]
            if kind == "hover" and any(one.kind == "click" for one in busy):
                return 0
            self._ticket += 1
            # A hover in work is let finish: were each ended by the next, a moving mouse would never see one.
            if kind == "click" and self._running is not None:
                self._running.cancel.cancel()
            self._waiting = _Request(kind, self._ticket, prompt, CancelToken())
            self._changed.notify_all()
            return self._ticket

    def _answered(self, request: _Request) -> Answer:
        if request.kind == "hover":
            (place,) = request.prompt.places(include=True).tolist()
            outline = self._session.hover((place[0], place[1]), request.cancel)
            return Answer("hover", request.ticket, request.prompt, outline=outline)
        self._make_way_for(request.prompt)
        return Answer(
            "click", request.ticket, request.prompt, result=self._session.propose(request.prompt, request.cancel)
        )

    def _make_way_for(self, prompt: Prompt) -> None:
        """A click that needs the encoder does not wait for a window that is only embedded ahead."""
        if prompt.says_where and not self._session.answers_soon(prompt):
            with self._changed:
                self._ahead.cancel()
                self._ahead = CancelToken()
                self._resume_ahead = True

    def _finished(self) -> None:
        with self._changed:
            self._running = None
            if self._resume_ahead:
                self._resume_ahead, self._has_view = False, True
                self._changed.notify_all()

    def _next_request(self) -> _Request | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._waiting is not None)
            if self._closed:
                return None
            self._running, self._waiting = self._waiting, None
            return self._running

    def _next_view(self) -> CancelToken | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._has_view)
            self._has_view = False
            return None if self._closed else self._ahead
