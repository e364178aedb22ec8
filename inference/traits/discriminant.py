"""Linear discriminant analysis with a shrunken covariance: a classifier from a few marks, in closed form.

Chosen by measurement at 5 and 20 marks a species against nearest means and multinomial logistic regression
(docs/models/species.md): with fewer marks than dimensions the shared covariance is what can still be told, and
shrinkage towards the identity (Friedman 1989) keeps it invertible. Nothing is iterated: the same marks give the same
answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

SHRINKAGES = (0.1, 0.3, 0.6, 0.8, 0.95)
MAX_DIRECTIONS = 256
CLIP_SD = 4.0  # a shadow or a wrong outline must not move a mean by ten standard deviations
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Scaling:
    """Standardisation of D numbers: how the marks lie, so that no number counts for more because of its unit."""

    mean: npt.NDArray[np.float32]
    scale: npt.NDArray[np.float32]

    @classmethod
    def of(cls, values: npt.NDArray[np.floating]) -> "Scaling":
        """From (N, D) values; a number that never changes is left as it is."""
        mean, spread = values.mean(axis=0), values.std(axis=0)
        return cls(mean.astype(np.float32), np.where(spread > _TINY, spread, 1.0).astype(np.float32))

    def apply(self, values: npt.NDArray[np.floating], limit_sd: float = CLIP_SD) -> npt.NDArray[np.float32]:
        """(N, D) float32, limited to some standard deviations."""
        scaled = (np.asarray(values, np.float32) - self.mean) / self.scale
        return np.asarray(np.clip(scaled, np.float32(-limit_sd), np.float32(limit_sd)))


@dataclass(frozen=True, slots=True)
class Scatter:
    """Sums of some marks, from which means and covariance follow: adding two gives those of all marks.

    Attributes:
        counts: (K,) marks by class.
        sums: (K, R) by class.
        squares: (R, R) sum of outer products.
    """

    counts: Floats
    sums: Floats
    squares: Floats

    @classmethod
    def of(cls, values: Floats, labels: Ints, classes: int) -> "Scatter":
        """Of (N, R) values with labels 0..K-1."""
        member = np.zeros((len(labels), classes))
        member[np.arange(len(labels)), labels] = 1.0
        return cls(member.sum(axis=0), member.T @ values, values.T @ values)

    def without(self, other: "Scatter") -> "Scatter":
        """The marks that are not in `other`."""
        return Scatter(self.counts - other.counts, self.sums - other.sums, self.squares - other.squares)

    def means(self) -> Floats:
        """(K, R) class means; 0 for a class without marks."""
        return np.asarray(self.sums / np.maximum(self.counts, 1.0)[:, None])

    def covariance(self) -> Floats:
        """(R, R) covariance within classes."""
        means = self.means()
        within = self.squares - (means * self.counts[:, None]).T @ means
        known = int((self.counts > 0).sum())
        return np.asarray(within / max(float(self.counts.sum()) - known, 1.0))


def directions(
    values: npt.NDArray[np.float32], *, at_most: int = MAX_DIRECTIONS, from_marks: int = 1000
) -> npt.NDArray[np.float32]:
    """(D, R) orthonormal directions in which the marks differ, the widest first.

    All that marks can tell lies in the R < N dimensions that they span, so nothing is lost while R is not cut; with
    thousands of marks the widest directions of a part of them are taken.

    Args:
        values: (N, D) standardised marks.
        at_most: limit of R.
        from_marks: how many of them to look at.
    """
    step = max(1, -(-len(values) // from_marks))
    part = values[::step].astype(np.float64)
    part -= part.mean(axis=0)
    if part.shape[0] <= part.shape[1]:
        power, vectors = np.linalg.eigh(part @ part.T)
        keep = _wide(power, at_most)
        found = part.T @ (vectors[:, keep] / np.sqrt(power[keep]))
    else:
        power, vectors = np.linalg.eigh(part.T @ part)
        found = vectors[:, _wide(power, at_most)]
    return np.asarray(found, np.float32)


def _wide(power: Floats, at_most: int) -> Ints:
    order = np.argsort(-power, kind="stable")[:at_most]
    return np.asarray(order[power[order] > max(float(power.max(initial=0.0)), _TINY) * 1e-9], np.intp)


@dataclass(frozen=True, slots=True)
class Discriminant:
    """Scores of K classes: values @ weights + bias; log posterior at flat priors, up to a constant of the row."""

    weights: Floats  # (R, K)
    bias: Floats  # (K,); minus infinity for a class without marks

    @classmethod
    def fit(cls, scatter: Scatter, shrinkages: Sequence[float]) -> "list[Discriminant]":
        """Classes are normal around their means with one covariance, shrunken towards its mean variance.

        One discriminant for each shrinkage.
        """
        covariance, means = scatter.covariance(), scatter.means()
        known, size = scatter.counts > 0, len(covariance)
        # Classes of one mark each have no spread within; one stands in for it. No directions: nothing can be told.
        level = (float(np.trace(covariance)) / size if size else 0.0) or 1.0
        found = []
        for shrinkage in shrinkages:
            shrunken = (1.0 - shrinkage) * covariance + shrinkage * level * np.eye(size)
            weights = np.asarray(np.linalg.solve(shrunken, means.T), np.float64)
            bias = -0.5 * np.einsum("kr,rk->k", means, weights)
            found.append(cls(weights, np.where(known, bias, -np.inf)))
        return found

    def scores(self, values: npt.NDArray[np.floating]) -> Floats:
        """(N, K) scores of (N, R) values."""
        return np.asarray(values @ self.weights + self.bias)


def held_out_scores(
    values: Floats, labels: Ints, folds: Ints, classes: int, shrinkages: Sequence[float] = SHRINKAGES
) -> Floats:
    """Scores of each mark by a discriminant that did not see its fold.

    Args:
        values: (N, R).
        labels: (N,) 0..K-1.
        folds: (N,) number of the fold.
        classes: K.
        shrinkages: S values to try.

    Returns:
        (S, N, K); minus infinity where a class has no mark outside of the fold.
    """
    whole = Scatter.of(values, labels, classes)
    found = np.zeros((len(shrinkages), len(values), classes))
    for fold in np.unique(folds).tolist():
        here = folds == fold
        rest = whole.without(Scatter.of(values[here], labels[here], classes))
        for number, discriminant in enumerate(Discriminant.fit(rest, shrinkages)):
            found[number, here] = discriminant.scores(values[here])
    return found
