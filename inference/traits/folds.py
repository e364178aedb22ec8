"""Parts for cross-validation: every class in every part, neighbours together, the same on every computer."""

import math

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.intp]


def grouped_folds(labels: Ints, groups: Ints, folds: int) -> Ints:
    """Number of the fold of each mark.

    Groups stay together. Only a class whose marks lie in one group alone is dealt out mark by mark: left out together,
    nothing would be known of it.

    Args:
        labels: (N,) class numbers.
        groups: (N,) numbers of places; different ones may be as many as marks.
        folds: how many, at least 2.

    Returns:
        (N,) 0..folds-1; with fewer groups than folds some numbers are not used.
    """
    labels, groups = np.asarray(labels, np.intp), _split_lonely(np.asarray(labels), np.asarray(groups))
    _, group = np.unique(groups, return_inverse=True)
    classes, label = np.unique(labels, return_inverse=True)
    table = np.zeros((int(group.max(initial=-1)) + 1, len(classes)))
    np.add.at(table, (group, label), 1.0)
    weight = table / np.maximum(table.sum(axis=0), 1.0)
    # Rare classes first, so that they are spread while there is still a choice; then large groups.
    order = np.lexsort((np.arange(len(table)), -table.sum(axis=1), -weight.max(axis=1, initial=0.0)))
    filled = np.zeros((folds, len(classes)))
    fold_of = np.zeros(len(table), np.intp)
    for one in order.tolist():
        # The fold that stays most even: sum of squared shares, counted over classes.
        cost = ((filled + weight[one]) ** 2).sum(axis=1) - (filled**2).sum(axis=1)
        best = int(np.argmin(cost + 1e-9 * filled.sum(axis=1)))
        filled[best] += weight[one]
        fold_of[one] = best
    return np.asarray(fold_of[group], np.intp)


def _split_lonely(labels: npt.NDArray[np.integer], groups: npt.NDArray[np.integer]) -> Ints:
    """Groups in which the marks of a class that lives in one group alone are groups of their own."""
    found: Ints = np.unique(groups, return_inverse=True)[1].astype(np.intp)
    fresh = int(found.max(initial=-1)) + 1
    for label in np.unique(labels).tolist():
        here = np.flatnonzero(labels == label)
        if len(np.unique(found[here])) == 1:
            found[here] = fresh + np.arange(len(here))
            fresh += len(here)
    return found


def square_places(xy_m: npt.NDArray[np.floating], side_m: float) -> Ints:
    """(N,) numbers of the squares of `side_m` in which points lie: crowns of one square count as one place."""
    cells = np.floor(np.asarray(xy_m, np.float64) / side_m).astype(np.int64)
    return np.asarray(np.unique(cells, axis=0, return_inverse=True)[1].ravel(), np.intp)


def wilson_interval(right: float, count: float, z: float = 1.96) -> tuple[float, float]:
    """Confidence interval (95 %) of a share that was seen in `count` tries (Wilson 1927); (0, 1) without a try."""
    if count <= 0:
        return 0.0, 1.0
    middle = (right + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(right * (1 - right) / count + z * z / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)
