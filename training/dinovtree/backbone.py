"""The vision transformer under DINOvTree: DINOv3, or DINOv2 as the alternative under the Apache licence."""

from typing import NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.dinovtree.config import BackboneConfig
from training.dinovtree.positions import RopeEmbedding, resized_grid, rotate


class PatchEmbedding(nn.Module):
    """Pictures to tokens; what does not fill a patch at the right and bottom is left out."""

    def __init__(self, patch_px: int, dim: int) -> None:
        super().__init__()
        self.proj = nn.Conv2d(3, dim, patch_px, patch_px)

    def forward(self, rgb: Tensor) -> Tensor:
        """(B, 3, H, W) to (B, rows, cols, D)."""
        return self.proj(rgb).permute(0, 2, 3, 1)


class MaskedLinear(nn.Linear):
    """Queries, keys and values at once; DINOv3 takes the bias of the keys out by a mask that its files carry."""

    bias_mask: Tensor | None

    def __init__(self, dim: int, *, masked: bool) -> None:
        super().__init__(dim, 3 * dim)
        mask = torch.ones(3 * dim)
        mask[dim : 2 * dim] = 0
        self.register_buffer("bias_mask", mask if masked else None)

    def forward(self, tokens: Tensor) -> Tensor:
        """(B, N, D) to (B, N, 3·D)."""
        bias = self.bias if self.bias_mask is None else self.bias * self.bias_mask
        return functional.linear(tokens, self.weight, bias)


class SelfAttention(nn.Module):
    """Multi-head self-attention, queries and keys turned by their places where a table is given."""

    def __init__(self, config: BackboneConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.qkv = MaskedLinear(config.dim, masked=config.kind == "dinov3")
        self.proj = nn.Linear(config.dim, config.dim)

    def forward(self, tokens: Tensor, turns: tuple[Tensor, Tensor] | None) -> Tensor:
        """(B, N, D) to (B, N, D); `turns` are sine and cosine, (N, D/heads) each."""
        batch, count, dim = tokens.shape
        parts = self.qkv(tokens).reshape(batch, count, 3, self.heads, dim // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        if turns is not None:
            query, key = rotate(query, *turns), rotate(key, *turns)
        mixed = functional.scaled_dot_product_attention(query, key, value)
        return self.proj(mixed.transpose(1, 2).reshape(batch, count, dim))


class Mlp(nn.Module):
    """Two layers with the exact (erf) GELU between them."""

    def __init__(self, dim: int, hidden: int) -> None:
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)
        self.fc2 = nn.Linear(hidden, dim)

    def forward(self, tokens: Tensor) -> Tensor:
        """(..., D) to (..., D)."""
        return self.fc2(functional.gelu(self.fc1(tokens)))


class LayerScale(nn.Module):
    """One learned factor per channel on a residual branch."""

    def __init__(self, dim: int, initial: float) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.full((dim,), initial))

    def forward(self, tokens: Tensor) -> Tensor:
        """(..., D) to (..., D)."""
        return tokens * self.gamma


class Block(nn.Module):
    """Attention and MLP, each on normalised tokens, scaled and added."""

    def __init__(self, config: BackboneConfig) -> None:
        super().__init__()
        initial = 1e-5 if config.kind == "dinov3" else 1.0
        self.norm1 = nn.LayerNorm(config.dim, eps=config.norm_eps)
        self.attn = SelfAttention(config)
        self.ls1 = LayerScale(config.dim, initial)
        self.norm2 = nn.LayerNorm(config.dim, eps=config.norm_eps)
        self.mlp = Mlp(config.dim, config.hidden)
        self.ls2 = LayerScale(config.dim, initial)

    def forward(self, tokens: Tensor, turns: tuple[Tensor, Tensor] | None) -> Tensor:
        """(B, N, D) to (B, N, D)."""
        tokens = tokens + self.ls1(self.attn(self.norm1(tokens), turns))
        return tokens + self.ls2(self.mlp(self.norm2(tokens)))


