"""Passes between neighbouring crowns, and the joining of tops that hardly any valley parts."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
LabelArray = npt.NDArray[np.int32]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Saddles:
    """The highest pass between each two basins that touch.

    Attributes:
        first, second: (P,) labels with first < second, ordered.
        level: (P,) float64, the height of the pass on the flooded surface.
    """

    first: IntArray
    second: IntArray
    level: npt.NDArray[np.float64]

    def highest(self, count: int) -> npt.NDArray[np.float64]:
        """(count + 1,) the highest pass out of each basin by label; -inf for a basin that touches none."""
        level = np.full(count + 1, -np.inf)
        np.maximum.at(level, self.first, self.level)
        np.maximum.at(level, self.second, self.level)
        return level


def find_saddles(basins: LabelArray, surface: FloatArray) -> Saddles:
    """Passes between basins that touch by an edge or a corner of a cell.

    Args:
        basins: (H, W) int32 labels, 0 where there is none.
        surface: (H, W) float32, the surface that was flooded.
    """
    stride = np.int64(basins.max(initial=0)) + 1
    keys, levels = [], []
    for here, there in _neighbours():
        a, b = basins[here], basins[there]
        border = (a != b) & (a > 0) & (b > 0)
        low, high = np.minimum(a[border], b[border]), np.maximum(a[border], b[border])
        keys.append(low.astype(np.int64) * stride + high)
        levels.append(np.minimum(surface[here][border], surface[there][border]))
    pairs, place = np.unique(np.concatenate(keys), return_inverse=True)
    level = np.full(len(pairs), -np.inf)
    np.maximum.at(level, place, np.concatenate(levels))
    return Saddles(pairs // stride, pairs % stride, level)


def join_tops(
    saddles: Saddles,
    top_level: npt.NDArray[np.float64],
    may_join: Callable[[int, int, float], bool],
) -> IntArray:
    """Join basins across shallow passes, the shallowest first; the higher top gives its label.

    Args:
        saddles: passes between the basins.
        top_level: (N + 1,) height of each basin's top on the flooded surface, by label; [0] is not used.
        may_join: told the labels of the higher and the lower basin and how deep the pass lies below the lower top;
            asked again whenever one of them has grown.

    Returns:
        (N + 1,) int64, the label that each basin now has.
    """
    passes: list[dict[int, float]] = [{} for _ in top_level]
    for a, b, level in zip(saddles.first.tolist(), saddles.second.tolist(), saddles.level.tolist(), strict=True):
        passes[a][b] = passes[b][a] = level
    owner = np.arange(len(top_level))
    queue = [entry for a in range(len(passes)) for b in passes[a] if a < b for entry in _entry(a, b, passes, top_level)]
    heapq.heapify(queue)
    while queue:
        depth, low, high = heapq.heappop(queue)
        # A basin that was joined meanwhile, or a pass that got shallower, has a newer entry.
        if owner[low] != low or owner[high] != high or _depth(low, high, passes, top_level) != depth:
            continue
        winner, loser = _by_height(low, high, top_level)
        if may_join(winner, loser, depth):
            owner[loser] = winner
            for neighbour in _hand_over(winner, loser, passes):
                for entry in _entry(min(winner, neighbour), max(winner, neighbour), passes, top_level):
                    heapq.heappush(queue, entry)
    return _resolve(owner)


def _entry(
    a: int, b: int, passes: list[dict[int, float]], top_level: npt.NDArray[np.float64]
) -> Iterator[tuple[float, int, int]]:
    yield _depth(a, b, passes, top_level), a, b


def _depth(a: int, b: int, passes: list[dict[int, float]], top_level: npt.NDArray[np.float64]) -> float:
    return float(min(top_level[a], top_level[b])) - passes[a][b]


def _by_height(a: int, b: int, top_level: npt.NDArray[np.float64]) -> tuple[int, int]:
    """The higher first; of equal tops the lower label."""
    return (b, a) if top_level[b] > top_level[a] else (a, b)


def _hand_over(winner: int, loser: int, passes: list[dict[int, float]]) -> list[int]:
    """Give the loser's passes to the winner; returns the winner's neighbours among them."""
    given = passes[loser]
    passes[loser] = {}
    for neighbour, level in given.items():
        del passes[neighbour][loser]
        if neighbour != winner:
            best = max(level, passes[winner].get(neighbour, level))
            passes[winner][neighbour] = passes[neighbour][winner] = best
    return [neighbour for neighbour in given if neighbour != winner]


def _resolve(owner: IntArray) -> IntArray:
    """Follow labels until each points at itself."""
    while not np.array_equal(owner, owner[owner]):
        owner = owner[owner]
    return owner


def _neighbours() -> Iterator[tuple[tuple[slice, slice], tuple[slice, slice]]]:
    """Slices that pair each cell with its east, south, south-east and south-west neighbour."""
    every, but_last, but_first = slice(None), slice(None, -1), slice(1, None)
    yield (every, but_last), (every, but_first)
    yield (but_last, every), (but_first, every)
    yield (but_last, but_last), (but_first, but_first)
    yield (but_last, but_first), (but_first, but_last)
