"""Where a patch is: rotary tables (DINOv3), learned grids (DINOv2) and the sine positions of the task heads."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

_DINOV2_OFFSET = 0.1  # DINOv2 without registers was trained with grids resized by (n + 0.1) / 37


class RopeEmbedding(nn.Module):
    """Axial rotary tables of DINOv3: one cosine and one sine per patch and dimension of a head.

    Patch centres are put on [-1, 1], each axis by its own length; rows turn the first, columns the second quarter of a
    head's dimensions, and the second half repeats the first (rotate-half).

    Args:
        head_dim: width of a head, a multiple of 4.
        base: longest period is just under it.
        rescale: while training, coordinates are multiplied by a random factor in [1/rescale, rescale], drawn anew at
            each call; the network so sees each tree at many scales. None or evaluation: 1.
    """

    periods: Tensor

    def __init__(self, head_dim: int, base: float = 100.0, rescale: float | None = 2.0) -> None:
        super().__init__()
        self.rescale = rescale
        steps = torch.arange(head_dim // 4, dtype=torch.float32)
        self.register_buffer("periods", base ** (2 * steps / (head_dim // 2)))

    def forward(self, rows: int, cols: int) -> tuple[Tensor, Tensor]:
        """Sine and cosine, each (rows·cols, head_dim) float32, patches row by row."""
        device = self.periods.device
        down = (torch.arange(rows, device=device, dtype=torch.float32) + 0.5) / rows
        right = (torch.arange(cols, device=device, dtype=torch.float32) + 0.5) / cols
        places = 2 * torch.stack(torch.meshgrid(down, right, indexing="ij"), dim=-1).flatten(0, 1) - 1
        if self.training and self.rescale:
            limit = math.log(self.rescale)
            places = places * torch.empty(1, device=device).uniform_(-limit, limit).exp()
        angles = (2 * math.pi * places[:, :, None] / self.periods).flatten(1, 2).tile(2)
        return angles.sin(), angles.cos()


def rotate(tokens: Tensor, sin: Tensor, cos: Tensor) -> Tensor:
    """Turn queries or keys by their places.

    Args:
        tokens: (B, heads, N, head_dim).
        sin: (N, head_dim); rows of 0 leave a token as it is.
        cos: (N, head_dim); rows of 1 likewise.
    """
    first, second = tokens.chunk(2, dim=-1)
    return tokens * cos + torch.cat((-second, first), dim=-1) * sin


def resized_grid(grid: Tensor, rows: int, cols: int, *, with_registers: bool) -> Tensor:
    """DINOv2's learned positions for another number of patches.

    The two published kinds were trained with different ways to resize, and features change measurably with the wrong
    one: files without registers use plain bicubic weights and scales of (n + 0.1) / side, files with registers an
    antialiased bicubic filter to the exact size.

    Args:
        grid: (1, side², D) positions, row by row, without the one of the cls token.
        rows: patches from top to bottom.
        cols: patches from left to right.
        with_registers: which kind of file the positions are from.

    Returns:
        (1, rows·cols, D), in the dtype of `grid`.
    """
    side = math.isqrt(grid.shape[1])
    if rows == cols == side:
        return grid
    picture = grid.float().reshape(1, side, side, -1).permute(0, 3, 1, 2)
    if with_registers:
        found = functional.interpolate(picture, size=(rows, cols), mode="bicubic", antialias=True)
    else:
        scales = ((rows + _DINOV2_OFFSET) / side, (cols + _DINOV2_OFFSET) / side)
        found = functional.interpolate(picture, scale_factor=scales, mode="bicubic")
    return found.flatten(2).transpose(1, 2).to(grid.dtype)


class SinePositions(nn.Module):
    """Sine positions of the task heads, as in DETR: one half of the features for the row, one for the column.

    Args:
        dim: width of a token.
        temperature: longest wavelength over 2π.
    """

    def __init__(self, dim: int, temperature: float = 10_000.0) -> None:
        super().__init__()
        self.per_axis = dim // 2
        self.temperature = temperature

    def forward(self, rows: int, cols: int, device: torch.device | None = None) -> Tensor:
        """(1, rows·cols, dim) float32."""
        down = self._code(rows, device)[:, None].expand(rows, cols, -1)
        right = self._code(cols, device)[None].expand(rows, cols, -1)
        return torch.cat((down, right), dim=-1).reshape(1, rows * cols, -1)

    def _code(self, count: int, device: torch.device | None) -> Tensor:
        """(count, per_axis): sines and cosines in turn, over one full circle from the first to the last place."""
        place = torch.arange(count, dtype=torch.float32, device=device) / (count - 1 + 1e-6) * (2 * math.pi)
        pair = torch.div(torch.arange(self.per_axis, device=device), 2, rounding_mode="floor")
        angle = place[:, None] / self.temperature ** (2 * pair / self.per_axis)
        return torch.stack((angle[:, 0::2].sin(), angle[:, 1::2].cos()), dim=2).flatten(1)
