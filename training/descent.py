"""How the trainings of our own models descend: the rate of each step, and the average that follows the weights."""

import math

import torch
from torch import nn


def pace(step: int, *, steps: int, warm_up: int, last: float) -> float:
    """Learning rate of a step over the highest: up in a line, then down half a cosine.

    Args:
        step: counted from 0.
        steps: of the whole training.
        warm_up: steps until the line is at its top.
        last: what is left of the highest rate at the end.
    """
    rise = min(1.0, (step + 1) / warm_up)
    return rise * ((1.0 + last) / 2.0 + (1.0 - last) / 2.0 * math.cos(math.pi * step / steps))


@torch.no_grad()
def follow(average: nn.Module, model: nn.Module, step: int, decay: float) -> None:
    """Move the average a little towards the weights, faster at the start; a decay of 0 makes it the weights."""
    share = 1.0 - min(decay, (1.0 + step) / (20.0 + step))
    for kept, new in zip(average.state_dict().values(), model.state_dict().values(), strict=True):
        if kept.dtype.is_floating_point:
            kept.lerp_(new, share)
        else:
            kept.copy_(new)
