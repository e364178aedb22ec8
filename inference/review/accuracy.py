"""How good the crowns are that nobody looked at, told from control crowns drawn at random, with an interval."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share or a rate with its 95 % interval.

    Attributes:
        value, low, high: the estimate and its bounds.
        count: observations it rests on.
    """

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Stratum:
    """Crowns of similar score.

    Attributes:
        size: crowns in it that nobody looked at.
        judged: control crowns in it with a verdict.
        right: those of them that were right.
    """

    size: int
    judged: int
    right: float


def wilson(share: float, count: float, z: float = Z_95) -> tuple[float, float]:
    """Bounds of a proportion seen `share` of `count` times.

    Wilson's score interval (Wilson 1927, JASA 22: 209-212), which keeps its level for shares near 0 and 1 and for few
    observations (Brown, Cai & DasGupta 2001, Statistical Science 16: 101-133). `count` may be an effective one.
    """
    if count <= 0:
        return 0.0, 1.0
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))


def precision(strata: Sequence[Stratum]) -> Estimate | None:
    """Share of right crowns among those that nobody looked at; None without any verdict or without such crowns.

    Each stratum counts by its size now (poststratification), so that a sample drawn while the worst crowns were being
    taken out still tells about those that are left. The interval is Wilson's on Kish's effective sample size,
    1 / sum(W^2 / n) (Kish 1965, Survey Sampling, 11.7); for complex samples this keeps its level well (Franco,
    Little, Louis & Slud 2019, J. Survey Statistics and Methodology 7: 334-364). That strata differ would only
    shorten it, and it is not shortened for the plot being finite: it errs to the long side.

    Args:
        strata: in the order of the score; one without a verdict is joined to its neighbour.
    """
    joined = _joined(strata)
    total, judged = sum(one.size for one in joined), sum(one.judged for one in joined)
    if not judged or not total:
        return None
    weights = [one.size / total for one in joined]
    share = sum(weight * one.right / one.judged for weight, one in zip(weights, joined, strict=True))
    effective = 1.0 / sum(weight * weight / one.judged for weight, one in zip(weights, joined, strict=True))
    share = min(max(share, 0.0), 1.0)
    return Estimate(share, *wilson(share, min(effective, float(judged))), judged)


def overall(unseen: Estimate | None, unseen_count: int, seen_count: int) -> Estimate | None:
    """Share of right crowns among all that stand: those that a person looked at are right, the others as estimated."""
    total = unseen_count + seen_count
    if not total or (unseen is None and unseen_count):
        return None
    if unseen is None:
        return Estimate(1.0, 1.0, 1.0, 0)
    mixed = [(seen_count + share * unseen_count) / total for share in (unseen.value, unseen.low, unseen.high)]
    return Estimate(mixed[0], mixed[1], mixed[2], unseen.count)


def rate(count: int, amount: float) -> Estimate | None:
    """Events for a unit of amount (missed crowns for a hectare), with the exact Poisson interval.

    Garwood 1936, Biometrika 28: 437-442: quantiles of the gamma distribution. None without any amount.
    """
    from scipy.special import gammaincinv

    if amount <= 0:
        return None
    low = 0.0 if count == 0 else float(gammaincinv(count, 0.025))
    return Estimate(count / amount, low / amount, float(gammaincinv(count + 1, 0.975)) / amount, count)


def strata_of(scores: npt.NDArray[np.float64], parts: int = 4) -> npt.NDArray[np.intp]:
    """(N,) stratum of each crown: `parts` of equal number by score, and the last one for crowns without a score.

    Args:
        scores: (N,) 0..1, NaN for none; of all proposals of the plot, so that strata stay as crowns are decided.
        parts: how many.
    """
    labels = np.full(len(scores), parts, np.intp)
    known = ~np.isnan(scores)
    if known.any():
        edges = np.quantile(scores[known], np.linspace(0, 1, parts + 1)[1:-1])
        labels[known] = np.searchsorted(edges, scores[known], side="right")
    return labels


def _joined(strata: Sequence[Stratum]) -> list[Stratum]:
    """Strata with at least one verdict each: what has none goes to the next one, at the end to the one before."""
    joined: list[Stratum] = []
    waiting = Stratum(0, 0, 0.0)
    for one in strata:
        both = Stratum(waiting.size + one.size, waiting.judged + one.judged, waiting.right + one.right)
        if both.judged:
            joined.append(both)
            waiting = Stratum(0, 0, 0.0)
        else:
            waiting = both
    if waiting.size and joined:
        last = joined[-1]
        joined[-1] = Stratum(last.size + waiting.size, last.judged, last.right)
    return joined
