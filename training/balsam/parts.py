"""The building blocks of BalSAM beside SAM: elevation encoder, neck, proposal head, box head, prompter."""

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.balsam.config import BalsamConfig
from training.balsam.roi_align import pool
from training.segment_anything_models import build_decoder

# Of the pyramid's norms; all others have 1e-6. The specification is silent: with 1e-5 the golden values are met to
# float32's rounding, with 1e-6 only to 6e-5.
_PYRAMID_EPSILON = 1e-5


class ChannelNorm(nn.Module):
    """LayerNorm over the channels of (B, C, H, W)."""

    def __init__(self, channels: int, epsilon: float = 1e-6) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> the same shape."""
        centred = x - x.mean(1, keepdim=True)
        x = centred / (centred.square().mean(1, keepdim=True) + self.epsilon).sqrt()
        return self.weight[:, None, None] * x + self.bias[:, None, None]


def dsm_encoder(config: BalsamConfig) -> nn.Sequential:
    """(B, 1, T, T) normalised elevation -> (B, C, T/16, T/16) dense prompt (specification 1.3)."""
    patch = config.sam.patch_px // 2
    return nn.Sequential(
        nn.Conv2d(1, config.dsm_first, 2, stride=2),
        ChannelNorm(config.dsm_first),
        nn.GELU(),
        nn.Conv2d(config.dsm_first, config.dsm_mid, patch, stride=patch),
        ChannelNorm(config.dsm_mid),
        nn.GELU(),
        nn.Conv2d(config.dsm_mid, config.width, 1),
    )


def _conv_norm_relu(inside: int, outside: int, side: int) -> list[nn.Module]:
    return [nn.Conv2d(inside, outside, side, padding=side // 2), nn.BatchNorm2d(outside), nn.ReLU()]


class FeatureAggregator(nn.Module):
    """Gathers hidden states of the encoder, (B, h, w, width) each, into one map (B, C, h, w)."""

    def __init__(self, config: BalsamConfig) -> None:
        super().__init__()
        self.selected = config.selected_states
        slim, full = config.aggregator_width, config.width
        self.downconvs = nn.ModuleList(
            nn.Sequential(*_conv_norm_relu(config.sam.width, slim, 1), *_conv_norm_relu(slim, slim, 3))
            for _ in self.selected
        )
        self.hidden_convs = nn.ModuleList(nn.Sequential(*_conv_norm_relu(slim, slim, 3)) for _ in self.selected)
        self.fusion_conv = nn.Sequential(
            *_conv_norm_relu(slim, full, 1), *_conv_norm_relu(full, full, 3), nn.Conv2d(full, full, 3, padding=1)
        )

    def forward(self, states: list[Tensor]) -> Tensor:
        """All hidden states, index 0 before the first block."""
        x: Tensor | None = None
        for index, down, hidden in zip(self.selected, self.downconvs, self.hidden_convs, strict=True):
            reduced = down(states[index].permute(0, 3, 1, 2))
            total = reduced if x is None else x + reduced
            x = total + hidden(total)
        assert x is not None
        return self.fusion_conv(x)


class _ConvNorm(nn.Module):
    def __init__(self, inside: int, outside: int, side: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inside, outside, side, padding=side // 2, bias=False)
        self.norm_layer = ChannelNorm(outside, epsilon=_PYRAMID_EPSILON)

    def forward(self, x: Tensor) -> Tensor:
        return self.norm_layer(self.conv(x))


class SimpleFpn(nn.Module):
    """One map (B, C, h, w) -> a level per stride (4, 8, 16, 32, 64), C channels each."""

    def __init__(self, config: BalsamConfig) -> None:
        super().__init__()
        full = config.width
        half, quarter = full // 2, full // 4
        self.fpn1 = nn.Sequential(
            nn.ConvTranspose2d(full, half, 2, stride=2),
            ChannelNorm(half, epsilon=_PYRAMID_EPSILON),
            nn.GELU(),
            nn.ConvTranspose2d(half, quarter, 2, stride=2),
        )
        self.fpn2 = nn.Sequential(nn.ConvTranspose2d(full, half, 2, stride=2))
        self.lateral_convs = nn.ModuleList(_ConvNorm(one, full, 1) for one in (quarter, half, full, full))
        self.fpn_convs = nn.ModuleList(_ConvNorm(full, full, 3) for _ in range(4))
        self.extra = len(config.rpn.strides) - 4

    def forward(self, x: Tensor) -> list[Tensor]:
        """Finest level first."""
        maps = [self.fpn1(x), self.fpn2(x), x, functional.max_pool2d(x, 2, stride=2)]
        levels = [
            conv(lateral(one)) for one, lateral, conv in zip(maps, self.lateral_convs, self.fpn_convs, strict=True)
        ]
        for _ in range(self.extra):
            levels.append(functional.max_pool2d(levels[-1], 1, stride=2))
        return levels


class RpnHead(nn.Module):
    """Objectness logits (B, A, h, w) and box deltas (B, 4A, h, w) of every level."""

    def __init__(self, config: BalsamConfig) -> None:
        super().__init__()
        anchors = len(config.rpn.scales) * len(config.rpn.ratios)
        self.rpn_conv = nn.Conv2d(config.width, config.width, 3, padding=1)
        self.rpn_cls = nn.Conv2d(config.width, anchors, 1)
        self.rpn_reg = nn.Conv2d(config.width, anchors * 4, 1)

    def forward(self, levels: list[Tensor]) -> tuple[list[Tensor], list[Tensor]]:
        """One pair per level."""
        hidden = [functional.relu(self.rpn_conv(level)) for level in levels]
        return [self.rpn_cls(one) for one in hidden], [self.rpn_reg(one) for one in hidden]


class BoxHead(nn.Module):
    """Pooled boxes (n, C, 7, 7) -> class logits (n, K+1), background last, and class-wise deltas (n, 4K)."""

    def __init__(self, config: BalsamConfig) -> None:
        super().__init__()
        pooled = config.width * config.rcnn.box_roi**2
        self.shared_fcs = nn.ModuleList(
            [nn.Linear(pooled, config.fc_width), nn.Linear(config.fc_width, config.fc_width)]
        )
        self.fc_cls = nn.Linear(config.fc_width, config.classes + 1)
        self.fc_reg = nn.Linear(config.fc_width, config.classes * 4)

    def forward(self, pooled: Tensor) -> tuple[Tensor, Tensor]:
        """Logits and deltas."""
        x = pooled.flatten(1)
        for layer in self.shared_fcs:
            x = functional.relu(layer(x))
        return self.fc_cls(x), self.fc_reg(x)


class _DecoderHolder(nn.Module):
    """Exists so that the weights have the authors' names."""

    mask_decoder: Any

    def __init__(self, config: BalsamConfig) -> None:
        super().__init__()
        self.mask_decoder = build_decoder(config.sam)


