"""Masks that a promptable model offers for many points, thinned out to one per object."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.plot.tile import Tile
from inference.segment.base import Proposal
from inference.segment.detection.crown_masks import mask_from_logits, window_of
from inference.segment.detection.nms import nms
from inference.segment.detection.tile_crowns import proposal_of

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One mask, as coarse as the model gives it: a sixteenth of the cells, and only where it is not empty.

    Attributes:
        row0, col0: place of the first cell of `logits` in the model's coarse mask.
        logits: (h, w) float32.
        score: predicted IoU.
        anchor_rc: the point asked, row and column in cells of the tile.
    """

    row0: int
    col0: int
    logits: FloatArray
    score: float
    anchor_rc: tuple[float, float]


def candidate_of(
    logits: FloatArray, score: float, anchor_rc: tuple[float, float], threshold: float
) -> Candidate | None:
    """Keep of a coarse mask over the whole tile what is needed; None when it is empty."""
    window = window_of(logits, threshold)
    if window is None:
        return None
    top, left, bottom, right = window
    return Candidate(top, left, logits[top:bottom, left:right].copy(), float(score), anchor_rc)


def stability(logits: FloatArray, threshold: float, offset: float) -> float:
    """IoU of the masks at a higher and a lower threshold (segment_anything's "stability score"); 0 for no mask."""
    larger = int((logits > threshold - offset).sum())
    return int((logits > threshold + offset).sum()) / larger if larger else 0.0


def crowns_of(
    candidates: Sequence[Candidate],
    tile: Tile,
    *,
    cell_px: float,
    threshold: float,
    nms_iou: float,
    min_area_m2: float,
) -> list[Proposal]:
    """One crown for each group of masks whose boxes mean the same object, best first.

    Args:
        candidates: in the order of the points asked.
        tile: where they were seen.
        cell_px: cells of the tile for each cell of a coarse mask; boxes are compared in steps of it.
        threshold: logits above it belong to a mask.
        nms_iou: of two boxes with a larger IoU the one with the lower score goes.
        min_area_m2: smaller crowns go.
    """
    if not candidates:
        return []
    boxes = np.array([_box(one, threshold) for one in candidates], dtype=np.float32)
    scores = np.array([one.score for one in candidates], dtype=np.float32)
    crowns = []
    for index in nms(boxes, scores, nms_iou):
        one = candidates[index]
        top, left = int(one.row0 * cell_px), int(one.col0 * cell_px)
        height, width = tile.valid.shape
        placed = mask_from_logits(
            one.logits, cell_px=cell_px, seen_px=(height - top, width - left), threshold=threshold
        )
        if placed is None:
            continue
        row0, col0, mask = placed
        crown = proposal_of(
            (row0 + top, col0 + left, mask),
            tile,
            min(max(one.score, 0.0), 1.0),
            min_area_m2=min_area_m2,
            anchor_rc=one.anchor_rc,
        )
        if crown is not None:
            crowns.append(crown)
    return crowns


def _box(one: Candidate, threshold: float) -> tuple[float, float, float, float]:
    above = one.logits > threshold
    rows, cols = np.flatnonzero(above.any(axis=1)), np.flatnonzero(above.any(axis=0))
    return (
        float(one.col0 + cols[0]),
        float(one.row0 + rows[0]),
        float(one.col0 + cols[-1] + 1),
        float(one.row0 + rows[-1] + 1),
    )
