"""Classes of round widths for histograms, shared by the report and the window."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_ROUND_STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
MOST_CLASSES = 24


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many values lie in each class; a class holds its lower limit, not its upper one.

    Attributes:
        edges: (K + 1,) float64, evenly spaced.
        counts: (K,) int64.
    """

    edges: Floats
    counts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def step(self) -> float:
        """Width of a class."""
        return float(self.edges[1] - self.edges[0]) if len(self.edges) > 1 else 1.0

    def count(self, values: Floats) -> npt.NDArray[np.int64]:
        """(K,) how many of other values lie in the same classes; NaN and what lies outside are left out."""
        places = self.places(values)
        return np.bincount(places[places >= 0], minlength=len(self)).astype(np.int64)

    def places(self, values: Floats) -> npt.NDArray[np.int64]:
        """(N,) number of each value's class, -1 for none."""
        if not len(self):
            return np.full(len(values), -1, np.int64)
        known = ~np.isnan(values)
        found = np.full(len(values), -1, np.int64)
        found[known] = np.searchsorted(self.edges, values[known] + self.step * 1e-9, side="right") - 1
        return np.where((found >= 0) & (found < len(self)), found, -1)

    def to_json(self) -> dict[str, list[float] | list[int]]:
        """Limits and counts."""
        return {"edges": [round(float(edge), 6) for edge in self.edges], "counts": self.counts.tolist()}


def histogram(values: Floats, *, most_classes: int = MOST_CLASSES, least_step: float = 0.1) -> Histogram:
    """Classes over all values that are known: as narrow as `most_classes` permits, limits at multiples of the width.

    Args:
        values: (N,) NaN where not known.
        most_classes: at most so many classes.
        least_step: no class is narrower.
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return Histogram(np.zeros(0), np.zeros(0, np.int64))
    low, high = float(known.min()), float(known.max())
    for step in _steps(least_step):
        # A value that is a limit but for rounding belongs to the class above it.
        first = int(np.floor(low / step + 1e-9))
        last = int(np.floor(high / step + 1e-9))
        if last - first < most_classes:
            break
    edges: Floats = np.asarray(np.arange(first, last + 2) * step, np.float64)
    empty = Histogram(edges, np.zeros(last - first + 1, np.int64))
    return Histogram(edges, empty.count(known))


def _steps(least: float) -> list[float]:
    steps = [step for step in _ROUND_STEPS if step >= least]
    while steps[-1] < 1e9:
        steps.append(steps[-1] * 2)
    return steps
