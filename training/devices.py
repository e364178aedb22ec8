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
            "There is no graphics card here that PyTorch could use. {reason} Leave out --device cuda, or use --device "
            "cpu.",
            reason=why_no_card(),
        )
    return torch.device("cuda" if there and name != "cpu" else "cpu")


def where_it_runs(device: torch.device) -> str:
    """Sentences that say where a training runs, and of the processor why on no graphics card."""
    if device.type == "cuda":
        name, cuda = torch.cuda.get_device_name(device), torch.version.cuda
        return f"Training runs on the graphics card {name} (CUDA {cuda})."
    count = torch.get_num_threads()
    told = f"Training runs on the processor with {count} threads." if count > 1 else "Training runs on the processor."
    return told if torch.cuda.is_available() else f"{told} {why_no_card()}"


def why_no_card() -> str:
    """What keeps PyTorch from using a graphics card, where it finds none."""
    version, cuda = torch.__version__, torch.version.cuda
    if cuda is None:
        return f"This PyTorch ({version}) is a build for processors alone."
    return f"This PyTorch ({version}) finds no NVIDIA graphics card with a driver for CUDA {cuda}."


def device_of(model: nn.Module) -> torch.device:
    """Where a network is."""
    return next(model.parameters()).device
