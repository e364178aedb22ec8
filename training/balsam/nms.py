"""Non-maximum suppression: of boxes that overlap, the one with the best score stays."""

import numpy as np
import torch
from torch import Tensor

from training.balsam.boxes import overlaps

# Boxes whose overlaps with all others are held at once; bounds memory at a few dozen megabytes.
_BLOCK = 1024


def nms(boxes: Tensor, scores: Tensor, iou: float) -> Tensor:
    """Indices of the boxes (n, 4) that stay, best score first; a box goes when it overlaps a better one by > `iou`."""
    order = scores.argsort(descending=True, stable=True)
    boxes = boxes[order]
    count = len(order)
    gone = np.zeros(count, dtype=bool)
    for start in range(0, count, _BLOCK):
        above = (overlaps(boxes[start : start + _BLOCK], boxes[start:]) > iou).cpu().numpy()
        for row in range(above.shape[0]):
            if not gone[start + row]:
                gone[start + row + 1 :] |= above[row, row + 1 :]
    kept = torch.from_numpy(np.flatnonzero(~gone)).to(order.device)
    return order[kept]


def grouped_nms(boxes: Tensor, scores: Tensor, groups: Tensor, iou: float) -> Tensor:
    """As `nms`, but only boxes of the same group (level or class, int64 (n,)) suppress each other.

    The authors keep groups apart by moving each one off by its number times the largest coordinate. The overlaps are
    taken of the moved boxes here too: the rounding of that decides ties.
    """
    if len(boxes) == 0:
        return torch.zeros(0, dtype=torch.int64, device=boxes.device)
    moved = boxes + (groups.to(boxes) * (boxes.max() + 1))[:, None]
    kept = []
    for group in groups.unique():
        inside = (groups == group).nonzero().squeeze(1)
        kept.append(inside[nms(moved[inside], scores[inside], iou)])
    together = torch.cat(kept).sort().values
    return together[scores[together].argsort(descending=True, stable=True)]
