"""The review queue: crowns by expected error, with a crown drawn at random for control in every few."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.review.accuracy import strata_of

Ids = npt.NDArray[np.int64]

EVERY = 10
"""One crown in so many is a control crown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One crown to look at; `rank` is its place in the ranking, None for one that was only drawn for control."""

    tree_id: int
    is_control: bool
    rank: int | None


def draw(ids: Ids, scores: npt.NDArray[np.float64], count: int, seed: int) -> list[int]:
    """Crowns drawn at random, each stratum of the score by its share, in an order whose every beginning is such a draw.

    Args:
        ids, scores: (N,) what may be drawn; NaN for no score.
        count: how many at most.
        seed: the same draw for the same crowns.
    """
    generator = np.random.default_rng(seed)
    strata = strata_of(scores)
    turn = np.empty(len(ids))
    for stratum in np.unique(strata).tolist():
        members = generator.permutation(np.flatnonzero(strata == stratum))
        # The k-th of n comes at about k/n of the way: strata take turns by their sizes, whatever these are.
        turn[members] = (np.arange(len(members)) + generator.random()) / len(members)
    return [int(tree_id) for tree_id in ids[np.argsort(turn, kind="stable")[:count]]]


def arrange(ranked: Ids, controls: Sequence[int], every: int = EVERY) -> tuple[Entry, ...]:
    """The queue: after every `every` - 1 ranked crowns a control crown, while there are some; each crown once.

    Args:
        ranked: (N,) by falling expected error.
        controls: in the order in which to show them.
        every: at least 2.
    """
    ranks = {tree_id: place for place, tree_id in enumerate(ranked.tolist())}
    entries: list[Entry] = []
    taken: set[int] = set()
    waiting = iter(controls)
    for tree_id, place in ranks.items():
        if tree_id in taken:
            continue
        entries.append(Entry(tree_id, is_control=False, rank=place))
        taken.add(tree_id)
        if (len(entries) + 1) % every == 0:
            control = next((one for one in waiting if one not in taken), None)
            if control is not None:
                entries.append(Entry(control, is_control=True, rank=ranks.get(control)))
                taken.add(control)
    return tuple(entries)
