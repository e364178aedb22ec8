"""What stands before every image encoder inside its graph: channel order, mean and standard deviation."""

from collections.abc import Sequence
from typing import Literal

import torch
from torch import Tensor, nn

from inference.errors import ModelError
from inference.models.card import Setting
from training.segment_anything_models import PIXEL_MEAN, PIXEL_STD

ChannelOrder = Literal["rgb", "bgr"]


class Normalise(nn.Module):
    """(1, 3, T, T) RGB of 0..255 -> what the encoder was trained on.

    Args:
        channel_order: "bgr" for the authors' RSPrompter, which swaps the channels but not mean and deviation.
        mean, std: one for each channel after the swap, on the scale of 0..255.
    """

    mean: Tensor
    std: Tensor

    def __init__(
        self,
        channel_order: ChannelOrder = "rgb",
        mean: Sequence[float] = PIXEL_MEAN,
        std: Sequence[float] = PIXEL_STD,
    ) -> None:
        super().__init__()
        self.swap = channel_order == "bgr"
        self.register_buffer("mean", torch.tensor(mean, dtype=torch.float32).reshape(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(std, dtype=torch.float32).reshape(1, 3, 1, 1))

    def forward(self, rgb: Tensor) -> Tensor:
        """Normalised channels in the encoder's order."""
        if self.swap:
            rgb = torch.cat([rgb[:, 2:3], rgb[:, 1:2], rgb[:, 0:1]], dim=1)
        return (rgb - self.mean) / self.std


def channel_order(setting: Setting) -> ChannelOrder:
    """The setting `channel_order`, checked.

    Raises:
        ModelError: neither "rgb" nor "bgr".
    """
    if setting == "rgb":
        return "rgb"
    if setting == "bgr":
        return "bgr"
    raise ModelError("convert.channel_order", "{found} is no channel order. Use rgb or bgr.", found=repr(setting))
