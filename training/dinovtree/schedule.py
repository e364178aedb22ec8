"""How DINOvTree is optimised: AdamW with two learning rates, a linear start and a cosine to the end."""

import math
from dataclasses import dataclass

from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from training.dinovtree.model import Dinovtree


@dataclass(frozen=True, slots=True)
class Schedule:
    """Learning rates of a training; the defaults are the authors'.

    Attributes:
        epochs: of the whole training.
        steps_per_epoch: optimiser steps of each.
        head_lr, backbone_lr: at the top of the curve.
        warmup_epochs: epochs of the linear start.
        warmup_lr, min_lr: where the curve of the heads starts and ends; the backbone's has the same shape.
    """

    epochs: int
    steps_per_epoch: int
    head_lr: float = 5e-5
    backbone_lr: float = 2.5e-5
    warmup_epochs: float = 2
    warmup_lr: float = 2e-8
    min_lr: float = 2e-7

    def factor(self, step: int) -> float:
        """What both learning rates are multiplied by before optimiser step `step`, counted from 0."""
        steps, warmup = self.epochs * self.steps_per_epoch, self.warmup_epochs * self.steps_per_epoch
        if step < warmup:
            start = self.warmup_lr / self.head_lr
            return start + (1 - start) * step / warmup
        end = self.min_lr / self.head_lr
        done = min((step - warmup) / max(steps - warmup, 1), 1.0)
        return end + (1 - end) * 0.5 * (1 + math.cos(math.pi * done))


def optimiser(model: Dinovtree, schedule: Schedule, *, weight_decay: float = 0.0) -> tuple[AdamW, LambdaLR]:
    """AdamW over everything, heads at twice the backbone's rate; `step()` the scheduler after each optimiser step."""
    groups = [
        {"params": list(model.task_heads.parameters()), "lr": schedule.head_lr, "name": "heads"},
        {"params": list(model.backbone.parameters()), "lr": schedule.backbone_lr, "name": "backbone"},
    ]
    adam = AdamW(groups, weight_decay=weight_decay)
    return adam, LambdaLR(adam, schedule.factor)
