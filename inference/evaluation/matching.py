"""Pairs predicted crowns with true ones by intersection over union (IoU): pure geometry, no files."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

Geometries = npt.NDArray[np.object_]
Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

# Overlay arithmetic is good to about 1e-12; without this, two crowns that share exactly half would match or
# not by luck.
IOU_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Every pair of a predicted and a true crown that overlap, K pairs, ordered by prediction, then truth.

    Attributes:
        predicted, true: (K,) positions in the two arrays.
        iou: (K,) float64, > 0.
        predicted_count, true_count: how many crowns there are on either side, paired or not.
    """

    predicted: Ints
    true: Ints
    iou: Floats
    predicted_count: int
    true_count: int


@dataclass(frozen=True, slots=True)
class Matches:
    """M one-to-one pairs: positions of predicted and true crowns, and their IoU; ordered by prediction."""

    predicted: Ints
    true: Ints
    iou: Floats


def overlaps(predicted: Geometries, true: Geometries) -> Overlaps:
    """IoU of all pairs that overlap.

    Args:
        predicted: (N,) valid polygons or multipolygons in one CRS; envelopes to score boxes.
        true: (M,) the same.
    """
    tree = shapely.STRtree(true)
    first, second = tree.query(predicted, predicate="intersects")
    shared = shapely.area(shapely.intersection(predicted[first], true[second]))
    union = shapely.area(predicted)[first] + shapely.area(true)[second] - shared
    iou = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    order = np.lexsort((second, first))
    order = order[iou[order] > 0]
    return Overlaps(first[order], second[order], iou[order], len(predicted), len(true))


def greedy(pairs: Overlaps, scores: Floats, min_iou: float) -> Matches:
    """Predictions in falling order of score each take the free truth that they overlap most.

    The protocol of CanopyRS' RF1. Equal scores go in file order, equal overlaps to the earlier truth.

    Args:
        pairs: overlaps of N predictions.
        scores: (N,) confidence.
        min_iou: a pair below it cannot match.
    """
    candidates = np.flatnonzero(pairs.iou >= min_iou - IOU_TOLERANCE)
    predicted, true = pairs.predicted[candidates], pairs.true[candidates]
    rank = np.empty(pairs.predicted_count, np.intp)
    rank[np.argsort(-scores, kind="stable")] = np.arange(pairs.predicted_count)
    order = np.lexsort((true, -pairs.iou[candidates], rank[predicted]))
    done = np.zeros(pairs.predicted_count, bool)
    taken = np.zeros(pairs.true_count, bool)
    chosen = []
    for place, i, j in zip(order.tolist(), predicted[order].tolist(), true[order].tolist(), strict=True):
        if not done[i] and not taken[j]:
            done[i] = taken[j] = True
            chosen.append(place)
    return _matches(pairs, candidates[chosen])


def mutual_best(pairs: Overlaps, min_iou: float) -> Matches:
    """Pairs in which each crown is the other's best; the protocol of detectree2, blind to scores.

    Equal overlaps go to the earlier crown on either side.
    """
    best_true = _best(pairs.predicted, pairs.iou, pairs.true, pairs.predicted_count)
    best_predicted = _best(pairs.true, pairs.iou, pairs.predicted, pairs.true_count)
    agreed = (best_true[pairs.predicted] == pairs.true) & (best_predicted[pairs.true] == pairs.predicted)
    return _matches(pairs, np.flatnonzero(agreed & (pairs.iou >= min_iou - IOU_TOLERANCE)))


def _best(of: Ints, iou: Floats, partner: Ints, count: int) -> Ints:
    """(count,) the partner with the highest IoU of each crown; -1 without one."""
    order = np.lexsort((partner, -iou, of))
    owners, first = np.unique(of[order], return_index=True)
    best = np.full(count, -1, np.intp)
    best[owners] = partner[order][first]
    return best


def _matches(pairs: Overlaps, chosen: Ints) -> Matches:
    chosen = np.sort(np.asarray(chosen, np.intp))
    return Matches(pairs.predicted[chosen], pairs.true[chosen], pairs.iou[chosen])
