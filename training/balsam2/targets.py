"""What the maps of centres and boxes should show for a canvas (TTFNet: Liu et al. 2020, sections 3.2 and 3.3)."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.data.canvas import Canvas

Float32 = NDArray[np.float32]

_REACH = 0.54  # of a Gaussian around a centre, over half the box's side
_LEAST_SIGMA = 0.3  # cells of the map
_BOX_FROM = 0.05  # cells with less of the Gaussian do not learn the box
_FAR = 3.8  # sigmas: beyond, a Gaussian is below a thousandth
_LEAST_VISIBLE = 0.5  # crowns that show less are neither crown nor background
_LEAST_SIDE = 1.0  # cells of the map


@dataclass(frozen=True, slots=True)
class Targets:
    """Maps of (h, w), the canvas over the stride.

    Attributes:
        heat: 1 in the cell of a crown's centre, falling off around it.
        counts: bool, False where nothing is learned: unlabelled ground, crowns cut by the canvas.
        boxes: (4, h, w) x0, y0, x1, y1 in input cells, where `box_weight` is above 0.
        box_weight: how much a cell's box counts; sums to log(box area) + 1 per crown.
    """

    heat: Float32
    counts: NDArray[np.bool_]
    boxes: Float32
    box_weight: Float32


def targets_of(canvas: Canvas, stride: int) -> Targets:
    """The maps for a canvas; small crowns win over large ones that they lie on."""
    side = canvas.rgb.shape[1] // stride
    heat, weight = np.zeros((side, side), np.float32), np.zeros((side, side), np.float32)
    boxes = np.zeros((4, side, side), np.float32)
    half = stride // 2
    counts = canvas.labelled[half::stride, half::stride].copy()
    rows, columns = np.mgrid[:side, :side].astype(np.float32)
    size = (canvas.boxes[:, 2:] - canvas.boxes[:, :2]) / stride
    for i in np.argsort(-size.prod(1), kind="stable"):
        box = canvas.boxes[i] / stride
        width, height = size[i]
        if canvas.visible[i] < _LEAST_VISIBLE or min(width, height) < _LEAST_SIDE:
            window = _window(box, side)
            counts[window] &= heat[window] > 0.0
            continue
        column = min(int((box[0] + box[2]) / 2.0), side - 1)
        row = min(int((box[1] + box[3]) / 2.0), side - 1)
        sigma_x = max(_REACH * width / 6.0, _LEAST_SIGMA)
        sigma_y = max(_REACH * height / 6.0, _LEAST_SIGMA)
        reach_x, reach_y = math.ceil(_FAR * sigma_x), math.ceil(_FAR * sigma_y)
        window = _window(np.array([column - reach_x, row - reach_y, column + reach_x + 1, row + reach_y + 1]), side)
        x, y = columns[window] - column, rows[window] - row
        near = np.exp(-(x**2 / (2 * sigma_x**2) + y**2 / (2 * sigma_y**2)))
        higher = near >= heat[window]  # of two with one centre the smaller learns its box
        heat[window] = np.where(higher, near, heat[window])
        learns = higher & (near > _BOX_FROM)
        weight[window][learns] = near[learns] / near[learns].sum() * (np.log(max(width * height, 1.0)) + 1.0)
        boxes[(slice(None), *window)][:, learns] = canvas.boxes[i][:, None]
        counts[row, column] = True
    return Targets(np.where(heat < 1e-3, 0.0, heat).astype(np.float32), counts, boxes, weight)


def _window(box: NDArray[np.floating], side: int) -> tuple[slice, slice]:
    left, top = np.floor(np.clip(box[:2], 0, side)).astype(int)
    right, bottom = np.ceil(np.clip(box[2:], 0, side)).astype(int)
    return slice(int(top), int(bottom)), slice(int(left), int(right))
