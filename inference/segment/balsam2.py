"""Outlines crowns with our small BalSAM: centres and boxes from a map, each box as a prompt to SAM's mask decoder."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.models.batches import in_batches
from inference.models.card import ModelCard
from inference.models.sessions import GraphSession
from inference.models.store import InstalledModel
from inference.plot.tile import Tile
from inference.segment.balsam2_views import FILL, UNKNOWN_M, Features, Views, averaged
from inference.segment.base import Proposal
from inference.segment.detection.crown_masks import logit, mask_filling_box
from inference.segment.detection.nms import nms
from inference.segment.detection.segmenter import core_has_data, core_px, fitted
from inference.segment.detection.settings import fingerprint, from_card
from inference.segment.detection.tile_crowns import proposal_of

FloatArray = npt.NDArray[np.float32]

_LEAST_SIDE_CELLS = 1.0  # of the map of centres
_TRIED = (0.0, -0.5, 0.5, -1.0, 1.0)  # of `mask_reach`, the plain threshold first
_CORNERS = (2.0, 3.0)  # SAM's labels of a box's corners


@dataclass(frozen=True, slots=True)
class Balsam2Parameters:
    """What a user may change, by name on the command line.

    Attributes:
        gsd_m: cell size of the tiles, metres; a finer one makes trees look larger to the model.
        score_thr: less likely crowns are dropped, 0..1.
        sure_thr: where no crown of a tile is this likely, and ...
        together_thr: ... all of them together do not make it this likely that there is any, there is no tree at all: a
            field in rows or a roof gives one or two unlikely ones, a forest many.
        nms_iou: of two boxes with a larger IoU the less likely goes.
        views: in how many of the square's eight symmetries a tile is looked at; the mean is steadier than one look.
        zoom: the tile is also looked at this many times larger and smaller, and the mean is taken; 1 for neither.
        mask_thr: cells more likely than this belong to the crown.
        mask_reach: the threshold of a crown may move this far either way, in logits, where its outline then fills its
            box better.
        box_margin: a mask may reach out of its box by this share of the box's side.
        mask_chunk: crowns outlined at a time; bounds memory.
        max_per_tile: crowns kept per tile.
        min_height_m: where elevation is known, what nowhere reaches this height is no tree.
        min_area_m2: smaller crowns are noise.
        use_elevation: False looks at the orthomosaic alone.
    """

    gsd_m: float
    score_thr: float = 0.3
    sure_thr: float = 0.0
    together_thr: float = 0.5
    nms_iou: float = 0.45
    views: int = 4
    zoom: float = 1.0
    mask_thr: float = 0.5
    mask_reach: float = 1.4
    box_margin: float = 0.1
    mask_chunk: int = 16
    max_per_tile: int = 1000
    min_height_m: float = 2.0
    min_area_m2: float = 0.5
    use_elevation: bool = True


@dataclass(frozen=True, slots=True)
class Graphs:
    """The three sessions of a model."""

    encoder: GraphSession
    boxes: GraphSession
    prompt: GraphSession

    @classmethod
    def open(cls, model: InstalledModel) -> "Graphs":
        """Load all three.

        Raises:
            ModelError: a file is missing or damaged.
        """
        return cls(*(GraphSession.open(model.graph(role)) for role in ("encoder", "boxes", "prompt")))


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes (n, 4) x1, y1, x2, y2 in cells of the tile and their scores (n,), best first."""

    boxes: FloatArray
    scores: FloatArray


