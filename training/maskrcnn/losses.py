"""The losses of Mask R-CNN as torchvision weighs them: proposals, classes and boxes, masks."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.balsam.assign import assign, sample
from training.balsam.boxes import base_anchors, decode, encode, grid_anchors
from training.balsam.nms import grouped_nms
from training.balsam.truth import Truth
from training.maskrcnn.model import MASK_BINS, MaskRcnn
from training.maskrcnn.pooling import roi_align

_STRIDES = (4, 8, 16, 32, 64)
_BOX_STDS = (0.1, 0.1, 0.2, 0.2)
_ONE = (1.0, 1.0, 1.0, 1.0)
_BETA = 1 / 9  # below this difference the box loss is a parabola
_NEVER = 2.0
_ANY_OVERLAP = 1e-6


@dataclass(frozen=True, slots=True)
class Sampling:
    """How many rows enter the losses; the defaults are torchvision's. None takes all."""

    anchors: int | None = 256
    rois: int | None = 512
    nms_pre: int = 2000
    proposals: int = 2000


@dataclass(frozen=True, slots=True)
class Losses:
    """Each loss as a tensor with gradient; training minimises their sum."""

    objectness: Tensor
    rpn_box: Tensor
    classes: Tensor
    box: Tensor
    mask: Tensor

    @property
    def total(self) -> Tensor:
        """The sum."""
        return self.objectness + self.rpn_box + self.classes + self.box + self.mask


def losses(
    model: MaskRcnn,
    rgb: Tensor,
    truths: list[Truth],
    elevation: Tensor | None = None,
    *,
    sampling: Sampling | None = None,
    generator: torch.Generator | None = None,
) -> Losses:
    """All losses of a batch, each the mean over its tiles.

    Args:
        model: its sizes say whether elevation is needed.
        rgb, elevation: as `MaskRcnn.levels` takes them.
        truths: one per tile; a tile without crowns teaches only what is ground.
        sampling: how many rows enter.
        generator: draws them.
    """
    sampling = sampling or Sampling()
    levels = model.levels(rgb, elevation)
    cls, reg = model.proposals(levels)
    size_px = (rgb.shape[-2], rgb.shape[-1])
    parts = []
    for tile, truth in enumerate(truths):
        own = [level[tile : tile + 1] for level in levels]
        anchors, logits, deltas = _flat(model, [one[tile] for one in cls], [one[tile] for one in reg])
        rpn = _rpn_losses(torch.cat(anchors), torch.cat(logits), torch.cat(deltas), truth, sampling, generator)
        boxes = _proposals(anchors, logits, deltas, size_px, sampling)
        parts.append(torch.stack([*rpn, *_roi_losses(model, own, boxes, truth, sampling, generator)]))
    return Losses(*torch.stack(parts).mean(dim=0))


def _flat(model: MaskRcnn, cls: list[Tensor], reg: list[Tensor]) -> tuple[list[Tensor], list[Tensor], list[Tensor]]:
    """Per level anchors (n, 4), logits (n,) and deltas (n, 4) of one tile."""
    config = model.config
    anchors = [
        grid_anchors(base_anchors((size,), config.anchor_ratios).round().to(one), one.shape[-2], one.shape[-1], stride)
        for one, size, stride in zip(cls, config.anchor_sizes_px, _STRIDES, strict=True)
    ]
    logits = [one.permute(1, 2, 0).reshape(-1) for one in cls]
    # (4A, h, w): the four of an anchor stand together.
    deltas = [one.permute(1, 2, 0).reshape(-1, 4) for one in reg]
    return anchors, logits, deltas


