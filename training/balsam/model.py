"""BalSAM and RSPrompter-anchor: SAM's encoder, a detector on its features, and SAM's decoder for each detection."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.balsam import names
from training.balsam.aids import EncoderAids, encoded
from training.balsam.config import BalsamConfig
from training.balsam.parts import FeatureAggregator, RoiHead, RpnHead, SimpleFpn, dsm_encoder, sine_code
from training.balsam.prior import oval_logits
from training.segment_anything_models import build_encoder


@dataclass(slots=True)
class Features:
    """What the encoder graph computes of a batch of B tiles.

    Attributes:
        encoder_input: (B, 3, T, T), normalised and, if so configured, multiplied by elevation.
        states: hidden states (B, h, w, width), index 0 before the first block.
        embedding: (B, C, h, w), after the modulation by elevation if configured.
        image_embedding: the same before it.
        dense: (B, C, h, w), the decoder's dense prompt.
        aggregated: (B, C, h, w).
        levels: plain pyramid, which the proposals see; `roi_levels` have the position code added.
        rpn_cls, rpn_reg: (B, A, h, w) and (B, 4A, h, w) per level.
    """

    encoder_input: Tensor
    states: list[Tensor]
    embedding: Tensor
    image_embedding: Tensor
    dense: Tensor
    aggregated: Tensor
    levels: list[Tensor]
    roi_levels: list[Tensor]
    rpn_cls: list[Tensor]
    rpn_reg: list[Tensor]


class _Backbone(nn.Module):
    vision_encoder: Any

    def __init__(self, config: BalsamConfig) -> None:
        super().__init__()
        self.vision_encoder = build_encoder(config.sam)


class _Neck(nn.Module):
    def __init__(self, config: BalsamConfig) -> None:
        super().__init__()
        self.feature_aggregator = FeatureAggregator(config)
        self.feature_spliter = SimpleFpn(config)


class _Frequencies(nn.Module):
    positional_embedding: Tensor

    def __init__(self, config: BalsamConfig) -> None:
        super().__init__()
        self.register_buffer("positional_embedding", torch.randn(2, config.width // 2))


class _SharedPositions(nn.Module):
    def __init__(self, config: BalsamConfig) -> None:
        super().__init__()
        self.shared_image_embedding = _Frequencies(config)


class Balsam(nn.Module):
    """The whole model. Its state dict has the authors' names and shapes; loading takes them.

    With the repairs off it is the authors' model exactly; `no_dsm_embed` exists only when elevation is optional.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, config: BalsamConfig) -> None:
        super().__init__()
        self.config = config
        self.aids: EncoderAids | None = None  # only while it learns
        self.backbone = _Backbone(config)
        self.backbone_dsm = dsm_encoder(config) if config.uses_dsm else None
        self.neck = _Neck(config)
        self.rpn_head = RpnHead(config)
        self.roi_head = RoiHead(config)
        self.shared_image_embedding = _SharedPositions(config)
        if config.repairs.optional_dsm:
            self.no_dsm_embed = nn.Embedding(1, config.width)
        self.register_buffer("mean", torch.tensor(config.mean).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(config.std).view(1, 3, 1, 1), persistent=False)
        self._add_position_codes()
        self._start_weights()
        self.register_state_dict_post_hook(_names_to_authors)
        self.register_load_state_dict_pre_hook(_names_from_authors)

    def _add_position_codes(self) -> None:
        """Constants of the tile size; computed on the CPU also where the weights are only shapes.

        Half of the channels depends on the row alone, half on the column: only one row and one column are kept, or an
        exported graph would carry 90 MB of them.
        """
        with torch.device("cpu"):
            sides = [self.config.tile_px // stride for stride in self.config.rcnn.roi_strides]
            finest = sine_code(self.config.width, sides[0], sides[0])
            for level, side in enumerate(sides):
                code = functional.interpolate(finest, size=(side, side), mode="bilinear", align_corners=False)
                rows, columns = code.chunk(2, dim=1)
                self.register_buffer(f"code_rows{level}", rows[..., :1].clone(), persistent=False)
                self.register_buffer(f"code_columns{level}", columns[..., :1, :].clone(), persistent=False)

    def position_code(self, level: int) -> Tensor:
        """What is added to a level before boxes are pooled from it, (1, C, h, w)."""
        rows, columns = getattr(self, f"code_rows{level}"), getattr(self, f"code_columns{level}")
        side = rows.shape[2]
        return torch.cat([rows.expand(-1, -1, -1, side), columns.expand(-1, -1, side, -1)], dim=1)

    def _start_weights(self) -> None:
        """Random values as the authors' framework starts with (specification 2); the rest is torch's default."""
        rpn, head = self.rpn_head, self.roi_head.bbox_head
        normal: list[tuple[Any, float]] = [(one, 0.01) for one in (rpn.rpn_conv, rpn.rpn_cls, rpn.rpn_reg)]
        normal += [(head.fc_cls, 0.01), (head.fc_reg, 0.001)]
        for layer, spread in normal:
            nn.init.normal_(layer.weight, std=spread)
            nn.init.zeros_(layer.bias)
        shared: list[Any] = list(head.shared_fcs)
        for layer in shared:
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
        nn.init.trunc_normal_(self.backbone.vision_encoder.pos_embed, std=0.02)

    def prepare(self, rgb: Tensor) -> Tensor:
        """(B, 3, H, W) 0..255, RGB -> (B, 3, T, T) normalised, in the model's channel order, padded with 0."""
        if self.config.channel_order == "bgr":
            # The authors' means and deviations stay in RGB order (specification 0.8).
            rgb = rgb.flip(1)
        return self.pad((rgb - self.mean) / self.std)

    def pad(self, image: Tensor) -> Tensor:
        """Fill up to the model's tile at the right and the bottom with 0."""
        down, across = self.config.tile_px - image.shape[-2], self.config.tile_px - image.shape[-1]
        return functional.pad(image, (0, across, 0, down)) if down or across else image

    def image_positions(self) -> Tensor:
        """SAM's position code of the embedding's grid, (1, C, h, w)."""
        frequencies = self.shared_image_embedding.shared_image_embedding.positional_embedding
        grid = self.config.sam.grid
        place = (torch.arange(grid, dtype=frequencies.dtype, device=frequencies.device) + 0.5) / grid * 2 - 1
        y, x = torch.meshgrid(place, place, indexing="ij")
        angle = 2 * math.pi * (torch.stack([x, y], dim=-1) @ frequencies)
        return torch.cat([angle.sin(), angle.cos()], dim=-1).permute(2, 0, 1).unsqueeze(0)

    def features(self, rgb: Tensor, elevation: Tensor | None = None, has_elevation: Tensor | None = None) -> Features:
        """Everything before the first box.

        Args:
            rgb: (B, 3, H, W) float32, 0..255, RGB.
            elevation: (B, 1, H, W), scaled as `dsm_norm` says, free of NaN; None in a model without.
            has_elevation: (B,) 1 or 0, only where elevation is optional; None means 1 everywhere.
        """
        image = self.prepare(rgb)
        dense = modulation = None
        if self.config.uses_dsm:
            if elevation is None:
                raise ValueError("this model needs elevation")
            elevation = self.pad(elevation)
            present = None
            if self.config.repairs.optional_dsm and has_elevation is not None:
                present = has_elevation.view(-1, 1, 1, 1)
                elevation = elevation * present
            if self.config.dsm_input_modulation:
                image = image * (elevation if present is None else elevation + (1 - present))
            assert self.backbone_dsm is not None
            dense = modulation = self.backbone_dsm(elevation)
            if present is not None:
                dense = dense * present + self.no_dsm_embed.weight.view(1, -1, 1, 1) * (1 - present)
                modulation = modulation * present + (1 - present)
        encoder = self.backbone.vision_encoder
        aids = self.aids if self.training else None
        image_embedding, states = encode(encoder, image) if aids is None else encoded(encoder, image, aids)
        embedding = image_embedding
        if self.config.dsm_embedding_modulation and modulation is not None:
            embedding = embedding * modulation
        if dense is None:
            dense = self.roi_head.mask_head.no_mask_embed.weight.view(1, -1, 1, 1).expand_as(embedding)
        aggregated = self.neck.feature_aggregator(states)
        levels = self.neck.feature_spliter(aggregated)
        roi_levels = [level + self.position_code(i) for i, level in enumerate(levels[: self.roi_level_count])]
        rpn_cls, rpn_reg = self.rpn_head(levels)
        return Features(
            image, states, embedding, image_embedding, dense, aggregated, levels, roi_levels, rpn_cls, rpn_reg
        )

    @property
    def roi_level_count(self) -> int:
        """Levels that boxes are pooled from."""
        return len(self.config.rcnn.roi_strides)

    def boxes(self, roi_levels: list[Tensor], boxes: Tensor) -> tuple[Tensor, Tensor]:
        """Levels of one tile, boxes (n, 4) -> class logits (n, K+1), deltas (n, 4K)."""
        return self.roi_head.bbox_head(self.roi_head.pool_boxes(roi_levels, boxes))

    def prompt_tokens(self, roi_levels: list[Tensor], boxes: Tensor) -> Tensor:
        """Levels of one tile, boxes (n, 4) -> prompt tokens (n, 5, C)."""
        head = self.roi_head.mask_head
        return head.tokens(head.point_emb(self.roi_head.pool_masks(roi_levels, boxes)))

    def masks(self, embedding: Tensor, dense: Tensor, roi_levels: list[Tensor], boxes: Tensor) -> tuple[Tensor, Tensor]:
        """Of one tile: mask logits (n, 1, 4h, 4w) and predicted IoU (n, 1) of boxes (n, 4)."""
        tokens = self.prompt_tokens(roi_levels, boxes)
        masks, iou = self.roi_head.mask_head.decode(embedding, self.image_positions(), tokens, dense)
        if self.config.repairs.oval_prior:
            masks = masks + oval_logits(boxes, masks.shape[-1], self.config.tile_px)
        return masks, iou

    def of_tile(self, features: Features, tile: int) -> tuple[Tensor, Tensor, list[Tensor]]:
        """Embedding, dense prompt and RoI levels of one tile of a batch, each with a leading 1."""
        one = slice(tile, tile + 1)
        return features.embedding[one], features.dense[one], [level[one] for level in features.roi_levels]

    def train(self, mode: bool = True) -> "Balsam":
        """As every module; the batch statistics stay frozen where the config says so."""
        super().train(mode)
        if mode and self.config.train.batch_norm_frozen:
            for part in self.modules():
                if isinstance(part, nn.BatchNorm2d):
                    part.eval()
        return self


def encode(encoder: Any, image: Tensor) -> tuple[Tensor, list[Tensor]]:
    """Run SAM's encoder and keep its hidden states.

    Returns:
        Embedding (B, C, h, w); hidden states (B, h, w, width), index 0 before the first block.
    """
    x = encoder.patch_embed(image)
    if encoder.pos_embed is not None:
        x = x + encoder.pos_embed
    states = [x]
    for block in encoder.blocks:
        x = block(x)
        states.append(x)
    return encoder.neck(x.permute(0, 3, 1, 2)), states


def demand_numbers(elevation: Tensor | None) -> None:
    """Refuse elevation with holes: one NaN spreads over the whole tile.

    Raises:
        ValueError: the caller has not filled them (`training.balsam.tiles`, `inference.segment.elevation`).
    """
    if elevation is not None and not bool(torch.isfinite(elevation).all()):
        raise ValueError("elevation must be filled before it reaches the network")


def authors_name(model: Balsam, name: str) -> str:
    """The authors' name of a parameter that `model.named_parameters()` lists."""
    return names.to_authors(name, iou_depth=model.config.sam.iou_depth)


def _names_to_authors(module: nn.Module, state: dict[str, Any], prefix: str, _metadata: object) -> None:
    assert isinstance(module, Balsam)
    depth = module.config.sam.iou_depth
    _rename(state, prefix, ((one, names.to_authors(one, iou_depth=depth)) for one in _own(state, prefix)))


def _names_from_authors(module: nn.Module, state: dict[str, Any], prefix: str, *_others: object) -> None:
    assert isinstance(module, Balsam)
    depth = module.config.sam.iou_depth
    _rename(state, prefix, ((one, names.from_authors(one, iou_depth=depth)) for one in _own(state, prefix)))


def _own(state: dict[str, Any], prefix: str) -> list[str]:
    return [name.removeprefix(prefix) for name in state if name.startswith(prefix)]


def _rename(state: dict[str, Any], prefix: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Rename in place without losing the order, and without a new name meeting an old one half-way."""
    values = [(prefix + new, state.pop(prefix + old)) for old, new in list(pairs)]
    state.update(values)
