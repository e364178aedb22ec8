"""Crowns of a whole plot as boxes, straight from the torch model: what validation looks at while training."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from training.balsam2.model import Balsam2, boxes_of
from training.data.labelled import OUTSIDE_GREY, UNKNOWN_ELEVATION
from training.devices import device_of

Float32 = NDArray[np.float32]

_MARGIN = 8  # cells of the map of centres
SYMMETRIES = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Boxes (n, 4) x0, y0, x1, y1 in cells and their scores (n,), best first."""

    boxes: Float32
    scores: Float32


@torch.no_grad()
def detect(
    model: Balsam2,
    rgb: NDArray[np.uint8],
    chm_m: Float32 | None,
    *,
    symmetries: int = SYMMETRIES,
    least_score: float = 0.05,
    nms_iou: float = 0.45,
) -> Found:
    """Look at a picture (3, H, W) in its first `symmetries` of the square's eight views, average, read the peaks."""
    stride, coarsest = model.config.heat_stride, model.config.coarsest_stride
    rows, columns = rgb.shape[1:]
    side = -(-(max(rows, columns) + 2 * _MARGIN * stride) // coarsest) * coarsest
    top, left = ((side - n) // (2 * stride) * stride for n in (rows, columns))
    picture = np.full((3, side, side), OUTSIDE_GREY, np.float32)
    picture[:, top : top + rows, left : left + columns] = rgb
    heights = np.full((side, side), UNKNOWN_ELEVATION, np.float32)
    if chm_m is not None:
        heights[top : top + rows, left : left + columns] = np.where(np.isfinite(chm_m), chm_m, UNKNOWN_ELEVATION)
    rgb_in, elevation_m = (torch.from_numpy(one)[None].to(device_of(model)) for one in (picture, heights))
    heat, reach = _averaged(model, rgb_in, elevation_m[None], symmetries)
    peaks = (functional.max_pool2d(heat, 3, 1, 1) == heat) & (heat > least_score)
    boxes = boxes_of(reach, stride).permute(0, 2, 3, 1)[peaks[:, 0]].numpy() - np.array(
        [left, top, left, top], np.float32
    )
    boxes = np.clip(boxes, 0.0, np.array([columns, rows, columns, rows], np.float32))
    scores = heat[peaks].numpy()
    large = (boxes[:, 2:] - boxes[:, :2]).min(1, initial=np.inf) >= stride
    boxes, scores = boxes[large], scores[large]
    kept = suppressed(boxes, scores, nms_iou)
    return Found(boxes[kept], scores[kept])


def _averaged(model: Balsam2, rgb: Tensor, elevation_m: Tensor, symmetries: int) -> tuple[Tensor, Tensor]:
    heats, reaches = [], []
    for number in range(symmetries):
        encoded = model.encode(view(rgb, number), view(elevation_m, number))
        heat, reach = (maps.cpu() for maps in model.crowns_at(encoded.heat, encoded.reach))
        heats.append(unview(heat, number))
        reaches.append(reach_unview(reach, number))
    return torch.stack(heats).mean(0), torch.stack(reaches).mean(0)


def view(x: Tensor, number: int) -> Tensor:
    """One of eight views of (B, C, H, W): bit 0 mirrors, bit 1 flips, bit 2 transposes, in this order."""
    x = x.flip(-1) if number & 1 else x
    x = x.flip(-2) if number & 2 else x
    return (x.transpose(-1, -2) if number & 4 else x).contiguous()


def unview(x: Tensor, number: int) -> Tensor:
    """The other way round."""
    x = x.transpose(-1, -2) if number & 4 else x
    x = x.flip(-2) if number & 2 else x
    return x.flip(-1) if number & 1 else x


def reach_unview(reach: Tensor, number: int) -> Tensor:
    """`unview` for the reach to left, top, right, bottom, which change places with the axes."""
    reach = unview(reach, number)
    if number & 4:
        reach = reach[:, [1, 0, 3, 2]]
    if number & 2:
        reach = reach[:, [0, 3, 2, 1]]
    return reach[:, [2, 1, 0, 3]] if number & 1 else reach


def overlaps(a: Float32, b: Float32) -> Float32:
    """IoU (n, m) of boxes (n, 4) and (m, 4)."""
    low, high = np.maximum(a[:, None, :2], b[None, :, :2]), np.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = np.clip(high - low, 0.0, None).prod(2)
    area_a, area_b = ((x[:, 2:] - x[:, :2]).prod(1) for x in (a, b))
    iou: Float32 = shared / np.maximum(area_a[:, None] + area_b[None] - shared, 1e-6)
    return iou


def suppressed(boxes: Float32, scores: Float32, iou: float) -> NDArray[np.intp]:
    """Rows that stay, best first, of boxes that overlap a better one by more than `iou`."""
    order = np.argsort(-scores, kind="stable")
    shared = overlaps(boxes, boxes)
    gone = np.zeros(len(boxes), bool)
    kept = []
    for row in order:
        if not gone[row]:
            kept.append(row)
            gone |= shared[row] > iou
    return np.array(kept, np.intp)
