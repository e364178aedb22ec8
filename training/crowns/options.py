"""What a user may say about a training of the crowns model."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from inference.errors import InputError
from inference.models.pace import MASK_SHARE
from training.balsam2.config import Balsam2Config
from training.balsam2.fit import FitOptions, Stage

_LEARNING_RATE, _GENTLE_RATE = 2e-3, 5e-4  # from scratch, and where a trained model is improved
_LONGEST_WARM_UP = 100
_MASK_CANVAS = 0.65  # of a tile's side


@dataclass(frozen=True, slots=True)
class CourseOptions:
    """One training; kept in the output folder, so that a resumed one is the same.

    Attributes:
        steps: for centres and boxes; masks take half as many.
        minutes: of wall clock for both together; steps are lowered to what this computer can do in them.
        batch: canvases in each step.
        seed: of everything that is drawn.
        every: steps between two checkpoints, at each of which the validation plots are looked at.
        patience: checkpoints without a better F1 on validation after which centres are finished.
        gentle: a trained model is improved: smaller steps.
        canvas_px: largest side of the canvases that centres learn from.
    """

    steps: int = 2000
    minutes: float | None = None
    batch: int = 12
    seed: int = 0
    every: int = 100
    patience: int = 6
    gentle: bool = False
    canvas_px: int = 192
    config: Balsam2Config = field(default_factory=Balsam2Config)

    def __post_init__(self) -> None:
        """Refuse what trains nothing.

        Raises:
            InputError: with the value that cannot be.
        """
        whole = {"steps": self.steps, "batch": self.batch, "every": self.every, "patience": self.patience}
        for name, value in whole.items():
            if value < 1:
                raise InputError("train.option", "{value} {name} cannot be: use 1 or more.", name=name, value=value)
        if self.minutes is not None and not 0.0 < self.minutes < math.inf:
            raise InputError("train.minutes", "{minutes} minutes cannot be: use more than 0.", minutes=self.minutes)
        if not 0 <= self.seed < 1 << 31:
            raise InputError("train.seed", "The seed {seed} cannot be: use 0 to 2147483647.", seed=self.seed)

    def steps_of(self, stage: Stage) -> int:
        """How many steps a stage has."""
        return self.steps if stage == "centres" else max(1, round(MASK_SHARE * self.steps))

    def canvas_of(self, stage: Stage) -> int:
        """Side of a stage's canvases; a decoder costs two and a half times as much on whole tiles."""
        multiple = self.config.coarsest_stride
        if stage == "masks":
            return max(int(_MASK_CANVAS * self.config.tile_px) // multiple, 1) * multiple
        return min(self.canvas_px // multiple * multiple, self.config.tile_px)

    def fit_of(self, stage: Stage) -> FitOptions:
        """Learning rate and schedule of a stage."""
        steps = self.steps_of(stage)
        return FitOptions(
            stage=stage,
            steps=steps,
            batch=self.batch if stage == "centres" else max(1, self.batch // 2),
            learning_rate=_GENTLE_RATE if self.gentle or stage == "masks" else _LEARNING_RATE,
            warm_up=min(_LONGEST_WARM_UP, max(1, steps // 10)),
            seed=self.seed,
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
        return cls(**{**values, "config": Balsam2Config.from_json(values["config"])})
