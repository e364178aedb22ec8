"""Mask R-CNN as a plot segmenter, with or without elevation (He et al. 2017, doi 10.1109/ICCV.2017.322)."""

from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from inference.segment.detection.crown_masks import Placed, mask_from_box
from inference.segment.detection.segmenter import DetectorSegmenter

FloatArray = npt.NDArray[np.float32]


class MaskRcnnSegmenter(DetectorSegmenter):
    """A ResNet-50-FPN detector with torchvision's anchors and box coding.

    Its graphs are BalSAM's but for the masks: (n, 1, 28, 28) logits over each box, of the class in the input `labels`.
    """

    proposal_defaults = MappingProxyType(
        {
            "sizes": (32.0, 64.0, 128.0, 256.0, 512.0),
            "rounded": True,
            "bound_shrinking": False,
            "min_box_px": 1e-3,
        }
    )
    class_defaults = MappingProxyType({"bound_shrinking": False, "min_box_px": 1e-2})
    mask_chunk = 100

    def outlined(self, logits: FloatArray, box: FloatArray, tile_px: int, seen_px: tuple[int, int]) -> Placed | None:
        """As `crown_masks.mask_from_box`."""
        return mask_from_box(logits, box, seen_px=seen_px, threshold=self.settings.mask_thr)
