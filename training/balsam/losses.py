"""The losses of BalSAM (specification 2), and our loss on the predicted IoU."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.balsam.assign import assign, sample
from training.balsam.boxes import encode
from training.balsam.model import Balsam, Features, demand_numbers
from training.balsam.predict import anchors_of, proposals, upsampled
from training.balsam.truth import Truth


@dataclass(frozen=True, slots=True)
class Losses:
    """Each loss as a tensor with gradient; `rpn_cls` and `rpn_bbox` per level.

    Attributes:
        iou: our loss on the predicted IoU, already weighted; 0 with the repair off.
        accuracy_pct: share of sampled boxes whose class is right.
        positive, negative: sampled boxes per tile.
    """

    rpn_cls: list[Tensor]
    rpn_bbox: list[Tensor]
    cls: Tensor
    bbox: Tensor
    mask: Tensor
    iou: Tensor
    accuracy_pct: float
    positive: list[int]
    negative: list[int]

    @property
    def total(self) -> Tensor:
        """What training makes small."""
        return torch.stack([*self.rpn_cls, *self.rpn_bbox, self.cls, self.bbox, self.mask, self.iou]).sum()


@dataclass(slots=True)
class _Rois:
    """The sampled boxes of one tile, positives first."""

    boxes: Tensor
    labels: Tensor
    truth: Tensor
    positive: int


def losses(
    model: Balsam,
    rgb: Tensor,
    truths: list[Truth],
    elevation: Tensor | None = None,
    has_elevation: Tensor | None = None,
    generator: torch.Generator | None = None,
) -> Losses:
    """All losses of a batch.

    Args:
        rgb, elevation, has_elevation: as `Balsam.features` takes them.
        truths: one per tile.
        generator: draws the samples; give one with a seed to repeat a run.
    """
    demand_numbers(elevation)
    found = model.features(rgb, elevation, has_elevation)
    size_px = (rgb.shape[-2], rgb.shape[-1])
    rpn_cls, rpn_bbox = _rpn_losses(model, found, truths, generator)
    rois = [_rois_of(model, found, tile, truth, size_px, generator) for tile, truth in enumerate(truths)]
    outputs = [model.boxes(model.of_tile(found, tile)[2], roi.boxes) for tile, roi in enumerate(rois)]
    cls, bbox, accuracy_pct = _box_losses(model, rois, outputs, truths)
    mask, iou = _mask_losses(model, found, rois, truths, size_px)
    return Losses(
        rpn_cls,
        rpn_bbox,
        cls,
        bbox,
        mask,
        iou,
        accuracy_pct,
        [roi.positive for roi in rois],
        [len(roi.boxes) - roi.positive for roi in rois],
    )


def _rpn_losses(
    model: Balsam, found: Features, truths: list[Truth], generator: torch.Generator | None
) -> tuple[list[Tensor], list[Tensor]]:
    """Objectness and delta losses per level, both divided by the anchors sampled over all levels and tiles."""
    config, train = model.config, model.config.train
    anchors = [
        anchors_of(config, level, one.shape[-2], one.shape[-1], one.device) for level, one in enumerate(found.rpn_cls)
    ]
    every = torch.cat(anchors)
    ends = torch.tensor([len(one) for one in anchors]).cumsum(0).tolist()
    cls_sums = [found.rpn_cls[0].new_zeros(()) for _ in anchors]
    box_sums = [found.rpn_cls[0].new_zeros(()) for _ in anchors]
    divisor = 0
    for tile, truth in enumerate(truths):
        assigned = assign(
            every,
            truth.boxes,
            positive_iou=train.rpn_positive_iou,
            negative_iou=train.rpn_negative_iou,
            low_quality_iou=train.rpn_low_quality_iou,
        )
        assigned = truth.spared(assigned, every)
        chosen = sample(assigned, count=train.rpn_samples, positive_share=train.rpn_positive_share, generator=generator)
        divisor += chosen.divisor
        logits = torch.cat([one[tile].permute(1, 2, 0).reshape(-1) for one in found.rpn_cls])
        deltas = torch.cat([one[tile].permute(1, 2, 0).reshape(-1, 4) for one in found.rpn_reg])
        rows = torch.cat([chosen.positive, chosen.negative])
        wanted = torch.zeros_like(logits)
        wanted[chosen.positive] = 1
        bce = functional.binary_cross_entropy_with_logits(logits[rows], wanted[rows], reduction="none")
        target = encode(every[chosen.positive], truth.boxes[assigned[chosen.positive]], config.rpn.stds)
        smooth = functional.smooth_l1_loss(deltas[chosen.positive], target, reduction="none").sum(dim=1)
        for level, end in enumerate(ends):
            start = ends[level - 1] if level else 0
            cls_sums[level] = cls_sums[level] + bce[(rows >= start) & (rows < end)].sum()
            inside = (chosen.positive >= start) & (chosen.positive < end)
            box_sums[level] = box_sums[level] + smooth[inside].sum()
    return [one / divisor for one in cls_sums], [one / divisor for one in box_sums]


@torch.no_grad()
def _rois_of(
    model: Balsam,
    found: Features,
    tile: int,
    truth: Truth,
    size_px: tuple[int, int],
    generator: torch.Generator | None,
) -> _Rois:
    """Proposals of a tile, the true boxes among them, assigned and sampled."""
    config, train = model.config, model.config.train
    boxes, _ = proposals(
        config, [one[tile] for one in found.rpn_cls], [one[tile] for one in found.rpn_reg], size_px, training=True
    )
    assigned = assign(
        boxes, truth.boxes, positive_iou=train.roi_iou, negative_iou=train.roi_iou, low_quality_iou=train.roi_iou
    )
    assigned = truth.spared(assigned, boxes)
    if train.add_true_boxes and len(truth.boxes):
        boxes = torch.cat([truth.boxes, boxes])
        assigned = torch.cat([torch.arange(len(truth.boxes), device=assigned.device), assigned])
    chosen = sample(assigned, count=train.roi_samples, positive_share=train.roi_positive_share, generator=generator)
    labels = torch.full((len(chosen.positive) + len(chosen.negative),), config.classes, device=boxes.device)
    which = assigned[chosen.positive]
    labels[: len(which)] = truth.labels[which]
    return _Rois(boxes[torch.cat([chosen.positive, chosen.negative])], labels, which, len(which))


def _box_losses(
    model: Balsam, rois: list[_Rois], outputs: list[tuple[Tensor, Tensor]], truths: list[Truth]
) -> tuple[Tensor, Tensor, float]:
    """Class loss, delta loss, and the share of right classes in percent."""
    logits = torch.cat([one[0] for one in outputs])
    labels = torch.cat([roi.labels for roi in rois])
    count = max(len(labels), 1)
    cls = functional.cross_entropy(logits, labels, reduction="sum") / count
    bbox = logits.new_zeros(())
    for roi, (_, deltas), truth in zip(rois, outputs, truths, strict=True):
        if not roi.positive:
            continue
        rows = torch.arange(roi.positive, device=deltas.device)
        own = deltas.reshape(len(deltas), -1, 4)[rows, roi.labels[: roi.positive]]
        target = encode(roi.boxes[: roi.positive], truth.boxes[roi.truth], model.config.rcnn.stds)
        bbox = bbox + functional.smooth_l1_loss(own, target, reduction="sum") / count
    right = (logits.argmax(dim=1) == labels).sum()
    return cls, bbox, 100 * float(right) / count


def _mask_losses(
    model: Balsam, found: Features, rois: list[_Rois], truths: list[Truth], size_px: tuple[int, int]
) -> tuple[Tensor, Tensor]:
    """Cross-entropy of all positive masks at full size; and, with the repair on, of the predicted IoU (squared)."""
    total = found.embedding.new_zeros(())
    iou_total = found.embedding.new_zeros(())
    count = sum(roi.positive for roi in rois)
    weight = model.config.repairs.iou_loss_weight
    for tile, (roi, truth) in enumerate(zip(rois, truths, strict=True)):
        if not roi.positive:
            continue
        low, predicted = model.masks(*_mask_inputs(model, found, tile), roi.boxes[: roi.positive])
        logits = upsampled(model, low, size_px)
        wanted = truth.masks_of(roi.truth).to(logits)
        bce = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
        total = total + bce.mean(dim=(1, 2)).sum() / count
        if model.config.repairs.dice_loss_weight:
            total = total + model.config.repairs.dice_loss_weight * _dice(logits.sigmoid(), wanted).sum() / count
        if weight:
            drawn = (logits.detach() > 0).to(logits)
            both = (drawn * wanted).sum(dim=(1, 2))
            either = (drawn + wanted).sum(dim=(1, 2)) - both
            true_iou = both / either.clamp(min=1)
            each = (predicted[:, 0] - true_iou).square()
            if truth.outlined is not None:  # of a mask that was guessed from a box nobody knows how good it is
                each = each * truth.outlined[roi.truth]
            iou_total = iou_total + weight * each.sum() / count
    return total, iou_total


def _dice(likely: Tensor, wanted: Tensor) -> Tensor:
    """(n,) 1 - dice of masks (n, H, W): a crown of some cells weighs as much as the whole tile around it."""
    shared = (likely * wanted).sum(dim=(1, 2))
    return 1 - (2 * shared + 1) / (likely.sum(dim=(1, 2)) + wanted.sum(dim=(1, 2)) + 1)


def _mask_inputs(model: Balsam, found: Features, tile: int) -> tuple[Tensor, Tensor, list[Tensor]]:
    embedding, dense, levels = model.of_tile(found, tile)
    return embedding, dense, levels
