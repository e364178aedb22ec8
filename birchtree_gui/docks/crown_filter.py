"""The filter line of the crown table: the engine's expressions with the words of the window and the plot's fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from birchtree_gui.docks.columns import review_text
from inference.crowns.crown import REVIEWS
from inference.crowns.expression.columnwise import Mask, Rows
from inference.crowns.expression.evaluating import mask
from inference.crowns.expression.names import Names
from inference.crowns.expression.parsing import parse_condition
from inference.crowns.expression.tokens import ExpressionError

if TYPE_CHECKING:
    from birchtree_gui.document import PlotDocument

Filter = Callable[[Rows], Mask]
FilterError = ExpressionError
MARKS = ("two_peaks", "seam")
"""Conditions that are no columns: whoever asks for them looks them up first (`CrownMarks`)."""


class MarkedRows:
    """The crown table with marks beside its columns."""

    def __init__(self, table: Rows, marks: Mapping[str, npt.NDArray[np.bool_]]) -> None:
        self._table = table
        self._marks = marks

    def __len__(self) -> int:
        return len(self._table)

    def column(self, name: str) -> npt.NDArray[np.generic]:
        """(N,) values of a column or a mark; a mark that is not known yet is nowhere set."""
        if name in MARKS:
            return self._marks.get(name, np.zeros(len(self), bool))
        return self._table.column(name)


def names_of(document: PlotDocument | None = None, *, marks: bool = True) -> Names:
    """What may be typed on the open plot; `marks` only where whoever evaluates knows them."""
    fields = document.project.custom_fields() if document is not None and document.is_open else ()
    return Names(fields, MARKS if marks else (), {review_text(status): status for status in REVIEWS})


def parse(line: str, names: Names | None = None) -> Filter:
    """A filter from one line; an empty line lets every crown through. See docs/table.md for the words.

    Raises:
        FilterError: with what is not understood, and where.
    """
    tree = parse_condition(line, names or names_of())
    return lambda rows: mask(tree, rows if isinstance(rows, MarkedRows) else MarkedRows(rows, {}))
