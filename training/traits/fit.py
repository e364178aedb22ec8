"""Trains a DINOvTree step by step; a training that is stopped or killed goes on as if nothing had happened."""

import copy
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.data.feeding import made_ahead
from training.descent import follow, pace
from training.dinovtree.config import BackboneConfig, DinovtreeConfig, SmallConfig
from training.dinovtree.losses import DynamicWeights, allowed_loss, height_loss
from training.dinovtree.model import Dinovtree
from training.state_file import read_state, write_state
from training.traits.crops import CropMaker
from training.traits.options import FitOptions

FORMAT = "birchtree-traits"
_PARTS = ("config", "classes", "options", "step", "model", "average", "extent", "optimiser", "balance")
_LONGEST_GRADIENT = 5.0
_LAST_RATE = 0.01  # of the highest


@dataclass(frozen=True, slots=True)
class StepReport:
    """One step: its losses by name."""

    step: int
    losses: dict[str, float]
    seconds: float


@dataclass(frozen=True, slots=True)
class Batch:
    """B crops: (B, 3, S, S) float32 in 0 to 1, (B, K) bool, (B,) metres or NaN, (B, h, w) shares."""

    rgb: Tensor
    allowed: Tensor
    height_m: Tensor
    extent: Tensor


class Fit:
    """A training in progress; `save` and `Fit.resumed` lose nothing but the step in work.

    Args:
        config: of the network.
        classes: names of its classes, for the checkpoint.
        options: how.
        maker: draws the crops.
        start: weights to begin with, and their classes; what is told of the same class is taken over.
        device: where it runs.
    """

    def __init__(
        self,
        config: DinovtreeConfig,
        classes: tuple[str, ...],
        options: FitOptions,
        maker: CropMaker,
        start: tuple[Dinovtree, tuple[str, ...]] | None = None,
        device: torch.device | None = None,
    ) -> None:
        self.classes, self.options, self.maker, self.step = classes, options, maker, 0
        self.device = device or torch.device("cpu")
        torch.manual_seed(options.seed)
        self.model = Dinovtree(config)
        if start is not None:
            _begin_with(self.model, classes, *start)
        else:
            _centre_heights(self.model, maker)
        self.model.to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = copy.deepcopy(self.model).eval()
        self.extent = nn.Linear(config.backbone.dim, 1).to(self.device)
        self.balance = DynamicWeights()
        self._sums = [0.0, 0.0]  # losses since the epoch began
        self.optimiser = torch.optim.AdamW(_groups(self.model, self.extent, options))
        self._highest = [float(group["lr"]) for group in self.optimiser.param_groups]

    def run(self, until: int, report: Callable[[StepReport], None]) -> None:
        """Go on up to step `until`."""
        for batch in made_ahead(self._batch, self.step, min(until, self.options.steps)):
            started_s = time.monotonic()
            losses = self._learn(batch)
            self.step += 1
            report(StepReport(self.step, losses, time.monotonic() - started_s))

    def _batch(self, step: int) -> Batch:
        rng = np.random.default_rng((self.options.seed, step))
        crops = [self.maker.draw(rng) for _ in range(self.options.batch)]
        return Batch(
            torch.from_numpy(np.stack([one.rgb for one in crops]) / np.float32(255.0)),
            torch.from_numpy(np.stack([one.allowed for one in crops])),
            torch.tensor([one.height_m for one in crops], dtype=torch.float32),
            torch.from_numpy(np.stack([one.extent for one in crops])),
        )

    def _learn(self, batch: Batch) -> dict[str, float]:
        options = self.options
        torch.manual_seed(options.seed * 1_000_003 + self.step)  # dropped branches after a resume as without it
        share = pace(self.step, steps=options.steps, warm_up=options.warm_up, last=_LAST_RATE)
        for group, highest in zip(self.optimiser.param_groups, self._highest, strict=True):
            group["lr"] = highest * share
        self.model.train()
        losses = self._losses(batch)
        shares = self._shares()
        total = torch.stack([shares[name] * loss for name, loss in losses.items()]).sum()
        self.optimiser.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), _LONGEST_GRADIENT)
        self.optimiser.step()
        follow(self.average, self.model, self.step, options.average)
        told = {name: float(value.detach()) for name, value in losses.items()}
        self._count(told)
        return told

    def _losses(self, batch: Batch) -> dict[str, Tensor]:
        rgb = batch.rgb.to(self.device).contiguous(memory_format=torch.channels_last)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.options.bfloat16):
            features = self.model.backbone(self.model.normalise(rgb))
            traits = self.model.task_heads(features)
            shown = self.extent(features.patches.flatten(2).transpose(1, 2))[..., 0]
        losses = {
            "species": allowed_loss(traits.logits.float(), batch.allowed.to(self.device)),
            "height": height_loss(traits.height_m.float(), batch.height_m.to(self.device)),
        }
        if self.options.extent_share:
            extent = batch.extent.to(self.device).flatten(1)
            losses["extent"] = functional.binary_cross_entropy_with_logits(shown.float(), extent)
        return losses

    def _shares(self) -> dict[str, float]:
        """What each loss counts."""
        if self.options.balance == "dynamic":
            species, height = self.balance.weights
        else:
            species, height = 1.0, self.options.height_share
        return {"species": species, "height": height, "extent": self.options.extent_share}

    def _count(self, losses: dict[str, float]) -> None:
        """Add up an epoch's losses; at its end the balance gets their means."""
        self._sums = [self._sums[0] + losses["species"], self._sums[1] + losses["height"]]
        if (self.step + 1) % self.options.epoch == 0:
            self.balance.end_epoch([one / self.options.epoch for one in self._sums])
            self._sums = [0.0, 0.0]

    def save(self, path: Path) -> None:
        """Write everything that `resumed` needs, atomically.

        Raises:
            OSError: it cannot be written; an older file of that name is left as it was.
        """
        state = {
            "format": FORMAT,
            "config": config_as_json(self.model.config),
            "classes": list(self.classes),
            "options": self.options.as_json(),
            "step": self.step,
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "extent": self.extent.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "balance": {**self.balance.as_json(), "sums": self._sums},
        }
        write_state(state, path)

    @classmethod
    def resumed(cls, path: Path, maker: CropMaker, device: torch.device | None = None) -> "Fit":
        """Go on from a file of `save`; `maker` must be the one that it began with.

        Raises:
            InputError: the file is damaged or something else.
        """
        state = read_state(path, FORMAT, _PARTS)
        config, options = config_of_json(state["config"]), FitOptions.from_json(state["options"])
        fit = cls(config, tuple(state["classes"]), options, maker, None, device)
        fit.step = int(state["step"])
        fit.model.load_state_dict(state["model"])
        fit.average.load_state_dict(state["average"])
        fit.extent.load_state_dict(state["extent"])
        fit.optimiser.load_state_dict(state["optimiser"])
        fit.balance = DynamicWeights.from_json(state["balance"])
        fit._sums = [float(one) for one in state["balance"]["sums"]]
        return fit


