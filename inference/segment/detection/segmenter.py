"""A plot segmenter from any two-stage detector: what BalSAM and Mask R-CNN do alike."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from inference.errors import ModelError
from inference.jobs import CancelToken
from inference.models.card import ModelCard, setting_number
from inference.models.store import InstalledModel
from inference.plot.tile import Tile
from inference.segment.base import Proposal
from inference.segment.detection.classes import ClassSettings, Detections, best_where
from inference.segment.detection.crown_masks import Placed
from inference.segment.detection.model_input import encoder_feeds, scaling_of
from inference.segment.detection.proposals import ProposalSettings
from inference.segment.detection.settings import DetectorParameters, fingerprint, from_card, group, parameters_of
from inference.segment.detection.tile_crowns import proposal_of
from inference.segment.detection.two_stage import MaskPart, TwoStageGraphs

FloatArray = npt.NDArray[np.float32]

# The halo in cells is rounded up by the tiling; a hair less keeps 256.0000001 from becoming 257.
_HAIR = 1e-6
# The pipeline keeps crowns whose anchor is this far out of the core.
_BAND_M = 1.0
_ALL = 1 << 30
# Less likely classes say nothing about a crown.
_LEAST_HINT = 0.01


class DetectorSegmenter(ABC):
    """Outlines crowns with a two-stage detector. Its graphs are loaded with the first tile."""

    # How this family's anchors, boxes and chunks differ from the defaults; the card's settings go before them.
    proposal_defaults: Mapping[str, object] = MappingProxyType({})
    class_defaults: Mapping[str, object] = MappingProxyType({})
    mask_chunk = 25

    def __init__(self, model: InstalledModel, parameters: DetectorParameters | None = None) -> None:
        """Read the card; nothing of the model is loaded yet.

        Args:
            model: an installed model of this family.
            parameters: what the user changed; the card's own values by default.

        Raises:
            ModelError: the card's settings cannot be used.
        """
        self.settings = parameters or parameters_of(model.card)
        self._model = model
        self._proposing = from_card(ProposalSettings, _anchors(model.card), model.card, defaults=self.proposal_defaults)
        choosing = from_card(ClassSettings, group(model.card, "rcnn"), model.card, defaults=self.class_defaults)
        self._choosing = replace(
            choosing,
            score_thr=self.settings.score_thr,
            nms_iou=self.settings.nms_iou,
            max_per_img=_ALL,
        )
        self._scaling = scaling_of(model.card)
        self._chunk = max(1, int(setting_number(model.card, "mask_chunk", self.mask_chunk)))
        self._graphs: TwoStageGraphs | None = None

    @staticmethod
    def defaults(card: ModelCard) -> DetectorParameters:
        """What a user may change, with the card's own values."""
        return parameters_of(card)

    @property
    def card(self) -> ModelCard:
        """The model's card, its lengths for the cell size that the user chose; core and halos fit its input."""
        return fitted(self._model.card, self.settings.gsd_m)

    @property
    def parameters(self) -> Mapping[str, float | int | str | bool]:
        """The frozen parameters by name, and a fingerprint of the weights."""
        return {**asdict(self.settings), "weights": fingerprint(self._model.card)}

    def segment(self, tile: Tile, cancel: CancelToken) -> Sequence[Proposal]:
        """Crowns in and around the tile's core, the most likely first; none where the model lacks elevation.

        What lies wholly in the halo is the neighbour's, and drawing its mask would take most of the time.

        Raises:
            ModelError: a file of the model is missing or damaged, or memory does not suffice.
        """
        if not core_has_data(tile):
            return []
        if self._graphs is None:
            self._graphs = TwoStageGraphs.open(self._model, cancel, int8=self.settings.int8)
        cancel.check()
        feeds = encoder_feeds(tile, self.card, self._scaling, self._graphs.inputs)
        if feeds is None:
            return []
        maps = self._graphs.encode(feeds, cancel)
        height, width = feeds["rgb"].shape[2:]
        found = self._graphs.find(maps, self._proposing, self._choosing, (height, width), cancel)
        found = best_where(found, _may_own(found.boxes, tile, self.settings.box_margin), int(self.settings.max_per_img))
        crowns: list[Proposal] = []
        for part in self._graphs.masks(maps, found, self._chunk, cancel):
            crowns += self._crowns(part, found, tile, height)
            cancel.check()
        return crowns

    @abstractmethod
    def outlined(self, logits: FloatArray, box: FloatArray, tile_px: int, seen_px: tuple[int, int]) -> Placed | None:
        """The cells of one crown from its mask logits; None when nothing is left."""

    def _crowns(self, part: MaskPart, found: Detections, tile: Tile, tile_px: int) -> list[Proposal]:
        crowns = []
        for place, logits in enumerate(part.logits):
            index = part.first + place
            placed = self.outlined(logits, found.boxes[index], tile_px, tile.valid.shape)
            if placed is None:
                continue
            score = float(found.scores[index])
            if self.settings.score_with_iou and part.iou is not None:
                score *= float(np.clip(part.iou[place], 0.0, 1.0))
            crown = proposal_of(
                placed, tile, score, min_area_m2=self.settings.min_area_m2, hints=self._hints(found, index)
            )
            if crown is not None:
                crowns.append(crown)
        return crowns

    def _hints(self, found: Detections, index: int) -> dict[str, float]:
        """Likely classes of a crown by name; none for a model that only tells crown from ground."""
        names = [one.name for one in self._model.card.classes]
        if len(names) < 2:
            return {}
        likely = found.probabilities[index]
        order = np.argsort(-likely, kind="stable")
        return {names[label]: float(likely[label]) for label in order if likely[label] >= _LEAST_HINT}


