"""What a prompt says by itself, before the decoder looks: an oval in the box, or in the crown found at the click."""

import torch
from torch import Tensor

_SURE = 4.0  # logits of the oval's middle, and of what is far outside
_ROUNDNESS = 2.5  # exponent: between an ellipse (2) and its box; crowns fill a little more of a box than an ellipse
_CLICK_CELLS = 5.0  # a click is sure of the ground within a metre, on cells of 0.2 m
_NOWHERE = 1e4
_EXCLUDE, _INCLUDE, _FIRST_CORNER, _SECOND_CORNER = 0.0, 1.0, 2.0, 3.0


def prior_logits(
    places: Tensor, labels: Tensor, extent: Tensor, mask_input: Tensor, has_mask: Tensor, tile_px: int
) -> Tensor:
    """Logits that the decoder's masks are added to, so that it learns the difference from an oval and not from nothing.

    SAM's decoder learns where a prompt is from millions of masks; a few hundred steps on some thousand crowns do not
    teach it that (it answered every prompt with an empty mask).

    Args:
        places: (n, P, 2) x, y in input cells, (0, 0) being the outer corner of the first.
        labels: (n, P) 1 include, 0 exclude, 2 and 3 corners of a box, -1 nothing.
        extent: (1, 4, h, w) how far the crown at a place reaches to the left, top, right, bottom, in input cells.
        mask_input: (n, 1, s, s) logits of an earlier mask, which then stands for the oval.
        has_mask: (n,) 1.0 where there is one.
        tile_px: side of the tile.

    Returns:
        (n, 1, s, s), between -4 and 4.
    """
    side = mask_input.shape[-1]
    low, high = _box(places, labels, extent, tile_px)
    cells = (torch.arange(side, dtype=places.dtype, device=places.device) + 0.5) * (tile_px / side)
    middle, half = (low + high) / 2.0, ((high - low) / 2.0).clamp_min(1.0)
    across = (cells[None] - middle[:, :1]).abs() / half[:, :1]
    down = (cells[None] - middle[:, 1:]).abs() / half[:, 1:]
    across, down = (away.clamp(max=4.0) ** _ROUNDNESS for away in (across, down))
    oval = _SURE * (1.0 - across[:, None, :] - down[:, :, None])
    asked = has_mask.reshape(-1, 1, 1)
    base = asked * mask_input[:, 0] + (1.0 - asked) * oval
    # What was clicked is in or out whatever the oval says.
    distance = ((cells[None, None, None] - places[:, :, 0, None, None]) ** 2) + (
        (cells[None, None, :, None] - places[:, :, 1, None, None]) ** 2
    )
    bump = _SURE * (1.0 - distance / _CLICK_CELLS**2)
    is_in = (labels == _INCLUDE).to(bump.dtype)[..., None, None]
    is_out = (labels == _EXCLUDE).to(bump.dtype)[..., None, None]
    base = torch.maximum(base, (bump * is_in - _NOWHERE * (1.0 - is_in)).amax(1))
    base = torch.minimum(base, (_NOWHERE * (1.0 - is_out) - bump * is_out).amin(1))
    return base.clamp(-_SURE, _SURE)[:, None]


def _box(places: Tensor, labels: Tensor, extent: Tensor, tile_px: int) -> tuple[Tensor, Tensor]:
    """Lower and upper corners (n, 2) of what is asked for: of the box, else of the crown at the first click."""
    first, second = ((labels == corner).to(places.dtype)[..., None] for corner in (_FIRST_CORNER, _SECOND_CORNER))
    has_box = (first.sum(1) * second.sum(1)).clamp(max=1.0)
    included = (labels == _INCLUDE).to(places.dtype)
    clicked = included.sum(1, keepdim=True).clamp(max=1.0)
    number = included.argmax(1)
    at = torch.gather(places, 1, number[:, None, None].expand(-1, 1, 2))[:, 0]
    rows, columns = extent.shape[-2:]
    stride = tile_px / columns
    column = (at[:, 0] / stride).floor().clamp(0.0, columns - 1.0)
    row = (at[:, 1] / stride).floor().clamp(0.0, rows - 1.0)
    reach = extent[0].flatten(1)[:, (row * columns + column).long()].transpose(0, 1)
    centre = (torch.stack([column, row], 1) + 0.5) * stride
    inside = included[..., None]
    low = torch.minimum(centre - reach[:, :2], (places * inside + _NOWHERE * (1.0 - inside)).amin(1))
    high = torch.maximum(centre + reach[:, 2:], (places * inside - _NOWHERE * (1.0 - inside)).amax(1))
    # Nothing but exclusions: nowhere.
    low = clicked * low + (1.0 - clicked) * -_NOWHERE
    high = clicked * high + (1.0 - clicked) * (2.0 - _NOWHERE)
    return (
        has_box * (places * first).sum(1) + (1.0 - has_box) * low,
        has_box * (places * second).sum(1) + (1.0 - has_box) * high,
    )
