"""SAM with treetops: every local maximum of the surface model is a prompt (Teng et al. 2025, arXiv 2506.04970)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.errors import ModelError
from inference.jobs import CancelToken
from inference.models.card import ModelCard
from inference.models.store import InstalledModel
from inference.plot.tile import Tile
from inference.segment.sam.asking import AskingParameters, AskingSegmenter
from inference.segment.sam.candidates import Candidate, candidate_of
from inference.segment.sam.graphs import Answer

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SamTreetopsParameters(AskingParameters):
    """The defaults are those of the BalSAM paper's baseline.

    Attributes:
        min_distance_m: a treetop is the highest place within this distance along rows and columns (20 cells of 4 cm in
            the paper's tropical plot, 0.25 and 0.4 m in the finer ones).
        min_height_m: lower tops are no prompts; 0 takes all of them, the ground's as well, as in the paper.
        min_score: crowns whose predicted IoU is lower are dropped.
    """

    min_distance_m: float = 0.8
    min_height_m: float = 0.0
    min_score: float = 0.5


class SamTreetopsSegmenter(AskingSegmenter):
    """One prompt and one mask per treetop; the score is the model's predicted IoU."""

    METHOD = "sam-treetops"
    TITLE = "Treetops of the surface model as prompts"
    SOURCE = "Teng et al. 2025, arXiv 2506.04970"
    NEEDS_DSM = True

    def __init__(self, model: InstalledModel, parameters: SamTreetopsParameters | None = None) -> None:
        self._chosen = parameters or self.defaults(model.card)
        super().__init__(model, self._chosen)

    @staticmethod
    def defaults(card: ModelCard) -> SamTreetopsParameters:
        """The method's parameters for a model."""
        return SamTreetopsParameters(card.gsd_m)

    def points_rc(self, tile: Tile, cancel: CancelToken) -> FloatArray:
        """The treetops of the tile, row by row.

        Raises:
            ModelError: the tile has no elevation.
        """
        if tile.dsm_m is None or tile.chm_m is None:
            raise ModelError(
                "model.needs_dsm",
                "The model {model_id} needs a surface model (DSM), and this plot has none. Add one with --dsm, or use "
                "--model {other}, which works on the orthomosaic alone.",
                model_id=self.card.id,
                other="sam-automatic",
            )
        tops = surface_tops(tile.dsm_m, max(1, round(self._chosen.min_distance_m / tile.gsd_m)))
        if self._chosen.min_height_m > 0.0:
            rows, cols = tops.astype(int).T
            tops = tops[tile.chm_m[rows, cols] >= self._chosen.min_height_m]
        return tops

    def chosen(self, answer: Answer, points_rc: FloatArray, threshold: float) -> Iterator[Candidate]:
        """The one mask of each treetop, where it is trusted."""
        for place, (masks, trust) in enumerate(zip(answer.logits, answer.iou, strict=True)):
            if trust[0] < self._chosen.min_score:
                continue
            row, col = (float(value) for value in points_rc[answer.first + place])
            found = candidate_of(masks[0], trust[0], (row, col), threshold)
            if found is not None:
                yield found


def surface_tops(dsm_m: FloatArray, distance_px: int) -> FloatArray:
    """Local maxima as the paper finds them (scikit-image's `peak_local_max`, plateaus reduced to their middle).

    Args:
        dsm_m: (H, W) float32, NaN where unknown.
        distance_px: a top is the highest cell of the square of 2 · distance + 1 cells around it; none lies nearer than
            this to the tile's border.

    Returns:
        (N, 2) float32 rows and columns, whole numbers, in row-major order.
    """
    from scipy import ndimage

    known = np.isfinite(dsm_m)
    if not known.any():
        return np.zeros((0, 2), dtype=np.float32)
    lowest = dsm_m[known].min()
    surface = np.where(known, dsm_m, lowest)
    tops = (surface == ndimage.maximum_filter(surface, 2 * distance_px + 1, mode="nearest")) & (surface > lowest)
    height, width = tops.shape
    tops[:distance_px] = tops[max(height - distance_px, 0) :] = False
    tops[:, :distance_px] = tops[:, max(width - distance_px, 0) :] = False
    labels, count = ndimage.label(tops, structure=np.ones((3, 3)))
    middles = np.array(ndimage.center_of_mass(tops, labels, np.arange(1, count + 1)), dtype=np.float64).reshape(-1, 2)
    whole = np.floor(middles)
    return whole[np.lexsort((whole[:, 1], whole[:, 0]))].astype(np.float32)
