"""Exact outlines of the owner map: rings along cell edges."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resources.forest.render import Int32

Ring = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CrownOutline:
    """A polygon in cells (column, row) of the owner map, corners on whole numbers, rings closed (first = last).

    The exterior runs counterclockwise when rows are drawn northwards-up, the holes clockwise.
    """

    exterior: Ring
    holes: tuple[Ring, ...]

    @property
    def area_px(self) -> float:
        """Number of cells inside."""
        return abs(_signed_area(self.exterior)) - sum(abs(_signed_area(hole)) for hole in self.holes)


def _signed_area(ring: Ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2.0


def _edges(owner: Int32) -> tuple[NDArray[np.int64], ...]:
    """Directed unit edges with their owner on the left (rows drawn up): owner, start row, start column, direction.

    Directions: 0 east, 1 north, 2 west, 3 south.
    """
    padded = np.pad(owner, 1)
    inner = padded[1:-1, 1:-1]
    parts = []
    sides = (
        (padded[2:, 1:-1], 0, (1, 0)),  # southern side, run east
        (padded[1:-1, 2:], 1, (1, 1)),  # eastern side, run north
        (padded[:-2, 1:-1], 2, (0, 1)),  # northern side, run west
        (padded[1:-1, :-2], 3, (0, 0)),  # western side, run south
    )
    for beyond, direction, (drow, dcol) in sides:
        rows, cols = np.nonzero((inner != beyond) & (inner > 0))
        parts.append((inner[rows, cols], rows + drow, cols + dcol, np.full(rows.size, direction)))
    return tuple(np.concatenate(column).astype(np.int64) for column in zip(*parts, strict=True))


def trace(owner: Int32) -> dict[int, CrownOutline]:
    """Outline of every owner > 0; each owner must be one 4-connected piece.

    Where two cells of an owner meet only at a corner the ring turns so as to join them; with 4-connected pieces every
    ring is then simple and holes touch other rings at single points at most, which is a valid polygon.
    """
    number, row, col, direction = _edges(owner)
    width = owner.shape[1] + 1
    start = (number * (owner.shape[0] + 1) + row) * width + col
    step_row, step_col = np.array([0, -1, 0, 1]), np.array([1, 0, -1, 0])
    end = (number * (owner.shape[0] + 1) + row + step_row[direction]) * width + col + step_col[direction]
    order = np.argsort(start, kind="stable")
    sorted_start = start[order]
    first = np.searchsorted(sorted_start, end, "left")
    double = np.searchsorted(sorted_start, end, "right") - first == 2
    follower = order[first]
    # At a corner where the owner continues on both sides, turn right: this joins the two cells.
    second = order[np.minimum(first + 1, order.size - 1)]
    right = (direction - 1) % 4
    follower = np.where(double & (direction[follower] != right), second, follower)
    return _rings(number, row, col, direction, follower)


def _rings(
    number: NDArray[np.int64],
    row: NDArray[np.int64],
    col: NDArray[np.int64],
    direction: NDArray[np.int64],
    follower: NDArray[np.int64],
) -> dict[int, CrownOutline]:
    """Walk the rings and sort them into exteriors and holes."""
    turns = direction[follower] != direction
    nexts, turning = follower.tolist(), turns.tolist()
    seen = bytearray(len(nexts))
    exteriors: dict[int, Ring] = {}
    holes: dict[int, list[Ring]] = {}
    for begin in range(len(nexts)):
        if seen[begin]:
            continue
        corners = []
        edge = begin
        while not seen[edge]:
            seen[edge] = 1
            if turning[edge]:
                corners.append(nexts[edge])
            edge = nexts[edge]
        corners.append(corners[0])
        ring = np.stack([col[corners], row[corners]], axis=1).astype(np.float64)
        tree = int(number[begin])
        # Rows grow southwards, so a counterclockwise exterior has a negative area here.
        if _signed_area(ring) < 0:
            exteriors[tree] = ring
        else:
            holes.setdefault(tree, []).append(ring)
    return {tree: CrownOutline(exterior, tuple(holes.get(tree, ()))) for tree, exterior in sorted(exteriors.items())}
