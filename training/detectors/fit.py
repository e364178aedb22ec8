"""Trains a two-stage detector step by step; a training that is stopped or killed goes on as if nothing had happened."""

import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from inference.errors import InputError
from training.balsam.tiles import TrainTile
from training.data.feeding import made_ahead
from training.detectors.kinds import network_of_json
from training.detectors.network import Network
from training.detectors.options import FitOptions
from training.detectors.tiles import TileMaker
from training.state_file import read_state, write_state

FORMAT = "birchtree-detector"
_PARTS = ("network", "classes", "gsd_m", "options", "step", "model", "optimiser")
_MOMENTUM = 0.9
_FROM = 1e-3  # of the rate, where the warm-up begins and the cosine ends


@dataclass(frozen=True, slots=True)
class StepReport:
    """One step: its losses by name."""

    step: int
    losses: dict[str, float]
    seconds: float


class Fit:
    """A training in progress; `save` and `Fit.resumed` lose nothing but the step in work.

    Args:
        model: to learn, with the weights that it begins with; on `device`.
        network: what it is.
        classes: names, for the checkpoint.
        options: how.
        maker: draws the tiles.
    """

    def __init__(
        self, model: nn.Module, network: Network, classes: tuple[str, ...], options: FitOptions, maker: TileMaker
    ) -> None:
        self.model, self.network, self.classes = model, network, classes
        self.options, self.maker, self.step = options, maker, 0
        network.aid(model, mixed=options.mixed, frozen=options.frozen_encoder)
        self._device = next(model.parameters()).device
        self._learned = [part for part in model.parameters() if part.requires_grad]
        self.optimiser = _optimiser(self._learned, options)

    def run(self, until: int, report: Callable[[StepReport], None]) -> None:
        """Go on up to step `until`.

        Raises:
            InputError: no tile has the elevation that the network cannot do without.
        """
        for tiles in made_ahead(self._tiles, self.step, min(until, self.options.steps), ahead=2):
            started_s = time.monotonic()
            losses = self._learn(tiles)
            self.step += 1
            report(StepReport(self.step, losses, time.monotonic() - started_s))

    def _tiles(self, step: int) -> list[TrainTile]:
        """The tiles of a step: each of the set once before any comes again, in an order that the seed tells."""
        rng, count = np.random.default_rng((self.options.seed, step)), len(self.maker.grounds)
        tiles = []
        for place in range(step * self.options.batch, (step + 1) * self.options.batch):
            order = np.random.default_rng((self.options.seed, 1, place // count)).permutation(count)
            tile = self.maker.draw(int(order[place % count]), rng)
            withheld = not self.network.needs_dsm and rng.random() < self.options.without_elevation
            tiles.append(TrainTile(tile.rgb, None, tile.truth, tile.cell_m) if withheld else tile)
        return tiles

    def _learn(self, tiles: list[TrainTile]) -> dict[str, float]:
        options = self.options
        seed = options.seed * 1_000_003 + self.step
        torch.manual_seed(seed)
        for group in self.optimiser.param_groups:
            group["lr"] = options.rate * pace(self.step, options)
        self.model.train()
        losses = self.network.losses(self.model, tiles, torch.Generator().manual_seed(seed), self._device)
        self.optimiser.zero_grad(set_to_none=True)
        torch.stack(list(losses.values())).sum().backward()
        if options.longest_gradient:
            nn.utils.clip_grad_norm_(self._learned, options.longest_gradient)
        self.optimiser.step()
        told = {name: float(value.detach()) for name, value in losses.items()}
        if not all(math.isfinite(value) for value in told.values()):
            raise InputError(
                "train.diverged",
                "The losses are no numbers any more after {step} steps: the network's weights have run away. Begin "
                "anew with weights that were trained before (--from), or with the preset {other}.",
                step=self.step + 1,
                other="balsam-small",
            )
        return told

    def save(self, path: Path) -> None:
        """Write everything that `resumed` needs, atomically.

        Raises:
            OSError: it cannot be written; an older file of that name is left as it was.
        """
        state = {
            "format": FORMAT,
            "network": self.network.as_json(),
            "classes": list(self.classes),
            "gsd_m": self.maker.gsd_m,
            "options": asdict(self.options),
            "step": self.step,
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
        }
        write_state(state, path)

    @classmethod
    def resumed(cls, path: Path, maker: TileMaker, device: torch.device) -> "Fit":
        """Go on from a file of `save`; `maker` must be the one that it began with.

        Raises:
            InputError: the file is damaged or something else.
        """
        state = read_state(path, FORMAT, _PARTS)
        network = network_of_json(state["network"])
        model = network.build().to(device)
        model.load_state_dict(state["model"])
        fit = cls(model, network, tuple(state["classes"]), FitOptions(**state["options"]), maker)
        fit.optimiser.load_state_dict(state["optimiser"])
        fit.step = int(state["step"])
        return fit


def trained_model(path: Path) -> tuple[nn.Module, Network, tuple[str, ...], float]:
    """The model of a training file, ready to predict, with its network, classes and cell.

    Raises:
        InputError: the file is damaged or something else.
    """
    state = read_state(path, FORMAT, _PARTS)
    network = network_of_json(state["network"])
    model = network.build()
    model.load_state_dict(state["model"])
    return model.eval(), network, tuple(state["classes"]), float(state["gsd_m"])


def pace(step: int, options: FitOptions) -> float:
    """Learning rate of a step over the highest: the authors' linear warm-up times half a cosine, or times one."""
    rise = min(1.0, _FROM + (1.0 - _FROM) * step / options.warm_up)
    if options.schedule == "constant":
        return rise
    wave = 0.5 * (1.0 + math.cos(math.pi * min(step / options.steps, 1.0)))
    return rise * (_FROM + (1.0 - _FROM) * wave)


def _optimiser(parts: list[nn.Parameter], options: FitOptions) -> torch.optim.Optimizer:
    if options.optimiser == "sgd":
        return torch.optim.SGD(parts, lr=options.rate, momentum=_MOMENTUM, weight_decay=options.weight_decay)
    return torch.optim.AdamW(parts, lr=options.rate, weight_decay=options.weight_decay)
