"""The kinds of two-stage detectors behind one face: how each is built, learns, looks at a tile and is exported."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from inference.models.card import Setting
from inference.segment.detection.classes import ClassSettings
from inference.segment.detection.crown_masks import Placed
from inference.segment.detection.proposals import ProposalSettings
from training.balsam.tiles import TrainTile

Float32 = NDArray[np.float32]
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ClassHead:
    """A weight with rows for each class.

    Attributes:
        name: of the tensor.
        rows: for each class.
        first: row of the first class: 0, or `rows` where background stands first.
    """

    name: str
    rows: int
    first: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What a network makes of one tile, for the host's own rules of proposals and classes.

    Attributes:
        cls, reg: per level (1, A, h, w) and (1, 4A, h, w) float32.
        classify: (n, 4) boxes -> (n, K+1) scores with background last, and (n, 4K) deltas.
        masks: (n, 4) boxes and (n,) labels -> (n, h, w) logits.
    """

    cls: list[Float32]
    reg: list[Float32]
    classify: Callable[[Float32], tuple[Float32, Float32]]
    masks: Callable[[Float32, NDArray[np.int64]], Float32]


class Network(Protocol):
    """One network by its sizes; a frozen value."""

    @property
    def kind(self) -> str:
        """The family of its model card."""
        ...

    @property
    def classes(self) -> int: ...

    @property
    def tile_px(self) -> int: ...

    @property
    def uses_dsm(self) -> bool: ...

    @property
    def needs_dsm(self) -> bool:
        """Whether a tile without elevation is of no use to it."""
        ...

    @property
    def dsm_norm(self) -> str: ...

    @property
    def heads(self) -> tuple[ClassHead, ...]: ...

    @property
    def proposing(self) -> ProposalSettings: ...

    @property
    def choosing(self) -> ClassSettings: ...

    def sized(self, classes: int, tile_px: int, gsd_m: float) -> "Network":
        """The same for other classes, tiles and cells."""
        ...

    def build(self) -> nn.Module:
        """With random weights."""
        ...

    def aid(self, model: nn.Module, *, mixed: bool, frozen: bool) -> None:
        """Prepare a model for learning: mixed precision, and an encoder that stays as it is."""
        ...

    def losses(
        self, model: nn.Module, tiles: Sequence[TrainTile], generator: torch.Generator, device: torch.device
    ) -> dict[str, Tensor]:
        """By name; training makes their sum small."""
        ...

    def scaled_elevation(self, tile: TrainTile) -> Float32 | None:
        """Elevation (H, W) as the network takes it; None where the tile has none that could be used."""
        ...

    def look(self, model: nn.Module, tile: TrainTile) -> Seen:
        """At one tile, in eval mode."""
        ...

    def placed(self, logits: Float32, box: Float32, seen_px: tuple[int, int]) -> Placed | None:
        """The cells of one crown from its mask logits, as the host takes them."""
        ...

    def settings(self) -> dict[str, Setting]:
        """What the card must tell because the graphs cannot."""
        ...

    def write_graphs(self, model: nn.Module, folder: Path, report: Report) -> dict[str, Path]:
        """Export the three graphs; see `training.convert`."""
        ...

    def as_json(self) -> dict[str, Any]:
        """Field by field, with "kind"."""
        ...


def carry_over(
    model: nn.Module, network: Network, tensors: Mapping[str, Tensor], pairs: Sequence[tuple[int, int]]
) -> None:
    """Begin with another model's weights: all tensors of the same name and shape, and the rows of classes of both.

    Args:
        model: of `network`; changed.
        network: which tensors have rows for classes.
        tensors: of the other model, of the same kind.
        pairs: index of a class here and there.
    """
    own = model.state_dict()
    heads = {head.name: head for head in network.heads}
    for name, value in tensors.items():
        if name in heads and name in own:
            own[name] = _with_rows(own[name].clone(), value, heads[name], pairs)
        elif name in own and own[name].shape == value.shape:
            own[name] = value
    model.load_state_dict(own)


def _with_rows(new: Tensor, old: Tensor, head: ClassHead, pairs: Sequence[tuple[int, int]]) -> Tensor:
    rows, first = head.rows, head.first
    for here, there in pairs:
        mine, other = first + here * rows, first + there * rows
        new[mine : mine + rows] = old[other : other + rows]
    if first:
        new[:first] = old[:first]
    elif rows == 1:  # scores: background is the last row
        new[-1] = old[-1]
    return new
