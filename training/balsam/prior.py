"""What a mask begins with where a decoder learns from nothing: the oval that fills the box it is asked for."""

import torch
from torch import Tensor

_MIDDLE = 4.0  # logit in the middle of the box; 0 on the oval
_LEAST = -6.0


def oval_logits(boxes: Tensor, side: int, tile_px: int) -> Tensor:
    """(n, 1, side, side) logits of masks over the whole tile for boxes (n, 4) in its pixels."""
    cell_px = tile_px / side
    place = (torch.arange(side, dtype=boxes.dtype, device=boxes.device) + 0.5) * cell_px
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    half = ((boxes[:, 2:] - boxes[:, :2]) / 2).clamp(min=cell_px)
    across = (place[None] - middle[:, :1]) / half[:, :1]
    down = (place[None] - middle[:, 1:]) / half[:, 1:]
    distance = across.square()[:, None, None, :] + down.square()[:, None, :, None]
    return (_MIDDLE * (1 - distance)).clamp(min=_LEAST)
