"""HeldCrowns: the crowns of a table by id; a row of the file becomes a `Crown` only when somebody asks for it."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from inference.crowns import columns, custom_values, in_columns
from inference.crowns.columns import Row, Value
from inference.crowns.crown import Crown

Outlines = npt.NDArray[np.object_]
# From how many on it is quicker to make them column by column.
_MANY = 8
_CUSTOM = columns.POSITION["custom"]


class HeldCrowns:
    """Crowns as they are after a change, and rows of those that nobody has changed.

    A row is never replaced by another one. So what it was made into is right for every copy, and all copies share it:
    what a thread has made of its copy of the table need not be made again.
    """

    def __init__(self) -> None:
        self._crowns: dict[int, Crown] = {}
        self._rows: dict[int, Row] = {}
        self._made: dict[int, Crown] = {}

    def __contains__(self, tree_id: object) -> bool:
        return tree_id in self._crowns or tree_id in self._rows

    def read(self, rows: Iterable[tuple[int, Row]]) -> None:
        """Take rows of a file, by id; nothing else may be held yet."""
        self._rows = dict(rows)

    def copy(self) -> "HeldCrowns":
        """The same crowns, for another thread."""
        twin = HeldCrowns()
        twin._crowns, twin._rows, twin._made = self._crowns.copy(), self._rows.copy(), self._made
        return twin

    def get(self, tree_id: int) -> Crown | None:
        """A crown that is at hand, as most are that somebody asks for again and again."""
        crown = self._crowns.get(tree_id)
        return self._made.get(tree_id) if crown is None and tree_id in self._rows else crown

    def look_up(self, ids: Sequence[int], outlines_of: Callable[[list[int]], Outlines]) -> list[Crown | None]:
        """(N,) crowns in the order of `ids`, None for those that are not there.

        `outlines_of` gives the outlines of crowns whose row becomes a crown only now.
        """
        found = list(map(self._crowns.get, ids))
        stored = [tree_id for tree_id, crown in zip(ids, found, strict=True) if crown is None and tree_id in self._rows]
        if not stored:
            return found
        # Another thread may make or drop the same at any time, so what is there is looked up once.
        made = {tree_id: crown for tree_id in stored if (crown := self._made.get(tree_id)) is not None}
        absent = [tree_id for tree_id in dict.fromkeys(stored) if tree_id not in made]
        fresh = dict(zip(absent, self._make(absent, outlines_of(absent)), strict=True))
        self._made.update(fresh)
        made.update(fresh)
        return [made.get(tree_id) if crown is None else crown for tree_id, crown in zip(ids, found, strict=True)]

    def _make(self, ids: list[int], outlines: Outlines) -> list[Crown]:
        rows = [self._rows[tree_id] for tree_id in ids]
        if len(ids) < _MANY:
            return list(map(columns.crown_of, ids, outlines, rows))
        return in_columns.crowns_of(ids, outlines, rows)

    def keep(self, ids: Sequence[int], crowns: Sequence[Crown]) -> None:
        """Hold these from now on, in place of what was held."""
        self._crowns.update(zip(ids, crowns, strict=True))
        if self._rows:
            for tree_id in ids:
                self._rows.pop(tree_id, None)
                self._made.pop(tree_id, None)

    def drop(self, ids: Iterable[int]) -> None:
        """Hold these no longer."""
        for tree_id in ids:
            self._crowns.pop(tree_id, None)
            self._rows.pop(tree_id, None)
            self._made.pop(tree_id, None)

    def stored(self, name: str, ids: list[int]) -> list[Value]:
        """(N,) values of one stored attribute."""
        place, read = columns.POSITION[name], columns.reader(name)
        crowns, rows = self._crowns, self._rows
        return [rows[i][place] if (crown := crowns.get(i)) is None else read(crown) for i in ids]

    def custom(self, key: str, ids: list[int]) -> list[custom_values.CustomValue | None]:
        """(N,) values of one custom field; texts that are alike, as most are, are read once."""
        known: dict[Value, custom_values.CustomValue | None] = {None: None}
        values = []
        for tree_id in ids:
            crown = self._crowns.get(tree_id)
            if crown is not None:
                values.append(crown.custom_value(key) if crown.custom else None)
                continue
            text = self._rows[tree_id][_CUSTOM]
            if text not in known:
                known[text] = dict(custom_values.parse(text)).get(key)
            values.append(known[text])
        return values
