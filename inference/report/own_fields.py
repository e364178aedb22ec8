"""What the plot's own fields say of the crowns in the report: how often each value occurs, or how large numbers are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.crowns.custom_values import PREFIX
from inference.crowns.records import CustomField, FieldKind
from inference.crowns.table import CrownTable
from inference.project.custom_fields import show

MOST_VALUES = 12
_NUMBERS = ("integer", "real")


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """One field.

    Attributes:
        name: as people read it; key: under which it is exported.
        kind: what it holds.
        known: crowns that have a value; unknown: those that have none.
        values: the commonest values of a field of words with their counts; others: crowns with rarer ones.
        mean, least, most, total: of a field of numbers; None for one of words.
    """

    name: str
    key: str
    kind: FieldKind
    known: int
    unknown: int
    values: tuple[tuple[str, int], ...] = ()
    others: int = 0
    mean: float | None = None
    least: float | None = None
    most: float | None = None
    total: float | None = None


def own_fields(
    table: CrownTable, ids: npt.NDArray[np.int64], fields: Sequence[CustomField]
) -> tuple[FieldFigures, ...]:
    """Figures of every field that a crown of these ids has a value of.

    Args:
        table: the crowns.
        ids: (N,) of the crowns that are reported, ascending.
        fields: of the plot, in the order in which they are shown.
    """
    places = table.places(ids.tolist())
    found = (_figures(field, table.column(PREFIX + field.key)[places].tolist()) for field in fields)
    return tuple(figures for figures in found if figures.known)


def _figures(field: CustomField, values: list[object]) -> FieldFigures:
    held = [value for value in values if value is not None]
    known, unknown = len(held), len(values) - len(held)
    if field.kind in _NUMBERS:
        numbers = np.array([value for value in held if isinstance(value, (int, float))], np.float64)
        if not len(numbers):
            return FieldFigures(field.name, field.key, field.kind, 0, len(values))
        spread = float(numbers.mean()), float(numbers.min()), float(numbers.max()), float(numbers.sum())
        return FieldFigures(field.name, field.key, field.kind, known, unknown, (), 0, *spread)
    counted = Counter(show(value) for value in held if isinstance(value, (str, int, float, bool)))
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    others = sum(count for _, count in ordered[MOST_VALUES:])
    return FieldFigures(field.name, field.key, field.kind, known, unknown, tuple(ordered[:MOST_VALUES]), others)
