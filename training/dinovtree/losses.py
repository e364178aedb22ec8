"""What DINOvTree is trained on: cross-entropy for species, smooth L1 for heights, and the balance between the two."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

TASKS = ("species", "height")
_TINY = 1e-12


def species_loss(logits: Tensor, species: Tensor) -> Tensor:
    """Mean cross-entropy of (B, classes) logits against (B,) class indices; -1 is a crown without a species.

    Returns:
        a scalar, 0 (with a gradient of 0) where no crown has a species.
    """
    known = species >= 0
    if not known.any():
        return logits.sum() * 0.0
    return functional.cross_entropy(logits[known], species[known])


def allowed_loss(logits: Tensor, allowed: Tensor) -> Tensor:
    """Cross-entropy where a crown may be known to be one of several classes only ("a conifer").

    Args:
        logits: (B, classes).
        allowed: (B, classes) bool; a row with no True, or nothing else, says nothing.

    Returns:
        a scalar: the mean of -ln of the probability of all allowed classes together; 0 (with a gradient of 0) where no
        row says anything.
    """
    known = allowed.any(dim=1) & ~allowed.all(dim=1)
    if not known.any():
        return logits.sum() * 0.0
    logits, allowed = logits[known], allowed[known]
    within = logits.masked_fill(~allowed, -torch.inf).logsumexp(dim=1)
    return (logits.logsumexp(dim=1) - within).mean()


def height_loss(height_m: Tensor, truth_m: Tensor) -> Tensor:
    """Mean smooth L1 (β = 1 m) of (B,) heights against (B,) measured ones; NaN is a crown without a height.

    Returns:
        a scalar, 0 (with a gradient of 0) where no crown has a height.
    """
    known = ~torch.isnan(truth_m)
    if not known.any():
        return height_m.sum() * 0.0
    return functional.smooth_l1_loss(height_m[known], truth_m[known])


def focal_loss(
    logits: Tensor, species: Tensor, counts: Sequence[int], *, beta: float = 0.9999, gamma: float = 2.0
) -> Tensor:
    """Class-balanced focal loss, an option for rare species (Cui et al. 2019, sigmoid form).

    Each class weighs (1 - β) / (1 - β^n), scaled to a mean of 1; each of a crown's `classes` yes-or-no answers counts
    less the surer it is already.

    Args:
        logits: (B, classes).
        species: (B,) class indices, -1 is left out.
        counts: training crowns of each class; a class without any weighs nothing.
        beta: how far rare classes are raised; 0 not at all.
        gamma: how far easy answers are lowered; 0 not at all.

    Returns:
        a scalar: the sum over answers per crown with a species.
    """
    known = species >= 0
    if not known.any():
        return logits.sum() * 0.0
    raw = [(1 - beta) / (1 - beta**count) if count else 0.0 for count in counts]
    weights = logits.new_tensor(raw) * (len(raw) / max(sum(raw), _TINY))
    logits, species = logits[known], species[known]
    yes = functional.one_hot(species, logits.shape[1]).to(logits.dtype)
    entropy = functional.binary_cross_entropy_with_logits(logits, yes, reduction="none")
    wrong = torch.where(yes.bool(), 1 - logits.sigmoid(), logits.sigmoid())
    return (weights[species] * (wrong**gamma * entropy).sum(dim=1)).sum() / len(species)


@dataclass
class DynamicWeights:
    """Dynamic weight averaging (Liu et al. 2019): the task that improves less gets more weight in the next epoch.

    Attributes:
        temperature: how even the weights stay.
        weights: of `TASKS` in the epoch to come; they sum to their number.
    """

    temperature: float = 2.0
    weights: tuple[float, ...] = (1.0,) * len(TASKS)
    _previous: tuple[float, ...] | None = field(default=None, repr=False)

    def total(self, losses: Sequence[Tensor]) -> Tensor:
        """The weighted sum of the tasks' losses, in the order of `TASKS`."""
        return sum((weight * loss for weight, loss in zip(self.weights, losses, strict=True)), torch.zeros(()))

    def end_epoch(self, means: Sequence[float]) -> None:
        """Weights of the next epoch from the mean training loss of each task in this one; unchanged after the first."""
        last = tuple(float(mean) for mean in means)
        if self._previous is not None:
            pairs = zip(last, self._previous, strict=True)
            shares = [math.exp(now / (before + _TINY) / self.temperature) for now, before in pairs]
            self.weights = tuple(len(shares) * share / sum(shares) for share in shares)
        self._previous = last

    def as_json(self) -> dict[str, list[float] | None]:
        """For a checkpoint."""
        return {"weights": list(self.weights), "previous": None if self._previous is None else list(self._previous)}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "DynamicWeights":
        """The other way round."""
        previous = found["previous"]
        return cls(weights=tuple(found["weights"]), _previous=None if previous is None else tuple(previous))
