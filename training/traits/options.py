"""How a traits model is trained: rates, length and losses of one stage, and the presets."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from inference.errors import InputError

Balance = Literal["fixed", "dynamic"]
Preset = Literal["small", "paper"]
PRESETS: tuple[Preset, ...] = ("small", "paper")

PAPER_EPOCHS, PAPER_BATCH = 200, 64
_PAPER_HEAD_RATE, _PAPER_BACKBONE_RATE = 5e-5, 2.5e-5
_SMALL_RATE = 1.5e-3
_GENTLE = 0.3  # of the rates, where a trained model is improved


@dataclass(frozen=True, slots=True)
class FitOptions:
    """How long and how hard.

    Attributes:
        steps, batch: optimiser steps, crops in each.
        head_rate, backbone_rate: highest learning rates, reached after `warm_up` steps; then half a cosine down.
        weight_decay: of everything with more than one axis.
        average: decay of the moving average of the weights, which is what is kept; 0 keeps the last weights.
        balance: "dynamic" weighs the losses of species and height as the paper does (after every `epoch` steps);
            "fixed" by `height_share`.
        height_share, extent_share: weight of the losses of height (metres) and of the crown's extent beside species'.
        epoch: steps after which every crown was seen about once.
        seed: of weights, crops and order.
        bfloat16: mixed precision: matrix products in bfloat16, sums in float32.
    """

    steps: int = 2000
    batch: int = 32
    head_rate: float = _SMALL_RATE
    backbone_rate: float = _SMALL_RATE
    warm_up: int = 100
    weight_decay: float = 0.05
    average: float = 0.998
    balance: Balance = "fixed"
    height_share: float = 0.2
    extent_share: float = 0.5
    epoch: int = 50
    seed: int = 0
    bfloat16: bool = True

    def __post_init__(self) -> None:
        """Refuse what trains nothing.

        Raises:
            InputError: with the value that cannot be.
        """
        for name, value in {"steps": self.steps, "batch": self.batch}.items():
            if value < 1:
                raise InputError("train.option", "{value} {name} cannot be: use 1 or more.", name=name, value=value)
        if not 0 <= self.seed < 1 << 31:
            raise InputError("train.seed", "The seed {seed} cannot be: use 0 to 2147483647.", seed=self.seed)

    def as_json(self) -> dict[str, Any]:
        """Field by field."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "FitOptions":
        """The other way round.

        Raises:
            KeyError, TypeError: a field is missing or unknown.
        """
        return cls(**{part.name: found[part.name] for part in fields(cls)})


@dataclass(frozen=True, slots=True)
class CourseOptions:
    """One training; kept in the output folder, so that a resumed one is the same.

    Attributes:
        fit: rates, steps and losses.
        every: steps between two checkpoints, at each of which the validation crowns are looked at.
        patience: checkpoints without a better score on validation after which training is finished; 0 never ends early.
        backbone: "small", or the name of a DINOv2 or DINOv3 network; of the model that is improved where there is one.
        side_px, gsd_m: of a crop.
        photometric: whether light and scale change from step to step, and not the direction alone.
    """

    fit: FitOptions
    every: int = 100
    patience: int = 10
    backbone: str = "small"
    side_px: int = 128
    gsd_m: float = 0.1
    photometric: bool = True

    def __post_init__(self) -> None:
        """Refuse what trains nothing.

        Raises:
            InputError: with the value that cannot be.
        """
        if self.every < 1:
            raise InputError("train.option", "{value} {name} cannot be: use 1 or more.", name="every", value=self.every)
        if not 32 <= self.side_px <= 1024 or not 0.005 <= self.gsd_m <= 1.0:
            raise InputError(
                "train.crop",
                "Crops of {side_px} pixels of {gsd_m:g} m cannot be: use 32 to 1024 pixels, and a footprint that makes "
                "each 0.005 to 1 m.",
                side_px=self.side_px,
                gsd_m=self.gsd_m,
            )

    def as_json(self) -> dict[str, Any]:
        """Field by field."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "CourseOptions":
        """The other way round.

        Raises:
            KeyError, TypeError: a field is missing or unknown.
        """
        values = {part.name: found[part.name] for part in fields(cls)}
        return cls(**{**values, "fit": FitOptions.from_json(values["fit"])})


def preset(name: Preset, *, steps: int, batch: int, seed: int, crowns: int, gentle: bool = False) -> FitOptions:
    """The options of a preset.

    Args:
        name: "paper" (AdamW, heads at 5e-5 and backbone at half of it, two epochs of warm-up, dynamic weights of the
            two losses, turns alone) or "small" (what measured better from few crowns and no pretraining).
        steps, batch, seed: as asked.
        crowns: to learn from, which makes an epoch.
        gentle: a trained model is improved: smaller steps.
    """
    epoch = max(1, crowns // batch)
    if name == "paper":
        return FitOptions(
            steps=steps,
            batch=batch,
            head_rate=_PAPER_HEAD_RATE,
            backbone_rate=_PAPER_BACKBONE_RATE,
            warm_up=min(2 * epoch, steps),
            weight_decay=0.0,
            average=0.0,
            balance="dynamic",
            extent_share=0.0,
            epoch=epoch,
            seed=seed,
        )
    rate = _SMALL_RATE * (_GENTLE if gentle else 1.0)
    return FitOptions(
        steps=steps,
        batch=batch,
        head_rate=rate,
        backbone_rate=rate,
        warm_up=min(100, max(1, steps // 10)),
        epoch=epoch,
        seed=seed,
    )
