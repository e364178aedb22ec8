"""Which crowns look alike: distances between their embeddings, for a gallery that shows them side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_DIRECTIONS = 48  # what lies beyond them is noise, and costs memory
_FAR = 6.0  # standard deviations: one odd number must not decide alone
_FIT_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Alikeness:
    """Crowns as points; near ones look alike to the model.

    Attributes:
        ids: (N,) int64, ascending.
        points: (N, D) float32.
        model_id: whose embeddings.
    """

    ids: npt.NDArray[np.int64]
    points: Floats
    model_id: str = ""

    @classmethod
    def of(cls, ids: npt.NDArray[np.int64], embeddings: Floats, model_id: str = "") -> "Alikeness":
        """Points of (N, E) embeddings: each number standardised, then the directions along which crowns differ most.

        Directions are scaled by the square root of their spread: the first ones, mostly light and shadow, would
        otherwise drown those that tell species apart.
        """
        known = np.isfinite(embeddings).all(axis=1)
        ids, values = ids[known], np.asarray(embeddings[known], np.float32)
        if len(ids) < 2 or values.shape[1] == 0:
            return cls(ids, np.zeros((len(ids), 1), np.float32), model_id)
        some = values[:: max(1, len(values) // _FIT_ROWS)].astype(np.float64)
        mean, spread = some.mean(axis=0), some.std(axis=0)
        scale = np.where(spread > 1e-9, spread, np.inf)
        scaled = np.clip((values - mean) / scale, -_FAR, _FAR).astype(np.float32)
        fit = np.clip((some - mean) / scale, -_FAR, _FAR)
        variances, directions = np.linalg.eigh(fit.T @ fit / len(fit))
        kept = np.argsort(-variances)[:_DIRECTIONS]
        kept = kept[variances[kept] > 1e-9]
        weights = directions[:, kept] / np.maximum(variances[kept], 1e-12) ** 0.25
        return cls(ids, np.asarray(scaled @ weights.astype(np.float32)), model_id)

    def __len__(self) -> int:
        return len(self.ids)

    def distances(self, reference: Iterable[int]) -> npt.NDArray[np.float32]:
        """(N,) distance of each crown from the middle of some; NaN when none of them is known."""
        rows = np.isin(self.ids, np.fromiter(reference, np.int64))
        if not rows.any():
            return np.full(len(self.ids), np.nan, np.float32)
        middle = self.points[rows].mean(axis=0)
        found: Floats = np.sqrt(((self.points - middle) ** 2).sum(axis=1))
        # The ones that were asked for stand first, in whatever distance they lie from their middle.
        found[rows] = np.minimum(found[rows], 0.0)
        return found

    def lookup(self, ids: npt.NDArray[np.int64], reference: Iterable[int]) -> npt.NDArray[np.float32]:
        """(M,) distance of these crowns; NaN for crowns that no model has seen."""
        distances = self.distances(reference)
        found = np.full(len(ids), np.nan, np.float32)
        if len(self.ids):
            places = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
            there = self.ids[places] == ids
            found[there] = distances[places[there]]
        return found
