"""The two task heads of DINOvTree: a learned query per task looks at the patches and tells species or height."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from training.dinovtree.backbone import Features, Mlp
from training.dinovtree.config import CROSS_ATTENTION_HEADS
from training.dinovtree.positions import SinePositions


class TraitOutputs(NamedTuple):
    """What DINOvTree tells of B pictures.

    Attributes:
        logits: (B, classes).
        height_m: (B,) metres, not negative.
        embedding: (B, 2·D) cls token and species token, before the last LayerNorm and the classifier.
        attention_species: (B, 8, 1, P) weights of the patches, row by row, each head summing to 1.
        attention_height: the same for height.
    """

    logits: Tensor
    height_m: Tensor
    embedding: Tensor
    attention_species: Tensor
    attention_height: Tensor


class CrossAttention(nn.Module):
    """Attention of one query over all patches, eight heads at every width."""

    def __init__(self, dim: int, heads: int = CROSS_ATTENTION_HEADS) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(dim, dim)
        self.k_proj = nn.Linear(dim, dim)
        self.v_proj = nn.Linear(dim, dim)
        self.out_proj = nn.Linear(dim, dim)

    def forward(self, query: Tensor, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """Token (B, 1, D) and weights (B, heads, 1, P) of query (B, 1, D) over keys and values (B, P, D)."""
        q, k, v = (
            layer(tokens).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for layer, tokens in ((self.q_proj, query), (self.k_proj, keys), (self.v_proj, values))
        )
        weights = (q @ k.transpose(-2, -1) * q.shape[-1] ** -0.5).softmax(dim=-1)
        return self.out_proj((weights @ v).transpose(1, 2).flatten(2)), weights


class TaskHeads(nn.Module):
    """Species and height from one map of patches; parameters are named as in the released files."""

    def __init__(self, dim: int, classes: int) -> None:
        super().__init__()
        self.positions = SinePositions(dim)
        self.query_token_cls = nn.Parameter(torch.randn(1, 1, dim) * 0.02)
        self.query_token_height = nn.Parameter(torch.randn(1, 1, dim) * 0.02)
        self.norm1 = nn.LayerNorm(dim)
        self.norm2 = nn.LayerNorm(dim)
        self.mlp_cls = Mlp(dim, 4 * dim)
        self.mlp_height = Mlp(dim, 4 * dim)
        self.cross_attn_cls = CrossAttention(dim)
        self.cross_attn_height = CrossAttention(dim)
        self.norm_cls = nn.LayerNorm(2 * dim)
        self.classifier = nn.Linear(2 * dim, classes)
        self.norm_height = nn.LayerNorm(dim)
        self.regressor = nn.Sequential(nn.Linear(dim, 1), nn.ReLU())

    def forward(self, features: Features, places: Tensor | None = None) -> TraitOutputs:
        """Traits of B pictures; `places` are the sine positions (1, P, D) where they are known already."""
        patches, cls = features
        rows, cols = patches.shape[-2:]
        if places is None:
            places = self.positions(rows, cols, patches.device)
        tokens = patches.flatten(2).transpose(1, 2)
        normed = self.norm1(tokens)
        species, seen_species = self._look(
            tokens + self.mlp_cls(normed), places, self.query_token_cls, self.cross_attn_cls
        )
        tall, seen_height = self._look(
            tokens + self.mlp_height(normed), places, self.query_token_height, self.cross_attn_height
        )
        fused = torch.cat((cls[:, None], species), dim=-1)
        logits = self.classifier(self.norm_cls(fused))
        height = self.regressor(self.norm_height(tall))
        return TraitOutputs(logits.flatten(1), height.reshape(-1), fused.flatten(1), seen_species, seen_height)

    def _look(self, tokens: Tensor, places: Tensor, query: Tensor, attention: CrossAttention) -> tuple[Tensor, Tensor]:
        """One task's query over its own version of the patches; places are added to the keys only."""
        values = self.norm2(tokens)
        return attention(query.expand(tokens.shape[0], -1, -1), values + places, values)
