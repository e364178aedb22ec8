"""The crowns of labelled plots as training examples: where each is, what it may be called, how tall it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.data.labelled import LabelledPlot

Bools = NDArray[np.bool_]
Float32 = NDArray[np.float32]

LEAST_VISIBLE = 0.5  # of a crown that a tile cuts
LEAST_SIDE_M = 0.5


@dataclass(frozen=True, slots=True)
class CrownPool:
    """N crowns of some plots.

    Attributes:
        plots: what the pictures are cut from.
        plot: (N,) index into `plots`.
        crown: (N,) index of the crown in its plot.
        centre: (N, 2) float32 row and column of the box's middle, cells.
        size: (N, 2) float32 rows and columns of the box, cells.
        allowed: (N, K) bool, the classes that a crown may be; no True where nothing is known of it.
        height_m: (N,) float32, NaN where unknown.
    """

    plots: tuple[LabelledPlot, ...]
    plot: NDArray[np.intp]
    crown: NDArray[np.intp]
    centre: Float32
    size: Float32
    allowed: Bools
    height_m: Float32

    def __len__(self) -> int:
        return len(self.plot)

    @property
    def label(self) -> NDArray[np.intp]:
        """(N,) the class of crowns that can be one alone, -1 for the others."""
        sure = self.allowed.sum(axis=1) == 1
        return np.where(sure, self.allowed.argmax(axis=1), -1)

    @property
    def places(self) -> tuple[str, ...]:
        """(N,) the place of each crown's plot."""
        return tuple(self.plots[one].place for one in self.plot.tolist())

    def chosen(self, which: Bools) -> "CrownPool":
        """Some of the crowns, of the same plots."""
        return CrownPool(
            self.plots,
            self.plot[which],
            self.crown[which],
            self.centre[which],
            self.size[which],
            self.allowed[which],
            self.height_m[which],
        )


def pool_of(
    plots: Sequence[LabelledPlot], allowed_of: Callable[[str], Sequence[int]], classes: int, *, known_only: bool = False
) -> CrownPool:
    """All crowns that the plots show at least half of.

    Args:
        plots: with `species` or `height_m`, or neither.
        allowed_of: columns of the classes that a name may mean; none for a name that says nothing.
        classes: K.
        known_only: leave out crowns of which neither species nor height is known.
    """
    rows = [row for number, plot in enumerate(plots) for row in _rows(number, plot)]
    allowed = np.zeros((len(rows), classes), bool)
    for at, (number, crown) in enumerate(rows):
        names = plots[number].species
        allowed[at, list(allowed_of("" if names is None else names[crown]))] = True
    boxes = np.array([plots[number].boxes[crown] for number, crown in rows], np.float32).reshape(-1, 4)
    height_m = np.array([_height_m(plots[number], crown) for number, crown in rows], np.float32)
    pool = CrownPool(
        tuple(plots),
        np.array([number for number, _ in rows], np.intp),
        np.array([crown for _, crown in rows], np.intp),
        np.stack([(boxes[:, 1] + boxes[:, 3]) / 2, (boxes[:, 0] + boxes[:, 2]) / 2], axis=1),
        np.stack([boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]], axis=1),
        allowed,
        height_m,
    )
    return pool.chosen(allowed.any(axis=1) | np.isfinite(height_m)) if known_only else pool


def joined(pools: Iterable[CrownPool]) -> CrownPool:
    """Several pools of the same classes as one."""
    several = list(pools)
    first = np.cumsum([0, *(len(one.plots) for one in several)])
    return CrownPool(
        tuple(plot for one in several for plot in one.plots),
        np.concatenate([one.plot + start for one, start in zip(several, first, strict=False)]),
        np.concatenate([one.crown for one in several]),
        np.concatenate([one.centre for one in several]),
        np.concatenate([one.size for one in several]),
        np.concatenate([one.allowed for one in several]),
        np.concatenate([one.height_m for one in several]),
    )


def canopy_height_m(plot: LabelledPlot, share: float = 98.0) -> Float32:
    """(N,) height of each crown by the canopy height model: a high percentile inside the ellipse in its box.

    The ellipse leaves out the corners, where a taller neighbour is; NaN where less than half of it is known.
    """
    found = np.full(len(plot.boxes), np.nan, np.float32)
    if plot.chm_m is None:
        return found
    rows, columns = plot.chm_m.shape
    for number, (left, top, right, bottom) in enumerate(plot.boxes.tolist()):
        y, x = np.mgrid[max(int(top), 0) : min(int(bottom) + 1, rows), max(int(left), 0) : min(int(right) + 1, columns)]
        if not y.size:
            continue
        away = ((x + 0.5 - (left + right) / 2) / max(right - left, 1)) ** 2
        inside = away + ((y + 0.5 - (top + bottom) / 2) / max(bottom - top, 1)) ** 2 <= 0.25
        values = plot.chm_m[y[inside], x[inside]]
        known = values[np.isfinite(values)]
        if len(known) and len(known) >= len(values) / 2:
            found[number] = np.percentile(known, share)
    return found


def _rows(number: int, plot: LabelledPlot) -> list[tuple[int, int]]:
    sides = plot.boxes[:, 2:] - plot.boxes[:, :2]
    whole = np.ones(len(sides), bool) if plot.visible is None else plot.visible >= LEAST_VISIBLE
    useful = whole & (sides.min(axis=1, initial=np.inf) * plot.gsd_m >= LEAST_SIDE_M)
    return [(number, crown) for crown in np.flatnonzero(useful).tolist()]


def _height_m(plot: LabelledPlot, crown: int) -> float:
    return float("nan") if plot.height_m is None else float(plot.height_m[crown])
