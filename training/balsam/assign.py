"""Which boxes count as which crown when losses are computed, and which of them are sampled."""

from dataclasses import dataclass

import torch
from torch import Tensor

from training.balsam.boxes import overlaps

BACKGROUND = -1
IGNORED = -2


def assign(boxes: Tensor, truth: Tensor, *, positive_iou: float, negative_iou: float, low_quality_iou: float) -> Tensor:
    """For each box the index of its true box, or BACKGROUND, or IGNORED; int64 (n,).

    A box counts as the true box that it overlaps most, by `positive_iou` at least. Besides, each true box takes the
    boxes that overlap it most of all, if by `low_quality_iou` at least; among true boxes the later takes precedence.
    """
    result = torch.full((len(boxes),), IGNORED, dtype=torch.int64, device=boxes.device)
    if len(truth) == 0:
        return result.fill_(BACKGROUND)
    iou = overlaps(truth, boxes)
    best, which = iou.max(dim=0)
    result[best < negative_iou] = BACKGROUND
    positive = best >= positive_iou
    result[positive] = which[positive]
    for index, most in enumerate(iou.amax(dim=1)):
        if most >= low_quality_iou:
            result[iou[index] == most] = index
    return result


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows that enter a loss."""

    positive: Tensor
    negative: Tensor

    @property
    def divisor(self) -> int:
        """Sampled rows; an empty side counts as one, as in the authors' framework."""
        return max(len(self.positive), 1) + max(len(self.negative), 1)


def sample(
    assigned: Tensor, *, count: int | None, positive_share: float, generator: torch.Generator | None = None
) -> Sample:
    """Choose at random at most `count` rows, at most `positive_share` of them positive; None takes all."""
    positive = (assigned >= 0).nonzero().squeeze(1)
    negative = (assigned == BACKGROUND).nonzero().squeeze(1)
    if count is None:
        return Sample(positive, negative)
    positive = _some(positive, int(count * positive_share), generator)
    return Sample(positive, _some(negative, count - len(positive), generator))


def _some(rows: Tensor, count: int, generator: torch.Generator | None) -> Tensor:
    if len(rows) <= count:
        return rows
    chosen = torch.randperm(len(rows), generator=generator)[:count]
    return rows[chosen.to(rows.device)]
