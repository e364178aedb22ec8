"""The order of the rows of the crown table: by one column, unknown values last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.crowns.table import CrownTable


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column, and which way."""

    column: str = "tree_id"
    descending: bool = False


def sort_order(table: CrownTable, sorting: Sorting) -> npt.NDArray[np.intp]:
    """(N,) row numbers of the crown table in sorted order; unknown values last either way, ties by id."""
    values = table.column(sorting.column)
    keys = _ranks(values.tolist()) if values.dtype == object else values.astype(np.float64)
    # Negating keeps NaN at the end, and a stable sort keeps ties in order of id.
    return np.argsort(-keys if sorting.descending else keys, kind="stable")


def _ranks(values: list[object]) -> npt.NDArray[np.float64]:
    """(N,) numbers in the order of texts (without regard to case) or numbers; NaN for unknown ones."""
    known = {value for value in values if value is not None and value != ""}
    texts = any(isinstance(value, str) for value in known)
    ordered = sorted(known, key=_lower if texts else _number)
    rank, last, place = {None: np.nan, "": np.nan}, None, -1
    for value in ordered:
        alike = _lower(value) if texts else value
        place, last = place + int(alike != last), alike
        rank[value] = float(place)  # type: ignore[index]
    return np.fromiter(map(rank.__getitem__, values), np.float64, len(values))  # type: ignore[arg-type]


def _lower(value: object) -> str:
    return str(value).casefold()


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else np.inf
