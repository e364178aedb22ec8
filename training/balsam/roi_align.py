"""RoIAlign with half-pixel offset and as many samples as a box has cells, in plain torch and as ONNX's operator."""

from typing import Any

import torch
from torch import Tensor

# Boxes that are pooled together; bounds the memory of the half-pooled maps.
_CHUNK = 64


def roi_align(features: Tensor, boxes: Tensor, out: int, scale: float) -> Tensor:
    """Mean of bilinear samples in out x out bins of each box.

    Args:
        features: (1, C, H, W).
        boxes: (n, 4) pixels of the tile.
        out: bins along a side.
        scale: cells of `features` per pixel.

    Returns:
        (n, C, out, out). The same numbers as ONNX's RoiAlign (half_pixel, sampling_ratio 0, avg), which is what this
        becomes in an exported graph.
    """
    if torch.onnx.is_in_onnx_export():
        return _as_onnx(features, boxes, out, scale)
    if len(boxes) == 0:
        return features.new_zeros((0, features.shape[1], out, out))
    # The samples of a bin are a grid, so the mean is a product of one matrix per axis.
    parts = []
    for start in range(0, len(boxes), _CHUNK):
        chunk = boxes[start : start + _CHUNK] * scale - 0.5
        across = _axis(chunk[:, 0], chunk[:, 2], out, features.shape[3])
        down = _axis(chunk[:, 1], chunk[:, 3], out, features.shape[2])
        rows = torch.einsum("nih,chw->nciw", down, features[0])
        parts.append(torch.einsum("nciw,njw->ncij", rows, across))
    return torch.cat(parts)


def _axis(start: Tensor, stop: Tensor, out: int, cells: int) -> Tensor:
    """(n, out, cells) weights with which the cells of one axis enter the bins."""
    length = stop - start
    samples = (length / out).ceil().clamp(min=0).to(torch.int64)
    most = max(int(samples.max()), 1)
    index = torch.arange(most, device=start.device)
    used = index[None] < samples[:, None]
    bin_length = length / out
    step = (index[None] + 0.5) * (bin_length / samples.clamp(min=1))[:, None]
    bins = torch.arange(out, device=start.device) * bin_length[:, None]
    place = start[:, None, None] + bins[:, :, None] + step[:, None, :]
    inside = (place >= -1.0) & (place <= cells) & used[:, None, :]
    place = place.clamp(min=0)
    low = place.floor().clamp(max=cells - 1)
    high = (low + 1).clamp(max=cells - 1)
    fraction = torch.where(low >= cells - 1, torch.zeros_like(place), place - low)
    share = inside.to(start.dtype) / samples.clamp(min=1)[:, None, None]
    weights = start.new_zeros((len(start), out, cells))
    weights.scatter_add_(2, low.to(torch.int64), share * (1 - fraction))
    return weights.scatter_add(2, high.to(torch.int64), share * fraction)


def _as_onnx(features: Tensor, boxes: Tensor, out: int, scale: float) -> Tensor:
    batch = torch.zeros_like(boxes[:, 0], dtype=torch.int64)
    attributes: dict[str, Any] = {
        "coordinate_transformation_mode": "half_pixel",
        "mode": "avg",
        "output_height": out,
        "output_width": out,
        "sampling_ratio": 0,
        "spatial_scale": float(scale),
    }
    return torch.onnx.ops.symbolic(
        "RoiAlign",
        (features, boxes, batch),
        attributes,
        dtype=features.dtype,
        shape=(boxes.shape[0], features.shape[1], out, out),
        version=16,
    )


def levels_of(boxes: Tensor, finest_scale: int, levels: int) -> Tensor:
    """The pyramid level that each box is pooled from, int64 (n,)."""
    size = ((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])).sqrt()
    return (size / finest_scale + 1e-6).log2().floor().clamp(0, levels - 1).to(torch.int64)


def pool(levels: list[Tensor], boxes: Tensor, out: int, strides: tuple[int, ...], finest_scale: int) -> Tensor:
    """Pool each box (n, 4) from its own level; `levels` are (1, C, h, w). -> (n, C, out, out)."""
    level = levels_of(boxes, finest_scale, len(levels))
    if torch.onnx.is_in_onnx_export():
        # A graph pools every box from every level. Away from its own level a box is shrunk to nothing, for which the
        # operator takes no samples and gives zeros: the sum is the pooled box, at the cost of one level.
        total = None
        for index, features in enumerate(levels):
            own = (level == index).to(boxes.dtype)[:, None]
            part = roi_align(features, boxes * own, out, 1 / strides[index])
            part = part * own[:, :, None, None]
            total = part if total is None else total + part
        assert total is not None
        return total
    pooled = levels[0].new_zeros((len(boxes), levels[0].shape[1], out, out))
    for index, features in enumerate(levels):
        inside = (level == index).nonzero().squeeze(1)
        if len(inside):
            part = roi_align(features, boxes[inside], out, 1 / strides[index])
            pooled = pooled.index_copy(0, inside, part)
    return pooled
