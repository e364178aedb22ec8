"""Heads that the product does not use, to compare with: nearest mean, and multinomial logistic regression."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from inference.traits.discriminant import Scaling

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Head = Callable[[npt.NDArray[np.float32]], Floats]


def nearest_mean(values: npt.NDArray[np.float32], labels: Ints, classes: int) -> Head:
    """Scores fall with the distance to the mean of each class."""
    scaling = Scaling.of(values)
    scaled = scaling.apply(values).astype(np.float64)
    means = np.full((classes, scaled.shape[1]), np.inf)
    for label in np.unique(labels).tolist():
        means[label] = scaled[labels == label].mean(axis=0)

    def scores(other: npt.NDArray[np.float32]) -> Floats:
        return -((scaling.apply(other)[:, None] - means[None]) ** 2).sum(axis=2)

    return scores


def logistic(strength: float) -> Callable[[npt.NDArray[np.float32], Ints, int], Head]:
    """Multinomial logistic regression with an L2 penalty, classes weighted alike; by L-BFGS."""

    def fit(values: npt.NDArray[np.float32], labels: Ints, classes: int) -> Head:
        from scipy.optimize import minimize

        scaling = Scaling.of(values)
        scaled = scaling.apply(values).astype(np.float64)
        size = scaled.shape[1]
        counts = np.bincount(labels, minlength=classes)
        weight = len(labels) / (counts[labels] * (counts > 0).sum())
        truth = np.eye(classes)[labels]

        def loss(flat: Floats) -> tuple[float, Floats]:
            w, b = flat[: size * classes].reshape(size, classes), flat[size * classes :]
            z = scaled @ w + b
            z -= z.max(axis=1, keepdims=True)
            p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
            value = -(weight * np.log(p[np.arange(len(labels)), labels] + 1e-30)).mean() + strength * (w**2).sum() / 2
            g = (p - truth) * weight[:, None] / len(labels)
            return float(value), np.concatenate([(scaled.T @ g + strength * w).ravel(), g.sum(axis=0)])

        found = minimize(loss, np.zeros((size + 1) * classes), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
        w, b = found[: size * classes].reshape(size, classes), found[size * classes :]
        b = np.where(counts > 0, b, -np.inf)
        return lambda other: scaling.apply(other).astype(np.float64) @ w + b

    return fit
