"""Trains the small BalSAM: first centres and boxes, then masks by prompt on the finished encoder."""

import copy
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor, nn

from training import state_file
from training.balsam2.config import Balsam2Config
from training.balsam2.losses import box_loss, centre_loss
from training.balsam2.mask_step import mask_step
from training.balsam2.model import Balsam2, boxes_of
from training.balsam2.targets import Targets, targets_of
from training.data.canvas import Canvas, CanvasMaker
from training.data.feeding import made_ahead
from training.descent import follow, pace

Stage = Literal["centres", "masks"]
FORMAT = "birchtree-balsam2"
_PARTS = frozenset({"config", "options", "step", "model", "average", "optimiser"})

_BOX_SHARE = 2.0
_LAST_RATE = 0.02  # of the highest
_LONGEST_GRADIENT = 5.0


@dataclass(frozen=True, slots=True)
class FitOptions:
    """How long and how hard.

    Attributes:
        stage: "centres" trains encoder and heads; "masks" prompt encoder, decoder and the embedding's last layer.
        steps, batch: optimiser steps, canvases in each.
        learning_rate: highest; reached after `warm_up` steps, then a half cosine down to a fiftieth.
        weight_decay: of everything with more than one axis.
        average: decay of the moving average of the weights, which is what is kept.
        seed: of weights, canvases and dropout.
        bfloat16: matrix products in bfloat16 (as exact as training needs, two to four times faster where the processor
            has it).
    """

    stage: Stage = "centres"
    steps: int = 2000
    batch: int = 12
    learning_rate: float = 2e-3
    weight_decay: float = 0.05
    warm_up: int = 100
    average: float = 0.998
    seed: int = 0
    bfloat16: bool = True


@dataclass(frozen=True, slots=True)
class StepReport:
    """One step: its losses by name."""

    step: int
    losses: dict[str, float]
    seconds: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Canvases, and in the stage "centres" what the maps should show."""

    canvases: Sequence[Canvas]
    targets: Sequence[Targets]


class Fit:
    """A training in progress on `device`; `save` and `Fit.resumed` lose nothing but the step in work."""

    def __init__(
        self,
        config: Balsam2Config,
        options: FitOptions,
        maker: CanvasMaker,
        start: Balsam2 | None,
        device: torch.device | None = None,
    ) -> None:
        self.options, self.maker, self.step = options, maker, 0
        self.device = device or torch.device("cpu")
        torch.manual_seed(options.seed)
        self.model = copy.deepcopy(start) if start is not None else Balsam2(config)
        self.model.to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = copy.deepcopy(self.model).eval()
        self.trained = _choose(self.model, options.stage)
        self.optimiser = torch.optim.AdamW(
            [
                {"params": [part for part in self.trained if part.ndim > 1], "weight_decay": options.weight_decay},
                {"params": [part for part in self.trained if part.ndim <= 1], "weight_decay": 0.0},
            ],
            lr=options.learning_rate,
        )

    def run(self, until: int, report: Callable[[StepReport], None]) -> None:
        """Go on up to step `until`."""
        batches = made_ahead(self._batch, self.step, min(until, self.options.steps))
        for batch in batches:
            started_s = time.monotonic()
            losses = self._learn(batch)
            self.step += 1
            report(StepReport(self.step, losses, time.monotonic() - started_s))

    def _batch(self, step: int) -> Batch:
        rng = np.random.default_rng((self.options.seed, step))
        canvases = [self.maker.draw(rng) for _ in range(self.options.batch)]
        return Batch(
            canvases,
            [targets_of(one, self.model.config.heat_stride) for one in canvases]
            if self.options.stage == "centres"
            else [],
        )

    def _learn(self, batch: Batch) -> dict[str, float]:
        options, canvases = self.options, batch.canvases
        torch.manual_seed(options.seed * 1_000_003 + self.step)  # dropout after a resume as without it
        rate = options.learning_rate * pace(self.step, steps=options.steps, warm_up=options.warm_up, last=_LAST_RATE)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.model.train(options.stage == "centres")
        rgb = torch.from_numpy(np.stack([one.rgb for one in canvases])).to(self.device)
        rgb = rgb.contiguous(memory_format=torch.channels_last)
        elevation_m = torch.from_numpy(np.stack([one.elevation_m for one in canvases]))[:, None].to(self.device)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=options.bfloat16):
            if options.stage == "centres":
                losses = _centre_step(self.model, rgb, elevation_m, batch.targets)
            else:
                losses = mask_step(self.model, rgb, elevation_m, canvases, options.seed * 1_000_003 + self.step)
        total = torch.stack(list(losses.values())).sum()
        self.optimiser.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(self.trained, _LONGEST_GRADIENT)
        self.optimiser.step()
        follow(self.average, self.model, self.step, options.average)
        return {name: float(value.detach()) for name, value in losses.items()}

    def save(self, path: Path) -> None:
        """Write everything that `resumed` needs, atomically.

        Raises:
            OSError: it cannot be written; an older file of that name is left as it was.
        """
        state = {
            "format": FORMAT,
            "config": self.model.config.as_json(),
            "options": asdict(self.options),
            "step": self.step,
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
        }
        state_file.write_state(state, path)

    @classmethod
    def resumed(cls, path: Path, maker: CanvasMaker, device: torch.device | None = None) -> "Fit":
        """Go on from a file of `save`, on any device; `maker` must be the one that it began with.

        Raises:
            InputError: the file is damaged or something else.
        """
        state = read_state(path)
        fit = cls(Balsam2Config.from_json(state["config"]), FitOptions(**state["options"]), maker, None, device)
        fit.step = state["step"]
        fit.model.load_state_dict(state["model"])
        fit.average.load_state_dict(state["average"])
        fit.optimiser.load_state_dict(state["optimiser"])
        return fit


def read_state(path: Path) -> dict[str, Any]:
    """The contents of a file of `Fit.save`.

    Raises:
        InputError: the file is missing, damaged or something else.
    """
    return state_file.read_state(path, FORMAT, _PARTS)


def trained_model(path: Path) -> Balsam2:
    """The averaged model of a training file, ready to predict.

    Raises:
        InputError: as for `read_state`.
    """
    state = read_state(path)
    model = Balsam2(Balsam2Config.from_json(state["config"]))
    model.load_state_dict(state["average"])
    return model.eval()


def _choose(model: Balsam2, stage: Stage) -> list[nn.Parameter]:
    """Parameters that a stage trains; the others are frozen."""
    chosen = []
    for name, parameter in model.named_parameters():
        for_masks = name.startswith(
            ("prompt_encoder.", "mask_decoder.", "encoder.to_embedding.", "encoder.dense.", "edges.")
        )
        parameter.requires_grad_(for_masks == (stage == "masks"))
        if parameter.requires_grad:
            chosen.append(parameter)
    return chosen


def _centre_step(model: Balsam2, rgb: Tensor, elevation_m: Tensor, wanted: Sequence[Targets]) -> dict[str, Tensor]:
    encoded = model.encode(rgb, elevation_m)
    heat, counts, boxes, weight = (
        torch.from_numpy(np.stack([getattr(one, name) for one in wanted])).to(rgb.device)
        for name in ("heat", "counts", "boxes", "box_weight")
    )
    return {
        "centres": centre_loss(encoded.heat, heat[:, None], counts[:, None]),
        "boxes": _BOX_SHARE * box_loss(boxes_of(encoded.reach, model.config.heat_stride), boxes, weight),
    }