class Balsam2Segmenter:
    """The small BalSAM on tiles. Its graphs are loaded with the first tile."""

    def __init__(self, model: InstalledModel, parameters: Balsam2Parameters | None = None) -> None:
        """Read the card; nothing of the model is loaded yet.

        Raises:
            ModelError: the card's settings cannot be used.
        """
        self.settings = parameters or self.defaults(model.card)
        self._model = model
        self._graphs: Graphs | None = None

    @staticmethod
    def defaults(card: ModelCard) -> Balsam2Parameters:
        """What a user may change, with the card's own values."""
        return from_card(Balsam2Parameters, card.settings, card, defaults={"gsd_m": card.gsd_m})

    @property
    def card(self) -> ModelCard:
        """The model's card, its lengths for the cell size that the user chose."""
        return fitted(self._model.card, self.settings.gsd_m)

    @property
    def parameters(self) -> Mapping[str, float | int | str | bool]:
        """The frozen parameters by name, and a fingerprint of the weights."""
        return {**asdict(self.settings), "weights": fingerprint(self._model.card)}

    def segment(self, tile: Tile, cancel: CancelToken) -> Sequence[Proposal]:
        """Crowns with their middle in or near the tile's core, the most likely first.

        What is centred in the halo is the neighbour's, and drawing its mask would take a good part of the time.

        Raises:
            ModelError: a file of the model is missing or damaged, or memory does not suffice.
        """
        if not core_has_data(tile):
            return []
        if self._graphs is None:
            self._graphs = Graphs.open(self._model)
        rgb, elevation_m = self._padded(tile)
        features, found = self._find(self._graphs, rgb, elevation_m, tile, cancel)
        found = _in_core(found, tile)
        crowns: list[Proposal] = []
        graphs = self._graphs

        def outline(part: slice) -> FloatArray:
            return self._outline(graphs, features, found.boxes[part], cancel)

        for first, logits in in_batches(len(found.boxes), int(self.settings.mask_chunk), outline):
            for row, one in enumerate(logits, start=first):
                crown = self._crown(tile, found.boxes[row], float(found.scores[row]), one)
                if crown is not None:
                    crowns.append(crown)
        return crowns

    def _padded(self, tile: Tile) -> tuple[FloatArray, FloatArray]:
        """Picture (1, 3, T, T) and elevation (1, 1, T, T) as training showed them: grey and unknown outside."""
        rows, columns = tile.valid.shape
        side = self._model.card.tile_px
        rgb = np.full((1, 3, side, side), FILL, np.float32)
        rgb[0, :, :rows, :columns] = np.where(tile.valid, tile.rgb, np.float32(FILL))
        elevation_m = np.full((1, 1, side, side), UNKNOWN_M, np.float32)
        if tile.chm_m is not None and self.settings.use_elevation:
            elevation_m[0, 0, :rows, :columns] = np.where(np.isfinite(tile.chm_m), tile.chm_m, UNKNOWN_M)
        return rgb, elevation_m

    def _find(
        self, graphs: Graphs, rgb: FloatArray, elevation_m: FloatArray, tile: Tile, cancel: CancelToken
    ) -> tuple[Features, Boxes]:
        """What the encoder gave for the plain view, and the boxes from the mean over the views."""

        def look(picture: FloatArray, heights_m: FloatArray) -> tuple[Features, FloatArray, FloatArray]:
            features = graphs.encoder.run({"rgb": picture, "elevation": heights_m}, cancel=cancel)
            maps = graphs.boxes.run({"detail": features["detail"]}, cancel=cancel)
            return features, maps["centres"], maps["reach"]

        row0, col0, row1, col1 = core_px(tile)
        views = Views(int(self.settings.views), float(self.settings.zoom))
        maps = averaged(look, rgb, elevation_m, ((row0 + row1) / 2.0, (col0 + col1) / 2.0), views)
        return maps.features, self._peaks(maps.centres, maps.reach, rgb.shape[2], tile.valid.shape)

    def _peaks(self, centres: FloatArray, reach: FloatArray, side: int, seen_px: tuple[int, int]) -> Boxes:
        from scipy import ndimage

        stride = np.float32(side / centres.shape[0])
        peaks = (ndimage.maximum_filter(centres, 3) == centres) & (centres >= np.float32(self.settings.score_thr))
        rows, columns = np.nonzero(peaks)
        left, top, right, bottom = reach[:, rows, columns]
        x, y = columns.astype(np.float32) + 0.5, rows.astype(np.float32) + 0.5
        boxes = np.stack([x - left, y - top, x + right, y + bottom], axis=1) * stride
        limits = np.array([seen_px[1], seen_px[0]] * 2, np.float32)
        boxes = np.clip(boxes, 0.0, limits).astype(np.float32)
        large = (boxes[:, 2:] - boxes[:, :2]).min(axis=1, initial=np.inf) >= _LEAST_SIDE_CELLS * stride
        boxes, scores = boxes[large], centres[rows, columns][large]
        kept = nms(boxes, scores, self.settings.nms_iou)[: int(self.settings.max_per_tile)]
        if not self._holds_trees(scores[kept]):
            kept = kept[:0]
        return Boxes(boxes[kept], scores[kept])

    def _holds_trees(self, scores: FloatArray) -> bool:
        """Whether a tile with crowns of these scores, best first, holds any tree at all."""
        if not len(scores) or scores[0] >= self.settings.sure_thr:
            return True
        together = 1.0 - float(np.prod(1.0 - scores, dtype=np.float64))
        return together >= self.settings.together_thr

    def _outline(self, graphs: Graphs, features: Features, boxes: FloatArray, cancel: CancelToken) -> FloatArray:
        """Mask logits (n, h, w) over the whole tile, of boxes (n, 4)."""
        side = 4 * features["embedding"].shape[2]
        remembered = {name: values for name, values in features.items() if name in graphs.prompt.inputs}
        feeds = {
            **remembered,
            # The graph takes a point for the middle of its cell, a box's corner lies on the line.
            "point_coords": boxes.reshape(-1, 2, 2) - np.float32(0.5),
            "point_labels": np.tile(np.array(_CORNERS, np.float32), (len(boxes), 1)),
            "mask_input": np.zeros((len(boxes), 1, side, side), np.float32),
            "has_mask": np.zeros(len(boxes), np.float32),
        }
        return np.asarray(graphs.prompt.run(feeds, ["masks"], cancel=cancel)["masks"][:, 0])

    def _crown(self, tile: Tile, box: FloatArray, score: float, logits: FloatArray) -> Proposal | None:
        placed = mask_filling_box(
            logits,
            box,
            tile_px=self._model.card.tile_px,
            seen_px=(tile.valid.shape[0], tile.valid.shape[1]),
            margin=self.settings.box_margin,
            thresholds=_thresholds(self.settings.mask_thr, self.settings.mask_reach),
        )
        if placed is None or self._is_low(tile, *placed):
            return None
        anchor = (float(box[1] + box[3]) / 2.0, float(box[0] + box[2]) / 2.0)
        return proposal_of(placed, tile, score, min_area_m2=self.settings.min_area_m2, anchor_rc=anchor)

    def _is_low(self, tile: Tile, row0: int, col0: int, mask: npt.NDArray[np.bool_]) -> bool:
        """Whether elevation is known in the crown and nowhere as high as a tree."""
        if tile.chm_m is None or not self.settings.use_elevation:
            return False
        heights = tile.chm_m[row0 : row0 + mask.shape[0], col0 : col0 + mask.shape[1]][mask]
        known = heights[np.isfinite(heights)]
        return len(known) > 0.5 * len(heights) and float(known.max()) < self.settings.min_height_m


def _thresholds(middle: float, reach: float) -> list[float]:
    """Probabilities that a crown's outline is tried at: `middle`, and up to `reach` logits to either side of it."""
    if reach <= 0.0:
        return [middle]
    odds = logit(middle)
    return [1.0 / (1.0 + math.exp(-odds - share * reach)) for share in _TRIED]


def _in_core(found: Boxes, tile: Tile) -> Boxes:
    """The boxes with their middle in the core or the band around it."""
    row0, col0, row1, col1 = core_px(tile)
    x, y = ((found.boxes[:, i] + found.boxes[:, i + 2]) / np.float32(2.0) for i in (0, 1))
    mine = (x >= col0) & (x <= col1) & (y >= row0) & (y <= row1)
    return Boxes(found.boxes[mine], found.scores[mine])
