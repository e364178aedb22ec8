"""Marks: how the crowns of a table are told apart on the map, in arrays that an edit patches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from birchtree_gui.canvas.crown_colouring import Colouring
from inference.crowns.crown import Crown

if TYPE_CHECKING:
    from inference.crowns.table import CrownTable

Places = npt.NDArray[np.intp]

NO_GLYPH, DOT, RING = 0, 1, 2
_GLYPHS = {"edited": DOT, "added": RING}


@dataclass(frozen=True, slots=True)
class Marks:
    """How (N,) crowns are told apart.

    Attributes:
        colour: uint8, index into the look's colours.
        dashed: proposals that nobody has looked at.
        glyph: int8, NO_GLYPH, DOT (edited) or RING (added by hand).
    """

    colour: npt.NDArray[np.uint8]
    dashed: npt.NDArray[np.bool_]
    glyph: npt.NDArray[np.int8]

    def at(self, places: Places) -> Marks:
        """Those of some crowns."""
        return Marks(self.colour[places], self.dashed[places], self.glyph[places])

    @classmethod
    def alike(cls, count: int, *, dashed: bool) -> Marks:
        """The same for all."""
        return cls(np.zeros(count, np.uint8), np.full(count, dashed), np.zeros(count, np.int8))


class MarkBook:
    """The marks of all crowns of a table, in its order."""

    def __init__(self, table: CrownTable, colouring: Colouring) -> None:
        self._table = table
        self._colouring = colouring
        self._revision = -1
        self._ids: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        self._marks = Marks.alike(0, dashed=False)

    def marks(self) -> Marks:
        """As the table is now."""
        if self._revision == self._table.revision:
            return self._marks
        changed = None if self._revision < 0 else self._table.changed_since(self._revision)
        ids = self._table.ids
        if changed is None or len(changed) * 4 > len(ids):
            self._marks = self._made(ids)
        else:
            self._marks = self._patched(ids, changed)
        self._ids, self._revision = ids, self._table.revision
        return self._marks

    def _made(self, ids: npt.NDArray[np.int64]) -> Marks:
        review = self._table.column("review")
        glyph = np.zeros(len(ids), np.int8)
        for name, value in _GLYPHS.items():
            glyph[review == name] = value
        return Marks(self._colouring.indexes(self._table), np.asarray(review == "auto", bool), glyph)

    def _patched(self, ids: npt.NDArray[np.int64], changed: frozenset[int]) -> Marks:
        old = self._marks
        if np.array_equal(ids, self._ids):
            marks = Marks(old.colour.copy(), old.dashed.copy(), old.glyph.copy())
        else:
            places = np.minimum(np.searchsorted(self._ids, ids), max(len(self._ids) - 1, 0))
            marks = old.at(places) if len(self._ids) else Marks.alike(len(ids), dashed=False)
        for tree_id in changed:
            if tree_id in self._table:
                self._write(marks, int(np.searchsorted(ids, tree_id)), self._table.get(tree_id))
        return marks

    def _write(self, marks: Marks, place: int, crown: Crown) -> None:
        marks.colour[place] = self._colouring.index_of(crown)
        marks.dashed[place] = crown.review == "auto"
        marks.glyph[place] = _GLYPHS.get(crown.review, NO_GLYPH)
