"""The connection to a scheduler of Dask distributed: orders out, results back, whatever becomes of single workers."""

import logging
import queue
import time
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeVar

from inference.errors import InputError
from inference.fleet import failures
from inference.fleet.orders import Order, Refusal, difference, versions
from inference.jobs import CancelToken

AnyOrder = TypeVar("AnyOrder", bound=Order)
Given = TypeVar("Given")

_CONNECT_S = 10.0
_LOOK_S = 0.5  # how often a wait looks at the token
_FETCH_S = 5.0
_ROLL_CALL_S = 5.0  # how often workers are counted
_TRIES = 3
_AHEAD = 3  # pieces of work per worker thread that are with the scheduler: none idles, and a cancel has little to undo
_LOGGER_NAMES = ("distributed", "tornado")


@dataclass(slots=True)
class _Open:
    """One stream of orders: what is with the scheduler, and what came back."""

    orders: dict[Any, Any] = field(default_factory=dict)
    tries: dict[Any, int] = field(default_factory=dict)
    done: "queue.SimpleQueue[Any]" = field(default_factory=queue.SimpleQueue)


class FleetLink:
    """A scheduler with workers. May be used from several threads."""

    def __init__(self, client: Any, address: str, patience_s: float) -> None:
        self._client = client
        self._address = address
        self._patience_s = patience_s
        self._ours: Mapping[str, str] = versions()

    @classmethod
    def connect(cls, address: str, *, patience_s: float, cancel: CancelToken) -> Self:
        """Connect, wait for a worker, and compare versions.

        Args:
            address: of the scheduler, such as tcp://10.0.0.5:8786.
            patience_s: how long to wait for a worker, now and when all of them are lost.
            cancel: ends the waiting.

        Raises:
            InputError: Dask is not installed, nobody answers there, no worker came, or one has other versions.
            Cancelled: the user stopped it.
        """
        client = _client(address)
        link = cls(client, address, patience_s)
        try:
            link._wait_for_a_worker(cancel)
            link._compare_versions()
        except BaseException:
            link.close()
            raise
        return link

    @property
    def threads(self) -> int:
        """How many pieces of work the workers do at once now."""
        return sum(int(facts.get("nthreads", 1)) for facts in self._workers().values())

    def run(
        self,
        work: Callable[[AnyOrder, Mapping[str, str]], Given | Refusal],
        orders: Iterable[AnyOrder],
        cancel: CancelToken,
    ) -> Generator[Given, None, None]:
        """Have orders done, in any order; the work of a worker that is lost is given to another one.

        Args:
            work: of `inference.fleet.worker`.
            orders: pieces of work.
            cancel: stops it; what workers are at is finished there and thrown away.

        Raises:
            Cancelled: the user stopped it.
            BirchtreeError: a piece cannot be done, or there is nobody left to do it.
        """
        waiting = deque(orders)
        opened = _Open()
        roll_call_s, seen_s, room = -_ROLL_CALL_S, time.monotonic(), 0
        try:
            while waiting or opened.orders:
                cancel.check()
                if time.monotonic() - roll_call_s >= _ROLL_CALL_S:
                    threads, roll_call_s = self.threads, time.monotonic()
                    seen_s = roll_call_s if threads else seen_s
                    room = max(room, _AHEAD * threads)
                    if roll_call_s - seen_s > self._patience_s:
                        raise failures.all_lost(self._address, self._patience_s)
                while waiting and len(opened.orders) < room:
                    self._send(work, waiting.popleft(), opened, tries=0)
                try:
                    future = opened.done.get(timeout=_LOOK_S)
                except queue.Empty:
                    continue
                given = self._taken(future, work, opened)
                if given is not None:
                    yield given
        finally:
            self._give_up(opened)

    def _send(self, work: Callable[..., Any], order: Order, opened: _Open, *, tries: int) -> None:
        future = self._client.submit(work, order, self._ours, pure=False)
        opened.orders[future], opened.tries[future] = order, tries
        future.add_done_callback(opened.done.put)

    def _taken(self, future: Any, work: Callable[..., Given | Refusal], opened: _Open) -> Given | None:
        """What came back; None where it has to be waited for again."""
        given = self._fetched(future, opened)
        if given is None:
            return None
        order, tries = opened.orders.pop(future), opened.tries.pop(future)
        future.release()
        if not isinstance(given, Refusal):
            result: Given = given
            return result
        if not given.may_pass or tries + 1 >= _TRIES:
            raise failures.refused(given, order)
        self._send(work, order, opened, tries=tries + 1)
        return None

    def _fetched(self, future: Any, opened: _Open) -> Any:
        from distributed.scheduler import KilledWorker

        try:
            return future.result(timeout=_FETCH_S)
        except KilledWorker as error:
            raise failures.killed(opened.orders[future], str(error)) from error
        except TimeoutError:  # its worker was lost with the result; it is being done again
            future.add_done_callback(opened.done.put)
            return None
        except Exception as error:
            if future.cancelled() or self._client.status != "running":
                raise failures.scheduler_lost(self._address) from error
            raise

    def _give_up(self, opened: _Open) -> None:
        if opened.orders and self._client.status == "running":
            self._client.cancel(list(opened.orders), force=True)
        opened.orders.clear()

    def _workers(self) -> Mapping[str, Mapping[str, Any]]:
        if self._client.status != "running":
            raise failures.scheduler_lost(self._address)
        try:
            found: Mapping[str, Mapping[str, Any]] = self._client.scheduler_info(n_workers=-1)["workers"]
        except OSError as error:
            raise failures.scheduler_lost(self._address) from error
        return found

    def _wait_for_a_worker(self, cancel: CancelToken) -> None:
        patience_ends_s = time.monotonic() + self._patience_s
        while not self._workers():
            cancel.check()
            if time.monotonic() > patience_ends_s:
                raise failures.no_workers(self._address, self._patience_s)
            time.sleep(_LOOK_S)

    def _compare_versions(self) -> None:
        for address, theirs in self._client.run(versions, on_error="return").items():
            if isinstance(theirs, ImportError):
                raise failures.no_birchtree(address, str(theirs))
            if isinstance(theirs, BaseException):
                raise theirs
            changed = difference(self._ours, theirs)
            if changed:
                raise failures.other_versions(address, changed)

    def close(self) -> None:
        """Leave the scheduler; its workers stay."""
        self._client.close(timeout=_FETCH_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise failures.not_installed() from error
    # Dask tells every worker that comes and goes on standard error; what matters arrives here as an error.
    for name in _LOGGER_NAMES:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on versions, which are compared here
        try:
            return Client(address, timeout=_CONNECT_S, set_as_default=False, name="birchtree")
        except (OSError, ValueError, TimeoutError) as error:
            raise failures.unreachable(address, error) from error
        except TypeError as error:  # an address that cannot be taken apart
            raise InputError("fleet.address", "{address} is no address.", address=address) from error
