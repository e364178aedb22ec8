"""Batches made ahead of training in threads of their own, the same ones for the same seed whatever the timing."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def made_ahead(make: Callable[[int], T], start: int, stop: int, *, ahead: int = 6, threads: int = 1) -> Iterator[T]:
    """Yield make(start), ..., make(stop - 1) in order, up to `ahead` of them being made meanwhile.

    `make` must depend on nothing but its number: then a run that resumes at a step sees what the interrupted one would
    have seen.
    """
    with ThreadPoolExecutor(threads, thread_name_prefix="batches") as pool:
        waiting: list[Future[T]] = []
        gone = threading.Event()

        def step(number: int) -> T | None:
            return None if gone.is_set() else make(number)

        try:
            for number in range(start, stop):
                while len(waiting) < ahead and number + len(waiting) < stop:
                    waiting.append(pool.submit(step, number + len(waiting)))  # type: ignore[arg-type]
                yield waiting.pop(0).result()
        finally:
            gone.set()
