"""TinyViT (Wu et al. 2022) as the image encoder of MobileSAM (Zhang et al. 2023): of stride 16, and with SAM's neck.

Names and shapes of the weights are those of MobileSAM's checkpoint (`image_encoder.*`), so that it loads as it is.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from inference.errors import ModelError
from training.segment_anything_models import SamConfig, build_sam, load_strictly, modeling, sam_config_of

_EXPANSION = 4  # hidden width of a convolution block over its own
# Classifier of the ImageNet training, and indices that follow from the window: in the file, but of no use here.
_UNUSED = ("image_encoder.norm_head.", "image_encoder.head.")


@dataclass(frozen=True, slots=True)
class TinyViTConfig:
    """Sizes, by default of TinyViT-5M as in MobileSAM. The first stage is made of convolutions and has no heads."""

    widths: tuple[int, int, int, int] = (64, 128, 160, 320)
    depths: tuple[int, int, int, int] = (2, 2, 6, 2)
    heads: tuple[int, int, int] = (4, 5, 10)
    windows: tuple[int, int, int] = (7, 14, 7)
    mlp_ratio: int = 4
    out: int = 256


def _norm_conv(inside: int, outside: int, side: int = 1, stride: int = 1, groups: int = 1) -> nn.Sequential:
    """A convolution without bias (`c`) and its batch norm (`bn`)."""
    pair = nn.Sequential()
    pair.add_module("c", nn.Conv2d(inside, outside, side, stride, side // 2, groups=groups, bias=False))
    pair.add_module("bn", nn.BatchNorm2d(outside))
    return pair


class PatchEmbed(nn.Module):
    """(B,3,T,T) -> (B,C,T/4,T/4)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.seq = nn.Sequential(_norm_conv(3, width // 2, 3, 2), nn.GELU(), _norm_conv(width // 2, width, 3, 2))

    def forward(self, picture: Tensor) -> Tensor:
        """Two convolutions of stride 2."""
        return self.seq(picture)


class ConvBlock(nn.Module):
    """Inverted bottleneck with a residual: widen, depthwise 3x3, narrow."""

    def __init__(self, width: int) -> None:
        super().__init__()
        hidden = _EXPANSION * width
        self.conv1 = _norm_conv(width, hidden)
        self.conv2 = _norm_conv(hidden, hidden, 3, groups=hidden)
        self.conv3 = _norm_conv(hidden, width)

    def forward(self, maps: Tensor) -> Tensor:
        """(B,C,h,w) -> the same shape."""
        wide = functional.gelu(self.conv2(functional.gelu(self.conv1(maps))))
        return functional.gelu(maps + self.conv3(wide))


class Merging(nn.Module):
    """Between stages: widen, depthwise 3x3 (of stride 2, or 1 before the last stage), mix."""

    def __init__(self, inside: int, outside: int, stride: int) -> None:
        super().__init__()
        self.conv1 = _norm_conv(inside, outside)
        self.conv2 = _norm_conv(outside, outside, 3, stride, groups=outside)
        self.conv3 = _norm_conv(outside, outside)

    def forward(self, maps: Tensor) -> Tensor:
        """(B,C,h,w) -> (B,C',h/stride,w/stride)."""
        return self.conv3(functional.gelu(self.conv2(functional.gelu(self.conv1(maps)))))


class WindowAttention(nn.Module):
    """Attention in one window, with a learned bias for each distance in rows and columns."""

    distance: Tensor

    def __init__(self, width: int, heads: int, window: int) -> None:
        super().__init__()
        self.heads, self.head_width = heads, width // heads
        self.norm = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.attention_biases = nn.Parameter(torch.zeros(heads, window * window))
        rows, columns = torch.meshgrid(torch.arange(window), torch.arange(window), indexing="ij")
        rows, columns = rows.flatten(), columns.flatten()
        distance = (rows[:, None] - rows).abs() * window + (columns[:, None] - columns).abs()
        self.register_buffer("distance", distance, persistent=False)

    def forward(self, tokens: Tensor) -> Tensor:
        """(windows, positions, C) -> the same shape."""
        windows, positions, width = tokens.shape
        # Each head's query, key and value lie side by side.
        mixed = self.qkv(self.norm(tokens)).reshape(windows, positions, self.heads, 3, self.head_width)
        query, key, value = mixed.permute(3, 0, 2, 1, 4).unbind(0)
        weights = (query @ key.transpose(-2, -1)) * self.head_width**-0.5 + self.attention_biases[:, self.distance]
        out = weights.softmax(dim=-1) @ value
        return self.proj(out.transpose(1, 2).reshape(windows, positions, width))


class Mlp(nn.Module):
    """Norm, widen, narrow."""

    def __init__(self, width: int, ratio: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, ratio * width)
        self.fc2 = nn.Linear(ratio * width, width)

    def forward(self, tokens: Tensor) -> Tensor:
        """(..., C) -> the same shape."""
        return self.fc2(functional.gelu(self.fc1(self.norm(tokens))))


class AttentionBlock(nn.Module):
    """Window attention, a depthwise 3x3 convolution, and an MLP."""

    def __init__(self, width: int, heads: int, window: int, ratio: int) -> None:
        super().__init__()
        self.window = window
        self.attn = WindowAttention(width, heads, window)
        self.local_conv = _norm_conv(width, width, 3, groups=width)
        self.mlp = Mlp(width, ratio)

    def forward(self, maps: Tensor) -> Tensor:
        """(B,C,h,w) -> the same shape."""
        maps = self.local_conv(maps + self._attended(maps))
        return maps + self.mlp(maps.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)

    def _attended(self, maps: Tensor) -> Tensor:
        """Attention inside windows; zeros fill up the right and lower end, as in training."""
        count, width, rows, columns = maps.shape
        side = self.window
        down, across = -(-rows // side), -(-columns // side)
        full = functional.pad(maps, (0, across * side - columns, 0, down * side - rows))
        tokens = full.reshape(count, width, down, side, across, side).permute(0, 2, 4, 3, 5, 1)
        mixed = self.attn(tokens.reshape(-1, side * side, width)).reshape(count, down, across, side, side, width)
        mixed = mixed.permute(0, 5, 1, 3, 2, 4).reshape(count, width, down * side, across * side)
        return mixed[:, :, :rows, :columns]


class Stage(nn.Module):
    """Blocks, then the step to the next stage, if there is one."""

    def __init__(self, blocks: list[nn.Module], downsample: Merging | None) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        self.downsample = downsample

    def forward(self, maps: Tensor) -> Tensor:
        """(B,C,h,w) -> maps of the next stage."""
        for block in self.blocks:
            maps = block(maps)
        return maps if self.downsample is None else self.downsample(maps)


class TinyViT(nn.Module):
    """(B,3,T,T) normalised -> (B,out,T/16,T/16); T a multiple of 16."""

    def __init__(self, config: TinyViTConfig) -> None:
        super().__init__()
        widths = config.widths
        self.patch_embed = PatchEmbed(widths[0])
        stages = []
        for index, (width, depth) in enumerate(zip(widths, config.depths, strict=True)):
            blocks: list[nn.Module] = [
                AttentionBlock(width, config.heads[index - 1], config.windows[index - 1], config.mlp_ratio)
                if index
                else ConvBlock(width)
                for _ in range(depth)
            ]
            step = Merging(width, widths[index + 1], 2 if index < 2 else 1) if index < 3 else None
            stages.append(Stage(blocks, step))
        self.layers = nn.ModuleList(stages)
        norm = modeling().image_encoder.LayerNorm2d
        self.neck = nn.Sequential(
            nn.Conv2d(widths[-1], config.out, 1, bias=False),
            norm(config.out),
            nn.Conv2d(config.out, config.out, 3, padding=1, bias=False),
            norm(config.out),
        )

    def forward(self, picture: Tensor) -> Tensor:
        """The image embedding."""
        maps = self.patch_embed(picture)
        for stage in self.layers:
            maps = stage(maps)
        return self.neck(maps)


def is_tiny_vit(tensors: Mapping[str, Tensor]) -> bool:
    """Whether the image encoder among these weights is a TinyViT."""
    return "image_encoder.patch_embed.seq.0.c.weight" in tensors


def tiny_vit_config_of(tensors: Mapping[str, Tensor]) -> TinyViTConfig:
    """The sizes, read off names and shapes.

    Raises:
        ModelError: the weights are not those of a TinyViT.
    """
    try:
        first = [tensors[f"image_encoder.layers.{i}.blocks.0.attn.attention_biases"] for i in (1, 2, 3)]
        inner = [tensors[f"image_encoder.layers.{i}.blocks.0.mlp.fc1.weight"].shape for i in (1, 2, 3)]
        names = [name.split(".") for name in tensors if name.startswith("image_encoder.layers.")]
        depths = [len({part[4] for part in names if part[2] == str(i) and part[3] == "blocks"}) for i in range(4)]
        base = tensors["image_encoder.patch_embed.seq.2.c.weight"].shape[0]
        heads = [bias.shape[0] for bias in first]
        windows = [math.isqrt(bias.shape[1]) for bias in first]
        return TinyViTConfig(
            widths=(base, inner[0][1], inner[1][1], inner[2][1]),
            depths=(depths[0], depths[1], depths[2], depths[3]),
            heads=(heads[0], heads[1], heads[2]),
            windows=(windows[0], windows[1], windows[2]),
            mlp_ratio=inner[0][0] // inner[0][1],
            out=tensors["image_encoder.neck.0.weight"].shape[0],
        )
    except (KeyError, IndexError, ZeroDivisionError) as error:
        raise ModelError(
            "checkpoint.does_not_fit",
            "The checkpoint does not fit a MobileSAM with a TinyViT encoder: {why} is missing or odd. Choose the file "
            "that belongs to this kind of model.",
            why=error.args[0] if error.args else "a size",
        ) from error


def load_mobile_sam(tensors: Mapping[str, Tensor], tile_px: int = 1024) -> Any:
    """A `segment_anything.modeling.Sam` whose image encoder is a TinyViT, in evaluation mode.

    Args:
        tensors: MobileSAM's, by its names.
        tile_px: side of the square input, which the weights do not tell; a multiple of 16.

    Raises:
        ModelError: a weight is missing, too many, or of another shape.
    """
    encoder = TinyViT(tiny_vit_config_of(tensors))
    kept = {
        name: value
        for name, value in tensors.items()
        if not name.startswith(_UNUSED) and not name.endswith("attention_bias_idxs")
    }
    sam = build_sam(mobile_sam_config_of(tensors, tile_px))
    sam.image_encoder = encoder
    load_strictly(sam, kept, what="a MobileSAM with a TinyViT encoder")
    return sam.eval()


def mobile_sam_config_of(tensors: Mapping[str, Tensor], tile_px: int) -> SamConfig:
    """Sizes of the decoder and prompt encoder; those of the ViT in it are a placeholder that is replaced at once."""
    grid = tile_px // 16
    stand_in = {
        "image_encoder.patch_embed.proj.weight": torch.empty(8, 3, 16, 16),
        "image_encoder.pos_embed": torch.empty(1, grid, grid, 8),
        "image_encoder.blocks.0.attn.rel_pos_h": torch.empty(2 * grid - 1, 8),
        "image_encoder.blocks.0.mlp.lin1.weight": torch.empty(8, 8),
    }
    rest = {name: value for name, value in tensors.items() if not name.startswith("image_encoder.")}
    return replace(sam_config_of(stand_in | rest), tile_px=tile_px)
