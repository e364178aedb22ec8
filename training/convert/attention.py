"""The blocks of SAM's image encoder, computed in less memory: the same attention, some rows of queries at a time.

A global block compares each of 4096 positions (64 x 64 at 1024 px) with all others, in 12 heads: 805 MB in one piece,
and several such pieces live at once. In chunks of 256 queries it is 50 MB. A softmax reads one row of the matrix at a
time, so the result is the same to the last rounding. Windowed blocks are small already; there the padding is left out
of the linear layers, whose answer to padding (zeros) is their bias.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.segment_anything_models import modeling

CHUNK_QUERIES = 256


@contextmanager
def lean_blocks(model: nn.Module, grid: tuple[int, int], chunk_queries: int = CHUNK_QUERIES) -> Iterator[None]:
    """Within this, every transformer block of SAM inside `model` runs in its lean form, on the very same parameters.

    Args:
        model: any module that holds SAM's image encoder, in eval mode.
        grid: rows and columns of the tokens, tile size over patch size.
        chunk_queries: how many queries are compared with all keys at once.
    """
    block_type = modeling().image_encoder.Block
    swapped: list[tuple[nn.Module, str, nn.Module]] = []
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, block_type):
                setattr(parent, name, LeanBlock(child, grid, chunk_queries))
                swapped.append((parent, name, child))
    try:
        yield
    finally:
        for parent, name, child in swapped:
            setattr(parent, name, child)


class LeanBlock(nn.Module):
    """One transformer block of SAM for a fixed grid of tokens: (1, h, w, C) -> (1, h, w, C)."""

    def __init__(self, block: Any, grid: tuple[int, int], chunk_queries: int = CHUNK_QUERIES) -> None:
        super().__init__()
        self.norm1, self.norm2, self.mlp = block.norm1, block.norm2, block.mlp
        self.grid = grid
        self.window = block.window_size
        side = (self.window, self.window) if self.window else grid
        self.attention = LeanAttention(block.attn, side, chunk_queries)

    def forward(self, tokens: Tensor) -> Tensor:
        """Both halves of the block with their residuals."""
        attended = self._windowed(self.norm1(tokens)) if self.window else self.attention(self.norm1(tokens))
        tokens = tokens + attended
        return tokens + self.mlp(self.norm2(tokens))

    def _windowed(self, tokens: Tensor) -> Tensor:
        """Attention inside windows; a grid that they do not divide is filled up at its right and lower end."""
        rows, columns = self.grid
        side = self.window
        down, across = -(-rows // side), -(-columns // side)
        attention = self.attention
        mixed = functional.linear(tokens, attention.qkv.weight)
        mixed = functional.pad(mixed, (0, 0, 0, across * side - columns, 0, down * side - rows))
        if attention.qkv.bias is not None:
            mixed = mixed + attention.qkv.bias
        heads, width = attention.heads, attention.head_width
        mixed = mixed.reshape(down, side, across, side, 3, heads, width)
        # (3, windows, heads, positions, width): windows and heads are all computed alike.
        query, key, value = mixed.permute(4, 0, 2, 5, 1, 3, 6).reshape(3, -1, side * side, width).unbind(0)
        out = attention.attend(query, key, value).reshape(down, across, heads, side, side, width)
        out = out.permute(0, 3, 1, 4, 2, 5).reshape(1, down * side, across * side, heads * width)
        return attention.proj(out[:, :rows, :columns])


class LeanAttention(nn.Module):
    """SAM's attention with its decomposed relative position bias, in chunks of whole rows of queries."""

    row_offsets: Tensor
    column_offsets: Tensor

    def __init__(self, attention: Any, side: tuple[int, int], chunk_queries: int) -> None:
        super().__init__()
        self.qkv, self.proj = attention.qkv, attention.proj
        self.heads = int(attention.num_heads)
        self.head_width = attention.qkv.in_features // self.heads
        self.scale = float(attention.scale)
        self.side = side
        self.chunk_rows = max(1, chunk_queries // side[1])
        self.has_bias = bool(attention.use_rel_pos)
        if self.has_bias:  # (query, width, key): what each distance adds, laid out for a product with the queries
            offsets = modeling().image_encoder.get_rel_pos
            rows = offsets(side[0], side[0], attention.rel_pos_h).detach().transpose(1, 2).contiguous()
            columns = offsets(side[1], side[1], attention.rel_pos_w).detach().transpose(1, 2).contiguous()
            self.register_buffer("row_offsets", rows)
            self.register_buffer("column_offsets", columns)

    def forward(self, tokens: Tensor) -> Tensor:
        """Global attention, (1, h, w, C) -> (1, h, w, C)."""
        rows, columns = self.side
        mixed = self.qkv(tokens).reshape(rows * columns, 3, self.heads, self.head_width)
        query, key, value = mixed.permute(1, 2, 0, 3).unbind(0)
        out = self.attend(query, key, value)
        return self.proj(out.permute(1, 0, 2).reshape(1, rows, columns, -1))

    def attend(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """Softmax of query times key plus bias, times value; each (groups, rows * columns, width)."""
        rows, columns = self.side
        by_row, by_column = self._bias(query) if self.has_bias else (None, None)
        keys = key.transpose(1, 2)
        query = query * self.scale
        done = []
        step = self.chunk_rows * columns
        for start in range(0, rows * columns, step):
            part = slice(start, min(start + step, rows * columns))
            weights = query[:, part] @ keys
            if by_row is not None and by_column is not None:
                shape = weights.shape
                weights = weights.reshape(shape[0], shape[1], rows, columns)
                weights = weights + by_row[:, part, :, None] + by_column[:, part, None, :]
                weights = weights.reshape(shape)
            done.append(weights.softmax(dim=-1) @ value)
        return done[0] if len(done) == 1 else torch.cat(done, dim=1)

    def _bias(self, query: Tensor) -> tuple[Tensor, Tensor]:
        """What the distance in rows, and in columns, adds: (groups, positions, rows), (groups, positions, columns)."""
        rows, columns = self.side
        groups, positions, width = query.shape
        grid = query.reshape(groups, rows, columns, width)
        # One product for each row of queries: every position in it has the same distances.
        by_row = grid.transpose(0, 1).reshape(rows, groups * columns, width) @ self.row_offsets
        by_row = by_row.reshape(rows, groups, columns, rows).transpose(0, 1)
        by_column = grid.permute(2, 0, 1, 3).reshape(columns, groups * rows, width) @ self.column_offsets
        by_column = by_column.reshape(columns, groups, rows, columns).permute(1, 2, 0, 3)
        return by_row.reshape(groups, positions, rows), by_column.reshape(groups, positions, columns)
