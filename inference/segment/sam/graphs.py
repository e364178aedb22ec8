"""A promptable model's graphs asked about many points of a tile, some at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.models.batches import in_batches
from inference.models.card import ModelCard
from inference.models.sessions import GraphSession
from inference.models.store import InstalledModel
from inference.plot.tile import Tile
from inference.segment.detection.model_input import encoder_feeds, scaling_of
from inference.segment.detection.two_stage import graph_of

FloatArray = npt.NDArray[np.float32]
Maps = Mapping[str, npt.NDArray[Any]]

ROLES = ("encoder", "prompt")
# SAM was trained with a point that means nothing beside every prompt that has no box.
_LABELS = (1.0, -1.0)
# SAM's mean colour: its own padding is black only after it was subtracted.
_MEAN_RGB = (123.675, 116.28, 103.53)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says of some points.

    Attributes:
        first: place of the first of them among the points asked.
        logits: (n, M, h, w) float32 over the tile: the one mask for a whole object first, then, where the model has
            them, three of different size.
        iou: (n, M) float32, the model's estimate of how good each mask is.
    """

    first: int
    logits: FloatArray
    iou: FloatArray


class PromptGraphs:
    """Encoder and prompt graph of a model."""

    def __init__(self, card: ModelCard, encoder: GraphSession, prompt: GraphSession) -> None:
        self._card, self._encoder, self._prompt = card, encoder, prompt
        self._scaling = scaling_of(card)

    @classmethod
    def open(cls, model: InstalledModel, *, int8: bool = False) -> "PromptGraphs":
        """Load a model's graphs, the smaller ones where they are wanted and there.

        Raises:
            ModelError: a file is missing, damaged or no graph.
        """
        encoder, prompt = (GraphSession.open(graph_of(model, role, int8=int8)) for role in ROLES)
        return cls(model.card, encoder, prompt)

    def encode(self, tile: Tile, cancel: CancelToken) -> tuple[Maps, int] | None:
        """Look at a tile once: its maps by name and the side of the encoder's input in cells.

        None when the model cannot do without elevation and the tile has none.

        Raises:
            ModelError: the tile is too large, or memory does not suffice.
        """
        feeds = encoder_feeds(tile, self._card, self._scaling, frozenset(self._encoder.inputs))
        if feeds is None:
            return None
        height, width = tile.valid.shape
        for band, grey in enumerate(_MEAN_RGB):
            feeds["rgb"][0, band, height:] = grey
            feeds["rgb"][0, band, :, width:] = grey
        return self._encoder.run(feeds, cancel=cancel), feeds["rgb"].shape[2]

    def ask(self, maps: Maps, points_xy: FloatArray, batch: int, cancel: CancelToken) -> Iterator[Answer]:
        """Masks of single points, each taken for a place inside the object.

        Args:
            maps: of `encode`.
            points_xy: (N, 2) float32 column and row in cells of the tile; whole numbers mean the middle of a cell.
            batch: points asked at once; memory grows with it.
            cancel: looked at between batches and while they run.
        """
        fixed = {name: maps[name] for name in self._prompt.inputs if name in maps}
        side = 4 * maps["embedding"].shape[2]

        def answered(which: slice) -> Maps:
            part = points_xy[which]
            count = len(part)
            coordinates = np.zeros((count, len(_LABELS), 2), dtype=np.float32)
            coordinates[:, 0] = part
            feeds = {
                **fixed,
                "point_coords": coordinates,
                "point_labels": np.tile(np.array(_LABELS, dtype=np.float32), (count, 1)),
                "mask_input": np.zeros((count, 1, side, side), dtype=np.float32),
                "has_mask": np.zeros(count, dtype=np.float32),
            }
            return self._prompt.run({name: feeds[name] for name in self._prompt.inputs}, cancel=cancel)

        for first, told in in_batches(len(points_xy), batch, answered):
            yield Answer(first, told["masks"], told["iou"])
