"""SAM automatic: a grid of points, every mask that the model trusts (Kirillov et al. 2023, arXiv 2304.02643)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.models.card import ModelCard
from inference.models.store import InstalledModel
from inference.plot.tile import Tile
from inference.segment.sam.asking import AskingParameters, AskingSegmenter
from inference.segment.sam.candidates import Candidate, candidate_of, stability
from inference.segment.sam.graphs import Answer

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SamAutomaticParameters(AskingParameters):
    """The defaults are those of the BalSAM paper's baseline, the rest segment_anything's.

    Attributes:
        points_per_side: of the grid over a whole tile (the paper compares 10 and 100; time grows with the square).
        pred_iou_thresh: masks that the model trusts less are dropped.
        stability_score_thresh, stability_score_offset: masks that change more than this when their threshold moves by
            the offset are dropped.
    """

    points_per_side: int = 10
    pred_iou_thresh: float = 0.6
    stability_score_thresh: float = 0.95
    stability_score_offset: float = 1.0


class SamAutomaticSegmenter(AskingSegmenter):
    """Needs no elevation and no training; outlines whatever it sees, crowns or not.

    Other than segment_anything's generator it asks only about points of the tile's core (the halo is the core of a
    neighbour), and measures stability on the coarse masks.
    """

    METHOD = "sam-automatic"
    TITLE = "A grid of points"
    SOURCE = "Kirillov et al. 2023, arXiv 2304.02643"

    def __init__(self, model: InstalledModel, parameters: SamAutomaticParameters | None = None) -> None:
        self._chosen = parameters or self.defaults(model.card)
        super().__init__(model, self._chosen)

    @staticmethod
    def defaults(card: ModelCard) -> SamAutomaticParameters:
        """The method's parameters for a model."""
        return SamAutomaticParameters(card.gsd_m)

    def points_rc(self, tile: Tile, cancel: CancelToken) -> FloatArray:
        """Points in the middle of equal squares of the tile, row by row."""
        height, width = tile.valid.shape
        side = self._model.card.tile_px or max(height, width)
        step = side / max(1, int(self._chosen.points_per_side))
        rows, cols = (np.arange(max(1, round(length / step))) for length in (height, width))
        grid = np.stack(np.meshgrid((rows + 0.5) * step, (cols + 0.5) * step, indexing="ij"), axis=-1)
        points = grid.reshape(-1, 2)
        return points[(points < (height, width)).all(axis=1)].astype(np.float32)

    def chosen(self, answer: Answer, points_rc: FloatArray, threshold: float) -> Iterator[Candidate]:
        """The three masks of each point (part, object, group), where they are trusted and stable."""
        rules = self._chosen
        multi = slice(1, None) if answer.iou.shape[1] > 1 else slice(0, 1)
        for place, (masks, trust) in enumerate(zip(answer.logits[:, multi], answer.iou[:, multi], strict=True)):
            row, col = (float(value) for value in points_rc[answer.first + place])
            for logits, iou in zip(masks, trust, strict=True):
                if iou <= rules.pred_iou_thresh:
                    continue
                if stability(logits, threshold, rules.stability_score_offset) < rules.stability_score_thresh:
                    continue
                found = candidate_of(logits, iou, (row, col), threshold)
                if found is not None:
                    yield found
