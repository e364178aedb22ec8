"""How fast a person decides, and how long the rest will take; pauses and slips of the finger do not count."""

from collections.abc import Sequence

import numpy as np

# The latest decisions tell the pace; a longer wait than this was a pause, not a decision.
REMEMBERED = 40
_PAUSE_S = 90.0
_FEWEST = 3


def seconds_each(intervals_s: Sequence[float]) -> float | None:
    """Seconds that one decision takes; None while too few are known.

    The mean of the latest intervals, those beyond the 10th and 90th percentile drawn in to them (winsorised): one long
    look at a difficult crown changes it little, and yet it adds up to the time that the rest will take, as the median
    would not.

    Args:
        intervals_s: seconds from one decision to the next, in order; pauses included.
    """
    known = np.array([value for value in intervals_s if 0 < value <= _PAUSE_S][-REMEMBERED:])
    if len(known) < _FEWEST:
        return None
    low, high = np.quantile(known, [0.1, 0.9])
    return float(np.clip(known, low, high).mean())


def crowns_a_minute(intervals_s: Sequence[float]) -> float | None:
    """Pace; None while too few decisions are known."""
    each = seconds_each(intervals_s)
    return None if each is None else 60.0 / each


def seconds_left(intervals_s: Sequence[float], waiting: int) -> float | None:
    """How long `waiting` more decisions will take."""
    each = seconds_each(intervals_s)
    return None if each is None else each * waiting
