"""The small BalSAM as three graphs: what runs once per tile, what finds centres, what outlines prompts."""

import torch
from torch import Tensor, nn

from training.balsam2.model import Balsam2


class EncoderGraph(nn.Module):
    """Picture and elevation to the features of a tile; the dense prompt is already in the embedding."""

    def __init__(self, model: Balsam2) -> None:
        super().__init__()
        self.encoder = model.encoder

    def forward(self, rgb: Tensor, elevation: Tensor) -> tuple[Tensor, Tensor]:
        """Detail (1, D, h, h) and embedding (1, C, h / 2, h / 2) of a tile.

        The tile is (1, 3, T, T) of 0..255 and (1, 1, T, T) metres, -1 where unknown. SAM's decoder adds
        the dense prompt to the embedding and uses neither alone, so their sum says everything.
        """
        detail, embedding, dense = self.encoder(rgb, elevation)
        return detail, embedding + dense


class BoxesGraph(nn.Module):
    """Where crowns are centred, and how far each reaches; a click does not need it."""

    def __init__(self, model: Balsam2) -> None:
        super().__init__()
        self.heat, self.reach, self.start = model.heat, model.reach, model.start_reach

    def forward(self, detail: Tensor) -> tuple[Tensor, Tensor]:
        """Detail to centres (1, 1, h, w) 0..1 and reach (1, 4, h, w) left, top, right, bottom in cells of the map."""
        return torch.sigmoid(self.heat(detail)), torch.exp(self.reach(detail).clamp(-4.0, 4.0)) * self.start
