"""ResNet with bottleneck blocks (He et al. 2016) and the feature pyramid on it (Lin et al. 2017)."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

_EXPANSION = 4


class FixedNorm(nn.Module):
    """Batch normalisation with statistics and scale that training leaves alone (batches are too small for it)."""

    weight: Tensor
    bias: Tensor
    running_mean: Tensor
    running_var: Tensor

    def __init__(self, channels: int, eps: float) -> None:
        super().__init__()
        self.eps = eps
        for name, value in (("weight", 1.0), ("bias", 0.0), ("running_mean", 0.0), ("running_var", 1.0)):
            self.register_buffer(name, torch.full((channels,), value))

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) scaled and shifted channel by channel."""
        scale = self.weight * (self.running_var + self.eps).rsqrt()
        shift = self.bias - self.running_mean * scale
        return x * scale.reshape(1, -1, 1, 1) + shift.reshape(1, -1, 1, 1)


Norm = Callable[[int], nn.Module]  # a normalisation of so many channels


class Bottleneck(nn.Module):
    """1x1 narrow, 3x3 (with the stride), 1x1 wide, and the way around them."""

    def __init__(self, channels: int, width: int, stride: int, norm: Norm) -> None:
        super().__init__()
        wide = width * _EXPANSION
        self.conv1 = nn.Conv2d(channels, width, 1, bias=False)
        self.bn1 = norm(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = norm(width)
        self.conv3 = nn.Conv2d(width, wide, 1, bias=False)
        self.bn3 = norm(wide)
        self.downsample: nn.Sequential | None = None
        if stride != 1 or channels != wide:
            self.downsample = nn.Sequential(nn.Conv2d(channels, wide, 1, stride, bias=False), norm(wide))

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, 4 · width, H / stride, W / stride)."""
        aside = x if self.downsample is None else self.downsample(x)
        x = functional.relu(self.bn1(self.conv1(x)))
        x = functional.relu(self.bn2(self.conv2(x)))
        return functional.relu(self.bn3(self.conv3(x)) + aside)


class ResNetBody(nn.Module):
    """The four stages, at strides 4, 8, 16 and 32."""

    def __init__(self, channels: int, width: int, blocks: Sequence[int], norm: Norm) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 7, 2, 3, bias=False)
        self.bn1 = norm(width)
        before = width
        for stage, count in enumerate(blocks):
            narrow = width * 2**stage
            made: list[nn.Module] = [Bottleneck(before, narrow, 1 if stage == 0 else 2, norm)]
            before = narrow * _EXPANSION
            made += [Bottleneck(before, narrow, 1, norm) for _ in range(count - 1)]
            self.add_module(f"layer{stage + 1}", nn.Sequential(*made))
        self.stages = len(blocks)

    def forward(self, x: Tensor) -> list[Tensor]:
        """(B, channels, H, W) -> one map per stage."""
        x = functional.max_pool2d(functional.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        maps = []
        for stage in range(self.stages):
            x = self.get_submodule(f"layer{stage + 1}")(x)
            maps.append(x)
        return maps


class FeaturePyramid(nn.Module):
    """Top-down pathway with lateral connections; a fifth level of every second cell of the fourth."""

    def __init__(self, channels: Sequence[int], out: int) -> None:
        super().__init__()
        self.inner_blocks = nn.ModuleList(nn.Sequential(nn.Conv2d(one, out, 1)) for one in channels)
        self.layer_blocks = nn.ModuleList(nn.Sequential(nn.Conv2d(out, out, 3, padding=1)) for _ in channels)

    def forward(self, maps: Sequence[Tensor]) -> list[Tensor]:
        """Maps of the stages, finest first -> five levels of `out` channels, strides 4 to 64."""
        inner = self.inner_blocks[-1](maps[-1])
        levels = [self.layer_blocks[-1](inner)]
        for index in reversed(range(len(maps) - 1)):
            beside = self.inner_blocks[index](maps[index])
            inner = beside + functional.interpolate(inner, size=beside.shape[-2:], mode="nearest")
            levels.insert(0, self.layer_blocks[index](inner))
        return [*levels, functional.max_pool2d(levels[-1], 1, 2)]


class Backbone(nn.Module):
    """ResNet and pyramid under torchvision's names `body` and `fpn`."""

    def __init__(self, channels: int, width: int, blocks: Sequence[int], out: int, norm: Norm) -> None:
        super().__init__()
        self.body = ResNetBody(channels, width, blocks, norm)
        self.fpn = FeaturePyramid([width * 2**stage * _EXPANSION for stage in range(len(blocks))], out)

    def forward(self, x: Tensor) -> list[Tensor]:
        """(B, channels, H, W), H and W multiples of 32 -> five levels."""
        return self.fpn(self.body(x))
