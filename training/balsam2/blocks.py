"""The few layers that the small BalSAM is made of."""

import torch
from torch import Tensor, nn
from torch.nn import functional


def conv_norm(inputs: int, outputs: int, kernel: int = 3, stride: int = 1, *, relu: bool = True) -> nn.Sequential:
    """Convolution without bias, batch normalisation, and ReLU where asked."""
    layers: list[nn.Module] = [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
    ]
    if relu:
        layers.append(nn.ReLU(inplace=True))
    return nn.Sequential(*layers)


class Residual(nn.Module):
    """Two 3x3 convolutions beside a shortcut (He et al. 2016); starts as the identity, may be left out in training."""

    def __init__(self, inputs: int, outputs: int, *, stride: int = 1, drop_path: float = 0.0) -> None:
        super().__init__()
        self.first = conv_norm(inputs, outputs, stride=stride)
        self.second = conv_norm(outputs, outputs, relu=False)
        self.drop_path = drop_path
        self.shortcut: nn.Module = nn.Identity()
        if inputs != outputs or stride != 1:
            pool = [nn.AvgPool2d(2, 2)] if stride == 2 else []
            self.shortcut = nn.Sequential(*pool, *conv_norm(inputs, outputs, 1, relu=False))
        norm = self.second[1]
        assert isinstance(norm, nn.BatchNorm2d)
        nn.init.zeros_(norm.weight)

    def forward(self, x: Tensor) -> Tensor:
        """(B, inputs, H, W) to (B, outputs, H / stride, W / stride)."""
        branch = self.second(self.first(x))
        if self.training and self.drop_path > 0.0:
            # Stochastic depth (Huang et al. 2016), per sample.
            kept = torch.rand(x.shape[0], 1, 1, 1, device=x.device) >= self.drop_path
            branch = branch * kept.to(branch.dtype) / (1.0 - self.drop_path)
        return functional.relu(branch + self.shortcut(x))


def twice(x: Tensor) -> Tensor:
    """Every cell as 2 x 2 cells."""
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")