def core_px(tile: Tile) -> tuple[float, float, float, float]:
    """First row and column, last row and column of the core with the band around it, in cells of the tile."""
    left, bottom, right, top = tile.core_crs
    cell_crs, band_px = tile.grid.cell_crs, _BAND_M / tile.gsd_m + 1.0
    return (
        (tile.grid.top_crs - top) / cell_crs - band_px,
        (left - tile.grid.left_crs) / cell_crs - band_px,
        (tile.grid.top_crs - bottom) / cell_crs + band_px,
        (right - tile.grid.left_crs) / cell_crs + band_px,
    )


def core_has_data(tile: Tile) -> bool:
    """Whether a crown of this tile can have its anchor on a cell with data."""
    row0, col0, row1, col1 = (max(int(place), 0) for place in core_px(tile))
    return bool(tile.valid[row0 : row1 + 1, col0 : col1 + 1].any())


def _may_own(boxes: FloatArray, tile: Tile, margin: float) -> npt.NDArray[np.bool_]:
    """(N,) bool: whether a crown in this box, or as far around it as masks reach, can have its middle in the core."""
    row0, col0, row1, col1 = core_px(tile)
    reach = (boxes[:, 2:] - boxes[:, :2]) * np.float32(margin)
    first, last = boxes[:, :2] - reach, boxes[:, 2:] + reach
    return np.asarray(
        (last[:, 0] >= col0) & (first[:, 0] <= col1) & (last[:, 1] >= row0) & (first[:, 1] <= row1), dtype=np.bool_
    )


def _anchors(card: ModelCard) -> Mapping[str, object]:
    """The settings of the proposals; anchors in metres become cells of the size that the model was trained at."""
    sizes_m = card.settings.get("anchor_sizes_m")
    if not isinstance(sizes_m, list):
        return group(card, "rpn")
    cell_m = setting_number(card, "gsd_m", card.gsd_m)
    return {**group(card, "rpn"), "sizes": [size_m / cell_m for size_m in sizes_m if isinstance(size_m, int | float)]}


def fitted(card: ModelCard, gsd_m: float) -> ModelCard:
    """The card for another cell size: the same number of cells a tile, core and halos within the model's input.

    Raises:
        ModelError: the card has no cell or tile size.
    """
    if not (card.gsd_m > 0.0 and card.core_m > 0.0):
        raise ModelError(
            "model.card_damaged",
            "The model card of {where} cannot be used: it does not say the size of a cell (gsd_m) or tile (core_m). "
            "Convert the model again.",
            where=card.id,
        )
    core_px, halo_px = (round(length_m / card.gsd_m) for length_m in (card.core_m, card.halo_m))
    if card.tile_px:
        halo_px = min(halo_px, (card.tile_px - 1) // 2)
        core_px = max(1, min(core_px, card.tile_px - 2 * halo_px))
    return replace(card, gsd_m=gsd_m, core_m=core_px * gsd_m, halo_m=max(halo_px - _HAIR, 0.0) * gsd_m)
