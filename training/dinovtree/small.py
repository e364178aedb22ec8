"""A small encoder under DINOvTree that learns from hundreds of crowns: residual convolutions instead of a transformer.

A vision transformer that was never pretrained learns little from so few crowns; convolutions of a hundredth of its
cost do. It gives what DINOvTree's heads ask for: a map of patches of 16 pixels, and one token for the whole picture.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.dinovtree.backbone import Features
from training.dinovtree.config import SmallConfig


class Residual(nn.Module):
    """Two 3x3 convolutions beside a shortcut; the branch begins at zero."""

    def __init__(self, inside: int, outside: int, stride: int, drop: float) -> None:
        super().__init__()
        self.drop = drop
        self.conv1 = nn.Conv2d(inside, outside, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(outside)
        self.conv2 = nn.Conv2d(outside, outside, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(outside)
        nn.init.zeros_(self.norm2.weight)
        self.shortcut: nn.Module = nn.Identity()
        if stride > 1 or inside != outside:
            self.shortcut = nn.Sequential(
                nn.AvgPool2d(stride, stride), nn.Conv2d(inside, outside, 1, bias=False), nn.BatchNorm2d(outside)
            )

    def forward(self, maps: Tensor) -> Tensor:
        """(B, C, h, w) to (B, C', h/stride, w/stride)."""
        branch = self.norm2(self.conv2(functional.relu(self.norm1(self.conv1(maps)))))
        if self.training and self.drop > 0:
            kept = torch.rand(len(maps), 1, 1, 1, device=maps.device) >= self.drop
            branch = branch * (kept.to(branch.dtype) / (1.0 - self.drop))
        return functional.relu(branch + self.shortcut(maps))


class SmallBackbone(nn.Module):
    """The encoder; its token for the whole picture is the mean of the map."""

    def __init__(self, config: SmallConfig) -> None:
        super().__init__()
        self.config = config
        self.stem = nn.Sequential(
            nn.Conv2d(3, config.stem, 5, 2, 2, bias=False), nn.BatchNorm2d(config.stem), nn.ReLU()
        )
        blocks: list[nn.Module] = []
        width, total = config.stem, max(sum(config.depths) - 1, 1)
        for outside, depth in zip(config.widths, config.depths, strict=True):
            for number in range(depth):
                blocks.append(Residual(width, outside, 1 if number else 2, config.drop * len(blocks) / total))
                width = outside
        self.blocks = nn.Sequential(*blocks)
        self.norm = nn.LayerNorm(config.dim)

    def forward(self, rgb: Tensor) -> Features:
        """Features of (B, 3, H, W) pictures, already normalised; H and W multiples of 16."""
        maps = self.blocks(self.stem(rgb))
        patches = self.norm(maps.flatten(2).transpose(1, 2))
        cls = patches.mean(dim=1)
        return Features(patches.transpose(1, 2).reshape(maps.shape), cls)
