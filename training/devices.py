"""Where a training runs."""

import torch
from torch import nn

from inference.errors import InputError


def device_named(name: str) -> torch.device:
    """The device of `--device`: "auto" takes a graphics card where there is one.

    Raises:
        InputError: there is none, but it was asked for.
    """
    there = torch.cuda.is_available()
    if name == "cuda" and not there:
        raise InputError(
            "train.no_cuda",
            "There is no graphics card here that PyTorch could use. Leave out --device cuda, or use --device cpu.",
        )
    return torch.device("cuda" if there and name != "cpu" else "cpu")


def device_of(model: nn.Module) -> torch.device:
    """Where a network is."""
    return next(model.parameters()).device
