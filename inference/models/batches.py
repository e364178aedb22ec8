"""Work in batches that shrink when memory runs out: half the batch needs half the memory, and a run goes on."""

import logging
from collections.abc import Callable, Iterator
from typing import TypeVar

from inference.errors import ModelError

T = TypeVar("T")

OUT_OF_MEMORY = "model.memory"
_logger = logging.getLogger(__name__)


def in_batches(count: int, size: int, work: Callable[[slice], T]) -> Iterator[tuple[int, T]]:
    """Do `work` for the parts of a row of `count` things, in order.

    Args:
        count: how many things.
        size: how many at once, at first. A batch for which memory does not suffice is done again in halves, and the
            ones after it are as small.
        work: does the things of a slice.

    Yields:
        First place of each part, and what `work` gave for it.

    Raises:
        ModelError: memory does not suffice for one thing alone, or whatever else `work` raises.
    """
    first = 0
    while first < count:
        try:
            done = work(slice(first, min(first + size, count)))
        except ModelError as error:
            if error.code != OUT_OF_MEMORY or size <= 1:
                raise
            size = max(1, min(size, count - first) // 2)
            _logger.info("memory is short: %s at a time from here on", size)
            continue
        yield first, done
        first += size
