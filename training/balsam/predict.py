"""From the network's outputs to proposals, detections and masks (specification 1.5 to 1.8)."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.balsam.boxes import base_anchors, decode, grid_anchors
from training.balsam.config import BalsamConfig
from training.balsam.model import Balsam, Features, demand_numbers
from training.balsam.nms import grouped_nms

MASK_CHUNK = 25


@dataclass(frozen=True, slots=True)
class Detections:
    """What was found on one tile, best score first.

    Attributes:
        boxes: (n, 4) float32, x1, y1, x2, y2 in pixels.
        scores: (n,); `labels`: (n,) int64; `iou`: (n,) as the decoder predicts it.
        masks: (n, H, W) bool, of the whole tile.
    """

    boxes: Tensor
    scores: Tensor
    labels: Tensor
    masks: Tensor
    iou: Tensor


def anchors_of(config: BalsamConfig, level: int, rows: int, columns: int, device: torch.device | None = None) -> Tensor:
    """All anchors of a level, (rows * columns * A, 4)."""
    base = base_anchors(config.anchor_sizes_px(level), config.rpn.ratios).to(device)
    return grid_anchors(base, rows, columns, config.rpn.strides[level])


def proposals(
    config: BalsamConfig,
    rpn_cls: list[Tensor],
    rpn_reg: list[Tensor],
    size_px: tuple[int, int],
    *,
    training: bool = False,
) -> tuple[Tensor, Tensor]:
    """Proposals of one tile.

    Args:
        rpn_cls, rpn_reg: per level (A, h, w) logits and (4A, h, w) deltas.
        size_px: height and width of the image before padding.
        training: whether the larger limits of training apply.

    Returns:
        Boxes (P, 4) and scores (P,), best first.
    """
    limit = config.train.nms_pre if training else config.rpn.nms_pre
    most = config.train.max_proposals if training else config.rpn.max_per_img
    boxes, scores, groups = [], [], []
    for level, (logits, deltas) in enumerate(zip(rpn_cls, rpn_reg, strict=True)):
        anchors = anchors_of(config, level, logits.shape[-2], logits.shape[-1], logits.device)
        score = logits.permute(1, 2, 0).reshape(-1).sigmoid()
        delta = deltas.permute(1, 2, 0).reshape(-1, 4)
        if 0 < limit < len(score):
            best = score.sort(descending=True, stable=True).indices[:limit]
            anchors, score, delta = anchors[best], score[best], delta[best]
        boxes.append(decode(anchors, delta, config.rpn.stds, size_px))
        scores.append(score)
        groups.append(torch.full((len(score),), level, device=score.device))
    box, score, group = torch.cat(boxes), torch.cat(scores), torch.cat(groups)
    real = ((box[:, 2:] - box[:, :2]) > config.rpn.min_box_px).all(dim=1)
    box, score, group = box[real], score[real], group[real]
    kept = grouped_nms(box, score, group, config.rpn.nms_iou)[:most]
    return box[kept], score[kept]


def detections(
    config: BalsamConfig, boxes: Tensor, scores: Tensor, deltas: Tensor, size_px: tuple[int, int]
) -> tuple[Tensor, Tensor, Tensor]:
    """The crowns among the proposals of one tile.

    Args:
        boxes: (P, 4).
        scores: (P, K+1), softmaxed, background last.
        deltas: (P, 4K).

    Returns:
        Boxes (n, 4), scores (n,), labels (n,), best first.
    """
    each = decode(
        boxes[:, None].expand(-1, config.classes, 4),
        deltas.reshape(-1, config.classes, 4),
        config.rcnn.stds,
        size_px,
    )
    row, label = (scores[:, :-1] > config.rcnn.score_thr).nonzero(as_tuple=True)
    box, score = each[row, label], scores[row, label]
    kept = grouped_nms(box, score, label, config.rcnn.nms_iou)[: config.rcnn.max_per_img]
    return box[kept], score[kept], label[kept]


def upsampled(model: Balsam, logits: Tensor, size_px: tuple[int, int]) -> Tensor:
    """Mask logits or probabilities (n, 1, 4h, 4w) -> (n, H, W), bilinear, the padding cut off."""
    side = model.config.tile_px
    full = functional.interpolate(logits, size=(side, side), mode="bilinear", align_corners=False)
    return full[:, 0, : size_px[0], : size_px[1]]


def binary_masks(model: Balsam, logits: Tensor, size_px: tuple[int, int]) -> Tensor:
    """Mask logits (n, 1, 4h, 4w) -> (n, H, W) bool. Probabilities are enlarged, not logits, as the authors do."""
    return upsampled(model, logits.sigmoid(), size_px) >= model.config.rcnn.mask_thr


@torch.no_grad()
def predict(
    model: Balsam, rgb: Tensor, elevation: Tensor | None = None, has_elevation: Tensor | None = None
) -> list[Detections]:
    """Crowns of a batch of tiles; the arguments are those of `Balsam.features`."""
    demand_numbers(elevation)
    found = model.features(rgb, elevation, has_elevation)
    size_px = (rgb.shape[-2], rgb.shape[-1])
    return [_predict_tile(model, found, tile, size_px) for tile in range(len(rgb))]


def _predict_tile(model: Balsam, found: Features, tile: int, size_px: tuple[int, int]) -> Detections:
    config = model.config
    embedding, dense, levels = model.of_tile(found, tile)
    boxes, _ = proposals(config, [one[tile] for one in found.rpn_cls], [one[tile] for one in found.rpn_reg], size_px)
    logits, deltas = model.boxes(levels, boxes)
    boxes, scores, labels = detections(config, boxes, logits.softmax(dim=1), deltas, size_px)
    masks, ious = [], []
    for start in range(0, len(boxes), MASK_CHUNK):
        low, iou = model.masks(embedding, dense, levels, boxes[start : start + MASK_CHUNK])
        masks.append(binary_masks(model, low, size_px))
        ious.append(iou[:, 0])
    mask = torch.cat(masks) if masks else torch.zeros((0, *size_px), dtype=torch.bool)
    iou = torch.cat(ious) if ious else scores.new_zeros(0)
    if config.repairs.score_with_iou:
        scores = scores * iou.clamp(0, 1)
        order = scores.argsort(descending=True, stable=True)
        boxes, scores, labels, mask, iou = boxes[order], scores[order], labels[order], mask[order], iou[order]
    return Detections(boxes, scores, labels, mask, iou)
