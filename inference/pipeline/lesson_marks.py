"""Marks: the crowns whose species a person named, counted; and when they are worth a lesson."""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from inference.crowns.names import UNKNOWN
from inference.crowns.table import CrownTable

ENOUGH_MARKS = 5  # of a species: fewer tell little
_ENOUGH_SPECIES = 2


def mark_counts(table: CrownTable) -> dict[str, int]:
    """How many crowns a person called what, the most frequent first; "unknown" is no mark."""
    scores = np.asarray(table.column("species_score"), np.float64)
    names = table.column("species")[np.isnan(scores) & table.visible]
    counts = Counter(name for name in names.tolist() if name and name != UNKNOWN)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def others(table: CrownTable) -> int:
    """How many crowns no person has named: those that a lesson could name."""
    return int(table.visible.sum()) - sum(mark_counts(table).values())


def is_enough(counts: Mapping[str, int]) -> bool:
    """Whether so many marks are worth a lesson: five of each of two species."""
    return sum(count >= ENOUGH_MARKS for count in counts.values()) >= _ENOUGH_SPECIES
