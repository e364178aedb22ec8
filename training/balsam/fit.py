"""Trains a BalSAM on tiles: the authors' optimiser and schedule (specification 2), and our repairs as configured."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import torch

from training.balsam.losses import losses
from training.balsam.model import Balsam
from training.balsam.tiles import TrainTile, batch_of, randomly_flipped


@dataclass(frozen=True, slots=True)
class FitOptions:
    """How to train.

    Attributes:
        steps, batch: how many steps of how many tiles.
        rate, weight_decay: of AdamW.
        warmup_steps: over which the rate rises in a line from `warmup_start` of itself.
        final_share: share of the rate that the cosine ends at.
        without_elevation: share of the tiles whose elevation is withheld, so that a model with optional elevation
            learns to do without.
        seed: of the order, the flips and the samples.
    """

    steps: int
    batch: int = 2
    rate: float = 1e-5
    weight_decay: float = 0.05
    warmup_steps: int = 0
    warmup_start: float = 0.001
    final_share: float = 0.001
    flip: bool = True
    without_elevation: float = 0.0
    seed: int = 0


def rate_factor(step: int, options: FitOptions) -> float:
    """Share of the learning rate at a step: linear warm-up times cosine."""
    warm = 1.0
    if step < options.warmup_steps:
        warm = options.warmup_start + (1 - options.warmup_start) * step / options.warmup_steps
    half_wave = 0.5 * (1 + math.cos(math.pi * min(step / max(options.steps, 1), 1.0)))
    return warm * (options.final_share + (1 - options.final_share) * half_wave)


def fit(
    model: Balsam,
    tiles: Sequence[TrainTile],
    options: FitOptions,
    report: Callable[[int, float], None] | None = None,
) -> list[float]:
    """Train in place.

    Args:
        report: told the step and its loss.

    Returns:
        The total loss of each step.
    """
    generator = torch.Generator().manual_seed(options.seed)
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=options.weight_decay)
    model.train()
    order = _order(len(tiles), generator)
    history = []
    for step in range(options.steps):
        for group in optimiser.param_groups:
            group["lr"] = options.rate * rate_factor(step, options)
        chosen = [_seen(tiles[next(order)], model, options, generator) for _ in range(options.batch)]
        batch = batch_of(chosen, model.config)
        found = losses(model, batch.rgb, batch.truths, batch.elevation, batch.has_elevation, generator)
        optimiser.zero_grad(set_to_none=True)
        found.total.backward()
        optimiser.step()
        history.append(found.total.item())
        if report is not None:
            report(step, history[-1])
    return history


def _order(count: int, generator: torch.Generator) -> Iterator[int]:
    """Indices of tiles without end, each once before any comes again."""
    while True:
        yield from torch.randperm(count, generator=generator).tolist()


def _seen(tile: TrainTile, model: Balsam, options: FitOptions, generator: torch.Generator) -> TrainTile:
    """The tile as this step sees it: flipped, and maybe without its elevation."""
    if options.flip:
        tile = randomly_flipped(tile, model.config, generator)
    withheld = float(torch.rand(1, generator=generator)) < options.without_elevation
    return replace(tile, height_m=None) if withheld and model.config.repairs.optional_dsm else tile
