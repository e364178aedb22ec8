"""Anchors, box coding and overlaps of the detector; boxes are (x1, y1, x2, y2) in pixels of the tile."""

import math

import torch
from torch import Tensor

# A box may grow or shrink by at most this factor when it is decoded: |log(16 / 1000)|.
_LOG_LIMIT = abs(math.log(16 / 1000))


def base_anchors(sizes_px: tuple[float, ...], ratios: tuple[float, ...]) -> Tensor:
    """(len(ratios) * len(sizes), 4) boxes about the origin, ratio-major; a ratio is height over width."""
    root = torch.tensor(ratios, dtype=torch.float32).sqrt()
    sizes = torch.tensor(sizes_px, dtype=torch.float32)
    height = (root[:, None] * sizes[None, :]).reshape(-1)
    width = (sizes[None, :] / root[:, None]).reshape(-1)
    return torch.stack([-width / 2, -height / 2, width / 2, height / 2], dim=1)


def grid_anchors(base: Tensor, rows: int, columns: int, stride: int) -> Tensor:
    """(rows * columns * A, 4): `base` at every cell, row-major, anchors of a cell beside each other.

    Centres lie on (column * stride, row * stride), without half a cell of offset, as the authors' do.
    """
    y, x = torch.meshgrid(
        torch.arange(rows, dtype=base.dtype, device=base.device) * stride,
        torch.arange(columns, dtype=base.dtype, device=base.device) * stride,
        indexing="ij",
    )
    shift = torch.stack([x, y, x, y], dim=-1).reshape(-1, 1, 4)
    return (shift + base[None]).reshape(-1, 4)


def decode(boxes: Tensor, deltas: Tensor, stds: tuple[float, ...], size_px: tuple[int, int]) -> Tensor:
    """Apply deltas (..., 4) to boxes (..., 4) and cut them to the tile.

    Args:
        size_px: height and width.
    """
    d = deltas * deltas.new_tensor(stds)
    size = boxes[..., 2:] - boxes[..., :2]
    centre = (boxes[..., 2:] + boxes[..., :2]) * 0.5
    new_centre = centre + size * d[..., :2]
    new_size = size * d[..., 2:].clamp(-_LOG_LIMIT, _LOG_LIMIT).exp()
    low, high = new_centre - new_size * 0.5, new_centre + new_size * 0.5
    limit = boxes.new_tensor([size_px[1], size_px[0]])
    zero = torch.zeros_like(limit)
    return torch.cat([low.clamp(zero, limit), high.clamp(zero, limit)], dim=-1)


def encode(boxes: Tensor, wanted: Tensor, stds: tuple[float, ...]) -> Tensor:
    """Deltas (n, 4) that `decode` makes `wanted` from."""
    size, new_size = boxes[:, 2:] - boxes[:, :2], wanted[:, 2:] - wanted[:, :2]
    centre, new_centre = (boxes[:, 2:] + boxes[:, :2]) * 0.5, (wanted[:, 2:] + wanted[:, :2]) * 0.5
    d = torch.cat([(new_centre - centre) / size, (new_size / size).log()], dim=1)
    return d / d.new_tensor(stds)


def overlaps(a: Tensor, b: Tensor) -> Tensor:
    """(n, m) intersection over union of boxes (n, 4) with boxes (m, 4)."""
    low = torch.maximum(a[:, None, :2], b[None, :, :2])
    high = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = (high - low).clamp(min=0).prod(dim=2)
    area_a, area_b = (a[:, 2:] - a[:, :2]).prod(dim=1), (b[:, 2:] - b[:, :2]).prod(dim=1)
    return shared / (area_a[:, None] + area_b[None] - shared).clamp(min=1e-6)
