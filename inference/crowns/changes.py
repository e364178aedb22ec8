"""What changed in a crown table and when, and columns that are patched after a change instead of made again."""

from collections import deque
from collections.abc import Callable
from itertools import chain
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Array = npt.NDArray[np.generic]
Scalar = TypeVar("Scalar", bound=np.generic)

# How many changes back can be told; after more a column is made anew.
_REMEMBERED = 256


class ChangeLog:
    """Counts changes and remembers the ids of the latest ones.

    Attributes:
        revision: grows by one with every change.
    """

    def __init__(self) -> None:
        self.revision = 0
        self._latest: deque[frozenset[int]] = deque(maxlen=_REMEMBERED)

    def note(self, ids: frozenset[int]) -> None:
        """Count a change of these crowns."""
        self.revision += 1
        self._latest.append(ids)

    def since(self, revision: int) -> frozenset[int] | None:
        """Ids of all changes after `revision`; None when that is too long ago to tell."""
        count = self.revision - revision
        if count > len(self._latest):
            return None
        return frozenset(chain.from_iterable(list(self._latest)[len(self._latest) - count :]))


class ColumnCache:
    """Columns of a table, each with the revision and the ids that it was made for."""

    def __init__(self, log: ChangeLog) -> None:
        self._log = log
        self._kept: dict[str, tuple[int, Ids, Array]] = {}

    def get(self, name: str, ids: Ids, make: Callable[[list[int]], Array]) -> Array:
        """The column for the crowns `ids` (ascending); `make` gives the values of some of them, in their order."""
        kept = self._kept.get(name)
        changed = None if kept is None else self._log.since(kept[0])
        if kept is None or changed is None:
            values = make(ids.tolist())
        elif changed:
            values = _patched(kept[1], kept[2], ids, changed, make)
        else:
            return kept[2]
        values = sealed(values)
        self._kept[name] = (self._log.revision, ids, values)
        return values


def _patched(old_ids: Ids, old: Array, ids: Ids, changed: frozenset[int], make: Callable[[list[int]], Array]) -> Array:
    if old_ids is ids:
        values = old.copy()
    else:
        _, old_places, places = np.intersect1d(old_ids, ids, assume_unique=True, return_indices=True)
        values = np.empty(len(ids), old.dtype)
        values[places] = old[old_places]
    # New ids are among the changed ones, too.
    stale = np.fromiter(changed, np.int64, len(changed))
    stale = np.sort(stale[np.isin(stale, ids, assume_unique=True)])
    values[np.searchsorted(ids, stale)] = make(stale.tolist())
    return values


def sealed(array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """The same array, protected against writing."""
    view = array.view()
    view.flags.writeable = False
    return view