def trained_model(path: Path) -> tuple[Dinovtree, tuple[str, ...]]:
    """The averaged model of a training file, ready to predict, and its classes.

    Raises:
        InputError: the file is damaged or something else.
    """
    state = read_state(path, FORMAT, _PARTS)
    model = Dinovtree(config_of_json(state["config"]))
    model.load_state_dict(state["average"])
    return model.eval(), tuple(state["classes"])


def config_as_json(config: DinovtreeConfig) -> dict[str, Any]:
    """Sizes of a network, field by field."""
    small = isinstance(config.backbone, SmallConfig)
    told = asdict(config.backbone).items()
    sizes = {name: list(value) if isinstance(value, tuple) else value for name, value in told}
    return {"kind": "small" if small else "transformer", "backbone": sizes, "classes": config.classes}


def config_of_json(found: dict[str, Any]) -> DinovtreeConfig:
    """The other way round."""
    told = found["backbone"].items()
    sizes: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told}
    backbone = SmallConfig(**sizes) if found["kind"] == "small" else BackboneConfig(**sizes)
    return DinovtreeConfig(backbone, int(found["classes"]))


@torch.no_grad()
def _begin_with(model: Dinovtree, classes: tuple[str, ...], start: Dinovtree, known: tuple[str, ...]) -> None:
    """Take over every tensor of the same name and shape, and of the classifier the rows of classes that both have."""
    own = model.state_dict()
    fitting = {name: value for name, value in start.state_dict().items() if own[name].shape == value.shape}
    rows = [(row, known.index(name)) for row, name in enumerate(classes) if name in known]
    layer, old = model.task_heads.classifier, start.task_heads.classifier
    fresh = [row for row, name in enumerate(classes) if name not in known]
    weight, bias = layer.weight[fresh].clone(), layer.bias[fresh].clone()
    model.load_state_dict({**own, **fitting})
    layer.weight[fresh], layer.bias[fresh] = weight, bias
    for row, before in rows:
        layer.weight[row], layer.bias[row] = old.weight[before], old.bias[before]


def _centre_heights(model: Dinovtree, maker: CropMaker) -> None:
    """Begin at the mean height: from zero, the ReLU behind the regressor may never wake up."""
    heights = np.concatenate([pool.height_m for pool in maker.pools])
    layer = model.task_heads.regressor[0]
    if np.isfinite(heights).any() and isinstance(layer, nn.Linear):
        nn.init.constant_(layer.bias, float(np.nanmean(heights)))


def _groups(model: Dinovtree, extent: nn.Linear, options: FitOptions) -> list[dict[str, Any]]:
    """Parameters by rate and decay."""
    rates = (
        ([*model.task_heads.parameters(), *extent.parameters()], options.head_rate),
        (list(model.backbone.parameters()), options.backbone_rate),
    )
    return [
        {"params": chosen, "lr": rate, "weight_decay": decay}
        for parameters, rate in rates
        for chosen, decay in (
            ([one for one in parameters if one.ndim > 1], options.weight_decay),
            ([one for one in parameters if one.ndim <= 1], 0.0),
        )
    ]
