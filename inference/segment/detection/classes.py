"""Boxes with classes: what a box head says of proposals, thinned out class by class."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.segment.detection.boxes import moved
from inference.segment.detection.nms import nms_within_groups

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ClassSettings:
    """How proposals become detections; names as in a model card's `settings["rcnn"]`.

    Attributes:
        score_thr: less likely (box, class) pairs go.
        nms_iou: see `nms_within_groups`; classes do not suppress each other.
        max_per_img: detections kept per tile.
        stds: what the deltas are multiplied by.
        min_box_px: shorter or narrower boxes go.
        bound_shrinking: see `boxes.moved`.
    """

    score_thr: float = 0.05
    nms_iou: float = 0.5
    max_per_img: int = 100
    stds: tuple[float, float, float, float] = (0.1, 0.1, 0.2, 0.2)
    min_box_px: float = -1.0
    bound_shrinking: bool = True


@dataclass(frozen=True, slots=True)
class Detections:
    """N boxes, best first.

    Attributes:
        boxes: (N, 4) float32 px of the tile.
        scores: (N,) float32 of the box's class.
        labels: (N,) int64 class.
        probabilities: (N, K) float32 of all classes at the proposal that the box came from.
    """

    boxes: FloatArray
    scores: FloatArray
    labels: IntArray
    probabilities: FloatArray


def detect(
    rois: FloatArray, scores: FloatArray, deltas: FloatArray, settings: ClassSettings, size_px: tuple[int, int]
) -> Detections:
    """Turn a box head's output into boxes with one class each.

    Args:
        rois: (N, 4) float32 proposals.
        scores: (N, K+1) float32 softmax, background last.
        deltas: (N, 4K) float32, four per class.
        settings: the rules.
        size_px: height and width of the tile.
    """
    probabilities = scores[:, :-1]
    roi, label = np.nonzero(probabilities > np.float32(settings.score_thr))
    found = probabilities[roi, label]
    by_class = deltas.reshape(len(deltas), -1, 4)
    boxes = moved(rois[roi], by_class[roi, label], settings.stds, size_px, bound_shrinking=settings.bound_shrinking)
    large = ((boxes[:, 2:] - boxes[:, :2]) > settings.min_box_px).all(axis=1)
    roi, label, found, boxes = roi[large], label[large], found[large], boxes[large]
    kept = nms_within_groups(boxes, found, label.astype(np.int64), settings.nms_iou)[: settings.max_per_img]
    return Detections(boxes[kept], found[kept], label[kept].astype(np.int64), probabilities[roi[kept]])


def best_where(found: Detections, wanted: npt.NDArray[np.bool_], most: int) -> Detections:
    """The best `most` of those detections that are wanted, (N,) bool."""
    kept = np.flatnonzero(wanted)[:most]
    return Detections(found.boxes[kept], found.scores[kept], found.labels[kept], found.probabilities[kept])


def nothing(classes: int) -> Detections:
    """No detections."""
    return Detections(
        np.zeros((0, 4), dtype=np.float32),
        np.zeros(0, dtype=np.float32),
        np.zeros(0, dtype=np.int64),
        np.zeros((0, classes), dtype=np.float32),
    )
