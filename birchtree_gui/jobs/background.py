"""Run functions in a few threads and deliver their results on the GUI thread; the window's only thread starter."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from inference.errors import BirchtreeError

T = TypeVar("T")
Receiver = Callable[[T], None]


class Background(QObject):
    """A small pool whose answers arrive as plain calls on the GUI thread.

    `run` may be called from the GUI thread only. Bugs in the work are raised again on the GUI thread, where the
    exception hook shows them; errors that a user can act on go to `failed`.
    """

    _ended = Signal(int, object)

    def __init__(self, name: str, parent: QObject | None = None, *, threads: int = 1) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=f"birchtree-{name}")
        self._waiting: dict[int, tuple[Receiver[Any], Receiver[BirchtreeError]]] = {}
        self._last_ticket = 0
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still awaited."""
        return bool(self._waiting)

    def run(self, work: Callable[[], T], done: Receiver[T], failed: Receiver[BirchtreeError]) -> int:
        """Start `work` in a thread; exactly one of `done` and `failed` is called later, unless it is dropped.

        Returns a ticket for `drop`.
        """
        self._last_ticket += 1
        ticket = self._last_ticket
        self._waiting[ticket] = (done, failed)
        future = self._pool.submit(work)
        future.add_done_callback(lambda ended: self._ended.emit(ticket, ended))
        return ticket

    def drop(self, ticket: int) -> None:
        """Forget who waits for an answer; the work itself runs to its end."""
        self._waiting.pop(ticket, None)

    def forget(self) -> None:
        """Drop all that waits; what has started runs to its end, and nobody hears of it."""
        self._waiting.clear()

    def shut_down(self) -> None:
        """Forget all that waits and end the threads; returns when the work in hand has ended."""
        self._waiting.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)

    @Slot(int, object)
    def _deliver(self, ticket: int, ended: Future[T]) -> None:
        receivers = self._waiting.pop(ticket, None)
        if receivers is None or ended.cancelled():
            return
        done, failed = receivers
        error = ended.exception()
        if error is None:
            done(ended.result())
        elif isinstance(error, BirchtreeError):
            failed(error)
        else:
            raise error
