"""How a two-stage detector is trained: rates, schedule and what is drawn; kept in the training's folder."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from inference.errors import InputError
from training.detectors.kinds import network_of_json
from training.detectors.network import Network

Optimiser = Literal["adamw", "sgd"]
Schedule = Literal["cosine", "constant"]


@dataclass(frozen=True, slots=True)
class FitOptions:
    """How long and how hard.

    Attributes:
        steps, batch: optimiser steps, tiles in each.
        optimiser: "adamw", or "sgd" with momentum 0.9.
        rate, weight_decay: of the optimiser.
        warm_up: steps over which the rate rises in a line from a thousandth.
        schedule: afterwards half a cosine down to a thousandth at the last step, or the same rate.
        longest_gradient: longer ones are shortened to it; 0 leaves all as they are.
        frozen_encoder: the encoder stays as it is.
        without_elevation: share of the tiles whose elevation is withheld, where the network can do without.
        mixed: matrix products of the encoder in bfloat16.
        seed: of weights, tiles, turns and samples.
    """

    steps: int
    batch: int = 2
    optimiser: Optimiser = "adamw"
    rate: float = 1e-5
    weight_decay: float = 0.05
    warm_up: int = 1
    schedule: Schedule = "cosine"
    longest_gradient: float = 0.0
    frozen_encoder: bool = False
    without_elevation: float = 0.0
    mixed: bool = True
    seed: int = 0

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
        if self.optimiser not in get_args(Optimiser) or self.schedule not in get_args(Schedule):
            raise ValueError(f"{self.optimiser} and {self.schedule}")


@dataclass(frozen=True, slots=True)
class CourseOptions:
    """One training; a resumed one is the same.

    Attributes:
        preset: what it was begun as.
        fit: rates and steps.
        network: sizes, for the classes below.
        classes: in the order of the network's.
        gsd_m: cell of the tiles.
        every: steps between two checkpoints, at each of which the validation plots are looked at.
        patience: checkpoints without a better F1 on validation after which training is finished.
        photometric: whether light, scale and heights change from tile to tile, and not the direction alone.
    """

    preset: str
    fit: FitOptions
    network: Network
    classes: tuple[str, ...]
    gsd_m: float
    every: int = 100
    patience: int = 10
    photometric: bool = False

    def __post_init__(self) -> None:
        """Refuse what trains nothing.

        Raises:
            InputError: with the value that cannot be.
        """
        for name, value in {"every": self.every, "patience": self.patience}.items():
            if value < 1:
                raise InputError("train.option", "{value} {name} cannot be: use 1 or more.", name=name, value=value)

    def as_json(self) -> dict[str, Any]:
        """Field by field."""
        plain = {part.name: getattr(self, part.name) for part in fields(self)}
        return {**plain, "fit": asdict(self.fit), "network": self.network.as_json(), "classes": list(self.classes)}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "CourseOptions":
        """The other way round.

        Raises:
            KeyError, TypeError, ValueError: a field is missing or unknown.
        """
        values = {part.name: found[part.name] for part in fields(cls)}
        network, classes = network_of_json(values["network"]), tuple(str(one) for one in values["classes"])
        return cls(**{**values, "fit": FitOptions(**values["fit"]), "network": network, "classes": classes})
