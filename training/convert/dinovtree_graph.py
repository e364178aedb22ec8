"""DINOvTree as it is exported: the same function for one crop size, with everything that is constant computed before.

Nothing here approximates; only the order of the sums changes, which rounds differently (about 1e-6):

* mean and standard deviation of the picture go into the patch embedding, the mask into the bias of the keys, the
  attention's scale into the queries, LayerScale into the layer before it;
* rotary, learned and sine positions are tables;
* the heads ask with one learned query each. Since q·(K f) = (Kᵀ q)·f, the keys of all patches are never made, and since
  Σ a (V f) = V (Σ a f), neither are their values;
* tokens of all pictures lie in one matrix, so that a layer is one Gemm with its bias;
* queries are compared with the keys some hundred at a time: less memory, the same result.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.dinovtree.backbone import Backbone, Block, Mlp
from training.dinovtree.heads import CrossAttention, TaskHeads
from training.dinovtree.model import Dinovtree
from training.dinovtree.small import SmallBackbone

OUTPUTS = ("logits", "height_m", "embedding", "attention_species", "attention_height")
_CHUNK_QUERIES = 400


class TraitGraph(nn.Module):
    """DINOvTree for square crops of one size, evaluation only.

    Args:
        model: left as it is.
        side_px: side of a crop; what does not fill a patch is ignored.
    """

    def __init__(self, model: Dinovtree, side_px: int) -> None:
        super().__init__()
        backbone = model.transformer
        config = backbone.config
        self.side = side_px // config.patch_px
        self.lead = 1 + config.registers  # tokens before the patches
        with torch.no_grad():
            self.patches = _patch_layer(model)
            self.tokens = _Assembly(backbone, self.side)
            self.blocks = nn.ModuleList(
                LeanBlock(block, backbone.turns(self.side, self.side)) for block in backbone.layers()
            )
            self.norm = backbone.norm
            self.heads = LeanHeads(model.task_heads, self.side)

    def forward(self, rgb: Tensor) -> tuple[Tensor, ...]:
        """(n, 3, S, S) in 0 to 1 to `OUTPUTS`: (n, K), (n,), (n, 2·D), (n, h, w), (n, h, w)."""
        patches = self.patches(rgb).flatten(2).transpose(1, 2)
        tokens = self.tokens(patches)
        count, dim = tokens.shape[1:]
        flat = tokens.reshape(-1, dim)
        for block in self.blocks:
            flat = block(flat, count)
        tokens = self.norm(flat).reshape(-1, count, dim)
        return self.heads(tokens[:, self.lead :], tokens[:, 0])


class SmallTraitGraph(nn.Module):
    """As `TraitGraph`, for the small encoder: ONNX Runtime itself folds its batch norms into the convolutions."""

    def __init__(self, model: Dinovtree, side_px: int) -> None:
        super().__init__()
        assert isinstance(model.backbone, SmallBackbone)
        self.normalise, self.backbone = model.normalise, model.backbone
        with torch.no_grad():
            self.heads = LeanHeads(model.task_heads, side_px // model.backbone.config.patch_px)

    def forward(self, rgb: Tensor) -> tuple[Tensor, ...]:
        """(n, 3, S, S) in 0 to 1 to `OUTPUTS`, as `TraitGraph`."""
        patches, cls = self.backbone(self.normalise(rgb))
        return self.heads(patches.flatten(2).transpose(1, 2), cls)


def graph_of(model: Dinovtree, side_px: int) -> TraitGraph | SmallTraitGraph:
    """The module to export for a network and a side of crops."""
    kind = SmallTraitGraph if isinstance(model.backbone, SmallBackbone) else TraitGraph
    return kind(model, side_px)


def _patch_layer(model: Dinovtree) -> nn.Conv2d:
    """The patch embedding of pictures that are not normalised."""
    layer = model.transformer.patch_embed.proj
    assert layer.bias is not None
    found = nn.Conv2d(3, layer.out_channels, layer.kernel_size, layer.stride)  # type: ignore[arg-type]
    assert found.bias is not None
    # In double precision: the mean of a dark picture is taken off by a difference of large numbers.
    weight = layer.weight.double() / model.normalise.std.double()
    found.weight.copy_(weight)
    found.bias.copy_(layer.bias.double() - (weight * model.normalise.mean.double()).sum(dim=(1, 2, 3)))
    return found


class _Assembly(nn.Module):
    """Patches (n, P, D) to tokens (n, N, D), with what DINOv2 adds for their places."""

    before: Tensor
    places: Tensor | None

    def __init__(self, backbone: Backbone, side: int) -> None:
        super().__init__()
        dim = backbone.config.dim
        positions = backbone.positions(side, side)
        lead = backbone.tokens(torch.zeros(1, side * side, dim), positions)[:, : 1 + backbone.config.registers]
        self.register_buffer("before", lead.clone())
        self.register_buffer("places", None if positions is None else positions[:, 1:].clone())

    def forward(self, patches: Tensor) -> Tensor:
        if self.places is not None:
            patches = patches + self.places
        return torch.cat((self.before.expand(patches.shape[0], -1, -1), patches), dim=1)


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight.copy_(weight)
    layer.bias.copy_(bias)
    return layer


def _scaled(layer: nn.Linear, factors: Tensor) -> nn.Linear:
    """The layer with each of its outputs multiplied."""
    return _linear(layer.weight * factors[:, None], layer.bias * factors)


class LeanBlock(nn.Module):
    """One transformer block on tokens in one matrix: (n·N, D) to (n·N, D)."""

    sin: Tensor | None
    cos: Tensor | None

    def __init__(self, block: Block, turns: tuple[Tensor, Tensor] | None) -> None:
        super().__init__()
        mixed, self.heads = block.attn.qkv, block.attn.heads
        bias = mixed.bias if mixed.bias_mask is None else mixed.bias * mixed.bias_mask
        width = mixed.in_features // self.heads
        query, key, value = zip(mixed.weight.chunk(3), bias.chunk(3), strict=True)
        self.query = _linear(query[0] * width**-0.5, query[1] * width**-0.5)
        self.key, self.value = _linear(*key), _linear(*value)
        self.proj = _scaled(block.attn.proj, block.ls1.gamma)
        self.norm1, self.norm2 = block.norm1, block.norm2
        self.fc1, self.fc2 = block.mlp.fc1, _scaled(block.mlp.fc2, block.ls2.gamma)
        self.register_buffer("sin", None if turns is None else turns[0])
        self.register_buffer("cos", None if turns is None else turns[1])

    def forward(self, flat: Tensor, count: int) -> Tensor:
        """`count` is N, the tokens of one picture."""
        normed = self.norm1(flat)
        query, key, value = (
            layer(normed).reshape(-1, count, self.heads, layer.out_features // self.heads).transpose(1, 2)
            for layer in (self.query, self.key, self.value)
        )
        mixed = self._attend(self._turned(query), self._turned(key), value)
        flat = flat + self.proj(mixed.transpose(1, 2).reshape(flat.shape))
        return flat + self.fc2(functional.gelu(self.fc1(self.norm2(flat))))

    def _turned(self, tokens: Tensor) -> Tensor:
        if self.sin is None or self.cos is None:
            return tokens
        first, second = tokens.chunk(2, dim=-1)
        return tokens * self.cos + torch.cat((-second, first), dim=-1) * self.sin

    def _attend(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """Attention some queries at a time, in parts of nearly the same length."""
        count = query.shape[2]
        keys = key.transpose(-2, -1)
        step = math.ceil(count / math.ceil(count / _CHUNK_QUERIES))
        parts = [(query[:, :, start : start + step] @ keys).softmax(dim=-1) @ value for start in range(0, count, step)]
        return parts[0] if len(parts) == 1 else torch.cat(parts, dim=2)


class LeanHeads(nn.Module):
    """Both task heads for a fixed grid of patches."""

    def __init__(self, heads: TaskHeads, side: int) -> None:
        super().__init__()
        places = heads.positions(side, side)
        self.side = side
        self.norm1 = heads.norm1
        self.species = _Question(heads.mlp_cls, heads.norm2, heads.query_token_cls, heads.cross_attn_cls, places)
        self.height = _Question(
            heads.mlp_height, heads.norm2, heads.query_token_height, heads.cross_attn_height, places
        )
        self.norm_cls, self.classifier = heads.norm_cls, heads.classifier
        self.norm_height, self.regressor = heads.norm_height, heads.regressor

    def forward(self, patches: Tensor, cls: Tensor) -> tuple[Tensor, ...]:
        """Patches (n, P, D) and cls (n, D) to `OUTPUTS`."""
        normed = self.norm1(patches)
        species, seen_species = self.species(patches, normed)
        tall, seen_height = self.height(patches, normed)
        embedding = torch.cat((cls, species), dim=-1)
        logits = self.classifier(self.norm_cls(embedding))
        height = self.regressor(self.norm_height(tall)).reshape(-1)
        shape = (-1, self.side, self.side)
        return logits, height, embedding, seen_species.reshape(shape), seen_height.reshape(shape)


class _Question(nn.Module):
    """One task's learned query over the patches."""

    asked: Tensor
    asked_places: Tensor
    value: Tensor
    value_bias: Tensor

    def __init__(self, mlp: Mlp, norm: nn.LayerNorm, query: Tensor, attention: CrossAttention, places: Tensor) -> None:
        super().__init__()
        self.fc1, self.fc2, self.norm = mlp.fc1, mlp.fc2, norm
        self.out = attention.out_proj
        dim, heads = query.shape[-1], attention.heads
        width = dim // heads
        asked = attention.q_proj(query).reshape(heads, 1, width).double() * width**-0.5
        # (D, heads): what each head looks for. The bias of the keys shifts all patches alike, so softmax drops it.
        looked_for = (asked @ attention.k_proj.weight.double().reshape(heads, width, dim))[:, 0].T
        self.register_buffer("asked", looked_for.float())
        self.register_buffer("asked_places", (places.double() @ looked_for).float())
        self.register_buffer("value", attention.v_proj.weight.reshape(heads, width, dim).transpose(1, 2).clone())
        self.register_buffer("value_bias", attention.v_proj.bias.clone())

    def forward(self, patches: Tensor, normed: Tensor) -> tuple[Tensor, Tensor]:
        """Token (n, D), and weights of the patches (n, P), the mean of the heads."""
        count, dim = patches.shape[1:]
        hidden = functional.gelu(self.fc1(normed.reshape(-1, dim)))
        features = self.norm(patches + self.fc2(hidden).reshape(-1, count, dim))
        weights = (features @ self.asked + self.asked_places).transpose(1, 2).softmax(dim=-1)
        seen = (weights @ features)[:, :, None]  # (n, heads, 1, D)
        token = (seen @ self.value).reshape(-1, dim) + self.value_bias
        return self.out(token), weights.mean(dim=1)
