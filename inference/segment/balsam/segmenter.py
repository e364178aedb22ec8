"""BalSAM as a plot segmenter (Teng et al. 2025, arXiv 2506.04970; RSPrompter: Chen et al. 2024)."""

import numpy as np
import numpy.typing as npt

from inference.segment.detection.crown_masks import Placed, mask_from_tile
from inference.segment.detection.segmenter import DetectorSegmenter

FloatArray = npt.NDArray[np.float32]


class BalsamSegmenter(DetectorSegmenter):
    """Detections of a Faster R-CNN on SAM's features, each outlined by SAM's mask decoder.

    Follows the authors up to the masks over the whole tile; then keeps of each mask the largest part in and near its
    box. With `box_margin` so large that it covers the tile only the largest part is different from theirs.
    """

    def outlined(self, logits: FloatArray, box: FloatArray, tile_px: int, seen_px: tuple[int, int]) -> Placed | None:
        """As `crown_masks.mask_from_tile`."""
        return mask_from_tile(
            logits,
            box,
            tile_px=tile_px,
            seen_px=seen_px,
            margin=self.settings.box_margin,
            threshold=self.settings.mask_thr,
        )
