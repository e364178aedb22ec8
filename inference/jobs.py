"""Progress and cancelling for long work, as one argument and without Qt."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from inference.errors import Cancelled

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a job stands: `done` of `total` steps of a stage; `eta_s` is None until it can be told."""

    stage: str
    done: int
    total: int
    eta_s: float | None = None
    note: str = ""


class CancelToken:
    """A flag that one thread sets and another looks at."""

    def __init__(self) -> None:
        self._event = threading.Event()
        # Changed by single operations alone and without a lock: `cancel` may come from a signal handler.
        self._stops: dict[object, Callable[[], None]] = {}

    def cancel(self) -> None:
        """Ask the work to stop at its next look."""
        self._event.set()
        for stop in tuple(self._stops.values()):
            stop()

    @contextmanager
    def stopping(self, stop: Callable[[], None]) -> Iterator[None]:
        """Call `stop` when the user asks to stop within the block: for work that cannot look at the token itself.

        `stop` must be quick and bear being called twice; it runs in whatever thread cancels.
        """
        key = object()
        self._stops[key] = stop
        try:
            if self.is_cancelled:
                stop()
            yield
        finally:
            del self._stops[key]

    @property
    def is_cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if the user asked to stop. Cheap: call it at least every 0.5 s of work."""
        if self._event.is_set():
            raise Cancelled


def _ignore(_: Progress) -> None:
    """Default receiver."""


@dataclass(slots=True)
class JobContext:
    """What a long function gets: where to report progress, and the token that stops it."""

    on_progress: Callable[[Progress], None] = _ignore
    cancel: CancelToken = field(default_factory=CancelToken)

    def track(self, items: Iterable[T], *, stage: str, total: int, already_done: int = 0) -> Iterator[T]:
        """Yield `items`, reporting after each and raising `Cancelled` between them.

        `total` counts all steps of the stage, `already_done` those finished in an earlier, interrupted run. The ETA is
        the mean time of the steps done in this call times the steps left.
        """
        started_s = time.monotonic()
        done = already_done
        self.on_progress(Progress(stage, done, total))
        for item in items:
            self.cancel.check()
            yield item
            done += 1
            mean_s = (time.monotonic() - started_s) / (done - already_done)
            self.on_progress(Progress(stage, done, total, eta_s=mean_s * max(total - done, 0)))