def _rpn_losses(
    anchors: Tensor,
    logits: Tensor,
    deltas: Tensor,
    truth: Truth,
    sampling: Sampling,
    generator: torch.Generator | None,
) -> tuple[Tensor, Tensor]:
    assigned = assign(anchors, truth.boxes, positive_iou=0.7, negative_iou=0.3, low_quality_iou=_ANY_OVERLAP)
    assigned = truth.spared(assigned, anchors)
    chosen = sample(assigned, count=sampling.anchors, positive_share=0.5, generator=generator)
    rows = torch.cat([chosen.positive, chosen.negative])
    wanted = torch.zeros_like(logits)
    wanted[chosen.positive] = 1.0
    # All anchors of a tile may lie on ground of which nothing is known.
    objectness = (
        functional.binary_cross_entropy_with_logits(logits[rows], wanted[rows]) if len(rows) else logits.sum() * 0.0
    )
    if len(chosen.positive) == 0:
        return objectness, deltas.sum() * 0.0
    target = encode(anchors[chosen.positive], truth.boxes[assigned[chosen.positive]], _ONE)
    box = functional.smooth_l1_loss(deltas[chosen.positive], target, beta=_BETA, reduction="sum") / len(rows)
    return objectness, box


@torch.no_grad()
def _proposals(
    anchors: list[Tensor],
    logits: list[Tensor],
    deltas: list[Tensor],
    size_px: tuple[int, int],
    sampling: Sampling,
) -> Tensor:
    """(P, 4) boxes of one tile, best first."""
    boxes, scores, groups = [], [], []
    for level, (anchor, logit, delta) in enumerate(zip(anchors, logits, deltas, strict=True)):
        best = logit.sort(descending=True, stable=True).indices[: sampling.nms_pre]
        boxes.append(decode(anchor[best], delta[best], _ONE, size_px))
        scores.append(logit[best])
        groups.append(torch.full_like(best, level))
    box, score, group = torch.cat(boxes), torch.cat(scores), torch.cat(groups)
    real = ((box[:, 2:] - box[:, :2]) >= 1e-3).all(dim=1)
    box, score, group = box[real], score[real], group[real]
    return box[grouped_nms(box, score, group, 0.7)[: sampling.proposals]]


def _roi_losses(
    model: MaskRcnn,
    levels: list[Tensor],
    boxes: Tensor,
    truth: Truth,
    sampling: Sampling,
    generator: torch.Generator | None,
) -> tuple[Tensor, Tensor, Tensor]:
    """Class, box and mask loss of one tile; its true boxes are among the proposals."""
    boxes = torch.cat([boxes, truth.boxes])
    assigned = assign(boxes, truth.boxes, positive_iou=0.5, negative_iou=0.5, low_quality_iou=_NEVER)
    assigned = truth.spared(assigned, boxes)
    chosen = sample(assigned, count=sampling.rois, positive_share=0.25, generator=generator)
    rows, which = torch.cat([chosen.positive, chosen.negative]), assigned[chosen.positive]
    positive = len(which)
    labels = torch.zeros(len(rows), dtype=torch.int64, device=boxes.device)
    labels[:positive] = truth.labels[which] + 1  # background is 0
    logits, deltas = model.classify(levels, boxes[rows])
    classes = functional.cross_entropy(logits, labels) if len(rows) else logits.sum() * 0.0
    if positive == 0:
        nothing = deltas.sum() * 0.0
        return classes, nothing, nothing
    own = deltas[:positive].reshape(positive, -1, 4)[torch.arange(positive), labels[:positive]]
    target = encode(boxes[rows[:positive]], truth.boxes[which], _BOX_STDS)
    box = functional.smooth_l1_loss(own, target, beta=_BETA, reduction="sum") / len(rows)
    masks = model.masks(levels, boxes[rows[:positive]])[torch.arange(positive), labels[:positive]]
    return (
        classes,
        box,
        functional.binary_cross_entropy_with_logits(
            masks, _mask_targets(truth.masks_of(which), boxes[rows[:positive]])
        ),
    )


@torch.no_grad()
def _mask_targets(masks: Tensor, boxes: Tensor) -> Tensor:
    """(n, 28, 28): each crown's mask (H, W) as it fills its box."""
    side = 2 * MASK_BINS
    pooled = [
        roi_align(mask[None, None].to(boxes), box[None], side)[0, 0] for mask, box in zip(masks, boxes, strict=True)
    ]
    return torch.stack(pooled)
