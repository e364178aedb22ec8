"""Losses of the small BalSAM: centres, boxes, and masks with or without known outlines."""

import torch
from torch import Tensor
from torch.nn import functional

_SURE = 1e-4
_OUTSIDE_SHARE = 1.0


def centre_loss(heat: Tensor, wanted: Tensor, counts: Tensor) -> Tensor:
    """Focal loss over the map of centres, per crown (Zhou et al. 2019, equation 1).

    Args:
        heat: (B, 1, h, w) logits.
        wanted: (B, 1, h, w) 0..1, exactly 1 at centres.
        counts: (B, 1, h, w) bool.
    """
    p = torch.sigmoid(heat.float()).clamp(_SURE, 1.0 - _SURE)
    centre = (wanted >= 0.999).to(p.dtype)
    elsewhere = (1.0 - centre) * (1.0 - wanted) ** 4
    each = -(centre * (1.0 - p) ** 2 * torch.log(p) + elsewhere * p**2 * torch.log(1.0 - p))
    return (each * counts).sum() / centre.sum().clamp_min(1.0)


def box_loss(boxes: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    """1 - GIoU (Rezatofighi et al. 2019), weighted; (B, 4, h, w) twice and (B, h, w)."""
    chosen = weight > 0.0
    if not bool(chosen.any()):
        return boxes.sum() * 0.0
    each = 1.0 - generalised_iou(boxes.permute(0, 2, 3, 1)[chosen], wanted.permute(0, 2, 3, 1)[chosen])
    return (each * weight[chosen]).sum() / weight[chosen].sum()


def generalised_iou(a: Tensor, b: Tensor) -> Tensor:
    """GIoU of boxes (n, 4) row by row."""
    low, high = torch.maximum(a[:, :2], b[:, :2]), torch.minimum(a[:, 2:], b[:, 2:])
    shared = (high - low).clamp_min(0.0).prod(1)
    area = (a[:, 2:] - a[:, :2]).clamp_min(0.0).prod(1) + (b[:, 2:] - b[:, :2]).prod(1)
    union = (area - shared).clamp_min(1e-6)
    around = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).clamp_min(0.0).prod(1)
    return shared / union - (around - union) / around.clamp_min(1e-6)


def outline_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """Cross entropy and dice per mask (n,) for masks (n, h, w) whose outline is known."""
    cross = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none").mean((1, 2))
    return cross + _dice(torch.sigmoid(logits), wanted, (1, 2))


def box_mask_loss(logits: Tensor, boxes: Tensor, likeness: Tensor, threshold: float = 0.5) -> Tensor:
    """Loss per mask (n,) for masks of which only the box is known (BoxInst: Tian et al. 2021).

    The mask's shadows on both axes must be the box's; neighbours that look alike must be on the same side.

    Args:
        logits: (n, h, w).
        boxes: (n, h, w) 1 inside the box.
        likeness: (n, 4, h, w) 0..1, how alike a cell and its right, lower, lower right and lower left neighbours (at
            distance 2) look.
        threshold: of likeness above which two cells belong together.
    """
    p = torch.sigmoid(logits)
    shadows = _dice(p.amax(1), boxes.amax(1), (1,)) + _dice(p.amax(2), boxes.amax(2), (1,))
    # A mean, not a sum: a decoder that begins with half the tile would learn nothing else for hundreds of steps.
    outside = (functional.softplus(logits) * (1.0 - boxes)).sum((1, 2)) / (1.0 - boxes).sum((1, 2)).clamp_min(1.0)
    together = _log_same(logits)
    near_box = boxes[:, None] * (likeness >= threshold)
    pairs = -(together * near_box).sum((1, 2, 3)) / near_box.sum((1, 2, 3)).clamp_min(1.0)
    return shadows + _OUTSIDE_SHARE * outside + pairs


def shifted(x: Tensor) -> Tensor:
    """The four neighbours of (n, h, w), as (n, 4, h, w): right, below, below right, below left, two cells away."""
    padded = functional.pad(x, (2, 2, 0, 2), mode="replicate")
    h, w = x.shape[-2:]
    return torch.stack(
        [
            padded[..., :h, 4 : 4 + w],
            padded[..., 2 : 2 + h, 2 : 2 + w],
            padded[..., 2 : 2 + h, 4 : 4 + w],
            padded[..., 2 : 2 + h, 0:w],
        ],
        1,
    )


def _log_same(logits: Tensor) -> Tensor:
    """Log probability that a cell and each neighbour are both in or both out."""
    other = shifted(logits)
    inside, outside = functional.logsigmoid(logits)[:, None], functional.logsigmoid(-logits)[:, None]
    return torch.logaddexp(inside + functional.logsigmoid(other), outside + functional.logsigmoid(-other))


def _dice(p: Tensor, wanted: Tensor, axes: tuple[int, ...]) -> Tensor:
    shared = (p * wanted).sum(axes)
    return 1.0 - 2.0 * shared / ((p * p).sum(axes) + (wanted * wanted).sum(axes)).clamp_min(1e-6)
