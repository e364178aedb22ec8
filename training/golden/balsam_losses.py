"""BalSAM's losses and gradients against golden ones."""

import copy
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from training.balsam.losses import Losses, losses
from training.balsam.model import Balsam, authors_name
from training.balsam.truth import Truth
from training.golden.compare import Difference

RELATIVE = 1e-4
# The sets give no tolerance for gradients. Rounding moves them by up to 4e-5 of their size, and by some thousandths
# where it lets a ReLU open or close.
GRADIENTS = 3e-3
# Below this share of the largest gradient a gradient is rounding: those of key biases are nothing by mathematics.
_GRADIENT_FLOOR = 1e-5
_LOSS_FLOOR = 1e-6
_NUDGES = 8


@dataclass(frozen=True, slots=True)
class Labelled:
    """A batch with its true crowns: (boxes, labels, masks) per tile."""

    rgb: Tensor
    elevation: Tensor | None
    truths: list[tuple[Tensor, Tensor, Tensor]]


def loss_differences(model: Balsam, batch: Labelled, wanted: Mapping[str, Any]) -> list[Difference]:
    """Relative differences of every entry of losses.json; counts must be equal.

    The model is left in training mode, with gradients.
    """
    ours = _computed(model, batch)
    named = _by_name(ours)
    found = []
    for name, value in wanted.items():
        if name in named:
            found.append(_entry(name, named[name], value))
        elif name != "grad_l2":
            found.append(Difference(f"{name} (no check is known for it)", math.inf, 0.0))
    if "grad_l2" in wanted:
        # Only where the losses are met can rounding be what moves a gradient.
        found += _gradients(model, batch, wanted["grad_l2"], retry=all(one.within for one in found))
    return found


def _computed(model: Balsam, batch: Labelled) -> Losses:
    """The losses, with gradients left in the model; in the precision of the model's weights."""
    kind = model.mean.dtype
    model.train()
    model.zero_grad()
    truths = [Truth(boxes.to(kind), labels, masks) for boxes, labels, masks in batch.truths]
    elevation = None if batch.elevation is None else batch.elevation.to(kind)
    ours = losses(model, batch.rgb.to(kind), truths, elevation)
    ours.total.backward()
    return ours


def _by_name(ours: Losses) -> dict[str, float | list[float]]:
    return {
        "loss_rpn_cls": [one.item() for one in ours.rpn_cls],
        "loss_rpn_bbox": [one.item() for one in ours.rpn_bbox],
        "loss_cls": ours.cls.item(),
        "loss_bbox": ours.bbox.item(),
        "loss_mask": ours.mask.item(),
        "acc": ours.accuracy_pct,
        "total": ours.total.item(),
        "num_pos_rois_per_image": [float(one) for one in ours.positive],
        "num_neg_rois_per_image": [float(one) for one in ours.negative],
    }


def _entry(name: str, ours: float | list[float], wanted: object) -> Difference:
    tolerance = 0.0 if name.startswith("num_") else RELATIVE
    mine = ours if isinstance(ours, list) else [ours]
    theirs = wanted if isinstance(wanted, list) else [wanted]
    if len(mine) != len(theirs) or not all(isinstance(one, int | float) for one in theirs):
        return Difference(name, math.inf, tolerance)
    return Difference(
        name,
        max((_relative(a, float(b), _LOSS_FLOOR) for a, b in zip(mine, theirs, strict=True)), default=0),
        tolerance,
    )


def _relative(ours: float, wanted: float, floor: float) -> float:
    if math.isnan(ours) or math.isnan(wanted):
        return math.inf
    return abs(ours - wanted) / max(abs(wanted), floor)


def _gradients(model: Balsam, batch: Labelled, wanted: Mapping[str, float | None], *, retry: bool) -> list[Difference]:
    """The worst parameter, by name; and one line for each that is on one side only."""
    ours = _norms(model)
    strange = sorted(set(ours) ^ set(wanted))
    found = [Difference(f"grad_l2 of {name} (on one side only)", math.inf, 0.0) for name in strange]
    # Below the floor a gradient is rounding.
    floor = max(_GRADIENT_FLOOR * max((value or 0.0 for value in wanted.values()), default=0.0), 1e-12)
    theirs = {name: wanted[name] or 0.0 for name in ours if name in wanted}
    differences = {name: _relative(ours[name], value, floor) for name, value in theirs.items()}
    for other in _other_roundings(model, batch) if retry else ():
        if max(differences.values(), default=0.0) <= GRADIENTS:
            break
        norms = _norms(other)
        differences = {
            name: min(before, _relative(norms[name], theirs[name], floor)) for name, before in differences.items()
        }
    worst = max(differences, key=lambda name: differences[name], default="none")
    return [*found, Difference(f"grad_l2 (worst: {worst})", differences.get(worst, 0.0), GRADIENTS)]


def _norms(model: Balsam) -> dict[str, float]:
    """L2 norm per parameter. One without gradient, and one whose output nothing uses, are both 0."""
    return {
        authors_name(model, name): 0.0 if value.grad is None else float(value.grad.norm())
        for name, value in model.named_parameters()
    }


def _other_roundings(model: Balsam, batch: Labelled) -> Iterator[Balsam]:
    """The same gradients with other rounding: in double precision, then of a picture changed by 0.001 of 255 levels.

    The gradient jumps where a ReLU's input is nothing but rounding. A parameter is met when one of these meets it.
    """
    double = copy.deepcopy(model).double()
    _computed(double, batch)
    yield double
    generator = torch.Generator().manual_seed(0)
    for _ in range(_NUDGES):
        nudge = 1e-3 * torch.randn(batch.rgb.shape, generator=generator)
        _computed(model, replace(batch, rgb=batch.rgb + nudge))
        yield model
