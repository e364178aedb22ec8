"""Places worth a look: the region proposals of a two-stage detector, from its raw maps (Ren et al. 2015)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.segment.detection.boxes import anchor_shapes, anchors_at, moved
from inference.segment.detection.nms import nms_within_groups

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ProposalSettings:
    """How anchors become proposals; names as in a model card's `settings["rpn"]`.

    Attributes:
        strides: pixels per cell of each level.
        scales, ratios: of the anchors, see `anchor_shapes`; a level's base is its stride.
        sizes: sides of the square anchors in pixels instead of stride · scale: as many for each level, the finest
            level first.
        rounded: anchors have whole pixels (torchvision).
        nms_pre: best anchors of each level that are looked at.
        nms_iou: see `nms_within_groups`; levels do not suppress each other.
        max_per_img: proposals kept.
        min_box_px: shorter or narrower boxes go.
        bound_shrinking, stds: see `moved`.
    """

    strides: tuple[float, ...] = (4, 8, 16, 32, 64)
    scales: tuple[float, ...] = (4, 8)
    ratios: tuple[float, ...] = (0.5, 1, 2)
    sizes: tuple[float, ...] = ()
    rounded: bool = False
    nms_pre: int = 1000
    nms_iou: float = 0.7
    max_per_img: int = 1000
    min_box_px: float = 0.0
    bound_shrinking: bool = True
    stds: tuple[float, ...] = (1, 1, 1, 1)

    def shapes(self, level: int) -> FloatArray:
        """(A, 4) anchors of a level around the origin."""
        if self.sizes:
            each = len(self.sizes) // len(self.strides)
            shapes = anchor_shapes(1.0, self.sizes[level * each : (level + 1) * each], self.ratios)
        else:
            shapes = anchor_shapes(self.strides[level], self.scales, self.ratios)
        return np.round(shapes) if self.rounded else shapes


def propose(
    cls: Sequence[FloatArray], reg: Sequence[FloatArray], settings: ProposalSettings, size_px: tuple[int, int]
) -> tuple[FloatArray, FloatArray]:
    """Decode, cut and thin out the anchors of all levels.

    Args:
        cls: per level (1, A, h, w) float32 logits of "something is here".
        reg: per level (1, 4A, h, w) float32 deltas.
        settings: the rules.
        size_px: height and width of the tile.

    Returns:
        (N, 4) float32 boxes in pixels and (N,) float32 scores, best first.
    """
    found = [
        _of_level(level, one_cls, one_reg, settings, size_px)
        for level, (one_cls, one_reg) in enumerate(zip(cls, reg, strict=True))
    ]
    boxes = np.concatenate([level_boxes for level_boxes, _ in found])
    logits = np.concatenate([level_logits for _, level_logits in found])
    levels = np.repeat(np.arange(len(found)), [len(level_logits) for _, level_logits in found])
    sides = boxes[:, 2:] - boxes[:, :2]
    large = (sides > settings.min_box_px).all(axis=1)
    boxes, logits, levels = boxes[large], logits[large], levels[large]
    kept = nms_within_groups(boxes, logits, levels, settings.nms_iou)[: settings.max_per_img]
    return boxes[kept], sigmoid(logits[kept])


def _of_level(
    level: int, cls: FloatArray, reg: FloatArray, settings: ProposalSettings, size_px: tuple[int, int]
) -> tuple[FloatArray, FloatArray]:
    """The best boxes of one level and their logits, best first."""
    shapes = settings.shapes(level)
    logits = cls[0].transpose(1, 2, 0).ravel()
    best = _top(logits, settings.nms_pre)
    anchors = anchors_at(shapes, best, cls.shape[3], settings.strides[level])
    place, shape = np.divmod(best, len(shapes))
    row, col = np.divmod(place, cls.shape[3])
    deltas = reg[0].reshape(len(shapes), 4, *reg.shape[2:])[shape, :, row, col]
    boxes = moved(anchors, deltas, settings.stds, size_px, bound_shrinking=settings.bound_shrinking)
    return boxes, logits[best]


def _top(values: FloatArray, count: int) -> IntArray:
    """Indexes of the `count` largest values, largest first, of equal ones the earlier first."""
    if len(values) > count:
        least = np.partition(values, len(values) - count)[len(values) - count]
        above = np.flatnonzero(values > least)
        candidates = np.sort(np.concatenate([above, np.flatnonzero(values == least)[: count - len(above)]]))
    else:
        candidates = np.arange(len(values))
    return candidates[np.argsort(-values[candidates], kind="stable")]


def sigmoid(logits: FloatArray) -> FloatArray:
    """1 / (1 + exp(-x)), without overflow."""
    clipped = np.clip(logits, -80.0, 80.0)
    return np.asarray(1.0 / (1.0 + np.exp(-clipped)), dtype=np.float32)
