"""RoIAlign as torchvision's detectors use it: no half-pixel offset, two samples a bin and axis."""

from typing import Any

import torch
from torch import Tensor

_SAMPLES = 2
_CHUNK = 128
_STRIDES = (4, 8, 16, 32)
# A box of this side is pooled from the third level (stride 16).
_CANONICAL_PX, _CANONICAL_LEVEL = 224.0, 2


def levels_of(boxes: Tensor) -> Tensor:
    """(n,) int64: the level that each box (n, 4) is pooled from."""
    side = ((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])).sqrt()
    level = torch.floor(_CANONICAL_LEVEL + torch.log2(side / _CANONICAL_PX) + 1e-6)
    return level.clamp(0, len(_STRIDES) - 1).to(torch.int64)


def pool(levels: list[Tensor], boxes: Tensor, out: int) -> Tensor:
    """Pool each box (n, 4) px from its own level; `levels` are four (1, C, h, w). -> (n, C, out, out)."""
    own = levels_of(boxes)
    if torch.onnx.is_in_onnx_export():
        parts = []
        for index, features in enumerate(levels):
            inside = (own == index).to(boxes.dtype)
            part = _as_onnx(features, boxes * inside[:, None], out, 1 / _STRIDES[index])
            parts.append(part * inside[:, None, None, None])
        return torch.stack(parts).sum(dim=0)
    pooled = levels[0].new_zeros((len(boxes), levels[0].shape[1], out, out))
    for index, features in enumerate(levels):
        inside = (own == index).nonzero().squeeze(1)
        if len(inside):
            pooled = pooled.index_copy(0, inside, roi_align(features, boxes[inside] / _STRIDES[index], out))
    return pooled


def roi_align(features: Tensor, boxes: Tensor, out: int) -> Tensor:
    """Mean of bilinear samples in out x out bins of each box.

    Args:
        features: (1, C, H, W).
        boxes: (n, 4) in cells of `features`; narrower ones than a cell are taken for one cell wide.
        out: bins along a side.

    Returns:
        (n, C, out, out), as ONNX's RoiAlign with "output_half_pixel" and sampling_ratio 2.
    """
    if len(boxes) == 0:
        return features.new_zeros((0, features.shape[1], out, out))
    parts = []
    for chunk in boxes.split(_CHUNK):
        # The samples of a bin form a grid, so that each axis is a matrix of its own.
        across = _weights(chunk[:, 0], chunk[:, 2], out, features.shape[3])
        down = _weights(chunk[:, 1], chunk[:, 3], out, features.shape[2])
        rows = torch.einsum("nih,chw->nciw", down, features[0])
        parts.append(torch.einsum("nciw,njw->ncij", rows, across))
    return torch.cat(parts)


def _weights(start: Tensor, stop: Tensor, out: int, cells: int) -> Tensor:
    """(n, out, cells): the share of each cell of an axis in each bin."""
    length = (stop - start).clamp(min=1.0)
    steps = (torch.arange(out * _SAMPLES, dtype=start.dtype, device=start.device) + 0.5) / (out * _SAMPLES)
    place = start[:, None] + steps[None] * length[:, None]
    counts = ((place >= -1.0) & (place <= cells)).to(start.dtype)
    place = place.clamp(0, cells - 1)
    low = place.floor()
    share = place - low
    weights = start.new_zeros((len(start), out * _SAMPLES, cells))
    weights.scatter_add_(2, low.to(torch.int64)[..., None], ((1 - share) * counts)[..., None])
    high = (low + 1).clamp(max=cells - 1)
    weights = weights.scatter_add(2, high.to(torch.int64)[..., None], (share * counts)[..., None])
    return weights.reshape(len(start), out, _SAMPLES, cells).mean(dim=2)


def _as_onnx(features: Tensor, boxes: Tensor, out: int, scale: float) -> Tensor:
    attributes: dict[str, Any] = {
        "coordinate_transformation_mode": "output_half_pixel",
        "mode": "avg",
        "output_height": out,
        "output_width": out,
        "sampling_ratio": _SAMPLES,
        "spatial_scale": float(scale),
    }
    return torch.onnx.ops.symbolic(
        "RoiAlign",
        (features, boxes, torch.zeros_like(boxes[:, 0], dtype=torch.int64)),
        attributes,
        dtype=features.dtype,
        shape=(boxes.shape[0], features.shape[1], out, out),
        version=16,
    )
