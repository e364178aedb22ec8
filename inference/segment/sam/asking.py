"""What both segmenters on a promptable model share: the card made of the model's, tiles, points of the core."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.models.card import ModelCard, setting_number
from inference.models.store import InstalledModel
from inference.plot.tile import Tile
from inference.segment.base import Proposal
from inference.segment.detection.segmenter import fitted
from inference.segment.detection.settings import fingerprint
from inference.segment.sam.candidates import Candidate, crowns_of
from inference.segment.sam.graphs import Answer, PromptGraphs

FloatArray = npt.NDArray[np.float32]

# The decoder copies the embedding for each point: 4 MB, several times.
_BATCH = 16
# The pipeline keeps crowns whose anchor is this far out of the core; points further out are not asked.
_BAND_M = 1.0


@dataclass(frozen=True, slots=True)
class AskingParameters:
    """What all such segmenters have; the rest is with each of them.

    Attributes:
        gsd_m: cell size of the tiles, metres.
        box_nms_thresh: of two masks whose boxes have a larger IoU the one with the lower score goes.
        min_area_m2: smaller crowns go.
        int8: use the model's smaller graphs, where it has them.
    """

    gsd_m: float
    box_nms_thresh: float = 0.5
    min_area_m2: float = 1.0
    int8: bool = False


class AskingSegmenter(ABC):
    """Asks a promptable model about points of each tile's core. Its graphs are loaded with the first tile."""

    METHOD: ClassVar[str]
    TITLE: ClassVar[str]
    SOURCE: ClassVar[str]
    NEEDS_DSM: ClassVar[bool] = False

    def __init__(self, model: InstalledModel, parameters: AskingParameters) -> None:
        """Nothing of the model is loaded yet.

        Args:
            model: any installed model with an encoder and a prompt graph.
            parameters: of the method.
        """
        self.settings = parameters
        self._model = model
        self._threshold = setting_number(model.card, "mask_threshold", 0.0)
        self._graphs: PromptGraphs | None = None

    @property
    def card(self) -> ModelCard:
        """The method's card: needs of the model and of the method together."""
        own = self._model.card
        return replace(
            fitted(own, self.settings.gsd_m),
            id=f"{self.METHOD}:{own.id}",
            task="crowns",
            title=f"{self.TITLE} with {own.title}",
            needs_dsm=own.needs_dsm or self.NEEDS_DSM,
            uses_dsm=own.uses_dsm or self.NEEDS_DSM,
            source=f"{self.SOURCE}; {own.source}",
            classes=(),
        )

    @property
    def parameters(self) -> Mapping[str, float | int | str | bool]:
        """The frozen parameters by name, and a fingerprint of the weights."""
        return {**asdict(self.settings), "weights": fingerprint(self._model.card)}

    def segment(self, tile: Tile, cancel: CancelToken) -> Sequence[Proposal]:
        """Crowns around points of the tile's core, the best first.

        Raises:
            ModelError: a file of the model is missing or damaged, or memory does not suffice.
        """
        points_rc = in_core(self.points_rc(tile, cancel), tile)
        cancel.check()
        if len(points_rc) == 0:
            return []
        if self._graphs is None:
            self._graphs = PromptGraphs.open(self._model, int8=self.settings.int8)
        cancel.check()
        seen = self._graphs.encode(tile, cancel)
        if seen is None:
            return []
        maps, tile_px = seen
        candidates: list[Candidate] = []
        cell_px = 1.0
        points_xy = np.ascontiguousarray(points_rc[:, ::-1], dtype=np.float32)
        for answer in self._graphs.ask(maps, points_xy, _BATCH, cancel):
            cell_px = tile_px / answer.logits.shape[2]
            candidates += self.chosen(answer, points_rc, self._threshold)
            cancel.check()
        return crowns_of(
            candidates,
            tile,
            cell_px=cell_px,
            threshold=self._threshold,
            nms_iou=self.settings.box_nms_thresh,
            min_area_m2=self.settings.min_area_m2,
        )

    @abstractmethod
    def points_rc(self, tile: Tile, cancel: CancelToken) -> FloatArray:
        """(N, 2) rows and columns of the tile to ask about, in a fixed order."""

    @abstractmethod
    def chosen(self, answer: Answer, points_rc: FloatArray, threshold: float) -> Iterator[Candidate]:
        """The masks of an answer that are worth keeping."""


def in_core(points_rc: FloatArray, tile: Tile) -> FloatArray:
    """The points that lie in the tile's core, or a narrow band around it, on cells with data."""
    if len(points_rc) == 0:
        return points_rc
    left, bottom, right, top = tile.core_crs
    band_crs, grid = _BAND_M / tile.unit_m, tile.grid
    x = grid.left_crs + (points_rc[:, 1].astype(np.float64) + 0.5) * grid.cell_crs
    y = grid.top_crs - (points_rc[:, 0].astype(np.float64) + 0.5) * grid.cell_crs
    inside = (x >= left - band_crs) & (x < right + band_crs) & (y > bottom - band_crs) & (y <= top + band_crs)
    height, width = tile.valid.shape
    rows = np.clip(np.round(points_rc[:, 0]).astype(int), 0, height - 1)
    cols = np.clip(np.round(points_rc[:, 1]).astype(int), 0, width - 1)
    return np.asarray(points_rc[inside & tile.valid[rows, cols]])
