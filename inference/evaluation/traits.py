"""How well a trait model tells species and heights: the figures of the DINOvTree paper, in numpy."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DELTA_LIMIT = 1.25
_DELTA_MARGIN_M = 1e-6  # added to both heights, so that a tree of 0 m has a ratio


@dataclass(frozen=True, slots=True)
class SpeciesScores:
    """Right and wrong species of the crowns that have a true one; K classes.

    A class that occurs neither in truth nor in prediction is left out of both means; one that was predicted, but
    never occurs, counts 0. So do the single figures of both.

    Attributes:
        confusion: (K, K) int64, true classes down, predicted ones across.
        f1, recall, precision: (K,) float64.
        macro_f1: mean F1 of the classes; NaN without a crown.
        balanced_accuracy: mean recall of the classes, which the paper calls "Acc"; NaN without a crown.
        accuracy: share of right crowns; NaN without a crown.
    """

    confusion: Ints
    f1: Floats
    recall: Floats
    precision: Floats
    macro_f1: float
    balanced_accuracy: float
    accuracy: float

    @property
    def count(self) -> int:
        """Crowns that were compared."""
        return int(self.confusion.sum())


@dataclass(frozen=True, slots=True)
class HeightScores:
    """Errors of the crowns that have both a predicted and a true height; all NaN without one.

    Attributes:
        count: crowns compared.
        missed: crowns with a true height for which the model told none.
        mae_m, rmse_m: mean absolute error, root of the mean square.
        bias_m: mean of predicted less true.
        msle: mean square of the difference of ln(1 + height); tables often give it times 100.
        delta_125: share of crowns for which the larger height is less than 1.25 times the smaller one.
    """

    count: int
    missed: int
    mae_m: float
    rmse_m: float
    bias_m: float
    msle: float
    delta_125: float


def species_scores(predicted: npt.ArrayLike, true: npt.ArrayLike, classes: int) -> SpeciesScores:
    """Compare species.

    Args:
        predicted: (N,) class indices; a negative one means that the model said none, which counts as a miss of the
            true class.
        true: (N,) class indices; crowns with a negative one have no true species and are left out.
        classes: how many there are.

    Raises:
        ValueError: the lengths differ, or an index is not below `classes`.
    """
    guess, truth = _indices(predicted, classes), _indices(true, classes)
    _same_length(guess, truth)
    guess, truth = guess[truth >= 0], truth[truth >= 0]
    answered = guess >= 0
    cells = truth[answered] * classes + guess[answered]
    confusion = np.bincount(cells, minlength=classes * classes).reshape(classes, classes)
    right = np.diag(confusion).astype(np.float64)
    occurring = np.bincount(truth, minlength=classes)
    guessed = confusion.sum(axis=0)
    recall = _share(right, occurring)
    f1 = _share(2 * right, occurring + guessed)
    counted = (occurring + guessed) > 0
    return SpeciesScores(
        confusion.astype(np.int64),
        f1,
        recall,
        _share(right, guessed),
        _mean(f1[counted]),
        _mean(recall[counted]),
        float(right.sum() / len(truth)) if len(truth) else float("nan"),
    )


def height_scores(predicted_m: npt.ArrayLike, true_m: npt.ArrayLike) -> HeightScores:
    """Compare heights.

    Args:
        predicted_m: (N,) metres, not negative; NaN where the model told none.
        true_m: (N,) metres, not negative; NaN where unknown.

    Raises:
        ValueError: the lengths differ.
    """
    guess, truth = np.asarray(predicted_m, np.float64), np.asarray(true_m, np.float64)
    _same_length(guess, truth)
    known, told = np.isfinite(truth), np.isfinite(guess)
    missed = int((known & ~told).sum())
    guess, truth = guess[known & told], truth[known & told]
    if not len(truth):
        nan = float("nan")
        return HeightScores(0, missed, nan, nan, nan, nan, nan)
    error = guess - truth
    above, below = guess + _DELTA_MARGIN_M, truth + _DELTA_MARGIN_M
    return HeightScores(
        len(truth),
        missed,
        float(np.abs(error).mean()),
        float(np.sqrt((error**2).mean())),
        float(error.mean()),
        float(((np.log1p(guess) - np.log1p(truth)) ** 2).mean()),
        float((np.maximum(above / below, below / above) < DELTA_LIMIT).mean()),
    )


def height_scores_by_class(
    predicted_m: npt.ArrayLike, true_m: npt.ArrayLike, true_species: npt.ArrayLike, classes: int
) -> tuple[HeightScores, ...]:
    """`height_scores` of the crowns of each true class, in the order of the classes.

    Raises:
        ValueError: the lengths differ, or an index is not below `classes`.
    """
    guess, truth = np.asarray(predicted_m, np.float64), np.asarray(true_m, np.float64)
    species = _indices(true_species, classes)
    _same_length(guess, truth)
    _same_length(truth, species)
    return tuple(height_scores(guess[species == one], truth[species == one]) for one in range(classes))


def selection_score(species: SpeciesScores | None, heights: HeightScores | None) -> float:
    """What the best epoch is chosen by ("cm" in the paper): the mean of macro F1 and δ1.25, or the one there is."""
    figures = [] if species is None else [species.macro_f1]
    figures += [] if heights is None else [heights.delta_125]
    return _mean(np.asarray(figures, np.float64))


def _indices(values: npt.ArrayLike, classes: int) -> Ints:
    found = np.asarray(values, np.int64)
    if found.size and int(found.max()) >= classes:
        raise ValueError(f"class {int(found.max())} of {classes} classes")
    return found


def _same_length(one: npt.NDArray[np.generic], other: npt.NDArray[np.generic]) -> None:
    if one.shape != other.shape or one.ndim != 1:
        raise ValueError(f"arrays of the shapes {one.shape} and {other.shape} cannot be compared")


def _share(part: npt.NDArray[np.generic], whole: npt.NDArray[np.generic]) -> Floats:
    """Part by whole, 0 where the whole is 0."""
    found = np.zeros(len(part), np.float64)
    np.divide(part, whole, out=found, where=np.asarray(whole) > 0)
    return found


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else float("nan")
