"""What changed in a crown table and when, and columns that are patched after a change instead of made again."""

from collections import deque
from collections.abc import Callable
from itertools import chain
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Array = npt.NDArray[np.generic]
Fields = frozenset[str] | None
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
        self._latest: deque[tuple[frozenset[int], Fields]] = deque(maxlen=_REMEMBERED)

    def note(self, ids: frozenset[int], fields: Fields = None) -> None:
        """Count a change of these crowns; `fields` tells which of theirs changed if no more than that did."""
        self.revision += 1
        self._latest.append((ids, fields))

    def since(self, revision: int, field: str | None = None) -> frozenset[int] | None:
        """Ids of all changes after `revision`, or those of a field of `Crown`; None when that is too long ago."""
        count = self.revision - revision
        if count > len(self._latest):
            return None
        latest = list(self._latest)[len(self._latest) - count :]
        found = [ids for ids, fields in latest if field is None or fields is None or field in fields]
        return found[0] if len(found) == 1 else frozenset(chain.from_iterable(found))

    def copy(self) -> "ChangeLog":
        """The log as it is now."""
        twin = ChangeLog()
        twin.revision = self.revision
        twin._latest = self._latest.copy()
        return twin


class ColumnCache:
    """Columns of a table, each with the revision and the ids that it was made for."""

    def __init__(self, log: ChangeLog) -> None:
        self._log = log
        self._kept: dict[str, tuple[int, Ids, Array]] = {}

    def copy(self, log: ChangeLog) -> "ColumnCache":
        """The columns that are there, for a copy of the table with its own `log`."""
        twin = ColumnCache(log)
        twin._kept = self._kept.copy()
        return twin

    def get(self, name: str, field: str, ids: Ids, make: Callable[[list[int]], Array]) -> Array:
        """The column for the crowns `ids` (ascending), which follows from a field of `Crown`.

        `make` gives the values of some of them, in their order.
        """
        kept = self._kept.get(name)
        changed = None if kept is None else self._log.since(kept[0], field)
        if kept is None or changed is None:
            values = make(ids.tolist())
        elif changed:
            values = _patched(kept[1], kept[2], ids, changed, make)
        else:
            values = kept[2]
        values = values if kept is not None and values is kept[2] else sealed(values)
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
