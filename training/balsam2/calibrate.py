"""Chooses where the decoder's masks end: at the likelihood at which they fill the boxes that they were asked for."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from training.balsam2.mask_step import PromptedCrowns, decoded
from training.balsam2.model import Balsam2
from training.data.canvas import Canvas, CanvasMaker
from training.devices import device_of

Float32 = NDArray[np.float32]

# Logits. Masks that learn from boxes alone come out too small: no cell of a box's edge is known to be the crown's.
_TRIED = tuple(round(-3.0 + 0.25 * step, 2) for step in range(15))
_CANVASES = 24
_LEAST_VISIBLE = 0.95
_GROWN = 0.1  # as `box_margin` of `Balsam2Parameters`


@torch.no_grad()
def mask_threshold(model: Balsam2, maker: CanvasMaker, seed: int, canvases: int = _CANVASES) -> float:
    """The probability above which a cell belongs to the crown, so that masks reach as far as their boxes.

    Args:
        model: trained, in eval mode.
        maker: draws canvases of `tile_px` cells from plots that the model learned from: nothing else may choose.
        seed: of the canvases.
        canvases: how many.

    Returns:
        0..1, the one with the best mean IoU of a mask's extent with its box; 0.5 where no crown was drawn.
    """
    rng = np.random.default_rng((seed, 1))
    model.eval()
    found = [fits for _ in range(canvases) if (fits := _fits(model, maker.draw(rng))) is not None]
    if not found:
        return 0.5
    best = _TRIED[int(np.concatenate(found).mean(0).argmax())]
    return round(1.0 / (1.0 + float(np.exp(-best))), 4)


def _fits(model: Balsam2, canvas: Canvas) -> Float32 | None:
    """IoU (n, thresholds) of each crown's mask with its box at every logit tried; None without whole crowns."""
    whole = canvas.visible >= _LEAST_VISIBLE
    boxes = canvas.boxes[whole]
    if not len(boxes):
        return None
    rgb, elevation_m = (torch.from_numpy(one)[None].to(device_of(model)) for one in (canvas.rgb, canvas.elevation_m))
    encoded = model.encode(rgb, elevation_m[None])
    labels = np.tile(np.array((2.0, 3.0), np.float32), (len(boxes), 1))
    asked = PromptedCrowns(boxes.reshape(-1, 2, 2), labels, np.zeros((0, 0, 0), np.float32), np.zeros(0, bool))
    masks, _ = decoded(model, encoded, asked)
    stride = model.config.mask_stride
    drawn = masks[:, 0].detach().cpu().numpy()
    return np.stack([_fit(mask, box / stride) for mask, box in zip(drawn, boxes, strict=True)])


def _fit(logits: Float32, box: Float32) -> Float32:
    """IoU with its box of one mask (h, w), inside the grown box, at every logit tried; the box in mask cells."""
    reach = _GROWN * np.tile(box[2:] - box[:2], 2) * np.array([-1.0, -1.0, 1.0, 1.0])
    left, top, right, bottom = np.clip(np.round(box + reach), 0, logits.shape[0]).astype(int)
    part = logits[top:bottom, left:right]
    return np.array([_extent_iou(part > logit, box - np.array([left, top, left, top])) for logit in _TRIED], np.float32)


def _extent_iou(mask: NDArray[np.bool_], box: Sequence[float] | NDArray[np.floating]) -> float:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return 0.0
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    shared = max(min(box[2], right) - max(box[0], left), 0.0) * max(min(box[3], bottom) - max(box[1], top), 0.0)
    union = (box[2] - box[0]) * (box[3] - box[1]) + (bottom - top) * (right - left) - shared
    return float(shared / max(union, 1e-6))
