"""One crown once: drop the poorer of two proposals for the same crown, and let no two crowns overlap."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from inference.jobs import CancelToken

ObjectArray = npt.NDArray[np.object_]
Float64Array = npt.NDArray[np.float64]
Int64Array = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

# Pairs are compared in portions, so that a cancel is noticed within a fraction of a second.
_PORTION = 2048


@dataclass(frozen=True, slots=True)
class MergeRules:
    """When two outlines are the same crown; all are fractions.

    Attributes:
        iou_max: above this intersection over union, the one with the lower score goes.
        containment_max: above this intersection over the smaller area, the one with the lower score goes. IoU
            alone leaves the small crown inside a large one.
        trim: cut what is left of an overlap off the crown with the lower score; areas then add up.
        trim_keep: a crown of which less than this is left after trimming goes.
    """

    iou_max: float = 0.5
    containment_max: float = 0.8
    trim: bool = True
    trim_keep: float = 0.5


def merge_seams(
    outlines: ObjectArray, scores: Float64Array, rules: MergeRules, cancel: CancelToken
) -> tuple[Int64Array, ObjectArray]:
    """Keep the best of each group of outlines that mean the same crown.

    Greedy by score; of two equal scores the earlier wins, so the result depends on nothing but the input and its
    order.

    Args:
        outlines: (N,) valid polygons in one CRS, in tile order.
        scores: (N,) confidences.
        rules: the limits.
        cancel: looked at between portions of pairs.

    Returns:
        The indexes kept, ascending, and their outlines, trimmed when the rules say so.
    """
    rank = _ranks(scores)
    pairs = _same_crown(outlines, _neighbours(outlines), rules, cancel)
    kept = np.flatnonzero(_keep_best(*_by_rank(pairs, rank), len(outlines)))
    best = outlines[kept]
    if not rules.trim:
        return kept, best
    rank = rank[kept]
    pairs = _overlapping(best, _neighbours(best), cancel)
    best, large_enough = _trim(best, *_by_rank(pairs, rank), rank, rules.trim_keep, cancel)
    return kept[large_enough], best[large_enough]


def drop_known(
    outlines: ObjectArray, known: ObjectArray, rules: MergeRules, cancel: CancelToken
) -> tuple[Int64Array, ObjectArray]:
    """Keep the outlines that are not already there as crowns that a person decided on.

    Args:
        outlines: (N,) proposed outlines.
        known: (M,) outlines of reviewed crowns; they win whatever the scores, and are never changed.
        rules: the limits.
        cancel: looked at between portions of pairs.

    Returns:
        The indexes kept, ascending, and their outlines, cut back where they reach over a reviewed crown.
    """
    first_new = len(known)
    both = np.concatenate([known, outlines])
    near = _neighbours(both)
    near = near[:, (near[0] < first_new) & (near[1] >= first_new)]
    same = _same_crown(both, near, rules, cancel)
    kept = np.ones(len(both), dtype=bool)
    kept[same[1]] = False
    if rules.trim:
        near = _overlapping(both, near[:, kept[near[1]]], cancel)
        both, large_enough = _trim(both, near[0], near[1], np.arange(len(both)), rules.trim_keep, cancel)
        kept &= large_enough
    indexes = np.flatnonzero(kept[first_new:])
    return indexes, both[first_new:][indexes]


def _neighbours(outlines: ObjectArray) -> Int64Array:
    """(2, P) pairs of outlines whose boxes overlap, the first index below the second, ordered."""
    first, second = shapely.STRtree(outlines).query(outlines)
    once = first < second
    first, second = first[once], second[once]
    order = np.lexsort((second, first))
    pairs = np.stack([first[order], second[order]]).astype(np.int64)
    return pairs[:, _common_box(outlines, pairs) > 0.0]


def _common_box(outlines: ObjectArray, pairs: Int64Array) -> Float64Array:
    """(P,) area that the boxes of two outlines share: no more than that can be common to the outlines."""
    boxes = shapely.bounds(outlines)
    a, b = boxes[pairs[0]], boxes[pairs[1]]
    sides = np.minimum(a[:, 2:], b[:, 2:]) - np.maximum(a[:, :2], b[:, :2])
    return np.asarray(np.prod(np.maximum(sides, 0.0), axis=1))


def _same_crown(outlines: ObjectArray, pairs: Int64Array, rules: MergeRules, cancel: CancelToken) -> Int64Array:
    """The pairs that mean one crown.

    Exact intersection is dear, so it is left to those pairs that could reach a limit if their outlines filled
    their common box.
    """
    area = shapely.area(outlines)
    smaller = np.minimum(area[pairs[0]], area[pairs[1]])
    total = area[pairs[0]] + area[pairs[1]]
    possible = np.minimum(_common_box(outlines, pairs), smaller)
    hopeful = np.flatnonzero(_reaches(possible, smaller, total, rules))
    found: list[Int64Array] = []
    for start in range(0, len(hopeful), _PORTION):
        cancel.check()
        part = hopeful[start : start + _PORTION]
        common = shapely.area(shapely.intersection(outlines[pairs[0, part]], outlines[pairs[1, part]]))
        found.append(part[_reaches(common, smaller[part], total[part], rules)])
    return pairs[:, np.concatenate(found)] if found else pairs[:, :0]


def _reaches(common: Float64Array, smaller: Float64Array, total: Float64Array, rules: MergeRules) -> BoolArray:
    iou, containment = common / (total - common), common / smaller
    return np.asarray((iou > rules.iou_max) | (containment > rules.containment_max))


def _overlapping(outlines: ObjectArray, pairs: Int64Array, cancel: CancelToken) -> Int64Array:
    """The pairs whose outlines share more than a border."""
    found = np.zeros(pairs.shape[1], dtype=bool)
    for start in range(0, len(found), _PORTION):
        cancel.check()
        part = slice(start, start + _PORTION)
        # Interiors meet: four times as fast as an intersection, and most neighbours only touch.
        found[part] = shapely.relate_pattern(outlines[pairs[0, part]], outlines[pairs[1, part]], "T********")
    return pairs[:, found]


def _ranks(scores: Float64Array) -> Int64Array:
    """0 for the best; of equal scores the earlier is the better."""
    ranks = np.empty(len(scores), dtype=np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return ranks


def _by_rank(pairs: Int64Array, rank: Int64Array) -> tuple[Int64Array, Int64Array]:
    """The better and the worse crown of each pair."""
    swap = rank[pairs[0]] > rank[pairs[1]]
    return np.where(swap, pairs[1], pairs[0]), np.where(swap, pairs[0], pairs[1])


def _keep_best(better: Int64Array, worse: Int64Array, count: int) -> BoolArray:
    """Greedy choice without a loop over crowns: each round decides all whose betters are decided."""
    kept = np.ones(count, dtype=bool)
    while len(better):
        beaten = np.zeros(count, dtype=bool)
        beaten[worse] = True
        kept[worse[~beaten[better]]] = False
        undecided = kept[better] & kept[worse] & beaten[better]
        better, worse = better[undecided], worse[undecided]
    return kept


def _trim(
    outlines: ObjectArray,
    better: Int64Array,
    worse: Int64Array,
    rank: Int64Array,
    keep: float,
    cancel: CancelToken,
) -> tuple[ObjectArray, BoolArray]:
    """Cut the better crown off the worse in each pair; the largest part stays.

    A crown is cut only after every crown that is better than it has its final shape.
    """
    trimmed = outlines.copy()
    large_enough = np.ones(len(outlines), dtype=bool)
    least = keep * shapely.area(outlines)
    for pair in np.lexsort((rank[better], rank[worse])):
        cancel.check()
        winner, loser = better[pair], worse[pair]
        if not (large_enough[winner] and large_enough[loser]):
            continue
        parts = shapely.get_parts(shapely.difference(trimmed[loser], trimmed[winner]))
        rest = max(parts, key=shapely.area, default=shapely.Polygon())
        if rest.area < least[loser]:
            large_enough[loser] = False
        else:
            trimmed[loser] = shapely.orient_polygons(rest, exterior_cw=False)
    return trimmed, large_enough