class Features(NamedTuple):
    """What the task heads get: `patches` (B, D, rows, cols) and `cls` (B, D)."""

    patches: Tensor
    cls: Tensor


class Backbone(nn.Module):
    """DINOv3 or DINOv2 up to the final LayerNorm; parameters are named as in the published files."""

    def __init__(self, config: BackboneConfig) -> None:
        super().__init__()
        self.config = config
        self.cls_token = nn.Parameter(torch.randn(1, 1, config.dim) * 0.02)
        self.patch_embed = PatchEmbedding(config.patch_px, config.dim)
        if config.kind == "dinov3":
            self.storage_tokens = nn.Parameter(torch.randn(1, config.registers, config.dim) * 0.02)
            self.rope_embed = RopeEmbedding(config.dim // config.heads, config.rope_base)
        else:
            places = 1 + config.position_grid**2
            self.pos_embed = nn.Parameter(torch.randn(1, places, config.dim) * 0.02)
            if config.registers:
                self.register_tokens = nn.Parameter(torch.randn(1, config.registers, config.dim) * 0.02)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.depth))
        self.norm = nn.LayerNorm(config.dim, eps=config.norm_eps)

    def forward(self, rgb: Tensor) -> Features:
        """Features of (B, 3, H, W) pictures, already normalised; H and W at least a patch."""
        patches = self.patch_embed(rgb)
        batch, rows, cols, dim = patches.shape
        tokens = self.tokens(patches.flatten(1, 2), self.positions(rows, cols))
        turns = self.turns(rows, cols)
        for block in self.layers():
            tokens = block(tokens, turns)
            if self.training:  # the scale is drawn anew for every block, as the authors' training does
                turns = self.turns(rows, cols)
        tokens = self.norm(tokens)
        found = tokens[:, 1 + self.config.registers :].transpose(1, 2).reshape(batch, dim, rows, cols)
        return Features(found, tokens[:, 0])

    def layers(self) -> tuple[Block, ...]:
        """The blocks from the first to the last."""
        return tuple(cast(Block, block) for block in self.blocks)

    def tokens(self, patches: Tensor, positions: Tensor | None) -> Tensor:
        """(B, P, D) patches to (B, 1 + registers + P, D): cls, registers, patches."""
        batch = patches.shape[0]
        cls = self.cls_token.expand(batch, -1, -1)
        if positions is not None:
            placed = torch.cat((cls, patches), dim=1) + positions
            cls, patches = placed[:, :1], placed[:, 1:]
        registers = self._registers()
        return torch.cat((cls, *([] if registers is None else [registers.expand(batch, -1, -1)]), patches), dim=1)

    def positions(self, rows: int, cols: int) -> Tensor | None:
        """DINOv2: what is added to cls and patches, (1, 1 + rows·cols, D); DINOv3: None."""
        if self.config.kind == "dinov3":
            return None
        grid = resized_grid(self.pos_embed[:, 1:], rows, cols, with_registers=bool(self.config.registers))
        return torch.cat((self.pos_embed[:, :1], grid), dim=1)

    def turns(self, rows: int, cols: int) -> tuple[Tensor, Tensor] | None:
        """DINOv3: sine and cosine of all tokens, (1 + registers + rows·cols, D/heads) each; DINOv2: None.

        Cls and registers have no place: sine 0 and cosine 1 leave them as they are.
        """
        if self.config.kind == "dinov2":
            return None
        sin, cos = self.rope_embed(rows, cols)
        still = (1 + self.config.registers, sin.shape[1])
        return torch.cat((sin.new_zeros(still), sin)), torch.cat((cos.new_ones(still), cos))

    def _registers(self) -> Tensor | None:
        if self.config.kind == "dinov3":
            return self.storage_tokens
        return self.register_tokens if self.config.registers else None