class MaskHead(nn.Module):
    """Turns each detection into prompt tokens and these, with SAM's decoder, into a mask."""

    def __init__(self, config: BalsamConfig) -> None:
        super().__init__()
        width, side = config.width, (config.rcnn.mask_roi + 1) // 2
        self.points, self.sine_tokens = config.points, config.sine_tokens
        self.mask_decoder = _DecoderHolder(config)
        self.no_mask_embed = nn.Embedding(1, width)
        self.point_emb = nn.Sequential(
            nn.Conv2d(width, width, 3, stride=2, padding=1),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(width * side * side, width),
            nn.ReLU(),
            nn.Linear(width, width),
            nn.ReLU(),
            nn.Linear(width, width * self.points * (2 if self.sine_tokens else 1)),
        )

    def tokens(self, raw: Tensor) -> Tensor:
        """Output of `point_emb` (n, 5 * 2C) -> prompt tokens (n, 5, C)."""
        raw = raw.reshape(raw.shape[0], self.points, raw.shape[1] // self.points)
        return raw[..., ::2].sin() + raw[..., 1::2] if self.sine_tokens else raw

    def decode(self, embedding: Tensor, positions: Tensor, tokens: Tensor, dense: Tensor) -> tuple[Tensor, Tensor]:
        """SAM's decoder for its single-mask output.

        Args:
            embedding, positions, dense: (1, C, h, w).
            tokens: (n, 5, C).

        Returns:
            Mask logits (n, 1, 4h, 4w), predicted IoU (n, 1).
        """
        decoder = self.mask_decoder.mask_decoder
        count = tokens.shape[0]
        own = torch.cat([decoder.iou_token.weight, decoder.mask_tokens.weight]).unsqueeze(0)
        tokens = torch.cat([own.expand(count, -1, -1), tokens], dim=1)
        source = (embedding + dense).expand(count, -1, -1, -1)
        hidden, source = decoder.transformer(source, positions.expand(count, -1, -1, -1), tokens)
        rows, columns = embedding.shape[-2:]
        source = source.transpose(1, 2).reshape(count, embedding.shape[1], rows, columns)
        upscaled = decoder.output_upscaling(source)
        weights = decoder.output_hypernetworks_mlps[0](hidden[:, 1])
        masks = (weights.unsqueeze(1) @ upscaled.flatten(2)).reshape(count, 1, 4 * rows, 4 * columns)
        return masks, decoder.iou_prediction_head(hidden[:, 0])[:, :1]


class RoiHead(nn.Module):
    """Box head and mask head with their pooling."""

    def __init__(self, config: BalsamConfig) -> None:
        super().__init__()
        self.rcnn = config.rcnn
        self.bbox_head = BoxHead(config)
        self.mask_head = MaskHead(config)

    def pool_boxes(self, levels: list[Tensor], boxes: Tensor) -> Tensor:
        """Levels (1, C, h, w) with position code, boxes (n, 4) -> (n, C, 7, 7)."""
        return pool(levels, boxes, self.rcnn.box_roi, self.rcnn.roi_strides, self.rcnn.finest_scale)

    def pool_masks(self, levels: list[Tensor], boxes: Tensor) -> Tensor:
        """Levels (1, C, h, w) with position code, boxes (n, 4) -> (n, C, 14, 14)."""
        return pool(levels, boxes, self.rcnn.mask_roi, self.rcnn.roi_strides, self.rcnn.finest_scale)


def sine_code(channels: int, rows: int, columns: int) -> Tensor:
    """DETR's position code (1, channels, rows, columns): y in the first half of the channels, x in the second."""
    half = channels // 2
    scale = 2 * math.pi
    y = torch.arange(1, rows + 1, dtype=torch.float32) / (rows + 1e-6) * scale
    x = torch.arange(1, columns + 1, dtype=torch.float32) / (columns + 1e-6) * scale
    index = torch.arange(half, dtype=torch.float32)
    period = 10000 ** (2 * torch.div(index, 2, rounding_mode="floor") / half)

    def axis(place: Tensor) -> Tensor:
        angle = place[:, None] / period
        return torch.stack([angle[:, 0::2].sin(), angle[:, 1::2].cos()], dim=2).flatten(1)

    down = axis(y).T[:, :, None].expand(half, rows, columns)
    across = axis(x).T[:, None, :].expand(half, rows, columns)
    return torch.cat([down, across]).unsqueeze(0)
